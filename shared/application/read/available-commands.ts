/** The commands that a person may give on a referral. Some are not offered, because they would mean nothing now. */

import { emergencyAccessOf } from '../../domain/access/emergency-access.ts';
import { ringingIn } from '../../domain/alerts/alarms.ts';
import { answerersOf } from '../../domain/approvals/questions.ts';
import { isFirst, isNoPair, proposedAs } from '../../domain/approvals/second-person.ts';
import { mayBook } from '../../domain/bookings/booking-commands.ts';
import { isRunning } from '../../domain/bookings/booking-state.ts';
import { holderOf } from '../../domain/calls/calls.ts';
import { talksWithChild } from '../../domain/card/card-commands.ts';
import { type CommandName, commandNamed, commands, mayDo } from '../../domain/commands.ts';
import { type Proposed, proposals } from '../../domain/core/vocabulary.ts';
import { hasProceeding, wasInCareBefore } from '../../domain/deadlines/clocks.ts';
import type { Deadline } from '../../domain/deadlines/deadline-state.ts';
import { everOpened } from '../../domain/deadlines/deadlines.ts';
import { openDeadlineOf, openDeadlines } from '../../domain/deadlines/open-deadlines.ts';
import { isSurelyOfAge, mayContact } from '../../domain/eligibility/eligibility.ts';
import { handoffServices } from '../../domain/handoffs/handoff-services.ts';
import { openOrders } from '../../domain/hearings/hearing-state.ts';
import { mayCorrectReporter } from '../../domain/identity/identity-commands.ts';
import { isInCare } from '../../domain/intake/report-facts.ts';
import { isMissing } from '../../domain/missing/absences.ts';
import { openAsks, openNeeds } from '../../domain/needs/need-state.ts';
import { noRecovery } from '../../domain/recovery/recovery-state.ts';
import type { Referral } from '../../domain/referral.ts';
import { type FamilyNotice, familyNotices, findingRule, isConfirmed } from '../../domain/response/family-notices.ts';
import { liaisonAsked } from '../../domain/response/liaison.ts';
import { maySpeakForPolice } from '../../domain/response/outreach-pause-commands.ts';
import { pausedUntil } from '../../domain/response/paused-until.ts';
import { tasksFor } from '../../domain/review/agreed-tasks.ts';
import { currentScreening } from '../../domain/screening/current-screening.ts';
import { consentOf } from '../../domain/services/service-catalogue.ts';
import { isGiven } from '../../domain/services/service-state.ts';
import { unreadNotes } from '../../domain/shift-notes/shift-note-state.ts';
import { meetingAhead } from '../../domain/team/meeting.ts';
import { invitationCommands } from '../../domain/team/member-commands.ts';
import { sidesOf } from '../access/on-behalf.ts';
import { isOneOf, isOnlyInvited, leadsTeam, linkagesOf, seatsOf, type Visitor, within } from '../access/visitor.ts';

/** The commands that this person's roles allow in this stage. The domain may still refuse one, with a sentence. */
export function availableCommands(state: Referral, visitor: Visitor) {
  const person = within(state, visitor);
  const isHeld = ({ ring }: Deadline) => ring?.answered !== undefined && ring.answered.by !== visitor.id;
  const isInEmergency = visitor.at !== undefined && emergencyAccessOf(state, visitor.id, visitor.at) !== undefined;
  return (
    (Object.keys(commands) as CommandName[])
      // A reader already has access, and only a sealed referral can be unsealed. Emergency access is reviewed on a page of its
      // own.
      .filter(
        (name) =>
          name !== 'take-emergency-access' &&
          name !== 'review-emergency-access' &&
          (name !== 'unseal-referral' || state.access.seal !== undefined),
      )
      .filter((name) => !isInEmergency || commandNamed(name).inEmergency !== 'refused')
      .filter((name) => name !== 'answer-alarm' || ringingIn(state).length > 0 || openDeadlines(state).some(isHeld))
      .filter((name) => name !== 'release-alarm' || openDeadlines(state).some((each) => holderOf(each, state)))
      .filter((name) => name !== 'lift-legal-hold' || state.identity.legalHold !== undefined)
      .filter((name) => !isOnlyInvited(state, visitor) || invitationCommands.includes(name))
      .filter((name) => mayDo(name, person) && (commandNamed(name).stages ?? ['open']).includes(state.stage))
      .map((name) => ({ name, title: commandNamed(name).title }))
  );
}

/**
 * True where no proposal waits, or where this person cannot be the second who approves. A person on leave counts
 * through the delegate.
 */
const isNotAsked =
  (proposal: Proposed) =>
  (state: Referral, visitor: Visitor): boolean => {
    const waiting = state.proposals[proposal];
    return (
      !waiting ||
      sidesOf(visitor).every((side) => !isOneOf(side, answerersOf[proposal]) || isNoPair(proposedAs(waiting), side))
    );
  };

const isNotOwed =
  (notice: FamilyNotice) =>
  (state: Referral): boolean =>
    !familyNotices[notice].rules.some((rule) => everOpened(state, rule));

const hasNoFinding = (state: Referral): boolean => !everOpened(state, findingRule);

const needsNoConfirmation =
  (notice: FamilyNotice) =>
  (state: Referral): boolean =>
    isNotOwed(notice)(state) || mayContact(state) === 'as-usual' || isConfirmed(state, notice);

const isNotWithChild = (state: Referral, visitor: Visitor): boolean => !talksWithChild(state, within(state, visitor));

/** Commands that are not offered, because they would be refused or mean nothing. The domain refuses them too. */
const isHidden: Readonly<Partial<Record<CommandName, (state: Referral, visitor: Visitor) => boolean>>> = {
  // The call task has a form for each number instead.
  'record-call': () => true,
  'release-alarm': () => true,
  'agree-clearance': isNotAsked('clearance'),
  'propose-clearance': (state) => mayContact(state) !== 'not-the-caregiver',
  'agree-downgrade': isNotAsked('downgrade'),
  'agree-lowering': isNotAsked('lowering'),
  'agree-withdrawal': isNotAsked('withdrawal'),
  'sign-off-screening': (state) => {
    const screening = currentScreening(state);
    return screening?.outcome !== 'not-indicated' || screening.signedOff;
  },
  'decide-eligibility': ({ eligibility: { proposal } }) => !proposal,
  'read-notes': ({ shiftNotes }, { id, at = '' }) => unreadNotes(shiftNotes, id, at).length === 0,
  'report-missing': isMissing,
  'renew-search': (state) => !isMissing(state),
  'record-return': (state) => !isMissing(state),
  'record-part-2': (state, { id, roles }) =>
    consentOf(state, 'substance-use', 'written-part-2') !== 'given' ||
    (roles.every((role) => role === 'provider') && state.services.linkages['substance-use']?.contactId !== id),
  'record-meeting': ({ team: { seats } }) => seats.length === 0,
  'schedule-meeting': ({ team: { seats } }) => seats.length === 0,
  'cancel-meeting': (state) => !meetingAhead(state),
  'share-meeting': ({ report: { siblings }, team: { seats } }) => siblings.length === 0 || seats.length === 0,
  'end-task': (state, visitor) => sidesOf(visitor).every((side) => tasksFor(state, side).length === 0),
  'sign-confidentiality': (state, visitor) => seatsOf(state, visitor).length === 0 && !leadsTeam(state, visitor),
  'invite-seat': ({ team: { id: team } }) => team === undefined,
  'answer-duplicate': ({ sameChild: { candidates } }) => candidates.length === 0,
  'unseal-referral': ({ access: { seal } }) => !seal,
  'correct-identity': ({ identity: { erased } }) => erased !== undefined,
  'correct-reporter': (state, visitor) =>
    state.identity.erased !== undefined || sidesOf(visitor).every((side) => !mayCorrectReporter(state, side)),
  'set-legal-hold': ({ identity: { legalHold, erased } }) => legalHold !== undefined || erased !== undefined,
  'lift-legal-hold': ({ identity: { legalHold } }) => !legalHold,
  'propose-erasure': ({ identity: { legalHold, erased } }) => legalHold !== undefined || erased !== undefined,
  'refuse-proposal': (state, visitor) =>
    proposals.every((proposal) => {
      const waiting = state.proposals[proposal];
      const isTheirs = waiting && sidesOf(visitor).some((side) => isFirst(proposedAs(waiting), side));
      return !waiting || !(isTheirs || isOneOf(visitor, answerersOf[proposal]));
    }),
  'agree-erasure': isNotAsked('erasure'),
  'invoke-hold': ({ response: { hold } }) => hold,
  'record-hold-end': ({ response: { hold } }) => !hold,
  'record-debrief': ({ missing: { absences } }) => absences.every(({ returnedAt }) => returnedAt === undefined),
  'record-case-review': ({ team: { meetings } }) => meetings.length === 0,
  'record-consultation': ({ team: { meetings } }) => meetings.length === 0,
  'record-disposition': (state) => !everOpened(state, 'D24'),
  'notify-of-disposition': (state) => !everOpened(state, 'D25'),
  'pause-outreach': (state, visitor) => !maySpeakForPolice(state, visitor),
  'lift-outreach-pause': (state, visitor) =>
    !maySpeakForPolice(state, visitor) || (visitor.at !== undefined && pausedUntil(state, visitor.at) === undefined),
  'record-parents-notice': isNotOwed('parents'),
  'withhold-parents-notice': isNotOwed('parents'),
  'approve-parents-notice': needsNoConfirmation('parents'),
  'record-substantiation-notice': isNotOwed('substantiation'),
  'withhold-substantiation-notice': isNotOwed('substantiation'),
  'approve-substantiation-notice': needsNoConfirmation('substantiation'),
  'record-finding-notice': hasNoFinding,
  'ask-finding-safety': (state) => hasNoFinding(state) || openDeadlineOf(state, 'D37j') !== undefined,
  'answer-finding-safety': hasNoFinding,
  'record-ex-parte-order': (state) => isSurelyOfAge(state) || openDeadlineOf(state, 'D43') !== undefined,
  'correct-ex-parte-order': ({ response: { exParteOrderAt } }) => exParteOrderAt === undefined,
  'record-preliminary-hearing': ({ response: { exParteOrderAt, preliminaryHearingAt } }) =>
    exParteOrderAt === undefined || preliminaryHearingAt !== undefined,
  'notify-tribe': (state) => state.child.tribalMember !== 'yes' || !hasProceeding(state),
  'record-tribe-receipt': ({ response: { tribeNotices } }) => tribeNotices.length === 0,
  'record-tribe-request': ({ response: { tribeNotices } }) => tribeNotices.every(({ moreTime }) => moreTime),
  'notify-licensing-agency': (state) => !everOpened(state, 'D41a') && !everOpened(state, 'D41c'),
  'notify-education': (state) => !openDeadlineOf(state, 'D41b') && !openDeadlineOf(state, 'D41d'),
  'notify-institution': (state) => !everOpened(state, 'D41e'),
  'record-entry-to-care': (state) => state.response.enteredCare || wasInCareBefore(state),
  'record-evaluation': (state) => !everOpened(state, 'D26'),
  'record-charges': ({ response: { charged } }) => charged,
  'record-placement-move': ({ child }) => !isInCare(child),
  'record-prosecution': (state) => currentScreening(state)?.outcome !== 'confirmed',
  // A provider that said no has nothing left to decline.
  'decline-linkage': (state, visitor) =>
    isOneOf(visitor, ['provider']) && linkagesOf(state, visitor).every(({ status }) => !isGiven(status)),
  'note-card': isNotWithChild,
  'record-card-consent': (state, visitor) => state.card === undefined || isNotWithChild(state, visitor),
  'review-card': ({ card }) => card === undefined,
  'ask-booking': (state, visitor) => !mayBook(state, visitor),
  'move-booking': (state, visitor) => !mayBook(state, visitor) || !(state.bookings ?? []).some(isRunning),
  'end-booking': (state, visitor) => !mayBook(state, visitor) || !(state.bookings ?? []).some(isRunning),
  'write-recovery-plan': (state, visitor) => state.team.seats.length === 0 || isNotWithChild(state, visitor),
  'offer-debrief': ({ missing: { absences }, recovery = noRecovery }) =>
    absences.every(({ number, returnedAt }) => returnedAt === undefined || recovery.offered.includes(number)),
  'end-need': (state) => openNeeds(state).length === 0,
  'answer-place': (state) => openAsks(state).length === 0,
  'record-handoff': (state, visitor) => handoffServices(state, within(state, visitor)).length === 0,
  'record-hearing': ({ hearings = [] }) => hearings.every(({ status }) => status !== 'scheduled'),
  'settle-order': ({ hearings = [] }) => hearings.every((hearing) => openOrders(hearing).length === 0),
  'record-charges-end': ({ response: { charged } }) => !charged,
  'accept-assignment': (state, visitor) =>
    sidesOf(visitor).every(({ id, onBehalfOf = id }) => onBehalfOf !== liaisonAsked(state)),
  'record-adult-handover': (state) => !everOpened(state, 'D30'),
  'notify-home-state': (state) => !everOpened(state, 'D10b'),
};

/** Whether a page or a next step offers the command to this person now. */
export const makesSense = (name: CommandName, state: Referral, visitor: Visitor): boolean =>
  isHidden[name]?.(state, visitor) !== true;
