/**
 * The sign-in of the embedded cloud: an OpenID Connect issuer with sample people, in the place of Cognito.
 *
 * The issuer runs in a worker thread whose `Date` follows the movable clock. So its tokens are valid at the clock's
 * time, however far the clock was moved. It keeps its sessions and codes in memory and its keys in `folder`.
 */

import { randomBytes, randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import * as z from 'zod';
import type { MovableClock } from '../clock/clock.ts';
import { openKept } from '../data-folder/kept-file.ts';
import { accessClaims, accessTokenSeconds, audience } from './claims.ts';
import type { SamplePerson } from './sample-person.ts';
import { type AddedClaims, nothingAdded } from './token-trigger.ts';

export type Identity = Awaited<ReturnType<typeof startIdentity>>;

/** What the worker is given. */
export interface WorkerInput {
  readonly clock: SharedArrayBuffer;
  readonly port: number;
  readonly clientId: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  /** The names of the claims that a trigger may add to ID tokens. */
  readonly addedClaims: readonly string[];
  readonly keys: Keys;
}

/** What the worker says: it listens, or its port is taken. Or it asks for the people of this moment, and the claims of one. */
export type FromWorker =
  | { readonly kind: 'listening'; readonly issuer: string }
  | { readonly kind: 'failed'; readonly sentence: string }
  | { readonly kind: 'asks'; readonly id: number; readonly sub?: string };

export interface ToWorker {
  readonly id: number;
  readonly people: readonly SamplePerson[];
  /** Absent where the trigger failed, or no claims were asked for. */
  readonly claims?: AddedClaims;
}

interface Keys {
  readonly signing: JWK;
  readonly cookies: string;
}

/**
 * Starts the issuer on 127.0.0.1. `port` 0 takes any; `people` is read anew for each sign-in. A signed-out browser may
 * return to `postLogoutRedirectUris`, by default the root of each redirect URI's origin. Rejects with a sentence where
 * the port is taken.
 */
export async function startIdentity(options: {
  clock: MovableClock;
  port: number;
  clientId: string;
  redirectUris: readonly string[];
  postLogoutRedirectUris?: readonly string[];
  people: () => readonly SamplePerson[];
  /** What the pool's trigger adds to the tokens of a person; rejects where it fails. `names`: of all its claims. */
  trigger?: { readonly names: readonly string[]; add(person: SamplePerson): Promise<AddedClaims> };
  folder?: string;
}) {
  const { clock, port, clientId, redirectUris, people } = options;
  const trigger = options.trigger ?? { names: [], add: async () => nothingAdded };
  const personOf = (sub: string) => people().find((each) => each.sub === sub);
  const keys = await findKeys(options.folder);
  const roots = new Set(redirectUris.map((uri) => new URL('/', uri).href));
  const input: WorkerInput = {
    clock: clock.shared,
    port,
    clientId,
    redirectUris,
    postLogoutRedirectUris: options.postLogoutRedirectUris ?? [...roots],
    addedClaims: trigger.names,
    keys,
  };
  // oidc-provider greets every start with warnings about development: its output is taken and dropped.
  const worker = new Worker(new URL('./provider-worker.ts', import.meta.url), {
    workerData: input,
    stdout: true,
    stderr: true,
  });
  worker.stdout.resume();
  worker.stderr.resume();

  const answer = async ({ id, sub }: { readonly id: number; readonly sub?: string }) => {
    const person = sub === undefined ? undefined : personOf(sub);
    const claims = person && (await trigger.add(person).catch(() => undefined));
    worker.postMessage({ id, people: people(), ...(claims && { claims }) } satisfies ToWorker);
  };
  const issuer = await new Promise<string>((resolve, reject) => {
    worker.once('error', reject);
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'listening') resolve(message.issuer);
      if (message.kind === 'failed') reject(new Error(message.sentence));
      if (message.kind === 'asks') void answer(message);
    });
  }).catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });
  // From here on a crash of the worker is not to be swallowed.
  worker.removeAllListeners('error');

  const signingKey = await importJWK(keys.signing, 'RS256');
  return {
    /** Such as `http://127.0.0.1:3001`; discovery is below it. */
    issuer,
    /**
     * An access token as a full sign-in would give it, valid for an hour from the clock's time. Rejects with a sentence
     * where no sample person has this e-mail address.
     */
    async mintToken(email: string): Promise<string> {
      const person = people().find((each) => each.email.toLowerCase() === email.trim().toLowerCase());
      if (!person) throw new Error(`No sample person has the e-mail address ${email}.`);
      const issued = Math.floor(clock.now() / 1000);
      const scope = 'openid email profile';
      return new SignJWT({ ...accessClaims((await trigger.add(person)).access), scope, client_id: clientId })
        .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: keys.signing.kid ?? '' })
        .setJti(randomUUID())
        .setSubject(person.sub)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(issued)
        .setExpirationTime(issued + accessTokenSeconds)
        .sign(signingKey);
    },
    async stop() {
      await worker.terminate();
    },
  };
}

const keysForm = z.object({ signing: z.looseObject({ kid: z.string() }), cookies: z.string() });

async function findKeys(folder: string | undefined): Promise<Keys> {
  const { found, keep } = openKept(folder, 'identity-keys.json', keysForm, { isSecret: true });
  if (found) return found as Keys;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const keys = {
    signing: { ...(await exportJWK(privateKey)), kid: randomUUID(), use: 'sig', alg: 'RS256' },
    cookies: randomBytes(32).toString('base64url'),
  };
  keep(keys);
  return keys;
}
