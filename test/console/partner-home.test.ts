/** The home page of partners: each row of a seat or an offer opens the form of its answer. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Desk } from '../support/desk.ts';
import { reactTo } from '../support/react-desk.ts';
import { startConfirmed, twoDaysLater } from './confirmed.ts';
import { type Browser, formIn, openConsole, signedInAs, type Window } from './window.ts';

let desk: Desk;
let id: string;
let careline: Window;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  await reactTo(desk, id);
  careline = openConsole(desk, { parts: { now: () => desk.now } });
});
afterAll(() => desk.stop());

/** The addresses of the rows with these words, on the home page and on the list of all next steps. */
async function rowsOf(browser: Browser, words: string): Promise<readonly string[]> {
  const pages = [await browser.get('/'), await browser.get('/deadlines')];
  return pages.map(({ html }) => {
    const [, href = ''] = new RegExp(`<a href="([^"]*)">${words}`).exec(html) ?? [];
    return href.replaceAll('&amp;', '&');
  });
}

/** The address that the row leads to, and the form there. */
async function opened(browser: Browser, href: string) {
  const { location } = await browser.get(href);
  const path = new URL(location, 'http://127.0.0.1').pathname;
  return { path, location, html: (await browser.get(location)).html };
}

/** The words of a page, as they are read. */
const textOf = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ')
    .replaceAll(' ,', ',');

const chosenIn = (form: string): string => /<option value="([a-z-]+)" selected/.exec(form)?.[1] ?? '';

describe('the row of a seat', () => {
  test('opens the form that accepts or declines it', async () => {
    const member = await signedInAs(careline, 'seat:mental-health');
    const rows = await rowsOf(member, 'Accept or decline your seat on the team: mental health');
    expect(new Set(rows).size).toBe(1);
    const { path, html } = await opened(member, rows[0] ?? '');
    expect(path).toBe(`/referrals/${id}/do/answer-seat`);
    expect(chosenIn(formIn(html, 'answer-seat'))).toBe('mental-health');
  });
});

describe('the row of an offer', () => {
  test('opens the form that accepts it, from which one link leads to the form that declines it', async () => {
    const provider = await signedInAs(careline, 'contact:PV-1');
    const rows = await rowsOf(provider, 'Answer the referral to you: victim advocacy');
    expect(new Set(rows).size).toBe(1);
    const { path, html } = await opened(provider, rows[0] ?? '');
    expect(path).toBe(`/referrals/${id}/do/accept-linkage`);
    expect(chosenIn(formIn(html, 'accept-linkage'))).toBe('victim-advocacy');
    const [, href = ''] = /<a class="usa-button[^"]*" href="([^"]*)">Decline the referral<\/a>/.exec(html) ?? [];
    const declining = await provider.get(href.replaceAll('&amp;', '&'));
    expect(chosenIn(formIn(declining.html, 'decline-linkage'))).toBe('victim-advocacy');
    expect(declining.html).toContain('>Accept the referral</a>');
  });

  test('opens the referral once the offer was answered', async () => {
    const provider = await signedInAs(careline, 'contact:PV-1');
    const [row = ''] = await rowsOf(provider, 'Answer the referral to you: victim advocacy');
    await desk.do(id, 'accept-linkage', { service: 'victim-advocacy' }, 'contact:PV-1');
    expect((await provider.get(row)).location).toMatch(new RegExp(`/referrals/${id}$`));
  });
});

describe('the home page of a member', () => {
  test('has the time of the meeting that is set, whatever the deadline is, and counts nothing as overdue', async () => {
    const member = await signedInAs(careline, 'seat:medical');
    const { html } = await member.get('/');
    expect(textOf(html)).toContain('Join the team meeting Thu, Nov 12, 10:00 AM (in 23 h), by video or telephone');
    desk.at('2026-11-12T16:30:00Z');
    const after = textOf((await (await signedInAs(careline, 'seat:medical')).get('/')).html);
    expect(after).toContain('It began 10:00 AM. The coordinator records it.');
    expect(after).toMatch(/None: .*Your tasks overdue/);
    desk.at(twoDaysLater);
  });
});

describe('the home page of a provider', () => {
  const home = async () => textOf((await (await signedInAs(careline, 'contact:PV-1')).get('/')).html);
  const react = () => reactTo(desk, id);

  test('has each child of theirs with the next step, the danger, and the person to ask', async () => {
    await react();
    const accepted = await home();
    expect(accepted).toMatch(
      /Attempt the advocate's contact.*In danger.*Questions: Invented P-HART-LIAISON, 203-555-0100/,
    );
    expect(accepted).toMatch(/None: .*Offers to answer/);
    await desk.do(id, 'start-linkage', { service: 'victim-advocacy' }, 'contact:PV-1');
    await react();
    expect(await home()).toContain('The service has started: victim advocacy');
  });

  test('has nothing of a referral to which they said no, and its page shows no clock of it', async () => {
    const service = 'mental-health';
    await desk.do(id, 'offer-linkage', { service, providerId: 'PV-1' }, 'hart-liaison');
    await react();
    expect(await home()).toContain('Answer the referral to you: mental health');
    await desk.do(id, 'decline-linkage', { service, reasonCode: 'no-capacity', reason: 'x' }, 'contact:PV-1');
    await react();
    expect(await home()).not.toContain('mental health');
    const provider = await signedInAs(careline, 'contact:PV-1');
    const { html } = await provider.get(`/referrals/${id}`);
    expect(textOf(html)).not.toContain('first mental health appointment');
  });
});

test('no form tells a provider what became of the services of others, nor that anything did', async () => {
  const fresh = await startConfirmed();
  const page = openConsole(fresh.desk, { parts: { now: () => fresh.desk.now } });
  const declined = { service: 'mental-health', reasonCode: 'child-declined', reason: 'CANARY the child said no.' };
  await fresh.desk.do(fresh.id, 'decline-linkage', declined, 'caseworker');
  const own = await signedInAs(page, 'contact:PV-1');
  const told = await own.get(`/referrals/${fresh.id}/do/decline-linkage`);
  expect([told.status, told.html.includes('id="do-decline-linkage"')]).toEqual([200, true]);
  expect(textOf(told.html)).not.toMatch(/Recorded before|CANARY|mental health/i);
  const staff = await (await signedInAs(page, 'caseworker')).get(`/referrals/${fresh.id}/do/decline-linkage`);
  expect(textOf(staff.html)).toMatch(/Recorded before.*mental health/i);
  const no = { service: 'victim-advocacy', reasonCode: 'no-capacity', reason: 'Full.' };
  await fresh.desk.do(fresh.id, 'decline-linkage', no, 'contact:PV-1');
  const after = textOf((await own.get(`/referrals/${fresh.id}?done=decline-linkage`)).html);
  expect(after).toContain('You have no task in this referral now.');
  for (const path of ['', '/acts', '/tasks', '/services'])
    expect((await own.get(`/referrals/${fresh.id}${path}`)).html, path).not.toContain('do/decline-linkage');
  await fresh.desk.stop();
});
