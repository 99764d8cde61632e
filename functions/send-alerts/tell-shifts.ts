import type { composeShifts } from '../../shared/alerts/compose/compose.ts';
import { noticeKinds } from '../../shared/domain/alerts/notices.ts';
import { type OpenAlarm, readersOf, type ShiftReader } from '../../shared/domain/directory/shift-alarms.ts';
import type { ShiftEvent } from '../../shared/domain/directory/shifts.ts';
import type { Ledger } from '../../shared/store/ledger.ts';
import { type NoticeParts, noticeFrame, writeToFirst } from './write-to-first.ts';

export interface ShiftParts extends NoticeParts {
  readonly ledger: Pick<Ledger, 'shifts' | 'changeShifts'>;
  readonly composeShifts: typeof composeShifts;
}

interface Untold {
  readonly as: ShiftReader;
  readonly scope: string;
  readonly alarms: readonly OpenAlarm[];
}

/** Each reader with all warnings that they were not told yet, so that they get one mail. */
function untold(open: readonly OpenAlarm[]): readonly Untold[] {
  const due = open.flatMap((alarm) =>
    readersOf(alarm)
      .filter(([as]) => alarm.toldAs[as] === undefined)
      .map(([as, scope]) => ({ as, scope, alarm })),
  );
  return [...Map.groupBy(due, ({ as, scope }) => `${as} ${scope}`).values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ as: first.as, scope: first.scope, alarms: group.map(({ alarm }) => alarm) }] : [];
  });
}

/**
 * Tells the keepers of the shifts about a time without a shift, or with two, in one mail each. Each warning is told
 * once, and to the next person where the mail came back. Throws where a mail was refused. The next attempt writes.
 * `now` is a UTC instant.
 */
export async function tellShifts(parts: ShiftParts, now: string): Promise<void> {
  const { ledger, consoleUrl } = parts;
  const { alarms: open } = (await ledger.shifts()).schedule;
  for (const { as, scope, alarms } of untold(open)) {
    const compose = (language: 'en' | 'es') => parts.composeShifts({ alarms, addressedAs: as, language, consoleUrl });
    const failed = alarms.flatMap((each) => each.failed);
    const notice = { role: as, scope, failed, compose, of: 'SHIFTS', kind: noticeKinds.shifts };
    const personId = await writeToFirst(parts, notice, now);
    if (personId === undefined) continue;
    const told = alarms.map(
      ({ fault, role, scope: of, from, ahead }): ShiftEvent => ({
        type: 'shift-alarm-told',
        v: 1,
        fault,
        role,
        scope: of,
        ...(from !== undefined && { from }),
        ahead,
        personId,
        as,
      }),
    );
    // Recorded after each mail. If a later one is refused, no person is told twice.
    await ledger.changeShifts(noticeFrame(now), () => told);
  }
}
