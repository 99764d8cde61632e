/** How many mails one confirmed referral sends, in all and to whom the most: everybody on time, and nobody at all. */
import { startCloud } from '../../infra/local/cloud.ts';
import { createApiClient } from '../../infra/local/demo/api-client.ts';
import { play } from '../../infra/local/demo/play.ts';
import { tuesday } from '../support/stage-cloud.ts';
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
