/** The fold of a referral's events into its state. Nothing here decides; it only remembers. */

import { emergencyAccessEvolvers } from './access/emergency-access.ts';
import { sealEvolvers } from './access/seal.ts';
import { alertEvolvers } from './alerts/alert-fold.ts';
import { withoutDowngrade, withoutLowering, withoutProposal } from './approvals/lapses.ts';
import { signedIn } from './approvals/second-person.ts';
import { withCall } from './calls/call-records.ts';
import type { Discipline, Service } from './core/vocabulary.ts';
import { changeDeadline } from './deadlines/change-deadline.ts';
import { asAnswered, asLearned, caregiverTopic, named } from './eligibility/caregiver-fold.ts';
import type { Event, EventOf } from './events.ts';
import { debriefed, left, leftEarlier, returned, screenedAgain } from './missing/absences.ts';
import type { Actor, CommitFrame, Linkage, Meeting, Referral, Screening, Seat } from './referral.ts';
import { paused, pauseLifted } from './response/outreach-pause.ts';
import { approved, parentsTold, withheld } from './response/parents-notice.ts';
import { unmetNeedOf } from './services/unmet-need.ts';
import { answered, askedAnew, drawn, invited, pledged, withoutSeat } from './team/seats.ts';

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

const changeSeat = (state: Referral, discipline: Discipline, change: Partial<Seat>): Referral => ({
  ...state,
  seats: state.seats.map((seat) => (seat.discipline === discipline ? { ...seat, ...change } : seat)),
});

const changeLinkage = (state: Referral, service: Service, change: Omit<Linkage, 'service'>): Referral => ({
  ...state,
  linkages: { ...state.linkages, [service]: { ...state.linkages[service], service, ...change } },
});

const endMeeting = (state: Referral, status: Meeting['status'], sequence?: number): Referral =>
  state.meeting?.status === 'scheduled'
    ? { ...state, meeting: { ...state.meeting, status, ...(sequence !== undefined && { sequence }) } }
    : state;
const corrected = (
  state: Referral,
  { fields, reason }: EventOf<'identity-corrected' | 'reporter-corrected'>,
): Referral => ({
  ...state,
  corrections: { ...state.corrections, ...Object.fromEntries(fields.map((field) => [field, reason])) },
});
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
function detached(
  { attachedTo: _, endedAt: __, erasure: ___, ...state }: Referral,
  { reopened }: EventOf<'attachment-undone'>,
): Referral {
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
  'routing-confirmed': ({ suggestedRouting: _, ...state }, { routing }) => ({
    ...routed(state, routing),
    routingSaid: true,
  }),
  'place-corrected': ({ nearestTowns, ...state }, { place, town, routing, suggested }) => {
    const { [place]: _, ...others } = nearestTowns;
    const corrected = { ...state, nearestTowns: others, child: { ...state.child, [place]: town } };
    if (routing) return routed(corrected, routing);
    return suggested && state.routing
      ? { ...corrected, suggestedRouting: suggested, routing: { ...state.routing, confirmed: false } }
      : corrected;
  },
  'candidates-found': (state, { candidates, scores }) => ({
    ...state,
    candidates,
    ...(scores && { candidateScores: scores }),
  }),
  'candidate-taken-back': ({ candidateScores = {}, ...state }, { of }) => {
    const { [of]: _, ...scores } = candidateScores;
    return { ...state, candidates: state.candidates.filter((each) => each !== of), candidateScores: scores };
  },
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
  'deadline-tightened': (state, { deadlineId, due, because, start, hardStop }, { at }) =>
    changeDeadline(state, deadlineId, () => ({
      due,
      dueByRule: due,
      raised: [],
      movedAt: at,
      movedBecause: because,
      movedByPolicy: false,
      ...(start !== undefined && { start }),
      ...(hardStop !== undefined && { hardStop }),
    })),
  'deadline-extended': (state, { deadlineId, due }, { at }) =>
    changeDeadline(state, deadlineId, () => ({
      due,
      raised: [],
      // Who gave it more time has it in hand: it rings again as its new time says.
      ring: undefined,
      movedAt: at,
      movedBecause: 'extended',
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
  'miss-explained': (state, { deadlineId, reasonCode, willBeKept }, frame) =>
    changeDeadline(state, deadlineId, () => ({
      explanation: { reasonCode, willBeKept, by: frame.actor.id, ...signedIn(frame) },
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
  ...alertEvolvers,
  'call-recorded': withCall,
  'cap-reached': (state, { deadlineId, people }) =>
    changeDeadline(state, deadlineId, ({ atCap = [] }) => ({ atCap: [...new Set([...atCap, ...people])] })),
  ...sealEvolvers,
  'match-found': (state, { of, score }, { at }) => ({
    ...state,
    matches: [...(state.matches ?? []), { of, score, at }],
  }),
  ...emergencyAccessEvolvers,
  'safe-contact-noted': (state, { safeContact }) => ({ ...state, texts: { ...state.texts, safeContact } }),
  'identity-corrected': corrected,
  'reporter-corrected': corrected,
  // What may not be erased is not asked about.
  'legal-hold-set': ({ erasure: _, ...state }, { reason }, { at, actor }) => ({
    ...state,
    legalHold: { by: actor.id, at, reason },
  }),
  'legal-hold-lifted': ({ legalHold: _, ...state }) => state,
  'proposal-refused': (state, { proposal }) => {
    const { [proposal]: _, ...rest } = state;
    return rest;
  },
  'erasure-proposed': (state, erasure, frame) => ({ ...state, erasure: { ...erasure, ...signedIn(frame) } }),
  'identities-erased': ({ erasure: _, ...state }, { ground, proposedBy, agreedBy }, { at }) => ({
    ...state,
    erased: { ground, proposedBy, agreedBy, at },
  }),
  'report-classified': unchanged,
  'written-report-received': unchanged,
  'danger-assessed': (state, { danger }) => ({ ...(danger === 'no' ? state : withoutProposal(state)), danger }),
  'liaison-assigned': (state, { personId }, { at }) => ({ ...state, liaison: personId, liaisonSince: at }),
  screened: (state, screened, frame) => {
    const { at, actor } = frame;
    const isNamed = screened.indicators.includes(caregiverTopic);
    const { downgrade: _, checklist: __, ...rest } = withoutProposal(isNamed ? named(state) : state);
    const { number, outcome, checklist, indicators, instrument } = screened;
    const { answers, answeredBy, proposed } = screened;
    const screening: Screening = {
      number,
      outcome,
      by: actor.id,
      ...signedIn(frame),
      signedOff: false,
      checklist,
      indicators,
      ...(answers && { answers }),
      ...(answeredBy !== undefined && { answeredBy }),
      ...(proposed && { proposed }),
    };
    return {
      ...rest,
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
    ...withoutDowngrade(asAnswered(state, answers[caregiverTopic])),
    checklist: { checklist, answers, at, by: actor.id },
  }),
  'instrument-recorded': (state, { type: _, v: __, ...result }, { at, actor }) => ({
    ...withoutDowngrade(state),
    instruments: [...state.instruments, { ...result, recordedAt: at, recordedBy: actor.id }],
  }),
  // The answers went into the proposal: another screening has answers of its own.
  'downgrade-proposed': ({ checklist: _, ...state }, downgrade, frame) => ({
    ...state,
    downgrade: { ...downgrade, ...signedIn(frame) },
  }),
  'lowering-proposed': (state, lowering, frame) => ({ ...state, lowering: { ...lowering, ...signedIn(frame) } }),
  'clearance-proposed': (state, clearance, frame) => ({ ...state, clearance: { ...clearance, ...signedIn(frame) } }),
  'caregiver-cleared': ({ clearance: _, ...state }, __, { at }) => ({
    ...state,
    caregiverNamed: false,
    caregiverRuledOut: true,
    clearedAt: at,
  }),
  'screening-signed-off': (state, { number }) => ({
    ...state,
    screenings: state.screenings.map((screening) =>
      screening.number === number ? { ...screening, signedOff: true } : screening,
    ),
  }),
  'eligibility-proposed': (state, proposal, { at, seq }) => {
    const { child, danger, hold, caregiverNamed, caregiverRuledOut, birthCorrectedBy } = state;
    const born = birthCorrectedBy === undefined ? {} : { birthCorrectedBy };
    const proposedOn = { child, danger, hold, caregiverNamed, caregiverRuledOut, ...born };
    return { ...state, proposal: { ...proposal, at, seq }, proposedOn };
  },
  'eligibility-decided': (state, { type: _, v: __, ...decision }, { at, actor }) => ({
    ...state,
    decision: { ...decision, by: actor.id, at, onProposal: state.proposal?.seq ?? 0 },
  }),
  'birth-date-recorded': (state, { years, reason }) => ({
    ...state,
    ...(reason !== undefined && { birthCorrectedBy: reason }),
    child: { ...state.child, age: { known: 'exact', years } },
  }),
  'home-state-notified': unchanged,
  'police-notified': unchanged,
  'ncmec-notified': unchanged,
  'response-started': unchanged,
  'safety-plan-recorded': unchanged,
  'child-missing': (state, { informedAt }) => ({
    ...withoutDowngrade(withoutProposal(state)),
    missing: true,
    // While the child is missing the word of it turned out to have come earlier.
    absences: state.missing ? leftEarlier(state.absences, informedAt) : left(state.absences, informedAt),
  }),
  'child-returned': (state, { at }) => ({
    ...withoutDowngrade(state),
    missing: false,
    absences: returned(state.absences, at),
  }),
  'roster-drawn': drawn,
  // A new invitation asks each seat anew.
  'mdt-invited': (state, { team }) => ({
    ...state,
    invitedTeam: team,
    seats: state.seats.map(askedAnew),
  }),
  'seat-invited': invited,
  'seat-removed': withoutSeat,
  'confidentiality-signed': pledged,
  'seat-informed': (state, { discipline, at }) => changeSeat(state, discipline, { informedAt: at }),
  'seat-answered': answered,
  'mdt-met': (state, meeting) => ({
    ...endMeeting(state, 'held'),
    meetings: [...state.meetings, { ...meeting, team: state.team }],
  }),
  'meeting-set': (state, { type: __, v: ___, ...meeting }) => ({
    ...state,
    meeting: { ...meeting, status: 'scheduled' },
    pastMeetings:
      state.meeting && state.meeting.number !== meeting.number
        ? [...state.pastMeetings, state.meeting]
        : state.pastMeetings,
    // A time that was set answers every proposal of before; that somebody joined or left answers none.
    seats:
      state.meeting?.status === 'scheduled' && state.meeting.startsAt === meeting.startsAt
        ? state.seats
        : state.seats.map(({ proposes: _, ...seat }) => seat),
  }),
  'meeting-called-off': (state, { sequence }) => endMeeting(state, 'called-off', sequence),
  recommended: (state, { services, owners = [] }) => ({
    ...state,
    owners: { ...state.owners, ...Object.fromEntries(owners.map((each) => [each.service, each])) },
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
    changeLinkage(state, service, { status: 'offered', providerId, contactId, turnedDown: false, suspended: false }),
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
  'consent-recorded': (state, { type: _, v: __, suspends, ...consent }) => {
    const { service, kind, answer } = consent;
    const next = { ...state, consents: [...state.consents, consent] };
    const linkage = state.linkages[service];
    if (!linkage) return next;
    // An older event does not say it: of Part 2 alone it is sure without asking the policy.
    const suspended = suspends ?? (kind === 'written-part-2' && answer !== 'given');
    return changeLinkage(next, service, { ...linkage, suspended });
  },
  'apart-recorded': (state, { apartRecord }) => ({ ...state, apartRecords: [...state.apartRecords, apartRecord] }),
  'service-outcome-recorded': (state, { service, months, outcome }) => {
    const linkage = state.linkages[service];
    return linkage
      ? changeLinkage(state, service, { ...linkage, outcomes: { ...linkage.outcomes, [months]: outcome } })
      : state;
  },
  // One that names none answers about all.
  'duplicate-answered': (state, { of }) => ({
    ...state,
    answered: [...new Set([...(state.answered ?? []), ...(of === undefined ? state.candidates : [of])])],
  }),
  attached: (state, { to }, { at }) => ({ ...state, stage: 'attached', attachedTo: to, endedAt: at }),
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
  'return-debriefed': (state, { at, episode }) => ({ ...state, absences: debriefed(state.absences, at, episode) }),
  'case-reviewed': unchanged,
  'interview-settled': unchanged,
  'discipline-consulted': unchanged,
  'investigation-disposed': (state, { disposition }) => ({ ...state, disposition }),
  'reasonable-cause-said': (state, { reasonableCause }) => ({ ...state, reasonableCause }),
  'disposition-notified': unchanged,
  'care-entered': (state) => ({ ...state, enteredCare: true }),
  'evaluation-held': unchanged,
  'hhs-notified': unchanged,
  'facts-learned': (state, { type: _, v: __, ageClass, caregiverNamed, ...facts }) => ({
    ...asLearned(state, caregiverNamed, facts.perpetrators),
    child: {
      ...state.child,
      ...said(facts),
      ...(ageClass && { age: ageClass === 'under-18' ? minorAge : adultAge }),
    },
  }),
  'reporter-disclosed': unchanged,
  'outreach-paused': paused,
  'outreach-pause-lifted': pauseLifted,
  'parents-notified': parentsTold,
  'parents-notice-withheld': withheld,
  'parents-notice-approved': approved,
  'charges-recorded': (state) => ({ ...state, charged: true }),
  'adult-handover': unchanged,
  'adulthood-planned': unchanged,
  'closure-opened': (state) => ({ ...state, closureOpened: true }),
  closed: (state, _, { at }) => ({ ...state, stage: 'closed', endedAt: at }),
  'withdrawal-proposed': (state, proposed, frame) => ({ ...state, withdrawal: { ...proposed, ...signedIn(frame) } }),
  withdrawn: (state, _, { at }) => ({ ...state, stage: 'withdrawn', endedAt: at }),
  'run-lost': newRun,
  'run-handed-over': newRun,
  swept: unchanged,
};

/** The state before the first event is not a referral, so the first event makes one. */
function open(id: string, opened: EventOf<'referral-opened'>, actor: Actor): Referral {
  const { type: _, v: __, routing, blindIndex, nearestTowns = {}, takenBy: taker, ...facts } = opened;
  const takenBy = taker ?? (actor.kind === 'person' ? actor.id : undefined);
  return {
    id,
    seq: 0,
    stage: 'open',
    ...facts,
    nearestTowns,
    ...(takenBy !== undefined && { takenBy }),
    routingSaid: false,
    ...(routing && { routing }),
    ...(blindIndex !== undefined && { blindIndex }),
    reported: { population: opened.child.population, legalStatus: opened.child.legalStatus },
    danger: opened.child.danger,
    candidates: [],
    attachments: [],
    screenings: [],
    instruments: [],
    missing: opened.child.missingNow === 'yes',
    absences: opened.child.missingNow === 'yes' ? left([], opened.receivedAt) : [],
    hold: false,
    caregiverNamed: opened.child.indicators.includes(caregiverTopic),
    caregiverRuledOut: false,
    enteredCare: false,
    charged: false,
    deadlines: {},
    seats: [],
    vacant: [],
    formerSeats: [],
    pledges: {},
    meetings: [],
    pastMeetings: [],
    recommended: [],
    owners: {},
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
  return withoutLowering(apply(state, event, frame), event);
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
