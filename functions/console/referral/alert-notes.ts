/** Sentences about an alert for its page. Its mail leaves them out, because they could tell who the child is. */
import type { Alert } from '../../../shared/domain/alerts/alert-state.ts';
import type { Referral } from '../../../shared/domain/referral.ts';

const notes: Readonly<Partial<Record<Alert['kind'], (state: Referral) => readonly string[]>>> = {
  'charges-faced': () => [
    'Charges are recorded for acts that may have been done while exploited. An exploited person is a victim: under 18 it is a defence (C.G.S. 53a-192a), and judgments may be vacated (Public Act 21-103).',
    'Prosecutor and counsel: weigh whether to charge at all, and diversion with juvenile probation.',
  ],
  'tribal-membership': ({ child }) => [
    child.tribalMember === 'yes'
      ? 'Membership of an Indian tribe, or a right to it, is recorded.'
      : 'Whether the child belongs to an Indian tribe is not recorded, and custody is at stake: ask, and record the answer.',
    'Before any proceeding about custody: see to the notice to the tribe (25 U.S.C. 1912(a), believed and not confirmed by this product; awaits legal sign-off).',
  ],
};

/** The sentences that the page adds to an alert. None where its mail says it all. */
export const notesOn = ({ kind }: Pick<Alert, 'kind'>, state: Referral): readonly string[] =>
  notes[kind]?.(state) ?? [];
