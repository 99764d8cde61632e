/**
 * What stood when a form was shown. A form of what stands is filled with it, so it sends again what its sender did not touch.
 * The values that stood go along, hidden. So it is known what the sender wrote, and what was only shown.
 */
import type { CommandName } from '../../../shared/domain/commands.ts';
import type { Field, Presets } from './form-fields.ts';

const nameOf = (path: string): string => `stood.${path}`;

/** The controls of a field and of those within it. */
const pathsOf = (fields: readonly Field[]): readonly string[] =>
  fields.flatMap((field) => (field.kind === 'group' ? pathsOf(field.fields) : [field.path]));

/** The hidden values of a form, by their names. */
export const stoodIn = (
  stood: Presets,
  fields: readonly Field[],
): readonly (readonly [name: string, value: string])[] =>
  pathsOf(fields).flatMap((path) => (stood[path] ?? []).map((value) => [nameOf(path), value] as const));

/** A browser sends each line end as two marks. */
const alike = (values: readonly string[]): string =>
  JSON.stringify(values.map((value) => value.replaceAll('\r\n', '\n').trim()).filter((value) => value !== ''));

const isUntouched = (form: URLSearchParams, path: string): boolean =>
  alike(form.getAll(path)) === alike(form.getAll(nameOf(path)));

/** The filled fields that the sender left as they were shown. */
const untouchedIn = (form: URLSearchParams): readonly string[] =>
  [...new Set(form.keys())]
    .filter((name) => name.startsWith('stood.'))
    .map((name) => name.slice('stood.'.length))
    .filter((path) => isUntouched(form, path));

/** Acts that change a part and keep the rest: what is left out stays as it was. */
const partsOf: Readonly<Partial<Record<CommandName, readonly string[] | 'all'>>> = {
  'add-to-report': 'all',
  'correct-identity': 'all',
  'correct-reporter': 'all',
  'note-card': 'all',
  'record-facts': 'all',
  'schedule-meeting': ['directions'],
};

/** The form without what was only shown, where the act keeps what is left out. No one is told of a change that is none. */
export function withoutUntouched(name: CommandName, form: URLSearchParams): URLSearchParams {
  const parts = partsOf[name] ?? [];
  const changed = new URLSearchParams(form);
  for (const path of untouchedIn(form)) if (parts === 'all' || parts.includes(path)) changed.delete(path);
  return changed;
}

/** A form that comes back after others changed the referral. What its sender did not touch is as it stands now. */
export function withStanding(form: URLSearchParams, now: Presets): URLSearchParams {
  const shown = new URLSearchParams(form);
  for (const path of [...untouchedIn(form), ...Object.keys(now).filter((path) => isUntouched(form, path))]) {
    shown.delete(path);
    for (const value of now[path] ?? []) shown.append(path, value);
  }
  return shown;
}
