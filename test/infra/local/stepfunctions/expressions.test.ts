import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../../../../infra/local/stepfunctions/language/expressions.ts';
import { noon } from './stage.ts';

const refused: string[] = [];
const place = {
  field: 'Output',
  offered: new Set(['input', 'context']),
  refuse: (message: string) => void refused.push(message),
};
const evaluate = async (value: unknown, input: unknown = {}) =>
  compileTemplate(value, place)({ input, context: {} }, { now: noon });
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('an expression', () => {
  it.each([
    ['$millis()', noon],
    ["'a' in ['a', 'b']", true],
    ['null', null],
    ['$states.input.list', [{ n: 1 }, { n: 2 }]],
    ['$states.input.one', [1]],
    ['$states.input.list.n', [1, 2]],
    ['$states.input.constructor ? 1 : 2', 2],
    ['$parse(\'{"a":[1]}\')', { a: [1] }],
    ['$states.input.list ? 1 : 2', 1],
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
    expect(refused.at(-1)).toBe('It begins with {% and does not end with %}.');
  });

  it.each([
    ['throws', "$toMillis('x')", 'threw an error during evaluation. D3110'],
    ['gives nothing', '$states.input.missing', 'returned nothing (undefined)'],
    ['parses what is not JSON', "$parse('{')", 'threw an error during evaluation: '],
  ])('that %s fails its state', async (_, source, why) => {
    await expect(evaluate(`{% ${source} %}`)).rejects.toMatchObject({
      error: 'States.QueryEvaluationError',
      message: expect.stringContaining(why),
      location: 'Output',
    });
  });
});
