/**
 * The watchdog's findings that do not mend themselves and that an administrator is told. Each UTC day has a chain of
 * its own, so a lasting finding is told once a day. A finding that was mended once is only in the audit of its
 * referral.
 */
import * as z from 'zod';
import type { CommitHead } from '../core/commit-head.ts';
import { isReference } from '../core/ids.ts';
import { type EntryFlaw, entryFlaws } from '../directory/directory-entry.ts';
import type { Event } from '../events.ts';
import type { Referral } from '../referral.ts';

const findingKinds = ['chain-broken', 'run-keeps-failing', 'consumer-stuck', 'role-vacant', ...entryFlaws] as const;
export type FindingKind = (typeof findingKinds)[number];

/** `about`: the reference of a referral (`sealed` for a sealed one), a role, or the id of a person. */
const finding = { what: z.enum(findingKinds), about: z.string().regex(/^[A-Za-z0-9.-]{1,64}$/) };
export const findingEvent = z.object({ type: z.literal('finding-made'), v: z.literal(1), ...finding });
export type FindingEvent = z.infer<typeof findingEvent>;

/** Reads a stored event of a day's findings. Throws a ZodError that names the field where the event is not valid. */
export const readFindingEvent = (stored: unknown): FindingEvent => findingEvent.parse(stored);

export interface Finding {
  readonly what: FindingKind;
  readonly about: string;
}

/** `madeIn`: the place of the commit that recorded it. */
export interface MadeFinding extends Finding {
  readonly madeIn: number;
}

/**
 * The same finding with a name that an event may hold. A person can write any id into a row. One wrong name would keep
 * all findings of a look from being stored.
 */
const nameable = ({ what, about }: Finding): Finding => ({
  what,
  about: about.replaceAll(/[^A-Za-z0-9.-]/g, '-').slice(0, 64) || 'nameless',
});

const isSame = (one: Finding, other: Finding) => one.what === other.what && one.about === other.about;

/** The findings of a day after these commits, in the order in which they were found. */
export function foldFindings(
  commits: readonly (Pick<CommitHead, 'seq'> & { readonly events: readonly FindingEvent[] })[],
  from: readonly MadeFinding[] = [],
): readonly MadeFinding[] {
  const made = commits.flatMap(({ seq, events }) => events.map(({ what, about }) => ({ what, about, madeIn: seq })));
  return [...from, ...made];
}

/** The new findings of a look, as events for its day. */
export const newFindings = (made: readonly Finding[], found: readonly Finding[]): readonly FindingEvent[] =>
  found
    .map(nameable)
    .filter((each, index, all) => ![...made, ...all.slice(0, index)].some((other) => isSame(each, other)))
    .map(({ what, about }) => ({ type: 'finding-made', v: 1, what, about }));

/** So many chains may go on with one that cannot be read, and this is the last of them. */
export const mostChains = 9;

/** The chain that goes on where the ones before cannot: `access#CR-7F3KD-9QXMTQ~2`. The first has no number. */
export const continued = (first: string, number: number): string => (number === 1 ? first : `${first}~${number}`);

/** The first chain of those that go on with each other. */
export const firstOf = (chain: string): string => chain.replace(/~[2-9]$/, '');

/**
 * What a finding about a chain is about: the reference of its referral. For other chains: kind and id. The chains of
 * alerts and of reads belong to their referral.
 */
export function aboutChain(chain: string): string {
  const [kind = '', id = ''] = firstOf(chain).split('#');
  // The doubts of a record belong to the record.
  if (kind === 'doubt') return id;
  const [reference = ''] = id.split('.');
  return isReference('CR', reference) ? reference : `${kind}.${id}`.replaceAll(/[^A-Za-z0-9.-]/g, '-').slice(0, 64);
}

/** Records of which each day has one. */
const ofDays: Readonly<Record<string, string>> = { finding: 'findings', drafts: 'drafts' };

/**
 * What a finding about a record names. No mail tells which referral is sealed, and none has a day, which could be a day of birth.
 * Undefined: no referral, or one that cannot be read.
 */
export const aboutReferral = (
  record: string,
  referral: { readonly access: Pick<Referral['access'], 'seal'> } | undefined,
): string => (referral?.access.seal ? 'sealed' : (ofDays[record.split('.')[0] ?? ''] ?? record));

/** So many in one day are no accident: mending does not help. */
const often = 3;

/** The name of the day of a UTC instant, under which its findings are kept. */
export const dayOf = (instant: string): string => instant.slice(0, 10);

/**
 * The findings about a referral. One of its runs failed again and again today, or a consumer stays at a commit despite
 * nudges. No mail tells which referral is sealed. `now` is a UTC instant.
 */
export function findingsIn(
  referral: Pick<Referral, 'id'> & { readonly access: Pick<Referral['access'], 'seal'> },
  commits: readonly (CommitHead & { readonly events: readonly Event[] })[],
  now: string,
): readonly Finding[] {
  const about = aboutReferral(referral.id, referral);
  const today = commits.filter(({ at }) => dayOf(at) === dayOf(now)).flatMap(({ events }) => events);
  const lost = Map.groupBy(
    today.flatMap((event) => (event.type === 'run-lost' ? [event.run] : [])),
    (run) => run,
  );
  const nudges = today.filter((event) => event.type === 'swept' && event.found === 'cursor-behind');
  return [
    ...([...lost.values()].some(({ length }) => length >= often)
      ? [{ what: 'run-keeps-failing', about } as const]
      : []),
    ...(nudges.length >= often ? [{ what: 'consumer-stuck', about } as const] : []),
  ];
}

/**
 * The flaws in the entries of these people, who have duties; each person once. `entries`: of the people in the
 * directory.
 */
export const flawsOf = (
  asked: readonly string[],
  entries: readonly { readonly id: string; readonly flaws?: readonly EntryFlaw[] }[],
): readonly Finding[] =>
  [...new Set(asked)].flatMap((about) => {
    const entry = entries.find(({ id }) => id === about);
    const flaws: readonly EntryFlaw[] = entry ? (entry.flaws ?? []) : ['unknown-person'];
    return flaws.map((what) => ({ what, about }));
  });
