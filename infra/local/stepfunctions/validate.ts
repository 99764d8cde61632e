/** ValidateStateMachineDefinition: what is wrong with a definition, without a machine. */
import type { Engine } from './interpreter/engine.ts';
import { DefinitionRefused, type Diagnostic } from './language/schema.ts';

type Severity = 'ERROR' | 'WARNING';
type Found = Diagnostic & { readonly severity: Severity };

const noToken = "Express state machine does not support '.waitForTaskToken' service integration ";

/** Where tasks wait for a token, which an EXPRESS machine may not. */
function tokenWaits(written: unknown, location = ''): readonly string[] {
  if (typeof written !== 'object' || written === null) return [];
  const { States, Branches, ItemProcessor, Resource } = written as Readonly<Record<string, unknown>>;
  const states = Object.entries((States ?? {}) as object);
  return [
    ...(String(Resource).endsWith('.waitForTaskToken') ? [`${location}/Resource`] : []),
    ...states.flatMap(([name, state]) => tokenWaits(state, `${location}/States/${name}`)),
    ...(Array.isArray(Branches) ? Branches : []).flatMap((each, at) => tokenWaits(each, `${location}/Branches[${at}]`)),
    ...tokenWaits(ItemProcessor, `${location}/ItemProcessor`),
  ];
}

function findings(engine: Engine, text: string, type: 'STANDARD' | 'EXPRESS'): readonly Found[] {
  try {
    const { warnings } = engine.read(text);
    const waits = type === 'EXPRESS' ? tokenWaits(JSON.parse(text)) : [];
    return [
      ...waits.map(
        (location): Found => ({ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: noToken, location }),
      ),
      ...warnings.map((warning): Found => ({ severity: 'WARNING', ...warning })),
    ];
  } catch (error) {
    if (!(error instanceof DefinitionRefused)) throw error;
    return error.diagnostics.map((found): Found => ({ severity: 'ERROR', ...found }));
  }
}

/** Warnings are told where `severity` is WARNING, and never make the result FAIL. At most `most` are told. */
export function validate(
  engine: Engine,
  text: string,
  type: 'STANDARD' | 'EXPRESS',
  { severity, most }: { readonly severity: Severity; readonly most: number },
) {
  const all = findings(engine, text, type);
  const asked = all.filter((found) => found.severity === 'ERROR' || severity === 'WARNING');
  return {
    result: all.some((found) => found.severity === 'ERROR') ? 'FAIL' : 'OK',
    diagnostics: asked
      .slice(0, most)
      .map(({ location, ...rest }) => (location === undefined ? rest : { ...rest, location })),
    truncated: asked.length > most,
  };
}
