/**
 * The day's quota of the mail service is used up. The alarm comes in time, the attempts stay few, and open mail goes
 * out once the quota is back.
 */

import { afterEach, beforeEach, expect, test } from 'vitest';
import { sendAlerts, sendToNext } from '../../functions/send-alerts/send-alerts.ts';
import { spansToSweep } from '../../functions/sweep/turns.ts';
import { watchAlerts } from '../../functions/sweep/watch-alerts.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import { reachesNobody } from '../../shared/domain/alerts/unreached-rows.ts';
import { alertIdOf } from '../../shared/domain/core/ids.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { startMemoryLedger } from '../support/memory-ledger.ts';
import { monday, referral, referralId } from '../support/referral-builder.ts';
import { sendParts } from '../support/send-parts.ts';

const opening = alertIdOf(referralId, 1, monday);
const after = (minutes: number) => new Date(Date.parse(monday) + minutes * 60_000).toISOString();
/** The stream tries a record five times more. */
const mostTries = 6;
/** More records than this after one event would cause each other. */
const mostRecords = 200;

async function startOffice() {
  const { ledger, cursors, tell, stop } = await startMemoryLedger();
  const mails: Mail[] = [];
  const records: string[] = [];
  let tried = 0;
  let quota = 0;
  /** Like the table's stream: each commit is a record. */
  const streamed: typeof ledger = {
    ...ledger,
    changeAlert(id, context, decide) {
      return ledger.changeAlert(id, context, (life) => {
        const events = decide(life);
        if (events.length > 0) records.push(id);
        return events;
      });
    },
  };
  const parts = sendParts({
    ledger: streamed,
    cursors,
    mailer: {
      async send(mail) {
        tried += 1;
        if (mails.length >= quota) {
          throw Object.assign(new Error('Daily message quota exceeded.'), { name: 'Throttling', $fault: 'client' });
        }
        mails.push(mail);
        await streamed.changeAlert(mail.tags.alertId, frameAt(0), () => [
          { type: 'alert-delivered', v: 1, personId: mail.tags.personId },
        ]);
        return `m-${mails.length}`;
      },
    },
  });
  const work = async (task: () => Promise<void>) => {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const isDone = await task().then(
        () => true,
        () => false,
      );
      if (isDone) return;
    }
  };
  /** Every record until none is left, as the sending function reads them. */
  const drain = async (minutes: number) => {
    for (let count = 0; records.length > 0; count += 1) {
      if (count > mostRecords) throw new Error('The records beget each other.');
      const id = records.shift() ?? '';
      await work(() => sendToNext(parts, id, after(minutes)));
    }
  };
  return {
    ledger,
    tell,
    stop,
    mails,
    tried: () => tried,
    takes(count: number) {
      quota = mails.length + count;
    },
    async send(minutes: number) {
      await work(() => sendAlerts(parts, referralId, after(minutes)));
      await drain(minutes);
    },
    async watch(minutes: number) {
      const parts = { ledger: streamed, settled: new Map<string, number>(), policyOf };
      await watchAlerts(parts, spansToSweep(after(minutes)), frameAt(minutes), (fault) => {
        throw fault;
      });
      await drain(minutes);
    },
    async unreached() {
      const { state } = (await ledger.referral(referralId)) ?? {};
      const alert = state?.alerts[opening];
      return state && alert && reachesNobody(alert, state) ? (alert.unreachedGroups ?? []) : [];
    },
  };
}

const frameAt = (minutes: number) =>
  ({ now: after(minutes), actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } }) as const;

let office: Awaited<ReturnType<typeof startOffice>>;
beforeEach(async () => {
  office = await startOffice();
  await office.tell(referral({ danger: 'yes', team: 'MDT-HARTFORD' }).run());
});
afterEach(() => office.stop());

/** The watchdog looks every five minutes. */
async function watchUntil(to: number, from = 0) {
  for (let minutes = from + 5; minutes <= to; minutes += 5) await office.watch(minutes);
}

test('an unreached recipient raises an alarm within half an hour, where the quota allows one mail', async () => {
  office.takes(1);
  await office.send(0);
  await watchUntil(10);
  expect(await office.unreached()).toEqual([]);
  await watchUntil(30, 10);
  expect(office.mails).toHaveLength(1);
  const alert = (await office.ledger.referral(referralId))?.state.alerts[opening];
  const reached = (await office.ledger.alert(opening)).life.deliveries.filter(({ status }) => status === 'delivered');
  expect((await office.unreached()).toSorted()).toEqual(
    alert?.to.filter((line) => !reached.some(({ addressedAs }) => addressedAs === line)).toSorted(),
  );
});

test('its attempts stay few, however long the service takes nothing', async () => {
  await office.send(0);
  await watchUntil(30);
  const inTheFirst = office.tried();
  await watchUntil(24 * 60, 30);
  const lines = (await office.unreached()).length;
  expect(lines).toBeGreaterThan(3);
  expect(inTheFirst).toBeLessThanOrEqual(lines * 3 * 9);
  // An hour brings one more round for each group.
  expect(office.tried() - inTheFirst).toBeLessThanOrEqual(24 * lines * 9);
});

test('open mail goes out within the hour once the service takes mail again, once to each group', async () => {
  await office.send(0);
  await watchUntil(120);
  office.takes(Number.POSITIVE_INFINITY);
  await watchUntil(240, 120);
  const lines = await office.unreached();
  const { deliveries } = (await office.ledger.alert(opening)).life;
  const reached = deliveries.filter(({ status }) => status === 'delivered').map(({ addressedAs }) => addressedAs);
  expect(reached.toSorted()).toEqual(lines.toSorted());
  expect(office.mails.filter(({ tags }) => tags.alertId === opening)).toHaveLength(new Set(lines).size);
});
