/** The state of one referral: a pure fold of its events. Nothing here decides; it only remembers. */
import type * as z from 'zod';
import { type Absence, debriefed, left, returned, screenedAgain } from './absences.ts';
import type { Attachment } from './attachments.ts';
import type { Duration, SkippedDay } from './due.ts';
import type { Event, EventOf, routing } from './events.ts';
import type { ChildFacts, ReportFacts } from './report-facts.ts';
import { broken, type Glass, type Seal, sealedAt, unsealed } from './seal.ts';
import { drawn, invited, pledged, withoutSeat } from './seats.ts';
import type { Answer, Discipline, FollowUpMonths, Outcome, Service } from './vocabulary.ts';

/** Who did it. A function acts for the workflow; a person is named by the id of the directory. */
export type Actor =
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'function'; readonly id: string };

/** What the fold needs of the commit an event came in. `at` is a UTC instant. */
export interface CommitFrame {
  readonly seq: number;
  readonly at: string;
  readonly actor: Actor;
}

export interface Checkpoint {
  readonly kind: 'remind' | 'warn' | 'due' | 'escalate';
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
  readonly explanation?: { readonly reasonCode: string; readonly willBeKept: boolean; readonly by: string };
  readonly countersignedBy?: string | undefined;
  readonly raised: readonly Checkpoint[];
  /** When a person last moved it: checkpoints before that are not made up for. */
  readonly movedAt?: string;
  readonly movedBecause?: EventOf<'deadline-tightened'>['because'];
  /** True where the last move was another version of the policy, whose rule it is due by since. */
  readonly movedByPolicy?: boolean;
  /** The version it was settled under, where its referral went to another one afterwards. */
  readonly settledUnder?: string;
  readonly generation: number;
}

export interface Screening {
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
  readonly deputies: boolean;
  readonly requestedAt: string;
  readonly acknowledgedBy?: string;
  readonly unreachable: boolean;
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
  /** Who took the report. */
  readonly takenBy?: string;
  readonly report: ReportFacts;
  readonly child: ChildFacts;
  readonly routing?: z.infer<typeof routing>;
  /** True once a person has confirmed or corrected the routing: what is said of a place later leaves it as it is. */
  readonly routingSaid: boolean;
  /** By place, the towns that words which are none may have meant. */
  readonly nearestTowns: NonNullable<EventOf<'referral-opened'>['nearestTowns']>;
  readonly blindIndex?: string;
  readonly texts: EventOf<'referral-opened'>['texts'];
  readonly danger: Answer;
  readonly candidates: readonly string[];
  /** How far each is alike, 0 to 1, where it was compared. */
  readonly candidateScores?: Readonly<Record<string, number>>;
  readonly attachedTo?: string;
  /** What is attached to this one, or was claimed to be. */
  readonly attachments: readonly Attachment[];
  readonly screenings: readonly Screening[];
  readonly checklist?: AnsweredChecklist;
  readonly instruments: readonly InstrumentResult[];
  readonly downgrade?: EventOf<'downgrade-proposed'>;
  readonly proposal?: Proposal;
  /** What the proposal's inputs were made of. */
  readonly proposedOn?: Pick<Referral, 'child' | 'danger' | 'hold' | 'caregiverNamed'>;
  readonly decision?: Decision;
  readonly liaison?: string;
  readonly missing: boolean;
  /** Each time the child was missing, the first one at the top. */
  readonly absences: readonly Absence[];
  /** True from a 96-hour hold until it ended. */
  readonly hold: boolean;
  /** True where somebody said that a caregiver had a part in it, whoever else is alleged. */
  readonly caregiverNamed: boolean;
  /** True from the first entry to care that was recorded here. */
  readonly enteredCare: boolean;
  readonly disposition?: EventOf<'investigation-disposed'>['disposition'];
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
  readonly meetings: readonly EventOf<'mdt-met'>[];
  readonly meeting?: Meeting;
  /** Services a team recommended that no step has opened yet. */
  readonly recommended: readonly Service[];
  readonly linkages: Readonly<Partial<Record<Service, Linkage>>>;
  /** Every answer about a consent, oldest first. */
  readonly consents: readonly Omit<EventOf<'consent-recorded'>, 'type' | 'v'>[];
  /** Ids of the records that stand apart in the vault. */
  readonly apartRecords: readonly string[];
  /** Each time a need could not be met, when it happened. */
  readonly unmetNeeds: readonly UnmetNeed[];
  readonly pathwayScreening: number;
  readonly closureOpened: boolean;
  readonly withdrawal?: EventOf<'withdrawal-proposed'> & { readonly at: string };
  /** Where it is sealed: who it exists for. */
  readonly seal?: Seal;
  /** Everybody whom a seal has ever named. */
  readonly everNamed?: readonly string[];
  readonly glass?: readonly Glass[];
  readonly alerts: Readonly<Record<string, Alert>>;
  readonly generation: number;
}

const changeDeadline = (state: Referral, id: string, change: (deadline: Deadline) => Partial<Deadline>): Referral => {
  const deadline = state.deadlines[id];
  if (!deadline) throw new Error(`The event names the deadline ${id}, which was never opened.`);
  return { ...state, deadlines: { ...state.deadlines, [id]: { ...deadline, ...change(deadline) } } };
};

/** What is settled by now stays under the version it was settled under. */
const underNewPolicy = (state: Referral, { from, to, reopens, proposes }: EventOf<'policy-migrated'>): Referral => ({
  ...state,
  policy: to,
  deadlines: Object.fromEntries(
    Object.entries(state.deadlines).map(([id, deadline]) => [
      id,
      deadline.status === 'open' ? deadline : { settledUnder: from, ...deadline },
    ]),
  ),
  // Another version may ask for more: the pathway's steps have something to do again.
  ...(reopens && { pathwayScreening: 0 }),
  ...(proposes && state.proposal && { proposal: { ...state.proposal, screening: 0 } }),
});

const changeAlert = (state: Referral, id: string, change: Partial<Alert>): Referral => {
  const alert = state.alerts[id];
  return alert ? { ...state, alerts: { ...state.alerts, [id]: { ...alert, ...change } } } : state;
};

const changeSeat = (state: Referral, discipline: Discipline, change: Partial<Seat>): Referral => ({
  ...state,
  seats: state.seats.map((seat) => (seat.discipline === discipline ? { ...seat, ...change } : seat)),
});

function declinersOf(state: Referral, discipline: Discipline, personId: string, answer: 'accepted' | 'declined') {
  const before = state.seats.find((seat) => seat.discipline === discipline)?.declinedBy ?? [];
  const others = before.filter((id) => id !== personId);
  return answer === 'declined' ? [...others, personId] : others;
}

/** What is new about the child makes a proposal to withdraw the referral void: it was made without knowing. */
const withoutProposal = ({ withdrawal: _, ...state }: Referral): Referral => state;

const changeLinkage = (state: Referral, service: Service, change: Omit<Linkage, 'service'>): Referral => ({
  ...state,
  linkages: { ...state.linkages, [service]: { ...state.linkages[service], service, ...change } },
});

const endMeeting = (state: Referral, status: Meeting['status'], sequence?: number): Referral =>
  state.meeting?.status === 'scheduled'
    ? { ...state, meeting: { ...state.meeting, status, ...(sequence !== undefined && { sequence }) } }
    : state;
/** A service that is needed no longer, or given elsewhere, leaves no need unmet. */
function unmetNeedOf(
  { routing }: Referral,
  { service, reasonCode: reason, by, waitDays }: EventOf<'linkage-declined'>,
  at: string,
): UnmetNeed | undefined {
  if (reason === 'no-longer-needed' || reason === 'served-elsewhere') return undefined;
  return {
    service,
    reason,
    by,
    at,
    ...(waitDays !== undefined && { waitDays }),
    ...(routing && { region: routing.region }),
  };
}

/** Another team means that the pathway's steps have something to do again. */
const routed = ({ liaison, ...state }: Referral, routing: NonNullable<Referral['routing']>): Referral => ({
  ...state,
  // A liaison answers for one region.
  ...(liaison !== undefined && routing.region === state.routing?.region && { liaison }),
  routing,
  pathwayScreening: routing.team === state.team ? state.pathwayScreening : 0,
});

const withoutClaim = ({ attachments }: Referral, of: string) => attachments.filter(({ from }) => from !== of);

/** Its runs ended with the attaching: the next generation of each takes over. */
function detached({ attachedTo: _, ...state }: Referral, { reopened }: EventOf<'attachment-undone'>): Referral {
  const alone: Referral = { ...state, stage: 'open', generation: state.generation + 1 };
  return reopened.reduce(
    (next, id) => changeDeadline(next, id, ({ generation }) => ({ status: 'open', generation: generation + 1 })),
    alone,
  );
}

const newRun = (state: Referral, lost: { readonly run: string; readonly generation: number }): Referral => {
  if (lost.run === state.id) {
    return lost.generation < state.generation ? state : { ...state, generation: lost.generation + 1 };
  }
  return changeDeadline(state, lost.run, ({ generation }) => ({
    generation: Math.max(generation, lost.generation + 1),
  }));
};

/** The topic of the checklist that says that a caregiver had a part in it. */
const caregiverTopic = 'caregiver-facilitation';

/** What was said of an age without a number, as the years it may be. */
const minorAge = { known: 'range', from: 0, to: 17 } as const;
const adultAge = { known: 'range', from: 18, to: 30 } as const;

/** Without what was not said. */
const said = <Facts extends object>(facts: Facts) =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
    [Field in keyof Facts]: Exclude<Facts[Field], undefined>;
  };

type Evolve = {
  readonly [Type in Event['type']]: (state: Referral, event: EventOf<Type>, frame: CommitFrame) => Referral;
};

const unchanged = (state: Referral): Referral => state;

const evolvers: Evolve = {
  'referral-opened': unchanged,
  'routing-confirmed': (state, { routing }) => ({ ...routed(state, routing), routingSaid: true }),
  'place-corrected': ({ nearestTowns, ...state }, { place, town, routing }) => {
    const { [place]: _, ...others } = nearestTowns;
    const corrected = { ...state, nearestTowns: others, child: { ...state.child, [place]: town } };
    return routing ? routed(corrected, routing) : corrected;
  },
  'candidates-found': (state, { candidates, scores }) => ({
    ...state,
    candidates,
    ...(scores && { candidateScores: scores }),
  }),
  'deadline-opened': (
    state,
    { deadlineId, rule, start, due, duration, skipped, screening, subject, startedBy, hardStop },
    { at },
  ) => ({
    ...state,
    deadlines: {
      ...state.deadlines,
      [deadlineId]: {
        id: deadlineId,
        rule,
        start,
        due,
        dueByRule: due,
        duration,
        skipped,
        screening,
        subject,
        startedBy,
        ...(hardStop !== undefined && { hardStop }),
        status: 'open',
        openedAt: at,
        missed: false,
        raised: [],
        generation: 1,
      },
    },
  }),
  'deadline-tightened': (state, { deadlineId, due, because, hardStop }, { at }) =>
    changeDeadline(state, deadlineId, () => ({
      due,
      dueByRule: due,
      raised: [],
      movedAt: at,
      movedBecause: because,
      movedByPolicy: false,
      ...(hardStop !== undefined && { hardStop }),
    })),
  'deadline-extended': (state, { deadlineId, due }, { at }) =>
    changeDeadline(state, deadlineId, () => ({
      due,
      raised: [],
      movedAt: at,
      movedBecause: undefined,
      movedByPolicy: false,
      missed: false,
    })),
  'deadline-moved': (state, { deadlineId, due, duration, skipped }, { at }) =>
    changeDeadline(state, deadlineId, () => ({
      due,
      dueByRule: due,
      duration,
      skipped,
      raised: [],
      movedAt: at,
      movedBecause: undefined,
      movedByPolicy: true,
    })),
  'policy-migrated': underNewPolicy,
  'deadline-kept': (state, { deadlineId, at, late }) =>
    changeDeadline(state, deadlineId, () => ({ status: 'kept', keptAt: at, late })),
  'deadline-missed': (state, { deadlineId }) => changeDeadline(state, deadlineId, () => ({ missed: true })),
  // A signature is under one explanation: another one needs another.
  'miss-explained': (state, { deadlineId, reasonCode, willBeKept }, { actor }) =>
    changeDeadline(state, deadlineId, () => ({
      explanation: { reasonCode, willBeKept, by: actor.id },
      countersignedBy: undefined,
    })),
  'miss-countersigned': (state, { deadlineId }, { actor }) =>
    changeDeadline(state, deadlineId, () => ({ countersignedBy: actor.id })),
  'deadline-closed-missed': (state, { deadlineId }) =>
    changeDeadline(state, deadlineId, () => ({ status: 'missed-closed' })),
  'deadline-not-applicable': (state, { deadlineId }) =>
    changeDeadline(state, deadlineId, () => ({ status: 'not-applicable' })),
  'deadline-ended': (state, { deadlineId, because }) =>
    changeDeadline(state, deadlineId, () => ({ status: 'ended', endedBecause: because })),
  'checkpoint-raised': (state, { deadlineId, kind, at }) =>
    changeDeadline(state, deadlineId, ({ raised }) => ({ raised: [...raised, { kind, at }] })),
  'alert-requested': (state, { type: _, v: __, alertId, ...alert }, { at }) => ({
    ...state,
    alerts: { ...state.alerts, [alertId]: { id: alertId, ...alert, requestedAt: at, unreachable: false } },
  }),
  'alert-acknowledged': (state, { alertId }, { actor }) => changeAlert(state, alertId, { acknowledgedBy: actor.id }),
  'alert-unreachable': (state, { alertId }) => changeAlert(state, alertId, { unreachable: true }),
  'referral-sealed': sealedAt,
  'seal-lifted': unsealed,
  'glass-broken': broken,
  'safe-contact-noted': (state, { safeContact }) => ({ ...state, texts: { ...state.texts, safeContact } }),
  'report-classified': unchanged,
  'written-report-received': unchanged,
  'danger-assessed': (state, { danger }) => ({ ...(danger === 'no' ? state : withoutProposal(state)), danger }),
  'liaison-assigned': (state, { personId }) => ({ ...state, liaison: personId }),
  screened: (state, screened, { at, actor }) => {
    const { downgrade: _, checklist: __, ...rest } = withoutProposal(state);
    const { number, outcome, checklist, indicators, instrument } = screened;
    const { answers, answeredBy, proposed } = screened;
    const screening: Screening = {
      number,
      outcome,
      at,
      by: actor.id,
      signedOff: false,
      checklist,
      indicators,
      ...(answers && { answers }),
      ...(answeredBy !== undefined && { answeredBy }),
      ...(proposed && { proposed }),
    };
    return {
      ...rest,
      caregiverNamed: state.caregiverNamed || indicators.includes(caregiverTopic),
      screenings: [...state.screenings, screening],
      absences: screenedAgain(state.absences, screening),
      ...(instrument && {
        instruments: [
          ...state.instruments,
          { ...instrument, administeredBy: 'unknown', recordedAt: at, recordedBy: actor.id },
        ],
      }),
    };
  },
  'checklist-answered': (state, { checklist, answers }, { at, actor }) => ({
    ...state,
    caregiverNamed: state.caregiverNamed || answers[caregiverTopic] === 'yes',
    checklist: { checklist, answers, at, by: actor.id },
  }),
  'instrument-recorded': (state, { type: _, v: __, ...result }, { at, actor }) => ({
    ...state,
    instruments: [...state.instruments, { ...result, recordedAt: at, recordedBy: actor.id }],
  }),
  // The answers went into the proposal: another screening has answers of its own.
  'downgrade-proposed': ({ checklist: _, ...state }, downgrade) => ({ ...state, downgrade }),
  'screening-signed-off': (state, { number }) => ({
    ...state,
    screenings: state.screenings.map((screening) =>
      screening.number === number ? { ...screening, signedOff: true } : screening,
    ),
  }),
  'eligibility-proposed': (state, proposal, { at, seq }) => {
    const { child, danger, hold, caregiverNamed } = state;
    return { ...state, proposal: { ...proposal, at, seq }, proposedOn: { child, danger, hold, caregiverNamed } };
  },
  'eligibility-decided': (state, { type: _, v: __, ...decision }, { at, actor }) => ({
    ...state,
    decision: { ...decision, by: actor.id, at, onProposal: state.proposal?.seq ?? 0 },
  }),
  'birth-date-recorded': (state, { years }) => ({
    ...state,
    child: { ...state.child, age: { known: 'exact', years } },
  }),
  'home-state-notified': unchanged,
  'police-notified': unchanged,
  'ncmec-notified': unchanged,
  'response-started': unchanged,
  'safety-plan-recorded': unchanged,
  'child-missing': (state, { informedAt }) => ({
    ...withoutProposal(state),
    missing: true,
    absences: left(state.absences, informedAt),
  }),
  'child-returned': (state, { at }) => ({ ...state, missing: false, absences: returned(state.absences, at) }),
  'roster-drawn': drawn,
  // A new invitation asks each seat anew.
  'mdt-invited': (state, { team }) => ({
    ...state,
    invitedTeam: team,
    seats: state.seats.map(({ informedAt: _, answer: __, answeredBy: ___, declinedBy: ____, ...seat }) => seat),
  }),
  'seat-invited': invited,
  'seat-removed': withoutSeat,
  'confidentiality-signed': pledged,
  'seat-informed': (state, { discipline, at }) => changeSeat(state, discipline, { informedAt: at }),
  'seat-answered': (state, { discipline, answer, personId }) =>
    changeSeat(state, discipline, {
      answer,
      answeredBy: personId,
      declinedBy: declinersOf(state, discipline, personId, answer),
    }),
  'mdt-met': (state, meeting) => ({ ...endMeeting(state, 'held'), meetings: [...state.meetings, meeting] }),
  'meeting-set': (state, { type: _, v: __, ...meeting }) => ({
    ...state,
    meeting: { ...meeting, status: 'scheduled' },
  }),
  'meeting-called-off': (state, { sequence }) => endMeeting(state, 'called-off', sequence),
  recommended: (state, { services }) => ({
    ...state,
    recommended: [...new Set([...state.recommended, ...services])].filter((service) => !state.linkages[service]),
  }),
  'services-opened': (state, { services }) => {
    const opened = services.reduce(
      (next, service) => (next.linkages[service] ? next : changeLinkage(next, service, { status: 'needed' })),
      state,
    );
    return { ...opened, recommended: state.recommended.filter((service) => !services.includes(service)) };
  },
  'linkage-offered': (state, { service, providerId, contactId }) =>
    changeLinkage(state, service, { status: 'offered', providerId, contactId, turnedDown: false }),
  'linkage-accepted': (state, { service }) => changeLinkage(state, service, { status: 'accepted' }),
  'linkage-contacted': unchanged,
  'linkage-started': (state, { service, at }) => changeLinkage(state, service, { status: 'started', startedAt: at }),
  'linkage-declined': (state, declined, { at }) => {
    const { service, by } = declined;
    const unmet = unmetNeedOf(state, declined, at);
    return changeLinkage(
      unmet ? { ...state, unmetNeeds: [...state.unmetNeeds, unmet] } : state,
      service,
      by === 'provider' ? { status: 'needed', turnedDown: true } : { status: 'declined' },
    );
  },
  'consent-recorded': (state, { type: _, v: __, ...consent }) => ({
    ...state,
    consents: [...state.consents, consent],
  }),
  'apart-recorded': (state, { apartRecord }) => ({ ...state, apartRecords: [...state.apartRecords, apartRecord] }),
  'service-outcome-recorded': (state, { service, months, outcome }) => {
    const linkage = state.linkages[service];
    return linkage
      ? changeLinkage(state, service, { ...linkage, outcomes: { ...linkage.outcomes, [months]: outcome } })
      : state;
  },
  'duplicate-answered': unchanged,
  attached: (state, { to }) => ({ ...state, stage: 'attached', attachedTo: to }),
  'attachment-claimed': (state, { from }, { at }) => ({
    ...state,
    attachments: [...withoutClaim(state, from), { from, at }],
  }),
  'attachment-released': (state, { from }) => ({ ...state, attachments: withoutClaim(state, from) }),
  'attachment-undone': detached,
  'pathway-opened': (state, { screening }) => ({
    ...state,
    pathwayScreening: Math.max(state.pathwayScreening, screening),
  }),
  'hold-invoked': (state) => ({ ...state, hold: true }),
  'hold-ended': (state) => ({ ...state, hold: false }),
  'return-debriefed': (state, { at }) => ({ ...state, absences: debriefed(state.absences, at) }),
  'case-reviewed': unchanged,
  'interview-settled': unchanged,
  'discipline-consulted': unchanged,
  'investigation-disposed': (state, { disposition }) => ({ ...state, disposition }),
  'disposition-notified': unchanged,
  'care-entered': (state) => ({ ...state, enteredCare: true }),
  'evaluation-held': unchanged,
  'hhs-notified': unchanged,
  'facts-learned': (state, { type: _, v: __, ageClass, caregiverNamed, ...facts }) => ({
    ...state,
    caregiverNamed: state.caregiverNamed || caregiverNamed === 'yes',
    child: {
      ...state.child,
      ...said(facts),
      ...(ageClass && { age: ageClass === 'under-18' ? minorAge : adultAge }),
    },
  }),
  'reporter-disclosed': unchanged,
  'charges-recorded': (state) => ({ ...state, charged: true }),
  'adult-handover': unchanged,
  'adulthood-planned': unchanged,
  'closure-opened': (state) => ({ ...state, closureOpened: true }),
  closed: (state) => ({ ...state, stage: 'closed' }),
  'withdrawal-proposed': (state, withdrawal, { at }) => ({ ...state, withdrawal: { ...withdrawal, at } }),
  withdrawn: (state) => ({ ...state, stage: 'withdrawn' }),
  'run-lost': newRun,
  'run-handed-over': newRun,
  swept: unchanged,
};

/** The state before the first event is not a referral, so the first event makes one. */
function open(id: string, opened: EventOf<'referral-opened'>, actor: Actor): Referral {
  const { type: _, v: __, routing, blindIndex, nearestTowns = {}, ...facts } = opened;
  return {
    id,
    seq: 0,
    stage: 'open',
    ...facts,
    nearestTowns,
    ...(actor.kind === 'person' && { takenBy: actor.id }),
    routingSaid: false,
    ...(routing && { routing }),
    ...(blindIndex !== undefined && { blindIndex }),
    danger: opened.child.danger,
    candidates: [],
    attachments: [],
    screenings: [],
    instruments: [],
    missing: opened.child.missingNow === 'yes',
    absences: opened.child.missingNow === 'yes' ? left([], opened.receivedAt) : [],
    hold: false,
    caregiverNamed: opened.child.indicators.includes(caregiverTopic),
    enteredCare: false,
    charged: false,
    deadlines: {},
    seats: [],
    vacant: [],
    formerSeats: [],
    pledges: {},
    meetings: [],
    recommended: [],
    linkages: {},
    consents: [],
    apartRecords: [],
    unmetNeeds: [],
    pathwayScreening: 0,
    closureOpened: false,
    alerts: {},
    generation: 1,
  };
}

/** The state after one more event. Throws where the event cannot follow, which only a damaged ledger can bring about. */
export function evolve(state: Referral | undefined, event: Event, frame: CommitFrame, id: string): Referral {
  if (event.type === 'referral-opened') {
    if (state) throw new Error('A referral is opened once, by its first event.');
    return open(id, event, frame.actor);
  }
  if (!state) throw new Error('The first event of a referral opens it.');
  const apply = evolvers[event.type] as (state: Referral, event: Event, frame: CommitFrame) => Referral;
  return apply(state, event, frame);
}

/** A commit as the fold reads it. */
export interface FoldedCommit extends CommitFrame {
  readonly events: readonly Event[];
}

/** Folds commits, in order of their sequence, from nothing or from a known state. */
export function fold(id: string, commits: readonly FoldedCommit[], from?: Referral): Referral | undefined {
  let state = from;
  for (const commit of commits) {
    for (const event of commit.events) state = evolve(state, event, commit, id);
    if (state) state = { ...state, seq: commit.seq };
  }
  return state;
}

/** The contact of the provider that is asked for a service. Who said no, or was told no, is asked no more. */
export const providerAsked = ({ linkages }: Referral, service: string | undefined): string | undefined =>
  Object.values(linkages).find(
    (linkage) => linkage.service === service && (linkage.status === 'offered' || linkage.status === 'accepted'),
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
