import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { problemsIn } from '../../../shared/application/input/problems.ts';
import { type CommandName, commandNamed, commands } from '../../../shared/domain/commands.ts';
import { reportInput } from '../../../shared/domain/intake/report.ts';

const problemsOf = (schema: z.ZodType, input: unknown) => {
  const parsed = schema.safeParse(input);
  return parsed.success ? [] : problemsIn(parsed.error);
};

describe('the problems of an input', () => {
  test.each<[string, object, object]>([
    ['a missing field', {}, { path: 'narrative', sentence: 'This field is required.' }],
    ['one of the wrong kind', { narrative: 7, children: [] }, { path: 'narrative', sentence: 'Give text.' }],
    ['an empty text', { narrative: '' }, { path: 'narrative', sentence: 'Write something here.' }],
    ['an unknown code', { channel: 'letter' }, { path: 'channel', sentence: 'Choose one of: phone, form, unknown.' }],
    ['an unknown field', { reporter: { fax: 1 } }, { path: 'reporter.fax', sentence: 'There is no such field.' }],
    [
      'a field of a child',
      { children: [{}, { danger: 'no', missingEpisodes: 'often' }] },
      { path: 'children[1].missingEpisodes', sentence: 'Give a number, or "unknown".' },
    ],
    [
      'a number that is too small',
      { children: [{ missingEpisodes: -1 }] },
      { path: 'children[0].missingEpisodes', sentence: 'Give a number of at least 0.' },
    ],
    [
      'a number that is too large',
      { children: [{ approximateAge: 45 }] },
      { path: 'children[0].approximateAge', sentence: 'Give a number of at most 30.' },
    ],
    [
      'an age that is neither a number nor two',
      { children: [{ approximateAge: 'ten' }] },
      { path: 'children[0].approximateAge', sentence: 'Give a number, or an object with named fields.' },
    ],
    [
      'a text that is too long',
      { narrative: 'x'.repeat(20_001) },
      { path: 'narrative', sentence: 'Give at most 20,000 characters.' },
    ],
    ['an empty list', { children: [{ race: [] }] }, { path: 'children[0].race', sentence: 'Give at least 1 entry.' }],
    [
      'an instant that is none',
      { children: [{ lastAssaultAt: 'yesterday' }] },
      {
        path: 'children[0].lastAssaultAt',
        sentence: 'Give date, time and zone, such as 2026-11-25T15:00:00-05:00, or "none-known", or "unknown".',
      },
    ],
    [
      'an instant of an impossible year',
      { children: [{ lastAssaultAt: '0000-11-25T15:00:00Z' }] },
      { path: 'children[0].lastAssaultAt', sentence: 'Give a year from 2000 to 2099.' },
    ],
    ['a child that is none', { children: [7] }, { path: 'children[0]', sentence: 'Give an object with named fields.' }],
    [
      'an instant without a zone',
      { receivedAt: '2026-11-09T10:00:00' },
      { path: 'receivedAt', sentence: 'Give date, time and zone, such as 2026-11-25T15:00:00-05:00.' },
    ],
  ])('name %s and say what to do', (_, input, problem) => {
    expect(problemsOf(reportInput, input)).toContainEqual(problem);
  });

  test('are one for each field, the closest one', () => {
    const problems = problemsOf(reportInput, { narrative: 'A', children: [{ danger: 'no', missingEpisodes: 1e21 }] });
    expect(problems).toEqual([{ path: 'children[0].missingEpisodes', sentence: expect.stringMatching(/at most \d+/) }]);
    expect(problems[0]?.sentence).not.toContain(String(Number.MAX_SAFE_INTEGER));
  });

  test('ask for yes or no where the question takes those', () => {
    expect(problemsOf(commandNamed('explain-miss').input, { willBeKept: 'yes' })).toContainEqual({
      path: 'willBeKept',
      sentence: 'Give true or false.',
    });
  });

  test("keep the domain's sentence about a choice", () => {
    const { input } = commandNamed('propose-withdrawal');
    const because = problemsOf(input, { because: 'reporter-changed-mind', reason: 'Words.' });
    expect(because).toMatchObject([{ path: 'because', sentence: expect.stringContaining('never because a reporter') }]);
  });

  test('name an unknown field only where its name looks like one', () => {
    for (const odd of ['Aspen Example, 12', '203-555-0142', '2011-03-04', 'x'.repeat(41), 'año', '']) {
      expect(problemsOf(z.strictObject({}), { [odd]: 1 }), odd).toEqual([
        { path: '', sentence: 'There is a field here that is not known.' },
      ]);
    }
  });

  test.each([
    ['date_of_birth', { date_of_birth: 1 }],
    ['SSN', { SSN: 1 }],
    ['Narrative', { Narrative: 1 }],
    ['first-name2', { 'first-name2': 1 }],
    ['children[0].Name', { children: [{ Name: 1 }] }],
  ])('name the field %s as another system may call it', (path, input) => {
    expect(problemsOf(reportInput, input)).toContainEqual({ path, sentence: 'There is no such field.' });
  });
});

describe('any input', () => {
  const schemas: readonly [string, z.ZodType][] = [
    ['report', reportInput],
    ...(Object.keys(commands) as CommandName[]).map((name): [string, z.ZodType] => [name, commandNamed(name).input]),
  ];
  const secret = '«Aspen Example»';
  /** Wrong values that hold a secret, in any shape. */
  const poison = fc.constantFrom<unknown>(
    secret,
    [secret],
    { known: secret },
    { from: secret, to: secret },
    { [secret]: secret },
    [{ [secret]: 1 }],
  );

  test.each(schemas)('has problems that never repeat a value of %s', (_, schema) => {
    const shape = (schema as z.ZodObject).shape;
    const fields = [...Object.keys(shape), 'children'];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...fields, secret, 'unknown'), poison), (input) => {
        for (const { path, sentence } of problemsOf(schema, input)) expect(path + sentence).not.toContain(secret);
      }),
      { numRuns: 60 },
    );
  });

  test('has problems that never repeat a value of a child', () => {
    const [child] = [reportInput.shape.children.element];
    const fields = Object.keys(child.shape);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...fields, secret), poison, { minKeys: 1 }), (input) => {
        const problems = problemsOf(reportInput, { narrative: 'Words.', children: [input] });
        for (const { path, sentence } of problems) {
          expect(path + sentence).not.toContain(secret);
          expect(sentence).not.toMatch(/Invalid|Too (small|big)|expected|[<>]=/);
        }
      }),
      { numRuns: 100 },
    );
  });
});
