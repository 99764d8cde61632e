/** The fold of the recovery plan, and of offered talks. */
import { whereKnown } from '../core/where-known.ts';
import type { PartFold } from '../part-fold.ts';
import { noRecovery } from './recovery-state.ts';

export const recoveryFold: PartFold<'recovery'> = {
  'recovery-plan-written': (recovery = noRecovery, { readers, lookFirst, callFirst, safeWords }, { at }) => ({
    ...recovery,
    plan: { readers, texts: whereKnown({ lookFirst, callFirst, safeWords }), writtenAt: at },
  }),
  'debrief-offered': (recovery = noRecovery, { episode }) => ({
    ...recovery,
    offered: [...new Set([...recovery.offered, episode])],
  }),
};
