/** Fault 7: a coordinator sees who has opened the invitation, and has the number of each person to call. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, personOf, startDesk } from '../support/desk.ts';
import { formIn, openConsole, signedInAs, type Window } from './window.ts';

let desk: Desk;
let careline: Window;
let id: string;
let invitation: string;
const holder = personOf('seat:medical');
const deputy = personOf('seat:medical/2');
const frame = { actor: { kind: 'function', id: 'send-alerts' }, cause: { kind: 'delivery' } } as const;

beforeAll(async () => {
  desk = await startDesk();
  careline = openConsole(desk);
  await desk.enter([
    { pk: `person#${holder.id}`, sk: 'profile', sub: `sub-${holder.id}`, ...holder, phone: '203-555-0161' },
    { pk: `person#${deputy.id}`, sk: 'profile', sub: `sub-${deputy.id}`, ...deputy, phone: '203-555-0162' },
  ]);
  id = await desk.opened();
  await desk.do(id, 'screen', { outcome: 'high-risk', definitionBasis: 'none', rationale: 'x' }, 'hart-liaison');
  for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt'] as const) await desk.step(id, step);
  invitation = Object.values((await desk.state(id)).alerts).find(({ kind }) => kind === 'mdt-invited')?.id ?? '';
  await desk.ledger.changeAlert(invitation, { ...frame, now: desk.now }, () => [
    { type: 'alert-sent', v: 1, personId: holder.id, addressedAs: 'seat:medical', order: 1, messageId: 'm-1' },
    { type: 'alert-sent', v: 1, personId: deputy.id, addressedAs: 'seat:medical', order: 2, messageId: 'm-2' },
    { type: 'alert-failed', v: 1, personId: deputy.id, because: 'bounce' },
  ]);
});
afterAll(() => desk.stop());

const signedIn = (as: string) => signedInAs(careline, as);
const pageFor = async (as: string, page = 'team') => (await (await signedIn(as)).get(`/referrals/${id}/${page}`)).html;
const seatRow = (html: string) => html.split('<th scope="row">Medical')[1]?.split('</tr>')[0] ?? '';

test('the coordinator reads that the holder has not opened the invitation yet, since when, and when the deputy is asked', async () => {
  const row = seatRow(await pageFor('mdt-coordinator'));
  expect(row).toContain('Not opened yet');
  expect(row).toContain('No answer since Mon, Nov 9, 10:00 AM');
  expect(row).toContain('We ask the deputy: Tue, Nov 10, 10:00 AM');
});

test.each(['mdt-coordinator', 'mdt-chair', 'careline-supervisor'])(
  '%s sees who has opened it, and when',
  async (as) => {
    await desk.ledger.changeAlert(invitation, { ...frame, now: '2026-11-09T16:10:00.000Z' }, ({ seen }) =>
      seen[holder.id] === undefined ? [{ type: 'alert-seen', v: 1, personId: holder.id }] : [],
    );
    expect(seatRow(await pageFor(as))).toContain('Opened: Mon, Nov 9, 11:10 AM');
  },
);

test.each(['mdt-coordinator', 'mdt-chair'])(
  '%s has the number of each holder and each deputy as a link',
  async (as) => {
    const row = seatRow(await pageFor(as));
    expect(row).toContain('href="tel:+12035550161">203-555-0161</a>');
    expect(row).toContain(deputy.name);
    expect(row).toContain('href="tel:+12035550162">203-555-0162</a>');
  },
);

test('the coordinator reads which mail to a seat did not arrive, and the number to telephone', async () => {
  await desk.ledger.changeAlert(invitation, { ...frame, now: desk.now }, () => [
    { type: 'alert-failed', v: 1, personId: holder.id, because: 'bounce' },
  ]);
  const html = await pageFor('mdt-coordinator', 'mail');
  const table = html.split('<caption>Mail that did not arrive')[1]?.split('</section>')[0] ?? '';
  expect(table).toContain(holder.name);
  expect(table).toContain('came back: the mailbox does not take it');
});

test('a member of the team sees neither, and the coordinator sees only mail to the seats', async () => {
  await desk.do(id, 'sign-confidentiality', { conflict: 'no' }, 'seat:dcf');
  const member = await pageFor('seat:dcf');
  expect(member).toContain('Held by');
  expect(member.split('<footer')[0]).not.toMatch(/tel:|203-555|Mail that did not arrive|Not opened yet/);
  expect(await pageFor('seat:dcf', 'mail')).not.toContain('Mail that did not arrive');
  await desk.ledger.changeAlert(await desk.alertId(id), { ...frame, now: desk.now }, () => [
    {
      type: 'alert-leased',
      v: 1,
      personId: personOf('caseworker').id,
      addressedAs: 'caseworker',
      order: 1,
      until: '2026-11-09T15:05:00.000Z',
    },
    { type: 'alert-failed', v: 1, personId: personOf('caseworker').id, because: 'bounce' },
  ]);
  expect(await pageFor('mdt-coordinator', 'mail')).not.toContain(personOf('caseworker').name);
  expect(await pageFor('careline-supervisor', 'mail')).toContain(personOf('caseworker').name);
});

/** The row of a seat, as a person reads it. */
const told = (html: string, seat: string) =>
  (html.split(`<th scope="row">${seat}`)[1]?.split('</tr>')[0] ?? '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

/** The address behind the words of a link in the row of a seat. */
const linkIn = (row: string, words: string): string =>
  (new RegExp(`<a href="([^"]*)">${words}</a>`).exec(row)?.[1] ?? '').replaceAll('&amp;', '&');

test.each([
  ['Remind', 'remind-seats', /name="disciplines" value="medical"[^>]* checked/],
  ['Ask the deputy now', 'ask-deputies', /name="disciplines" value="medical"[^>]* checked/],
  ['Record a telephone call', 'inform-seat', /<option value="medical" selected/],
] as const)('a silent seat has an act, and its form knows the seat: %s', async (words, name, chosen) => {
  const coordinator = await signedIn('mdt-coordinator');
  const { html } = await coordinator.get(`/referrals/${id}/team`);
  expect(formIn((await coordinator.get(linkIn(seatRow(html), words))).html, name)).toMatch(chosen);
  expect(linkIn(html, 'Remind all who have not answered')).toContain('/several/reminders');
});

test('a delivered e-mail is no telephone call, and leaves the call to be recorded', async () => {
  await desk.ledger.changeReferral(id, { ...frame, now: desk.now }, () => [
    { type: 'seat-informed', v: 1, discipline: 'medical', how: 'mail-delivered', at: desk.now },
  ]);
  const row = seatRow(await pageFor('mdt-coordinator'));
  expect(row).toContain('E-mail delivered: Mon, Nov 9, 10:00 AM');
  expect(row).not.toContain('Told by phone');
  expect(row).toContain('Record a telephone call');
});

test('an answer by telephone is recorded for the holder by the person who called', async () => {
  await desk.do(id, 'inform-seat', { discipline: 'medical', answer: 'accepted' }, 'mdt-coordinator');
  const row = told(await pageFor('mdt-coordinator'), 'Medical');
  expect(row).toContain(`Accepted by ${holder.name}`);
  expect(row).toContain('Not signed yet');
  expect(row).not.toContain('Record a telephone call');
});

test('a member who accepted is not said to have opened nothing', async () => {
  await desk.do(id, 'answer-seat', { discipline: 'mental-health', answer: 'accepted' }, 'seat:mental-health');
  const row = told(await pageFor('mdt-coordinator'), 'Mental health');
  expect(row).toContain(`Accepted by ${personOf('seat:mental-health').name}`);
  expect(row).toContain(', Mon, Nov 9, 10:00 AM');
  expect(row).not.toMatch(/[Nn]ot opened|No answer/);
});

test('after the no of a holder the deputy is next, and after both no one comes and another person is invited', async () => {
  const no = { discipline: 'forensic-interviewer', answer: 'declined', reasonCode: 'workload' };
  await desk.do(id, 'answer-seat', no, 'seat:forensic-interviewer');
  const row = () => pageFor('mdt-coordinator');
  expect(told(await row(), 'Forensic interviewer')).toMatch(/Waits for the deputy.*Declined by .*because/);
  await desk.do(id, 'answer-seat', no, 'seat:forensic-interviewer/2');
  const html = await row();
  expect(told(html, 'Forensic interviewer')).toContain('No one comes');
  const [, href = ''] = /<a href="([^"]*)">Invite another person<\/a>/.exec(html) ?? [];
  expect(href).toContain(`/referrals/${id}/do/invite-seat`);
  const coordinator = await signedIn('mdt-coordinator');
  const form = formIn((await coordinator.get(href.replaceAll('&amp;', '&'))).html, 'invite-seat');
  expect(form).toMatch(/<option value="forensic-interviewer" selected/);
});
