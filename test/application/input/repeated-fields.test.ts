import fc from 'fast-check';
import { expect, test } from 'vitest';
import { repeatedFields } from '../../../shared/application/input/repeated-fields.ts';

test.each([
  ['nothing', '"a"', []],
  ['of two objects', '{"children":[{"danger":"yes"},{"danger":"no"}],"danger":{"danger":1}}', []],
  ['text that looks like one', String.raw`{"a":"\",\"a\":1","b":"{\"b\":[","c":"\\"}`, []],
  ['at the top', '{"danger":"yes","danger":"no"}', ['danger']],
  ['the same value', '{ "danger" : "yes" , "danger" : "yes" }', ['danger']],
  ['three times', '{"a":1,"a":2,"a":3}', ['a', 'a']],
  ['in a list', '{"children":[{"age":[1,2]},{"danger":"yes","x":{},"danger":"no"}]}', ['children[1].danger']],
  ['after an object', '{"a":{"b":1,"c":{"d":[]}},"a":0}', ['a']],
  ['in another spelling', String.raw`{"danger":"yes","d\u0061nger":"no"}`, ['danger']],
  ['of an unknown name', '{"child":{"Aspen Example":1,"Aspen Example":2}}', ['child']],
  ['names that prototypes have', '{"__proto__":1,"constructor":2,"__proto__":3}', ['__proto__']],
])('repeated fields: %s', (_, json, paths) => {
  expect(JSON.parse(json)).toBeDefined();
  expect(repeatedFields(json).map(({ path }) => path)).toEqual(paths);
});

test('a written object has no repeated field, and an added one is found in any object', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(repeatedFields(json)).toEqual([]);
      expect(repeatedFields(`{"a":${json},"a":${json}}`)).toHaveLength(1);
      expect(repeatedFields(`[${json},{"a":[${json},{}],"a":1}]`)).toMatchObject([{ path: '[1].a' }]);
    }),
  );
});

test('a text of any length and depth is read', () => {
  expect(repeatedFields(JSON.stringify({ a: '"\\'.repeat(3_000_000) }))).toEqual([]);
  expect(repeatedFields('['.repeat(100_000) + ']'.repeat(100_000))).toEqual([]);
});
