/** A report that is entered after an outage. Its clocks run from the time of call, and the page says why it is late. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describe as describeEvent } from '../../../shared/domain/audit/event-sentences.ts';
import { openApi } from '../../support/api-client.ts';
import { type Desk, reportOf, startDesk } from '../../support/desk.ts';
import { connecticutPolicy } from '../../support/released-policy.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
  desk.at('2026-11-09T15:00:00Z');
});
afterAll(() => desk.stop());

const heard = '2026-11-09T02:00:00.000Z';

test('all clocks run from the time of call, and the reason for the delay stands beside it', async () => {
  const id = await desk.opened({}, { receivedAt: heard, lateReason: 'system-outage' });
  const state = await desk.state(id);
  expect(state).toMatchObject({
    report: { receivedAt: heard, recordedAt: desk.now, lateReason: 'system-outage' },
  });
  // Twelve hours for the police and two for the response are over. Both are due in the past and say so.
  const starts = Object.values(state.deadlines).filter(({ rule }) => ['D3', 'D6'].includes(rule));
  expect(starts.map(({ start }) => start)).toEqual(starts.map(() => heard));
  expect(starts.length).toBe(2);
  const [opened] = (await desk.ledger.referral(id))?.commits[0]?.events ?? [];
  expect(opened && describeEvent(opened, state, connecticutPolicy)).toContain('system outage');
  const shown = await openApi(desk).ask(`/referrals/${id}`, { as: 'P-CASEWORKER' });
  expect(shown.body).toMatchObject({ receivedAt: heard, lateReason: 'system-outage' });
});

test.each([
  ['an hour late with no reason says that no reason is recorded', '2026-11-09T14:00:00.000Z', 'not-said'],
  ['less than an hour late is not late', '2026-11-09T14:00:00.001Z', undefined],
])('a report that is %s', async (_, receivedAt, reason) => {
  expect((await desk.state(await desk.opened({}, { receivedAt }))).report.lateReason).toBe(reason);
});

test('a reason without the time of call asks for that time', async () => {
  const answer = await desk.report(reportOf({}, { lateReason: 'paper-form' }));
  expect(answer).toMatchObject({ kind: 'invalid', problems: [{ path: 'receivedAt' }] });
});
