/** How long the pages of figures take in the embedded cloud, with the real bundle, for a signed-in reader. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Cloud, startCloud } from '../../infra/local/cloud.ts';
import { localRegion } from '../../infra/local/endpoint/service.ts';
import { readTemplate } from '../../infra/local/template/template.ts';
import { mostListed } from '../../shared/application/read/reports.ts';
import type { FactRow } from '../../shared/domain/facts/fact-row-shape.ts';
import { pageNames } from '../../shared/reports/figure-pages.ts';
import { createFacts } from '../../shared/store/facts.ts';
import { type Browser, createBrowser, type Page } from '../infra/local/identity/browser.ts';
import { addressOf } from '../support/story.ts';

/** So often each page is asked for. */
export const asked = 20;
const atOnce = 16;
/** The watermark moves on after so long, and the next reader reads all rows anew. */
const watermark = 5 * 60_000;

/** Milliseconds until the whole page was there. The first reader reads all rows too, and computes the page. */
export interface PageTimes {
  readonly page: string;
  readonly first: number;
  readonly p50: number;
  readonly p95: number;
}

const paths = {
  Monday: '/numbers',
  ...Object.fromEntries(pageNames.map((name) => [name, `/numbers/${name}`])),
  returns: '/numbers/returns',
  'why a number': '/numbers/why?measure=child-seen',
  'file of equity': '/numbers/equity/csv',
};

async function load(cloud: Cloud, assembly: string, rows: readonly FactRow[]): Promise<void> {
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: cloud.endpointUrl, region: localRegion, credentials });
  try {
    const facts = createFacts({ client, table: readTemplate(assembly).resources.get('Facts')?.name ?? '' });
    const left = rows[Symbol.iterator]();
    const puts = Array.from({ length: atOnce }, async () => {
      for (const row of left) await facts.put(row);
    });
    await Promise.all(puts);
  } finally {
    client.destroy();
  }
}

/** A browser in which a person who plans the program has signed in. */
async function signedIn({ webUrl, issuer }: Cloud): Promise<Browser> {
  const browser = createBrowser('none:');
  const answerTo = (page: Page) =>
    browser.post(new URL(/<form[^>]*action="([^"]*)"/.exec(page.html)?.[1] ?? '', issuer).href, {
      email: addressOf('program-manager'),
    });
  await answerTo(await answerTo(await browser.get(`${webUrl}/sign-in`)));
  return browser;
}

/** Gives the milliseconds until the whole answer is there. */
async function reader(cloud: Cloud) {
  const browser = await signedIn(cloud);
  return async (path: string): Promise<number> => {
    const began = performance.now();
    const { status } = await browser.get(`${cloud.webUrl}${path}`);
    if (status !== 200) throw new Error(`${path} was answered ${status}.`);
    return performance.now() - began;
  };
}

const timesOf = (page: string, taken: readonly number[]): PageTimes => {
  const sorted = taken.toSorted((one, other) => one - other);
  const at = (part: number) => sorted[Math.ceil(part * taken.length) - 1] ?? Number.NaN;
  return { page, first: taken[0] ?? Number.NaN, p50: at(0.5), p95: at(0.95) };
};

/** Of so many played referrals, a list names 25 that count and 25 that do not. */
export const behindList = 80;

/**
 * The times of the list behind a figure that tells facts. Each reader has a new session, so each read of each referral is
 * recorded before the list is shown. The first reader meets a function that has read none of the referrals.
 */
export async function measureList(assembly: string, until: string): Promise<PageTimes> {
  const history = { years: 2, referrals: behindList, seed: 'bench' };
  const cloud = await startCloud({ assembly, frozenAt: Date.parse(until), history });
  try {
    await cloud.rest();
    const taken: number[] = [];
    for (let time = 0; time < asked; time += 1) {
      const browser = await signedIn(cloud);
      const page = await browser.get(`${cloud.webUrl}/numbers/why?measure=key-facts-known`);
      const [, name = '', value = ''] = /name="(token)" value="([^"]*)"/.exec(page.html) ?? [];
      const began = performance.now();
      const list = await browser.post(page.url, { [name]: value });
      taken.push(performance.now() - began);
      const named = list.html.match(/class="reference"/g) ?? [];
      if (named.length !== 2 * mostListed) throw new Error(`The list names ${named.length} referrals.`);
    }
    return timesOf('the list behind a figure', taken);
  } finally {
    await cloud.stop();
  }
}

/** The times of every page over these rows. `until`: the UTC instant at which they are read. */
export async function measureReportPages(
  assembly: string,
  rows: readonly FactRow[],
  until: string,
): Promise<readonly PageTimes[]> {
  const cloud = await startCloud({ assembly, frozenAt: Date.parse(until) });
  try {
    await load(cloud, assembly, rows);
    const ask = await reader(cloud);
    const times: PageTimes[] = [];
    // The function starts once, before anything is measured.
    await ask(paths.Monday);
    for (const [page, path] of Object.entries(paths)) {
      await cloud.clock.advance(watermark);
      const taken: number[] = [];
      for (let time = 0; time < asked; time += 1) taken.push(await ask(path));
      times.push(timesOf(page, taken));
    }
    return times;
  } finally {
    await cloud.stop();
  }
}
