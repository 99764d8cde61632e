/** An agreement, from the day its keeper is reminded to the mail: by the sweep, over a movable clock. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendNotices } from '../../functions/send-alerts/send-alerts.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import { watchDue } from '../../functions/sweep/watch-due.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import { createDigests } from '../../shared/application/matching/secret.ts';
import { keepAgreement } from '../../shared/application/use-cases/keep-agreements.ts';
import { allAgreements } from '../../shared/domain/agreements/agreements.ts';
import { addDays, newYorkDate } from '../../shared/domain/policy/due.ts';
import { type Desk, personOf, startDesk, visitor } from '../support/desk.ts';
import { arrive, deskSendParts } from '../support/send-parts.ts';
import { sweepParts } from '../support/sweep-parts.ts';

let desk: Desk;
let mails: Mail[];
let start: string;
beforeEach(async () => {
  desk = await startDesk();
  mails = [];
  start = `${desk.now.slice(0, 10)}T15:00:00.000Z`;
  desk.at(start);
});
afterEach(() => desk.stop());

const mailer = {
  async send(mail: Mail) {
    mails.push(mail);
    return `m-${mails.length}`;
  },
};
const rethrow = (fault: unknown) => {
  throw fault;
};
const inDays = (days: number) => addDays(newYorkDate(start), days);
const terms = (more: object = {}) => ({
  kind: 'data-sharing',
  agencies: ['hospital'],
  purpose: 'team-work',
  data: ['case-facts'],
  basis: 'cgs-17a-106a',
  signedOn: inDays(-10),
  ...more,
});
async function recorded(more: object, as = 'program-manager', id?: string) {
  const submission = { key: randomUUID(), digests: createDigests('a secret of this test') };
  const kept = await keepAgreement(desk.parts(), visitor(as), id, terms(more), submission);
  if (kept.kind !== 'done') throw new Error(JSON.stringify(kept));
  return kept.value;
}
/** The sweep of 11:00 UTC so many days later, and the mail that follows. */
async function morning(day: number, times = 1) {
  desk.at(`${inDays(day)}T11:00:30.000Z`);
  for (let time = 0; time < times; time += 1) await sweep(sweepParts(desk));
  await sendNotices(deskSendParts(desk, mailer), 'agreement', allAgreements, desk.now);
  await arrive(desk, mails);
}
const manager = personOf('program-manager').email;

describe('an agreement that ends in 100 days', () => {
  test('is mailed to its keeper at 90, 30 and 0 days, once each, and in the right words', async () => {
    await recorded({ expiresOn: inDays(100) }, 'hart-director');
    const told: string[] = [];
    for (const day of [1, 5, 9, 10, 11, 40, 69, 70, 71, 99, 100, 101, 120]) {
      const before = mails.length;
      await morning(day, 2);
      told.push(...mails.slice(before).map(({ to, text }) => `${day} ${to} ${/AG-1: .+/.exec(text)?.[0]}`));
    }
    const keeper = personOf('hart-director').email;
    expect(told).toEqual([
      `10 ${keeper} AG-1: data sharing agreement, ends in 90 days`,
      `70 ${keeper} AG-1: data sharing agreement, ends in 30 days`,
      `70 ${manager} AG-1: data sharing agreement, ends in 30 days`,
      `100 ${keeper} AG-1: data sharing agreement, today is its last day`,
      `100 ${manager} AG-1: data sharing agreement, today is its last day`,
    ]);
    expect(mails[0]?.subject).toBe('Renew or review agreements');
    expect(mails[0]?.text).toContain('https://careline.example/agreements');
    expect(mails[0]?.text).not.toContain('Hospital');
  });

  test('that is renewed is told of no more', async () => {
    const { id } = await recorded({ expiresOn: inDays(100) });
    await morning(10);
    expect(mails).toHaveLength(1);
    await recorded({ expiresOn: inDays(900), revision: 1 }, 'program-manager', id);
    for (const day of [11, 70, 100]) await morning(day);
    expect(mails).toHaveLength(1);
  });
});

test('a look reads the index alone where no chain waits for the day', async () => {
  await recorded({ expiresOn: inDays(400) });
  let reads = 0;
  const counting = {
    ledger: {
      ...desk.ledger,
      agreements: () => {
        reads += 1;
        return desk.ledger.agreements();
      },
    },
  };
  const context = (day: number) =>
    ({
      now: `${inDays(day)}T11:00:00.000Z`,
      actor: { kind: 'function', id: 'sweep' },
      cause: { kind: 'sweep' },
    }) as const;
  for (const day of [1, 100, 219]) await watchDue(counting, context(day), rethrow);
  expect(reads).toBe(0);
  await watchDue(counting, context(220), rethrow);
  expect(reads).toBe(1);
  expect((await desk.ledger.agreements())[0]?.reminders).toMatchObject([{ about: 'end', days: 180 }]);
});

test('an index entry of a chain that is not known makes no reminder', async () => {
  await recorded({ expiresOn: inDays(400) });
  await desk.put('Ledger', [{ pk: 'unheard-of#ALL', seq: 1, foundAs: 'due', foundAt: desk.now, at: desk.now }]);
  await morning(1);
  expect(mails).toEqual([]);
});
