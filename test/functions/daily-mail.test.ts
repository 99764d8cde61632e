/**
 * One mail a day for all that is routine. Invented referrals run for weeks in which their people do little. Every commit
 * nudges the sender, and the digests come at their hour. Then all mails are compared with what the referrals requested.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { sendAlerts } from '../../functions/send-alerts/send-alerts.ts';
import { sendDigests } from '../../functions/send-alerts/send-digests.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import { digestAfter } from '../../shared/domain/alerts/alert-waiting.ts';
import { isStatutory } from '../../shared/domain/deadlines/deadlines.ts';
import type { Event } from '../../shared/domain/events.ts';
import { alarmClassOfAlert } from '../../shared/domain/policy/alarm-classes.ts';
import { newYorkDate } from '../../shared/domain/policy/due.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import { connecticut20261 as policy } from '../../shared/policy/connecticut-2026-1.ts';
import { startMemoryLedger } from '../support/memory-ledger.ts';
import { referral, referralId } from '../support/referral-builder.ts';
import { answerTheReport, offer } from '../support/scenes.ts';
import { sendParts } from '../support/send-parts.ts';

const references = ['CR-7F3KD-9QXMT2', 'CR-3KT8P-BMNPNT', 'CR-4HT9Q-CNPQPV'] as const;

/** What happened in one referral: when it came in, what people did, and for how many days it then ran. */
interface Life {
  readonly hour: number;
  readonly services: readonly ('mental-health' | 'education' | 'victim-advocacy')[];
  readonly days: number;
}

const lives = fc.array(
  fc.record({
    hour: fc.integer({ min: 0, max: 70 }),
    services: fc.uniqueArray(
      fc.constantFrom('mental-health' as const, 'education' as const, 'victim-advocacy' as const),
    ),
    days: fc.integer({ min: 4, max: 20 }),
  }),
  { minLength: 1, maxLength: references.length },
);

const commitsOf = ({ hour, services, days }: Life, id: string) => {
  const receivedAt = new Date(Date.parse('2026-11-09T15:00:00Z') + hour * 3_600_000).toISOString();
  // The urgent duties are done, so that no calls drown the rest.
  const story = answerTheReport(referral({ danger: 'no', age: 15, receivedAt }).run().screen('high-risk')).tellTeam();
  for (const service of services) offer(story, service);
  story.after(`P${days}D`);
  return story.commits.map(({ at, actor, events }) => ({
    id,
    at,
    actor,
    events: JSON.parse(JSON.stringify(events).replaceAll(referralId, id)) as readonly Event[],
  }));
};

interface Sent {
  readonly at: string;
  readonly personId: string;
  readonly alertIds: readonly string[];
}

async function play(told: readonly Life[], law: Policy = policy) {
  const { ledger, cursors, stop } = await startMemoryLedger();
  const sent: Sent[] = [];
  let now = '';
  const parts = sendParts({
    ledger,
    cursors,
    policyOf: () => law,
    mailer: {
      async send({ tags }: Mail) {
        sent.push({ at: now, personId: tags.personId, alertIds: [tags.alertId, ...(tags.with ?? [])] });
        return `m-${sent.length}`;
      },
    },
  });
  const commits = told
    .flatMap((life, index) => commitsOf(life, references[index] ?? ''))
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const last = commits.at(-1)?.at ?? '';
  let digest = digestAfter(commits[0]?.at ?? '', policy);
  for (const { id, at, actor, events } of commits) {
    for (; digest <= at; digest = digestAfter(digest, policy)) {
      now = digest;
      await sendDigests({ ...parts, ledger }, now);
    }
    await ledger.changeReferral(id, { now: at, actor, cause: { kind: 'sweep' } }, () => events);
    now = at;
    await sendAlerts(parts, id, now);
  }
  now = digest;
  await sendDigests({ ...parts, ledger }, now);
  const states = new Map<string, Referral>();
  for (const id of references.slice(0, told.length)) {
    const read = await ledger.referral(id);
    if (read) states.set(id, read.state);
  }
  const lifeOf = async (alertId: string) => (await ledger.alert(alertId)).life;
  const deferrals = new Map<string, readonly string[]>();
  for (const { alerts } of states.values())
    for (const id of Object.keys(alerts))
      deferrals.set(
        id,
        (await ledger.alert(id)).commits.flatMap(({ events }) =>
          events.flatMap((each) => (each.type === 'alert-deferral-ended' ? [`${each.personId} ${each.because}`] : [])),
        ),
      );
  return { sent, states, last, lifeOf, deferrals, stop };
}

const isMissed = (checkpoint: string | undefined) => checkpoint === 'due' || checkpoint === 'escalate';

test('each missed routine duty is in exactly one mail to each of its people by the next digest', async () => {
  let missed = 0;
  await fc.assert(
    fc.asyncProperty(lives, async (told) => {
      const { sent, states, lifeOf, deferrals, stop } = await play(told);
      try {
        for (const state of states.values()) {
          for (const alert of Object.values(state.alerts)) {
            if (!isMissed(alert.checkpoint) || alarmClassOfAlert(alert, state, policy) !== 'routine') continue;
            missed += 1;
            const { deliveries, deferred } = await lifeOf(alert.id);
            expect(deferred).toEqual({});
            const people = deliveries.map(({ personId }) => personId);
            const ended = deferrals.get(alert.id) ?? [];
            // Each person either got it, or the duty was done before the morning.
            expect(ended.map((each) => each.replace(/ digest$/, ' told'))).toEqual(
              expect.arrayContaining(people.map((personId) => `${personId} told`)),
            );
            expect(people.length + ended.filter((each) => each.endsWith(' obsolete')).length).toBeGreaterThan(0);
            for (const personId of people) {
              const mails = sent.filter((mail) => mail.personId === personId && mail.alertIds.includes(alert.id));
              expect(mails.map(({ at }) => at)).toEqual([digestAfter(alert.requestedAt, policy)]);
            }
          }
        }
      } finally {
        await stop();
      }
    }),
    { numRuns: 5 },
  );
  expect(missed).toBeGreaterThan(20);
});

test('one person gets one mail a day of all that is missed and routine, duties of law first, then by due', async () => {
  // No routine duty of Connecticut is law. So one is made law here, and is due later than the others.
  const deadlines = policy.deadlines.map((rule) => (rule.id === 'D23' ? { ...rule, kind: 'statute' as const } : rule));
  const law: Policy = { ...policy, deadlines };
  const lives: readonly Life[] = [
    { hour: 0, services: ['mental-health', 'education'], days: 20 },
    { hour: 7, services: ['victim-advocacy'], days: 20 },
    { hour: 60, services: [], days: 18 },
  ];
  const { sent, states, stop } = await play(lives, law);
  try {
    const told = sent.map((mail) => ({
      ...mail,
      alerts: mail.alertIds.flatMap((id) => {
        const state = states.get(id.split('.')[0] ?? '');
        const alert = state?.alerts[id];
        return state && alert ? [{ alert, state, deadline: state.deadlines[alert.deadlineId ?? ''] }] : [];
      }),
    }));
    const summaries = told.filter(({ alerts }) =>
      alerts.every(({ alert, state }) => alarmClassOfAlert(alert, state, policy) === 'routine'),
    );
    const late = summaries.filter(({ alerts }) => alerts.some(({ alert }) => isMissed(alert.checkpoint)));
    const days = late.map(({ personId, at }) => `${personId} ${newYorkDate(at)}`);
    expect(days.length).toBeGreaterThan(20);
    expect(new Set(days).size).toBe(days.length);
    // Of several referrals at once.
    expect(late.some(({ alerts }) => new Set(alerts.map(({ state }) => state.id)).size > 1)).toBe(true);
    const ranks = late.map(({ alerts }) =>
      alerts.flatMap(({ deadline }) => (deadline ? [[isStatutory(deadline, law) ? 0 : 1, deadline.due]] : [])),
    );
    for (const rank of ranks) expect(rank).toEqual(rank.toSorted((one, other) => (`${one}` < `${other}` ? -1 : 1)));
    expect(ranks.some((rank) => new Set(rank.map(([law]) => law)).size > 1)).toBe(true);
  } finally {
    await stop();
  }
});
