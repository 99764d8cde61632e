/**
 * Agreements of the department with agencies and providers. All of them are one chain, which lists itself without an index.
 * They hold codes, days and ids, and no text. An agreement that has ended stops no act: it is shown where it matters.
 */
import * as z from 'zod';
import type { CommitHead } from '../core/commit-head.ts';
import { agencies, agreementKinds, agreementPurposes, sharedData, sharingBases } from '../core/vocabulary.ts';

/** The name of the one chain. */
export const allAgreements = 'ALL';

/** Days are New York days, `YYYY-MM-DD`. The department is a party of each agreement. */
const terms = {
  kind: z.enum(agreementKinds),
  agencies: z.array(z.enum(agencies)),
  /** Ids of listed providers. */
  providers: z.array(z.string()),
  /** Ids of teams. Empty for the whole state. */
  teams: z.array(z.string()),
  purpose: z.enum(agreementPurposes),
  data: z.array(z.enum(sharedData)),
  basis: z.enum(sharingBases),
  signedOn: z.string(),
  expiresOn: z.string().exactOptional(),
  reviewOn: z.string().exactOptional(),
  /** The day from which it no longer holds, where it ended early. */
  endedOn: z.string().exactOptional(),
  keeperId: z.string(),
};

const reminder = {
  about: z.enum(['end', 'review']),
  /** So many days before. */
  days: z.int(),
  /** The day of the end or review that it is about. */
  on: z.string(),
};

export const agreementEvent = z.discriminatedUnion('type', [
  /** A new agreement, or all terms of one that was changed. */
  z.object({ type: z.literal('agreement-recorded'), v: z.literal(1), id: z.string(), ...terms }),
  z.object({ type: z.literal('agreement-reminded'), v: z.literal(1), id: z.string(), ...reminder }),
]);
export type AgreementEvent = z.infer<typeof agreementEvent>;
type Recorded = Extract<AgreementEvent, { readonly type: 'agreement-recorded' }>;
export type Terms = Omit<Recorded, 'type' | 'v' | 'id'>;

/** Reads a stored event. Throws a ZodError that names the field where the event is not valid. */
export const readAgreementEvent = (stored: unknown): AgreementEvent => agreementEvent.parse(stored);

/** `toldIn`: the place of the commit that reminds. */
export interface Reminder {
  readonly about: 'end' | 'review';
  readonly days: number;
  readonly on: string;
  readonly toldIn: number;
}

export interface Agreement extends Terms {
  readonly id: string;
  /** How often its terms were recorded. */
  readonly revision: number;
  readonly changed: { readonly by: string; readonly at: string };
  readonly reminders: readonly Reminder[];
}

type AgreementCommit = CommitHead & { readonly events: readonly AgreementEvent[] };

function applied(
  agreements: readonly Agreement[],
  event: AgreementEvent,
  { seq, at, actor }: AgreementCommit,
): readonly Agreement[] {
  const before = agreements.find(({ id }) => id === event.id);
  if (event.type === 'agreement-reminded') {
    const { about, days, on } = event;
    const told = { about, days, on, toldIn: seq };
    return agreements.map((each) => (each === before ? { ...each, reminders: [...each.reminders, told] } : each));
  }
  const { type: _, v: __, ...recorded } = event;
  const agreement = {
    ...recorded,
    revision: (before?.revision ?? 0) + 1,
    changed: { by: actor.id, at },
    reminders: before?.reminders ?? [],
  };
  return before ? agreements.map((each) => (each === before ? agreement : each)) : [...agreements, agreement];
}

/** The agreements after these commits, in the order in which they were first recorded. */
export function foldAgreements(
  commits: readonly AgreementCommit[],
  from: readonly Agreement[] = [],
): readonly Agreement[] {
  let agreements = from;
  for (const commit of commits) for (const event of commit.events) agreements = applied(agreements, event, commit);
  return agreements;
}

/** `AG-3`: the id of the agreement that the third commit of the chain records first. */
export const agreementIdAt = (place: number): string => `AG-${place}`;
export const agreementIdPattern = /^AG-[1-9]\d{0,5}$/;
