/**
 * What a person with every right to the tables, and no key, can do to the ledger. Each way is tried. Each shows in the
 * stream at once, to the watchdog in its turn, or in the audit. Calls and clocks go on meanwhile.
 */
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkReferral, noteDoubt } from '../../functions/react/note-doubt.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import { auditReferral } from '../../shared/application/read/audit.ts';
import { boardRows } from '../../shared/domain/board/board-rows.ts';
import { turnsOfDay } from '../../shared/domain/board/turns.ts';
import { event } from '../../shared/domain/events.ts';
import { ledgerStream } from '../../shared/lambda/stream.ts';
import { accessChain, referralChain } from '../../shared/store/chains.ts';
import { encodeCommit, noHash, type StoredCommit } from '../../shared/store/commit.ts';
import { codesInProcess } from '../../shared/store/commit-codes.ts';
import type { CommitContext } from '../../shared/store/ledger.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { sweepParts } from '../support/sweep-parts.ts';

let desk: Desk;
let id: string;
beforeEach(async () => {
  desk = await startDesk();
  id = await desk.opened();
  await desk.ledger.changeReferral(id, byPerson('P-1'), () => [event('danger-assessed', { danger: 'no' })]);
  await desk.ledger.changeReferral(id, byPerson('P-2'), () => [event('danger-assessed', { danger: 'yes' })]);
  for (const reader of ['P-1', 'P-2', 'P-1']) await desk.ledger.recordAccess(id, byPerson(reader), ['name']);
  for (const consumer of ['react', 'send-alerts'] as const) await desk.cursors.advance(id, consumer, 3);
  for (const row of boardRows(await desk.state(id), connecticutPolicy)) await desk.board.put(row);
});
afterEach(() => desk.stop());

const byPerson = (personId: string): CommitContext => ({
  now: desk.now,
  actor: { kind: 'person', id: personId },
  cause: { kind: 'delivery' },
});
const day = () => desk.now.slice(0, 10);
const stored = () => desk.ledger.readAfresh(referralChain(id));
const commitAt = async (seq: number): Promise<StoredCommit> => {
  const commit = (await stored())[seq - 1];
  if (!commit) throw new Error('There is no such commit.');
  return commit;
};

const write = (chain: string, seq: number, { text, prev, hash, mac, keyId }: StoredCommit) =>
  desk.put('Ledger', [{ pk: chain, seq, at: desk.now, body: text, prev, hash, mac, keyId }]);
const remove = (chain: string, seq: number) =>
  desk.client.send(new DeleteItemCommand({ TableName: 'Ledger', Key: { pk: { S: chain }, seq: { N: String(seq) } } }));
/** The content of a commit with other words, and with hashes that fit. */
const reworded = ({ text }: StoredCommit, prev: string): StoredCommit => {
  const { format: _, ...content } = JSON.parse(text.replace('"danger":"yes"', '"danger":"no"'));
  return encodeCommit(content, prev);
};

/** What the stream tells of such a write. */
const told = (eventName: 'INSERT' | 'MODIFY' | 'REMOVE', chain: string, seq: number): DynamoDBRecord => ({
  eventName,
  dynamodb: { Keys: { pk: { S: chain }, seq: { N: String(seq) } }, SequenceNumber: String(seq) },
});
let counted: string[];
let unlogged: unknown[];
/** Lets the consumer of the stream work on these records, and gives what it could not work on. */
async function consume(...Records: DynamoDBRecord[]) {
  const ledger = desk.openLedger();
  counted = [];
  unlogged = [];
  const parts = {
    ledger,
    onDoubt: (chain: string) => void counted.push(chain),
    onFault: (fault: unknown) => void unlogged.push(fault),
  };
  const handler = ledgerStream(
    async ({ kind, id: of }) => {
      if (kind === 'referral') await ledger.referral(of).finally(() => checkReferral(parts, of, desk.now));
    },
    { onTampering: (chain) => noteDoubt(parts, chain, desk.now) },
  );
  return handler({ Records }, {} as never);
}
const findings = async () => (await desk.openLedger().findings(day())).map(({ what, about }) => `${what} ${about}`);
const act = (ledger = desk.openLedger()) =>
  ledger.changeReferral(id, byPerson('P-3'), () => [event('danger-assessed', { danger: 'no' })]);
const audit = async () => {
  const { waits, directory, policyOf } = desk;
  const ledger = desk.openLedger();
  return auditReferral({ ledger, waits, directory, policyOf }, id, { id: 'P-ADMINISTRATOR' });
};

test('a ledger that no one touched is intact, with a code of each commit, and takes the next act', async () => {
  for (const commit of await stored()) expect(commit).toMatchObject({ mac: expect.any(String), keyId: 'door' });
  expect(await audit()).toMatchObject({
    chain: { intact: true, length: 3 },
    alertChainsIntact: true,
    accessChainIntact: true,
  });
  expect(await consume(told('INSERT', referralChain(id), 3))).toEqual({ batchItemFailures: [] });
  expect(await findings()).toEqual([]);
  expect(await act()).toMatchObject({ repeated: false });
});

/** Each way, what it does, and the record that the stream has of it. */
const ways: Readonly<Record<string, () => Promise<DynamoDBRecord>>> = {
  'a commit rewritten under its old hash': async () => {
    const last = await commitAt(3);
    await write(referralChain(id), 3, { ...last, text: last.text.replace('"danger":"yes"', '"danger":"no"') });
    return told('MODIFY', referralChain(id), 3);
  },
  'the last commit rewritten with its hash, under its old code': async () => {
    const last = await commitAt(3);
    await write(referralChain(id), 3, { ...last, ...reworded(last, last.prev) });
    return told('MODIFY', referralChain(id), 3);
  },
  'the last commit deleted': async () => {
    await remove(referralChain(id), 3);
    return told('REMOVE', referralChain(id), 3);
  },
  'the chain cut after its first commit': async () => {
    for (const seq of [3, 2]) await remove(referralChain(id), seq);
    return told('REMOVE', referralChain(id), 3);
  },
  'the whole chain rewritten, each commit after the other': async () => {
    let prev = noHash;
    for (const [index, commit] of (await stored()).entries()) {
      const other = reworded(commit, prev);
      await write(referralChain(id), index + 1, { ...commit, ...other });
      prev = other.hash;
    }
    return told('MODIFY', referralChain(id), 1);
  },
  "a commit added in a lawyer's name": async () => {
    const last = await commitAt(3);
    const { format: _, ...content } = JSON.parse(last.text);
    const forged = encodeCommit({ ...content, seq: 4, actor: { kind: 'person', id: 'P-LEGAL' } }, last.hash);
    await write(referralChain(id), 4, { ...forged, mac: last.mac ?? '', keyId: 'door' });
    return told('INSERT', referralChain(id), 4);
  },
  'the whole chain deleted': async () => {
    for (const seq of [3, 2, 1]) await remove(referralChain(id), seq);
    return told('REMOVE', referralChain(id), 1);
  },
  'the record of a read deleted': async () => {
    await remove(accessChain(id), 2);
    return told('REMOVE', accessChain(id), 2);
  },
  'the last record of a read deleted': async () => {
    await remove(accessChain(id), 3);
    return told('REMOVE', accessChain(id), 3);
  },
};
const ofReads = (way: string) => way.includes('record of a read');

describe.each(Object.keys(ways))('%s', (way) => {
  test('is a finding of the stream at once, and holds up no other chain', async () => {
    const record = await ways[way]?.();
    const other = await desk.opened();
    if (record)
      expect(await consume(record, told('INSERT', referralChain(other), 1))).toEqual({ batchItemFailures: [] });
    expect(await findings()).toEqual([`chain-broken ${id}`]);
  });

  test.skipIf(ofReads(way))('is a finding of the watchdog, without the stream', async () => {
    await ways[way]?.();
    for (let sweeps = 0; sweeps < turnsOfDay && !(await findings()).includes(`chain-broken ${id}`); sweeps += 1) {
      await sweep({ ...sweepParts(desk), ledger: desk.openLedger() }).catch(() => undefined);
      desk.at(new Date(Date.parse(desk.now) + 5 * 60_000).toISOString());
    }
    expect(await findings()).toContain(`chain-broken ${id}`);
  });
});

/** What is left is a chain as it once was. Only the stream and the watchdog know that there was more. */
const leavesWhole = ['the last commit deleted', 'the chain cut after its first commit', 'the whole chain deleted'];

test.each(Object.keys(ways).filter((way) => !leavesWhole.includes(way) && !ofReads(way)))(
  'the audit names the place of %s',
  async (way) => {
    await ways[way]?.();
    const { chain } = (await audit()) ?? {};
    expect(chain).toMatchObject({ intact: false, sentence: expect.any(String) });
  },
);

test('a finding that cannot be noted is counted for the alarm, and holds up no work', async () => {
  await ways["a commit added in a lawyer's name"]?.();
  await desk.put('Ledger', [{ pk: `finding#${day()}`, seq: 1, at: desk.now, body: '{}', prev: noHash, hash: noHash }]);
  const other = await desk.opened();
  const records = [told('INSERT', referralChain(id), 4), told('INSERT', referralChain(other), 1)];
  expect(await consume(...records)).toEqual({ batchItemFailures: [] });
  expect(counted).toEqual([referralChain(id)]);
  expect(unlogged).toHaveLength(1);
});

test('a deleted record of a read shows in the audit, where records came after it', async () => {
  await ways['the record of a read deleted']?.();
  expect(await audit()).toMatchObject({ chain: { intact: true }, accessChainIntact: false });
});

test('a function other than a door, with its own key, cannot write what a person did unseen', async () => {
  const task = desk.openLedger({ codes: codesInProcess('task') });
  await task.changeReferral(id, byPerson('P-LEGAL'), () => [event('danger-assessed', { danger: 'no' })]);
  expect((await audit())?.chain).toMatchObject({ intact: false, brokenAt: 4 });
  await consume(told('INSERT', referralChain(id), 4));
  expect(await findings()).toEqual([`chain-broken ${id}`]);
});

test('a function with its own key writes what functions do', async () => {
  const task = desk.openLedger({ codes: codesInProcess('task') });
  const context = { ...byPerson(''), actor: { kind: 'function', id: 'sweep' } } as const;
  await task.changeReferral(id, context, () => [event('swept', { found: 'lost-run' })]);
  expect(await act()).toMatchObject({ repeated: false });
  expect((await audit())?.chain).toMatchObject({ intact: true, length: 5 });
});
