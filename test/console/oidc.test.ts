import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOidc, type Oidc } from '../../functions/console/app/oidc.ts';
import { createActivity, createClock } from '../../infra/local/clock/clock.ts';
import { type Identity, startIdentity } from '../../infra/local/identity/identity.ts';
import { secondFactorClaim } from '../../shared/contracts/token-claims.ts';
import { createBrowser } from '../infra/local/identity/browser.ts';

const consoleUrl = 'http://127.0.0.1:3000';
const signedInUrl = `${consoleUrl}/signed-in`;
const people = [
  { sub: 'p-1', email: 'ana@dcf.example', name: 'Ana Ruiz', title: 'Careline worker' },
  { sub: 'p-2', email: 'cy@team.example', name: 'Cy Long', title: 'MDT member', mfa: false },
];

let identity: Identity;
let oidc: Oidc;
const clock = createClock({ activity: createActivity() });
beforeAll(async () => {
  identity = await startIdentity({
    clock,
    port: 0,
    clientId: 'console',
    redirectUris: [signedInUrl],
    postLogoutRedirectUris: [`${consoleUrl}/signed-out`],
    people: () => people,
    trigger: {
      names: [secondFactorClaim],
      add: async ({ mfa }) => {
        const added = mfa === false ? {} : { [secondFactorClaim]: 'verified' };
        return { id: added, access: added };
      },
    },
  });
  oidc = createOidc({ issuer: identity.issuer, clientId: 'console', signedInUrl });
});
afterAll(async () => {
  await identity.stop();
  clock.stop();
});

/** What comes back to the console after this person's sign-in. */
async function goThrough(url: string, email: string) {
  const browser = createBrowser(consoleUrl);
  const page = await browser.get(url);
  await browser.post(`${page.url}/person`, { email });
  const back = await browser.post(`${page.url}/verify`, { email });
  return { browser, search: new URL(back.url).search };
}

/** Begins a sign-in at the moment of the clock. */
const begin = async () => ({ startedAt: Math.floor(clock.now() / 1000), ...(await oidc.start()) });

describe('a sign-in with a real issuer', () => {
  test('names the person and the second factor', async () => {
    const started = await begin();
    const { search } = await goThrough(started.url, 'ana@dcf.example');
    expect(await oidc.finish(search, started)).toEqual({ sub: 'p-1', factor: 'verified' });
  });

  test('names no second factor where the person used none', async () => {
    const started = await begin();
    const { search } = await goThrough(started.url, 'cy@team.example');
    expect(await oidc.finish(search, started)).toEqual({ sub: 'p-2', factor: undefined });
  });

  test('is refused with another state, another verifier, without a code, and the second time', async () => {
    const started = await begin();
    const { search } = await goThrough(started.url, 'ana@dcf.example');
    const other = await begin();
    expect(await oidc.finish(search, { ...started, state: other.state })).toBeUndefined();
    const another = await goThrough(other.url, 'ana@dcf.example');
    expect(await oidc.finish(another.search, { ...other, nonce: started.nonce })).toBeUndefined();
    expect(await oidc.finish('?error=access_denied', started)).toBeUndefined();
    expect(await oidc.finish('', started)).toBeUndefined();
    expect(await oidc.finish(search, { ...started, verifier: other.verifier })).toBeUndefined();
    expect(await oidc.finish(search, started)).toMatchObject({ sub: 'p-1' });
    expect(await oidc.finish(search, started)).toBeUndefined();
  });

  test('asks the person again, though the issuer has a session of theirs', async () => {
    const { browser } = await goThrough((await begin()).url, 'ana@dcf.example');
    const again = await browser.get((await begin()).url);
    expect(again.url).toMatch(/\/interaction\//);
    expect(again.html).toContain('Choose who you want to be.');
  });

  test('that an earlier sign-in answered is told apart, as of an issuer that asks no one again', async () => {
    const started = await begin();
    const { search } = await goThrough(started.url, 'ana@dcf.example');
    const later = { ...started, startedAt: started.startedAt + 3600 };
    expect(await oidc.finish(search, later)).toBe('earlier');
  });

  test('ends with the issuer’s session on signing out, and the browser comes back', async () => {
    const started = await begin();
    const { browser } = await goThrough(started.url, 'ana@dcf.example');
    const page = await browser.get(await oidc.signOutUrl(`${consoleUrl}/signed-out`));
    expect(page.status).toBe(200);
    expect(page.html).toContain('Sign out');
  });
});

test('an issuer out of reach is a fault, and is asked again the next time', async () => {
  const nobody = createOidc({ issuer: 'http://127.0.0.1:1/', clientId: 'console', signedInUrl });
  await expect(nobody.start()).rejects.toThrow();
  await expect(nobody.start()).rejects.toThrow();
});
