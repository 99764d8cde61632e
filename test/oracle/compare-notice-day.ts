/** Compares the day of the notice before eighteen, and the start of the plan of law, with the second reading. */
import { dayOfNotice, planOpens } from '../../shared/domain/policy/due.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import { monthOfPlan, noticeDay } from './rules.ts';

export type NoticeDifference = { readonly born: string; readonly oracle: string; readonly product: string };

const DAY = 86_400_000;

/** Every so many days, a birth whose notice falls into the years from 2026 to 2035. */
export function compareNoticeDays(policy: Policy, step: number): readonly NoticeDifference[] {
  const found: NoticeDifference[] = [];
  for (let at = Date.UTC(2008, 4, 1); at < Date.UTC(2018, 2, 1); at += step * DAY) {
    const born = new Date(at).toISOString().slice(0, 10);
    const [year = 0, month = 0, date = 0] = born.split('-').map(Number);
    const notice = dayOfNotice(born, policy.calendar);
    for (const [oracle, product] of [
      [noticeDay(year, month, date), notice],
      [monthOfPlan(year, month, date), planOpens(notice)],
    ] as const) {
      const [ours, theirs] = [new Date(product).toISOString(), new Date(oracle).toISOString()];
      if (ours !== theirs) found.push({ born, oracle: theirs, product: ours });
    }
  }
  return found;
}
