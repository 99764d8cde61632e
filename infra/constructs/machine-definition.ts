/** A definition as it is deployed. Its file names the retries of each task by their kind, and `retries.json` holds them. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Each kind of retry, as Step Functions reads it. `wait` is for waits with a task token, which must not retry a timeout. */
type Retries = Readonly<Record<string, readonly unknown[]>>;

interface Written {
  readonly Type: string;
  readonly Resource?: string;
  readonly Retry?: unknown;
}

const kindFor = ({ Resource = '' }: Written): string => (Resource.endsWith('.waitForTaskToken') ? 'wait' : 'task');

/**
 * Puts the retries in the place of their kinds. Throws an Error that names each task whose kind is missing, unknown, or not
 * the kind of such a task.
 */
export function expandRetries(definition: string, retries: Retries): string {
  const { States, ...machine } = JSON.parse(definition) as { readonly States: Readonly<Record<string, Written>> };
  const problems: string[] = [];
  const expanded = Object.entries(States).map(([name, state]) => {
    if (state.Type !== 'Task') return [name, state] as const;
    const kind = kindFor(state);
    const found = typeof state.Retry === 'string' && Object.hasOwn(retries, state.Retry);
    if (!found) problems.push(`The task ${name} names no kind of retry that retries.json holds.`);
    else if (state.Retry !== kind) problems.push(`The task ${name} needs the retries of the kind "${kind}".`);
    return [name, { ...state, Retry: retries[kind] }] as const;
  });
  if (problems.length > 0) throw new Error(problems.join(' '));
  return JSON.stringify({ ...machine, States: Object.fromEntries(expanded) });
}

/** The text of an ASL file, with the retries that `retries.json` beside it holds. Placeholders stay as they are. */
export function readDefinition(file: string): string {
  const retries = JSON.parse(readFileSync(join(dirname(file), 'retries.json'), 'utf8')) as Retries;
  return expandRetries(readFileSync(file, 'utf8'), retries);
}
