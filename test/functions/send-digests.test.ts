/** News that only informs waits for the next morning: deferred, ended, and every fault on the way. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordDelivery } from '../../functions/record-delivery/record-delivery.ts';
import { sendAlerts, sendToNext } from '../../functions/send-alerts/send-alerts.ts';
import { type DigestParts, sendDigests } from '../../functions/send-alerts/send-digests.ts';
import { spansToSweep } from '../../functions/sweep/turns.ts';
import { watchAlerts } from '../../functions/sweep/watch-alerts.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import type { CommandName } from '../../shared/domain/commands.ts';
import { type Event, event } from '../../shared/domain/events.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { sampleContacts } from '../alerts/compose/sample-contacts.ts';
import { startMemoryLedger } from '../support/memory-ledger.ts';
import { monday, referral, referralId, type Story } from '../support/referral-builder.ts';
import { answerTheReport, offer } from '../support/scenes.ts';

/** Of Tuesday, 8:00 in New York. */
const digest = '2026-11-10T13:00:00.000Z';
const plus = (minutes: number, from = digest) => new Date(Date.parse(from) + minutes * 60_000).toISOString();
const alertsOf = ({ tags }: Mail) => [tags.alertId, ...(tags.with ?? [])];

async function startOffice() {
  const { ledger, cursors, tell, stop } = await startMemoryLedger();
  const mails: Mail[] = [];
  const contacts = sampleContacts();
  let trouble: 'throttled' | 'no-answer' | undefined;
  const parts: DigestParts = {
    ledger,
    cursors,
    directory: contacts,
    mailer: {
      async send(mail) {
        if (trouble === 'throttled') throw Object.assign(new Error('Too many.'), { $fault: 'client' });
        mails.push(mail);
        if (trouble === 'no-answer') throw new Error('The connection broke.');
        return `m-${mails.length}`;
      },
    },
    policyOf,
    consoleUrl: 'http://127.0.0.1:3000',
    sender: 'careline@careline.example',
    countUnreachable: () => {},
    countSeatsNotReached: () => {},
    countWithheld: () => {},
  };
  return {
    ledger,
    parts,
    tell,
    stop,
    contacts,
    goesWrong(what: typeof trouble) {
      trouble = what;
    },
    /** The mails since the last call of this function. */
    sent: () => mails.splice(0),
    events: async (alertId: string) => (await ledger.alert(alertId)).commits.flatMap(({ events }) => events),
    /** The watchdog looks, and its commits nudge the function that sends. */
    async watch(now: string) {
      const frame = { now, actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } } as const;
      const found = await watchAlerts({ ledger, settled: new Map(), policyOf }, spansToSweep(now), frame, (fault) => {
        throw fault;
      });
      for (const alertId of waiting) await sendToNext(parts, alertId, now);
      return found;
    },
    /** The same story as that of another referral. */
    async tellOther(story: Story, id: string) {
      const known = (await ledger.referral(id))?.commits.length ?? 0;
      for (const { at, actor, events } of story.commits.slice(known)) {
        const own = JSON.parse(JSON.stringify(events).replaceAll(referralId, id)) as readonly Event[];
        await ledger.changeReferral(id, { now: at, actor, cause: { kind: 'sweep' } }, () => own);
      }
    },
  };
}

const told = () => referral({ danger: 'no', age: 15 }).run().screen('high-risk');
/** The start of the clocks of D22a and D23. Both are the caseworker's alone. */
const waiting = Object.values(told().state.alerts)
  .filter(({ deadlineId = '' }) => /\.(?:D22A|D23)\.1$/.test(deadlineId))
  .map(({ id }) => id);

let office: Awaited<ReturnType<typeof startOffice>>;
let story: Story;
let caseworker: string;
beforeEach(async () => {
  office = await startOffice();
  // All recipients were told of the referral before.
  story = referral({ danger: 'no', age: 15 }).run();
  await office.tell(story);
  await sendAlerts(office.parts, referralId, monday);
  story = story.screen('high-risk');
  await office.tell(story);
  office.sent();
  await sendAlerts(office.parts, referralId, monday);
  caseworker = Object.keys((await office.ledger.alert(waiting[0] ?? '')).life.deferred)[0] ?? '';
});
afterEach(() => office.stop());

test('the story holds what this file needs', () => {
  const rules = waiting.map((id) => story.state.deadlines[story.state.alerts[id]?.deadlineId ?? '']?.rule);
  expect(rules).toEqual(['D22a', 'D23']);
  expect(told().state.alerts).toEqual(story.state.alerts);
});

describe('an alert that may wait', () => {
  test('is deferred, and its chain says with which recipient and until when', async () => {
    expect(office.sent().flatMap(alertsOf)).not.toEqual(expect.arrayContaining([waiting[0]]));
    for (const id of waiting) {
      expect(await office.events(id)).toEqual([
        { type: 'alert-deferred', v: 1, personId: caseworker, addressedAs: 'caseworker', order: 1, until: digest },
      ]);
    }
  });

  test('is deferred once, however often the nudge comes, and no watchdog takes it for overdue mail', async () => {
    office.sent();
    await sendAlerts(office.parts, referralId, plus(-60));
    expect(await office.watch(plus(-30))).toBe(0);
    expect(office.sent()).toEqual([]);
    expect(await office.events(waiting[0] ?? '')).toHaveLength(1);
  });

  test('goes out with the digest and not before, all in one mail, and once', async () => {
    office.sent();
    await sendDigests(office.parts, plus(-1));
    expect(office.sent()).toEqual([]);
    await sendDigests(office.parts, digest);
    await sendDigests(office.parts, plus(15));
    const [mail, ...others] = office.sent();
    expect(others).toEqual([]);
    expect(mail && alertsOf(mail)).toEqual(waiting);
    expect(mail).toMatchObject({ subject: 'Daily summary: 2 items', tags: { personId: caseworker } });
    const types = (await office.events(waiting[1] ?? '')).map(({ type }) => type);
    expect(types).toEqual(['alert-deferred', 'alert-deferral-ended', 'alert-leased', 'alert-sent']);
    expect((await office.events(waiting[1] ?? '')).at(-1)).toMatchObject({
      template: { id: 'deadline-opened', within: { id: 'digest', version: 4 } },
    });
  });

  test('is read anew when its time has come, and not by the runs before and after', async () => {
    const readAnew: string[] = [];
    const ledger: DigestParts['ledger'] = {
      ...office.ledger,
      alert(id, enough) {
        if (enough === undefined) readAnew.push(id);
        return office.ledger.alert(id, enough);
      },
    };
    await sendDigests({ ...office.parts, ledger }, plus(-15));
    expect(readAnew).toEqual([]);
    await sendDigests({ ...office.parts, ledger }, digest);
    expect(readAnew).toEqual(expect.arrayContaining(waiting));
    readAnew.length = 0;
    await sendDigests({ ...office.parts, ledger }, plus(15));
    expect(readAnew).toEqual([]);
  });

  test('goes out late rather than never, after days without a digest', async () => {
    office.sent();
    await sendDigests(office.parts, plus(5 * 24 * 60));
    expect(office.sent().flatMap(alertsOf)).toEqual(waiting);
  });

  test('shares one mail with those of other referrals', async () => {
    const other = 'CR-3KT8P-BMNPNT';
    await office.tellOther(referral({ danger: 'no', age: 15 }).run(), other);
    await sendAlerts(office.parts, other, monday);
    await office.tellOther(story, other);
    await sendAlerts(office.parts, other, monday);
    await sendDigests(office.parts, digest);
    const digests = office.sent().filter(({ subject }) => subject.startsWith('Daily summary'));
    expect(digests).toHaveLength(1);
    expect(digests[0]?.subject).toContain('4 items');
    expect(digests[0]?.text).toContain(other);
    expect(digests[0]?.text).toContain(referralId);
  });

  test('joins a mail that its reader gets at once anyway', async () => {
    const other = 'CR-3KT8P-BMNPNT';
    office.sent();
    // The news of the new referral goes out now, with the rest in the same mail.
    await office.tellOther(story, other);
    await sendAlerts(office.parts, other, monday);
    const mine = office.sent().filter(({ tags }) => tags.personId === caseworker);
    expect(mine).toHaveLength(1);
    const opened = Object.values(story.state.alerts).findLast(({ kind }) => kind === 'referral-opened')?.id ?? '';
    const all = [opened, ...waiting].map((each) => each.replace(referralId, other));
    expect(mine[0] && alertsOf(mine[0])).toEqual(all);
  });
});

describe('an alert that waits', () => {
  test('is dropped if its duty is done by the morning, and its chain says so', async () => {
    office.sent();
    story = story.do('decline-linkage', { service: 'mental-health', reasonCode: 'child-declined' }, 'caseworker');
    expect(story.state.deadlines[story.state.alerts[waiting[0] ?? '']?.deadlineId ?? '']?.status).toBe('kept');
    await office.tell(story);
    await sendDigests(office.parts, digest);
    expect(office.sent().flatMap(alertsOf)).not.toContain(waiting[0]);
    expect((await office.events(waiting[0] ?? '')).at(-1)).toMatchObject({
      type: 'alert-deferral-ended',
      because: 'obsolete',
    });
  });

  test('goes out at once if it becomes class now, and not again; routine ones wait on', async () => {
    office.sent();
    // The reminder of a safe place for the child comes at 22:00.
    story = story.at(plus(-600));
    await office.tell(story);
    await sendAlerts(office.parts, referralId, story.now);
    const reminder =
      Object.values(story.state.alerts).findLast(({ deadlineId }) => deadlineId?.includes('.D21.'))?.id ?? '';
    expect((await office.events(reminder)).at(-1)).toMatchObject({ type: 'alert-deferred', until: digest });
    office.sent();
    story = story.do('assess-danger', { danger: 'yes' });
    await office.tell(story);
    await sendAlerts(office.parts, referralId, story.now);
    const atOnce = office.sent().filter(({ tags }) => tags.personId === caseworker);
    expect(atOnce.flatMap(alertsOf)).toContain(reminder);
    expect(atOnce.flatMap(alertsOf)).not.toContain(waiting[0]);
    expect(await office.events(reminder)).toContainEqual(
      expect.objectContaining({ type: 'alert-deferral-ended', because: 'urgent' }),
    );
    await sendDigests(office.parts, digest);
    const morning = office.sent().flatMap(alertsOf);
    expect(morning).toEqual(expect.arrayContaining(waiting));
    expect(morning).not.toContain(reminder);
  });

  test('passes over a person who is away by the morning', async () => {
    office.sent();
    office.contacts.away.set(caseworker, '2026-12-01T12:00:00Z');
    await sendDigests(office.parts, digest);
    const [mail] = office.sent();
    expect(mail && alertsOf(mail)).toEqual(waiting);
    expect(mail?.tags.personId).not.toBe(caseworker);
    expect((await office.ledger.alert(waiting[0] ?? '')).life.deferred).toEqual({});
  });
});

describe('a digest that fails', () => {
  const hear = (mail: Mail, news: 'delivered' | 'failed', now: string) => {
    const directory = { markMail: async () => {} };
    const what = news === 'failed' ? ({ news, because: 'bounce' } as const) : ({ news, at: now } as const);
    return recordDelivery({ ledger: office.ledger, directory }, { ...mail.tags, ...what }, now);
  };
  const statuses = () =>
    Promise.all(waiting.map(async (id) => (await office.ledger.alert(id)).life.deliveries.map(({ status }) => status)));
  beforeEach(() => void office.sent());

  test('by ending between acceptance and record is settled by the news, and sent once', async () => {
    office.goesWrong('no-answer');
    await expect(sendDigests(office.parts, digest)).rejects.toThrow('The connection broke.');
    office.goesWrong(undefined);
    const [mail] = office.sent();
    if (!mail) throw new Error('Nothing was sent.');
    await hear(mail, 'delivered', plus(1));
    expect(await statuses()).toEqual([['delivered'], ['delivered']]);
    await sendDigests(office.parts, plus(15));
    expect(await office.watch(plus(20))).toBe(0);
    expect(office.sent()).toEqual([]);
  });

  test('without any news is sent again after five minutes, marked as a repeat', async () => {
    office.goesWrong('no-answer');
    await expect(sendDigests(office.parts, digest)).rejects.toThrow();
    office.goesWrong(undefined);
    const [first] = office.sent();
    await sendDigests(office.parts, plus(4));
    expect(office.sent()).toEqual([]);
    expect(await office.watch(plus(6))).toBe(2);
    const again = office.sent();
    // One digest again, with the same `X-Careline-Mail`.
    expect(again.map(alertsOf)).toEqual([waiting]);
    expect(again.map(({ tags, subject }) => [tags, subject])).toEqual([[first?.tags, first?.subject]]);
    expect(again.every(({ text }) => text.includes('This is a repeat'))).toBe(true);
  });

  test('because the mail service is too busy goes out later, as no repeat', async () => {
    office.goesWrong('throttled');
    await expect(sendDigests(office.parts, digest)).rejects.toThrow('Too many.');
    office.goesWrong(undefined);
    expect(office.sent()).toEqual([]);
    await office.watch(plus(6));
    const later = office.sent();
    expect(later.flatMap(alertsOf)).toEqual(waiting);
    expect(later.some(({ text }) => text.includes('This is a repeat'))).toBe(false);
  });

  test('because it bounced reaches the next person with the next digest, in one mail', async () => {
    await sendDigests(office.parts, digest);
    const [mail] = office.sent();
    if (!mail) throw new Error('Nothing was sent.');
    expect(await hear(mail, 'failed', plus(1))).toBe(true);
    expect(await statuses()).toEqual([['failed'], ['failed']]);
    for (const id of waiting) await sendToNext(office.parts, id, plus(1));
    // The next person has it for tomorrow, so the watchdog need not ask for another one.
    expect(await office.watch(plus(60))).toBe(0);
    expect(office.sent()).toEqual([]);
    await sendDigests(office.parts, plus(24 * 60));
    const [next, ...others] = office.sent();
    expect(others).toEqual([]);
    expect(next && alertsOf(next)).toEqual(waiting);
    expect(next?.tags.personId).not.toBe(caseworker);
  });
});

describe('mail at night', () => {
  /** Monday, 22:00 in New York. The quiet hours end with the hour of the digest. */
  const night = '2026-11-10T03:00:00.000Z';
  const lastAlert = () => Object.values(story.state.alerts).at(-1)?.id ?? '';
  /** A person acts, and the news goes out. */
  async function act(name: CommandName, input: object, as?: string, now = night) {
    story = story.do(name, input, as);
    await office.tell(story);
    await sendAlerts(office.parts, referralId, now);
  }
  const withdraw = () => act('propose-withdrawal', { because: 'made-in-error' });
  const peopleTold = (mails: readonly Mail[], alertId: string) =>
    mails.filter((mail) => alertsOf(mail).includes(alertId)).map(({ tags }) => tags.personId);

  // All duties of the first days are done, so none is due within a day of the morning.
  beforeEach(async () => {
    story = offer(offer(answerTheReport(story).tellTeam(), 'mental-health'), 'victim-advocacy');
    await office.tell(story);
    await sendAlerts(office.parts, referralId, monday);
    office.sent();
  });

  test('that needs an answer and is not urgent goes out when the quiet hours end, once', async () => {
    await withdraw();
    const alertId = lastAlert();
    expect(story.state.alerts[alertId]).toMatchObject({
      kind: 'deadline-opened',
      deadlineId: expect.stringContaining('D37B'),
    });
    expect(office.sent()).toEqual([]);
    const held = (await office.events(alertId)).filter(({ type }) => type === 'alert-deferred');
    expect(held).toMatchObject([{ until: digest }, { until: digest }]);
    await sendAlerts(office.parts, referralId, plus(-60));
    expect(await office.watch(plus(-30))).toBe(0);
    await sendDigests(office.parts, plus(-1));
    expect(office.sent()).toEqual([]);
    await sendDigests(office.parts, digest);
    await sendDigests(office.parts, plus(15));
    const told = peopleTold(office.sent(), alertId);
    expect(told).toHaveLength(2);
    expect(new Set(told).size).toBe(2);
    const freed = (await office.events(alertId)).filter(({ type }) => type === 'alert-deferral-ended');
    expect(freed).toMatchObject([{ because: 'quiet-ended' }, { because: 'quiet-ended' }]);
  });

  test('of class today is a mail by itself, and no summary holds it', async () => {
    await act('decline-linkage', { service: 'mental-health', reasonCode: 'no-capacity' }, 'contact:PV-1');
    const asked = lastAlert();
    const dueOf = (id: string) => story.state.deadlines[story.state.alerts[id]?.deadlineId ?? '']?.due ?? '';
    const begun = Object.values(story.state.alerts).at(-2)?.id ?? '';
    expect(dueOf(begun) < dueOf(waiting[1] ?? '')).toBe(true);
    await sendDigests(office.parts, digest);
    const mine = office.sent().filter(({ tags }) => tags.personId === caseworker);
    expect(mine.map(alertsOf)).toEqual([[asked], [begun, waiting[1]]]);
    expect(mine.map(({ subject }) => subject)).toEqual([
      `Refer to another provider – ${referralId}`,
      'Daily summary: 2 items',
    ]);
    const because = async (id: string) =>
      (await office.events(id)).flatMap((each) => (each.type === 'alert-deferral-ended' ? [each.because] : []));
    expect(new Set(await because(asked))).toEqual(new Set(['quiet-ended']));
    expect(await because(waiting[1] ?? '')).toEqual(['digest']);
  });

  test('does not ask a person in the morning who answered in the night', async () => {
    await withdraw();
    const alertId = lastAlert();
    const [[first, { addressedAs }] = ['', { addressedAs: '' }]] = Object.entries(
      (await office.ledger.alert(alertId)).life.deferred,
    );
    const frame = { now: night, actor: { kind: 'person', id: first }, cause: { kind: 'sweep' } } as const;
    await office.ledger.changeReferral(referralId, frame, () => [
      event('alert-acknowledged', { alertId, groups: [addressedAs] }),
    ]);
    await sendDigests(office.parts, digest);
    expect(peopleTold(office.sent(), alertId)).not.toContain(first);
    expect((await office.ledger.alert(alertId)).life.deferred).toEqual({});
  });

  test('about danger goes out at once, and deferred mail in the morning, once', async () => {
    await withdraw();
    const voided = lastAlert();
    await act('answer-seat', { discipline: 'medical', answer: 'declined', reasonCode: 'workload' }, 'seat:medical');
    const alertId = lastAlert();
    expect(office.sent()).toEqual([]);
    await act('assess-danger', { danger: 'yes' });
    const atOnce = office.sent();
    const news = Object.values(story.state.alerts).findLast(({ kind }) => kind === 'danger-raised')?.id ?? '';
    expect(peopleTold(atOnce, news).length).toBeGreaterThan(2);
    expect(peopleTold(atOnce, alertId)).toEqual([]);
    // Danger makes the proposal void, so no one is asked to approve it.
    expect(peopleTold(atOnce, voided)).toEqual([]);
    const byDay = Object.values(story.state.alerts).filter(
      ({ kind }) => kind === 'mdt-invited' || kind === 'linkage-offered',
    );
    expect(byDay.length).toBeGreaterThan(1);
    await sendDigests(office.parts, digest);
    const morning = office.sent();
    expect(peopleTold(morning, alertId)).toHaveLength(2);
    expect(peopleTold(morning, voided)).toEqual([]);
    for (const { id } of byDay) expect(peopleTold([...atOnce, ...morning], id)).toEqual([]);
  });

  test('about a meeting that begins before the quiet hours end goes out at once', async () => {
    await act('schedule-meeting', { startsAt: '2026-11-10T12:30:00Z', place: 'virtual' });
    expect(office.sent().length).toBeGreaterThan(5);
  });

  test('about a meeting that is set and moved tells each person once, with the final time', async () => {
    for (const startsAt of ['2026-11-13T15:00:00Z', '2026-11-13T16:00:00Z'])
      await act('schedule-meeting', { startsAt, place: 'virtual' });
    expect(office.sent()).toEqual([]);
    await sendDigests(office.parts, digest);
    const mails = office.sent().filter(({ invitation }) => invitation !== undefined);
    const people = mails.map(({ tags }) => tags.personId);
    expect(people.length).toBeGreaterThan(5);
    expect(new Set(people).size).toBe(people.length);
    for (const { subject } of mails) expect(subject).toContain('moved to Fri 11:00 AM');
  });

  test('that bounced by then is followed at once by one to the next person', async () => {
    await withdraw();
    const alertId = lastAlert();
    await sendDigests(office.parts, digest);
    const mails = office.sent();
    const [bounced] = mails.filter((mail) => alertsOf(mail).includes(alertId));
    if (!bounced) throw new Error('Nothing was sent.');
    // The next night: mail to the next person is not deferred.
    const later = '2026-11-11T03:00:00.000Z';
    await recordDelivery(
      { ledger: office.ledger, directory: { markMail: async () => {} } },
      { ...bounced.tags, news: 'failed', because: 'bounce' },
      later,
    );
    await sendToNext(office.parts, alertId, later);
    expect(peopleTold(office.sent(), alertId)).not.toContain(bounced.tags.personId);
    expect((await office.ledger.alert(alertId)).life.deferred).toEqual({});
  });
});
