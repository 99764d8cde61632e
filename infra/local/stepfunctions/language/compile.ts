/**
 * Reads an Amazon States Language definition (JSONata only) into states with compiled fields. It refuses, by state and
 * field, what AWS refuses and what the interpreter does not do. It warns of what AWS takes although it can only fail.
 */
import type { Definition, Workflow } from './definition.ts';
import { type Reading, readState, type StatePlace } from './read-state.ts';
import {
  DefinitionRefused,
  type Diagnostic,
  diagnose,
  duplicateKey,
  machineForm,
  stateForm,
  type Written,
} from './schema.ts';
import { checkTransitions } from './transitions.ts';

const variableName = /^\p{ID_Start}\p{ID_Continue}{0,79}$/u;

/** Where a workflow stands: its location, the variables of the scopes around it, and those it must not assign. */
interface Scoped {
  readonly location: string;
  readonly outer: ReadonlySet<string>;
  readonly taken: ReadonlySet<string>;
}

/**
 * Reads a definition's JSON text with its placeholders already resolved. Throws `DefinitionRefused` with everything
 * that Step Functions would refuse. It also names everything that this interpreter would do in another way.
 */
export function readDefinition(text: string): Definition {
  const diagnostics: Diagnostic[] = [];
  const warnings: Diagnostic[] = [];
  const references = new Map<string, Set<string>>();
  const report: Reading['report'] = (message, location, code = 'SCHEMA_VALIDATION_FAILED') =>
    void diagnostics.push({ code, message, location });
  const json = readJson(text);
  const parse: Reading['parse'] = (form, written, location) => {
    const parsed = form.safeParse(written);
    if (!parsed.success) diagnostics.push(...diagnose(parsed.error, written, location));
    return parsed.data;
  };
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    report('Definition must be a valid JSON object', '/');
    throw new DefinitionRefused(diagnostics);
  }
  const machine = parse(machineForm, json, '');
  if (!machine) throw new DefinitionRefused(diagnostics);
  const reading: Reading = {
    language: machine.QueryLanguage ?? 'JSONPath',
    names: new Set(),
    report,
    warn: (message, location) => void warnings.push({ code: 'UNKNOWN_REFERENCE', message, location }),
    refer: (state, variable) => void references.set(state, (references.get(state) ?? new Set()).add(variable)),
    parse,
  };
  const workflow = readWorkflow(machine, { location: '', outer: new Set(), taken: new Set() }, reading);
  if (diagnostics.length > 0) throw new DefinitionRefused(diagnostics);
  const read = Object.fromEntries([...references].map(([state, names]) => [state, [...names]]));
  return { ...workflow, timeoutSeconds: machine.TimeoutSeconds, warnings, references: read };
}

function readJson(text: string): unknown {
  const refused = (message: string) =>
    new DefinitionRefused([{ code: 'INVALID_JSON_DESCRIPTION', message, location: '/' }]);
  if (text.trim() === '') {
    const message = 'Definition must be a valid JSON object';
    throw new DefinitionRefused([{ code: 'SCHEMA_VALIDATION_FAILED', message, location: undefined }]);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw refused((error as Error).message);
  }
  const twice = duplicateKey(text);
  if (twice !== undefined) throw refused(`Duplicate field '${twice}'`);
  return json;
}

function readWorkflow(
  { StartAt, States }: { StartAt: string; States: Record<string, unknown> },
  { location, outer, taken }: Scoped,
  reading: Reading,
): Workflow {
  const written = Object.entries(States).flatMap(([name, state]) => {
    const at = `${location}/States/${name}`;
    if (reading.names.has(name)) reading.report(`Duplicate state name: ${name}`, at, 'DUPLICATE_STATE_NAME');
    reading.names.add(name);
    const language = (state as { QueryLanguage?: unknown } | null)?.QueryLanguage ?? reading.language;
    // As AWS: any other text is JSONata, and not a value of the field.
    if (language === 'JSONPath') {
      const why =
        reading.language === 'JSONata'
          ? "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine"
          : "The local interpreter has no JSONPath: field 'QueryLanguage' must be 'JSONata'";
      reading.report(why, at);
      return [];
    }
    const parsed = reading.parse(stateForm(state), state, at);
    return parsed ? [{ name, at, parsed }] : [];
  });

  const own = new Set<string>();
  const ownTaken = new Set<string>();
  for (const { at, parsed } of written) {
    for (const [field, name] of assignedBy(parsed)) {
      if (!variableName.test(name) || name === 'states') {
        reading.report(`'${name}' is not a valid variable name`, `${at}/${field}`);
      } else if (taken.has(name)) {
        reading.report(`Variable '${name}' is already assigned in an outer scope`, `${at}/${field}/${name}`);
      }
      own.add(name);
      // AWS lets a branch assign what the Catch around it assigns.
      if (!field.startsWith('Catch')) ownTaken.add(name);
    }
  }
  const variables = new Set([...outer, ...own]);
  const within = { outer: variables, taken: new Set([...taken, ...ownTaken]) };
  const nested: StatePlace['nested'] = (form, at) => readWorkflow(form, { ...within, location: at }, reading);
  const states = written.map(({ name, at, parsed }) =>
    readState(name, parsed, { location: at, variables, reading, nested }),
  );

  if (written.length === Object.keys(States).length) checkTransitions(StartAt, written, location, reading.report);
  return { startAt: StartAt, states: new Map(states.map((state) => [state.name, state])) };
}

function assignedBy(state: Written): (readonly [field: string, name: string])[] {
  const rules =
    'Choices' in state
      ? state.Choices.map((rule, index) => [`Choices[${index}]/Assign`, rule.Assign] as const)
      : 'Catch' in state
        ? state.Catch.map((rule, index) => [`Catch[${index}]/Assign`, rule.Assign] as const)
        : [];
  return [['Assign', 'Assign' in state ? state.Assign : undefined] as const, ...rules].flatMap(([field, assign]) =>
    Object.keys(assign ?? {}).map((name) => [field, name] as const),
  );
}
