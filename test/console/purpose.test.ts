/** The facts on a referral's page: some read them at once, some say what for, and auditors never do. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, startDesk } from '../support/desk.ts';
import { openConsole, type Window } from './window.ts';
import { reportWren, wrensWords } from './wren.ts';

let tables: Desk;
let window: Window;
let id: string;
beforeAll(async () => {
  tables = await startDesk();
  await tables.seedDirectory();
  window = openConsole(tables, { parts: { secretKey: async () => 'the key of these tests' } });
  id = await reportWren(tables);
});
afterAll(() => tables.stop());

const asked = 'What do you need the facts about this child for?';
const reads = async () =>
  (await tables.ledger.factReads(id)).map(({ personId, purpose }) => [personId, purpose] as const);

test('a call taker reads all at once, and is recorded once a session', async () => {
  const worker = await window.person('P-CARELINE-WORKER-1');
  for (const _ of [1, 2]) {
    const { html } = await worker.get(`/referrals/${id}/child`);
    for (const shown of ['Wren Example', 'Alleged', wrensWords]) expect(html).toContain(shown);
    expect(html).not.toContain(asked);
  }
  expect(await reads()).toEqual([['P-CARELINE-WORKER-1', 'work-on-referral']]);
  const anew = await window.person('P-CARELINE-WORKER-1');
  await anew.get(`/referrals/${id}`);
  expect(await reads()).toHaveLength(2);
});

test('a person without a task sees danger, missing and the age band, and one click opens the rest', async () => {
  const before = (await reads()).length;
  const lawyer = await window.person('P-LEGAL-1');
  const first = await lawyer.get(`/referrals/${id}`);
  expect(first.status).toBe(200);
  const ofChild = await lawyer.get(`/referrals/${id}/child`);
  expect(ofChild.html).toContain(asked);
  for (const hidden of ['Wren Example', wrensWords, 'Alleged', 'Only by text'])
    expect(ofChild.html).not.toContain(hidden);
  for (const shown of [
    asked,
    'In danger now',
    '15 to 17',
    'I give legal advice on it',
    'There is a note on safe contact',
  ])
    expect(first.html).toContain(shown);
  // Only the reasons that fit counsel are offered.
  for (const other of ['I work on this referral', 'I review how it was handled', 'I compare it with another'])
    expect(first.html).not.toContain(other);
  for (const hidden of ['Wren Example', wrensWords, 'Alleged', 'Only by text'])
    expect(first.html).not.toContain(hidden);
  expect(await reads()).toHaveLength(before);
  const chosen = await lawyer.post(`/referrals/${id}/purpose`, { purpose: 'legal-advice' });
  expect([chosen.status, chosen.location]).toEqual([303, expect.stringContaining(`/referrals/${id}`)]);
  const then = await lawyer.get(`/referrals/${id}/child`);
  for (const shown of ['Wren Example', 'Alleged', 'Only by text']) expect(then.html).toContain(shown);
  expect((await reads()).slice(before)).toEqual([['P-LEGAL-1', 'legal-advice']]);
  const audit = await (await window.person('P-AUDITOR-1')).get(`/referrals/${id}/audit/reads`);
  expect(audit.html).toContain('Facts about the child');
  expect(audit.html).toContain('Legal advice');
});

test('a purpose that is none, and one for an unknown referral, open nothing', async () => {
  const before = (await reads()).length;
  const lawyer = await window.person('P-LEGAL-1');
  await lawyer.get(`/referrals/${id}`);
  for (const purpose of ['curiosity', 'quality-review', 'team-review'])
    expect((await lawyer.post(`/referrals/${id}/purpose`, { purpose })).status).toBe(303);
  expect((await lawyer.get(`/referrals/${id}`)).html).toContain(asked);
  expect((await lawyer.post('/referrals/CR-00000-000000/purpose', { purpose: 'legal-advice' })).status).toBe(404);
  expect(await reads()).toHaveLength(before);
});

test('an administrator reads stages, clocks and runs, and nothing about the child', async () => {
  for (const who of ['P-ADMINISTRATOR-1', 'P-AUDITOR-1']) {
    const person = await window.person(who);
    for (const path of [
      '',
      '/audit',
      '/audit/commits',
      '/audit/clocks',
      '/audit/mail',
      '/audit/people',
      '/audit/runs',
    ]) {
      const { status, html } = await person.get(`/referrals/${id}${path}`);
      expect([path, status]).toEqual([path, 200]);
      for (const hidden of ['Wren', wrensWords, 'In danger now', 'Hartford, region', '15 to 17', asked])
        expect([path, html.includes(hidden), hidden]).toEqual([
          path,
          hidden === 'Hartford, region' && path === '',
          hidden,
        ]);
    }
    const queue = await person.get('/');
    expect(queue.html).not.toContain('In danger');
    expect(queue.html).not.toContain('The child now');
  }
});
