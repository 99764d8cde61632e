/**
 * Who gets at one referral beside or instead of those whose roles cover it: a sealed one is there for named people alone, and
 * somebody without access may open one that is not sealed for an hour.
 */
import type { EventOf } from './events.ts';
import type { CommitFrame, Referral } from './referral.ts';

export interface Seal {
  readonly because: EventOf<'referral-sealed'>['because'];
  readonly people: readonly string[];
  readonly at: string;
}

/** An hour's access. Instants are UTC. */
export interface Glass {
  readonly personId: string;
  readonly at: string;
  readonly until: string;
}

/** An hour, by the clock. */
export const glassMilliseconds = 3_600_000;

export const sealedAt = (
  state: Referral,
  { because, people }: EventOf<'referral-sealed'>,
  { at }: CommitFrame,
): Referral => ({
  ...state,
  seal: { because, people, at },
  everNamed: [...new Set([...(state.everNamed ?? []), ...people])],
});

export const unsealed = ({ seal: _, ...state }: Referral): Referral => state;

export const broken = (
  state: Referral,
  { personId, until }: EventOf<'glass-broken'>,
  { at }: CommitFrame,
): Referral => ({ ...state, glass: [...(state.glass ?? []), { personId, at, until }] });

/** Whether the referral is there for this person at all, as far as a seal goes. */
export const isShutTo = ({ seal }: Pick<Referral, 'seal'>, personId: string): boolean =>
  seal !== undefined && !seal.people.includes(personId);

/** Whether a seal names this person, whose roles then count wherever they are for. */
export const isNamed = ({ seal }: Pick<Referral, 'seal'>, personId: string): boolean =>
  seal?.people.includes(personId) === true;

/** Whether this person broke the glass less than an hour ago. `now` is a UTC instant. */
export const hasBroken = ({ glass = [] }: Pick<Referral, 'glass'>, personId: string, now: string): boolean =>
  glass.some((each) => each.personId === personId && each.at <= now && now < each.until);
