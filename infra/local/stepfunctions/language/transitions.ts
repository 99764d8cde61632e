/** Where the states of a definition lead. */
import type { Written } from './schema.ts';

/** Every transition has its target, every state is some state's target, and the definition can end. */
export function checkTransitions(
  startAt: string,
  written: readonly { readonly name: string; readonly at: string; readonly parsed: Written }[],
  report: (message: string, location: string | undefined, code: string) => void,
): void {
  const code = 'MISSING_TRANSITION_TARGET';
  const names = new Set(written.map(({ name }) => name));
  const targets = new Set<string>();
  const aims = written.flatMap(({ name, at, parsed }) => targetsOf(parsed).map((aim) => ({ ...aim, from: name, at })));
  for (const { target, from, at, field } of [{ target: startAt, from: '', at: '', field: 'StartAt' }, ...aims]) {
    if (!names.has(target)) report(`Missing 'Next' target: ${target}`, `${at}/${field}`, code);
    if (target !== from) targets.add(target);
  }
  const ends = ({ Type, ...rest }: Written) => Type === 'Succeed' || Type === 'Fail' || ('End' in rest && rest.End);
  if (!written.some(({ parsed }) => ends(parsed))) {
    report('Workflow has no terminal state', undefined, 'MISSING_END_STATE');
    return;
  }
  for (const { name, at } of written) {
    if (!targets.has(name)) report(`State "${name}" is not reachable.`, at, code);
  }
}

function targetsOf(state: Written): { readonly target: string; readonly field: string }[] {
  const list = [
    ...('Next' in state && state.Next !== undefined ? [{ target: state.Next, field: 'Next' }] : []),
    ...('Catch' in state
      ? state.Catch.map(({ Next }, index) => ({ target: Next, field: `Catch[${index}]/Next` }))
      : []),
  ];
  if (state.Type !== 'Choice') return list;
  return [
    ...state.Choices.map(({ Next }, index) => ({ target: Next, field: `Choices[${index}]/Next` })),
    ...(state.Default === undefined ? [] : [{ target: state.Default, field: 'Default' }]),
  ];
}
