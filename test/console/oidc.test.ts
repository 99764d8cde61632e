import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOidc, type Oidc } from '../../functions/console/app/oidc.ts';
import { createActivity, createClock } from '../../infra/local/clock/clock.ts';
import { type Identity, startIdentity } from '../../infra/local/identity/identity.ts';
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

describe('a sign-in with a real issuer', () => {
  test('names the person and the second factor', async () => {
    const started = await oidc.start();
    const { search } = await goThrough(started.url, 'ana@dcf.example');
    expect(await oidc.finish(search, started)).toEqual({ sub: 'p-1', amr: ['pwd', 'mfa'] });
  });

  test('names no second factor where the person used none', async () => {
    const started = await oidc.start();
    const { search } = await goThrough(started.url, 'cy@team.example');
    expect(await oidc.finish(search, started)).toEqual({ sub: 'p-2', amr: ['pwd'] });
  });

  test('is refused with another state, another verifier, without a code, and the second time', async () => {
    const started = await oidc.start();
    const { search } = await goThrough(started.url, 'ana@dcf.example');
    const other = await oidc.start();
    expect(await oidc.finish(search, { ...started, state: other.state })).toBeUndefined();
    expect(await oidc.finish('?error=access_denied', started)).toBeUndefined();
    expect(await oidc.finish('', started)).toBeUndefined();
    expect(await oidc.finish(search, { ...started, verifier: other.verifier })).toBeUndefined();
    expect(await oidc.finish(search, started)).toMatchObject({ sub: 'p-1' });
    expect(await oidc.finish(search, started)).toBeUndefined();
  });

  test('ends with the issuer’s session on signing out, and the browser comes back', async () => {
    const started = await oidc.start();
    const { browser } = await goThrough(started.url, 'ana@dcf.example');
    const page = await browser.get(await oidc.signOutUrl(`${consoleUrl}/signed-out`));
    expect(page.status).toBe(200);
    expect(page.html).toContain('Do you want to sign out?');
  });
});

test('an issuer out of reach is a fault, and is asked again the next time', async () => {
  const nobody = createOidc({ issuer: 'http://127.0.0.1:1/', clientId: 'console', signedInUrl });
  await expect(nobody.start()).rejects.toThrow();
  await expect(nobody.start()).rejects.toThrow();
});
