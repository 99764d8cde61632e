/**
 * Finds referrals by a child's name through the blind index. It first records that the person searched, and what for, and each
 * referral before it is shown. A name is decrypted only where the caller hands over `names`, and only for who may read it.
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
import type { Identities } from '../../store/identities.ts';
import type { Ledger } from '../../store/ledger.ts';
import { unlessDamaged } from '../../store/reading-room.ts';
import { isUnreadable, named } from '../../store/sealed-content.ts';
import type { VaultIndex } from '../../store/vault-index.ts';
import { principalFor, sidesOf } from '../access/on-behalf.ts';
import { keyedFrame, personFrame } from '../access/person-frame.ts';
import { fittingPurposes, type Purpose } from '../access/purposes.ts';
import { isOneOf, mayRead, type Visitor } from '../access/visitor.ts';
import type { Problem } from '../input/problems.ts';
import { readInput } from '../input/read-input.ts';
import { fieldsFor } from '../input/readable-fields.ts';
import type { Reused } from '../input/submission.ts';
import { isOneName, type Known, keysOf, scoresBy, scoresOfOneName } from '../matching/blind-index.ts';
import type { Digests } from '../matching/secret.ts';
import type { Evenly } from './evenly.ts';
import { once } from './once.ts';
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
  /** Reads the names of the found children. Without it no name is read. */
  readonly names?: Pick<Identities, 'childName'>;
  readonly digests: Digests;
  /** The answer comes at a boundary of time, whatever was found. */
  readonly evenly: Evenly;
  /** How many are shown, and recorded as shown. Twenty without it. */
  readonly most?: number;
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
  /** What is the same, letter for letter. Absent where the name differs. */
  readonly same?: 'name' | 'name-and-birth-date';
  /** Where the purpose lets this reader read it. `unreadable`: the vault has it, and its key is lost or it was changed. */
  readonly name?: { readonly kind: 'read'; readonly words: string } | { readonly kind: 'unreadable' };
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
  /** `alone`: one word was looked for, among children who were reported by one word in the last 24 hours. */
  | { readonly kind: 'found'; readonly referrals: readonly FoundReferral[]; readonly alone: boolean }
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
function isSameName(own: Marks, theirs: Marks): boolean {
  const letters = ({ given, family }: Marks) => [...given, ...family].map(({ pairs }) => pairs);
  const [mine, others] = [letters(own), letters(theirs)];
  const covers = (some: typeof mine, all: typeof mine) => some.every((one) => all.some((each) => same(one, each)));
  return covers(mine, others) && covers(others, mine);
}

const isSameBirth = (own: Marks, theirs: Marks) => own.born !== undefined && own.born.date === theirs.born?.date;

/** A date that was not asked for is no difference. */
const isExact = (own: Marks, theirs: Marks) =>
  isSameName(own, theirs) && (own.born === undefined || isSameBirth(own, theirs));

/** The referrals that this person may see. Sealed and erased ones, and those of other offices, are left out. */
export async function searchByName(parts: SearchParts, visitor: Visitor, input: unknown): Promise<SearchAnswer> {
  if (!isOneOf(visitor, searchers)) return { kind: 'forbidden' };
  const parsed = readInput(searchInput, input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const { name, birthDate, spelling, purpose } = parsed.data;
  const known: Known = { name, ...whereKnown({ birthDate }) };
  const alone = keysOf(known, parts.digests.index[0]).length === 0;
  if (alone && !isOneName(known)) {
    const sentence =
      'Write a first and a family name. One name alone finds children who were reported by that one name in the last 24 hours.';
    return { kind: 'invalid', problems: [{ path: 'name', sentence }] };
  }
  return parts.evenly(() => search(parts, visitor, known, { spelling, purpose, alone }));
}

/** Records the search, then looks. It does the same reads whatever it finds, so that no sealed referral shows by its time. */
async function search(
  { ledger, identities, names, digests, most = mostShown, now, requestId, onFault }: SearchParts,
  visitor: Visitor,
  known: Known,
  { spelling, purpose, alone }: Pick<z.infer<typeof searchInput>, 'spelling' | 'purpose'> & { readonly alone: boolean },
): Promise<SearchAnswer> {
  const onBehalfOf = principalFor(visitor, searchers);
  const frame = (id: string, principal = onBehalfOf) => ({
    now,
    actor: { kind: 'person', id: visitor.id } as const,
    onBehalfOf: principal,
    cause: { kind: 'command', name: 'search', id, purpose, ...whereKnown({ requestId }) } as const,
  });
  const day = searchesOn(now);
  const kind = spelling === 'exact' ? 'search-exact' : 'search';
  await ledger.recordAccess(day, frame(day), [kind, ...searchedAs(known, digests)]);

  const accepts = spelling === 'exact' ? isExact : undefined;
  // What is the same is asked of the same rows, so they are read once.
  const index = { lookUp: once(identities.lookUp) };
  const scoresOf = async (those?: typeof accepts): Promise<ReadonlyMap<string, number>> => {
    const all = alone
      ? await scoresOfOneName(digests.index, index, known, now, those)
      : await scoresBy(digests.index, index, known, those);
    const best = new Map<string, number>();
    for (const [id, score] of all.flatMap((found) => [...found])) best.set(id, Math.max(best.get(id) ?? 0, score));
    return best;
  };
  const [scores, ofName, ofBoth] = await Promise.all([
    scoresOf(accepts),
    scoresOf(isSameName),
    scoresOf((own, theirs) => isSameName(own, theirs) && isSameBirth(own, theirs)),
  ]);
  const sameIn = (id: string) => (ofBoth.has(id) ? 'name-and-birth-date' : ofName.has(id) ? 'name' : undefined);
  const likely = [...scores]
    .filter(([, score]) => score >= nameScoreThreshold || accepts !== undefined || alone)
    .toSorted(([one, score], [other, better]) => better - score || (one < other ? -1 : 1))
    .slice(0, alwaysRead);
  const read = await Promise.all(
    [...likely.map(([id]) => id), ...madeUp(digests)]
      .slice(0, alwaysRead)
      .map((id) => unlessDamaged(ledger.referral(id), undefined, (error) => onFault?.(error, id))),
  );
  const referrals: FoundReferral[] = [];
  for (const [index, [id, score]] of likely.entries()) {
    if (referrals.length === most) break;
    const state = read[index]?.state;
    if (!state || state.identity.erased || !mayRead(state, visitor)) continue;
    const reader = names && nameReader(state, { ...visitor, at: now }, purpose);
    await ledger.recordAccess(
      id,
      reader ? frame(id, reader.onBehalfOf) : frame(id),
      reader ? ['search', 'childName'] : ['search'],
    );
    referrals.push({
      referralId: id,
      score,
      ...whereKnown({ same: sameIn(id) }),
      ...(reader && { name: await nameOf(names, state) }),
      ...whatTellsApart(state, worksOn(state, { ...visitor, at: now })),
    });
  }
  return { kind: 'found', referrals, alone };
}

/** As which the visitor may read this child's name for this purpose: as themselves, or for a person on leave. */
const nameReader = (state: Referral, visitor: Visitor, purpose: Purpose): Visitor | undefined =>
  state.identity.given?.includes('childName') === true || state.identity.corrections?.childName !== undefined
    ? sidesOf(visitor).find(
        (side) => fieldsFor(state, side).has('childName') && fittingPurposes(state, side).includes(purpose),
      )
    : undefined;

/** The name as last corrected. One that cannot be read hides none of the other referrals. */
async function nameOf(
  names: Pick<Identities, 'childName'>,
  { id, identity: { corrections = {} } }: Referral,
): Promise<NonNullable<FoundReferral['name']>> {
  try {
    return { kind: 'read', words: await named(names.childName(id, corrections.childName)) };
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return { kind: 'unreadable' };
  }
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
