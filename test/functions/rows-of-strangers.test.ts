/**
 * Rows that a person with access to the tables writes, so that others get no answer. None locks a person out, and none stops
 * mail or a reaction. None keeps a finding from being told, or holds up the records behind it.
 */
import type { DynamoDBRecord } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { react } from '../../functions/react/react.ts';
import { sendAlerts } from '../../functions/send-alerts/send-alerts.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import { newFindings, readFindingEvent } from '../../shared/domain/audit/findings.ts';
import { event } from '../../shared/domain/events.ts';
import { ledgerStream } from '../../shared/lambda/stream.ts';
import type { WaitToAnswer } from '../../shared/store/executions.ts';
import { createSemaphore } from '../../shared/store/in-turns.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, personOf, reportOf, startDesk } from '../support/desk.ts';
import { reactTo } from '../support/react-desk.ts';
import { deskSendParts } from '../support/send-parts.ts';
import { sweepParts } from '../support/sweep-parts.ts';
import { startDynamoTables } from '../support/tables.ts';

let desk: Desk;
let id: string;
beforeEach(async () => {
  desk = await startDesk(undefined, startDynamoTables as never);
  id = await desk.opened({ name: 'Wren Example', birthDate: '2011-05-05' });
  await reactTo(desk, id);
});
afterEach(() => desk.stop());

const worker = personOf('careline-worker');
const later = (hours: number) => new Date(Date.parse(desk.now) + hours * 3_600_000).toISOString();
const junkIn = (pk: string, more: object = {}) =>
  desk.put('Ledger', [{ pk, seq: 1, at: desk.now, body: '{}', hash: 'x', prev: 'x', ...more }]);

describe('a row that names a person on leave', () => {
  const row = (pk: string, personId: string, number = 1) => ({
    ...{ pk, sk: `${later(48)}#${personId.slice(0, 40)}#${number}`, id: `DG-${number}`, personId, revision: 9 },
    ...{ delegateId: worker.id, work: ['careline-supervisor'], from: later(-1), until: later(48), givenAt: later(-1) },
  });
  const status = async () => (await openApi(desk).ask('/queue', { as: worker.id })).status;

  test.each([
    ['of an id that no key may have', 'P'.repeat(2100)],
    ['without an id', ''],
    ['whose chain is damaged', personOf('careline-supervisor').id],
  ])('%s locks the delegate out of nothing', async (_, personId) => {
    await junkIn(`delegation#${personId.slice(0, 100)}`);
    await desk.put('Directory', [row(`delegate#${worker.id}`, personId)]);
    expect(await status()).toBe(200);
  });

  test('costs no read of a chain where the directory has no such person, or the mail is not about them', async () => {
    const people = Array.from({ length: 150 }, (_, at) => `P-X-${at}`);
    await desk.put(
      'Directory',
      people.flatMap((each) => [row('delegations', each), row(`delegate#${worker.id}`, each)]),
    );
    await desk.put('Directory', [row('delegations', personOf('legal').id)]);
    const asked: string[] = [];
    const delegations = (personId: string) => {
      asked.push(personId);
      return desk.ledger.delegations(personId);
    };
    const directory = desk.openDirectory(undefined, { ...desk.ledger, delegations });
    const mails: string[] = [];
    const send = async () => `M-${mails.push('sent')}`;
    await sendAlerts({ ...deskSendParts(desk, { send } as never), directory }, id, desk.now);
    expect(mails.length).toBeGreaterThan(0);
    expect(
      await openApi({ ...desk, directory, ledger: { ...desk.ledger, delegations } } as never).ask('/queue', {
        as: worker.id,
      }),
    ).toMatchObject({ status: 200 });
    expect(asked).toEqual([]);
  });
});

describe('a wait', () => {
  const wait = (more: object) => ({
    ...{ pk: id, sk: id, order: '999', run: 'referral', waitsFor: 'screening', runId: id, referralId: id },
    ...{ token: 'T', generation: 0, enteredAt: desk.now, retryCount: 0, startedAt: desk.now, ...more },
  });
  const reacted = async (resume: (wait: WaitToAnswer) => Promise<void>) => {
    const runs = { start: async () => undefined, resume };
    const machines = { referral: 'r', deadline: 'd' };
    await react({ ...desk, runs, machines, onUncompared: () => undefined }, id);
  };

  test('that cannot be resumed holds up neither the others nor the lists', async () => {
    await desk.put('Waits', [wait({})]);
    await desk.ledger.changeReferral(
      id,
      { now: desk.now, actor: { kind: 'person', id: 'P-1' }, cause: { kind: 'delivery' } },
      () => [event('danger-assessed', { danger: 'no', knownAt: '2026-11-09T15:00:00Z' })],
    );
    await expect(reacted(() => Promise.reject(new Error('It cannot be resumed.')))).rejects.toThrow(
      'cannot be resumed',
    );
    const seqs = (await desk.items('Board')).filter(({ referralId }) => referralId === id).map(({ seq }) => seq);
    expect(seqs).toContain((await desk.state(id)).seq);
  });

  test('under another key, or of no run of the referral, is answered by no one', async () => {
    await desk.put('Waits', [wait({ sk: 'X' }), wait({ sk: `${id}.D99.1`, runId: `${id}.D99.1` })]);
    const answered: string[] = [];
    await reacted(async ({ token }) => void answered.push(token));
    expect(answered).toEqual([]);
  });
});

describe('an id that no function writes', () => {
  test.each(['bad id!', ''])(
    '%j, in a row of the lists or of the ledger, keeps no finding from being told',
    async (junk) => {
      const [row] = await desk.items('Board');
      await desk.put('Board', [
        {
          ...row,
          ...{
            pk: 'watch',
            sk: 'J',
            id: 'J',
            referralId: junk,
            queue: 'watch',
            order: '2026-01-01',
            due: '2026-01-01',
          },
        },
      ]);
      await junkIn(`referral#${junk}`, { foundAs: 'referral', foundAt: desk.now });
      await desk.put('Directory', [{ pk: 'duty#legal', sk: 'state#1#P-X', personId: 'P-X', order: 1 }]);
      const parts = sweepParts(desk);
      for (let round = 0; round < 13; round += 1) {
        desk.at(later(1 / 12));
        await sweep({ ...parts, now: desk.now, ledger: desk.openLedger() });
      }
      const found = (await desk.openLedger().findings(desk.now.slice(0, 10))).map(({ about }) => about);
      expect(found).toContain('duty.legal.state.1.P-X');
      expect(found.filter((each) => each === 'bad-id-' || each === 'nameless')).toHaveLength(1);
    },
  );

  test.each(['bad id!', '', 'X'.repeat(99), '\u202e'])(
    '%j becomes the name of a finding that can be stored',
    (about) => {
      for (const each of newFindings([], [{ what: 'chain-broken', about }]))
        expect(readFindingEvent(each)).toEqual(each);
    },
  );
});

test('a row of the index that cannot be read hides no child of the same name', async () => {
  const rows = await desk.items('ChildIndex');
  const junk = ['{', '5', '"text"', '{}'].flatMap((marks, at) =>
    rows.map((row) => ({ ...row, marks, sk: `CR-AAAAA-00000${at}` })),
  );
  await desk.put('ChildIndex', junk);
  const answer = await desk.report(reportOf({ name: 'Wren Example', birthDate: '2011-05-05' }));
  expect(answer).toMatchObject({ kind: 'taken', candidates: [{ of: id }] });
});

describe('the stream', () => {
  const record = (pk: string, SequenceNumber: string): DynamoDBRecord => ({
    eventName: 'INSERT',
    dynamodb: { Keys: { pk: { S: pk }, seq: { N: '1' } }, SequenceNumber },
  });

  test('does not wait for a chain that cannot be read, however it is named', async () => {
    const worked: string[] = [];
    const junk = ['provider#PV-9', 'referral#nothing', 'referral#', `draft#${'X'.repeat(500)}`];
    for (const each of junk.slice(0, 2)) await junkIn(each);
    const handler = ledgerStream(async ({ kind, id: of }) => {
      if (kind === 'provider') await desk.openLedger().provider(of);
      if (kind === 'referral') await desk.openLedger().referral(of);
      worked.push(of);
    });
    const Records = [...junk, `referral#${id}`].map((pk, at) => record(pk, String(at)));
    expect(await handler({ Records }, {} as never)).toEqual({ batchItemFailures: [] });
    expect(worked).toEqual([id]);
  });

  test('tries again where a service failed', async () => {
    const handler = ledgerStream(() => Promise.reject(new Error('The table is busy.')));
    const Records = [record(`referral#${id}`, '7')];
    expect(await handler({ Records }, {} as never)).toEqual({ batchItemFailures: [{ itemIdentifier: '7' }] });
  });
});

test('of thousands of questions, so many are asked at a time, and each gets its answer', async () => {
  const inTurn = createSemaphore(40);
  let [now, most] = [0, 0];
  const ask = (number: number) =>
    inTurn(async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise(setImmediate);
      now -= 1;
      if (number % 100 === 99) throw new Error('No answer.');
      return number;
    });
  const answers = await Promise.allSettled(Array.from({ length: 2000 }, (_, number) => ask(number)));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1980);
  expect(most).toBe(40);
});
