/** How soon pages of the console answer in an embedded cloud at rest, whose lists hold ten thousand runs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startCloud } from '../../infra/local/cloud.ts';
import { claimFormat } from '../../infra/local/data-folder/kept-file.ts';
import { createApiClient } from '../../infra/local/demo/api-client.ts';
import { runsOf } from '../../shared/domain/board/run-rows.ts';
import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';
import { createBrowser } from '../infra/local/identity/browser.ts';
import { referral } from '../support/referral-builder.ts';
import { tuesday } from '../support/stage.ts';
import { loadReferrals } from './doors.ts';
import { report, reporter } from './referral.ts';

const referrals = 1250;
const times = 60;
/** In milliseconds. One person may ask 25 times a second. */
const pause = 60;

/** Milliseconds until a whole page is there. */
export interface PageTimes {
  readonly p50: number;
  readonly p95: number;
}

/** The loaded referrals, their runs that live, and each page by its path. */
export async function measurePages(assembly: string) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-pages-'));
  try {
    claimFormat(folder);
    await loadReferrals(assembly, folder, 0, referrals);
    const cloud = await startCloud({ assembly, folder, frozenAt: Date.parse(tuesday) });
    try {
      const api = createApiClient(cloud);
      const [id = ''] = (await api.report(reporter, report)).referralIds;
      await cloud.rest();
      const worker = await signedIn(cloud.webUrl, 'careline.worker@dcf.example');
      const administrator = await signedIn(cloud.webUrl, 'administrator@dcf.example');
      const living = runsOf(referral({ danger: 'yes' }).run().state, connecticut20261).filter(
        ({ is }) => is !== 'ended',
      );
      return {
        referrals,
        runs: referrals * living.length,
        pages: {
          queue: await timesOf(worker, '/'),
          referral: await timesOf(worker, `/referrals/${id}`),
          tasks: await timesOf(worker, `/referrals/${id}/tasks`),
          runs: await timesOf(administrator, '/runs'),
        },
      };
    } finally {
      await cloud.stop();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Gives what opens a page of the console as this person. */
async function signedIn(webUrl: string, email: string) {
  // No redirect leads to an address without a server.
  const browser = createBrowser('stops-nowhere:');
  const page = await browser.get(`${webUrl}/`);
  await browser.post(`${page.url}/person`, { email });
  await browser.post(`${page.url}/verify`, { email });
  return (path: string) => browser.get(`${webUrl}${path}`);
}

async function timesOf(open: Awaited<ReturnType<typeof signedIn>>, path: string): Promise<PageTimes> {
  const taken: number[] = [];
  for (let number = 0; number < 2 * times; number += 1) {
    const began = performance.now();
    const { status } = await open(path);
    taken.push(performance.now() - began);
    if (status !== 200) throw new Error(`${path} was answered ${status}.`);
    await setTimeout(pause);
  }
  const sorted = taken.slice(times).toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95) };
}
