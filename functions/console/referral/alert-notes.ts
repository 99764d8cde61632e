/** Sentences about an alert for its page. Its mail leaves them out, because they could tell who the child is. */
import type { Alert } from '../../../shared/domain/alerts/alert-state.ts';

const notes: Readonly<Partial<Record<Alert['kind'], () => readonly string[]>>> = {
  'charges-faced': () => [
    'Charges are recorded for acts that may have been done while exploited. An exploited person is a victim.',
    'Under 18 it is a defense (C.G.S. 53a-192a). Judgments may be vacated (Public Act 21-103).',
    'Prosecutor and counsel: weigh whether to charge at all, and diversion with juvenile probation.',
  ],
  'tribal-membership': () => [
    'No one recorded whether the child belongs to an Indian tribe, and custody is at stake. Ask, and record the answer.',
    'The tribe gets a notice before any proceeding about custody (25 U.S.C. 1912(a), C.G.S. 46b-116 and following; awaits legal sign-off).',
  ],
};

/** The sentences that the page adds to an alert. None where its mail says it all. */
export const notesOn = ({ kind }: { readonly kind?: Alert['kind'] | undefined }): readonly string[] =>
  (kind && notes[kind]?.()) ?? [];
