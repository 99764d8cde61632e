import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DependencyUnavailable } from '../../shared/contracts/faults.ts';
import type { Tables } from '../support/tables.ts';
import { hidden, leastReport, openConsole, referenceIn, report, startConsole, type Window } from './window.ts';

let tables: Tables;
let careline: Window;
beforeAll(async () => {
  ({ tables, careline } = await startConsole());
});
afterAll(() => tables.stop());

const worker = 'P-CARELINE-WORKER-1';
const origin = 'http://127.0.0.1:3000';

describe('a POST', () => {
  const commits = async () => (await tables.items('Ledger')).length;

  test.each([
    ['without an origin', {}],
    ['from another site', { origin: 'https://evil.example' }],
    ['from another port', { origin: 'http://127.0.0.1:3001' }],
    ['from a hidden origin', { origin: 'null' }],
  ])('%s does nothing to the ledger', async (_, headers) => {
    const browser = await careline.person(worker);
    await browser.get('/reports/new');
    const before = await commits();
    expect((await browser.post('/reports', leastReport, headers as Record<string, string>)).status).toBe(403);
    expect(await commits()).toBe(before);
  });

  test.each([
    ['without the token of the form', ''],
    ['with a wrong one', 'random-id-0'],
  ])('%s does nothing, and a report keeps the typed words', async (_, token) => {
    const browser = await careline.person(worker);
    await browser.get('/reports/new');
    const before = await commits();
    const answer = await browser.post('/reports', { ...leastReport, token });
    expect(answer.status).toBe(403);
    expect(answer.html).toContain('What the teacher said.');
    expect(answer.html).toContain('This form was from an earlier sign-in');
    expect(await commits()).toBe(before);
  });

  test('with the token of another person’s session does nothing', async () => {
    const [mine, theirs] = [await careline.person(worker), await careline.person('P-CARELINE-WORKER-2')];
    const token = hidden((await theirs.get('/reports/new')).html, 'token');
    const before = await commits();
    await mine.get('/reports/new');
    expect((await mine.post('/reports', { ...leastReport, token })).status).toBe(403);
    expect(await commits()).toBe(before);
  });

  test("after the session's end does nothing and says how to keep the written words", async () => {
    const browser = await careline.person(worker);
    await browser.get('/reports/new');
    careline.passes(9 * 3600);
    const before = await commits();
    const answer = await browser.post('/reports', leastReport);
    expect(answer.status).toBe(401);
    expect(answer.html).toContain('send it again');
    expect(await commits()).toBe(before);
  });

  test('does not become a GET', async () => {
    const browser = await careline.person(worker);
    const id = await report(browser);
    await browser.get(`/referrals/${id}`);
    const before = await commits();
    expect((await browser.get('/reports?narrative=x')).status).toBe(404);
    // The page of the act shows its form, and records nothing.
    expect((await browser.get(`/referrals/${id}/do/report-missing?knownAt=now`)).status).toBe(200);
    expect(await commits()).toBe(before);
  });

  test('larger than a megabyte is refused', async () => {
    const browser = await careline.person(worker);
    const large = await browser.post(
      '/reports',
      { narrative: 'x'.repeat(1_100_000) },
      { origin, 'content-length': '1100100' },
    );
    expect(large.status).toBe(413);
  });
});

/** What a browser may keep: the files that are named for their content, for a year. */
const kept: Readonly<Record<string, string>> = {
  '/assets/careline.0123456789.css': 'public, max-age=31536000, immutable',
};

describe('every answer', () => {
  test('forbids scripts that are not its own, other origins, frames and caching', async () => {
    const browser = await careline.person(worker);
    const ownAlone =
      "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    for (const path of [
      '/',
      '/reports/new',
      '/referrals/CR-00000-000000',
      '/signed-out',
      '/assets/careline.0123456789.css',
    ]) {
      const { headers } = await browser.get(path);
      expect(headers.get('content-security-policy')).toBe(ownAlone);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('cache-control')).toBe(kept[path] ?? 'no-store');
    }
  });

  test('tells browsers to stay with TLS where there is TLS', async () => {
    const secure = openConsole(tables, { consoleUrl: 'https://careline.example' });
    expect((await secure.browser().get('/')).headers.get('strict-transport-security')).toContain('max-age=');
    expect((await careline.browser().get('/')).headers.get('strict-transport-security')).toBeNull();
  });

  test('has no inline script and no inline style', async () => {
    const browser = await careline.person(worker);
    const { html } = await browser.get('/reports/new');
    expect(html.match(/<script[^>]*>/g)).toEqual(['<script src="/assets/careline.0123456789.js" defer="">']);
    expect(html).not.toMatch(/<script[^>]*>[^<]|<style| style=| on[a-z]+=/);
    // A page for all has no session, and needs no script.
    expect((await careline.browser().get('/signed-in')).html).not.toContain('<script');
  });

  test('lets no browser check, correct or complete elsewhere what is typed', async () => {
    const browser = await careline.person(worker);
    const id = await report(browser);
    for (const path of ['/reports/new', `/referrals/${id}`, '/']) {
      const { html } = await browser.get(path);
      expect(html).toContain('<html lang="en" spellcheck="false" writingsuggestions="false">');
      for (const [area] of html.matchAll(/<textarea[^>]*>/g)) expect(area).toContain('autocorrect="off"');
      expect(html).not.toMatch(/spellcheck="true"|contenteditable/);
    }
  });

  test('gives this release’s file for the name of another release, and lets no browser keep it', async () => {
    const { html, headers } = await careline.browser().get('/assets/careline.ffffffffff.css');
    expect(html).toBe('The content of careline.0123456789.css');
    expect(headers.get('cache-control')).toBe('no-store');
    expect((await careline.browser().get('/assets/other.ffffffffff.css')).status).toBe(404);
  });

  test('after a fault has a number that the log has too, and nothing else of the fault', async () => {
    const failing = openConsole(tables, {
      parts: { board: { ...tables.board, queue: () => Promise.reject(new Error('Wren Example')) } },
    });
    const browser = failing.browser();
    await browser.signIn(worker);
    const { status, html, headers } = await browser.get('/');
    expect(status).toBe(500);
    expect(html).not.toContain('Wren Example');
    expect(html).toContain(failing.faults.at(-1)?.fault);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('asks to send it again where the key service of the vault does not answer, and stores nothing', async () => {
    const away = () => Promise.reject(new DependencyUnavailable('The key service did not answer: try again.'));
    const failing = openConsole(tables, { parts: { identities: { ...tables.identities, putFirst: away } } });
    const browser = failing.browser();
    await browser.signIn(worker);
    await browser.get('/reports/new');
    const stored = await Promise.all([tables.items('Ledger'), tables.items('Identities')]);
    const { status, html } = await browser.post('/reports', leastReport);
    expect([
      status,
      html.includes('A service did not answer. Go back and send it again: nothing is done twice.'),
    ]).toEqual([503, true]);
    expect(await Promise.all([tables.items('Ledger'), tables.items('Identities')])).toEqual(stored);
  });
});

describe('a person who asks too often', () => {
  test('reads how long to wait and how to report by telephone, and may enter a report all the same', async () => {
    let wait = 0;
    const limited = openConsole(tables, { parts: { waitFor: async () => wait } });
    const browser = await limited.person(worker);
    await browser.get('/reports/new');
    wait = 3;
    const taken = await browser.post('/reports', { ...leastReport, key: 'a-report-at-the-limit' });
    expect(taken.status).toBe(201);
    for (const path of [
      '/',
      '/deadlines',
      '/session',
      '/drafts',
      '/drafts/DR-00000-000000',
      `/referrals/${referenceIn(taken.html)}`,
    ]) {
      const { status, headers, html } = await browser.get(path);
      expect([status, headers.get('retry-after')]).toEqual([429, '3']);
      expect(html).toContain('Wait 3 seconds');
      expect(html).toContain('Telephone the Careline at any hour: 1-800-842-2288');
      expect(html).toContain('href="/reports/new"');
    }
    await browser.get('/reports/new');
    expect((await browser.post('/drafts/save', { key: 'a-draft', revision: '1', narrative: 'x' })).status).toBe(200);
    // The words of a draft are for a person's pace, as in the API.
    expect((await browser.post('/drafts/open', { id: 'DR-00000-000000' })).status).toBe(429);
    expect((await browser.get('/reports/new')).status).toBe(200);
    expect((await browser.post('/sign-out')).status).toBe(200);
  });
});

describe('under the path of a stage', () => {
  test('every link, form and redirect stays below it', async () => {
    const staged = openConsole(tables, { consoleUrl: 'https://gateway.example/training/' });
    const browser = staged.browser();
    expect((await browser.get('/')).location).toBe('https://gateway.example/training/sign-in?return=%2F');
    expect((await browser.signIn(worker)).location).toBe('https://gateway.example/training/');
    const pages = [await browser.get('/'), await browser.get('/reports/new')];
    const taken = await browser.post('/reports', leastReport);
    pages.push(taken, await browser.get(`/referrals/${referenceIn(taken.html)}`));
    for (const { html } of pages) {
      const addresses = [...html.matchAll(/(?:href|action)="([^"#]+)/g)].map(([, address]) => address ?? '');
      expect(addresses.length).toBeGreaterThan(5);
      expect(addresses.filter((address) => !/^(\/training\/|data:|tel:(\+1\d{10}|911)$)/.test(address))).toEqual([]);
    }
  });
});
