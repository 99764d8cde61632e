/** What a return asks for beside its duties: to offer a talk to the people who took part. Pure. */
import { offerWithin } from '../../policy/recovery-rules.ts';
import type { AskedStep } from '../next-steps/acts.ts';
import type { Referral } from '../referral.ts';
import { staff } from '../words/words.ts';
import { noRecovery } from './recovery-state.ts';

const day = 86_400_000;

/** The steps for people who led the search. After some weeks the offer is no longer asked for. `now` is a UTC instant. */
export const recoverySteps = ({ missing, recovery = noRecovery }: Referral, now: string): readonly AskedStep[] =>
  missing.absences
    .filter(
      ({ number, returnedAt }) =>
        returnedAt !== undefined &&
        !recovery.offered.includes(number) &&
        Date.parse(now) - Date.parse(returnedAt) < offerWithin * day,
    )
    .map(({ number }) => ({
      title: 'Offer a talk to the people who searched for the child',
      note: 'It is theirs to accept. Record only that it was offered.',
      acts: [
        {
          command: 'offer-debrief',
          input: { episode: number },
          button: staff('Record that it was offered'),
        },
      ],
    }));
