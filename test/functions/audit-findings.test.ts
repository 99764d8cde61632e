/** Faults that the watchdog finds and cannot repair, from the sweep to the administrator's mailbox. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sendNotices } from '../../functions/send-alerts/send-alerts.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import type { Leak } from '../../shared/alerts/compose/guard.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import { type Desk, personOf, startDesk } from '../support/desk.ts';
import { deskSendParts } from '../support/send-parts.ts';
import { sweepParts } from '../support/sweep-parts.ts';

let desk: Desk;
let mails: Mail[];
let withheld: (readonly Leak[])[];
let unreachable: number;
beforeEach(async () => {
  desk = await startDesk();
  mails = [];
  withheld = [];
  unreachable = 0;
});
afterEach(() => desk.stop());

const day = () => desk.now.slice(0, 10);
const tell = (refused: readonly string[] = []) => {
  const mailer = {
    async send(mail: Mail) {
      if (refused.includes(mail.to)) return undefined;
      mails.push(mail);
      return `m-${mails.length}`;
    },
  };
  const more = {
    countWithheld: (_: string, leaks: readonly Leak[]) => void withheld.push(leaks),
    countUnreachable: () => {
      unreachable += 1;
    },
  };
  return sendNotices({ ...deskSendParts(desk, mailer), ...more }, 'finding', day(), desk.now);
};
const later = (minutes: number) => desk.at(new Date(Date.parse(desk.now) + minutes * 60_000).toISOString());
const found = async () => (await desk.ledger.findings(day())).map(({ what, about }) => `${what} ${about}`);

/** A referral whose runs all wait as they should. */
async function wellKept(): Promise<string> {
  const id = await desk.opened();
  await desk.followedTo(id, 1);
  return id;
}

/** An intruder with full rights writes over the first commit, with other words. */
async function writeOver(id: string): Promise<void> {
  const [first] = await desk.ledger.readAfresh(`referral#${id}`);
  if (!first) throw new Error('There is no such commit.');
  const body = first.text.replace('"danger":"yes"', '"danger":"no"');
  const { prev, hash } = first;
  const item = { pk: `referral#${id}`, seq: 1, at: desk.now, foundAs: 'referral', foundAt: desk.now, body, prev, hash };
  await desk.put('Ledger', [item]);
}

test('a sound ledger has no finding, and no mail goes out', async () => {
  await wellKept();
  await sweep(sweepParts(desk));
  expect(await found()).toEqual([]);
  await tell();
  expect(mails).toEqual([]);
});

test('an overwritten commit is found when its chain is read from the start, and told once', async () => {
  const id = await wellKept();
  // A chain that was verified once is compared byte for byte from then on.
  expect((await desk.ledger.readChecked(`referral#${id}`, {})).check.intact).toBe(true);
  await writeOver(id);
  expect((await desk.ledger.readChecked(`referral#${id}`, {})).check.intact).toBe(false);
  // A young referral has its turn within an hour of sweeps.
  for (let sweeps = 0; sweeps < 12; sweeps += 1) {
    await sweep(sweepParts(desk));
    later(5);
  }
  expect(await found()).toContain(`chain-broken ${id}`);
  await tell();
  await tell();
  expect(mails.map(({ to }) => to)).toEqual([personOf('administrator').email]);
  expect(mails[0]?.subject).toBe('Resolve audit findings: Careline');
  expect(mails[0]?.text).toContain(`${id}: a stored record, directory entry or list row was changed or is damaged.`);
  expect(mails[0]?.text).toContain('https://careline.example/');
});

test('a consumer that no nudge moves is told after the third nudge', async () => {
  const id = await desk.opened();
  for (let sweeps = 1; sweeps <= 4; sweeps += 1) {
    later(11);
    await sweep(sweepParts(desk));
    expect(await found()).toEqual(sweeps < 3 ? [] : [`consumer-stuck ${id}`]);
  }
  await tell();
  expect(mails[0]?.text).toContain(`${id}: its mail or its workflow runs have stopped.`);
});

test('a role without a holder is told with all else in one mail, once a day while it stays so', async () => {
  const directory = { ...desk.directory, isHeld: async (role: string) => !['hart-lead', 'legal'].includes(role) };
  await sweep({ ...sweepParts(desk), directory });
  await tell();
  expect(mails).toHaveLength(1);
  expect(mails[0]?.text).toContain('HART lead: no one holds this role');

  await sweep({ ...sweepParts(desk), directory });
  await tell();
  expect(mails).toHaveLength(1);
  later(24 * 60);
  await sweep({ ...sweepParts(desk), directory });
  await tell();
  expect(mails).toHaveLength(2);
});

test('the mail goes to the next administrator where the first gets none', async () => {
  const directory = { ...desk.directory, isHeld: async (role: string) => role !== 'legal' };
  await sweep({ ...sweepParts(desk), directory });
  const [first, second] = [personOf('administrator').email, personOf('administrator/2').email];
  await tell([first]);
  expect(mails.map(({ to }) => to)).toEqual([second]);
  expect(unreachable).toBe(0);
});

test('a mail that no administrator can get is an alarm, once', async () => {
  const directory = { ...desk.directory, isHeld: async (role: string) => role !== 'legal' };
  await sweep({ ...sweepParts(desk), directory });
  const all = [personOf('administrator').email, personOf('administrator/2').email];
  for (const _ of [1, 2]) await tell(all);
  expect([mails, unreachable]).toEqual([[], 1]);
});

test('the guard checks it like every mail: what must not leave is withheld, and is an alarm', async () => {
  const finding = { what: 'chain-broken', about: 'QZCANARY' } as const;
  const frame = { now: desk.now, actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } } as const;
  await desk.ledger.noteFindings(day(), frame, [finding]);
  await tell();
  expect(mails).toEqual([]);
  // In the plain text and in the HTML, for each administrator.
  expect(withheld).toEqual(Array(2).fill(['text', 'html'].map((where) => ({ rule: 'canary', where }))));
  expect(unreachable).toBe(1);
});
