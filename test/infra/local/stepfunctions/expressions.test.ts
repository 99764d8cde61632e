import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../../../../infra/local/stepfunctions/language/expressions.ts';
import { noon } from './stage.ts';

const refused: string[] = [];
const place = {
  field: 'Output',
  offered: new Set(['input', 'context']),
  variables: new Set(['count', 'list']),
  refuse: (_: string, message: string) => void refused.push(message),
  warn: () => undefined,
  refer: () => undefined,
};
const around = { now: noon, variables: { count: 2, list: [1, 2, 3] }, random: () => 0.25 };
const evaluate = async (value: unknown, input: unknown = {}) =>
  compileTemplate(value, place)({ input, context: {} }, around);
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('an expression', () => {
  it.each([
    ['$millis()', noon],
    ['$now()', '2026-03-02T12:00:00.000Z'],
    ["$now('[Y0001]-[M01]-[D01] [H01]:[m01]', '-0500')", '2026-03-02 07:00'],
    ['($a := 2; $map([1, 2], function($v) { $v * $a }))', [2, 4]],
    ['$states.input.list[n > 1].n', 2],
    ['$states.input.list#$i.($i)', [0, 1]],
    ["'a' in ['a', 'b']", true],
    ['null', null],
    ['$states.input.list', [{ n: 1 }, { n: 2 }]],
    ['$states.input.one', [1]],
    ['$states.input.list.n', [1, 2]],
    ['$states.input.constructor ? 1 : 2', 2],
    ['$count + 1', 3],
    ['$sum($list)', 6],
    ['($count := 5; $count)', 5],
    ['$partition([1..5], 2)', [[1, 2], [3, 4], [5]]],
    ['$range(1, 5, 2)', [1, 3, 5]],
    ['$range(5, 1, -2)', [5, 3, 1]],
    ["$hash('abc', 'MD5')", '900150983cd24fb0d6963f7d28e17f72'],
    ["$hash('abc', 'SHA-1')", 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ["$length($hash('abc', 'SHA-512'))", 128],
    ['$random()', 0.25],
    ['$random(7) = $random(7)', true],
    ['$random(7) = $random(8)', false],
    ['$match($uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/).index', 0],
    ['$uuid() = $uuid()', false],
    ['$parse(\'{"a":[1]}\').a', [1]],
  ])('%s is evaluated as Step Functions does, at the instant of the movable clock', async (source, value) => {
    expect(asJson(await evaluate(`{% ${source} %}`, { list: [{ n: 1 }, { n: 2 }], one: [1] }))).toEqual(value);
  });

  it('stands only where a string begins and ends with its marks', async () => {
    expect(await evaluate({ plain: ' {% 1 %} ', 'key.$': '$.a', list: ['{% 1 + 1 %}', 'x'] })).toEqual({
      plain: ' {% 1 %} ',
      'key.$': '$.a',
      list: [2, 'x'],
    });
    compileTemplate('{% 1', place);
    expect(refused).toEqual(['It begins with {% and does not end with %}.']);
  });

  it.each([
    ['throws', "$number('x')", 'threw an error during evaluation. D3030'],
    ['gives nothing', '$states.input.missing', 'returned nothing (undefined)'],
    ['gives a function', 'function($x) { $x }', 'returned an unsupported result type.'],
    ['asks for too long a range', '$range(1, 400000, 1)', 'evaluation: Expression evaluation memory limit exceeded'],
    ['asks for a range that goes nowhere', '$range(1, 2, 0)', 'returned nothing (undefined)'],
    ['asks for parts of less than nothing', '$partition([1], -1)', 'must be positive'],
    ['asks for an unknown hash', "$hash('a', 'CRC')", '$hash knows MD5, SHA-1, SHA-256, SHA-384, SHA-512'],
    ['parses what is not JSON', "$parse('{')", 'threw an error during evaluation: '],
    ['never ends', '($f := function() { $f() }; $f())', 'evaluation: Expression evaluation timeout'],
    ['seeds with a text', "$random('a')", 'must be a number'],
  ])('that %s fails its state', async (_, source, why) => {
    await expect(evaluate(`{% ${source} %}`)).rejects.toMatchObject({
      error: 'States.QueryEvaluationError',
      message: expect.stringContaining(why),
      location: 'Output',
    });
  });
});
