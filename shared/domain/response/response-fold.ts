/** The fold of danger, the response and the investigation. */
import { isToSameTribe } from '../child/tribe-notice.ts';
import { whereKnown } from '../core/where-known.ts';
import { caregiverTopic, isAllegedBy, saysOfCaregiver } from '../eligibility/caregiver-topic.ts';
import type { Routing } from '../intake/intake-state.ts';
import type { PartFold } from '../part-fold.ts';
import type { Referral } from '../referral.ts';
import { pausedUntil } from './paused-until.ts';
import type { ResponseState } from './response-state.ts';

/** Once a caregiver is alleged, a supervisor's confirmations that a notice may be given are void. */
const withoutTrust = ({
  parentsNoticeApproved: _,
  findingNoticeApproved: __,
  ...state
}: ResponseState): ResponseState => state;

/** A liaison answers for one region. */
function applyRouting(state: ResponseState, routing: Routing, { places }: Referral): ResponseState {
  if (routing.region === places.routing?.region) return state;
  const { liaison: _, ...rest } = state;
  return rest;
}

export const responseFold: PartFold<'response'> = {
  'danger-assessed': (state, { danger }) => ({ ...state, danger }),
  'liaison-assigned': (state, { personId }, { at }) => ({ ...state, liaison: personId, liaisonSince: at }),
  'child-seen': (state, { sighting, seenBy, at }) =>
    sighting === 'attempted' && state.childSeen?.sighting === 'seen'
      ? state
      : { ...state, childSeen: { sighting, seenBy, at } },
  'hold-invoked': (state) => ({ ...state, hold: true }),
  'hold-ended': (state) => ({ ...state, hold: false }),
  'tribe-notified': (state, { notice, tribe, mailKind, at }) => {
    // What the tribe asked for holds for another mail to it too.
    const moreTime = state.tribeNotices.some((each) => each.moreTime && isToSameTribe(each, { tribe }));
    const added = { notice, tribe, mailKind, mailedAt: at, ...(moreTime && { moreTime }) };
    return { ...state, tribeNotices: [...state.tribeNotices, added] };
  },
  'tribe-receipt-recorded': (state, { notice, at }) => ({
    ...state,
    tribeNotices: state.tribeNotices.map((each) => (each.notice === notice ? { ...each, receivedAt: at } : each)),
  }),
  'tribe-asked-more-time': (state, { notice, tribe, at }) => ({
    ...state,
    tribeNotices: state.tribeNotices.map((each) => {
      if (each.notice === notice) return { ...each, moreTime: true, askedAt: at };
      return isToSameTribe(each, { tribe }) ? { ...each, moreTime: true } : each;
    }),
  }),
  'ex-parte-ordered': ({ preliminaryHearingAt: _, ...state }, { at }) => ({ ...state, exParteOrderAt: at }),
  'ex-parte-order-corrected': (state, { at }) => ({ ...state, exParteOrderAt: at }),
  'preliminary-hearing-held': (state, { at }) => ({ ...state, preliminaryHearingAt: at }),
  'licensing-agency-notified': (state, { licensingAgency, at }) => ({
    ...state,
    licensingNotices: [...state.licensingNotices, { licensingAgency, at }],
  }),
  'education-notified': (state, { at }) => ({ ...state, educationNotifiedAt: at }),
  'interview-settled': ({ interview: _, ...state }, { answer }) =>
    answer === 'held-already' ? { ...state, interviewHeld: true } : state,
  'interview-scheduled': (state, { scheduledFor, way, directions }) => ({
    ...state,
    interview: { scheduledFor, ...whereKnown({ way, directions }) },
  }),
  'investigation-disposed': (state, { disposition }) => ({ ...state, disposition }),
  'reasonable-cause-said': (state, { reasonableCause }) => ({ ...state, reasonableCause }),
  'outreach-paused': (state, { agencyId, until }, { at, actor }, before) => {
    const from = pausedUntil(before, at) === undefined ? at : (state.outreachPause?.from ?? at);
    return { ...state, outreachPause: { agencyId, by: actor.id, from, until } };
  },
  'outreach-pause-lifted': ({ outreachPause: _, ...state }) => state,
  'parents-notified': (state, { at }, { actor }) => ({
    ...state,
    parentsNotice: { decision: 'given', by: actor.id, at },
  }),
  'parents-notice-withheld': (state, _, { at, actor, isUnproved }) => ({
    ...state,
    parentsNotice: (isUnproved && state.parentsNotice) || { decision: 'withheld', by: actor.id, at },
  }),
  'parents-notice-approved': (state, _, { at, actor }) => ({ ...state, parentsNoticeApproved: { by: actor.id, at } }),
  'finding-notified': (state, { at }, { actor }) => ({
    ...state,
    findingNotice: { decision: 'given', by: actor.id, at },
  }),
  'finding-notice-withheld': (state, _, { at, actor, isUnproved }) => ({
    ...state,
    findingNotice: (isUnproved && state.findingNotice) || { decision: 'withheld', by: actor.id, at },
  }),
  'finding-notice-approved': (state, _, { at, actor }) => ({ ...state, findingNoticeApproved: { by: actor.id, at } }),
  'care-entered': (state) => ({ ...state, enteredCare: true }),
  'charges-recorded': (state) => ({ ...state, charged: true }),
  'routing-confirmed': (state, { routing }, _, before) => applyRouting(state, routing, before),
  'place-corrected': (state, { routing }, _, before) => (routing ? applyRouting(state, routing, before) : state),
  screened: (state, { indicators }) => (indicators.includes(caregiverTopic) ? withoutTrust(state) : state),
  'checklist-answered': (state, { answers }) => (saysOfCaregiver(answers, 'yes') ? withoutTrust(state) : state),
  'facts-learned': (state, learned, _, before) => (isAllegedBy(learned, before) ? withoutTrust(state) : state),
};
