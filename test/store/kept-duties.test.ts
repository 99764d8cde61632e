/**
 * Code that addresses mail keeps the holders of a role for a minute, and nothing else. All others read the holders
 * anew.
 */
import { beforeEach, describe, expect, test } from 'vitest';
import { allShifts } from '../../shared/domain/directory/on-call-shifts.ts';
import { byChains } from '../../shared/store/directory-by-chains.ts';
import { createDirectory, type Directory } from '../../shared/store/directory-reads.ts';
import { entryCodesInProcess } from '../../shared/store/entries.ts';
import { at, shift } from '../domain/directory/shift-builder.ts';
import { startTables, type Tables } from '../support/tables.ts';

const [first, deputy] = ['P-AREA-ONCALL-HARTFORD-1', 'P-AREA-ONCALL-HARTFORD-2'];
const fresh = 'P-AREA-SUPERVISOR-HARTFORD-1';
const after = (milliseconds: number) => new Date(Date.parse(at(0)) + milliseconds).toISOString();
const seconds = (count: number) => after(count * 1000);

const frame = {
  now: at(0),
  actor: { kind: 'person', id: first },
  cause: { kind: 'command', name: 'enter', id: 'E-1' },
} as const;

let tables: Tables;
let keeping: Directory;
beforeEach(async () => {
  tables = startTables();
  await tables.seedDirectory();
  const { client, ledger } = tables;
  const rows = createDirectory({ client, table: 'Directory', entries: entryCodesInProcess(), keepsDuties: true });
  keeping = byChains(rows, ledger);
});

const inOrder = async (directory: Directory, now: string) =>
  (await directory.onCallOrder('area-oncall', 'office-HARTFORD', now)).map(({ personId }) => personId);

/** From now on another person holds the role before all others. */
const hold = (personId: string) =>
  tables.enter([{ pk: 'duty#area-oncall', sk: `office-HARTFORD#0#${personId}`, personId, order: 0 }]);

describe('the holder of a role', () => {
  test.each([
    ['at once', 0, [first, deputy]],
    ['just within the minute', 59_999, [first, deputy]],
    ['after a minute', 60_000, [fresh, first, deputy]],
    ['with a clock that was set back', -1, [fresh, first, deputy]],
  ])('is kept for code that addresses mail: asked again %s', async (_, later, expected) => {
    await inOrder(keeping, at(0));
    await hold(fresh);
    expect(await inOrder(keeping, after(later))).toEqual(expected);
  });

  test('is kept of one role in one place: another place is asked for', async () => {
    await inOrder(keeping, at(0));
    const danbury = await keeping.onCallOrder('area-oncall', 'office-DANBURY', at(0));
    expect(danbury.map(({ personId }) => personId)).toEqual(['P-AREA-ONCALL-DANBURY-1', 'P-AREA-ONCALL-DANBURY-2']);
  });

  test('is read anew by all others, such as the API', async () => {
    await inOrder(tables.directory, at(0));
    await hold(fresh);
    expect(await inOrder(tables.directory, at(0))).toEqual([fresh, first, deputy]);
  });
});

describe('never kept, even where mail is addressed, is', () => {
  beforeEach(() => inOrder(keeping, at(0)));

  test('a shift that was entered a second ago is called first', async () => {
    const entered = shift(deputy, 0, 12, { phone: '203-555-0177' });
    await tables.ledger.changeShifts(allShifts, frame, () => [
      { type: 'shifts-imported', v: 1, shifts: [entered], replaced: [] },
    ]);
    expect(await inOrder(keeping, seconds(1))).toEqual([deputy, first]);
  });

  test('a person who was taken out, and an address that changed', async () => {
    const before = await keeping.person(first);
    await tables.enter([
      { pk: `person#${first}`, sk: 'profile', ...before, email: 'new@dcf.example', absentUntil: '2026-12-31' },
    ]);
    expect(await keeping.person(first)).toMatchObject({ email: 'new@dcf.example', absentUntil: '2026-12-31' });
    expect((await keeping.people([first]))[0]?.email).toBe('new@dcf.example');
  });

  test('the number to call', async () => {
    const before = await keeping.person(first);
    await tables.enter([{ pk: `person#${first}`, sk: 'profile', ...before, phone: '203-555-0188' }]);
    const [one] = await keeping.onCall('area-oncall', 'office-HARTFORD', seconds(1));
    expect(one).toMatchObject({ personId: first, phone: '203-555-0188' });
  });

  test('what was handed on', async () => {
    const given = { id: 'DG-1', delegateId: deputy, work: ['area-oncall' as const], from: at(0), until: at(24) };
    await tables.ledger.changeDelegations(first, frame, () => [{ type: 'delegation-given', v: 1, ...given }]);
    await tables.directory.putDelegation({ ...given, personId: first, givenAt: at(0) }, 1);
    expect((await keeping.delegations(seconds(1))).map(({ delegateId }) => delegateId)).toEqual([deputy]);
  });

  test('what the roles say that a caller holds, and the seats of a team', async () => {
    await hold(fresh);
    const held = await keeping.onDuty('area-oncall', 'office-HARTFORD');
    expect(held[0]?.personId).toBe(fresh);
    expect((await keeping.onDutyAnywhere('area-oncall')).some(({ personId }) => personId === fresh)).toBe(true);
    await tables.enter([
      { pk: 'team#MDT-HARTFORD', sk: 'seat#medical#0', discipline: 'medical', personId: fresh, order: 0 },
    ]);
    expect((await keeping.seat('MDT-HARTFORD', 'medical')).map(({ personId }) => personId)).toContain(fresh);
  });
});
