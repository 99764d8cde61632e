import { isRinging, passedOnAt } from '../../domain/alerts/alarms.ts';
import type { Alert } from '../../domain/alerts/alert-state.ts';
import { ageBandOf } from '../../domain/child/age-band.ts';
import { earliestProceeding } from '../../domain/child/tribe-notice.ts';
import { owesExplanation } from '../../domain/closure/closure.ts';
import { conditionsOfClosure } from '../../domain/closure/conditions-of-closure.ts';
import type { AgeBand } from '../../domain/core/age-bands.ts';
import { isAfter } from '../../domain/core/instants.ts';
import { teamLeaders } from '../../domain/core/role-groups.ts';
import type { Answer, Role, Service } from '../../domain/core/vocabulary.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import type { Deadline } from '../../domain/deadlines/deadline-state.ts';
import { extensionFor, nextCheckpoint, whyDue } from '../../domain/deadlines/deadlines.ts';
import { scopeOf } from '../../domain/directory/scopes.ts';
import { definitionGap } from '../../domain/eligibility/definition-gap.ts';
import {
  decidedOnOldInputs,
  decisionOvertaken,
  mayContact,
  openQuestions,
  overlaysNow,
} from '../../domain/eligibility/eligibility.ts';
import type { HandoffsState } from '../../domain/handoffs/handoff-state.ts';
import { worstScene } from '../../domain/intake/call-answers.ts';
import { isMissing } from '../../domain/missing/absences.ts';
import { alarmClassOf } from '../../domain/policy/alarm-classes.ts';
import { type Policy, ruleOf, waitsOn } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import { pausedUntil } from '../../domain/response/paused-until.ts';
import { proposeScreening, screeningInputs } from '../../domain/screening/screening.ts';
import { isGiven, type Linkage } from '../../domain/services/service-state.ts';
import { seatDeadline } from '../../domain/team/mdt.ts';
import { deputyAskedAt, invitedAt } from '../../domain/team/seat-silence.ts';
import { asKnownTo } from '../access/part-2-records.ts';
import {
  isOnlyInvited,
  isServed,
  linkagesOf,
  seatsOf,
  seesEveryReferral,
  seesWhole,
  type Visitor,
  within,
} from '../access/visitor.ts';
import { availableCommands } from './available-commands.ts';
import { type BookingView, viewBookings } from './bookings.ts';
import { type CardView, viewCard } from './child-card.ts';
import { viewHearings } from './hearings.ts';
import { isNoted, openTo } from './safe-contact.ts';
import { viewReview } from './shown-agenda.ts';
import { viewNeeds } from './shown-needs.ts';
import { viewNextSteps } from './shown-next-steps.ts';
import {
  viewPresentPlace,
  viewRecoveryReaders,
  viewShiftNotes,
  viewWorkerSafety,
  type WorkerSafetyView,
} from './visits.ts';

/** Whether the alarm rings, who has the duty, and when the next person is called. */
function viewAlarm(deadline: Deadline, policy: Policy) {
  const { ring } = deadline;
  if (!ring) return undefined;
  const { since, rangAt, answered } = ring;
  const nextCallAt = passedOnAt(deadline, policy);
  return {
    ringing: isRinging(deadline),
    since,
    rangAt,
    ...(answered && { answeredBy: answered.by, answeredAt: answered.at }),
    ...whereKnown({ nextCallAt }),
  };
}

export function viewDeadline(
  deadline: Deadline,
  state: Pick<Referral, 'stage' | 'missing'> & {
    readonly response: Pick<Referral['response'], 'danger' | 'liaisonAcceptedAt'>;
  },
  policy: Policy,
) {
  const rule = ruleOf(policy, deadline);
  const alarm = viewAlarm(deadline, policy);
  const extension = deadline.status === 'open' ? extensionFor(deadline, policy) : undefined;
  return {
    id: deadline.id,
    rule: deadline.rule,
    obligation: rule.obligation,
    kind: rule.kind,
    source: rule.source,
    confidence: rule.confidence,
    awaitsLegalSignOff: rule.awaitsLegalSignOff,
    start: deadline.start,
    due: deadline.due,
    why: whyDue(deadline, policy),
    status: deadline.status,
    missed: deadline.missed,
    late: deadline.late ?? false,
    ...whereKnown({ keptAt: deadline.keptAt, subject: deadline.subject, group: deadline.group }),
    ...(rule.statutoryMaximum && { statutoryMaximum: rule.statutoryMaximum }),
    ...(extension && { extension }),
    class: alarmClassOf(deadline, state, policy),
    ...(alarm && { alarm }),
    waitsOn: waitsOn(rule, state),
    owesExplanation: owesExplanation(deadline, policy),
    ...(deadline.explanation && { explanation: deadline.explanation }),
    ...whereKnown({ countersignedBy: deadline.countersignedBy }),
    ...(deadline.status === 'open' && { next: nextCheckpoint(deadline, state, policy) }),
  };
}

/**
 * The end of a pause that police asked for, for everyone who may contact the child or family. Without an instant it is the end of
 * the last pause.
 */
function noContactYet(state: Referral, { at }: Visitor): { readonly doNotContactBefore?: string } {
  const until = at === undefined ? state.response.outreachPause?.until : pausedUntil(state, at);
  return until === undefined ? {} : { doNotContactBefore: until };
}

/** A meeting with two findings: whether it counts as held, and whether its composition was complete by law. */
function viewMeeting(met: Referral['team']['meetings'][number]) {
  const { type: _, v: __, missing, unsigned, shared, ...meeting } = met;
  const { quorum, waiver } = meeting;
  const lacks = missing.length + unsigned.length + shared.length;
  return {
    ...meeting,
    held: quorum ? 'with-quorum' : waiver === undefined ? 'below-quorum' : 'under-waiver',
    composition: lacks === 0 ? 'complete' : 'incomplete',
    missing,
    unsigned,
    shared,
  } as const;
}

/** A seat with the times of its invitation and of the question to its deputy. */
function viewSeat(state: Referral, seat: Referral['team']['seats'][number]) {
  const invited = invitedAt(state, seat);
  const asked = deputyAskedAt(state, seat);
  const { answered, ...held } = seat;
  const { by, ...answer } = answered ?? {};
  return {
    ...held,
    ...answer,
    ...whereKnown({ answeredBy: by, invitedAt: invited, deputyAskedAt: asked }),
  };
}

const soonestFirst = (one: Deadline, other: Deadline) => (isAfter(one.due, other.due) ? 1 : -1);

/** `others` are the referrals merged with it, as for `viewFor`. */
function shownOf({ report, places, missing, screening, eligibility, team, services, sameChild, ...state }: Referral) {
  const { id: reportId, facts, child: reported, texts: _texts, notes: _notes, scene: _scene, ...ofReport } = report;
  const { list: screenings, ...ofScreening } = screening;
  const { proposedOn: _grounds, caregiverHadPart, ...ofEligibility } = eligibility;
  const { id: teamId, invited, pastMeetings: _past, meetings: _meetings, ...ofTeam } = team;
  const { scores, ...ofSameChild } = sameChild;
  const {
    response,
    identity,
    access,
    pathway,
    closure,
    proposals,
    deadlines: _deadlines,
    alerts: _alerts,
    runEnds: _ends,
    card: _card,
    hearings: _hearings,
    review: _review,
    bookings: _bookings,
    needs: _needs,
    handoffs: _handoffs,
    recovery: _recovery,
    visits: _visits,
    shiftNotes: _shiftNotes,
    whereabouts: _whereabouts,
    ...top
  } = state;
  const { outreachPause: _pause, caseNumbers: _numbers, ...ofResponse } = response;
  const { blindIndex: _blind, given: _given, ...ofIdentity } = identity;
  return {
    ...top,
    reportId,
    ...ofReport,
    report: facts,
    reported,
    ...places,
    ...ofResponse,
    ...missing,
    missing: isMissing({ missing }),
    screenings,
    ...ofScreening,
    ...ofEligibility,
    caregiverNamed: caregiverHadPart === 'yes',
    caregiverRuledOut: caregiverHadPart === 'no',
    ...whereKnown({ team: teamId, invitedTeam: invited }),
    ...ofTeam,
    ...services,
    ...(scores && { candidateScores: scores }),
    ...ofSameChild,
    ...ofIdentity,
    ...access,
    pathwayScreening: pathway.screening,
    closureOpened: closure.opened,
    ...proposals,
  };
}

/** Whether the child is missing. A child who returned is not. Where no one knows, it is unknown, and not no. */
function missingNowOf(state: Referral): Answer {
  if (isMissing(state)) return 'yes';
  const { missingNow } = state.child;
  return missingNow === 'yes' || state.missing.absences.length > 0 ? 'no' : missingNow;
}

/** The offices that work on it, without a place of the child. */
const officesOf = ({ office, region, responseOffice }: NonNullable<Referral['places']['routing']>) => ({
  office,
  region,
  ...whereKnown({ responseOffice }),
});

/** `others`: those that count as one with it, as for `viewFor`. */
export function viewReferral(whole: Referral, policy: Policy, visitor: Visitor, others: readonly Referral[]) {
  const state = asKnownTo(whole, policy, visitor);
  const inTheWay = conditionsOfClosure(state, policy);
  const { deadlines, alerts } = state;
  const { outreachPause } = state.response;
  const overlays = overlaysNow(state, policy);
  return {
    ...shownOf(state),
    policy: policy.version,
    ageBand: ageBandOf(state.child),
    ...whereKnown({ scene: worstScene([state, ...others].flatMap(({ report }) => report.scene ?? [])) }),
    missingNow: missingNowOf(state),
    presentPlace: viewPresentPlace(state, openTo(visitor, others)),
    ...(state.places.routing && { offices: officesOf(state.places.routing) }),
    hasSafeContact: isNoted(state, others),
    ...whereKnown({
      card: viewCard(state, visitor.at),
      hearings: viewHearings(state, policy),
      review: viewReview(state),
      bookings: viewBookings(state.bookings),
      needs: viewNeeds(state.needs, visitor.at),
      handoffs: state.handoffs,
      recoveryReaders: viewRecoveryReaders(state),
      workerSafety: viewWorkerSafety([state, ...others]),
      shiftNotes: viewShiftNotes(state, within(whole, visitor)),
    }),
    mayContactFamily: mayContact(state),
    ...noContactYet(state, visitor),
    // Only staff see who asked for the pause.
    ...(outreachPause && seesEveryReferral(within(whole, visitor)) && { outreachPause }),
    /** The overlays by the facts of now. */
    overlays: overlays.map(({ letter, flags, says, basis, confidence }) => ({
      letter,
      flags,
      says,
      basis,
      confidence,
    })),
    openQuestions: state.eligibility.proposal ? openQuestions(state.eligibility.proposal.inputs, policy) : [],
    ...whereKnown({
      definitionGap: definitionGap(state),
      earliestProceeding: earliestProceeding(state.response.tribeNotices, policy),
    }),
    decisionIsOld: decidedOnOldInputs(state),
    decisionOvertaken: decisionOvertaken(state),
    deadlines: Object.values(deadlines)
      .toSorted(soonestFirst)
      .map((deadline) => viewDeadline(deadline, state, policy)),
    alerts: Object.values(alerts),
    ...(state.stage === 'open' && {
      screeningProposal: { ...proposeScreening(screeningInputs(state, policy), policy), validated: false as const },
    }),
    seats: state.team.seats.map((seat) => viewSeat(state, seat)),
    meetings: state.team.meetings.map(viewMeeting),
    inTheWayOfClosing:
      conditionsOfClosure(whole, policy).length === inTheWay.length
        ? inTheWay
        : [...inTheWay, 'Something of a service that stands apart is not settled yet: the caseworker knows of it.'],
    commands: availableCommands(whole, visitor),
    nextSteps: viewNextSteps(whole, policy, visitor),
  };
}
export type ReferralView = ReturnType<typeof viewReferral>;

/** The roles that a provider may call about a referral. */
export const answerToProviders: readonly Role[] = ['caseworker', 'hart-liaison'];

/** The view of a provider: its services, their deadlines, the alerts it got, and the roles it may call. */
export interface ProviderView {
  readonly id: string;
  readonly seq: number;
  readonly stage: Referral['stage'];
  /** With the town it tells whether the service fits, before the provider accepts and learns who the child is. */
  readonly ageBand: AgeBand;
  /** The town where the child lives, or `unknown`. */
  readonly residenceTown: string;
  readonly hasSafeContact: boolean;
  /** Once it has accepted a service. */
  readonly card?: CardView;
  /** What workers must know before they go there, once it has accepted a service. */
  readonly workerSafety?: WorkerSafetyView;
  readonly mayContactFamily: ReferralView['mayContactFamily'];
  readonly doNotContactBefore?: string;
  readonly linkages: Readonly<Partial<Record<Service, Linkage>>>;
  /** The appointments at this provider. */
  readonly bookings?: readonly BookingView[];
  /** The warm handoffs to this provider. */
  readonly handoffs?: HandoffsState;
  readonly deadlines: ReferralView['deadlines'];
  readonly alerts: readonly Alert[];
  /** Each role with the scope that covers this referral. */
  readonly responsible: readonly { readonly role: Role; readonly scope: string }[];
  readonly commands: ReturnType<typeof availableCommands>;
  readonly nextSteps: ReturnType<typeof viewNextSteps>;
}

function viewForProvider(state: Referral, policy: Policy, visitor: Visitor, others: readonly Referral[]): ProviderView {
  const own = linkagesOf(state, visitor);
  return {
    id: state.id,
    seq: state.seq,
    stage: state.stage,
    ageBand: ageBandOf(state.child),
    residenceTown: state.child.residenceTown,
    hasSafeContact: isNoted(state, others),
    ...(own.some(isServed) &&
      whereKnown({ card: viewCard(state, visitor.at), workerSafety: viewWorkerSafety([state, ...others]) })),
    mayContactFamily: mayContact(state),
    ...noContactYet(state, visitor),
    linkages: Object.fromEntries(own.map((linkage) => [linkage.service, linkage])),
    ...whereKnown({
      bookings: viewBookings(state.bookings?.filter(({ contactId }) => contactId === visitor.id)),
      handoffs: state.handoffs?.filter(({ service }) => own.some((each) => each.service === service)),
    }),
    deadlines: Object.values(state.deadlines)
      .filter((deadline) => ruleOf(policy, deadline).alert.includes('provider'))
      // After its no, what is still open is another provider's.
      .filter(({ subject, status }) =>
        own.some((each) => each.service === subject && (status !== 'open' || isGiven(each.status))),
      )
      .toSorted(soonestFirst)
      .map((deadline) => viewDeadline(deadline, state, policy)),
    alerts: Object.values(state.alerts).filter(
      ({ people, to, deadlineId }) =>
        people.includes(visitor.id) ||
        (to.includes('provider') &&
          own.some(({ service }) => deadlineId !== undefined && service === state.deadlines[deadlineId]?.subject)),
    ),
    responsible: answerToProviders.flatMap((role) => {
      const scope = scopeOf(role, state);
      return scope === undefined ? [] : [{ role, scope }];
    }),
    commands: availableCommands(state, visitor),
    nextSteps: viewNextSteps(state, policy, visitor),
  };
}

/**
 * The invitation to a team: the seats, the inviting roles, the time to answer by, and the notice to sign. It has nothing of the
 * case.
 */
export function invitationOf(state: Referral, policy: Policy, visitor: Visitor) {
  const answerBy = seatDeadline(state)?.due;
  const { version, sentences, question } = policy.team.notice;
  const conflict = state.team.confidentialityAgreements[visitor.id]?.conflict;
  return {
    team: state.team.id ?? '',
    seats: seatsOf(state, visitor).map(({ discipline, personId, answered }) => ({
      discipline,
      as: personId === visitor.id ? ('holder' as const) : ('deputy' as const),
      ...(answered && { answer: answered.answer }),
    })),
    invitedBy: teamLeaders.flatMap((role) => {
      const scope = scopeOf(role, state);
      return scope === undefined ? [] : [{ role, scope }];
    }),
    ...whereKnown({ answerBy, conflict }),
    notice: { version, sentences, question },
  };
}
export type Invitation = ReturnType<typeof invitationOf>;

/** All that a member sees before they sign. */
export interface InvitationView {
  readonly id: string;
  readonly seq: number;
  readonly stage: Referral['stage'];
  readonly invitation: Invitation;
  readonly doNotContactBefore?: string;
  readonly alerts: readonly Alert[];
  readonly commands: ReturnType<typeof availableCommands>;
  readonly nextSteps: ReturnType<typeof viewNextSteps>;
}

function viewInvitation(state: Referral, policy: Policy, visitor: Visitor): InvitationView {
  const { id, seq, stage, alerts } = state;
  const invitation = invitationOf(state, policy, visitor);
  const words = ['seats', ...invitation.seats.map(({ discipline }) => `seat:${discipline}`)];
  return {
    id,
    seq,
    stage,
    invitation,
    ...noContactYet(state, visitor),
    // The other recipients, and the deadline, belong to the case.
    alerts: Object.values(alerts)
      .filter(({ to, people }) => people.includes(visitor.id) || to.some((word) => words.includes(word)))
      .map(({ deadlineId: _, alsoAbout: __, checkpoint: ___, calls: ____, ...alert }) => ({
        ...alert,
        to: alert.to.filter((word) => words.includes(word)),
        people: alert.people.filter((person) => person === visitor.id),
      })),
    commands: availableCommands(state, visitor),
    nextSteps: viewNextSteps(state, policy, visitor),
  };
}
/**
 * The referral as this person sees it. A provider's view has no `child`, and an invitation has nothing of the case. The caller
 * has checked that the person may read it. Of `others`, the merged referrals (`countedWith`), the view tells
 * two things. They are a note on safe contact, and a newer place of the child.
 */
export function viewFor(
  state: Referral,
  policy: Policy,
  visitor: Visitor,
  others: readonly Referral[],
): ReferralView | ProviderView | InvitationView {
  if (seesWhole(state, visitor)) return viewReferral(state, policy, visitor, others);
  return isOnlyInvited(state, visitor)
    ? viewInvitation(state, policy, visitor)
    : viewForProvider(state, policy, visitor, others);
}
