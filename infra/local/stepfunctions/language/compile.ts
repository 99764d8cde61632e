/**
 * Reads an Amazon States Language definition (JSONata only) into states with compiled fields. It refuses, by state and
 * field, what the interpreter does not do.
 */
import type * as z from 'zod';
import type { Definition } from './definition.ts';
import { readState } from './read-state.ts';
import { DefinitionRefused, machineForm, stateForm } from './schema.ts';
import { checkTransitions } from './transitions.ts';

/**
 * Reads a definition's JSON text with its placeholders already resolved. Throws `DefinitionRefused` with everything that
 * this interpreter would do in another way than Step Functions.
 */
export function readDefinition(text: string): Definition {
  const refused: string[] = [];
  const report = (message: string, location: string) => void refused.push(`${message} at ${location}`);
  const reportAll = ({ issues }: z.ZodError, location: string) => {
    for (const { message, path } of issues) report(message, [location, ...path].join('/') || '/');
  };
  const machine = machineForm.safeParse(readJson(text));
  if (!machine.success) {
    reportAll(machine.error, '');
    throw new DefinitionRefused(refused);
  }
  const { StartAt, States } = machine.data;
  const written = Object.entries(States).flatMap(([name, state]) => {
    const at = `/States/${name}`;
    const parsed = stateForm(state).safeParse(state);
    if (!parsed.success) reportAll(parsed.error, at);
    return parsed.success ? [{ name, at, parsed: parsed.data }] : [];
  });
  const states = written.map(({ name, at, parsed }) => readState(name, parsed, at, report));
  if (written.length === Object.keys(States).length) checkTransitions(StartAt, written, report);
  if (refused.length > 0) throw new DefinitionRefused(refused);
  return { startAt: StartAt, states: new Map(states.map((state) => [state.name, state])) };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DefinitionRefused([(error as Error).message]);
  }
}
