import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { borneOut, noProgress } from '../../shared/domain/core/progress.ts';
import { codesInProcess } from '../../shared/store/commit-codes.ts';
import { createCursors } from '../../shared/store/cursors.ts';
import { createWaits, type SavedWait } from '../../shared/store/waits.ts';
import { startDynamoTables, type DynamoTables as Tables } from '../support/tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startDynamoTables();
});
afterAll(() => tables.stop());

const at = '2026-11-09T15:00:00.000Z';
const wait = (referralId: string, more: Partial<SavedWait> = {}): SavedWait =>
  ({
    run: 'referral',
    waitsFor: 'screening',
    referralId,
    runId: referralId,
    token: 'token 1',
    generation: 1,
    enteredAt: at,
    retryCount: 0,
    startedAt: at,
    ...more,
  }) as SavedWait;

describe('a wait', () => {
  test('is found with everything it was saved with, one for each run of the referral', async () => {
    const own = wait('CR-1');
    const { waitsFor: _, ...common } = wait('CR-1') as SavedWait & { run: 'referral' };
    const deadline: SavedWait = { ...common, run: 'deadline', runId: 'CR-1.D12A.1', checkpointAt: at };
    for (const each of [own, deadline]) expect(await tables.waits.save(each)).toBe(true);
    expect(await tables.waits.of('CR-1')).toEqual([own, deadline]);
    expect(await tables.waits.of('CR-2')).toEqual([]);
  });

  test.each([
    ['a later generation', { generation: 2 }, {}],
    ['a tenth generation', { generation: 10 }, { generation: 9 }],
    ['a later entry', { enteredAt: '2026-12-09T15:00:00.000Z' }, {}],
    ['a later try of the same entry', { retryCount: 1 }, {}],
    ['a tenth try', { retryCount: 10 }, { retryCount: 9 }],
    ['a later generation that was entered earlier', { generation: 2, enteredAt: '2026-11-01T00:00:00.000Z' }, {}],
  ])('%s replaces an older one, and never the other way round', async (name, newer, older) => {
    const id = `CR-${name}`;
    await tables.waits.save(wait(id, { token: 'old', ...older }));
    expect(await tables.waits.save(wait(id, { token: 'new', ...newer }))).toBe(true);
    expect(await tables.waits.save(wait(id, { token: 'old', ...older }))).toBe(false);
    expect(await tables.waits.of(id)).toMatchObject([{ token: 'new' }]);
  });

  test('that cannot be read is left out and told of, and the others are read', async () => {
    await tables.waits.save(wait('CR-J'));
    await tables.put('Waits', [
      { pk: 'CR-J', sk: 'junk' },
      { ...wait('CR-J'), pk: 'CR-J', sk: 'other', waitsFor: 'nothing' },
    ]);
    const unread: unknown[] = [];
    const waits = createWaits({ client: tables.client, table: 'Waits', onUnread: (error) => unread.push(error) });
    expect(await waits.of('CR-J')).toEqual([wait('CR-J')]);
    expect(unread).toHaveLength(2);
  });

  test('saved again by the same try is saved', async () => {
    await tables.waits.save(wait('CR-3'));
    expect(await tables.waits.save(wait('CR-3'))).toBe(true);
  });

  test('in whatever order they come, the newest one is left', async () => {
    let round = 0;
    const order = fc.record({
      generation: fc.integer({ min: 1, max: 12 }),
      enteredAt: fc.date({ min: new Date(at), max: new Date('2027-11-09T15:00:00Z'), noInvalidDate: true }),
      retryCount: fc.nat(12),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(order, { minLength: 1, maxLength: 6 }), async (orders) => {
        round += 1;
        const id = `CR-PROPERTY-${round}`;
        const waits = orders.map(({ enteredAt, ...rest }, index) =>
          wait(id, { ...rest, enteredAt: enteredAt.toISOString(), token: `token ${index}` }),
        );
        for (const each of waits) await tables.waits.save(each);
        const newest = waits.reduce((one, other) => (isOlder(other, one) ? one : other));
        expect(await tables.waits.of(id)).toEqual([newest]);
      }),
      { numRuns: 25 },
    );
  });

  test('whose token is spent is forgotten, unless a newer one has taken its place', async () => {
    const old = wait('CR-4', { token: 'old' });
    const fresh = wait('CR-4', { token: 'new', retryCount: 1 });
    await tables.waits.save(old);
    await tables.waits.save(fresh);
    await tables.waits.forget(old);
    expect(await tables.waits.of('CR-4')).toEqual([fresh]);
    await tables.waits.forget(fresh);
    await tables.waits.forget(fresh);
    expect(await tables.waits.of('CR-4')).toEqual([]);
  });
});

const isOlder = (one: SavedWait, other: SavedWait): boolean =>
  (one.generation - other.generation ||
    Date.parse(one.enteredAt) - Date.parse(other.enteredAt) ||
    one.retryCount - other.retryCount) < 0;

describe('a cursor', () => {
  const to = (seq: number, layout = 0) => ({ seq, head: `hash ${seq}`, layout });
  const at = async (id: string, consumer: 'react' | 'send-alerts') => (await tables.cursors.progress(id, consumer)).seq;

  test("starts at nothing, moves forward, and is each consumer's own", async () => {
    const { cursors } = tables;
    expect(await cursors.progress('CR-1', 'react')).toEqual(noProgress);
    await cursors.advance('CR-1', 'react', to(9));
    await cursors.advance('CR-1', 'react', to(10));
    expect([await at('CR-1', 'react'), await at('CR-1', 'send-alerts')]).toEqual([10, 0]);
    expect(await cursors.of('CR-1')).toEqual({ react: to(10), 'send-alerts': noProgress, facts: noProgress });
  });

  test('is not moved back by a slower worker that comes later', async () => {
    const { cursors } = tables;
    for (const seq of [5, 3, 5]) await cursors.advance('CR-2', 'send-alerts', to(seq));
    expect(await at('CR-2', 'send-alerts')).toBe(5);
  });

  test('keeps the layout of what was written, and takes a later one at the same commit', async () => {
    const { cursors } = tables;
    for (const layout of [1, 2, 1]) await cursors.advance('CR-3', 'react', to(4, layout));
    expect(await cursors.progress('CR-3', 'react')).toEqual(to(4, 2));
    await cursors.advance('CR-3', 'react', to(5, 1));
    expect(await cursors.progress('CR-3', 'react')).toEqual(to(5, 1));
  });

  test('that no function wrote counts as none, and the next progress takes its place', async () => {
    const { cursors } = tables;
    await tables.put('Cursors', [{ pk: 'CR-4', sk: 'react', seq: 500, layout: 3, head: 'hash 500' }]);
    const forged = await cursors.progress('CR-4', 'react');
    expect(forged).toEqual({ ...noProgress, replaces: true });
    await cursors.advance('CR-4', 'react', to(2), forged);
    expect(await cursors.progress('CR-4', 'react')).toEqual(to(2));
  });

  test.each([
    ['of another referral', 'CR-6', 'react'],
    ['of another consumer', 'CR-5', 'send-alerts'],
  ] as const)('counts as none where it is a copy of one %s', async (_, pk, sk) => {
    const { cursors } = tables;
    await cursors.advance('CR-5', 'react', to(7));
    const [row] = (await tables.items('Cursors')).filter((each) => each.pk === 'CR-5' && each.sk === 'react');
    await tables.put('Cursors', [{ ...row, pk, sk }]);
    expect(await at(pk, sk)).toBe(0);
  });

  test.each([
    ['a greater place', { seq: 9 }],
    ['another commit', { head: 'hash 9' }],
    ['a greater cut', { cut: 99 }],
  ])('with %s than its code says counts as none', async (_, change) => {
    const { cursors } = tables;
    await cursors.advance('CR-7', 'react', to(3), { ...noProgress, replaces: true });
    const [row] = (await tables.items('Cursors')).filter((each) => each.pk === 'CR-7');
    await tables.put('Cursors', [{ ...row, ...change }]);
    expect(await at('CR-7', 'react')).toBe(0);
  });

  test('is of a chain that was cut where its commit is gone, or another stands there', () => {
    const commits = ['hash 1', 'hash 2', 'hash 3'].map((hash) => ({ stored: { hash } }));
    for (const progress of [noProgress, to(1), to(3)]) expect(borneOut(progress, commits)).toBe(progress);
    expect(borneOut(to(4), commits)).toEqual({ ...noProgress, cut: 4, replaces: true });
    expect(borneOut({ ...to(2), head: 'hash of another' }, commits)).toEqual({ ...noProgress, cut: 2, replaces: true });
    expect(borneOut({ ...to(4), cut: 6 }, commits)).toEqual({ ...noProgress, cut: 6, replaces: true });
  });

  test('what the watchdog saw counts only with its code', async () => {
    const { cursors } = tables;
    await cursors.putWitness('referral#CR-8', { count: 4, head: 'hash 4', at: '2026-11-09T15:00:00.000Z' });
    expect((await cursors.witnesses(['referral#CR-8'])).get('referral#CR-8')).toMatchObject({ count: 4 });
    await tables.put('Cursors', [{ pk: 'referral#CR-8', sk: 'watchdog', seq: 3, head: 'hash 3', at: '2020' }]);
    const another = createCursors({ client: tables.client, table: 'Cursors', codes: codesInProcess('task') });
    expect(await another.witnesses(['referral#CR-8'])).toEqual(new Map());
    // The process that saw it remembers.
    expect((await cursors.witnesses(['referral#CR-8'])).get('referral#CR-8')).toMatchObject({ count: 4 });
  });
});
