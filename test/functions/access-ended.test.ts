/** The API to a person whose access an administrator ended. */
import { beforeAll, expect, test } from 'vitest';
import { openApi } from '../support/api-client.ts';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
let api: ReturnType<typeof openApi>;
const caseworker = 'P-CASEWORKER';
const secondsOf = (instant: string) => Date.parse(instant) / 1000;

beforeAll(async () => {
  desk = await startDesk();
  api = openApi(desk);
});

const frame = (name: string) => ({
  now: desk.now,
  actor: { kind: 'person', id: 'P-ADMINISTRATOR' } as const,
  cause: { kind: 'command', name, id: name } as const,
});

test('a token of theirs is refused at the next request, with a sentence, and no other person is', async () => {
  expect((await api.ask('/referrals', { as: caseworker })).status).toBe(200);
  await desk.ledger.changeShifts('SCHEDULE', frame('end-access'), () => [
    { type: 'access-ended', v: 1, personId: caseworker, reason: 'device-lost' },
  ]);
  const refused = await api.ask('/referrals', { as: caseworker, signedInAt: secondsOf(desk.now) });
  expect([refused.status, refused.body.detail]).toEqual([
    403,
    'An administrator ended your access. If this is wrong, call the Careline supervisor on duty.',
  ]);
  const report = await api.ask('/reports', { as: caseworker, body: {} });
  expect(report.status).toBe(403);
  expect((await api.ask('/referrals', { as: 'P-CASEWORKER.2' })).status).toBe(200);
});

test('once let in again, a token from before the end stays refused, and a new sign-in counts', async () => {
  const endedAt = desk.now;
  desk.at('2026-11-09T16:00:00.000Z');
  const [entry] = (await desk.items('Directory')).filter(
    ({ pk, sk }) => pk === `person#${caseworker}` && sk === 'profile',
  );
  await desk.enter([{ ...(entry as { pk: string; sk: string }), letInAt: '2026-11-09T15:30:00.000Z' }]);
  const status = async (signedInAt: number) => (await api.ask('/referrals', { as: caseworker, signedInAt })).status;
  expect(await status(secondsOf(endedAt))).toBe(401);
  expect(await status(0)).toBe(401);
  expect(await status(secondsOf(endedAt) + 1)).toBe(200);
});
