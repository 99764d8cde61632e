/** The fold of how a referral ends. */

import { signedIn } from '../core/commit-frame.ts';
import type { Evolvers } from '../core/event-shape.ts';
import type { Referral } from '../referral.ts';
import type { closureEvents } from './closure-events.ts';

export const closureEvolvers: Evolvers<Referral, typeof closureEvents> = {
  'closure-opened': (state) => ({ ...state, closureOpened: true }),
  closed: (state, _, { at }) => ({ ...state, stage: 'closed', endedAt: at }),
  'withdrawal-proposed': (state, proposed, frame) => ({ ...state, withdrawal: { ...proposed, ...signedIn(frame) } }),
  withdrawn: (state, _, { at }) => ({ ...state, stage: 'withdrawn', endedAt: at }),
};
