/** Appointments on pages: an advocate books an interview with an interpreter at the nearest center with openings. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inWords } from '../../functions/console/forms/refused-field.ts';
import { listProvider } from '../../functions/react/list-provider.ts';
import { keepProvider } from '../../shared/application/use-cases/keep-providers.ts';
import { commands } from '../../shared/domain/commands.ts';
import { refusals } from '../../shared/domain/refusals.ts';
import { type Desk, visitor } from '../support/desk.ts';
import { startConfirmed } from './confirmed.ts';
import { type Browser, formIn, openConsole, openedBy, plain, signedInAs, type Window } from './window.ts';

let desk: Desk;
let id: string;
let careline: Window;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  careline = openConsole(desk, { parts: { now: () => desk.now } });
  await desk.do(id, 'sign-confidentiality', { conflict: 'no' }, 'seat:victim-advocate');
  const listing = {
    name: 'Aspen Center (invented)',
    regions: ['4'],
    ageFrom: 0,
    ageTo: 17,
    languages: ['english', 'spanish'],
    phone: '203-555-0144',
    contactId: 'PV-1.CONTACT',
    revision: 0,
    place: {
      kind: 'advocacy-center',
      town: 'Hartford',
      openings: 2,
      openUntil: '2026-12-31',
      protocolUntil: '2027-12-31',
    },
  };
  const answer = await keepProvider(
    desk.parts(),
    visitor('careline-supervisor'),
    { service: 'forensic-interview', id: 'PR-ASPEN' },
    listing,
  );
  expect(answer.kind).toBe('done');
  await listProvider(desk, 'PR-ASPEN');
}, 60_000);
afterAll(() => desk.stop());

const as = (who: string) => openedBy(careline, who, id);
const book = (browser: Browser, key: string, more: object = {}) =>
  browser.post(`/referrals/${id}/do/ask-booking`, {
    key,
    providerId: 'forensic-interview PR-ASPEN',
    startsAt: '2026-11-20T10:00',
    minutes: '90',
    interpreter: 'spanish',
    advocate: 'advocate-comes',
    ...more,
  });

test('a refusal of a form names fields and acts in words, and no code', () => {
  expect(inWords(refusals['booked-already'])).toBe(
    'This is asked for or booked already. Move that appointment, or record how it ended.',
  );
  expect(inWords(refusals['outcome-unasked'])).not.toMatch(/"/);
  expect(inWords('Say for each required discipline: forensic-interviewer, medical.')).toBe(
    'Say for each required discipline: forensic interviewer, medical.',
  );
  const codes = Object.keys(commands).map((name) => `(${name})`);
  for (const sentence of Object.values(refusals)) {
    const shown = inWords(sentence);
    expect([...codes.filter((code) => shown.includes(code)), ...(/"[a-z]+[A-Z]/.exec(shown) ?? [])]).toEqual([]);
  }
});

test('the form puts the nearest center with openings first, and says why', async () => {
  const advocate = await as('seat:victim-advocate');
  const form = plain(formIn((await advocate.get(`/referrals/${id}/do/ask-booking`)).html, 'ask-booking'));
  const center = form.indexOf('Aspen Center');
  expect(center).toBeGreaterThan(0);
  expect(form.slice(center, center + 200)).toMatch(/2 open until .*2026.*protocol on file.*English, Spanish/);
  expect(center).toBeLessThan(form.indexOf('House of forensic-interview'));
  expect(form).not.toContain('Why a second interview');
});

test('an advocate books an interview with an interpreter, and the page of services shows it', async () => {
  const advocate = await as('seat:victim-advocate');
  expect((await book(advocate, 'b1')).status).toBe(303);
  const page = plain((await advocate.get(`/referrals/${id}/services`)).html);
  expect(page).toContain('Exams and interviews');
  expect(page).toMatch(/Forensic interview Booked Fri Nov 20, 2026, 10:00 AM EST Aspen Center \(invented\) Spanish/);
  expect(plain((await advocate.get(`/referrals/${id}/team`)).html)).toContain('Nov 20, 2026, 10:00 AM');
});

test('a detective is told to ask the advocate', async () => {
  const detective = await as('seat:law-enforcement');
  const { status } = await book(detective, 'b2', { providerId: 'medical-nonacute PV-1' });
  expect([403, 404, 409]).toContain(status);
  expect(plain((await detective.get(`/referrals/${id}/services`)).html)).not.toContain('non-acute Booked');
});

test('after a missed interview the task is to book again', async () => {
  desk.at('2026-11-20T18:00:00Z');
  const advocate = await as('seat:victim-advocate');
  expect(plain((await advocate.get(`/referrals/${id}/tasks`)).html)).toContain('Record whether it was kept');
  const missed = { key: 'b3', booking: 'B1', bookingEnd: 'booking-missed', bookingReason: 'no-interpreter' };
  expect((await advocate.post(`/referrals/${id}/do/end-booking`, missed)).status).toBe(303);
  const tasks = plain((await advocate.get(`/referrals/${id}/tasks`)).html);
  expect(tasks).toContain('Book it again: forensic interview');
  expect(plain((await advocate.get(`/referrals/${id}/services`)).html)).toContain('Missed, no interpreter');
});

test('a second interview asks why, in the form and by a sentence', async () => {
  const advocate = await as('seat:victim-advocate');
  expect((await book(advocate, 'b4', { startsAt: '2026-11-23T10:00' })).status).toBe(303);
  desk.at('2026-11-23T18:00:00Z');
  const later = await as('seat:victim-advocate');
  const kept = { key: 'b5', booking: 'B2', bookingEnd: 'booking-kept', seenAlone: 'seen-alone' };
  expect((await later.post(`/referrals/${id}/do/end-booking`, kept)).status).toBe(303);
  const { html } = await later.get(`/referrals/${id}/do/ask-booking`);
  expect(html).toContain('Why a second interview');
  const refused = await book(later, 'b6', { startsAt: '2026-11-30T10:00' });
  expect(refused.status).toBe(409);
  expect(refused.html).toContain('one is enough');
});

test('the form asks for the reason of a second one where an interview was held without a booking', async () => {
  const other = await startConfirmed();
  const window = openConsole(other.desk, { parts: { now: () => other.desk.now } });
  await other.desk.do(
    other.id,
    'settle-interview',
    { answer: 'held-already', seenAlone: 'alone-not-known' },
    'mdt-coordinator',
  );
  const coordinator = await signedInAs(window, 'mdt-coordinator');
  const { html } = await coordinator.get(`/referrals/${other.id}/do/ask-booking`);
  expect(plain(formIn(html, 'ask-booking'))).toContain('Why a second interview');
  await other.desk.stop();
});
