/** The kinds of chains in the ledger: their keys, and how the commits of each are read, folded and found. */

import { waitsForDay } from '../domain/agreements/agreement-states.ts';
import {
  type Agreement,
  type AgreementEvent,
  foldAgreements,
  readAgreementEvent,
} from '../domain/agreements/agreements.ts';
import { type AlertEvent, type AlertLife, foldAlert, readAlertEvent } from '../domain/alerts/alerts.ts';
import type { CountedMail } from '../domain/alerts/counted-mail.ts';
import { type FindingEvent, foldFindings, type MadeFinding, readFindingEvent } from '../domain/audit/findings.ts';
import {
  type Delegation,
  type DelegationEvent,
  foldDelegations,
  readDelegationEvent,
} from '../domain/directory/delegations.ts';
import { foldShifts, readShiftEvent, type Schedule, type ShiftEvent } from '../domain/directory/on-call-shifts.ts';
import { type DoubtEvent, type DoubtHistory, foldDoubts, readDoubtEvent } from '../domain/doubts/doubts.ts';
import { type DraftNewsEvent, foldDraftNews, readDraftNewsEvent, type ToldDraft } from '../domain/drafts/draft-news.ts';
import { type DraftEvent, foldDraft, type ReportDraft, readDraftEvent } from '../domain/drafts/drafts.ts';
import { type Event, readEvent } from '../domain/events.ts';
import { fold } from '../domain/fold.ts';
import { type Forum, type ForumEvent, foldForums, readForumEvent } from '../domain/forums/forums.ts';
import type { Referral } from '../domain/referral.ts';
import {
  foldProvider,
  type ProviderEvent,
  type ProviderState,
  readProviderEvent,
} from '../domain/services/providers.ts';
import { foldRoster, type OpenGap, type RosterEvent, readRosterEvent } from '../domain/team/roster-gaps.ts';
import {
  foldTraining,
  readTrainingEvent,
  type TrainingEvent,
  type TrainingState,
} from '../domain/training/training.ts';
import { foldVenues, readVenueEvent, type VenueConcern, type VenueEvent } from '../domain/venues/venues.ts';
import type { Commit } from './commit.ts';
import type { FoundBy } from './found-commits.ts';

export const referralChain = (id: string) => `referral#${id}`;
export const providerChain = (id: string) => `provider#${id}`;
export const alertChain = (id: string) => `alert#${id}`;
/** Records of reads of identities. */
export const accessChain = (id: string) => `access#${id}`;
export const findingChain = (day: string) => `finding#${day}`;
export const rosterChain = (team: string) => `roster#${team}`;
export const draftChain = (id: string) => `draft#${id}`;
/** The news of untouched drafts of a UTC day. */
export const draftNewsChain = (day: string) => `drafts#${day}`;
/** The delegations of a person on leave. */
export const delegationChain = (personId: string) => `delegation#${personId}`;

/** What was noted in doubt of a record, such as a referral, and the words of supervisors. */
export const doubtChain = (record: string) => `doubt#${record}`;

export const shiftChain = (schedule: string) => `shift#${schedule}`;

/** Who was trained, as counts, and the materials. There is one chain, of `allTraining`. */
export const trainingChain = (id: string) => `training#${id}`;
/** The chains of the program: agreements, forums, and concerns about venues. Each kind has one. */
export const agreementChain = (all: string) => `agreement#${all}`;
export const forumChain = (all: string) => `forum#${all}`;
export const venueChain = (all: string) => `venue#${all}`;

const kinds = [
  'referral',
  'provider',
  'alert',
  'access',
  'finding',
  'roster',
  'draft',
  'drafts',
  'delegation',
  'doubt',
  'shift',
  'training',
  'agreement',
  'forum',
  'venue',
];

/** Whether a chain is of a kind that this product writes. */
export const isKnownChain = (chain: string): boolean => kinds.includes(chain.split('#')[0] ?? '');

/** How the events of a chain are read, and folded onto the state before (undefined: none). */
export interface Kind<Item, State> {
  readonly readItem: (event: unknown) => Item;
  readonly foldOn: (commits: readonly Commit<Item>[], from: State | undefined) => State;
  /**
   * The kind and instant under which a commit of these events at `at`, a UTC instant, is found. Undefined for most
   * commits. `beside`: what the index itself says of a sent mail, or of an act of the log. `after`: the state with this commit.
   */
  readonly foundBy?: (
    events: readonly Item[],
    seq: number,
    at: string,
    beside: { readonly mail?: CountedMail | undefined; readonly act?: string | undefined },
    after: State,
  ) => FoundBy | undefined;
  /** Rows that are no commits of their place are left out, and the chain goes on. Else they stop its readers. */
  readonly leavesOut?: true;
}
export const referralKind = (id: string): Kind<Event, Referral | undefined> => ({
  readItem: readEvent,
  foldOn: (commits, from) => fold(id, commits, from),
  foundBy(_, seq, at, { act }) {
    if (seq > 1) return act === undefined ? undefined : ['act', at, act];
    return act === undefined ? ['referral', at] : ['referral', at, act];
  },
  // A child in danger must get its calls and mail.
  leavesOut: true,
});
export const alertKind: Kind<AlertEvent, AlertLife> = {
  readItem: readAlertEvent,
  foldOn: foldAlert,
  // A leased mail is found by when it was leased, until it is settled. A deferred mail is found by when it is due to go
  // out.
  foundBy(events, _, at, { mail }) {
    if (events.some(({ type }) => type === 'alert-leased')) return ['lease', at];
    if (mail && events.some(({ type }) => type === 'alert-sent')) return ['mail', at, JSON.stringify(mail)];
    const deferred = events.find((each) => each.type === 'alert-deferred');
    return deferred && ['deferred', deferred.until];
  },
};
export const rosterKind: Kind<RosterEvent, readonly OpenGap[]> = { readItem: readRosterEvent, foldOn: foldRoster };
export const findingKind: Kind<FindingEvent, readonly MadeFinding[]> = {
  readItem: readFindingEvent,
  foldOn: foldFindings,
};
export const doubtKind: Kind<DoubtEvent, DoubtHistory> = { readItem: readDoubtEvent, foldOn: foldDoubts };
export const shiftKind: Kind<ShiftEvent, Schedule> = { readItem: readShiftEvent, foldOn: foldShifts };
export const trainingKind: Kind<TrainingEvent, TrainingState> = {
  readItem: readTrainingEvent,
  foldOn: foldTraining,
};
/** Each commit is found by the day on which the chain waits for the next reminder. So the last commit always says it. */
export const agreementKind: Kind<AgreementEvent, readonly Agreement[]> = {
  readItem: readAgreementEvent,
  foldOn: foldAgreements,
  foundBy(_events, _seq, at, _beside, after) {
    const next = waitsForDay(after, at);
    return next === undefined ? undefined : ['due', next];
  },
};
export const forumKind: Kind<ForumEvent, readonly Forum[]> = { readItem: readForumEvent, foldOn: foldForums };
export const venueKind: Kind<VenueEvent, readonly VenueConcern[]> = { readItem: readVenueEvent, foldOn: foldVenues };
export const providerKind: Kind<ProviderEvent, ProviderState | undefined> = {
  readItem: readProviderEvent,
  foldOn: foldProvider,
};

export const draftKind = (id: string): Kind<DraftEvent, ReportDraft | undefined> => ({
  readItem: readDraftEvent,
  foldOn: (commits, from) => foldDraft(id, commits, from),
  // A draft is found by the instant at which it was last touched, so that left drafts are found there.
  foundBy: (events, _, at) =>
    events.some(({ type }) => type === 'draft-begun' || type === 'draft-touched') ? ['draft', at] : undefined,
});

export const draftNewsKind: Kind<DraftNewsEvent, readonly ToldDraft[]> = {
  readItem: readDraftNewsEvent,
  foldOn: foldDraftNews,
};

/** A recorded read of the facts about a child. `id`: what one record covers, such as a session. */
export interface FactRead {
  readonly personId: string;
  readonly id: string;
  readonly purpose?: string | undefined;
}
export const factReadIn = ({ actor, cause }: Pick<Commit<unknown>, 'actor' | 'cause'>): readonly FactRead[] =>
  actor.kind === 'person' && cause.kind === 'command' && cause.name === 'read-facts'
    ? [{ personId: actor.id, id: cause.id, purpose: cause.purpose }]
    : [];

/** The records of access. */
export const accessKind: Kind<unknown, undefined> = { readItem: (event) => event, foldOn: () => undefined };

export const delegationKind = (personId: string): Kind<DelegationEvent, readonly Delegation[]> => ({
  readItem: readDelegationEvent,
  foldOn: (commits, from) => foldDelegations(personId, commits, from),
});
