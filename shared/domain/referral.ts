/** The state of one referral: what a fold of its events (`fold.ts`) remembers, and what is asked of it everywhere. */
import type * as z from 'zod';
import type { EmergencyAccess } from './access/emergency-access.ts';
import type { Seal } from './access/seal.ts';
import type { Ring } from './alerts/alarms.ts';
import type { Call } from './calls/call-records.ts';
import type {
  Answer,
  checkpointKinds,
  Discipline,
  FollowUpMonths,
  Outcome,
  Question,
  Service,
} from './core/vocabulary.ts';
import type { EventOf, EventType, routing } from './events.ts';
import type { ChildFacts, ReportFacts } from './intake/report-facts.ts';
import type { Absence } from './missing/absences.ts';
import type { Duration, SkippedDay } from './policy/due.ts';
import type { OutreachPause } from './response/outreach-pause.ts';
import type { ParentsNotice } from './response/parents-notice.ts';
import type { Attachment } from './same-child/attachments.ts';

/** Who did it. A function acts for the workflow; a person is named by the id of the directory. */
export type Actor =
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'function'; readonly id: string };

/** The id of the person on leave on whose behalf a person did it. */
export interface ForWhom {
  readonly onBehalfOf?: string | undefined;
}

/** What the fold needs of the commit an event came in. `at` is a UTC instant. */
export interface CommitFrame extends ForWhom {
  readonly seq: number;
  readonly at: string;
  readonly actor: Actor;
}

export interface Checkpoint {
  readonly kind: (typeof checkpointKinds)[number];
  readonly at: string;
}

export interface Deadline {
  readonly id: string;
  readonly rule: string;
  readonly start: string;
  readonly due: string;
  /** When it was due by its rule, before any person gave it more time. */
  readonly dueByRule: string;
  /** After it the act is of no use any more. */
  readonly hardStop?: string | undefined;
  readonly duration: Duration;
  readonly skipped: readonly SkippedDay[];
  readonly screening?: number | undefined;
  readonly subject?: string | undefined;
  readonly startedBy?: EventOf<'deadline-opened'>['startedBy'];
  readonly status: 'open' | 'kept' | 'missed-closed' | 'not-applicable' | 'ended';
  readonly endedBecause?: EventOf<'deadline-ended'>['because'];
  readonly openedAt: string;
  /** When the fact took place, which may be earlier than when it was recorded. */
  readonly keptAt?: string;
  readonly late?: boolean;
  readonly missed: boolean;
  readonly explanation?: ForWhom & { readonly reasonCode: string; readonly willBeKept: boolean; readonly by: string };
  readonly countersignedBy?: string | undefined;
  readonly raised: readonly Checkpoint[];
  /** The last round of calls; absent while it has not rung. */
  readonly ring?: Ring | undefined;
  /** Who got as many mails about it as the policy allows; absent where nobody did. */
  readonly atCap?: readonly string[];
  /** When a person last moved it: checkpoints before that are not made up for. */
  readonly movedAt?: string;
  readonly movedBecause?: EventOf<'deadline-tightened'>['because'] | 'extended';
  /** True where the last move was another version of the policy, whose rule it is due by since. */
  readonly movedByPolicy?: boolean;
  /** The version it was settled under, where its referral went to another one afterwards. */
  readonly settledUnder?: string;
  readonly generation: number;
}

export interface Screening extends ForWhom {
  readonly number: number;
  readonly outcome: Outcome;
  readonly at: string;
  readonly by: string;
  readonly signedOff: boolean;
  /** The version of the checklist, and the topics that were answered yes. */
  readonly checklist: string;
  readonly indicators: readonly string[];
  /** Every answer by topic; absent in a screening from before each topic was answered. */
  readonly answers?: EventOf<'checklist-answered'>['answers'];
  readonly answeredBy?: string;
  readonly proposed?: NonNullable<EventOf<'screened'>['proposed']>;
}

/** A checklist that was answered and that no screening has been recorded on yet. */
interface AnsweredChecklist {
  readonly checklist: string;
  readonly answers: EventOf<'checklist-answered'>['answers'];
  readonly at: string;
  readonly by: string;
}

/** The result of an instrument. One that came with a screening of an older release does not say who gave it, nor when. */
export interface InstrumentResult {
  readonly tool: string;
  readonly version: string;
  readonly score?: number | undefined;
  readonly band?: string | undefined;
  readonly administeredBy: EventOf<'instrument-recorded'>['administeredBy'];
  readonly on?: string;
  readonly recordedAt: string;
  readonly recordedBy: string;
}

export interface Seat {
  readonly discipline: Discipline;
  readonly personId: string;
  readonly deputyId?: string | undefined;
  readonly required: boolean;
  readonly informedAt?: string;
  readonly answer?: 'accepted' | 'declined';
  /** The holder or the deputy. */
  readonly answeredBy?: string;
  /** Who said no, and has not said yes since. */
  readonly declinedBy?: readonly string[];
  /** Of the last answer: why no, who or what discipline instead, and when the meeting should be. */
  readonly because?: EventOf<'seat-answered'>['because'];
  readonly suggested?: EventOf<'seat-answered'>['suggested'];
  readonly suggestedDiscipline?: EventOf<'seat-answered'>['suggestedDiscipline'];
  readonly proposes?: EventOf<'seat-answered'>['proposes'];
  /** Who had the seat by the roster and passed it on for this referral. */
  readonly delegatedBy?: string;
  /** True where a person was named for this referral alone, beside the team's own roster. */
  readonly invited?: true;
}

/** That somebody of the team keeps confidential what they learn, and whether a conflict of interest stands against it. */
export interface Pledge {
  readonly notice: string;
  readonly conflict: Answer;
  readonly at: string;
}

/** The latest meeting of the team that was set. */
export interface Meeting extends Omit<EventOf<'meeting-set'>, 'type' | 'v'> {
  readonly status: 'scheduled' | 'called-off' | 'held';
}

export interface Linkage {
  readonly service: Service;
  readonly status: 'needed' | 'offered' | 'accepted' | 'started' | 'declined';
  readonly providerId?: string;
  /** The person of the provider who is written to and may answer. */
  readonly contactId?: string;
  /** True from a provider's no until the next referral to one. */
  readonly turnedDown?: boolean;
  /** True while the consent it needs does not stand: the provider waits, and reads nothing of who the child is. */
  readonly suspended?: boolean;
  readonly startedAt?: string;
  /** What became of it, by months after its start. */
  readonly outcomes?: Readonly<Partial<Record<FollowUpMonths, EventOf<'service-outcome-recorded'>['outcome']>>>;
}

export interface UnmetNeed {
  readonly service: Service;
  readonly reason: EventOf<'linkage-declined'>['reasonCode'];
  /** Who said so. */
  readonly by: 'staff' | 'provider';
  readonly at: string;
  readonly waitDays?: number;
  /** Of the office that answered for the referral then. */
  readonly region?: number;
}

export interface Alert {
  readonly id: string;
  readonly kind: EventOf<'alert-requested'>['kind'];
  readonly to: EventOf<'alert-requested'>['to'];
  readonly people: readonly string[];
  readonly deadlineId?: string | undefined;
  readonly checkpoint?: Checkpoint['kind'] | undefined;
  /** The number of the meeting that it tells of. */
  readonly meeting?: number;
  readonly deputies: boolean;
  /** The lines whose deputies are not written to all the same. */
  readonly answered?: readonly string[] | undefined;
  readonly about?: Question | undefined;
  readonly discipline?: Discipline | undefined;
  readonly requestedAt: string;
  /** The person whose act it follows from; absent where a step of the pathway asked for it. */
  readonly requestedBy?: string;
  /** Who did first. */
  readonly acknowledgedBy?: string;
  /** Who did for which lines; absent where one of an older release counts for all. */
  readonly acknowledgements?: readonly { readonly by: string; readonly lines: readonly string[] }[];
  readonly unreachable: boolean;
  /** The lines for which nobody is left; absent where an older release did not say. */
  readonly unreachedLines?: readonly string[];
}

/** What an evaluation of the decision table rested on; undefined in what was recorded by an older release. */
export type Evaluation = Pick<EventOf<'eligibility-proposed'>, 'inputs' | 'overlays' | 'ruleSet'>;

export interface Proposal extends EventOf<'eligibility-proposed'> {
  readonly at: string;
  readonly seq: number;
}

/** A basis to allege or none, as a named person decided it; never an adjudication. */
export interface Decision extends Omit<EventOf<'eligibility-decided'>, 'type' | 'v'> {
  readonly by: string;
  readonly at: string;
  /** The sequence number of the proposal it was made on. */
  readonly onProposal: number;
}

/** What was proposed, for a second person to answer. */
type Waiting<Type extends EventType> = EventOf<Type> & ForWhom & { readonly at: string };

export interface Referral {
  readonly id: string;
  readonly seq: number;
  readonly stage: 'open' | 'closed' | 'withdrawn' | 'attached';
  /** The version of the policy it was migrated to; without, it is under that of its first commit. */
  readonly policy?: string;
  readonly reportId: string;
  readonly siblings: readonly string[];
  readonly receivedAt: string;
  readonly recordedAt: string;
  /** Why it was recorded so long after it was received. */
  readonly lateReason?: EventOf<'referral-opened'>['lateReason'];
  /** Who took the report. */
  readonly takenBy?: string;
  readonly report: ReportFacts;
  readonly child: ChildFacts;
  /** Where the child was by the report itself, whatever became known since. */
  readonly reported: Pick<ChildFacts, 'population' | 'legalStatus'>;
  readonly routing?: z.infer<typeof routing>;
  /** True once a person has confirmed or corrected the routing: what is said of a place later leaves it as it is. */
  readonly routingSaid: boolean;
  /** Where a place leads that was corrected after that, while nobody has confirmed the routing again. */
  readonly suggestedRouting?: z.infer<typeof routing>;
  /** By place, the towns that words which are none may have meant. */
  readonly nearestTowns: NonNullable<EventOf<'referral-opened'>['nearestTowns']>;
  readonly blindIndex?: string;
  readonly texts: EventOf<'referral-opened'>['texts'];
  /** The reason of the date of birth that counts, where it corrected another: the vault keeps the date under it. */
  readonly birthCorrectedBy?: string;
  /** Of each that was corrected, the reason under which the vault keeps what counts now. */
  readonly corrections?: Readonly<
    Partial<Record<EventOf<'identity-corrected' | 'reporter-corrected'>['fields'][number], string>>
  >;
  readonly danger: Answer;
  /** The proposal that there is no danger now, while no second person has agreed. */
  readonly lowering?: Waiting<'lowering-proposed'>;
  readonly candidates: readonly string[];
  /** Those of them that somebody has answered about. */
  readonly answered?: readonly string[];
  /** How far each is alike, 0 to 1, where it was compared. */
  readonly candidateScores?: Readonly<Record<string, number>>;
  readonly attachedTo?: string;
  /** What is attached to this one, or was claimed to be. */
  readonly attachments: readonly Attachment[];
  readonly screenings: readonly Screening[];
  readonly checklist?: AnsweredChecklist;
  readonly instruments: readonly InstrumentResult[];
  readonly downgrade?: Waiting<'downgrade-proposed'>;
  readonly proposal?: Proposal;
  /** What the proposal's inputs were made of. */
  readonly proposedOn?: Pick<
    Referral,
    'child' | 'danger' | 'hold' | 'caregiverNamed' | 'caregiverRuledOut' | 'birthCorrectedBy'
  >;
  readonly decision?: Decision;
  readonly liaison?: string;
  /** When the last liaison was assigned. */
  readonly liaisonSince?: string;
  readonly missing: boolean;
  /** Each time the child was missing, the first one at the top. */
  readonly absences: readonly Absence[];
  /** True from a 96-hour hold until it ended. */
  readonly hold: boolean;
  /** True where somebody said that a caregiver had a part in it, whoever else is alleged. */
  readonly caregiverNamed: boolean;
  /** True where a screener has answered that none had, or two people have cleared them, and nobody has said otherwise since. */
  readonly caregiverRuledOut: boolean;
  /** The proposal that nobody did after all, while no second person has agreed. */
  readonly clearance?: Waiting<'clearance-proposed'>;
  /** When a second person agreed to it. */
  readonly clearedAt?: string;
  /** The last pause of outreach that the police asked for, unless it was lifted. It may have ended. */
  readonly outreachPause?: OutreachPause;
  /** What was decided last about the notice to the parents. */
  readonly parentsNotice?: ParentsNotice;
  /** A supervisor's word that it may be given although a caregiver's part is not ruled out. */
  readonly parentsNoticeApproved?: { readonly by: string; readonly at: string };
  /** True from the first entry to care that was recorded here. */
  readonly enteredCare: boolean;
  readonly disposition?: EventOf<'investigation-disposed'>['disposition'];
  /** Whether there is reasonable cause to believe that sexual abuse or serious physical abuse occurred; absent where no one was asked. */
  readonly reasonableCause?: Answer;
  /** True where charges are known for what the child did while exploited. */
  readonly charged: boolean;
  readonly deadlines: Readonly<Record<string, Deadline>>;
  readonly team?: string;
  readonly invitedTeam?: string;
  readonly seats: readonly Seat[];
  readonly vacant: readonly Discipline[];
  /** Disciplines that had a seat and have none now. */
  readonly formerSeats: readonly Discipline[];
  /** By the id of the person. */
  readonly pledges: Readonly<Record<string, Pledge>>;
  /** Each with the team that met. */
  readonly meetings: readonly (EventOf<'mdt-met'> & { readonly team?: string | undefined })[];
  readonly meeting?: Meeting;
  /** Those set before it, as they ended. */
  readonly pastMeetings: readonly Meeting[];
  /** Services a team recommended that no step has opened yet. */
  readonly recommended: readonly Service[];
  /** Who sees to a service by when, as the team has it. */
  readonly owners: Readonly<Partial<Record<Service, NonNullable<EventOf<'recommended'>['owners']>[number]>>>;
  readonly linkages: Readonly<Partial<Record<Service, Linkage>>>;
  /** Every answer about a consent, oldest first. */
  readonly consents: readonly Omit<EventOf<'consent-recorded'>, 'type' | 'v'>[];
  /** Ids of the records that stand apart in the vault. */
  readonly apartRecords: readonly string[];
  /** Each time a need could not be met, when it happened. */
  readonly unmetNeeds: readonly UnmetNeed[];
  readonly pathwayScreening: number;
  readonly closureOpened: boolean;
  readonly withdrawal?: Waiting<'withdrawal-proposed'>;
  /** Since when its work has ended; absent while it is open. */
  readonly endedAt?: string;
  readonly legalHold?: { readonly by: string; readonly at: string; readonly reason: string };
  readonly erasure?: Waiting<'erasure-proposed'>;
  readonly erased?: Omit<EventOf<'identities-erased'>, 'type' | 'v'> & { readonly at: string };
  /** Where it is sealed: who it exists for. */
  readonly seal?: Seal;
  /** Others that may be about the same child, found while it was sealed. */
  readonly matches?: readonly { readonly of: string; readonly score: number; readonly at: string }[];
  /** Everybody whom a seal has ever named. */
  readonly everNamed?: readonly string[];
  readonly emergencyAccesses?: readonly EmergencyAccess[];
  readonly alerts: Readonly<Record<string, Alert>>;
  /** Telephone calls about duties that call now, oldest first; absent where there was none. */
  readonly calls?: readonly Call[];
  readonly generation: number;
}

/** The contact of the provider that is asked for a service. Who said no, or was told no, is asked no more. */
export const providerAsked = ({ linkages }: Referral, service: string | undefined): string | undefined =>
  Object.values(linkages).find(
    (linkage) =>
      linkage.service === service &&
      linkage.suspended !== true &&
      (linkage.status === 'offered' || linkage.status === 'accepted'),
  )?.contactId;

/** The screening that counts now. */
export const currentScreening = (state: Referral): Screening | undefined => state.screenings.at(-1);

export const openDeadlines = (state: Referral): readonly Deadline[] =>
  Object.values(state.deadlines).filter((deadline) => deadline.status === 'open');

/** The open deadline of this rule and, where given, subject. */
export const openDeadlineOf = (state: Referral, rule: string, subject?: string): Deadline | undefined =>
  openDeadlines(state).find(
    (deadline) => deadline.rule === rule && (subject === undefined || deadline.subject === subject),
  );
