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

/** Ten in the morning in New York, because at night invitations wait for the morning. */
const tuesday = Date.parse('2026-11-10T15:00:00.000Z');

beforeAll(async () => {
  const { folder } = await synthesize();
  [browser, cloud] = await Promise.all([
    launchChromium(),
    startCloud({ assembly: folder, frozenAt: tuesday, onLog: (source, line) => void log.push(`${source}: ${line}`) }),
  ]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
});
