/**
 * Commits that a person with access to the table adds to chains of any kind. The stream tells of each new item. Each is
 * asked about by itself, so one of a chain that nothing reads shows at once too.
 */
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkInserted, mostNamed, noteDoubt } from '../../functions/react/note-doubt.ts';
import { ledgerStream } from '../../shared/lambda/stream.ts';
import { encodeCommit, noHash } from '../../shared/store/commit.ts';
import { codesInProcess } from '../../shared/store/commit-codes.ts';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
let id: string;
let noted: string[];
beforeEach(async () => {
  desk = await startDesk();
  id = await desk.opened();
  noted = [];
});
afterEach(() => desk.stop());

const faults: unknown[] = [];
const partsOf = (more: object = {}) => ({
  ledger: { ...desk.openLedger(), ...more },
  onDoubt: (chain: string) => void noted.push(chain),
  onRecord: () => undefined,
  onFault: (fault: unknown) => void faults.push(fault),
});
/** What the stream tells of items that were put into the table. */
const told = (...items: readonly Record<string, unknown>[]): DynamoDBRecord[] =>
  items.map(({ seq, ...item }) => ({
    eventName: 'INSERT',
    dynamodb: {
      Keys: { pk: { S: String(item.pk) }, seq: { N: String(seq) } },
      NewImage: marshall(item, { removeUndefinedValues: true }) as NonNullable<DynamoDBRecord['dynamodb']>['NewImage'],
      SequenceNumber: String(seq),
    } as DynamoDBRecord['dynamodb'],
  }));
async function consume(Records: DynamoDBRecord[], parts = partsOf()) {
  const worked: string[] = [];
  const handler = ledgerStream(async ({ kind }) => void worked.push(kind), {
    onTampering: (chain) => noteDoubt(parts, { chain, cause: 'touched' }, desk.now),
    onInserted: (inserted) => checkInserted(parts, inserted, desk.now),
  });
  await handler({ Records }, {} as never);
  return worked;
}
const forged = (chain: string, event: object, more: object = {}) => {
  const { text, prev, hash } = encodeCommit(
    {
      chain,
      seq: 1,
      at: desk.now,
      actor: { kind: 'function', id: 'send-alerts' },
      cause: { kind: 'delivery' },
      policy: '',
      events: [event],
    },
    noHash,
  );
  return { pk: chain, seq: 1, at: desk.now, body: text, prev, hash, signature: 'AAAA', signedBy: 'task', ...more };
};

describe('a forged commit that the stream tells of is a doubt at once', () => {
  const sent = { type: 'alert-sent', v: 1, personId: 'P-1', addressedAs: 'caseworker', order: 1, messageId: 'm' };
  test.each([
    ['of an alert', () => `alert#${id}.A1`, sent, () => id],
    ['of the records of reads', () => `access#${id}`, { read: ['name'] }, () => id],
    ['of a roster', () => 'roster#MDT-HARTFORD', { type: 'gap-filled', v: 1 }, () => 'roster.MDT-HARTFORD'],
    ['of findings', () => 'finding#2026-11-10', { type: 'finding-made', v: 1 }, () => 'finding.2026-11-10'],
    ['of news of drafts', () => 'drafts#2026-11-10', { type: 'drafts-told', v: 1 }, () => 'drafts.2026-11-10'],
  ] as [string, () => string, object, () => string][])('%s', async (_, chain, event, record) => {
    expect(await consume(told(forged(chain(), event)))).toHaveLength(1);
    expect(noted).toEqual([chain()]);
    const { open } = await desk.openLedger().doubt(record());
    expect(open).toMatchObject([{ chain: chain(), cause: 'not-as-written', place: 1 }]);
    expect((await desk.openLedger().findings(desk.now.slice(0, 10))).map(({ what }) => what)).toContain('chain-broken');
  });

  test.each([
    ['no commit at all', { body: '{}', hash: 'x', prev: 'x' }],
    ['a place that no chain reaches', { seq: 9 * 10 ** 16 }],
    ['a place below the first', { seq: -1 }],
    ['a copy at another place', { seq: 7 }],
    ['a chain that there is not', { pk: 'nothing#x' }],
  ])('%s', async (_, change) => {
    await consume(told(forged(`alert#${id}.A1`, sent, change)));
    expect(noted).toHaveLength(1);
    expect(faults).toEqual([]);
  });
});

test('what functions wrote is no doubt, and costs one question to the key service each', async () => {
  await desk.ledger.recordAccess(
    id,
    { now: desk.now, actor: { kind: 'person', id: 'P-1' }, cause: { kind: 'delivery' } },
    ['name'],
  );
  const items = await desk.items('Ledger');
  expect(items.length).toBeGreaterThan(1);
  await consume(told(...items));
  expect(noted).toEqual([]);
  const copy = items.map((item) => ({ ...item, pk: `alert#${id}.A9` }));
  await consume(told(...copy));
  expect(noted).toHaveLength(copy.length);
});

describe('a commit with the right code by a key of a process', () => {
  const arrives = '2026-11-09T15:00:00.000Z';
  test.each([
    ['of its day', '2026-11-09T00:00:00Z', arrives, false],
    ['of the day that ended less than an hour ago', '2026-11-09T23:59:59Z', '2026-11-10T00:59:59.000Z', false],
    ['of the day before', '2026-11-08T23:59:59Z', arrives, true],
    ['that was coded a month ahead', '2026-12-09T15:00:00Z', arrives, true],
  ])('%s is told: %s, %s: %s', async (_, coded, arrived, isTold) => {
    const row = forged(`alert#${id}.A1`, {
      type: 'alert-sent',
      v: 1,
      personId: 'P-1',
      addressedAs: 'caseworker',
      order: 1,
      messageId: 'm',
    });
    const code = await codesInProcess('task', () => Date.parse(coded)).codeOf(row.hash);
    const [record] = told({ ...row, ...code });
    const ApproximateCreationDateTime = Date.parse(arrived) / 1000;
    await consume([{ ...record, dynamodb: { ...record?.dynamodb, ApproximateCreationDateTime } }]);
    expect(noted).toEqual(isTold ? [row.pk] : []);
    const findings = await desk.openLedger().findings(desk.now.slice(0, 10));
    expect(findings.map(({ about }) => about)).toEqual(isTold ? [id] : []);
    // A restore writes old commits anew, and no record waits for that.
    expect((await desk.openLedger().doubt(id)).open).toEqual([]);
    expect(faults).toEqual([]);
  });
});

test('while the keys do not answer, the work of the stream goes on', async () => {
  const silent = { isAsWritten: () => Promise.reject(new Error('The key service is away.')) };
  const worked = await consume(told(...(await desk.items('Ledger'))), partsOf(silent));
  expect(worked).toContain('referral');
  expect(noted).toEqual([]);
  expect(faults.length).toBeGreaterThan(0);
});

test('thousands of forged commits are no more than a hundred mails, and each is a doubt of its record', async () => {
  const parts = { ...partsOf(), named: new Map<string, number>() };
  const items = Array.from({ length: mostNamed + 20 }, (_, at) => forged(`provider#PV-${at}`, { type: 'x' }));
  for (let at = 0; at < items.length; at += 10) await consume(told(...items.slice(at, at + 10)), parts);
  const found = (await desk.openLedger().findings(desk.now.slice(0, 10))).map(({ about }) => about);
  expect(found).toHaveLength(mostNamed + 1);
  expect(found).toContain('ledger');
  for (const { pk } of items) expect((await desk.openLedger().doubt(pk.replace('#', '.'))).open).toHaveLength(1);
  desk.at('2026-11-10T15:00:00.000Z');
  await consume(told(forged('provider#PV-X', { type: 'x' })), parts);
  expect((await desk.openLedger().findings('2026-11-10')).map(({ about }) => about)).toEqual(['provider.PV-X']);
});
