import { afterAll, beforeAll, expect, test } from 'vitest';
import { referenceFrom } from '../../shared/domain/core/ids.ts';
import type { Tables } from '../support/tables.ts';
import { referenceIn, startConsole, type Window, withoutRandom } from './window.ts';

let tables: Tables;
let careline: Window;
beforeAll(async () => {
  ({ tables, careline } = await startConsole());
});
afterAll(() => tables.stop());

/** As good a reference as any, and of no referral. */
const unknown = referenceFrom('CR', new Uint8Array(32).fill(7));

test('staff of another office find a form in the place of the referral, which opens it and says so', async () => {
  const worker = await careline.person('P-CARELINE-WORKER-1');
  await worker.get('/reports/new');
  const taken = await worker.post('/reports', {
    narrative: 'Words.',
    'children[0].danger': 'yes',
    'children[0].residenceTown': 'New Haven',
    key: 'k',
  });
  const id = referenceIn(taken.html);
  const far = await careline.person('P-CASEWORKER-DANBURY-1');
  const shut = await far.get(`/referrals/${id}`);
  expect(shut.status).toBe(404);
  expect(shut.html).toContain('Your supervisor and an administrator are told at once');
  const none = await far.get(`/referrals/${unknown}`);
  expect(withoutRandom(none.html.replaceAll(unknown, id))).toBe(withoutRandom(shut.html));
  await far.get(`/referrals/${id}`);
  const act = `/referrals/${id}/do/take-emergency-access`;
  expect((await far.post(act, { because: 'danger-now', key: 'a' })).status).toBe(400);
  const done = await far.post(act, { because: 'danger-now', reason: 'She is here.', key: 'b' });
  expect(done.status).toBe(303);
  expect((await far.get(`/referrals/${id}`)).status).toBe(200);
  careline.passes(1500);
  await far.get('/');
  careline.passes(1500);
  await far.get('/');
  careline.passes(601);
  expect((await far.get(`/referrals/${id}`)).status).toBe(404);
});
