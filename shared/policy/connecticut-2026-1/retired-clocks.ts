/**
 * The clocks of before that version 2026.1 no longer runs, or runs otherwise, and what does their work (docs/policy.md#retired-clocks).
 * Released: a change is a new version (docs/adding.md, "Change a number of a rule").
 */
import type { RetiredClock } from '../../domain/policy/policy-document.ts';
import type { DeadlineId } from './clocks-joined.ts';

/** What asks for the start of a service: a clock of its own, or else D35b. */
const ofTheStart = ['D35b', 'D17', 'D17b', 'D18', 'D19b', 'D22b'] as const;

export const retiredClocks: readonly (RetiredClock & { readonly successors: readonly DeadlineId[] })[] = [
  {
    ids: ['D14'],
    was: 'Notify every required seat of the team, 24 hours after the screening outcome',
    successors: ['D15', 'D20'],
    now: 'A metric. The clocks of the meeting and of the interview start with the invitation, and not with its arrival. The coordinator is told of each seat that was not reached.',
    reason: 'The system sends the invitations, so no person could keep or miss this duty.',
  },
  {
    ids: ['D35b'],
    was: 'Accept or decline the referral to the provider, within 2 business days, or 24 hours in danger',
    successors: ofTheStart,
    now: 'The first mail asks for the answer. A reminder follows after a fifth of the time, while none is given. D35b asks for the start.',
    reason: 'An answer is a step to the service, and not the result.',
  },
  {
    ids: ['D35c'],
    was: 'Start the service that was accepted, 10 business days after the acceptance',
    successors: ofTheStart,
    now: 'D35b runs from the referral until the service starts, and only where no clock of the service itself does.',
    reason: 'Two clocks asked for one result. One from the referral is due no later than the two together.',
  },
  {
    ids: ['D36a', 'D36b', 'D36c'],
    was: 'Record what became of one service, 3, 6 and 12 months after its start: three clocks a service',
    successors: ['D36a', 'D36b', 'D36c'],
    now: 'One review at 3, 6 and 12 months after the first start asks for the outcome of each service. A service that starts later is asked about at the next review.',
    reason: 'One person reviews all services of a child at once. An exam and compensation are their own result.',
  },
];
