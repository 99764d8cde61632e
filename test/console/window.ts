/**
 * The console over the real stores, and browsers that look at it. Each keeps its cookies and reads forms as people do.
 */

import { createConsole } from '../../functions/console/app/console.tsx';
import type { Finished, SignedIn } from '../../functions/console/app/oidc.ts';
import type { ConsoleParts } from '../../functions/console/app/parts.ts';
import { numberFor } from '../../shared/alerts/compose/recipients.ts';
import { findOncall } from '../../shared/application/read/contacts.ts';
import { type CommandName, commandNamed, isCommandName } from '../../shared/domain/commands.ts';
import { numberWords } from '../../shared/domain/directory/on-call.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { personOf } from '../support/desk.ts';
import { notAnchored } from '../support/not-anchored.ts';
import { startTables, type Tables } from '../support/tables.ts';

/** A Monday morning, 10:00 in New York. */
export const monday = '2026-11-09T15:00:00.000Z';

export type Window = ReturnType<typeof openConsole>;
export type Browser = ReturnType<Window['browser']>;

export interface Page {
  readonly status: number;
  readonly html: string;
  readonly location: string;
  readonly headers: Headers;
}

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** The value of the first hidden field of this name. */
export const hidden = (html: string, name: string): string =>
  new RegExp(`<input type="hidden" name="${name.replaceAll(/[[\]]/g, '\\$&')}" value="([^"]*)"`).exec(html)?.[1] ?? '';

/** A page without what is random in it, to be compared with another. */
export const withoutRandom = (html: string): string =>
  html.replaceAll(/(name="token" value=")[^"]*/g, '$1').replaceAll(/random-id-\d+/g, '');

/** Where the links of a page lead. */
export const linksIn = (html: string): readonly string[] =>
  [...html.matchAll(/<a\b[^>]* href="(\/[^"#]*)/g)].map(([, path = '']) => path.replaceAll('&amp;', '&'));

/** What a page holds for its reader, without what is random in it. Two pages of the same content look the same. */
export const contentOf = (html: string): string => withoutRandom(/<main\b.*<\/main>/s.exec(html)?.[0] ?? '');

/** The rows of the queue on the home page. */
export const queueIn = (html: string): string => /<tbody data-live[^>]*>(.*?)<\/tbody>/s.exec(html)?.[1] ?? '';

export const referenceIn = (html: string): string => /CR-[0-9A-Z]{5}-[0-9A-Z]{6}/.exec(html)?.[0] ?? '';

/** The form of an act, on the page that has it. Empty where it has none. */
export const formIn = (html: string, name: CommandName): string =>
  html.split(`id="do-${name}"`)[1]?.split('</form>')[0] ?? '';

/** The form of an act as its page shows it to this person, with all its parts. */
export async function formFor(browser: Browser, id: string, name: CommandName): Promise<string> {
  const path = `/referrals/${id}/do/${name}`;
  const first = formIn((await browser.get(path)).html, name);
  const parts = [...new Set([...first.matchAll(/value="part-(\w+)"/g)].map(([, part = '']) => part))];
  const others = parts.filter((part) => !first.includes(`name="part" value="${part}"`));
  const more = await Promise.all(others.map((part) => browser.get(`${path}?part=${part}`)));
  return [first, ...more.map(({ html }) => formIn(html, name))].join('');
}

/** A browser of this person, after the sign-in with the second factor. `who`: as the desk calls them. */
export async function signedInAs(careline: Window, who: string): Promise<Browser> {
  const browser = careline.browser();
  await browser.get('/sign-in');
  await browser.comesBack({ sub: `sub-${personOf(who).id}`, factor: 'verified' });
  return browser;
}

/** The same, who has opened the referral, and so holds the token of its forms. */
export async function openedBy(careline: Window, who: string, id: string): Promise<Browser> {
  const browser = await signedInAs(careline, who);
  await browser.get(`/referrals/${id}`);
  return browser;
}

/** Sends the form of a command as the person would. The same words twice are one submission. */
export async function does(browser: Browser, id: string, name: string, fields: Fields): Promise<Page> {
  await browser.get(`/referrals/${id}`);
  return browser.post(`/referrals/${id}/do/${name}`, { key: `${id} ${name} ${JSON.stringify(fields)}`, ...fields });
}

/** The words of a page, without its marks, with one space between them. */
export const plain = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

/** The commands that the page of tasks leads to, each once for each link. */
export const actsOn = (html: string): readonly CommandName[] =>
  [...html.matchAll(/href="[^"]*\/do\/([\w-]+)[^"]*"/g)].map(([, name]) => name as CommandName);

const machineArn = (name: string) => `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`;

export function openConsole(
  tables: Tables,
  options: { readonly consoleUrl?: string; readonly parts?: Partial<ConsoleParts> } = {},
) {
  const consoleUrl = options.consoleUrl ?? 'http://127.0.0.1:3000';
  const { origin, pathname } = new URL(consoleUrl);
  const base = pathname.replace(/\/$/, '');
  let at = Date.parse(monday);
  let ids = 0;
  /** What the issuer says of the next person who comes back from it. */
  let next: Finished;
  const faults: { error: unknown; fault: string }[] = [];
  const app = createConsole({
    ...tables,
    oidc: {
      start: async () => ({
        url: 'https://issuer.example/authorize',
        state: 'the-state',
        nonce: 'the-nonce',
        verifier: 'the-verifier',
      }),
      finish: async (search, { state }) => (new URLSearchParams(search).get('state') === state ? next : undefined),
      signOutUrl: async (signedOutUrl) => `https://issuer.example/end?then=${encodeURIComponent(signedOutUrl)}`,
    },
    waitFor: async () => 0,
    lookUpAccount: async () => ({ enabled: true, hasFactor: true }),
    closeAccount: async () => {},
    oncall: async (now, readerId) => {
      const found = numberFor(readerId, await findOncall(tables.directory, now));
      return found && numberWords(found, now);
    },
    secretKey: async () => 'a key for tests',
    policyOf,
    machines: { referral: machineArn('Referral'), deadline: machineArn('Deadline') },
    proofs: notAnchored,
    consoleUrl,
    assets: ['careline.0123456789.css', 'careline.0123456789.js', 'careline.0123456789.svg'].map((file) => ({
      file,
      content: `The content of ${file}`,
    })),
    training: true,
    // Time passes with every look at the clock.
    evenly: (work) => work(),
    now: () => {
      at += 1;
      return new Date(at).toISOString();
    },
    newId: () => {
      ids += 1;
      return `random-id-${ids}`;
    },
    onFault: (error, fault) => faults.push({ error, fault }),
    ...options.parts,
  });

  function browser() {
    const cookies = new Map<string, string>();
    let shown = '';

    async function ask(path: string, init: RequestInit = {}): Promise<Page> {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      // The gateway takes the stage off before the console sees the path.
      const response = await app.request(path.startsWith('http') ? path.replace(`${origin}${base}`, '') : path, {
        ...init,
        headers: { ...(cookie && { cookie }), ...init.headers },
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (/max-age=0/i.test(line)) cookies.delete(name);
        else cookies.set(name, value);
      }
      const html = await response.text();
      if (response.status < 300 || response.status >= 400) shown = html;
      return {
        status: response.status,
        html,
        location: response.headers.get('location') ?? '',
        headers: response.headers,
      };
    }

    const self = {
      cookies,
      get: (path: string, headers: Record<string, string> = {}) => ask(path, { headers }),
      /**
       * Sends what a form of the last shown page would send. Where an act replaces or approves something, it has the number of
       * the referral as it is.
       */
      async post(path: string, fields: Fields = {}, headers: Record<string, string> = { origin }) {
        const form = new URLSearchParams();
        const [, id = '', act = ''] = /\/referrals\/(CR-[^/]+)\/do\/([\w-]+)$/.exec(path) ?? [];
        const isRead = isCommandName(act) && commandNamed(act).restsOn !== undefined && fields.seq === undefined;
        const read = isRead ? await tables.ledger.referral(id) : undefined;
        const seq = read && { seq: String(read.state.seq) };
        const sent: Fields = { token: hidden(shown, 'token'), ...seq, ...fields };
        for (const [name, value] of Object.entries(sent)) for (const each of [value].flat()) form.append(name, each);
        return ask(path, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
          body: form.toString(),
        });
      },
      /** Comes back from the issuer as this sample person. Gives the console's answer. */
      async comesBack(leases: Finished, search = '?code=c&state=the-state') {
        next = leases;
        return ask(`/signed-in${search}`);
      },
      /** Signs in as the sample person of this id, and opens the start page. */
      async signIn(personId: string) {
        await ask('/sign-in');
        const answer = await self.comesBack(signedIn(personId));
        await ask('/');
        return answer;
      },
    };
    return self;
  }

  return {
    /** The console itself, for a browser that is none of ours. */
    request: app.request,
    browser,
    faults,
    async person(personId: string) {
      const one = browser();
      await one.signIn(personId);
      return one;
    },
    passes(seconds: number) {
      at += seconds * 1000;
    },
  };
}

/** A console over tables of its own, with the directory of the tests. The caller stops the tables. */
export async function startConsole(): Promise<{ readonly tables: Tables; readonly careline: Window }> {
  const tables = await startTables();
  await tables.seedDirectory();
  return { tables, careline: openConsole(tables) };
}

export const signedIn = (personId: string): SignedIn => ({
  sub: `sample-${personId.toLowerCase()}`,
  factor: 'verified',
});

/** The least that a report needs, as the form sends it. */
export const leastReport: Fields = {
  children: '1',
  key: 'a-report',
  narrative: 'What the teacher said.',
  'children[0].danger': 'yes',
  'children[0].residenceTown': 'New Haven',
};

let reports = 0;

/** Enters a report as a Careline worker and gives the reference of its first referral. */
export async function report(worker: Browser, fields: Fields = {}): Promise<string> {
  reports += 1;
  await worker.get('/reports/new');
  const { status, html } = await worker.post('/reports', { ...leastReport, key: `report-${reports}`, ...fields });
  if (status !== 201) throw new Error(`The report was answered with ${status}.`);
  return referenceIn(html);
}
