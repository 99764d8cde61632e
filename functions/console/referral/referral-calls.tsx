/** The calls of a referral, with the script that keeps them fresh. */
import { LiveCalls } from '../call/call-task.tsx';
import type { Reading } from './reading.tsx';

export const ReferralCallsNow = ({ reading: { frame, calls, submission } }: { readonly reading: Reading }) => (
  <LiveCalls
    frame={frame}
    place="referral"
    referrals={calls}
    of={calls.map(({ referralId }) => referralId)}
    submission={submission}
  />
);
