import { expect, test } from 'vitest';
import { numberWords, onCallNow, standingWords, telephoneLink } from '../../../shared/domain/directory/on-call.ts';
import { at, morning, shift } from './shift-builder.ts';

const place = { role: 'area-oncall', scope: 'office-HARTFORD' } as const;
const duties = [{ personId: 'P-1' }, { personId: 'P-2' }];

test('who is on shift comes first, and the directory’s order stands behind, each once', () => {
  const shifts = [shift('P-2', 0, 12, { phone: '203-555-0177' }), shift('P-3', 0, 12, { order: 2 })];
  expect(onCallNow(shifts, place, duties, morning)).toEqual([
    { personId: 'P-2', by: 'shift', until: at(12), phone: '203-555-0177' },
    { personId: 'P-3', by: 'shift', until: at(12) },
    { personId: 'P-1', by: 'directory' },
  ]);
});

test('without a shift the first of the directory is said to be the fallback', () => {
  const order = onCallNow([shift('P-2', 12, 24)], place, duties, morning);
  expect(order.map((entry) => standingWords(entry, morning))).toEqual([
    'no shift entered: first in the directory',
    'next in the directory',
  ]);
});

test('a number says until when its person is on call', () => {
  const person = { personId: 'P-2', by: 'shift', until: at(12), phone: '203-555-0104' } as const;
  expect(numberWords(person, morning)).toBe('203-555-0104 (on call until 8:00 PM)');
  expect(numberWords({ ...person, until: at(24) }, morning)).toBe('203-555-0104 (on call until Thu, Nov 26, 8:00 AM)');
});

test.each([
  ['203-555-0100', 'tel:+12035550100'],
  ['1-800-843-5678', 'tel:+18008435678'],
  ['+1 (203) 555-0100', 'tel:+12035550100'],
  ['203-555-0100 ext. 12', 'tel:+12035550100;ext=12'],
  ['203.555.0100 x12', 'tel:+12035550100;ext=12'],
  ['911', 'tel:911'],
])('%s is dialed by %s', (phone, link) => {
  expect(telephoneLink(phone)).toBe(link);
});
