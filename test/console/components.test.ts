/** The shared components, as a browser gets them. */
import { describe, expect, test } from 'vitest';
import { ButtonLink } from '../../functions/console/app/components/button-link.tsx';
import { DueTime } from '../../functions/console/app/components/due-time.tsx';
import { Icon } from '../../functions/console/app/components/icon.tsx';
import { Phone } from '../../functions/console/app/components/phone.tsx';
import { Reference } from '../../functions/console/app/components/reference.tsx';
import { SideNavigation } from '../../functions/console/app/components/side-navigation.tsx';
import { Tag } from '../../functions/console/app/components/tag.tsx';
import { Term } from '../../functions/console/app/components/term.tsx';
import { Why } from '../../functions/console/app/components/why.tsx';
import { dueIn } from '../../functions/console/app/page-words.ts';
import { shortDate } from '../../shared/domain/core/local-time.ts';

const now = '2026-11-27T15:00:00.000Z';
const textOf = (html: unknown) =>
  String(html)
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

describe('the time that is left', () => {
  test.each([
    ['2026-11-27T16:50:00.000Z', 'in 1 h 50 min'],
    ['2026-11-27T15:00:20.000Z', 'in 1 min'],
    ['2026-11-27T15:12:00.000Z', 'in 12 min'],
    ['2026-11-27T17:00:00.000Z', 'in 2 h'],
    ['2026-11-29T18:30:00.000Z', 'in 2 d 3 h'],
    ['2026-11-29T15:30:00.000Z', 'in 2 d'],
    ['2026-11-27T15:00:00.000Z', 'overdue by 1 min'],
    ['2026-11-27T12:48:00.000Z', 'overdue by 2 h 12 min'],
  ])('until %s is "%s"', (due, words) => {
    expect(dueIn(due, now)).toBe(words);
  });
});

test('a date has its weekday always, and its year only where that is another', () => {
  expect(shortDate('2026-11-27T21:18:00.000Z', now)).toBe('Fri, Nov 27, 4:18 PM');
  expect(shortDate('2027-01-04T14:00:00.000Z', now)).toBe('Mon, Jan 4, 2027, 9:00 AM');
  // It is still 2026 in New York.
  expect(shortDate('2027-01-01T03:00:00.000Z', now)).toBe('Thu, Dec 31, 10:00 PM');
});

test('a due time says the date and the time that is left, and short only that', () => {
  const due = '2026-11-27T16:50:00.000Z';
  expect(textOf(DueTime({ due, now }))).toBe('Fri, Nov 27, 11:50 AM (in 1 h 50 min)');
  const short = String(DueTime({ due, now, short: true }));
  expect(textOf(short)).toBe('in 1 h 50 min');
  expect(short).toContain('title="Fri, Nov 27, 11:50 AM"');
});

test('a number dials with its extension', () => {
  const html = String(Phone({ number: '203-555-0144 x 7' }));
  expect(textOf(html)).toBe('203-555-0144 x 7');
  expect(html).toContain('href="tel:+12035550144;ext=7"');
});

test('a tag says its words, and why unfolds the rule with its source and confidence', () => {
  expect(textOf(Tag({ kind: 'danger', children: 'In danger' }))).toBe('In danger');
  expect(textOf(Why({ rule: 'The law gives two hours.', source: 'C.G.S. 17a-101g', confidence: 'law' }))).toBe(
    'Why? The law gives two hours. C.G.S. 17a-101g · law',
  );
});

test('the page of here is marked in the navigation beside it', () => {
  const links = [
    { href: '/a', words: 'Overview' },
    { href: '/b', words: 'Tasks' },
  ];
  expect(String(SideNavigation({ label: 'This referral', links, here: '/b' }))).toMatch(
    /<a href="\/a">Overview.*<a href="\/b" class="usa-current" aria-current="page">Tasks/,
  );
});

test('a reference is one word, as a link or without', () => {
  expect(String(Reference({ id: 'CR-A', base: '/training' }))).toBe(
    '<a class="reference" href="/training/referrals/CR-A">CR-A</a>',
  );
  expect(String(Reference({ id: 'CR-A' }))).toBe('<span class="reference">CR-A</span>');
});

test('a term says what it means, and leads to the list of terms', () => {
  expect(String(Term({ base: '', name: 'mdt', children: 'MDT' }))).toMatch(
    /^<a class="term" href="\/help\/words#mdt" title="A multi-disciplinary team[^"]+">MDT<\/a>$/,
  );
});

test('icons are hidden from a screen reader, and a link may look like a button', () => {
  expect(String(Icon({ name: 'phone' }))).toContain('aria-hidden="true"');
  expect(String(ButtonLink({ href: '/x', kind: 'outline', children: 'Open' }))).toBe(
    '<a class="usa-button usa-button--outline" href="/x">Open</a>',
  );
});
