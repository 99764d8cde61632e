/**
 * How many mails one confirmed referral sends, in all and at most to one person. How long a mail takes from its commit.
 */
import { startCloud } from '../../infra/local/cloud.ts';
import { createApiClient } from '../../infra/local/demo/api-client.ts';
import { play } from '../../infra/local/demo/play.ts';
import type { Audit } from '../../shared/application/read/audit.ts';
import { tuesday } from '../support/stage.ts';
import { askApi } from '../support/stage-cloud.ts';
import { report, reporter } from './referral.ts';

export interface MailCount {
  readonly inAll: number;
  readonly mostForOne: number;
}

const day = 86_400_000;

export async function countMails(assembly: string, act: 'on-time' | 'never'): Promise<MailCount> {
  const cloud = await startCloud({ assembly, frozenAt: Date.parse(tuesday) });
  try {
    const api = createApiClient(cloud);
    const { referralIds } = await api.report(reporter, report);
    await cloud.clock.advance(0);
    await play({ api, clock: cloud.clock, act, onProgress: () => undefined }, referralIds);
    // What waits for a digest is counted as well.
    for (let days = 0; days < 3; days += 1) await cloud.clock.advance(day);
    const each = Map.groupBy(cloud.sent(), ({ destinations }) => destinations.join());
    return { inAll: cloud.sent().length, mostForOne: Math.max(...[...each.values()].map((mails) => mails.length)) };
  } finally {
    await cloud.stop();
  }
}

export interface Acceptance {
  /** Seconds of real time. */
  readonly p50: number;
  readonly p99: number;
  readonly mails: number;
}

/** Reports one after another at a running clock. Gives the time from each alert's commit to each of its mails. */
export async function measureAcceptance(assembly: string, reports = 30): Promise<Acceptance> {
  const cloud = await startCloud({ assembly });
  try {
    const api = createApiClient(cloud);
    const seconds: number[] = [];
    for (let round = 0; round <= reports; round += 1) {
      const before = cloud.sent().length;
      const { referralIds } = await api.report(reporter, report);
      await cloud.rest();
      const own = cloud.sent().slice(before);
      const { body } = await askApi(cloud, 'administrator@dcf.example', `/referrals/${referralIds[0]}/audit`);
      const audit = body as unknown as Audit;
      const began = Date.parse(audit.alerts.find(({ kind }) => kind === 'referral-opened')?.requestedAt ?? '');
      // The first one starts every function.
      if (round > 0) seconds.push(...own.map(({ at }) => (Date.parse(at) - began) / 1000));
    }
    const sorted = seconds.toSorted((one, other) => one - other);
    const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
    return { p50: at(0.5), p99: at(0.99), mails: sorted.length };
  } finally {
    await cloud.stop();
  }
}
