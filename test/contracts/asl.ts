/** The two definitions as they are written, and their expressions evaluated as Step Functions would. */
import { fileURLToPath } from 'node:url';
import jsonata from 'jsonata';
import { readDefinition } from '../../infra/constructs/machine-definition.ts';

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Arguments?: { readonly FunctionName: string; readonly Payload: unknown };
  readonly Output?: unknown;
  readonly Next?: string;
  readonly Catch?: readonly {
    readonly ErrorEquals: readonly string[];
    readonly Output: unknown;
    readonly Next: string;
  }[];
  readonly Choices?: readonly { readonly Condition: string; readonly Next: string }[];
}

const read = (name: string) =>
  JSON.parse(readDefinition(fileURLToPath(new URL(`../../workflows/${name}.asl.json`, import.meta.url)))) as {
    readonly States: Readonly<Record<string, State>>;
  };
export const definitions = { referral: read('referral'), deadline: read('deadline') };
export type Machine = keyof typeof definitions;
export const machines = Object.keys(definitions) as Machine[];

/** Every state of this type of both definitions. */
export const statesOf = (type: string) =>
  machines.flatMap((machine) =>
    Object.entries(definitions[machine].States)
      .filter(([, state]) => state.Type === type)
      .map(([name, state]) => ({ machine, name, state })),
  );

/** Evaluates every `{% … %}` in a value, with `states` as what `$states` holds. */
export async function evaluated(value: unknown, states: object): Promise<unknown> {
  if (typeof value === 'string') {
    const expression = /^\{%([\s\S]*)%\}$/.exec(value)?.[1];
    if (expression === undefined) return value;
    const compiled = jsonata(expression);
    // Step Functions adds it to JSONata.
    compiled.registerFunction('parse', (text: string) => JSON.parse(text), '<s:x>');
    return plain(await compiled.evaluate(undefined, { states }));
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = await Promise.all(
    Object.entries(value).map(async ([key, each]) => [key, await evaluated(each, states)] as const),
  );
  return Object.fromEntries(entries);
}

/** JSONata's sequences and records, as plain JSON. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** The outcome words that a Choice knows, in order. */
export const wordsOf = ({ Choices = [] }: State): readonly string[] =>
  Choices.flatMap(({ Condition }) => [...Condition.matchAll(/'([a-z-]+)'/g)].map(([, word]) => word ?? ''));
