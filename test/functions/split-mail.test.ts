/** One mail about several alerts to one person, and a process that ends between any two of its writes. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordDelivery } from '../../functions/record-delivery/record-delivery.ts';
import { sendAlerts, sendToNext } from '../../functions/send-alerts/send-alerts.ts';
import type { SendParts } from '../../functions/send-alerts/send-parts.ts';
import { spansToSweep } from '../../functions/sweep/turns.ts';
import { watchAlerts } from '../../functions/sweep/watch-alerts.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { startMemoryLedger } from '../support/memory-ledger.ts';
import { referral, referralId } from '../support/referral-builder.ts';
import { sendParts } from '../support/send-parts.ts';

/** The opening and the reminder of a clock, which the supervisor gets in one mail. */
const story = referral({ team: 'none' }).run().after('PT15M');
const alerts = Object.keys(story.state.alerts);
const supervisor = 'P-CARELINE-SUPERVISOR-1';
const after = (minutes: number) => new Date(Date.parse(story.now) + minutes * 60_000).toISOString();

let memory: Awaited<ReturnType<typeof startMemoryLedger>>;
let mails: Mail[];
beforeEach(async () => {
  memory = await startMemoryLedger();
  mails = [];
  await memory.tell(story);
});
afterEach(() => memory.stop());

/**
 * The process ends at its n-th write into the chain of an alert, before or after that write. Undefined for one that
 * does not end.
 */
function parts(end?: { readonly nth: number; readonly when: 'before' | 'after' }): SendParts {
  const { ledger, cursors } = memory;
  let writes = 0;
  let hasEnded = false;
  const alive = () => {
    if (hasEnded) throw new Error('The process ended.');
  };
  return sendParts({
    ledger: {
      ...ledger,
      async changeAlert(...change) {
        alive();
        writes += 1;
        const isLast = writes === end?.nth;
        if (!isLast || end.when === 'after') await ledger.changeAlert(...change);
        hasEnded ||= isLast;
        alive();
        return (await ledger.alert(change[0])).life;
      },
    },
    cursors: {
      ...cursors,
      async advance(...mark) {
        alive();
        await cursors.advance(...mark);
      },
    },
    mailer: {
      async send(mail) {
        alive();
        mails.push(mail);
        return `m-${mails.length}`;
      },
    },
  });
}

const aboutTo = (alertId: string) =>
  mails.filter(({ tags }) => tags.personId === supervisor && [tags.alertId, ...(tags.with ?? [])].includes(alertId));
const isMarked = ({ text }: Mail) => /This is a repeat|sent again/.test(text);

/**
 * What comes after the end: the stream tries again, and the sweep looks. `hears`: SES sends news of each mail that it
 * took.
 */
async function recover(hears: boolean): Promise<void> {
  const { ledger } = memory;
  for (const { tags } of hears ? [...mails] : [])
    await recordDelivery({ ledger, directory: { markMail: async () => {} } }, { ...tags, news: 'accepted' }, after(1));
  await sendAlerts(parts(), referralId, after(1));
  for (const minutes of [6, 12]) {
    const now = after(minutes);
    const frame = { now, actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } } as const;
    await watchAlerts({ ledger, settled: new Map(), policyOf }, spansToSweep(now), frame, (fault) => {
      throw fault;
    });
    for (const alertId of alerts) await sendToNext(parts(), alertId, now);
  }
}

test('the story holds what this file needs: one mail to the supervisor about several alerts', async () => {
  await sendAlerts(parts(), referralId, story.now);
  expect(alerts.length).toBeGreaterThan(1);
  expect(mails.filter(({ tags }) => tags.personId === supervisor).map(({ tags }) => tags.with?.length)).toEqual([
    // The second call is for the next on shift.
    alerts.length - 2,
  ]);
});

const ends = Array.from({ length: 2 * alerts.length }, (_, index) => index + 1).flatMap((nth) =>
  (['before', 'after'] as const).map((when) => [when, nth] as const),
);

test.each(ends)('a process that ends %s its write %i loses nothing, and a repeat is marked', async (when, nth) => {
  await expect(sendAlerts(parts({ nth, when }), referralId, story.now)).rejects.toThrow('ended');
  await recover(false);
  for (const alertId of alerts) {
    const [first, ...again] = aboutTo(alertId);
    expect(first, `${alertId} is told`).toBeDefined();
    expect(again.length, `${alertId} comes twice at most`).toBeLessThanOrEqual(1);
    expect(again.every(isMarked), `${alertId} is marked where it comes again`).toBe(true);
    expect((await memory.ledger.alert(alertId)).life.leases).toEqual({});
  }
});

test.each(ends)(
  'a process that ends %s its write %i sends nothing twice where SES has said that it took the mail',
  async (when, nth) => {
    await expect(sendAlerts(parts({ nth, when }), referralId, story.now)).rejects.toThrow('ended');
    await recover(true);
    for (const alertId of alerts) expect(aboutTo(alertId), alertId).toHaveLength(1);
  },
);
