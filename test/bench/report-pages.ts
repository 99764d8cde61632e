/** How long the pages of figures take in the embedded cloud, with the real bundle, for a signed-in reader. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Cloud, startCloud } from '../../infra/local/cloud.ts';
import { localRegion } from '../../infra/local/endpoint/service.ts';
import { readTemplate } from '../../infra/local/template/template.ts';
import type { FactRow } from '../../shared/domain/facts/fact-row-shape.ts';
import { pageNames } from '../../shared/reports/pages.ts';
import { createFacts } from '../../shared/store/facts.ts';
import { createBrowser, type Page } from '../infra/local/identity/browser.ts';
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

/** Asks as a person who plans the program, signed in. Gives the milliseconds until the whole answer is there. */
async function reader({ webUrl, issuer }: Cloud) {
  const browser = createBrowser('none:');
  const answerTo = (page: Page) =>
    browser.post(new URL(/<form[^>]*action="([^"]*)"/.exec(page.html)?.[1] ?? '', issuer).href, {
      email: addressOf('program-manager'),
    });
  await answerTo(await answerTo(await browser.get(`${webUrl}/sign-in`)));
  return async (path: string): Promise<number> => {
    const began = performance.now();
    const { status } = await browser.get(`${webUrl}${path}`);
    if (status !== 200) throw new Error(`${path} was answered ${status}.`);
    return performance.now() - began;
  };
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
      const sorted = taken.toSorted((one, other) => one - other);
      const at = (part: number) => sorted[Math.ceil(part * asked) - 1] ?? Number.NaN;
      times.push({ page, first: taken[0] ?? Number.NaN, p50: at(0.5), p95: at(0.95) });
    }
    return times;
  } finally {
    await cloud.stop();
  }
}
