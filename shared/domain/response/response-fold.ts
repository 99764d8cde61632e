/** The fold of danger, the response and the investigation. */

import { withoutProposal } from '../approvals/lapses.ts';
import { type CommitFrame, signedIn } from '../core/commit-frame.ts';
import { type Evolvers, unchanged } from '../core/event-shape.ts';
import type { EventOf } from '../events.ts';
import type { Referral } from '../referral.ts';
import { pausedUntil } from './paused-until.ts';
import type { responseEvents } from './response-events.ts';

function paused(
  state: Referral,
  { agencyId, until }: EventOf<'outreach-paused'>,
  { at, actor }: CommitFrame,
): Referral {
  const from = pausedUntil(state, at) === undefined ? at : (state.outreachPause?.from ?? at);
  return { ...state, outreachPause: { agencyId, by: actor.id, from, until } };
}

const pauseLifted = ({ outreachPause: _, ...state }: Referral): Referral => state;

const parentsTold = (state: Referral, { at }: EventOf<'parents-notified'>, { actor }: CommitFrame): Referral => ({
  ...state,
  parentsNotice: { decision: 'given', by: actor.id, at },
});

const withheld = (state: Referral, _: EventOf<'parents-notice-withheld'>, frame: CommitFrame): Referral => ({
  ...state,
  parentsNotice: { decision: 'withheld', by: frame.actor.id, at: frame.at },
});

const approved = (state: Referral, _: EventOf<'parents-notice-approved'>, frame: CommitFrame): Referral => ({
  ...state,
  parentsNoticeApproved: { by: frame.actor.id, at: frame.at },
});

export const responseEvolvers: Evolvers<Referral, typeof responseEvents> = {
  'danger-assessed': (state, { danger }) => ({ ...(danger === 'no' ? state : withoutProposal(state)), danger }),
  'liaison-assigned': (state, { personId }, { at }) => ({ ...state, liaison: personId, liaisonSince: at }),
  'lowering-proposed': (state, lowering, frame) => ({ ...state, lowering: { ...lowering, ...signedIn(frame) } }),
  'police-notified': unchanged,
  'response-started': unchanged,
  'safety-plan-recorded': unchanged,
  'hold-invoked': (state) => ({ ...state, hold: true }),
  'hold-ended': (state) => ({ ...state, hold: false }),
  'case-reviewed': unchanged,
  'interview-settled': unchanged,
  'discipline-consulted': unchanged,
  'investigation-disposed': (state, { disposition }) => ({ ...state, disposition }),
  'reasonable-cause-said': (state, { reasonableCause }) => ({ ...state, reasonableCause }),
  'disposition-notified': unchanged,
  'outreach-paused': paused,
  'outreach-pause-lifted': pauseLifted,
  'parents-notified': parentsTold,
  'parents-notice-withheld': withheld,
  'parents-notice-approved': approved,
};
