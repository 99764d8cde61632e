import { describe, expect, test } from 'vitest';
import { commands } from '../../../shared/domain/commands.ts';
import { freeText, identityText, part2Text, reasonText } from '../../../shared/domain/core/fields.ts';

const zeroWidth = '\u200b';
const takes = (field: ReturnType<typeof freeText>, text: string) => field.safeParse(text).success;

describe('a reason', () => {
  test.each([
    ['ten letters', 'abcdefghij', true],
    ['letters of another script', 'Она у своей тёти', true],
    ['nine letters and a mark', 'abcdefghi!', false],
    ['spaces between two letters', 'a             b', false],
    ['spaces of zero width', zeroWidth.repeat(40), false],
    ['spaces of zero width between letters', `a${zeroWidth.repeat(20)}b`, false],
    ['dots', '..............', false],
    ['marks that join and direct', '\u2060\u200d\u200e\u00ad\ufeff'.repeat(5), false],
  ])('of %s', (_, text, isTaken) => {
    expect(takes(reasonText('decisionReasons'), text)).toBe(isTaken);
  });

  test.each([
    ['assess-danger', { danger: 'no', reason: zeroWidth.repeat(40) }],
    ['withhold-parents-notice', { ground: 'best-interests', reason: zeroWidth.repeat(40) }],
    ['take-emergency-access', { because: 'danger-now', reason: zeroWidth.repeat(40) }],
    ['review-emergency-access', { use: 1, finding: 'justified', reason: zeroWidth.repeat(40) }],
  ] as const)('of spaces without a width is not taken by %s', (name, input) => {
    const parsed = commands[name].input.safeParse(input);
    expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toContain('reason');
  });
});

test.each([
  ['a free text', freeText('decisionReasons')],
  ['a text that stands apart', part2Text()],
  ['a name', identityText('child-name')],
])('%s has at least one letter or digit', (_, field) => {
  expect([zeroWidth, ' ', '—', '\u2060'].map((text) => takes(field, text))).toEqual([false, false, false, false]);
  expect(['x', '7', 'é'].map((text) => takes(field, text))).toEqual([true, true, true]);
});
