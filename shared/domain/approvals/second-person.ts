/** Two pairs of eyes: who may sign after a first signature, and for which colleague on leave each signs. */

import type { ForWhom } from '../core/commit-head.ts';
import type { Decision } from '../core/decision.ts';
import type { Person } from '../core/person.ts';
import type { Refusal } from '../core/refusal.ts';
import type { Proposed } from '../core/vocabulary.ts';
import { refuse } from '../refusals.ts';
import type { Proposals } from './proposal-state.ts';

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
 * Whether this person cannot be the second one. A pair is two people who stand for two people. So no person on leave is
 * both of them through two delegates. No delegate is both of two people on leave.
 */
export function isNoPair(first: Signature, person: Person): boolean {
  const alsoFor = person.onBehalfOf === undefined ? [] : (person.delegateOf ?? []);
  return (
    isFirst(first, person) ||
    standsFor({ id: first.by, onBehalfOf: first.onBehalfOf }).some((id) => alsoFor.includes(id))
  );
}

/** A refusal, with this sentence, of a second signature by a person who makes no pair with the first. */
export function sameAsFirst(first: Signature, person: Person, sentence: string): Refusal | undefined {
  if (!isNoPair(first, person)) return undefined;
  const why = first.by === person.id ? '' : ' A person who acts for a colleague on leave counts as that colleague too.';
  return refuse('second-person', { sentence, why });
}

/**
 * The proposal to which this person agrees as the second one. The refusal `none` where no proposal waits. A refusal with the sentence
 * `same` where the person made it.
 */
export function agreedBy<Name extends Proposed>(
  decision: Decision,
  name: Name,
  person: Person,
  { none, same }: { readonly none: Refusal; readonly same: string },
): NonNullable<Proposals[Name]> | Refusal {
  const waiting = decision.state().proposals[name];
  if (!waiting) return none;
  return sameAsFirst(proposedAs(waiting), person, same) ?? waiting;
}
