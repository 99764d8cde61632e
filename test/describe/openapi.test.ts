/** The description of the API. It is whole in itself, covers exactly the command table, and is the stored one. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { createApi } from '../../functions/api/api.ts';
import { apiAnswers } from '../../shared/contracts/api-answers.ts';
import { apiDescription, documents, knownRefusals } from '../../shared/describe/documents.ts';
import { exampleOf } from '../../shared/describe/examples.ts';
import { describeApi, describedRoutes } from '../../shared/describe/openapi.ts';
import { refusalsIn } from '../../shared/describe/refusal-codes.ts';
import { type CommandName, commandNamed, commands } from '../../shared/domain/commands.ts';
import { roles } from '../../shared/domain/core/vocabulary.ts';
import { apiDescriptionText } from '../support/api-description.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly example: unknown;
}
interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly 'x-roles': readonly string[];
  readonly 'x-refusals': readonly { readonly status: number; readonly code?: string }[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example: unknown }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}

const known = knownRefusals();
const api = JSON.parse(JSON.stringify(describeApi(known))) as {
  readonly openapi: string;
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, { readonly examples: readonly unknown[] }>> };
};
const each = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);
const names = Object.keys(commands) as CommandName[];

/** Every value under this key, wherever it is. */
function valuesOf(key: string, node: unknown): readonly unknown[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) => [...(name === key ? [value] : []), ...valuesOf(key, value)]);
}

describe.each(documents)('the document $file', ({ file, path, text }) => {
  test('is the one that the code makes now', () => {
    const kept = readFileSync(path, 'utf8');
    expect(kept === text(), `${file} is stale: renew it with "npm run describe" and commit it.`).toBe(true);
  });
});

describe('the description of the API', () => {
  test('is made again where the code changed, so that the one that is served is of this code', () => {
    expect(apiDescriptionText() === apiDescription.text()).toBe(true);
  });

  test('has one operation for each route of the API, and each route one operation', () => {
    const { routes } = createApi({ board: {} } as Parameters<typeof createApi>[0]);
    const served = routes
      .filter(({ method }) => method !== 'ALL')
      .map(
        ({ method, path }) => `${method.toLowerCase()} ${path.replace('/api/v1', '').replaceAll(/:(\w+)/g, '{$1}')}`,
      );
    const described = each
      .map(({ method, path }) => `${method} ${path.replace(/(?<=[/]commands[/]).+$/, '{name}')}`)
      .toSorted();
    expect([...new Set(described)]).toEqual([...new Set(served)].toSorted());
    expect(
      each.filter(({ path }) => path.includes('/commands/')).map(({ operation }) => operation.operationId),
    ).toEqual(names);
  });

  test('resolves each reference', () => {
    const found = valuesOf('$ref', api) as readonly string[];
    expect(found.length).toBeGreaterThan(300);
    const dangling = found.filter((reference) => {
      const steps = reference.replace(/^#[/]/, '').split('/');
      const target = steps.reduce<unknown>((node, step) => (node as Record<string, unknown> | undefined)?.[step], api);
      return !reference.startsWith('#/') || target === undefined;
    });
    expect(dangling).toEqual([]);
  });

  test('names every part that it has', () => {
    const parts = Object.entries(api.components).filter(([kind]) => kind !== 'securitySchemes');
    const defined = parts.flatMap(([kind, named]) => Object.keys(named).map((name) => `#/components/${kind}/${name}`));
    const used = new Set(valuesOf('$ref', api));
    expect(defined.filter((part) => !used.has(part))).toEqual([]);
  });

  test('declares every parameter of every path once, and requires it', () => {
    for (const { path, operation } of each) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(
        declared.map(({ name }) => name),
        path,
      ).toEqual(inPath);
      expect(declared.every(({ required }) => required === true)).toBe(true);
      const keys = (operation.parameters ?? []).map((parameter) => `${parameter.in} ${parameter.name}`);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  test('names each operation once, under a known tag, with an answer of success and with refusals', () => {
    const ids = each.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = api.tags.map(({ name }) => name);
    for (const { operation } of each) {
      expect(tags).toEqual(expect.arrayContaining([...operation.tags]));
      const statuses = Object.keys(operation.responses);
      // What makes something answers 201; a draft is made by its first word, and saved after that.
      const done = operation.operationId === 'save-draft' ? 2 : 1;
      expect(statuses.filter((status) => status.startsWith('2'))).toHaveLength(done);
      expect(statuses).toEqual(expect.arrayContaining(['429', '500']));
      expect(statuses.includes('401')).toBe(operation.operationId !== 'read-description');
      for (const { status } of operation['x-refusals']) expect(statuses).toContain(String(status));
    }
  });

  test('says who may use each operation and which refusals it has, with an invented example of each input and answer', () => {
    // Of media types: a field may be called `content` as well.
    const bodies = (node: unknown) =>
      (valuesOf('content', node) as readonly Record<string, Record<string, unknown>>[]).filter((content) =>
        Object.keys(content).some((key) => key.includes('/')),
      );
    for (const { operation } of each) {
      const named = operation.operationId;
      if (named !== 'read-description') {
        expect([named, operation['x-roles'].length]).not.toEqual([named, 0]);
        expect(operation['x-roles'].filter((role) => !(roles as readonly string[]).includes(role))).toEqual([]);
      }
      for (const { example, name } of operation.parameters ?? [])
        expect([name, example]).not.toEqual([name, undefined]);
      for (const content of bodies(operation.requestBody ?? {})) {
        for (const media of Object.values(content)) expect([named, media.example]).not.toEqual([named, undefined]);
      }
      // Each refusal that its answers list is one that it says it has, beside those that everything has.
      const always = ['401', '429', '500'];
      const listed = Object.keys(operation.responses).filter(
        (status) => /^[45]/.test(status) && !always.includes(status),
      );
      const said = new Set(operation['x-refusals'].map(({ status }) => String(status)));
      expect([named, [...said].toSorted()]).toEqual([named, listed.toSorted()]);
    }
    for (const [name, { examples }] of Object.entries(api.components.schemas)) {
      expect([name, examples?.length]).toEqual([name, 1]);
    }
    for (const content of bodies(api.components)) {
      for (const media of Object.values(content))
        expect('example' in media || '$ref' in Object(media.schema) || 'anyOf' in Object(media.schema)).toBe(true);
    }
  });

  test('names no real person or place: every address, phone number and mail is invented', () => {
    const text = JSON.stringify(api);
    for (const [mail = ''] of text.matchAll(/[\w.]+@[\w.]+/g)) expect(mail).toMatch(/[.]example$/);
    for (const [phone = ''] of text.matchAll(/\b\d{3}-\d{3}-\d{4}\b/g)) expect(phone).toMatch(/^203-555-01/);
  });

  test('keeps to the names that the specification allows', () => {
    expect(api.openapi).toBe('3.1.0');
    const allowed = /^(operationId|summary|description|tags|security|parameters|requestBody|responses|x-.+)$/;
    for (const { operation } of each) expect(Object.keys(operation).filter((key) => !allowed.test(key))).toEqual([]);
    for (const kind of Object.values(api.components))
      for (const name of Object.keys(kind)) expect(name).toMatch(/^[a-zA-Z0-9._-]+$/);
  });
});

describe.each(names)('the operation %s', (name) => {
  const operation = api.paths[`/referrals/{id}/commands/${name}`]?.post;

  test('states the roles of the table and every code with which the domain refuses it', () => {
    expect(operation?.['x-roles']).toEqual(commandNamed(name).roles);
    const codes = operation?.['x-refusals'].flatMap(({ code }) => code ?? []);
    const inAnyStage = (commandNamed(name).stages ?? ['open']).length === 4;
    expect(codes?.includes('wrong-stage')).toBe(!inAnyStage);
    expect(codes).toEqual(expect.arrayContaining(known.get(name)?.map(({ code }) => code) ?? ['none known']));
  });

  test('has an example that its own schema takes', () => {
    const example = operation?.requestBody?.content['application/json']?.example;
    const { error } = commandNamed(name).input.safeParse(example);
    expect(error?.issues, 'Give the field an example in shared/describe/examples.ts.').toBeUndefined();
    expect(Object.keys(example as object)).toEqual(Object.keys(commandNamed(name).input.shape));
  });
});

describe('every other operation', () => {
  const shapes = describedRoutes.map(([id, { answer, body, path, method }]): [string, z.ZodType, unknown][] => [
    [id, apiAnswers[answer], api.components.schemas[answer]?.examples[0]],
    ...(body && body !== 'of-the-command'
      ? ([[id, body, api.paths[path]?.[method]?.requestBody?.content['application/json']?.example]] as [
          string,
          z.ZodType,
          unknown,
        ][])
      : []),
  ]);

  test.each(shapes.flat())('%s has examples that its own schemas take', (_, schema, example) => {
    expect(schema.safeParse(example).error?.issues).toBeUndefined();
  });
});

describe('the refusals of a command', () => {
  const source = (decide: string) => ({
    'commands.ts': `export const rows = { 'do-it': command({ ${decide} }) };`,
    'other.ts': "export function deep() { return refuse('deep', { stage, other }); }",
  });
  const sentences = { 'own/told': 'Told apart.', 'own/other': 'Not this one.', deep: 'It is {stage}, not {other}.' };
  const found = (decide: string) => refusalsIn(source(decide), sentences).get('do-it');

  test('are found in its decide function and in the functions that it calls, with their sentences', () => {
    expect(found("decide() { if (a) return refuse('own/told'); return deep(); }")).toEqual([
      { code: 'own', sentence: 'Told apart.' },
      { code: 'deep', sentence: 'It is …, not ….' },
    ]);
    expect(found('decide: () => deep()')).toEqual([{ code: 'deep', sentence: 'It is …, not ….' }]);
    expect(found('decide() { return undefined; }')).toEqual([]);
  });

  test('that cannot be read from the code stop the description', () => {
    expect(() => found('decide() { return refuse(key); }')).toThrow('no literal key');
    const without = new Map([...known].filter(([name]) => name !== 'screen'));
    expect(() => describeApi(without)).toThrow('The source of the command screen was not found');
  });
});

describe('an example', () => {
  test.each([
    [{ const: 'x' }, 'x'],
    [{ enum: ['a', 'b'] }, 'a'],
    [{ anyOf: [{ type: 'boolean' }, { type: 'string' }] }, true],
    [{ type: 'integer', minimum: 3 }, 3],
    [{ type: 'array', items: { enum: ['a'] } }, ['a']],
    [{ type: 'array' }, []],
    [{ type: 'string', format: 'date' }, '2011-05-17'],
    [{ type: 'object', properties: { deadlineId: { type: 'string' } } }, { deadlineId: 'CR-7F3KD-9QXMTQ.D15.1' }],
    [{}, {}],
  ])('of %j is %j', (schema, example) => {
    expect(exampleOf(schema)).toEqual(example);
  });
});
