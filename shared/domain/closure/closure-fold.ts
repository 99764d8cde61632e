/** The fold of the end of a referral. */
import { signedIn } from '../core/commit-head.ts';
import type { PartFold } from '../part-fold.ts';
import type { ClosureState } from './closure-state.ts';

/** What is new about the child makes a proposal to withdraw the referral void. */
const withoutWithdrawal = ({ withdrawal: _, ...state }: ClosureState): ClosureState => state;

export const closureFold: PartFold<'closure'> = {
  'closure-opened': (state) => ({ ...state, opened: true }),
  'withdrawal-proposed': (state, proposed, commit) => ({ ...state, withdrawal: { ...proposed, ...signedIn(commit) } }),
  'proposal-refused': (state, { proposal }) => (proposal === 'withdrawal' ? withoutWithdrawal(state) : state),
  'danger-assessed': (state, { danger }) => (danger === 'no' ? state : withoutWithdrawal(state)),
  screened: withoutWithdrawal,
  'child-missing': withoutWithdrawal,
};

export const stageFold: PartFold<'stage'> = {
  merged: () => 'merged',
  closed: () => 'closed',
  withdrawn: () => 'withdrawn',
  'merge-undone': () => 'open',
};

/** Since when its work has ended. */
export const endedAtFold: PartFold<'endedAt'> = {
  merged: (_, __, { at }) => at,
  closed: (_, __, { at }) => at,
  withdrawn: (_, __, { at }) => at,
  'merge-undone': () => undefined,
};
