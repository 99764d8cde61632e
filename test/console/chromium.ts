/** A real browser at the embedded cloud, and people who sign in there. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';
import { expect } from 'vitest';
import type { Cloud } from '../../infra/local/cloud.ts';

/**
 * Starts the Chromium of the system. Where its shell without windows is installed, that is the same engine for a third less
 * time. `keepsPages`: with the back-forward cache, which people have and the shell lacks. Throws a sentence where there is none.
 */
export function launchChromium({ keepsPages = false } = {}): Promise<Browser> {
  let executablePath: string;
  try {
    const find = keepsPages ? 'command -v chromium' : 'command -v chromium-headless-shell || command -v chromium';
    executablePath = execFileSync('sh', ['-c', find], { encoding: 'utf8' }).trim();
  } catch {
    throw new Error(
      'These tests drive the Chromium of the system: install it, on Debian with "apt-get install chromium chromium-headless-shell".',
    );
  }
  return chromium.launch({
    executablePath,
    ...(keepsPages && { ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Visit {
  readonly page: Page;
  /** What the browser complained of: a missing file, or something that the page's policy forbids. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** Milliseconds. On a busy machine a first answer takes longer than a person would wait. */
const patience = 60_000;

type Kept = Awaited<ReturnType<BrowserContext['storageState']>>;
/** The cookies of people who have signed in, by cloud and address. Each visit is still a context of its own. */
const signedIn = new Map<string, Kept>();

/**
 * Opens `path` as the sample person of this address. It goes through the sign-in where the person has no session from a
 * visit before. `signsIn`: it always does.
 */
export async function visitAs(
  browser: Browser,
  cloud: Pick<Cloud, 'webUrl' | 'issuer'>,
  email: string,
  path = '/',
  { signsIn = false, ...options }: BrowserContextOptions & { readonly signsIn?: boolean } = {},
): Promise<Visit> {
  const person = `${cloud.webUrl} ${email}`;
  const storageState = signsIn ? undefined : signedIn.get(person);
  const context = await browser.newContext({ ...options, ...(storageState && { storageState }) });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(path.startsWith('http') ? path : `${cloud.webUrl}${path}`);
  if (page.url().startsWith(cloud.issuer)) {
    await page.getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL((url) => url.href.startsWith(cloud.webUrl));
    if (!signsIn) signedIn.set(person, { cookies: await context.cookies(), origins: [] });
  }
  return { page, complaints, close: () => context.close() };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Waits until an element says this. After a click the page may still be on its way, and what is read then is the page
 * before.
 */
export const says = (element: Locator, words: string | RegExp, what?: string): Promise<void> =>
  expect.poll(() => element.textContent(), { timeout: patience, ...(what && { message: what }) }).toMatch(words);

/** The rules of axe that colors decide. */
const colorRules = ['color-contrast', 'link-in-text-block'];

/**
 * What axe finds wrong with the page now, one line each: the rule and the place. Where the page changes, it begins again.
 * `colorsAlone`: it looks by the rules of colors, for a page that had all others in other colors.
 */
export async function violationsOn(page: Page, { colorsAlone = false } = {}): Promise<readonly string[]> {
  for (let tries = 0; ; tries += 1) {
    await page.waitForLoadState();
    try {
      return await lookWithAxe(page, colorsAlone ? { runOnly: { type: 'rule', values: colorRules } } : {});
    } catch (error) {
      if (tries === 5) throw error;
    }
  }
}

/** No page has sound, and no rule here reads style sheets, so axe loads neither before it looks. */
const always = { resultTypes: ['violations'], preload: false };

async function lookWithAxe(page: Page, options: object): Promise<readonly string[]> {
  // A page that was looked at before has it still.
  if (await page.evaluate(`typeof axe === 'undefined'`)) await page.evaluate(axe);
  return page.evaluate(
    `axe.run(${JSON.stringify({ ...always, ...options })}).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => id + ' at ' + target.join(' ') + ': ' + failureSummary)))`,
  );
}
