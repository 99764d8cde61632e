/** Fault 7: what the person with an emergency access sees, and what the supervisor's link opens. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boardRows } from '../../shared/domain/board/board-rows.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import type { Tables } from '../support/tables.ts';
import { type Browser, report, startConsole, type Window } from './window.ts';

let tables: Tables;
let careline: Window;
let worker: Browser;
let opener: Browser;
let supervisor: Browser;
beforeAll(async () => {
  ({ tables, careline } = await startConsole());
  worker = await careline.person('P-CARELINE-WORKER-1');
  opener = await careline.person('P-CASEWORKER-DANBURY-1');
  supervisor = await careline.person('P-AREA-SUPERVISOR-DANBURY-1');
});
afterAll(() => tables.stop());

const stateOf = async (id: string) => {
  const referral = await tables.ledger.referral(id);
  if (!referral) throw new Error(`There is no referral ${id}.`);
  return referral.state;
};
/** A referral of New Haven that a caseworker of Danbury has opened just now. */
async function opened(): Promise<string> {
  const id = await report(worker, { 'children[0].name': 'Willow Example', narrative: 'A secret story.' });
  await opener.get(`/referrals/${id}`);
  const why = { because: 'danger-now', reason: 'She stands at our door.', key: `open ${id}` };
  expect((await opener.post(`/referrals/${id}/do/take-emergency-access`, why)).status).toBe(303);
  return id;
}
const alertOf = async (id: string) => {
  const alert = Object.values((await stateOf(id)).alerts).find(({ kind }) => kind === 'emergency-access-taken');
  if (!alert) throw new Error('No one was told.');
  return alert;
};
const bannerIn = (html: string) => /Emergency access: [^<]*left/.exec(html)?.[0];

test('the person with the access sees the time left on every page of that referral, and on no other', async () => {
  const id = await opened();
  const other = await report(worker, { 'children[0].residenceTown': 'Danbury' });
  expect(bannerIn((await opener.get(`/referrals/${id}`)).html)).toBe('Emergency access: 59 minutes left');
  careline.passes(20 * 60);
  expect(bannerIn((await opener.get(`/referrals/${id}?done=take-emergency-access`)).html)).toBe(
    'Emergency access: 39 minutes left',
  );
  const wrong = await opener.post(`/referrals/${id}/do/assess-danger`, { danger: 'never', key: 'x' });
  expect([wrong.status, bannerIn(wrong.html)]).toEqual([400, 'Emergency access: 39 minutes left']);
  expect(bannerIn((await opener.get(`/referrals/${other}`)).html)).toBeUndefined();
  expect(bannerIn((await worker.get(`/referrals/${id}`)).html)).toBeUndefined();
});

test("the supervisor's link opens who took the access, in which role and office, why, until when, and every act since", async () => {
  const id = await opened();
  await opener.get(`/referrals/${id}`);
  await opener.post(`/referrals/${id}/do/note-safe-contact`, {
    safeContact: 'Call her aunt first.',
    key: `danger ${id}`,
  });
  const alert = await alertOf(id);
  expect(alert.people).toEqual(['P-AREA-SUPERVISOR-DANBURY-1']);
  const { status, html } = await supervisor.get(`/alerts/${alert.id}`);
  expect(status).toBe(200);
  for (const part of [
    `Emergency access to ${id}`,
    (await tables.directory.person('P-CASEWORKER-DANBURY-1'))?.name ?? '?',
    'Caseworker, Danbury',
    'The child is in danger now',
    'She stands at our door.',
    'Until',
    'read name of the child, date of birth',
    'did: note safe contact',
    'New Haven, region 2',
    'Decide whether that was justified',
    'Record review',
  ]) {
    expect(html).toContain(part);
  }
  // A reviewer need not know who the child is. The referral itself stays closed.
  expect(html).not.toMatch(/Willow|A secret story/);
  expect(html).not.toContain(`href="/referrals/${id}"`);
  expect((await supervisor.get(`/referrals/${id}`)).status).toBe(404);
});

test('the supervisor records the review there, and the audit shows it', async () => {
  const id = await opened();
  const page = `/referrals/${id}/emergency-access`;
  await supervisor.get(page);
  const path = `/referrals/${id}/do/review-emergency-access`;
  const short = await supervisor.post(path, { use: '1', finding: 'justified', reason: 'ok', key: 'a' });
  expect(short.status).toBe(400);
  expect(short.html).toContain('at least ten letters or digits');
  expect(short.html).toMatch(/value="justified" checked/);
  const review = { use: '1', finding: 'justified', reason: 'The child stood at the door.', key: 'b' };
  const done = await supervisor.post(path, review);
  expect([done.status, done.location]).toEqual([303, `http://127.0.0.1:3000${page}?done=review-emergency-access`]);
  const after = (await supervisor.get(`${page}?done=review-emergency-access`)).html;
  expect(after).toContain('Your review is recorded.');
  expect(after).toMatch(/Justified, by [^,]+, Area supervisor/);
  expect(after).not.toContain('Record review');
  expect(after).toContain('It was reviewed.');
  expect(after).not.toContain('Decide whether that was justified');
  const administrator = await careline.person('P-ADMINISTRATOR-1');
  const audit = (await administrator.get(`/referrals/${id}/audit`)).html;
  const commits = (await administrator.get(`/referrals/${id}/audit/commits`)).html;
  expect(commits).toContain('Emergency access reviewed');
  expect(audit).toContain(page);
  expect((await administrator.get(page)).html).not.toContain('Record review');
});

test.each(['P-CASEWORKER-DANBURY-1', 'P-AREA-SUPERVISOR-NORWICH-1', 'P-CASEWORKER-NEW-HAVEN-1'])(
  'the page is not there for %s, and the form records nothing',
  async (personId) => {
    const id = await opened();
    const person = await careline.person(personId);
    expect((await person.get(`/referrals/${id}/emergency-access`)).status).toBe(404);
    const review = { use: '1', finding: 'justified', reason: 'It was only right.', key: personId };
    expect((await person.post(`/referrals/${id}/do/review-emergency-access`, review)).status).not.toBe(303);
    expect((await stateOf(id)).access.emergencyAccesses?.[0]?.review).toBeUndefined();
  },
);

test('it waits in the deadlines of that supervisor, and leads to the page that can be opened', async () => {
  const id = await opened();
  for (const row of boardRows(await stateOf(id), connecticutPolicy)) await tables.board.put(row);
  const { html } = await supervisor.get('/deadlines');
  expect(html).toContain(`href="/referrals/${id}/emergency-access"`);
  expect(html).toContain('Decide whether the emergency access was justified (use 1)');
});
