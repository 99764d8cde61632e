/** On-call shifts in the ledger and in the directory: who answers for a role now. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ShiftEvent } from '../../shared/domain/directory/on-call-shifts.ts';
import { allShifts } from '../../shared/domain/directory/on-call-shifts.ts';
import type { Shift } from '../../shared/domain/directory/shift.ts';
import { at, morning, shift } from '../domain/directory/shift-builder.ts';
import { startTables, type Tables } from '../support/tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
  await tables.seedDirectory();
});
afterAll(() => tables.stop());

const [first, deputy] = ['P-AREA-ONCALL-HARTFORD-1', 'P-AREA-ONCALL-HARTFORD-2'];
const hartford = (now: string) => tables.directory.onCall('area-oncall', 'office-HARTFORD', now);

const frame = (id: string, now = morning) =>
  ({
    now,
    actor: { kind: 'person', id: 'P-K' },
    cause: { kind: 'command', name: 'import-shifts', id, digest: id },
  }) as const;
const enter = (id: string, event: ShiftEvent) => tables.ledger.changeShifts(allShifts, frame(id), () => [event]);

describe('the person on call', () => {
  let night: Shift;
  let backup: Shift;
  beforeAll(async () => {
    night = shift(deputy, 0, 12, { phone: '203-555-0177' });
    backup = shift('P-AREA-SUPERVISOR-HARTFORD-1', 0, 24, { order: 2 });
    const elsewhere = shift('P-AREA-ONCALL-DANBURY-1', 0, 12, { scope: 'office-DANBURY' });
    await enter('N', { type: 'shifts-imported', v: 1, shifts: [night, backup, elsewhere], replaced: [] });
  });

  test("is the person on shift by order, with the shift's number, and then the directory’s order", async () => {
    const own = (await tables.directory.person(first))?.phone;
    const supervisor = (await tables.directory.person('P-AREA-SUPERVISOR-HARTFORD-1'))?.phone;
    expect(await hartford(morning)).toEqual([
      { personId: deputy, by: 'shift', until: at(12), phone: '203-555-0177' },
      { personId: 'P-AREA-SUPERVISOR-HARTFORD-1', by: 'shift', until: at(24), phone: supervisor },
      { personId: first, by: 'directory', phone: own },
    ]);
  });

  test('is the next at the end of a shift, and the directory’s order once no shift is left', async () => {
    expect((await hartford(at(12))).map(({ personId, by }) => [personId, by])).toEqual([
      ['P-AREA-SUPERVISOR-HARTFORD-1', 'shift'],
      [first, 'directory'],
      [deputy, 'directory'],
    ]);
    expect((await hartford(at(24))).map(({ personId, by }) => [personId, by])).toEqual([
      [first, 'directory'],
      [deputy, 'directory'],
    ]);
  });

  test('is read anew at each call', async () => {
    await enter('H', { type: 'shift-handed-over', v: 1, id: night.id, personId: first });
    expect((await hartford(morning))[0]).toMatchObject({ personId: first, by: 'shift' });
    await enter('R', { type: 'shift-removed', v: 1, id: night.id });
    expect((await hartford(morning))[0]).toMatchObject({ personId: 'P-AREA-SUPERVISOR-HARTFORD-1' });
  });

  test('is no one where the directory has no one and no shift is entered', async () => {
    expect(await tables.directory.onCall('area-oncall', 'office-NOWHERE', morning)).toEqual([]);
  });
});

describe('the chain of shifts', () => {
  beforeAll(async () => {
    tables = await startTables();
  });
  test('says who entered each shift and when, and takes one submission once', async () => {
    const entered = shift(first, 0, 12);
    const event: ShiftEvent = { type: 'shifts-imported', v: 1, shifts: [entered], replaced: [] };
    for (const _ of [1, 2]) await tables.ledger.changeShifts(allShifts, frame('A'), () => [event]);
    const { schedule, commits } = await tables.ledger.shifts();
    expect(schedule.shifts).toEqual([entered]);
    expect(commits).toMatchObject([{ seq: 1, at: morning, actor: { id: 'P-K' }, events: [event] }]);
    const numbers: number[] = [];
    await tables.ledger.changeShifts(allShifts, frame('B'), (_, number) => {
      numbers.push(number);
      return [];
    });
    expect(numbers).toEqual([2]);
  });
});
