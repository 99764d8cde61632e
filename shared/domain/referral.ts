/** The state of one referral: a pure fold of its events. Nothing here decides; it only remembers. */
import type * as z from 'zod';
import type { Duration, SkippedDay } from './due.ts';
import type { Event, EventOf, routing } from './events.ts';
import type { ChildFacts, ReportFacts } from './report-facts.ts';
import { drawn, invited, pledged, withoutSeat } from './seats.ts';
import type { Answer, Discipline, EligibilityOutcome, Outcome, Service } from './vocabulary.ts';

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
  readonly duration: Duration;
  readonly skipped: readonly SkippedDay[];
  readonly screening?: number | undefined;
  readonly subject?: string | undefined;
  readonly startedBy?: EventOf<'deadline-opened'>['startedBy'];
  readonly status: 'open' | 'kept' | 'missed-closed' | 'not-applicable' | 'ended';
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
  readonly generation: number;
}

export interface Screening {
  readonly number: number;
  readonly outcome: Outcome;
  readonly at: string;
  readonly by: string;
  readonly signedOff: boolean;
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

export interface Linkage {
  readonly service: Service;
  readonly status: 'needed' | 'offered' | 'accepted' | 'started' | 'declined';
  readonly providerId?: string;
  /** The person of the provider who is written to and may answer. */
  readonly contactId?: string;
  /** True from a provider's no until the next referral to one. */
  readonly turnedDown?: boolean;
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

export interface Referral {
  readonly id: string;
  readonly seq: number;
  readonly stage: 'open' | 'closed' | 'withdrawn' | 'attached';
  readonly reportId: string;
  readonly siblings: readonly string[];
  readonly receivedAt: string;
  readonly recordedAt: string;
  readonly report: ReportFacts;
  readonly child: ChildFacts;
  readonly routing?: z.infer<typeof routing>;
  readonly blindIndex?: string;
  readonly texts: EventOf<'referral-opened'>['texts'];
  readonly danger: Answer;
  readonly candidates: readonly string[];
  readonly attachedTo?: string;
  readonly screenings: readonly Screening[];
  readonly downgrade?: EventOf<'downgrade-proposed'>;
  readonly proposal?: EventOf<'eligibility-proposed'>;
  readonly decision?: { readonly outcome: EligibilityOutcome; readonly by: string };
  readonly liaison?: string;
  readonly missing: boolean;
  /** True from a 96-hour hold until it ended. */
  readonly hold: boolean;
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
  /** Services a team recommended that no step has opened yet. */
  readonly recommended: readonly Service[];
  readonly linkages: Readonly<Partial<Record<Service, Linkage>>>;
  readonly pathwayScreening: number;
  readonly closureOpened: boolean;
  readonly withdrawal?: EventOf<'withdrawal-proposed'> & { readonly at: string };
  readonly alerts: Readonly<Record<string, Alert>>;
  readonly generation: number;
}

const changeDeadline = (state: Referral, id: string, change: (deadline: Deadline) => Partial<Deadline>): Referral => {
  const deadline = state.deadlines[id];
  if (!deadline) throw new Error(`The event names the deadline ${id}, which was never opened.`);
  return { ...state, deadlines: { ...state.deadlines, [id]: { ...deadline, ...change(deadline) } } };
};

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

const newRun = (state: Referral, lost: { readonly run: string; readonly generation: number }): Referral => {
  if (lost.run === state.id) {
    return lost.generation < state.generation ? state : { ...state, generation: lost.generation + 1 };
  }
  return changeDeadline(state, lost.run, ({ generation }) => ({
    generation: Math.max(generation, lost.generation + 1),
  }));
};

/** What was said of an age without a number, as the years it may be. */
const minorAge = { known: 'range', from: 0, to: 17 } as const;
const adultAge = { known: 'range', from: 18, to: 30 } as const;

type Evolve = {
  readonly [Type in Event['type']]: (state: Referral, event: EventOf<Type>, frame: CommitFrame) => Referral;
};

const unchanged = (state: Referral): Referral => state;

const evolvers: Evolve = {
  'referral-opened': unchanged,
  // Another team means that the pathway's steps have something to do again.
  'routing-confirmed': ({ liaison, ...state }, { routing }) => ({
    ...state,
    // A liaison answers for one region.
    ...(liaison !== undefined && routing.region === state.routing?.region && { liaison }),
    routing,
    pathwayScreening: routing.team === state.team ? state.pathwayScreening : 0,
  }),
  'candidates-found': (state, { candidates }) => ({ ...state, candidates }),
  'deadline-opened': (
    state,
    { deadlineId, rule, start, due, duration, skipped, screening, subject, startedBy },
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
        status: 'open',
        openedAt: at,
        missed: false,
        raised: [],
        generation: 1,
      },
    },
  }),
  'deadline-tightened': (state, { deadlineId, due }, { at }) =>
    changeDeadline(state, deadlineId, () => ({ due, dueByRule: due, raised: [], movedAt: at })),
  'deadline-extended': (state, { deadlineId, due }, { at }) =>
    changeDeadline(state, deadlineId, () => ({ due, raised: [], movedAt: at, missed: false })),
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
  'deadline-ended': (state, { deadlineId }) => changeDeadline(state, deadlineId, () => ({ status: 'ended' })),
  'checkpoint-raised': (state, { deadlineId, kind, at }) =>
    changeDeadline(state, deadlineId, ({ raised }) => ({ raised: [...raised, { kind, at }] })),
  'alert-requested': (state, { type: _, v: __, alertId, ...alert }, { at }) => ({
    ...state,
    alerts: { ...state.alerts, [alertId]: { id: alertId, ...alert, requestedAt: at, unreachable: false } },
  }),
  'alert-acknowledged': (state, { alertId }, { actor }) => changeAlert(state, alertId, { acknowledgedBy: actor.id }),
  'alert-unreachable': (state, { alertId }) => changeAlert(state, alertId, { unreachable: true }),
  'report-classified': unchanged,
  'written-report-received': unchanged,
  'danger-assessed': (state, { danger }) => ({ ...(danger === 'yes' ? withoutProposal(state) : state), danger }),
  'liaison-assigned': (state, { personId }) => ({ ...state, liaison: personId }),
  screened: (state, { number, outcome }, { at, actor }) => {
    const { downgrade: _, ...rest } = withoutProposal(state);
    return {
      ...rest,
      screenings: [...state.screenings, { number, outcome, at, by: actor.id, signedOff: false }],
    };
  },
  'downgrade-proposed': (state, downgrade) => ({ ...state, downgrade }),
  'screening-signed-off': (state, { number }) => ({
    ...state,
    screenings: state.screenings.map((screening) =>
      screening.number === number ? { ...screening, signedOff: true } : screening,
    ),
  }),
  'eligibility-proposed': (state, proposal) => ({ ...state, proposal }),
  'eligibility-decided': (state, { outcome }, { actor }) => ({ ...state, decision: { outcome, by: actor.id } }),
  'police-notified': unchanged,
  'ncmec-notified': unchanged,
  'response-started': unchanged,
  'safety-plan-recorded': unchanged,
  'child-missing': (state) => ({ ...withoutProposal(state), missing: true }),
  'child-returned': (state) => ({ ...state, missing: false }),
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
  'mdt-met': (state, meeting) => ({ ...state, meetings: [...state.meetings, meeting] }),
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
  'linkage-started': (state, { service }) => changeLinkage(state, service, { status: 'started' }),
  'linkage-declined': (state, { service, by }) =>
    changeLinkage(state, service, by === 'provider' ? { status: 'needed', turnedDown: true } : { status: 'declined' }),
  'duplicate-answered': unchanged,
  attached: (state, { to }) => ({ ...state, stage: 'attached', attachedTo: to }),
  'pathway-opened': (state, { screening }) => ({
    ...state,
    pathwayScreening: Math.max(state.pathwayScreening, screening),
  }),
  'hold-invoked': (state) => ({ ...state, hold: true }),
  'hold-ended': (state) => ({ ...state, hold: false }),
  'return-debriefed': unchanged,
  'case-reviewed': unchanged,
  'interview-settled': unchanged,
  'discipline-consulted': unchanged,
  'investigation-disposed': (state, { disposition }) => ({ ...state, disposition }),
  'disposition-notified': unchanged,
  'care-entered': (state) => ({ ...state, enteredCare: true }),
  'evaluation-held': unchanged,
  'hhs-notified': unchanged,
  'facts-learned': (state, { type: _, v: __, ageClass, ...facts }) => ({
    ...state,
    child: {
      ...state.child,
      ...(facts.foreignNational && { foreignNational: facts.foreignNational }),
      ...(facts.tribalMember && { tribalMember: facts.tribalMember }),
      ...(facts.inFacility && { inFacility: facts.inFacility }),
      ...(ageClass && { age: ageClass === 'under-18' ? minorAge : adultAge }),
    },
  }),
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
function open(id: string, opened: EventOf<'referral-opened'>): Referral {
  const { type: _, v: __, routing, blindIndex, ...facts } = opened;
  return {
    id,
    seq: 0,
    stage: 'open',
    ...facts,
    ...(routing && { routing }),
    ...(blindIndex !== undefined && { blindIndex }),
    danger: opened.child.danger,
    candidates: [],
    screenings: [],
    missing: opened.child.missingNow === 'yes',
    hold: false,
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
    return open(id, event);
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
