/**
 * Rows of the board as many invented referrals would have left them. The referrals are of every other region, open or
 * closed, due one after the other.
 */
import { createHash } from 'node:crypto';
import { type BoardRow, boardRow } from '../../shared/domain/board/board-row.ts';
import { boardRows } from '../../shared/domain/board/board-rows.ts';
import { referenceFrom } from '../../shared/domain/core/ids.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';
import { referral, referralId, routingTo } from './referral-builder.ts';

const minutes = (instant: string, count: number) => new Date(Date.parse(instant) + count * 60_000).toISOString();
const shifts = ['due', 'nextDue', 'receivedAt'] as const;

/** The reference of the `number`th invented referral. */
export const inventedReference = (number: number): string =>
  referenceFrom('CR', createHash('sha256').update(`invented ${number}`).digest());

function patterns(): readonly (readonly BoardRow[])[] {
  const { state } = referral({ danger: 'yes' }).run();
  const closed: Referral = {
    ...state,
    stage: 'closed',
    deadlines: Object.fromEntries(
      Object.entries(state.deadlines).map(([id, deadline]) => [id, { ...deadline, status: 'kept' as const }]),
    ),
  };
  const there = (each: Referral, office: string, region: number): Referral => ({
    ...each,
    places: { ...each.places, routing: { ...routingTo('MDT-HARTFORD'), confirmed: true, office, region } },
  });
  return [state, closed]
    .flatMap((each) => [there(each, 'HARTFORD', 4), there(each, 'NEW-HAVEN', 2), there(each, 'DANBURY', 5)])
    .map((each) => boardRows(each, connecticut20261))
    .map((rows) => rows.filter(({ queue, owner }) => (queue ?? owner) !== undefined));
}

/** The rows of `count` referrals, the first of them the `from`th; each report a minute after the one before. */
export function invented(from: number, count: number): readonly object[] {
  const every = patterns();
  return Array.from({ length: count }, (_, index) => from + index).flatMap((number) => {
    const id = inventedReference(number);
    return (every[number % every.length] ?? []).map((row) => {
      const moved = boardRow.parse(JSON.parse(JSON.stringify(row).replaceAll(referralId, id)));
      for (const field of shifts) {
        const instant = moved[field];
        if (instant !== undefined && instant < '9') moved[field] = minutes(instant, number);
      }
      return { pk: moved.kind, sk: moved.id, ...moved };
    });
  });
}
