/** Whether a referral has moved, in a way that matters, between what a person saw of it and what they send. */

import { isRefusal, type Refusal } from '../../domain/core/refusal.ts';
import type { Event } from '../../domain/events.ts';
import { fold } from '../../domain/fold.ts';
import type { Referral } from '../../domain/referral.ts';
import { canonical } from '../../store/commit.ts';
import type { ReferralRead } from '../../store/ledger.ts';

/**
 * The sequence number that a person saw. A client names those it takes (`exactly`), and any other is a move. A page was
 * shown at one (`shown`) and says so without anybody's asking, while mail that is delivered and reminders that fall due move the referral
 * every few minutes: there only an act of another person counts, after which the command comes to something else.
 */
export type Seen = { readonly exactly: readonly number[] } | { readonly shown: number };

/** The referral as it was at this sequence number. Undefined before its first commit. */
export const stateAt = ({ state, commits }: ReferralRead, seq: number): Referral | undefined =>
  fold(state.id, commits.slice(0, Math.max(0, seq)));

/** What the workflow did meanwhile follows from what this person saw, and stops nobody: only other people's acts can. */
export const someoneElseActed = ({ commits }: ReferralRead, since: number, personId: string): boolean =>
  commits.slice(Math.max(0, since)).some(({ actor }) => actor.kind === 'person' && actor.id !== personId);

/** An alert's number depends on how many there were, which changes nothing for anybody. */
const withoutNumber = (event: Event) => (event.type === 'alert-requested' ? { ...event, alertId: '' } : event);

/** True where a command decided then and now has the same effects: nothing that happened meanwhile made a difference to it. */
export const comesToTheSame = (then: readonly Event[] | Refusal, now: readonly Event[]): boolean =>
  !isRefusal(then) && canonical(then.map(withoutNumber)) === canonical(now.map(withoutNumber));
