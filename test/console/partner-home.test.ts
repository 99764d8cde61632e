/** The home page of partners: each row of a seat or an offer opens the form of its answer. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Desk } from '../support/desk.ts';
import { reactTo } from '../support/react-desk.ts';
import { startConfirmed } from './confirmed.ts';
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
