/** The notes for the next shift on the Overview: who reads them, and when they are gone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Desk } from '../support/desk.ts';
import { startConfirmed } from './confirmed.ts';
import { type Browser, hidden, openConsole, openedBy, plain, type Window } from './window.ts';

const canary = 'CANARY-the-aunt-calls-at-eight';

let desk: Desk;
let id: string;
let careline: Window;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  careline = openConsole(desk, { parts: { now: () => desk.now } });
  await desk.do(id, 'sign-confidentiality', { conflict: 'no' }, 'seat:law-enforcement');
  await desk.do(id, 'accept-linkage', { service: 'victim-advocacy' }, 'contact:PV-1');
}, 60_000);
afterAll(() => desk.stop());

const as = (who: string) => openedBy(careline, who, id);
const overview = async (browser: Browser) => (await browser.get(`/referrals/${id}`)).html;

test('a note stands on the Overview of staff, with who has read it', async () => {
  const worker = await as('careline-worker');
  const tooLong = { key: 'n-long', shiftNote: 'x'.repeat(301) };
  const refused = await worker.post(`/referrals/${id}/do/leave-note`, tooLong);
  expect([refused.status, plain(refused.html).includes('Give at most 300 characters')]).toEqual([400, true]);
  const fourLines = await worker.post(`/referrals/${id}/do/leave-note`, { key: 'n-4', shiftNote: 'a\r\nb\r\nc\r\nd' });
  expect([fourLines.status, plain(fourLines.html).includes('Write 3 lines at most.')]).toEqual([400, true]);
  const left = await worker.post(`/referrals/${id}/do/leave-note`, { key: 'n1', shiftNote: canary });
  expect(left.status).toBe(303);
  expect(await overview(worker)).not.toContain('I have read this');

  const next = await as('caseworker');
  const page = await overview(next);
  expect(page).toContain(canary);
  expect(plain(page)).toContain('No one has marked it as read.');
  expect(page).toContain('I have read this');
  const seq = hidden(page, 'seq');
  expect(seq).toMatch(/^\d+$/);
  expect((await next.post(`/referrals/${id}/do/read-notes`, { key: 'n2', seq })).status).toBe(303);
  const after = await overview(next);
  expect(plain(after)).toMatch(/Read by [A-Z]/);
  expect(after).not.toContain('I have read this');
});

test.each(['seat:law-enforcement', 'contact:PV-1', 'mdt-coordinator', 'auditor', 'administrator'])(
  '%s sees neither its words nor that there is one',
  async (who) => {
    const reader = await as(who);
    const pages = await Promise.all(
      ['', '/history'].map((page) => reader.get(`/referrals/${id}${page}`).then(({ html }) => html)),
    );
    expect(pages.join('')).not.toContain(canary);
    expect(pages[0]).not.toContain('For the next shift');
  },
);

test('after fourteen days it is gone from the Overview, and the history keeps what was written', async () => {
  desk.at(new Date(Date.parse(desk.now) + 14 * 24 * 3_600_000 + 1000).toISOString());
  const worker = await as('careline-worker');
  expect(await overview(worker)).not.toContain(canary);
  expect((await worker.get(`/referrals/${id}/history`)).html).toContain(canary);
});
