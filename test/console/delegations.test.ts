/** The page on which a person names a delegate for a leave. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listDelegations } from '../../functions/react/list-delegations.ts';
import type { Tables } from '../support/tables.ts';
import { report, startConsole, type Window } from './window.ts';

let tables: Tables;
let window: Window;
const worker = 'P-CARELINE-WORKER-1';
const caseworker = 'P-CASEWORKER-NEW-HAVEN-1';
beforeAll(async () => {
  ({ tables, careline: window } = await startConsole());
});
afterAll(() => tables.stop());

test('a caseworker names a delegate, who opens the referrals of that office and signs under both names', async () => {
  const reference = await report(await window.person(worker));
  const mine = await window.person(caseworker);
  const page = await mine.get('/delegations');
  // Only the work that the person may hand on is offered.
  expect(page.html.match(/name="work" value="[^"]*"/g)).toEqual(['name="work" value="caseworker"']);
  const other = await window.person('P-LEGAL-1');
  expect((await other.get('/delegations')).html).not.toContain('The colleagues you act for');
  await mine.get('/delegations');
  const done = await mine.post('/delegations', {
    'delegateId.email': 'LEGAL@dcf.example',
    work: 'caseworker',
    from: '',
    until: '2026-11-13T08:00',
  });
  expect(done.status, done.html).toBe(303);
  await listDelegations(tables, caseworker);
  expect((await mine.get('/delegations?done=yes')).html).toContain('Who acts for you');
  expect((await other.get('/delegations')).html).toContain('The colleagues you act for');

  await other.get(`/referrals/${reference}`);
  const signed = await other.post(`/referrals/${reference}/do/record-safety-plan`, {
    placement: 'placed',
    plan: 'Words.',
    key: 'a key',
  });
  expect(signed.status, signed.html).toBe(303);
  const admin = await window.person('P-ADMINISTRATOR-1');
  expect((await admin.get(`/referrals/${reference}/audit/commits`)).html).toContain('on behalf of');
  const all = await admin.get('/delegations');
  expect(all.html).toContain('All delegates');
  await admin.post('/delegations/end', { personId: caseworker, id: 'DG-1' });
  await other.get(`/referrals/${reference}`);
  const late = await other.post(`/referrals/${reference}/do/record-safety-plan`, {
    placement: 'placed',
    plan: 'Words.',
    key: 'another key',
  });
  expect(late.status).toBe(403);
});

test('people are offered by name, title and number, and no id is typed', async () => {
  const mine = await window.person(caseworker);
  const { html } = await mine.get('/delegations');
  const offered = [...html.matchAll(/<option value="(P-[^"]+)"[^>]*>([^<]+)/g)];
  expect(offered.length).toBeGreaterThan(20);
  for (const [, id = '', shown = ''] of offered) {
    expect(shown).toMatch(/^\S.*, \S/);
    expect(shown).not.toContain(id);
  }
  expect(offered.map(([, , shown]) => shown)).toEqual(
    offered.map(([, , shown = '']) => shown).toSorted((one, other) => one.localeCompare(other, 'en')),
  );
});

test('an e-mail address that the directory lacks is a problem of its field, and stays typed', async () => {
  const mine = await window.person(caseworker);
  await mine.get('/delegations');
  const answer = await mine.post('/delegations', {
    'delegateId.email': 'no.one@dcf.example',
    work: 'caseworker',
    until: '2026-11-13T08:00',
  });
  expect(answer.status).toBe(400);
  expect(answer.html).toContain('No person in the directory has this e-mail address.');
  expect(answer.html).toMatch(/<details class="why" open="">.*value="no\.one@dcf\.example"/);
});

test('a problem of the form stands at its field, and a refusal above the form', async () => {
  const mine = await window.person(caseworker);
  await mine.get('/delegations');
  const wrong = await mine.post('/delegations', { delegateId: '', work: '', until: '' });
  expect(wrong.status).toBe(400);
  expect(wrong.html).toContain('Kinds of work');
  const refused = await mine.post('/delegations', {
    delegateId: caseworker,
    work: 'caseworker',
    until: '2026-11-13T08:00',
  });
  expect(refused.status).toBe(409);
  expect(refused.html).toContain('a delegate stands in for you');
});
