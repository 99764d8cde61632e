/** The fold of danger, the response and the investigation. */
import { isToSame } from '../child/tribe-notice.ts';
import { whereKnown } from '../core/where-known.ts';
import { caregiverTopic, isAllegedBy, saysOfCaregiver } from '../eligibility/caregiver-topic.ts';
import type { Routing } from '../intake/intake-state.ts';
import type { PartFold } from '../part-fold.ts';
import type { Referral } from '../referral.ts';
import { pausedUntil } from './paused-until.ts';
import type { ResponseState } from './response-state.ts';

/** Once a caregiver is alleged, each confirmation that a notice may be given is void, and so is counsel's yes. */
const withoutTrust = ({
  parentsNoticeApproved: _,
  substantiationNoticeApproved: __,
  findingSafety,
  ...state
}: ResponseState): ResponseState => ({
  ...state,
  ...(findingSafety !== undefined && findingSafety.mayMail !== 'yes' && { findingSafety }),
});

/** A liaison answers for one region. */
function applyRouting(state: ResponseState, routing: Routing, { places }: Referral): ResponseState {
  if (routing.region === places.routing?.region) return state;
  const { liaison: _, liaisonAcceptedAt: __, ...rest } = state;
  return rest;
}

export const responseFold: PartFold<'response'> = {
  'danger-assessed': (state, { danger }) => ({
    ...state,
    danger,
    ...(danger === 'yes' &&
      state.danger !== 'yes' &&
      state.childSeen && { childSeen: { ...state.childSeen, beforeDanger: true } }),
  }),
  'police-notified': (state, { agencyReference }) => ({
    ...state,
    caseNumbers: [...state.caseNumbers, agencyReference],
  }),
  // Another liaison accepts anew.
  'liaison-assigned': ({ liaisonAcceptedAt, ...state }, { personId }) => ({
    ...state,
    liaison: personId,
    ...(state.liaison === personId && whereKnown({ liaisonAcceptedAt })),
  }),
  'liaison-accepted': (state, { personId }, { at }) =>
    state.liaison === personId ? { ...state, liaisonAcceptedAt: at } : state,
  'child-seen': ({ childSeen, ...state }, { sighting, seenBy, seenAlone, at }) => {
    if (sighting === 'not-seen') return state;
    const isTriedAgain = sighting === 'attempted' && childSeen?.sighting === 'seen';
    return { ...state, childSeen: isTriedAgain ? childSeen : { sighting, seenBy, ...whereKnown({ seenAlone }), at } };
  },
  'hold-invoked': (state) => ({ ...state, hold: true }),
  'hold-ended': (state, { how }) => ({
    ...state,
    hold: false,
    ...(how === 'petition-filed' && { petitionFiled: true as const }),
  }),
  'tribe-notified': (state, { notice, recipient, tribe, mailKind, at }) => {
    // What the tribe asked for holds for another mail to it too.
    const moreTime = state.tribeNotices.some((each) => each.moreTime && isToSame(each, { recipient, tribe }));
    const added = { notice, recipient, tribe, mailKind, mailedAt: at, ...(moreTime && { moreTime }) };
    return { ...state, tribeNotices: [...state.tribeNotices, added] };
  },
  'tribe-receipt-recorded': (state, { notice, at }) => ({
    ...state,
    tribeNotices: state.tribeNotices.map((each) => (each.notice === notice ? { ...each, receivedAt: at } : each)),
  }),
  'tribe-asked-more-time': (state, { notice, at }) => {
    const asked = state.tribeNotices.find((each) => each.notice === notice);
    return {
      ...state,
      tribeNotices: state.tribeNotices.map((each) => {
        if (each.notice === notice) return { ...each, moreTime: true, askedAt: at };
        return asked && isToSame(each, asked) ? { ...each, moreTime: true } : each;
      }),
    };
  },
  'ex-parte-ordered': ({ preliminaryHearingAt: _, ...state }, { at }) => ({ ...state, exParteOrderAt: at }),
  'ex-parte-order-corrected': (state, { at }) => ({ ...state, exParteOrderAt: at }),
  'preliminary-hearing-held': (state, { at }) => ({ ...state, preliminaryHearingAt: at }),
  'licensing-agency-notified': (state, { occasion, licensingAgency, at }) => ({
    ...state,
    licensingNotices: [...state.licensingNotices, { occasion, licensingAgency, at }],
  }),
  'education-notified': (state, { occasion, at }) => ({
    ...state,
    educationNotices: [...state.educationNotices, { occasion, at }],
  }),
  'institution-notified': (state, { at }) => ({ ...state, institutionNotifiedAt: at }),
  'interview-settled': ({ interview: _, ...state }, { answer, seenAlone }, { at }) =>
    answer === 'held-already' ? { ...state, interviewHeld: { saidAt: at, ...whereKnown({ seenAlone }) } } : state,
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
  'substantiation-notified': (state, { at }, { actor }) => ({
    ...state,
    substantiationNotice: { decision: 'given', by: actor.id, at },
  }),
  'substantiation-notice-withheld': (state, _, { at, actor, isUnproved }) => ({
    ...state,
    substantiationNotice: (isUnproved && state.substantiationNotice) || { decision: 'withheld', by: actor.id, at },
  }),
  'substantiation-notice-approved': (state, _, { at, actor }) => ({
    ...state,
    substantiationNoticeApproved: { by: actor.id, at },
  }),
  'finding-notified': (state, { at }, { actor }) => ({ ...state, findingNotice: { by: actor.id, at } }),
  'finding-safety-asked': (state, _, { at, actor }) => ({ ...state, findingSafety: { by: actor.id, at } }),
  'finding-safety-answered': (state, { mayMail }, { at, actor }) => ({
    ...state,
    findingSafety: { by: actor.id, at, mayMail },
  }),
  'care-entered': (state) => ({ ...state, enteredCare: true }),
  'charges-recorded': (state) => ({ ...state, charged: true }),
  'routing-confirmed': (state, { routing }, _, before) => applyRouting(state, routing, before),
  'place-corrected': (state, { routing }, _, before) => (routing ? applyRouting(state, routing, before) : state),
  screened: (state, { indicators }) => (indicators.includes(caregiverTopic) ? withoutTrust(state) : state),
  'checklist-answered': (state, { answers }) => (saysOfCaregiver(answers, 'yes') ? withoutTrust(state) : state),
  'facts-learned': (state, learned, _, before) => (isAllegedBy(learned, before) ? withoutTrust(state) : state),
};
