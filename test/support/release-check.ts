/** Whether the release that runs now could read what the next one writes. Pure. */

import { instantOf } from '../../shared/domain/policy/in-force.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';

/** What a release can read, as its `test/fixtures/shapes.json` says. */
export interface Readable {
  readonly events: Readonly<Record<string, string>>;
  readonly policies: Readonly<Record<string, unknown>>;
}

export interface NextRelease {
  readonly readable: Readable;
  readonly policies: readonly Pick<Policy, 'version' | 'inForceFrom'>[];
  /** The texts of its state machines. */
  readonly definitions: readonly string[];
}

interface State {
  readonly Arguments?: { readonly Payload?: Readonly<Record<string, unknown>> };
}

/** The fixed words that the tasks of a definition are given, such as the name of a step. */
export function wordsIn(definition: string): readonly string[] {
  const { States } = JSON.parse(definition) as { readonly States: Readonly<Record<string, State>> };
  return Object.values(States)
    .flatMap(({ Arguments }) => Object.values(Arguments?.Payload ?? {}))
    .filter((value): value is string => typeof value === 'string' && !value.startsWith('{%'));
}

/**
 * A sentence for each thing that the running release could not read after a way back. `running.contract` is the text of
 * its `shared/contracts/tasks.ts`. `now` is a UTC instant.
 */
export function unreadable(
  running: { readonly readable: Readable; readonly contract: string },
  next: NextRelease,
  now: string,
): readonly string[] {
  const events = Object.entries(next.readable.events)
    .filter(([name, shape]) => running.readable.events[name] !== shape)
    .map(
      ([name]) =>
        `The running release does not read the event "${name}" as it is now: once one is written, do not go back to it.`,
    );
  const policies = next.policies
    .filter(({ version, inForceFrom }) => !(version in running.readable.policies) && instantOf(inForceFrom) <= now)
    .map(
      ({ version, inForceFrom }) =>
        `The policy ${version} is in force from ${inForceFrom}, and the running release does not have it: give it a later day.`,
    );
  const words = next.definitions
    .flatMap(wordsIn)
    .filter((word) => !running.contract.includes(`'${word}'`))
    .map(
      (word) =>
        `A definition gives a task the word "${word}", which the running release does not take: release the functions first.`,
    );
  return [...events, ...policies, ...new Set(words)];
}
