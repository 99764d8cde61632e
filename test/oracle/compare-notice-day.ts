/** Compares the day of the notice before eighteen with the second reading. */
import { dayOfNotice } from '../../shared/domain/policy/due.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import { noticeDay } from './rules.ts';

export type NoticeDifference = { readonly born: string; readonly oracle: string; readonly product: string };

const DAY = 86_400_000;

/** Every so many days, a birth whose notice falls into the years from 2026 to 2035. */
export function compareNoticeDays(policy: Policy, step: number): readonly NoticeDifference[] {
  const found: NoticeDifference[] = [];
  for (let at = Date.UTC(2008, 4, 1); at < Date.UTC(2018, 2, 1); at += step * DAY) {
    const born = new Date(at).toISOString().slice(0, 10);
    const [year = 0, month = 0, date = 0] = born.split('-').map(Number);
    const oracle = new Date(noticeDay(year, month, date)).toISOString();
    const product = new Date(dayOfNotice(born, policy.calendar)).toISOString();
    if (oracle !== product) found.push({ born, oracle, product });
  }
  return found;
}
