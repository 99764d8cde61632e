/** The calls of a referral, with the script that keeps them fresh. */
import { LiveCalls } from '../call/call-task.tsx';
import type { Reading } from './reading.tsx';
import { placeSaid } from './where-now.tsx';

export const ReferralCallsNow = ({ reading }: { readonly reading: Reading }) => {
  const { frame, calls, submission } = reading;
  return (
    <LiveCalls
      frame={frame}
      place="referral"
      referrals={calls}
      of={calls.map(({ referralId }) => referralId)}
      submission={submission}
      said={placeSaid(reading)}
    />
  );
};
