import { expect, test } from 'vitest';
import { deliveryPatience } from '../../shared/domain/alert-watch.ts';

const sentAt = '2026-11-09T15:00:00.000Z';
const minute = 60_000;

test.each([
  [15, 'nothing is due', undefined],
  [15, 'it is due in three hours', '2026-11-09T18:00:00.000Z'],
  [12, 'it is due in two hours', '2026-11-09T17:00:00.000Z'],
  [3, 'it is due in half an hour', '2026-11-09T15:30:00.000Z'],
  [1, 'it is due in five minutes', '2026-11-09T15:05:00.000Z'],
  [1, 'it is overdue', '2026-11-09T12:00:00.000Z'],
] as const)('a mail may take %i minutes to arrive where %s', (minutes, _, due) => {
  expect(deliveryPatience(sentAt, due)).toBe(minutes * minute);
});
