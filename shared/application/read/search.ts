/**
 * Finds referrals by a child's name through the blind index. It shows references and scores, and decrypts nothing. It first
 * records that the person searched, and what for, and each referral before it is shown.
 */

import * as z from 'zod';
import { ageBandOf } from '../../domain/child/age-band.ts';
import type { AgeBand } from '../../domain/core/age-bands.ts';
import { referenceFrom } from '../../domain/core/ids.ts';
import { staff } from '../../domain/core/role-groups.ts';
import { identityPurposes, type Outcome } from '../../domain/core/vocabulary.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { isMissing } from '../../domain/missing/absences.ts';
import type { Referral } from '../../domain/referral.ts';
import { namePartsOf } from '../../domain/same-child/child-names.ts';
import { type Marks, nameScoreThreshold } from '../../domain/same-child/likeness.ts';
import { currentScreening } from '../../domain/screening/current-screening.ts';
import { accessChain } from '../../store/chains.ts';
import { type Cause, decodeCommit, type StoredCommit, sameContent } from '../../store/commit.ts';
import type { Ledger } from '../../store/ledger.ts';
import { unlessDamaged } from '../../store/reading-room.ts';
import type { VaultIndex } from '../../store/vault-index.ts';
import { principalFor } from '../access/on-behalf.ts';
import { keyedFrame, personFrame } from '../access/person-frame.ts';
import { isOneOf, mayRead, type Visitor } from '../access/visitor.ts';
import type { Problem } from '../input/problems.ts';
import { readInput } from '../input/read-input.ts';
import type { Reused } from '../input/submission.ts';
import { type Known, keysOf, scoresBy } from '../matching/blind-index.ts';
import type { Digests } from '../matching/secret.ts';
import type { Evenly } from './evenly.ts';
import { worksOn } from './shown-view.ts';

export const searchers = staff;

export const searchInput = z.strictObject({
  name: z.string().trim().min(1, 'Write the name of the child.').max(200),
  birthDate: z.iso.date('Give the date of birth as YYYY-MM-DD, or leave it out.').optional(),
  /** `approximate` also finds other spellings and short forms. */
  spelling: z.enum(['exact', 'approximate']).default('approximate'),
  purpose: z.enum(identityPurposes, { error: `Say what for: one of ${identityPurposes.join(', ')}.` }),
});

export interface SearchParts {
  readonly ledger: Pick<Ledger, 'referral' | 'recordAccess'>;
  readonly identities: Pick<VaultIndex, 'lookUp'>;
  readonly digests: Digests;
  /** The answer comes at a boundary of time, whatever was found. */
  readonly evenly: Evenly;
  /** UTC instant. */
  readonly now: string;
  readonly requestId?: string | undefined;
  /** Hears of each candidate that cannot be read. It is left out. */
  readonly onFault?: (error: unknown, referralId: string) => void;
}

export interface FoundReferral {
  readonly referralId: string;
  /** From 0 to 1. */
  readonly score: number;
  readonly stage: Referral['stage'];
  readonly receivedAt: string;
  readonly office?: string;
  /** The worker who took the report. */
  readonly takenBy?: string;
  /** What tells children of like names apart, for people who work on the referral. */
  readonly child?: {
    readonly ageBand: AgeBand;
    /** Where the child lives. */
    readonly town: string;
    readonly danger: Referral['response']['danger'];
    readonly missing: boolean;
    readonly outcome?: Outcome;
    /** The HART liaison, by id. */
    readonly liaison?: string;
  };
}

export type SearchAnswer =
  | { readonly kind: 'found'; readonly referrals: readonly FoundReferral[] }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'forbidden' };

/** The chain of a day's searches, which belong to no referral: `SEARCHES-2026-11-25`, a UTC day. */
export const searchesOn = (instant: string): string => `SEARCHES-${instant.slice(0, 10)}`;

/** So many are shown. A page with as many says that there may be more. */
export const mostShown = 20;
/** So many referrals are read for each search, the most similar first, and made-up ones after the last. */
const alwaysRead = 30;

/** References that no referral has. Reading one costs as much as reading one that is not shown. */
const madeUp = ({ bytes }: Digests): readonly string[] =>
  Array.from({ length: alwaysRead }, (_, number) => referenceFrom('CR', bytes('made up for searches', String(number))));

/**
 * What was searched, as keyed digests: the words of the name in any order, and the date. Who holds the key can try a name
 * and find each search for it.
 */
export function searchedAs({ name = '', birthDate }: Known, digests: Pick<Digests, 'hex'>): readonly string[] {
  const { given, family } = namePartsOf(name);
  const of = (kind: string, ...parts: readonly string[]) =>
    `${kind}:${digests.hex(`searched ${kind}`, ...parts).slice(0, 32)}`;
  return [of('name', ...[...given, ...family].toSorted()), ...(birthDate === undefined ? [] : [of('born', birthDate)])];
}

const same = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((each) => other.includes(each));

/** Equal letters, as far as pairs of letters can tell. Case, accents and the order of names do not count. */
function isExact(own: Marks, theirs: Marks): boolean {
  const letters = ({ given, family }: Marks) => [...given, ...family].map(({ pairs }) => pairs);
  const [mine, others] = [letters(own), letters(theirs)];
  const covers = (some: typeof mine, all: typeof mine) => some.every((one) => all.some((each) => same(one, each)));
  return (
    covers(mine, others) && covers(others, mine) && (own.born === undefined || own.born.date === theirs.born?.date)
  );
}

/** The referrals that this person may see. Sealed and erased ones, and those of other offices, are left out. */
export async function searchByName(parts: SearchParts, visitor: Visitor, input: unknown): Promise<SearchAnswer> {
  if (!isOneOf(visitor, searchers)) return { kind: 'forbidden' };
  const parsed = readInput(searchInput, input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const { name, birthDate, spelling, purpose } = parsed.data;
  const known: Known = { name, ...whereKnown({ birthDate }) };
  if (keysOf(known, parts.digests.index[0]).length === 0) {
    const sentence = 'Give a first and a family name, or a name and the date of birth: one name alone finds no one.';
    return { kind: 'invalid', problems: [{ path: 'name', sentence }] };
  }
  return parts.evenly(() => search(parts, visitor, known, { spelling, purpose }));
}

/** Records the search, then looks. It does the same reads whatever it finds, so that no sealed referral shows by its time. */
async function search(
  { ledger, identities, digests, now, requestId, onFault }: SearchParts,
  visitor: Visitor,
  known: Known,
  { spelling, purpose }: Pick<z.infer<typeof searchInput>, 'spelling' | 'purpose'>,
): Promise<SearchAnswer> {
  const onBehalfOf = principalFor(visitor, searchers);
  const frame = (id: string) => ({
    now,
    actor: { kind: 'person', id: visitor.id } as const,
    onBehalfOf,
    cause: { kind: 'command', name: 'search', id, purpose, ...whereKnown({ requestId }) } as const,
  });
  const day = searchesOn(now);
  const kind = spelling === 'exact' ? 'search-exact' : 'search';
  await ledger.recordAccess(day, frame(day), [kind, ...searchedAs(known, digests)]);

  const scores = new Map<string, number>();
  const accepts = spelling === 'exact' ? isExact : undefined;
  for (const found of await scoresBy(digests.index, identities, known, accepts)) {
    for (const [id, score] of found) scores.set(id, Math.max(scores.get(id) ?? 0, score));
  }
  const likely = [...scores]
    .filter(([, score]) => score >= nameScoreThreshold || accepts !== undefined)
    .toSorted(([one, score], [other, better]) => better - score || (one < other ? -1 : 1))
    .slice(0, alwaysRead);
  const read = await Promise.all(
    [...likely.map(([id]) => id), ...madeUp(digests)]
      .slice(0, alwaysRead)
      .map((id) => unlessDamaged(ledger.referral(id), undefined, (error) => onFault?.(error, id))),
  );
  const referrals: FoundReferral[] = [];
  for (const [index, [id, score]] of likely.entries()) {
    if (referrals.length === mostShown) break;
    const state = read[index]?.state;
    if (!state || state.identity.erased || !mayRead(state, visitor)) continue;
    await ledger.recordAccess(id, frame(id), ['search']);
    referrals.push({ referralId: id, score, ...whatTellsApart(state, worksOn(state, { ...visitor, at: now })) });
  }
  return { kind: 'found', referrals };
}

/** `works`: whether the reader works on the referral. Others who may read it see the pathway alone. */
function whatTellsApart(state: Referral, works: boolean): Omit<FoundReferral, 'referralId' | 'score'> {
  const {
    stage,
    child,
    response: { danger, liaison },
    report: { receivedAt, takenBy },
    places: { routing },
  } = state;
  return {
    stage,
    receivedAt,
    ...whereKnown({ office: routing?.office, takenBy }),
    ...(works && {
      child: {
        ageBand: ageBandOf(child),
        town: child.residenceTown,
        danger,
        missing: isMissing(state),
        ...whereKnown({ outcome: currentScreening(state)?.outcome, liaison }),
      },
    }),
  };
}

function causeIn(stored: StoredCommit): Cause | undefined {
  try {
    return decodeCommit(stored, () => undefined).cause;
  } catch {
    return undefined;
  }
}

/**
 * A search under a key of this person. The same key with equal input searches and records again, because the answer may have
 * changed. With other input it is `reused`.
 */
export async function searchUnderKey(
  parts: SearchParts & { readonly ledger: Pick<Ledger, 'readAfresh'> },
  visitor: Visitor,
  input: unknown,
  key: string,
): Promise<SearchAnswer | Reused> {
  const { ledger, digests } = parts;
  const parsed = readInput(searchInput, input);
  // Only what the schema lets through gets a digest: other content may have more levels than can be walked.
  if (parsed.problems || !isOneOf(visitor, searchers)) return searchByName(parts, visitor, input);
  const frame = keyedFrame(personFrame(parts, visitor, 'search', 'SEARCHES', searchers), 'SEARCHES', parsed.data, {
    key,
    digests,
  });
  const { id } = frame.cause;
  const [before] = await ledger.readAfresh(accessChain(id));
  // A row that is no record says nothing of an earlier search.
  const earlier = before && causeIn(before);
  if (earlier && !sameContent(earlier, frame.cause)) return { kind: 'reused' };
  const answer = await searchByName(parts, visitor, input);
  if (!before && answer.kind === 'found') await ledger.recordAccess(id, frame, ['search']);
  return answer;
}
