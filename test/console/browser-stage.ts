/** One browser and one embedded cloud for every test that needs a real browser. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { type Cloud, startCloud } from '../../infra/local/cloud.ts';
import { synthesize } from '../../infra/synthesize.ts';
import { launchChromium } from './chromium.ts';

export let browser: Browser;
export let cloud: Cloud;
/** The logs of the functions and of the cloud. */
export const log: string[] = [];

beforeAll(async () => {
  const { folder } = await synthesize();
  [browser, cloud] = await Promise.all([
    launchChromium(),
    startCloud({ assembly: folder, onLog: (source, line) => void log.push(`${source}: ${line}`) }),
  ]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
});
