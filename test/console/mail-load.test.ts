/** The page of the mail load, as a supervisor reads it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendAlerts } from '../../functions/send-alerts/send-alerts.ts';
import { sendParts } from '../support/send-parts.ts';
import type { Tables } from '../support/tables.ts';
import { monday, report, startConsole, type Window } from './window.ts';

let tables: Tables;
let careline: Window;
let sent = 0;
const mailer = {
  async send() {
    sent += 1;
    return `m-${sent}`;
  },
};
beforeAll(async () => {
  ({ tables, careline } = await startConsole());
});
afterAll(() => tables.stop());

const supervisor = 'P-CARELINE-SUPERVISOR-1';
const worker = 'P-CARELINE-WORKER-1';
const page = async (as = supervisor) => (await careline.person(as)).get('/noise');
const cellsOf = (html: string, caption: string) => {
  const table = html.slice(html.indexOf(`<caption>${caption}</caption>`)).split('</table>')[0] ?? '';
  return [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => cell.replaceAll(/<[^>]*>/g, '')),
  );
};

describe('the mail load', () => {
  test('says that no mail went out, where none did', async () => {
    const { html, status } = await page();
    expect(status).toBe(200);
    expect(html).toContain('No mail went out in this week.');
    expect(html).not.toContain('<table');
  });

  test('shows mails and interruptions a person a shift, by class and by duty, and names no one', async () => {
    const browser = await careline.person(worker);
    const ids: string[] = [];
    for (let many = 0; many < 6; many += 1) ids.push(await report(browser, {}));
    const parts = sendParts({ ledger: tables.ledger, cursors: tables.cursors, mailer });
    const sentAbout: number[] = [];
    for (const id of ids) {
      const before = sent;
      await sendAlerts(parts, id, monday);
      sentAbout.push(sent - before);
    }
    expect(Math.min(...sentAbout)).toBeGreaterThan(3);
    const { html } = await page();
    const inAll = Object.fromEntries(
      [...html.matchAll(/<dt>(.*?)<\/dt>\s*<dd>(.*?)<\/dd>/g)].map(([, what, many]) => [what, many]),
    );
    expect(inAll).toMatchObject({
      Mails: String(sent),
      'Most mails about one referral': String(Math.max(...sentAbout)),
    });
    expect(Number(inAll['Mails of class now']) + Number(inAll['Mails of class today'])).toBe(
      Number(inAll.Interruptions),
    );
    expect(
      cellsOf(html, 'One person in a shift of eight hours')
        .slice(1)
        .map(([first]) => first),
    ).toEqual(['Interruptions', 'Mails']);
    const byRule = cellsOf(html, 'By duty or news, the most mails first').slice(1);
    expect(byRule.map(([about]) => about)).toContain('Accept or decline the report (D1)');
    expect(byRule.reduce((sum, [, mails]) => sum + Number(mails), 0)).toBe(sent);
    for (const id of ids) expect(html).not.toContain(id);
    expect(html.replaceAll(/<header.*?<\/header>/gs, '')).not.toMatch(/P-[A-Z]+-/);
  });

  test('names no duty that concerned few children, and says so', async () => {
    const browser = await careline.person(worker);
    const id = await report(browser, {});
    await browser.get(`/referrals/${id}`);
    const missing = await browser.post(`/referrals/${id}/do/report-missing`, { key: 'missing' });
    expect(missing.status).toBe(303);
    await sendAlerts(sendParts({ ledger: tables.ledger, cursors: tables.cursors, mailer }), id, monday);
    const { html } = await page();
    const byRule = cellsOf(html, 'By duty or news, the most mails first').slice(1);
    expect(byRule.map(([about]) => about).join()).not.toMatch(/missing/i);
    expect(byRule.at(-1)?.[0]).toBe('Others, each about fewer than 6 referrals');
    expect(byRule.reduce((sum, [, mails]) => sum + Number(mails), 0)).toBe(sent);
    expect(html).toContain('Duties and news about fewer than 6 referrals are counted together, without their names.');
  });

  test('has a link on every page of those who may read it, and is refused to others', async () => {
    expect((await (await careline.person(supervisor)).get('/')).html).toContain('href="/noise"');
    const browser = await careline.person(worker);
    expect((await browser.get('/')).html).not.toContain('href="/noise"');
    const refused = await browser.get('/noise');
    expect(refused.status).toBe(403);
    expect(refused.html).toContain('The mail load is for supervisors, managers, HART leads and administrators.');
  });
});
