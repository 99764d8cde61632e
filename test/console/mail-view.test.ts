/** What the pages say of mail that does not arrive. A telephone call settles it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { groupWords } from '../../functions/console/referral/mail-view.tsx';
import { boardRows } from '../../shared/domain/board/board-rows.ts';
import { event } from '../../shared/domain/events.ts';
import { type Desk, personOf, startDesk } from '../support/desk.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { monday, openConsole, signedInAs, type Window } from './window.ts';

let desk: Desk;
let id: string;
let careline: Window;
beforeEach(async () => {
  desk = await startDesk();
  careline = openConsole(desk);
  id = await desk.opened();
});
afterEach(() => desk.stop());

const frame = { now: monday, actor: { kind: 'function', id: 'send-alerts' }, cause: { kind: 'delivery' } } as const;
const rows = async () => {
  for (const row of boardRows(await desk.state(id), connecticutPolicy)) await desk.board.put(row);
};
const signedIn = (as: string) => signedInAs(careline, as);
const reachNobody = async () => {
  const alertId = await desk.alertId(id);
  await desk.ledger.changeReferral(id, frame, () => [
    event('alert-unreachable', { alertId, groups: ['careline-supervisor'] }),
  ]);
};

test('an undelivered alert stands at the top of the queue, with the number of the person on call', async () => {
  const next = personOf('careline-supervisor/2');
  await desk.enter([{ pk: `person#${next.id}`, sk: 'profile', ...next, phone: '203-555-0177' }]);
  await reachNobody();
  await rows();
  const { html } = await (await signedIn('careline-supervisor')).get('/');
  expect(html).toContain('Undelivered alerts');
  // Never the reader's own.
  expect(html).toContain('203-555-0177');
  expect(html.indexOf('Undelivered alerts')).toBeLessThan(html.indexOf('id="yours"'));
});

test('page and queue name only the groups without a reachable recipient, with their numbers', async () => {
  await desk.enter([
    { pk: `person#${personOf('hart-liaison').id}`, sk: 'profile', ...personOf('hart-liaison'), phone: '203-555-0142' },
  ]);
  const [first, second] = [personOf('hart-liaison').id, personOf('hart-liaison/2').id];
  await desk.ledger.changeAlert(await desk.alertId(id), frame, () => [
    {
      type: 'alert-leased',
      v: 1,
      personId: first,
      addressedAs: 'hart-liaison',
      order: 1,
      until: '2026-11-09T15:05:00.000Z',
    },
    { type: 'alert-failed', v: 1, personId: first, because: 'bounce' },
    {
      type: 'alert-leased',
      v: 1,
      personId: second,
      addressedAs: 'hart-liaison',
      order: 2,
      until: '2026-11-09T15:05:00.000Z',
    },
    { type: 'alert-failed', v: 1, personId: second, because: 'bounce' },
  ]);
  const alertId = await desk.alertId(id);
  await desk.ledger.changeReferral(id, frame, () => [
    event('alert-unreachable', { alertId, groups: ['hart-liaison'] }),
  ]);
  await rows();
  const supervisor = await signedIn('careline-supervisor');
  const queue = (await supervisor.get('/')).html;
  expect(queue).toMatch(/, for HART liaison\s*, asked/);
  const { html } = await supervisor.get(`/referrals/${id}/mail`);
  const [alarm = ''] = /An alert reaches no one[\s\S]*?On call/.exec(html) ?? [];
  expect(alarm).toContain('HART liaison: ');
  expect(alarm).toContain('203-555-0142');
  expect(alarm).not.toMatch(/Careline worker|Caseworker|Area/);
  expect(html.match(/; the next person was written to/g)).toHaveLength(1);
  expect(html.match(/; no one else was written to/g)).toHaveLength(1);
});

test('a member of a team does not see the undelivered alert', async () => {
  await reachNobody();
  await rows();
  expect((await (await signedIn('seat:medical')).get('/')).html).not.toContain('Undelivered alerts');
});

test('a telephone call settles the alert: it leaves the queue, and the page does not name it any more', async () => {
  await reachNobody();
  await rows();
  const supervisor = await signedIn('careline-supervisor');
  expect((await supervisor.get(`/referrals/${id}/mail`)).html).toContain('An alert reaches no one');
  await desk.do(id, 'record-alert-call', { alertId: await desk.alertId(id) }, 'careline-supervisor');
  await rows();
  expect((await supervisor.get('/')).html).not.toContain('Undelivered alerts');
  expect((await supervisor.get(`/referrals/${id}/mail`)).html).not.toContain('An alert reaches no one');
});

test('mail that came back is on the page of the referral in words, until a person acknowledges the alert', async () => {
  const { id: personId } = personOf('caseworker');
  await desk.ledger.changeAlert(await desk.alertId(id), frame, () => [
    { type: 'alert-leased', v: 1, personId, addressedAs: 'caseworker', order: 1, until: '2026-11-09T15:05:00.000Z' },
    { type: 'alert-failed', v: 1, personId, because: 'bounce' },
  ]);
  const supervisor = await signedIn('careline-supervisor');
  expect((await supervisor.get(`/referrals/${id}/mail`)).html).toContain('came back: the mailbox does not take it');
  await desk.do(
    id,
    'record-alert-call',
    { alertId: await desk.alertId(id), group: 'caseworker' },
    'careline-supervisor',
  );
  expect((await supervisor.get(`/referrals/${id}/mail`)).html).not.toContain('came back');
});

test('a recipient of the mail who opens the alert has seen it, once; another reader has not', async () => {
  const { id: personId } = personOf('careline-supervisor');
  await desk.ledger.changeAlert(await desk.alertId(id), frame, () => [
    { type: 'alert-sent', v: 1, personId, addressedAs: 'careline-supervisor', order: 1, messageId: 'm-1' },
  ]);
  for (const as of ['careline-supervisor', 'careline-supervisor', 'careline-worker']) {
    expect((await (await signedIn(as)).get(`/alerts/${await desk.alertId(id)}`)).status).toBe(200);
  }
  const { life, commits } = await desk.ledger.alert(await desk.alertId(id));
  expect(Object.keys(life.seen)).toEqual([personId]);
  expect(commits).toHaveLength(2);
});

test('recipients of the same words are counted, not said again and again', () => {
  expect(groupWords(['person:P-1', 'person:P-2', 'careline-supervisor'])).toBe(
    'the person named (2 people), Careline supervisor',
  );
});
