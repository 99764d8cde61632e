/**
 * What it costs to know that a chain is as it was written. A door vouches for all commits before its own. The watchdog
 * notes what it found right. Each has a code. Neither is believed from anyone else.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { watchReferral } from '../../functions/sweep/watch-chains.ts';
import { event } from '../../shared/domain/events.ts';
import { referralChain } from '../../shared/store/chains.ts';
import { encodeCommit, noHash, type StoredCommit } from '../../shared/store/commit.ts';
import { type CommitCodes, codesInProcess, type KeyHolder } from '../../shared/store/commit-codes.ts';
import type { CommitContext, Ledger } from '../../shared/store/ledger.ts';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
let id: string;
beforeEach(async () => {
  desk = await startDesk();
  id = await desk.opened();
});
afterEach(() => desk.stop());

const by = (kind: 'person' | 'function', actor: string): CommitContext => ({
  now: desk.now,
  actor: { kind, id: actor },
  cause: { kind: 'delivery' },
});
/** A process of its own, and how many questions it has sent to the key service. */
function process(holder: KeyHolder = 'door') {
  const codes = codesInProcess(holder);
  let questions = 0;
  const counting: CommitCodes = {
    ...codes,
    holderOf: (...args) => {
      questions += 1;
      return codes.holderOf(...args);
    },
  };
  return { ledger: desk.openLedger({ codes: counting }), asked: () => questions };
}
const assess = (ledger: Ledger, danger: 'yes' | 'no') =>
  ledger.changeReferral(id, by('person', 'P-1'), () => [
    event('danger-assessed', { danger, knownAt: '2026-11-09T15:00:00Z' }),
  ]);
const runLost = (ledger: Ledger) =>
  ledger.changeReferral(id, by('function', 'sweep'), () => [event('run-lost', { run: id, generation: 1 })]);
const danger = async (ledger: Ledger) => (await ledger.referral(id))?.state.response.danger;
const stored = () => desk.openLedger().readAfresh(referralChain(id));
const last = async () => (await stored()).at(-1) as StoredCommit;
const put = (seq: number, { text, ...commit }: StoredCommit & Record<string, unknown>) =>
  desk.put('Ledger', [{ pk: referralChain(id), seq, at: desk.now, body: text, ...commit }]);
/** A commit after the last one, with the code that this gives. */
async function forge(
  events: readonly object[],
  code: (hash: string) => Promise<object>,
  actor: CommitContext['actor'],
) {
  const before = await stored();
  const { format: _, ...content } = JSON.parse(before[0]?.text ?? '{}');
  const seq = before.length + 1;
  const commit = encodeCommit({ ...content, seq, actor, events: [...events] }, before.at(-1)?.hash ?? noHash);
  await put(seq, { ...commit, ...(await code(commit.hash)) });
}
const look = async (process: { readonly ledger: Ledger }, verifies = true) => {
  const faults: unknown[] = [];
  const parts = { ledger: process.ledger, cursors: desk.cursors, now: desk.now };
  const read = await process.ledger.referral(id);
  const isInDoubt = await watchReferral(parts, id, read, { verifies, isShorter: false }, (fault) => faults.push(fault));
  expect(faults).toEqual([]);
  return isInDoubt;
};

describe('a door vouches', () => {
  test('for a chain of any length, so that a new reader asks once, and once for each act of a function since', async () => {
    for (let act = 0; act < 20; act += 1) await assess(desk.ledger, act % 2 ? 'yes' : 'no');
    const reader = process();
    expect(await danger(reader.ledger)).toBe('yes');
    expect(reader.asked()).toBe(1);
    await runLost(desk.openLedger({ codes: codesInProcess('task') }));
    const later = process();
    expect(await danger(later.ledger)).toBe('yes');
    expect(later.asked()).toBe(2);
  });

  test('and the audit asks about each commit all the same', async () => {
    for (let act = 0; act < 5; act += 1) await assess(desk.ledger, 'yes');
    const auditor = process();
    const { check } = await auditor.ledger.readChecked(referralChain(id));
    expect(check).toMatchObject({ intact: true, length: 6 });
    expect(auditor.asked()).toBeGreaterThanOrEqual(6);
  });

  test('for no commit that it did not find as written', async () => {
    await forge(
      [event('danger-assessed', { danger: 'no', knownAt: '2026-11-09T15:00:00Z' })],
      async () => ({ signature: 'AAAA', signedBy: 'door' }),
      {
        kind: 'person',
        id: 'P-LEGAL',
      },
    );
    await assess(desk.openLedger(), 'yes');
    expect((await last()).vouches).toBeUndefined();
    expect((await desk.openLedger().readChecked(referralChain(id), {})).check).toMatchObject({
      intact: false,
      brokenAt: 2,
    });
  });

  test.each([
    ['the key of the tasks', (hash: string) => codesInProcess('task').codeOf(hash, 'vouching')],
    ['a code of the doors that does not say so', (hash: string) => codesInProcess('door').codeOf(hash)],
    ['junk', async () => ({ signature: 'AAAA', signedBy: 'door' })],
  ])('and no other does: %s', async (_, code) => {
    await assess(desk.ledger, 'yes');
    await forge(
      [event('danger-assessed', { danger: 'no', knownAt: '2026-11-09T15:00:00Z' })],
      async () => ({ signature: 'AAAA', signedBy: 'door' }),
      {
        kind: 'person',
        id: 'P-LEGAL',
      },
    );
    await forge([event('swept', { found: 'lost-run' })], async (hash) => ({ ...(await code(hash)), vouches: true }), {
      kind: 'function',
      id: 'sweep',
    });
    expect(await danger(desk.openLedger())).toBe('yes');
    expect((await desk.openLedger().readChecked(referralChain(id), {})).check).toMatchObject({ intact: false });
  });
});

describe('the watchdog', () => {
  test('asks about what is new since its last look, and not about the rest', async () => {
    const task = desk.openLedger({ codes: codesInProcess('task') });
    for (let act = 0; act < 20; act += 1) await runLost(task);
    expect(await look(process('task'))).toBe(false);
    const idle = process('task');
    expect((await idle.ledger.readChecked(referralChain(id), await witnessed())).check.intact).toBe(true);
    expect(idle.asked()).toBe(0);
    await runLost(task);
    const next = process('task');
    expect((await next.ledger.readChecked(referralChain(id), await witnessed())).check.intact).toBe(true);
    expect(next.asked()).toBe(1);
  });

  test('asks about all again where a stored byte is another, and finds what is wrong', async () => {
    const task = desk.openLedger({ codes: codesInProcess('task') });
    await runLost(task);
    await runLost(task);
    expect(await look(process('task'))).toBe(false);
    await put(2, { ...((await stored())[1] as StoredCommit), signature: 'AAAA' });
    expect(await look(process('task'))).toBe(true);
  });

  test.each([
    ['junk', { seq: 9, head: 'x', at: '2020' }],
    [
      'another length',
      { seq: 9, head: 'f'.repeat(64), at: '2099-01-01T00:00:00Z', signature: 'AAAA', signedBy: 'task' },
    ],
    ['no number', { seq: 'x' }],
  ])('takes a note of itself without its code as none, so a healthy chain is in no doubt: %s', async (_, row) => {
    await desk.put('Cursors', [{ pk: referralChain(id), sk: 'watchdog', ...row }]);
    expect(await look(process('task'))).toBe(false);
    expect((await desk.openLedger().doubt(id)).open).toEqual([]);
    // Its next note replaces that one, and a cut shows by it.
    expect((await witness())?.count).toBe(1);
  });

  const witness = async () => (await desk.cursors.witnesses([referralChain(id)])).get(referralChain(id));
  const witnessed = async () => ({ witnessed: (await witness())?.right });
});
