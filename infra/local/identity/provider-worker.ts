/** The worker thread of the sign-in: follows the movable clock, serves the pages and the provider. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { errors, type Provider } from 'oidc-provider';
import { followClock } from '../clock/clock.ts';
import { listen, readBody } from '../endpoint/server.ts';
import type { FromWorker, ToWorker, WorkerInput } from './identity.ts';
import { codePage, contentSecurityPolicy, noticePage, signInPage } from './pages.ts';
import { createProvider } from './provider.ts';
import type { AddedClaims } from './token-trigger.ts';

const input = workerData as WorkerInput;
followClock(input.clock);

const tell = (message: FromWorker) => parentPort?.postMessage(message);
const asked = new Map<number, (answer: ToWorker) => void>();
let questions = 0;
parentPort?.on('message', (answer: ToWorker) => {
  asked.get(answer.id)?.(answer);
  asked.delete(answer.id);
});
const ask = (sub?: string) =>
  new Promise<ToWorker>((resolve) => {
    questions += 1;
    asked.set(questions, resolve);
    tell({ kind: 'asks', id: questions, ...(sub !== undefined && { sub }) });
  });
const people = async () => (await ask()).people;
/** Rejects where the trigger failed. */
async function added(sub: string): Promise<AddedClaims> {
  const { claims } = await ask(sub);
  if (!claims) throw new Error('The trigger before tokens failed.');
  return claims;
}

const origins = new Set([...input.redirectUris, ...input.postLogoutRedirectUris].map((uri) => new URL(uri).origin));
const pageHeaders = {
  'content-security-policy': contentSecurityPolicy([...origins]),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

const server = createServer();
listen(server, input.port, '--sign-in-port').then(serve, ({ message }: Error) =>
  tell({ kind: 'failed', sentence: message }),
);

function serve({ url: issuer }: { readonly url: string }): void {
  const { host } = new URL(issuer);
  const provider = createProvider(issuer, input, people, added);
  const serveProvider = provider.callback();
  server.on('request', (request, response) => {
    keepSessionCookies(response);
    for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value);
    if (request.headers.host !== host) {
      show(response, 421, noticePage('Wrong address', `Open the sign-in at ${issuer}.`));
    } else if (request.url?.startsWith('/interaction/')) {
      interact(provider, request, response).catch((error: Error) => refuse(response, error));
    } else void serveProvider(request, response);
  });
  tell({ kind: 'listening', issuer });
}

async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const { uid, prompt } = await provider.interactionDetails(request, response);
  // The pages here answer a sign-in alone. Any other question would come back after each answer.
  if (prompt.name !== 'login') throw new errors.SessionNotFound(`It asks for ${prompt.name}.`);
  const base = `/interaction/${uid}`;
  const step = `${request.method} ${url.pathname.replace(base, '')}`;
  const everyone = await people();
  if (step === 'GET ') {
    show(response, 200, signInPage({ base, people: everyone, query: url.searchParams.get('q') ?? '' }));
    return;
  }
  if (step !== 'POST /person' && step !== 'POST /verify') {
    show(response, 404, noticePage('Not found', 'There is no such page in this sign-in.'));
    return;
  }
  const email = (await readForm(request)).get('email')?.trim() ?? '';
  const person = everyone.find((each) => each.email.toLowerCase() === email.toLowerCase());
  if (!person) {
    const refusal = `No sample person has the e-mail address ${email || 'you left empty'}.`;
    show(response, 422, signInPage({ base, people: everyone, query: '', refusal }));
  } else if (step === 'POST /person') {
    show(response, 200, codePage(base, person));
  } else {
    await provider.interactionFinished(request, response, { login: { accountId: person.sub } });
  }
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const body = await readBody(request, 10_000);
  if (!body) throw new Error('The form is too large.');
  return new URLSearchParams(body.toString('utf8'));
}

function show(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(html);
}

function refuse(response: ServerResponse, error: Error): void {
  if (response.headersSent) response.destroy();
  else if (error instanceof errors.SessionNotFound) {
    const sentence = 'This sign-in has ended or belongs to another browser. Go back to the console and sign in again.';
    show(response, 400, noticePage('Sign in again', sentence));
  } else show(response, 500, noticePage('Sign-in failed', error.message));
}

/**
 * A browser lives in real time: a cookie that expires by the movable clock could be dead on arrival. So cookies end
 * with the browser, and the provider alone judges their age. A cookie being deleted keeps its date in 1970.
 */
function keepSessionCookies(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (...head: unknown[]) => ServerResponse;
  response.writeHead = (...head: unknown[]) => {
    const cookies = response.getHeader('set-cookie');
    if (Array.isArray(cookies)) {
      const kept = cookies.map((cookie) => cookie.replace(/; expires=(?!Thu, 01 Jan 1970)[^;]*/gi, ''));
      response.setHeader('set-cookie', kept);
    }
    return writeHead(...head);
  };
}
