/**
 * Reads an Amazon States Language definition (JSONata only) into states with compiled fields. It refuses, by state and
 * field, what AWS refuses and what the interpreter does not do. It warns of what AWS takes although it can only fail.
 */
import type { Definition } from './definition.ts';
import { type Reading, readState } from './read-state.ts';
import { DefinitionRefused, type Diagnostic, diagnose, duplicateKey, machineForm, stateForm } from './schema.ts';
import { checkTransitions } from './transitions.ts';

/**
 * Reads a definition's JSON text with its placeholders already resolved. Throws `DefinitionRefused` with everything
 * that Step Functions would refuse. It also names everything that this interpreter would do in another way.
 */
export function readDefinition(text: string): Definition {
  const diagnostics: Diagnostic[] = [];
  const warnings: Diagnostic[] = [];
  const reading: Reading = {
    report: (message, location, code = 'SCHEMA_VALIDATION_FAILED') =>
      void diagnostics.push({ code, message, location }),
    warn: (message, location) => void warnings.push({ code: 'UNKNOWN_REFERENCE', message, location }),
  };
  const json = readJson(text);
  const machine = machineForm.safeParse(json);
  if (!machine.success) throw new DefinitionRefused(diagnose(machine.error, json, ''));
  const { StartAt, States } = machine.data;
  const written = Object.entries(States).flatMap(([name, state]) => {
    const at = `/States/${name}`;
    const parsed = stateForm(state).safeParse(state);
    if (!parsed.success) diagnostics.push(...diagnose(parsed.error, state, at));
    return parsed.success ? [{ name, at, parsed: parsed.data }] : [];
  });
  const states = written.map(({ name, at, parsed }) => readState(name, parsed, at, reading));
  if (written.length === Object.keys(States).length) checkTransitions(StartAt, written, reading.report);
  if (diagnostics.length > 0) throw new DefinitionRefused(diagnostics);
  return { startAt: StartAt, states: new Map(states.map((state) => [state.name, state])), warnings };
}

function readJson(text: string): unknown {
  const refused = (message: string, code = 'INVALID_JSON_DESCRIPTION') =>
    new DefinitionRefused([{ code, message, location: '/' }]);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw refused((error as Error).message);
  }
  const twice = duplicateKey(text);
  if (twice !== undefined) throw refused(`Duplicate field '${twice}'`);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw refused('Definition must be a valid JSON object', 'SCHEMA_VALIDATION_FAILED');
  }
  return json;
}
