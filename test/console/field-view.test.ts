/** The controls of every form, as a person reads them. */
import { expect, test } from 'vitest';
import * as z from 'zod';
import { Fields } from '../../functions/console/forms/field-view.tsx';
import { type Field, fieldsOf } from '../../functions/console/forms/form-fields.ts';
import { commands } from '../../shared/domain/commands.ts';
import { childInput, reportInput } from '../../shared/domain/intake/report.ts';

const forms: readonly (readonly [string, readonly Field[]])[] = [
  ...Object.entries(commands).map(([name, { input }]) => [name, fieldsOf(input)] as const),
  ['report', fieldsOf(reportInput.omit({ children: true }))],
  ['child', fieldsOf(childInput as unknown as Parameters<typeof fieldsOf>[0], 'children[0]')],
];
const shown = (id: string, fields: readonly Field[]) => String(Fields({ fields, form: { id } }));
const every = (field: Field): readonly Field[] => (field.kind === 'group' ? field.fields.flatMap(every) : [field]);

test('no list of choices has the same words twice', () => {
  let lists = 0;
  for (const [name, fields] of forms) {
    for (const [, options = ''] of shown(name, fields).matchAll(/<select[^>]*>(.*?)<\/select>/gs)) {
      const choices = [...options.matchAll(/<option[^>]*>(.*?)<\/option>/gs)].map(([, choice]) => choice);
      expect([name, choices], name).toEqual([name, [...new Set(choices)]]);
      lists += 1;
    }
  }
  expect(lists).toBeGreaterThan(50);
});

test('no form starts with an answer: a person gives each', () => {
  let answers = 0;
  for (const [name, fields] of forms) {
    const html = shown(name, fields);
    expect([name, html.match(/<input[^>]* checked/g)], name).toEqual([name, null]);
    expect([name, html.match(/<option value="[^"]+" selected/g)], name).toEqual([name, null]);
    answers += html.match(/ type="radio"|<select/g)?.length ?? 0;
  }
  expect(answers).toBeGreaterThan(200);
});

test('what is left empty is stored as unknown or as none, never as yes or no', () => {
  const defaults: (readonly [string, unknown])[] = [];
  const look = (schema: unknown, path: string): void => {
    if (schema instanceof z.ZodDefault) defaults.push([path, schema.def.defaultValue]);
    if (schema instanceof z.ZodObject)
      for (const [name, each] of Object.entries(schema.shape)) look(each, `${path}.${name}`);
    if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) look(schema.unwrap(), path);
    if (schema instanceof z.ZodArray) look(schema.element, path);
    if (schema instanceof z.ZodPipe) look(schema.in, path);
  };
  for (const [name, { input }] of Object.entries(commands)) look(input, name);
  look(reportInput, 'report');
  expect(defaults.length).toBeGreaterThan(20);
  const decided = defaults.filter(
    ([, value]) =>
      !(
        ['unknown', 'none'].includes(String(value)) ||
        typeof value === 'number' ||
        (Array.isArray(value) && value.every((each) => each === 'unknown'))
      ),
  );
  expect(decided).toEqual([]);
});

test('only the time of an act may be left empty for "now"', () => {
  const instants = forms.flatMap(([, fields]) => fields.flatMap(every)).filter(({ kind }) => kind === 'instant');
  const now = instants.filter(({ hint = '' }) => hint.includes('if it is now'));
  expect([...new Set(now.map(({ label }) => label))].toSorted()).toEqual(['Time of call', 'When it took place']);
  const proposed = instants.find(({ path }) => path === 'proposedTime');
  expect(proposed?.hint).toBe('New York time. Leave empty if the time of the meeting suits you.');
});

test('a reason that may be too short says its least length before it is sent', () => {
  const reasons = Object.entries(commands).flatMap(([name, { input }]) =>
    Object.entries(input.shape as Record<string, z.ZodType>).flatMap(([field, schema]) =>
      !schema.safeParse('Too short').success && schema.safeParse('Words that are long enough.').success
        ? [[name, field] as const]
        : [],
    ),
  );
  expect(reasons.length).toBeGreaterThan(10);
  for (const [name, field] of reasons) {
    const html = shown(name, fieldsOf(commands[name as keyof typeof commands].input));
    expect([name, html]).toEqual([
      name,
      expect.stringContaining(
        `<span class="usa-hint" id="${name}-${field}-hint">At least 10 letters or digits.</span>`,
      ),
    ]);
  }
});
