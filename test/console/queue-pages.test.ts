/** The pages of three lists: the queue with its filters, the reader's own deadlines, and the search for referrals. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, startDesk } from '../support/desk.ts';
import { reactTo } from '../support/react-desk.ts';
import { openConsole, queueIn, signedInAs, type Window } from './window.ts';

let desk: Desk;
let careline: Window;
let [hartford, newHaven] = ['', ''];
beforeAll(async () => {
  desk = await startDesk();
  careline = openConsole(desk);
  for (const residenceTown of ['Hartford', 'New Haven']) {
    const id = await desk.opened({ residenceTown, name: 'Aspen Example' });
    await reactTo(desk, id);
    if (hartford === '') hartford = id;
    else newHaven = id;
  }
});
afterAll(() => desk.stop());

const signedIn = (as: string) => signedInAs(careline, as);

describe('the queue', () => {
  test('is filtered, keeps the filters in the form, and ignores empty ones', async () => {
    const browser = await signedIn('careline-worker');
    const { html } = await browser.get('/?stage=&region=2&owner=');
    // The calls and tasks above it are those of every office.
    const table = queueIn(html);
    expect(table).toContain(newHaven);
    expect(table).not.toContain(hartford);
    expect(html).toMatch(/<option value="2" selected[^>]*>2 South Central/);
    expect(queueIn((await browser.get('/?owner=area-oncall')).html)).toContain('>Start the response: go to the child');
    expect((await browser.get('/?region=6')).html).toContain('No referral fits these filters.');
    expect(await browser.get('/?region=Aspen')).toMatchObject({ status: 302, location: expect.stringMatching(/[/]$/) });
  });
});

describe('my deadlines', () => {
  test("are those of the reader's duties, with their obligations, and every role has the page", async () => {
    const { html, status } = await (await signedIn('careline-worker')).get('/deadlines');
    expect([status, html.includes(hartford), html.includes('D3')]).toEqual([200, true, true]);
    expect(html).toContain('href="/deadlines?overdue=yes"');
    const member = await (await signedIn('seat:medical')).get('/deadlines');
    expect(member.html).toContain('Nothing waits for you.');
    expect(member.html).not.toContain('href="/referrals"');
  });

  test('start at the first page where a cursor or filter is damaged', async () => {
    const browser = await signedIn('careline-worker');
    for (const query of ['?after=Aspen', '?overdue=Aspen', '?other=1']) {
      expect((await browser.get(`/deadlines${query}`)).status).toBe(302);
    }
  });
});

describe('the search for referrals', () => {
  test('shows all referrals where the filters are untouched, the newest report first', async () => {
    const browser = await signedIn('careline-worker');
    for (const path of ['/referrals', '/referrals?stage=&region=&from=&to=']) {
      const { status, html } = await browser.get(path);
      expect([status, html.includes(hartford), html.includes(newHaven)]).toEqual([200, true, true]);
      expect(html).toContain('Found, the newest report first');
    }
  });

  test('has the referrals found with their next deadline, and never who the child is', async () => {
    const browser = await signedIn('careline-worker');
    const { html } = await browser.get('/referrals?stage=open&region=4&from=&to=');
    expect([html.includes(hartford), html.includes(newHaven)]).toEqual([true, false]);
    expect(html).toContain('>Accept or decline the report');
    expect(html).not.toContain('Aspen');
    expect((await browser.get('/referrals?bounced=yes')).html).toContain('None was found.');
  });

  test('names a filter that cannot be used, without repeating it, and is for staff alone', async () => {
    const browser = await signedIn('careline-worker');
    const { status, html } = await browser.get('/referrals?from=2026-11-10&to=2026-11-01&region=Aspen');
    expect(status).toBe(400);
    expect(html).toContain('Not looked for');
    expect(html).not.toContain('Aspen');
    expect((await browser.get('/referrals?after=Aspen')).status).toBe(302);
    expect((await (await signedIn('contact:PV-1')).get('/referrals?stage=open')).status).toBe(403);
  });
});
