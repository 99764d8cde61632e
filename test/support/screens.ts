/** Pictures of the console for people who have not seen it. They are taken in the embedded cloud, with invented people alone. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { type Cloud, startCloud } from '../../infra/local/cloud.ts';
import { createApiClient } from '../../infra/local/demo/api-client.ts';
import { longestPlayDays, play } from '../../infra/local/demo/play.ts';
import { importSampleShifts } from '../../infra/local/samples/import-shifts.ts';
import { synthesize } from '../../infra/synthesize.ts';
import { launchChromium, visitAs } from '../console/chromium.ts';

const example = (name: string): unknown =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../../docs/examples/${name}.json`, import.meta.url)), 'utf8'));

/** A Tuesday, 10:00 in New York. */
const start = Date.parse('2026-11-10T15:00:00.000Z');
/** The acts after which the confirmed example has its team invited, and services to find. */
const actsPlayed = 14;

const laptop: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 } };
const dark: BrowserContextOptions = { ...laptop, colorScheme: 'dark' };

interface Screen {
  readonly name: string;
  readonly as: string;
  /** `confirmed` and `danger` are the references of the two examples. */
  readonly path: (of: { readonly confirmed: string; readonly danger: string }) => string;
  readonly on?: BrowserContextOptions;
  /** What the picture shows, in one sentence. */
  readonly shows: string;
}

const worker = 'careline.worker@dcf.example';
const supervisor = 'careline.supervisor@dcf.example';
const caseworker = 'caseworker.new-haven@dcf.example';

const screens: readonly Screen[] = [
  { name: 'queue', as: supervisor, path: () => '/', shows: 'The work queue of the Careline supervisor.' },
  { name: 'queue-dark', as: supervisor, path: () => '/', on: dark, shows: 'The same page in the dark.' },
  { name: 'queue-phone', as: supervisor, path: () => '/', on: phone, shows: 'The same page on a phone.' },
  { name: 'new-report', as: worker, path: () => '/reports/new', shows: 'A new report, while the caller speaks.' },
  { name: 'new-report-phone', as: worker, path: () => '/reports/new', on: phone, shows: 'A new report on a phone.' },
  {
    name: 'call-now',
    as: worker,
    path: ({ danger }) => `/referrals/${danger}`,
    shows: 'A child in danger: the call to make.',
  },
  {
    name: 'call-now-phone',
    as: worker,
    path: ({ danger }) => `/referrals/${danger}`,
    on: phone,
    shows: 'The same call on a phone.',
  },
  {
    name: 'referral',
    as: caseworker,
    path: ({ confirmed }) => `/referrals/${confirmed}`,
    shows: 'A confirmed referral, as its social worker sees it.',
  },
  {
    name: 'referral-dark',
    as: caseworker,
    path: ({ confirmed }) => `/referrals/${confirmed}`,
    on: dark,
    shows: 'The same referral in the dark.',
  },
  { name: 'next-steps', as: caseworker, path: () => '/deadlines', shows: 'All duties that wait for one person.' },
  { name: 'on-call', as: supervisor, path: () => '/on-call', shows: 'Who is on call now, with the number.' },
  { name: 'providers', as: caseworker, path: () => '/providers', shows: 'Who gives each service.' },
  { name: 'delegates', as: caseworker, path: () => '/delegations', shows: 'A delegate is named by name.' },
  { name: 'pathway', as: supervisor, path: () => '/policy', shows: 'Every stage and clock of the pathway.' },
  {
    name: 'audit',
    as: 'administrator@dcf.example',
    path: ({ confirmed }) => `/referrals/${confirmed}/audit`,
    shows: 'Each act, reader and e-mail of a referral.',
  },
  {
    name: 'run',
    as: 'administrator@dcf.example',
    path: ({ confirmed }) => `/runs/${confirmed}`,
    shows: 'A run explained: what was done, what it waits for, and since when.',
  },
  { name: 'help', as: worker, path: () => '/help', shows: 'Help, which begins with the first day of the role.' },
  {
    name: 'help-phone',
    as: 'mdt.medical.new-haven@team.example',
    path: () => '/help',
    on: phone,
    shows: 'Help for a member of a team, on a phone.',
  },
];

/** Ends the play of an example where its picture is taken. */
class EnoughPlayed extends Error {
  override readonly name = 'EnoughPlayed';
}

async function playExamples(cloud: Cloud): Promise<{ readonly confirmed: string; readonly danger: string }> {
  await importSampleShifts(cloud, undefined, longestPlayDays + 2);
  const api = createApiClient(cloud);
  const [confirmed = ''] = (await api.report(worker, example('confirmed-living-at-home'))).referralIds;
  await cloud.clock.advance(0);
  const onProgress = (_now: number, done: number) => {
    if (done === actsPlayed) throw new EnoughPlayed();
  };
  await play({ api, clock: cloud.clock, act: 'on-time', onProgress }, [confirmed]).catch((error: unknown) => {
    if (!(error instanceof EnoughPlayed)) throw error;
  });
  const [danger = ''] = (await api.report(worker, example('insufficient-info-missing'))).referralIds;
  await cloud.clock.advance(0);
  return { confirmed, danger };
}

/** The screen as WebP, which playwright itself cannot write. */
async function photograph(browser: Browser, cloud: Cloud, { as, on = laptop }: Screen, path: string): Promise<Buffer> {
  const { page, close } = await visitAs(browser, cloud, as, path, on);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 60 });
  await close();
  return Buffer.from(data, 'base64');
}

/** Takes every picture into `folder`, with a page that shows them. Old pictures there are removed. */
export async function takeScreens(folder: string, tell: (sentence: string) => void): Promise<void> {
  const { folder: assembly } = await synthesize();
  const [browser, cloud] = await Promise.all([launchChromium(), startCloud({ assembly, frozenAt: start })]);
  try {
    const of = await playExamples(cloud);
    mkdirSync(folder, { recursive: true });
    for (const old of readdirSync(folder).filter((file) => file.endsWith('.webp'))) rmSync(join(folder, old));
    for (const screen of screens) {
      const picture = await photograph(browser, cloud, screen, screen.path(of));
      writeFileSync(join(folder, `${screen.name}.webp`), picture);
      tell(`${screen.name}: ${Math.ceil(picture.length / 1024)} KB`);
    }
    writeFileSync(join(folder, 'README.md'), gallery());
  } finally {
    await browser.close();
    await cloud.stop();
  }
}

const gallery = (): string =>
  `${[
    '# Screens of the console',
    'Every person in these pictures is invented. `npm run screens` takes them anew in the embedded cloud, so this page is never edited.',
    ...screens.map(({ name, shows, on = laptop }) => {
      const width = on === phone ? 260 : 640;
      return `## ${name}\n\n${shows}\n\n<img src="${name}.webp" width="${width}" alt="${shows}">`;
    }),
  ].join('\n\n')}\n`;
