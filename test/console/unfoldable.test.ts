/** A proved commit that no state can follow, as a function with a key could write it. It costs one child alone. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { react } from '../../functions/react/react.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import { event } from '../../shared/domain/events.ts';
import { referralChain } from '../../shared/store/chains.ts';
import { encodeCommit, noHash } from '../../shared/store/commit.ts';
import { codesInProcess } from '../../shared/store/commit-codes.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { sweepParts } from '../support/sweep-parts.ts';
import { openConsole } from './window.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
  await desk.seedDirectory();
});
afterEach(() => desk.stop());

const afresh = () => ({ ...desk, ledger: desk.openLedger() });
const reacts = (id: string) =>
  react(
    {
      ...desk.parts(),
      ledger: desk.openLedger(),
      runs: { start: async () => undefined, resume: async () => undefined },
      machines: { referral: 'referral', deadline: 'deadline' },
      onUncompared: () => undefined,
    } as never,
    id,
  );

test.each([
  ['junk', 'no right code'],
  ['task', 'the code of a function'],
] as const)('with the code %s (%s), it stops the lists and the watch of no other child', async (code, _) => {
  const [child, other] = [
    await desk.opened({ name: 'Wren Example' }),
    await desk.opened({ name: 'Finch Example', danger: 'yes' }),
  ];
  await reacts(child);
  await reacts(other);
  const chain = referralChain(child);
  const before = await desk.openLedger().readAfresh(chain);
  const last = before.at(-1);
  const seq = before.length + 1;
  const { text, prev, hash } = encodeCommit(
    {
      chain,
      seq,
      at: desk.now,
      actor: { kind: 'function', id: 'take-step' },
      cause: { kind: 'delivery' },
      policy: JSON.parse(last?.text ?? '').policy,
      events: [event('deadline-missed', { deadlineId: 'NONE.D1.1' })],
    },
    last?.hash ?? noHash,
  );
  const coded = code === 'junk' ? { signature: 'AAAA', signedBy: 'door' } : await codesInProcess(code).codeOf(hash);
  await desk.put('Ledger', [{ pk: chain, seq, at: desk.now, body: text, prev, hash, ...coded }]);

  const browser = await openConsole(afresh()).person('P-CARELINE-WORKER-1');
  for (const path of ['/', '/calls']) {
    const page = await browser.get(path);
    expect([path, page.status]).toEqual([path, 200]);
    expect(page.html).toContain(other);
  }
  desk.at(new Date(Date.parse(desk.now) + 300_000).toISOString());
  const { faults } = await sweep({ ...sweepParts(desk), ledger: desk.openLedger() });
  expect(faults.length).toBeLessThanOrEqual(code === 'junk' ? 0 : 1);
});
