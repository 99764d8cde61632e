/** Where the states of a definition lead. */
import type { Report } from './read-state.ts';
import type { Written } from './schema.ts';

/** Every transition has its target, and every state is another's target. */
export function checkTransitions(
  startAt: string,
  written: readonly { readonly name: string; readonly at: string; readonly parsed: Written }[],
  report: Report,
): void {
  const names = new Set(written.map(({ name }) => name));
  if (!names.has(startAt)) report(`There is no state ${startAt}`, '/StartAt');
  const targets = new Set([startAt]);
  for (const { name, at, parsed } of written) {
    for (const target of targetsOf(parsed)) {
      if (!names.has(target)) report(`There is no state ${target} to go to`, at);
      if (target !== name) targets.add(target);
    }
  }
  for (const { name, at } of written) if (!targets.has(name)) report('No state leads here', at);
}

function targetsOf(state: Written): readonly string[] {
  const rules = [
    ...('Catch' in state ? state.Catch : []),
    ...(state.Type === 'Choice' ? [...state.Choices, { Next: state.Default }] : []),
    ...('Next' in state ? [{ Next: state.Next }] : []),
  ];
  return rules.flatMap(({ Next }) => Next ?? []);
}
