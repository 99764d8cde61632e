/**
 * What a person with every right to the tables, and no key, writes so that no mail goes out. The mail goes all the same.
 */
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sendAlerts } from '../../functions/send-alerts/send-alerts.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import { takeReport } from '../../shared/application/use-cases/take-report.ts';
import { alertIdOf } from '../../shared/domain/core/ids.ts';
import { event } from '../../shared/domain/events.ts';
import { referralChain } from '../../shared/store/chains.ts';
import { type Desk, reportOf, startDesk, visitor } from '../support/desk.ts';
import { deskSendParts } from '../support/send-parts.ts';
import { sweepParts } from '../support/sweep-parts.ts';

let desk: Desk;
let sent: Mail[];
beforeEach(async () => {
  desk = await startDesk();
  sent = [];
});
afterEach(() => desk.stop());

const later = (minutes: number) => desk.at(new Date(Date.parse(desk.now) + minutes * 60_000).toISOString());
/** A process that has read nothing yet sends what is due. Gives the alerts and readers of its mail. */
async function sends(id: string): Promise<readonly string[]> {
  const before = sent.length;
  const mailer = { send: async (mail: Mail) => `m-${sent.push(mail)}` };
  await sendAlerts(deskSendParts({ ...desk, ledger: desk.openLedger() }, mailer), id, desk.now);
  return sent.slice(before).map(({ tags }) => tags.personId);
}
const reported = async () => {
  const parts = { ...desk.parts(), ledger: desk.openLedger() };
  const answer = await takeReport(parts, visitor('careline-worker'), 'one report', reportOf());
  if (answer.kind !== 'taken') throw new Error('It was not taken.');
  return answer.referralIds[0] ?? '';
};

test('an alert that comes after a cut has another id than the deleted one, and its mail goes out', async () => {
  const id = await reported();
  const first = await sends(id);
  expect(first).not.toEqual([]);
  expect(await sends(id)).toEqual([]);
  for (const { pk, seq } of await desk.items('Ledger')) {
    const Key = { pk: { S: String(pk) }, seq: { N: String(seq) } };
    if (pk === referralChain(id)) await desk.client.send(new DeleteItemCommand({ TableName: 'Ledger', Key }));
  }
  await desk.client.send(
    new DeleteItemCommand({ TableName: 'Cursors', Key: { pk: { S: id }, sk: { S: 'send-alerts' } } }),
  );
  later(1);
  // The same report, sent again, has the same reference.
  expect(await reported()).toBe(id);
  expect(await sends(id)).toEqual(first);
});

const rowOfCursors = (row: object) => desk.put('Cursors', [row]);

test.each([
  ['at the head', async (id: string) => rowOfCursors({ pk: id, sk: 'send-alerts', seq: (await desk.state(id)).seq })],
  ['far ahead', (id: string) => rowOfCursors({ pk: id, sk: 'send-alerts', seq: 500, layout: 0 })],
  ['that cannot be read', (id: string) => rowOfCursors({ pk: id, sk: 'send-alerts', seq: 'junk' })],
])('a row of progress %s that no function wrote swallows no mail, and is replaced', async (_, forge) => {
  const id = await reported();
  await forge(id);
  expect(await sends(id)).not.toEqual([]);
  expect((await desk.cursors.progress(id, 'send-alerts')).seq).toBe((await desk.state(id)).seq);
});

test('a row of progress that a function wrote, put back after the chain was cut, swallows no mail', async () => {
  const id = await reported();
  await desk.do(id, 'note-safe-contact', { safeContact: 'Call her aunt.' }, 'caseworker');
  expect(await sends(id)).not.toEqual([]);
  const { seq } = await desk.state(id);
  const row = (await desk.items('Cursors')).find(({ pk, sk }) => pk === id && sk === 'send-alerts') ?? {};
  for (let place = seq; place > 1; place -= 1) {
    const Key = { pk: { S: referralChain(id) }, seq: { N: String(place) } };
    await desk.client.send(new DeleteItemCommand({ TableName: 'Ledger', Key }));
  }
  later(1);
  const ledger = desk.openLedger();
  const raised = event('danger-assessed', { danger: 'no', knownAt: '2026-11-09T15:00:00Z' });
  const asked = event('alert-requested', {
    alertId: alertIdOf(id, 2, desk.now),
    kind: 'danger-raised',
    to: ['hart-liaison'],
    people: [],
    deputies: true,
  });
  const frame = { now: desk.now, actor: { kind: 'person', id: 'P-1' }, cause: { kind: 'delivery' } } as const;
  while (((await ledger.referral(id))?.commits.length ?? 0) < seq - 1) {
    await ledger.changeReferral(id, frame, () => [raised]);
  }
  await ledger.changeReferral(id, frame, () => [asked]);
  await rowOfCursors(row);
  expect(await sends(id)).not.toEqual([]);
  expect(sent.at(-1)?.tags.alertId).toBe(alertIdOf(id, 2, desk.now));
});

test('a row of progress that no function wrote is repaired by the watchdog, and is no doubt of the record', async () => {
  const id = await reported();
  await sends(id);
  for (const sk of ['react', 'send-alerts']) await rowOfCursors({ pk: id, sk, seq: 500, layout: 3 });
  later(60);
  const { repaired } = await sweep({ ...sweepParts(desk), ledger: desk.openLedger() });
  expect(repaired).toMatchObject({ 'cursor-behind': 1 });
  expect((await desk.openLedger().doubt(id)).open).toEqual([]);
});
