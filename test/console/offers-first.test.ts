/** In which order a provider reads an offer and the duties of its service. */
import { expect, test } from 'vitest';
import { offersFirst } from '../../functions/console/queue/tasks-page.tsx';
import type { BoardRow } from '../../shared/domain/board/board-row.ts';

const row = (more: Partial<BoardRow>): BoardRow => ({
  kind: 'deadline',
  id: 'R-1',
  referralId: 'CR-1',
  seq: 1,
  due: '2026-11-10T03:00:00Z',
  stage: 'open',
  missed: 0,
  open: 1,
  ...more,
});
const contact = row({ id: 'contact', rule: 'D19b', subject: 'victim-advocacy' });
const answer = row({ id: 'answer', rule: 'D35b', subject: 'victim-advocacy' });
const linkage = row({ id: 'linkage', kind: 'linkage', subject: 'victim-advocacy' });
const offer = row({ ...linkage, linkage: 'offered' });
const elsewhere = row({ id: 'elsewhere', referralId: 'CR-2', rule: 'D19b', subject: 'victim-advocacy' });

const order = (...rows: readonly BoardRow[]) => offersFirst(rows).map(({ id }) => id);

test('an offer without an answer is one line, with the duties of its service in it', () => {
  expect(order(elsewhere, contact, answer, offer)).toEqual(['elsewhere', 'linkage']);
  expect(order(offer, contact)).toEqual(['linkage']);
  const [line] = offersFirst([contact, offer, answer]);
  expect(line?.follows?.map(({ id }) => id)).toEqual(['contact', 'answer']);
});

test('an accepted service with a duty has the line of the duty alone', () => {
  expect(order(contact, linkage)).toEqual(['contact']);
  expect(order(elsewhere, linkage)).toEqual(['elsewhere', 'linkage']);
});
