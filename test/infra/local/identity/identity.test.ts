import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { get as httpGet } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createActivity, createClock, type MovableClock } from '../../../../infra/local/clock/clock.ts';
import { type Identity, startIdentity } from '../../../../infra/local/identity/identity.ts';
import type { SamplePerson } from '../../../../infra/local/identity/sample-person.ts';
import type { AddedClaims } from '../../../../infra/local/identity/token-trigger.ts';
import { whereKnown } from '../../../../shared/domain/core/where-known.ts';
import { type Browser, createBrowser, type Page } from './browser.ts';

const callback = 'http://127.0.0.1:3000/sign-in/callback';
const people: SamplePerson[] = [
  { sub: 'p-1', email: 'ana@dcf.example', name: 'Ana Ruiz', title: 'Careline worker' },
  { sub: 'p-2', email: 'ben@dcf.example', name: "Ben O'Hara <b>", title: 'Administrator' },
  { sub: 'p-3', email: 'cy@team.example', name: 'Cy Long', title: 'MDT member', mfa: false },
];

/** As the product's trigger answers. */
const trigger = {
  names: ['careline_second_factor'],
  async add({ mfa }: SamplePerson): Promise<AddedClaims> {
    const added = mfa === false ? {} : { careline_second_factor: 'verified' };
    return { id: added, access: added };
  },
};

const running: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});

/** One for every test that neither moves the clock nor changes the people: each has a browser of its own. */
let shared: Awaited<ReturnType<typeof start>>;
let stopShared: typeof running;
beforeAll(async () => {
  shared = await start();
  stopShared = running.splice(0);
});
afterAll(async () => {
  for (const stop of stopShared) await stop();
});

/** The clock stands still in 2027, whenever the test runs. */
async function start(
  options: { folder?: string; port?: number; people?: () => readonly SamplePerson[] } = {},
): Promise<{ identity: Identity; clock: MovableClock }> {
  const clock = createClock({ activity: createActivity(), frozenAt: Date.parse('2027-03-01T09:00:00Z') });
  const identity = await startIdentity({
    clock,
    port: options.port ?? 0,
    clientId: 'console',
    redirectUris: [callback],
    people: options.people ?? (() => people),
    trigger,
    ...whereKnown({ folder: options.folder }),
  });
  running.push(() => identity.stop(), clock.stop);
  return { identity, clock };
}

/** A client whose own time is the clock's. */
function discover(identity: Identity, clock: MovableClock): Promise<oidc.Configuration> {
  const ahead = Math.round((clock.now() - Date.now()) / 1000);
  return oidc.discovery(new URL(identity.issuer), 'console', { [oidc.clockSkew]: ahead }, oidc.None(), {
    execute: [oidc.allowInsecureRequests],
  });
}

async function startFlow(client: oidc.Configuration, more: Record<string, string> = {}) {
  const verifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  const url = oidc.buildAuthorizationUrl(client, {
    redirect_uri: callback,
    scope: 'openid email profile',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...more,
  });
  const finish = (page: Page) =>
    oidc.authorizationCodeGrant(client, new URL(page.url), {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
    });
  return { url: url.href, finish };
}

/** Goes through both pages as this person. */
async function choose(browser: Browser, page: Page, email: string): Promise<Page> {
  const code = await browser.post(`${page.url}/person`, { email });
  expect(code.html).toContain('Verify with a one-time code');
  return browser.post(`${page.url}/verify`, { email });
}

async function signIn(identity: Identity, clock: MovableClock, email: string) {
  const client = await discover(identity, clock);
  const browser = createBrowser('http://127.0.0.1:3000/');
  const flow = await startFlow(client);
  const tokens = await flow.finish(await choose(browser, await browser.get(flow.url), email));
  return { client, browser, tokens };
}

const verify = (identity: Identity, clock: MovableClock, token: string) =>
  jwtVerify(token, createRemoteJWKSet(new URL(`${identity.issuer}/jwks`)), {
    issuer: identity.issuer,
    currentDate: new Date(clock.now()),
  });

/** The source a policy must name for the inline element of a page to be used by a browser. */
function digestOf(html: string, element: 'style' | 'script'): string {
  const text = new RegExp(`<${element}>([^<]*)</`).exec(html)?.[1] ?? '';
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

describe('a sign-in', () => {
  test('gives an ID token of the person and an access token as Cognito would', async () => {
    const { identity, clock } = shared;
    const { tokens } = await signIn(identity, clock, 'ana@dcf.example');
    expect(tokens.claims()).toMatchObject({
      sub: 'p-1',
      email: 'ana@dcf.example',
      name: 'Ana Ruiz',
      careline_second_factor: 'verified',
      aud: 'console',
    });
    const { payload } = await verify(identity, clock, tokens.access_token);
    const now = Math.floor(clock.now() / 1000);
    expect(payload).toMatchObject({
      sub: 'p-1',
      client_id: 'console',
      token_use: 'access',
      careline_second_factor: 'verified',
      iat: now,
      exp: now + 3600,
    });
    expect(tokens.expires_in).toBe(3600);
  });

  test('works again after the clock moved by 90 days, and the old token is then expired', async () => {
    const { identity, clock } = await start();
    const before = await signIn(identity, clock, 'ana@dcf.example');
    await clock.advance(90 * 86_400_000);
    const after = await signIn(identity, clock, 'ana@dcf.example');
    const { payload } = await verify(identity, clock, after.tokens.access_token);
    expect(payload.iat).toBe(Date.parse('2027-05-30T09:00:00Z') / 1000);
    await expect(verify(identity, clock, before.tokens.access_token)).rejects.toMatchObject({
      code: 'ERR_JWT_EXPIRED',
    });

    const flow = await startFlow(await discover(identity, clock));
    expect((await before.browser.get(flow.url)).html).toContain('<title>Sign in</title>');
  });

  test('of a person without a second factor carries no sign of one', async () => {
    const { identity, clock } = shared;
    const { tokens } = await signIn(identity, clock, 'cy@team.example');
    expect(tokens.claims()?.careline_second_factor).toBeUndefined();
    const { payload } = await verify(identity, clock, tokens.access_token);
    expect(payload.careline_second_factor).toBeUndefined();
  });

  test('sets only cookies that end with the browser, so that a moved clock cannot spoil them', async () => {
    const { identity, clock } = shared;
    const { browser } = await signIn(identity, clock, 'ana@dcf.example');
    const kept = browser.cookieLines.filter((line) => !line.includes('01 Jan 1970'));
    expect(kept.length).toBeGreaterThan(0);
    for (const line of kept) {
      expect(line).not.toMatch(/expires=|max-age=/i);
      expect(line).toMatch(/samesite=lax; httponly/i);
    }
  });

  test('is remembered until the person signs out, who then returns to the console', async () => {
    const { identity, clock } = shared;
    const { client, browser, tokens } = await signIn(identity, clock, 'ana@dcf.example');
    const again = await startFlow(client);
    const remembered = await again.finish(await browser.get(again.url));
    expect(remembered.claims()?.sub).toBe('p-1');

    const end = oidc.buildEndSessionUrl(client, {
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: 'http://127.0.0.1:3000/',
    });
    const asked = await browser.get(end.href);
    expect(asked.html).toContain("getElementById('op.logoutForm').submit()");
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(asked.html)?.[1] ?? '';
    const action = /action="([^"]+)"/.exec(asked.html)?.[1] ?? '';
    const left = await browser.post(action, { xsrf, logout: 'yes' });
    expect(left.url).toBe('http://127.0.0.1:3000/');
    const afterwards = await startFlow(client);
    expect((await browser.get(afterwards.url)).html).toContain('<title>Sign in</title>');
  });

  test('is asked once, however old the grant of a session is that went on being used', async () => {
    const { identity, clock } = await start();
    const { browser } = await signIn(identity, clock, 'ana@dcf.example');
    for (const hours of [8, 5]) {
      await clock.advance(hours * 3_600_000);
      const client = await discover(identity, clock);
      const flow = await startFlow(client, { prompt: 'login', max_age: '0' });
      const back = await choose(browser, await browser.get(flow.url), 'ana@dcf.example');
      expect(back.html).not.toContain('<title>Sign in</title>');
      expect((await flow.finish(back)).claims()?.sub).toBe('p-1');
    }
  });

  test('as another person is possible by asking for a new sign-in', async () => {
    const { identity, clock } = shared;
    const { client, browser } = await signIn(identity, clock, 'ana@dcf.example');
    const flow = await startFlow(client, { prompt: 'login' });
    const between = await choose(browser, await browser.get(flow.url), 'ben@dcf.example');
    const action = /action="([^"]+)"/.exec(between.html)?.[1] ?? '';
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(between.html)?.[1] ?? '';
    expect(between.headers.get('content-security-policy')).toContain(digestOf(between.html, 'script'));
    const tokens = await flow.finish(await browser.post(action, { xsrf, logout: 'yes' }));
    expect(tokens.claims()?.sub).toBe('p-2');
  });
});

describe('a refusal is given to', () => {
  test('a redirect that is not registered', async () => {
    const { identity, clock } = shared;
    const flow = await startFlow(await discover(identity, clock), { redirect_uri: 'http://evil.example/callback' });
    const page = await createBrowser('http://127.0.0.1:3000/').get(flow.url);
    expect(page.status).toBe(400);
    expect(page.html).toContain('redirect_uri');
  });

  test('a sign-in without PKCE', async () => {
    const { identity } = shared;
    const query = new URLSearchParams({
      client_id: 'console',
      redirect_uri: callback,
      response_type: 'code',
      scope: 'openid',
    });
    const page = await createBrowser('http://127.0.0.1:3000/').get(`${identity.issuer}/auth?${query}`);
    expect(new URL(page.url).searchParams.get('error')).toBe('invalid_request');
  });

  test('a wrong PKCE verifier', async () => {
    const { identity, clock } = shared;
    const client = await discover(identity, clock);
    const browser = createBrowser('http://127.0.0.1:3000/');
    const [flow, other] = [await startFlow(client), await startFlow(client)];
    const page = await choose(browser, await browser.get(flow.url), 'ana@dcf.example');
    const url = new URL(page.url);
    url.searchParams.set('state', new URL(other.url).searchParams.get('state') ?? '');
    await expect(other.finish({ ...page, url: url.href })).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('an unknown e-mail address, in a sentence and without markup of its own', async () => {
    const { identity, clock } = shared;
    const browser = createBrowser('http://127.0.0.1:3000/');
    const page = await browser.get((await startFlow(await discover(identity, clock))).url);
    const answer = await browser.post(`${page.url}/person`, { email: '<i>@dcf.example' });
    expect(answer.status).toBe(422);
    expect(answer.html).toContain('No sample person has the e-mail address &lt;i&gt;@dcf.example.');
    expect((await browser.post(`${page.url}/verify`, { email: 'unknown@dcf.example' })).status).toBe(422);
  });

  test('a sign-in page opened in another browser', async () => {
    const { identity, clock } = shared;
    const page = await createBrowser('http://127.0.0.1:3000/').get(
      (await startFlow(await discover(identity, clock))).url,
    );
    const stolen = await createBrowser('http://127.0.0.1:3000/').get(page.url);
    expect(stolen.status).toBe(400);
    expect(stolen.html).toContain('Go back to the console and sign in again.');
  });

  test('a request by another host name', async () => {
    const { identity } = shared;
    const status = await new Promise((resolve) => {
      httpGet(`${identity.issuer}/jwks`, { headers: { host: 'evil.example' } }, ({ statusCode }) =>
        resolve(statusCode),
      );
    });
    expect(status).toBe(421);
  });
});

describe('the sign-in page', () => {
  const open = async (of?: () => readonly SamplePerson[]) => {
    const { identity, clock } = of === undefined ? shared : await start({ people: of });
    const browser = createBrowser('http://127.0.0.1:3000/');
    return { browser, page: await browser.get((await startFlow(await discover(identity, clock))).url) };
  };

  test('lists everyone by title, and finds by name, title or address', async () => {
    const { browser, page } = await open();
    expect([...page.html.matchAll(/<h2>([^<]+)</g)].map(([, title]) => title)).toEqual([
      'Careline worker',
      'Administrator',
      'MDT member',
    ]);
    expect(page.html).toContain("Ben O'Hara &lt;b&gt;");
    const found = await browser.get(`${page.url}?q=team.example`);
    expect(found.html).toContain('>Cy Long <span>');
    expect(found.html).not.toContain('>Ana Ruiz <span>');
    expect((await browser.get(`${page.url}?q=zzz`)).html).toContain('No sample person matches “zzz”');
  });

  test('shows the people as they are at this moment', async () => {
    const some = [...people];
    const { browser, page } = await open(() => some);
    some.push({ sub: 'p-4', email: 'di@dcf.example', name: 'Di New', title: 'Auditor' });
    expect((await browser.get(page.url)).html).toContain('Di New');
  });

  test('allows no script of a page and no form that leads elsewhere than to the console', async () => {
    const { page } = await open();
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' http://127.0.0.1:3000;");
    expect(page.html).not.toContain('<script');
    expect(policy).toContain(`style-src ${digestOf(page.html, 'style')}`);
  });
});

describe('a minted token', () => {
  test('equals that of a sign-in, by the clock', async () => {
    const { identity, clock } = await start();
    await clock.advance(90 * 86_400_000);
    const token = await identity.mintToken('Ana@dcf.example');
    const { tokens } = await signIn(identity, clock, 'ana@dcf.example');
    const [minted, given] = [await verify(identity, clock, token), await verify(identity, clock, tokens.access_token)];
    expect({ ...minted.payload, jti: '' }).toEqual({ ...given.payload, jti: '' });
    expect(minted.protectedHeader).toEqual(given.protectedHeader);
  });

  test('is refused for an unknown person', async () => {
    const { identity } = shared;
    await expect(identity.mintToken('x@y.example')).rejects.toThrow(
      'No sample person has the e-mail address x@y.example.',
    );
  });

  test('stays valid over a restart with the same folder and port', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'identity-'));
    try {
      const first = await start({ folder });
      const token = await first.identity.mintToken('ana@dcf.example');
      await first.identity.stop();
      const again = await start({ folder, port: Number(new URL(first.identity.issuer).port) });
      expect((await verify(again.identity, again.clock, token)).payload.sub).toBe('p-1');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test('a taken port is reported in a sentence', async () => {
  const { identity } = shared;
  const port = Number(new URL(identity.issuer).port);
  await expect(start({ port })).rejects.toThrow(`Port ${port} is already in use: choose another with --sign-in-port.`);
});
