/**
 * Writes `test/fixtures/ledger-v1`: the lives of `ledger-lives.ts` and one alert, and what they fold to. It never
 * writes over a file, because stored events never change. Another life is another file. Then format.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import type { AlertEvent } from '../../shared/domain/alerts/alerts.ts';
import { alertChain, referralChain } from '../../shared/store/chains.ts';
import { type Desk, personOf, startDesk } from './desk.ts';
import {
  booked,
  byFunction,
  called,
  carded,
  cleared,
  closed,
  comparedLater,
  heard,
  helped,
  invited,
  openAndMerged,
  planned,
  profiled,
  recovered,
  restarted,
  reviewed,
  withdrawn,
} from './ledger-lives.ts';
import { versionOf, versions } from './second-version.ts';

const folder = new URL('../fixtures/ledger-v1/', import.meta.url);

async function write(desk: Desk, name: string, chain: string, state: unknown): Promise<void> {
  const content = { chain, commits: await desk.ledger.readAfresh(chain), state };
  const file = new URL(`${name}.json`, folder);
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`, { flag: 'wx' });
}

/** An alert whose first mail came back, and that reached a second person. */
async function alert(desk: Desk, id: string): Promise<string> {
  const context = byFunction(desk, 'send-alerts', { kind: 'delivery' });
  const sent = (personId: string, order: number): AlertEvent => {
    return { type: 'alert-sent', v: 1, personId, addressedAs: 'careline-supervisor', order, messageId: `M-${order}` };
  };
  const [first, second] = [personOf('careline-supervisor').id, personOf('careline-supervisor/2').id];
  for (const events of [
    [sent(first, 1)],
    [{ type: 'alert-failed', v: 1, personId: first, because: 'bounce' }],
    [sent(second, 2)],
    [{ type: 'alert-delivered', v: 1, personId: second }],
    [{ type: 'alert-exhausted', v: 1, addressedAs: 'legal' }],
  ] as const satisfies readonly (readonly AlertEvent[])[]) {
    await desk.ledger.changeAlert(await desk.alertId(id), context, () => events);
  }
  return await desk.alertId(id);
}

mkdirSync(folder, { recursive: true });
// An invented second version is among the policies, so that one life can be brought under it.
const desk = await startDesk({ policyOf: versionOf, released: versions });
try {
  const lives = {
    ...(await openAndMerged(desk)),
    closed: await closed(desk),
    withdrawn: await withdrawn(desk),
    'compared-later': await comparedLater(desk),
    called: await called(desk),
    profiled: await profiled(desk),
    cleared: await cleared(desk),
    carded: await carded(desk),
    heard: await heard(desk),
    booked: await booked(desk),
    helped: await helped(desk),
    recovered: await recovered(desk),
    invited: await invited(desk),
    restarted: await restarted(desk),
    reviewed: await reviewed(desk),
    planned: await planned(desk),
  };
  for (const [name, id] of Object.entries(lives)) await write(desk, name, referralChain(id), await desk.state(id));
  const alertId = await alert(desk, lives.closed);
  await write(desk, 'alert', alertChain(alertId), (await desk.ledger.alert(alertId)).life);
} finally {
  await desk.stop();
}
