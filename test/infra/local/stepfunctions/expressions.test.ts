import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../../../../infra/local/stepfunctions/language/expressions.ts';
import { noon } from './stage.ts';

const refused: string[] = [];
const place = {
  field: 'Output',
  offered: new Set(['input', 'context']),
  refuse: (_: string, message: string) => void refused.push(message),
  warn: () => undefined,
};
const evaluate = async (value: unknown, input: unknown = {}) =>
  compileTemplate(value, place)({ input, context: {} }, { now: noon });
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('an expression', () => {
  it.each([
    ['$millis()', noon],
    ['$states.input.list[n > 1].n', 2],
    ["'a' in ['a', 'b']", true],
    ['null', null],
    ['$states.input.list', [{ n: 1 }, { n: 2 }]],
    ['$states.input.one', [1]],
    ['$states.input.list.n', [1, 2]],
    ['$states.input.constructor ? 1 : 2', 2],
    ['$parse(\'{"a":[1]}\').a', [1]],
  ])('%s is evaluated as Step Functions does, at the instant of the movable clock', async (source, value) => {
    expect(asJson(await evaluate(`{% ${source} %}`, { list: [{ n: 1 }, { n: 2 }], one: [1] }))).toEqual(value);
  });

  it.each([
    ['a function of its own', '$map([1], function($v) { $v })'],
    ['a variable of its own', '($a := 2; $a)'],
    ['a name for an item', '$states.input.list@$l.($l.n)'],
    ['what AWS draws by chance', '$random()'],
    ['what AWS makes anew each time', '$uuid()'],
  ])('with %s is refused', (_, source) => {
    const before = refused.length;
    compileTemplate(`{% ${source} %}`, place);
    expect(refused.slice(before)).toContainEqual(expect.stringMatching(/^The local interpreter has no /));
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
    ['throws', "$number('x')", 'threw an error during evaluation. D3030'],
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
