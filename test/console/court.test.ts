/** The page of the court, as a liaison, a partner and an auditor see it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Desk } from '../support/desk.ts';
import { startConfirmed } from './confirmed.ts';
import { type Browser, formIn, openConsole, openedBy, plain, type Window } from './window.ts';

const docket = 'CANARY-H14-CP26';
const notes = 'CANARY-the judge asked for a plan';

let desk: Desk;
let id: string;
let careline: Window;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  careline = openConsole(desk, { parts: { now: () => desk.now } });
  for (const seat of ['seat:law-enforcement', 'seat:states-attorney'])
    await desk.do(id, 'sign-confidentiality', { conflict: 'no' }, seat);
  await desk.do(id, 'record-charges', { reason: 'Invented.' }, 'legal');
}, 60_000);
afterAll(() => desk.stop());

const as = (who: string) => openedBy(careline, who, id);
const courtOf = async (browser: Browser) => (await browser.get(`/referrals/${id}/court`)).html;
const schedule = (browser: Browser, key: string, more: object = {}) =>
  browser.post(`/referrals/${id}/do/schedule-hearing`, {
    key,
    hearingKind: 'delinquency-hearing',
    court: 'JUVENILE.HARTFORD',
    startsAt: '2026-11-20T10:00',
    minutes: '60',
    docket,
    ...more,
  });

test('the form lists the courts of the district first, and asks for no reason where no tribe is concerned', async () => {
  const liaison = await as('hart-liaison');
  const form = formIn((await liaison.get(`/referrals/${id}/do/schedule-hearing`)).html, 'schedule-hearing');
  expect(form).toContain('Juvenile Matters, Hartford');
  expect(form).toContain('In this district');
  expect(form).not.toContain('name="reason"');
});

test('a liaison schedules a hearing, and the page says what to prepare', async () => {
  const liaison = await as('hart-liaison');
  expect((await schedule(liaison, 'h1')).status).toBe(303);
  const page = plain(await courtOf(liaison));
  expect(page).toContain('Hearing on charges of the child, Fri Nov 20, 2026, 10:00 AM EST');
  expect(page).toContain('Juvenile Matters, Hartford');
  expect(page).toContain(docket);
  expect(page).toContain('Juvenile probation has a plan for diversion ready.');
  expect(page).toContain('How they ended is not recorded yet.');
});

test('the prosecutor reads the docket number, a detective the hearing alone, and an auditor neither', async () => {
  expect(plain(await courtOf(await as('seat:states-attorney')))).toContain(docket);
  const detective = plain(await courtOf(await as('seat:law-enforcement')));
  expect(detective).toContain('Hearing on charges of the child');
  expect(detective).not.toContain(docket);
  const auditor = await as('auditor');
  for (const page of ['', '/court', '/history']) {
    const { html } = await auditor.get(`/referrals/${id}${page}`);
    expect(html, page).not.toMatch(/Hearing on charges|CANARY-H14/);
  }
});

test('a wrong answer is a sentence beside what was typed', async () => {
  const liaison = await as('hart-liaison');
  const answer = await liaison.post(`/referrals/${id}/do/record-hearing`, {
    key: 'h2',
    hearing: 'H1',
    hearingResult: 'hearing-continued',
    notes,
  });
  expect(answer.status).toBe(409);
  expect(answer.html).toContain('the new time of the hearing');
  expect(answer.html).toContain(notes);
});

test('a hearing waits for its outcome from its beginning on, as the next step says', async () => {
  desk.at('2026-11-20T14:59:00Z');
  const liaison = await as('hart-liaison');
  expect(plain(await courtOf(liaison))).not.toContain('Hearings without an outcome');
  desk.at('2026-11-20T15:01:00Z');
  expect(plain(await courtOf(liaison))).toContain('Hearings without an outcome');
  expect(plain((await liaison.get(`/referrals/${id}/tasks`)).html)).toContain('Record what came of the hearing');
});

test('after the hearing a liaison records it, the diversion, and what was ordered', async () => {
  desk.at('2026-11-20T18:00:00Z');
  const liaison = await as('hart-liaison');
  const tasks = plain((await liaison.get(`/referrals/${id}/tasks`)).html);
  expect(tasks).toContain('Record what came of the hearing');
  expect(plain(await courtOf(liaison))).toMatch(
    /No hearing is set\. .* Hearings without an outcome Hearing on charges/,
  );
  const held = await liaison.post(`/referrals/${id}/do/record-hearing`, {
    key: 'h3',
    hearing: 'H1',
    hearingResult: 'hearing-held',
    outcome: 'charges-diverted',
    orders: ['order-services'],
    notes,
  });
  expect(held.status).toBe(303);
  const { html: next } = await liaison.get(`/referrals/${id}/tasks`);
  expect(plain(next)).toContain('Record how the charges of the child ended: charges diverted from the court');
  expect(plain(next)).toContain('Do what the court ordered: services ordered');
  const ended = { key: 'h4', chargesEnd: 'diverted' };
  expect((await liaison.post(`/referrals/${id}/do/record-charges-end`, ended)).status).toBe(303);
  const page = plain(await courtOf(liaison));
  expect(page).toContain('Diverted from the court, Fri Nov 20');
  expect(page).toContain('Services ordered: to do');
  expect(page).toContain(notes);
  const done = { key: 'h5', hearing: 'H1', order: 'order-services' };
  expect((await liaison.post(`/referrals/${id}/do/settle-order`, done)).status).toBe(303);
  expect(plain(await courtOf(liaison))).toContain('Services ordered: done Fri Nov 20');
});

test('nothing of the docket or the notes is in the ledger or on the board', async () => {
  for (const table of ['Ledger', 'Board', 'Waits', 'Cursors'] as const)
    expect(JSON.stringify(await desk.items(table)), table).not.toContain('CANARY');
});
