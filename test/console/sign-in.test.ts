import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localPath } from '../../functions/console/app/site.ts';
import { SignInServiceBusy } from '../../shared/contracts/sign-in-service-busy.ts';
import type { Tables } from '../support/tables.ts';
import { monday, openConsole, signedIn, startConsole, type Window } from './window.ts';

let tables: Tables;
let careline: Window;
beforeAll(async () => {
  ({ tables, careline } = await startConsole());
});
afterAll(() => tables.stop());

const worker = 'P-CARELINE-WORKER-1';
const shows = async (browser: ReturnType<Window['browser']>) => (await browser.get('/')).status === 200;

describe('signing in', () => {
  test('begins where a person without a session asks for a page, and leads back there', async () => {
    const browser = careline.browser();
    const asked = await browser.get('/referrals/CR-7F3KD-9QXMT2?done=screen');
    expect(asked.location).toBe('http://127.0.0.1:3000/sign-in?return=%2Freferrals%2FCR-7F3KD-9QXMT2%3Fdone%3Dscreen');
    expect((await browser.get(asked.location)).location).toBe('https://issuer.example/authorize');
    const back = await browser.comesBack(signedIn(worker));
    expect(back.location).toBe('http://127.0.0.1:3000/referrals/CR-7F3KD-9QXMT2?done=screen');
    expect(await shows(browser)).toBe(true);
  });

  test('without a second factor shows only that one is needed', async () => {
    const unlisted = openConsole(tables, {
      parts: { lookUpAccount: async () => ({ enabled: true, hasFactor: false }) },
    });
    const browser = unlisted.browser();
    await browser.get('/sign-in');
    const back = await browser.comesBack({ ...signedIn(worker), factor: undefined });
    expect(back.status).toBe(403);
    expect(back.html).toContain('A second factor is needed');
    expect(back.html).not.toContain('Avocet');
    expect(await shows(browser)).toBe(false);
  });

  test('is told to try again where the pool of sign-ins does not say, and goes on once it does', async () => {
    let says = false;
    const busy = openConsole(tables, {
      parts: {
        async lookUpAccount() {
          if (!says) throw new SignInServiceBusy('throttled');
          return { enabled: true, hasFactor: true };
        },
      },
    });
    const browser = busy.browser();
    await browser.get('/sign-in');
    const back = await browser.comesBack(signedIn(worker));
    expect([back.status, back.headers.get('retry-after')]).toEqual([503, '5']);
    expect(back.html).toContain('The sign-in service is slow just now');
    says = true;
    expect((await browser.signIn(worker)).status).toBe(302);
    says = false;
    const asked = await browser.get('/');
    expect([asked.status, asked.headers.get('retry-after')]).toEqual([503, '5']);
    expect((await browser.post('/reports', {})).status).toBe(503);
    says = true;
    expect((await browser.get('/')).status).toBe(200);
  });

  test('is not needed to sign out while the pool of sign-ins does not say', async () => {
    let says = true;
    const busy = openConsole(tables, {
      parts: {
        async lookUpAccount() {
          if (!says) throw new SignInServiceBusy('throttled');
          return { enabled: true, hasFactor: true };
        },
      },
    });
    const browser = await busy.person(worker);
    await browser.get('/');
    says = false;
    const out = await browser.post('/sign-out', {});
    expect(out.status).toBe(200);
    expect(out.html).toContain('Signed out here');
    says = true;
    expect((await browser.get('/')).location).toContain('/sign-in');
  });

  test('with a token that could not say whether there is a second factor is told to try again', async () => {
    const unlisted = openConsole(tables, {
      parts: { lookUpAccount: async () => ({ enabled: true, hasFactor: false }) },
    });
    const browser = unlisted.browser();
    await browser.get('/sign-in');
    const back = await browser.comesBack({ ...signedIn(worker), factor: 'unknown' });
    expect([back.status, back.headers.get('retry-after')]).toEqual([503, '5']);
  });

  test('of a person whose account was disabled shows nothing, and neither does their open session', async () => {
    let enabled = true;
    const closing = openConsole(tables, { parts: { lookUpAccount: async () => ({ enabled, hasFactor: true }) } });
    const browser = await closing.person(worker);
    expect(await shows(browser)).toBe(true);
    enabled = false;
    expect(await shows(browser)).toBe(false);
    expect(JSON.parse((await browser.get('/session')).html)).toEqual({ left: 0 });
    await browser.get('/sign-in');
    const back = await browser.comesBack(signedIn(worker));
    expect([back.status, back.html.includes('This account is closed')]).toEqual([403, true]);
  });

  test('of a person who is not in the directory says so', async () => {
    const browser = careline.browser();
    await browser.get('/sign-in');
    const back = await browser.comesBack(signedIn('P-NO-ONE'));
    expect(back.status).toBe(403);
    expect(back.html).toContain('the directory of this Careline does not know you');
    expect(await shows(browser)).toBe(false);
  });

  test('is refused where this browser did not start it', async () => {
    const browser = careline.browser();
    expect((await browser.comesBack(signedIn(worker))).status).toBe(400);
    expect(await shows(browser)).toBe(false);
  });

  test('is refused where the answer belongs to another sign-in', async () => {
    const browser = careline.browser();
    await browser.get('/sign-in');
    expect((await browser.comesBack(signedIn(worker), '?code=c&state=another')).status).toBe(400);
    expect(await shows(browser)).toBe(false);
  });

  test('writes nothing before the person is known, so that a stranger fills no table', async () => {
    const before = (await tables.items('Sessions')).length;
    for (let count = 0; count < 20; count += 1) await careline.browser().get('/sign-in?return=%2Fdeadlines');
    expect((await tables.items('Sessions')).length).toBe(before);
  });

  test('travels sealed in the cookie: no value of it can be read or changed there', async () => {
    const browser = careline.browser();
    await browser.get('/sign-in?return=%2Fdeadlines');
    const sealed = browser.cookies.get('careline-sign-in') ?? '';
    const bytes = Buffer.from(sealed, 'base64url').toString('latin1');
    for (const word of ['the-state', 'the-nonce', 'the-verifier', 'deadlines']) expect(bytes).not.toContain(word);
    const changed = Buffer.from(sealed, 'base64url');
    changed[40] = (changed[40] ?? 0) ^ 1;
    for (const other of ['', 'x', changed.toString('base64url'), sealed.slice(0, -4)]) {
      browser.cookies.set('careline-sign-in', other);
      expect((await browser.comesBack(signedIn(worker))).status).toBe(400);
    }
    expect(await shows(browser)).toBe(false);
  });

  test('that the issuer answered without asking the person again is refused, and leads to its sign-out', async () => {
    const browser = careline.browser();
    await browser.get('/sign-in');
    const back = await browser.comesBack('earlier');
    expect(back.status).toBe(403);
    expect(back.html).toContain('https://issuer.example/end?then=');
    expect(await shows(browser)).toBe(false);
  });

  test('is refused after ten minutes', async () => {
    const browser = careline.browser();
    await browser.get('/sign-in');
    careline.passes(601);
    expect((await browser.comesBack(signedIn(worker))).status).toBe(400);
  });

  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    '/a\nb',
    'evil.example',
    '/\tevil',
  ])('never leads out of the console: %j leads to the start page', (asked) => {
    expect(localPath(asked)).toBe('/');
  });

  test('may lead to any page of the console', () => {
    expect(localPath('/alerts/CR-7F3KD-9QXMT2.A1?before=screen')).toBe('/alerts/CR-7F3KD-9QXMT2.A1?before=screen');
  });
});

describe('a session', () => {
  test('gets a fresh id: no earlier id, of the sign-in or before, opens it', async () => {
    const browser = careline.browser();
    browser.cookies.set('careline', 'planted-by-somebody');
    await browser.get('/sign-in');
    const begun = browser.cookies.get('careline-sign-in');
    await browser.comesBack(signedIn(worker));
    expect(browser.cookies.get('careline')).not.toBe('planted-by-somebody');
    expect(browser.cookies.get('careline')).not.toBe(begun);
    expect(browser.cookies.has('careline-sign-in')).toBe(false);
    for (const planted of ['planted-by-somebody', begun ?? '']) {
      const thief = careline.browser();
      thief.cookies.set('careline', planted);
      expect(await shows(thief)).toBe(false);
    }
  });

  test('ends when the same browser signs in again', async () => {
    const browser = await careline.person(worker);
    const before = browser.cookies.get('careline') ?? '';
    await browser.signIn('P-LEGAL-1');
    const old = careline.browser();
    old.cookies.set('careline', before);
    expect(await shows(old)).toBe(false);
    expect(await shows(browser)).toBe(true);
  });

  test('lives eight hours, whatever the person does in it', async () => {
    const browser = await careline.person(worker);
    for (let minutes = 20; minutes < 480; minutes += 20) {
      careline.passes(20 * 60);
      expect(await shows(browser)).toBe(true);
    }
    careline.passes(20 * 60);
    expect(await shows(browser)).toBe(false);
  });

  test('ends after half an hour without a request', async () => {
    const browser = await careline.person(worker);
    careline.passes(29 * 60);
    expect(await shows(browser)).toBe(true);
    careline.passes(29 * 60);
    expect(await shows(browser)).toBe(true);
    careline.passes(30 * 60);
    expect(await shows(browser)).toBe(false);
  });

  test('is not extended by what a page fetches by itself', async () => {
    const browser = await careline.person(worker);
    for (let minutes = 0; minutes < 29; minutes += 1) {
      careline.passes(60);
      expect((await browser.get('/calls/panel')).status).toBe(200);
      expect(JSON.parse((await browser.get('/session')).html)).toMatchObject({ person: expect.any(String) });
    }
    careline.passes(60);
    expect(JSON.parse((await browser.get('/session')).html)).toEqual({ left: 0 });
    expect(await shows(browser)).toBe(false);
  });

  test('tells its page how long it lasts', async () => {
    const browser = await careline.person(worker);
    expect((await browser.get('/')).html).toMatch(/data-left="1[78]\d\d"/);
    careline.passes(600);
    expect(JSON.parse((await browser.get('/session')).html).left).toBeLessThanOrEqual(1200);
    expect((await browser.get('/')).html).toMatch(/data-left="1800"/);
  });

  test.each([
    ['a row that the console did not write', undefined, {}],
    ['an end later than any session has', 'written', { endsAt: Date.parse(monday) / 1000 + 9 * 3600 }],
    ['the account of another person', 'written', { sub: 'sample-p-careline-worker-2' }],
  ])('opens nothing with %s', async (_, written, change) => {
    const seconds = Date.parse(monday) / 1000;
    const own = { personId: worker, sub: `sample-${worker.toLowerCase()}`, formToken: 't', endsAt: seconds + 3600 };
    const content = { ...own, ...change };
    if (written) await tables.sessions.put('evil', content, seconds + 1800);
    else {
      const pk = createHash('sha256').update('evil').digest('hex');
      await tables.put('Sessions', [{ pk, content: JSON.stringify(content), expiresAt: seconds + 1800 }]);
    }
    const browser = openConsole(tables).browser();
    browser.cookies.set('careline', 'evil');
    expect(await browser.get('/deadlines')).toMatchObject({
      status: 302,
      location: expect.stringContaining('sign-in'),
    });
    await tables.sessions.put('evil', own, seconds + 1800);
    expect((await browser.get('/deadlines')).status).toBe(200);
  });

  test('is written at most once a minute, however busy a person is', async () => {
    let writes = 0;
    const counted = openConsole(tables, {
      parts: {
        sessions: {
          ...tables.sessions,
          keep: async (id, until) => {
            writes += 1;
            await tables.sessions.keep(id, until);
          },
        },
      },
    });
    const browser = await counted.person(worker);
    for (let requests = 0; requests < 30; requests += 1) {
      counted.passes(10);
      await browser.get('/deadlines');
    }
    expect(writes).toBeLessThanOrEqual(5);
  });

  test('shows a person whose role was taken nothing of that role at the next request, and one without any role nothing', async () => {
    let taken = false;
    let left = false;
    const changing = openConsole(tables, {
      parts: {
        directory: {
          ...tables.directory,
          async person(id) {
            const person = await tables.directory.person(id);
            if (!person) return undefined;
            const kept = { role: 'trainer', scope: 'state' } as const;
            return taken ? { ...person, roles: left ? [] : [kept] } : person;
          },
        },
      },
    });
    const browser = await changing.person('P-ADMINISTRATOR-1');
    expect((await browser.get('/teams')).status).toBe(200);
    taken = true;
    expect((await browser.get('/teams')).status).toBe(403);
    left = true;
    expect((await browser.get('/teams')).status).toBe(302);
    expect(JSON.parse((await browser.get('/session')).html)).toEqual({ left: 0 });
  });

  test('is in the table by its hash alone', async () => {
    const browser = await careline.person(worker);
    expect(JSON.stringify(await tables.items('Sessions'))).not.toContain(browser.cookies.get('careline'));
  });

  test('ends on signing out, which continues at the issuer', async () => {
    const browser = await careline.person(worker);
    const id = browser.cookies.get('careline') ?? '';
    const out = await browser.post('/sign-out');
    expect(out.headers.get('refresh')).toBe(
      '0; url=https://issuer.example/end?then=http%3A%2F%2F127.0.0.1%3A3000%2Fsigned-out',
    );
    browser.cookies.set('careline', id);
    expect(await shows(browser)).toBe(false);
    expect((await browser.get('/signed-out')).html).toContain('You are signed out');
  });

  test('does not end with a GET', async () => {
    const browser = await careline.person(worker);
    expect((await browser.get('/sign-out')).status).toBe(404);
    expect(await shows(browser)).toBe(true);
  });

  test.each([
    ['https://careline.example', /^__Host-careline=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/],
    ['http://127.0.0.1:3000', /^careline=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/],
  ])('at %s has a cookie that no script reads and no other site sends with a form', async (consoleUrl, cookie) => {
    const browser = openConsole(tables, { consoleUrl }).browser();
    await browser.get('/sign-in');
    const back = await browser.comesBack(signedIn(worker));
    expect(back.headers.getSetCookie().some((line) => cookie.test(line))).toBe(true);
  });
});
