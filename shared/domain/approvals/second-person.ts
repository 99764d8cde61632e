/** Two pairs of eyes: who may sign after a first signature, and for which colleague on leave each signs. */

import type { ForWhom } from '../core/commit-head.ts';
import type { Person } from '../core/person.ts';
import { type Refusal, refuse } from '../core/refusal.ts';

/** The first signature: who gave it, and on whose behalf. */
interface Signature extends ForWhom {
  readonly by: string;
}

/** The signature under a proposal. */
export const proposedAs = ({ proposedBy: by, ...rest }: ForWhom & { readonly proposedBy: string }): Signature => ({
  ...rest,
  by,
});

/** The people this person signs for: themselves, and a colleague on leave. */
const standsFor = ({ id, onBehalfOf = id }: Pick<Person, 'id' | 'onBehalfOf'>): readonly string[] => [id, onBehalfOf];

/** Whether this person gave the signature, it was given for them, or both stand for one person on leave. */
export const isFirst = ({ by, onBehalfOf }: Signature, person: Person): boolean =>
  standsFor({ id: by, onBehalfOf }).some((id) => standsFor(person).includes(id));

/**
 * A refusal, with this sentence, of a second signature by a person who shares the first. A pair is two people who stand
 * for two people. So no person on leave is both of them through two delegates.
 */
export function sameAsFirst(first: Signature, person: Person, sentence: string): Refusal | undefined {
  if (!isFirst(first, person)) return undefined;
  const why = first.by === person.id ? '' : ' A person who acts for a colleague on leave counts as that colleague too.';
  return refuse('second-person', `${sentence}${why}`);
}
