/** Who gets at one referral instead of those whose roles cover it: a sealed one is there for named people alone. */
import type { EventOf } from '../events.ts';
import type { CommitFrame, Referral } from '../referral.ts';

export interface Seal {
  readonly because: EventOf<'referral-sealed'>['because'];
  readonly people: readonly string[];
  readonly at: string;
}

const sealedAt = (state: Referral, { because, people }: EventOf<'referral-sealed'>, { at }: CommitFrame): Referral => ({
  ...state,
  seal: { because, people, at },
  everNamed: [...new Set([...(state.everNamed ?? []), ...people])],
});

const unsealed = ({ seal: _, ...state }: Referral): Referral => state;

/** How a state remembers a seal, and that it was lifted. */
export const sealEvolvers = { 'referral-sealed': sealedAt, 'seal-lifted': unsealed };

/** Whether the referral is there for this person at all, as far as a seal goes. */
export const isShutTo = ({ seal }: Pick<Referral, 'seal'>, personId: string): boolean =>
  seal !== undefined && !seal.people.includes(personId);

/** Whether a seal names this person, whose roles then count wherever they are for. */
export const isNamed = ({ seal }: Pick<Referral, 'seal'>, personId: string): boolean =>
  seal?.people.includes(personId) === true;
