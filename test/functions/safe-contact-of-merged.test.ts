/** API and console show the safe contact note of a merged referral on the other one. Its audit lists the readers. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openConsole } from '../console/window.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
let api: ReturnType<typeof openApi>;
let ids: readonly [a: string, b: string];
const note = 'Never tell the stepfather; call the aunt only.';
beforeAll(async () => {
  desk = await startDesk();
  await desk.seedDirectory();
  api = openApi(desk);
  const child = { name: 'Aspen Example', birthDate: '2011-03-04' };
  ids = [await desk.opened(child), await desk.opened({ ...child, safeContact: note })];
  const [a, b] = ids;
  await desk.do(b, 'answer-duplicate', { answer: 'same-child-open', of: a, reason: 'One school.' }, 'careline-worker');
});
afterAll(() => desk.stop());

const seal = (id: string) => {
  const forPeople = ['P-CARELINE-SUPERVISOR', 'P-CARELINE-SUPERVISOR.2'];
  return desk.do(id, 'seal-referral', { because: 'known-to-staff', forPeople, reason: 'Words.' }, 'careline-manager');
};

test('the API says that there is a note, gives it, and repeats it in the answer to a command', async () => {
  const [a] = ids;
  const as = 'P-CASEWORKER';
  expect((await api.ask(`/referrals/${a}`, { as })).body.hasSafeContact).toBe(true);
  const read = await api.ask(`/referrals/${a}/identities?purpose=work-on-referral`, { as });
  expect(read.body.safeContact).toBe(note);
  const done = await api.ask(`/referrals/${a}/commands/record-facts`, { as, body: { tribalMember: 'no' } });
  expect(done.body.hasSafeContact).toBe(true);
});

test('the page shows the note on top, and once its referral is sealed only says which person to ask', async () => {
  const [a, b] = ids;
  const worker = await openConsole(desk).person('P-CARELINE-WORKER-1');
  const { html } = await worker.get(`/referrals/${a}`);
  expect(html.indexOf(note)).toBeGreaterThan(0);
  expect(html.indexOf(note)).toBeLessThan(html.indexOf('<h1'));
  await seal(b);
  const sealed = await worker.get(`/referrals/${a}`);
  expect(sealed.html).toContain('First ask a Careline supervisor who can read the note');
  expect(sealed.html).not.toContain(note);
  expect(sealed.html).not.toContain(b);
});

test('the audit page of a sealed one shows an administrator which fields were read, and nothing of the child', async () => {
  const [, b] = ids;
  const administrator = await openConsole(desk).person('P-ADMINISTRATOR-1');
  const { status, html } = await administrator.get(`/referrals/${b}/audit`);
  expect(status).toBe(200);
  expect(html).toContain('is restricted: only the people it names');
  expect(html).toContain('Reads of facts and of who the child is');
  expect(html).toContain('Work on referral');
  expect(html).not.toMatch(/stepfather|Aspen|Undo|duplicate/i);
});
