import { describe, expect, it } from 'vitest';
import { isAbout } from '../../../shared/domain/alerts/alert-duties.ts';
import { groupsLeft } from '../../../shared/domain/alerts/recipient-groups.ts';
import { alarmClassOf } from '../../../shared/domain/policy/alarm-classes.ts';
import { addDays, atHour, dueAt, newYorkDate, partOf } from '../../../shared/domain/policy/due.ts';
import { waitsOn } from '../../../shared/domain/policy/policy.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral, type Story } from '../../support/referral-builder.ts';
import { sceneOf } from '../../support/scenes.ts';

const week = { unit: 'calendar-days', amount: 7 } as const;
const later = (instant: string, duration: typeof week | { unit: 'hours' | 'minutes'; amount: number }) =>
  dueAt(instant, duration, policy.calendar).due;
const utc = (instant: string) => new Date(instant).toISOString();

describe('a deadline that is not kept', () => {
  const rings = (story: Story, id: string) => alarmClassOf(story.deadline(id), story.state, policy) === 'now';

  it.each(policy.deadlines.map((rule) => [rule.id, rule] as const))(
    '%s reminds at half and warns at three quarters (or as its row says), is due, then escalates every week; of class now it calls',
    (id, rule) => {
      const story = sceneOf(id);
      const { id: deadlineId, start, due } = story.deadline(id);
      const isNow = rings(story, id);
      if (!isNow) story.answers();
      const owner = waitsOn(rule, story.state);
      const everyone = [...new Set([...owner, ...rule.escalate])];
      const escalatesAtDue = rule.escalateFrom === 'due';
      const escalateAt =
        rule.escalateFrom === undefined || escalatesAtDue
          ? partOf(start, due, 1.25)
          : later(due, rule.escalateFrom as { unit: 'hours'; amount: number });
      const again = later(escalateAt, week);
      const before = rule.warnAfter?.map((after) => ({
        kind: 'warn',
        at: later(start, after as typeof week),
        to: owner,
      })) ?? [
        { kind: 'remind', at: partOf(start, due, rule.answerAt ?? 0.5), to: owner },
        { kind: 'warn', at: partOf(start, due, 0.75), to: owner },
      ];
      const ahead = (rule.remindBefore ?? []).map((days) => ({
        kind: 'remind',
        at: atHour(addDays(newYorkDate(start), -days), 0),
        to: owner,
      }));
      // The last sitting is of the day on which it is due, until ten in the morning. So both warnings are at nine.
      const court = rule.courtHours ? [{ kind: 'warn', at: atHour(newYorkDate(due), 9), to: owner }] : [];
      const planned = [
        ...ahead,
        ...[...before, ...court].toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)),
        { kind: 'due', at: due, to: escalatesAtDue ? everyone : owner },
        { kind: 'escalate', at: escalateAt, to: everyone },
        { kind: 'escalate', at: again, to: everyone },
        { kind: 'escalate', at: later(again, week), to: everyone },
      ];
      story.at(utc(later(again, week)));
      const all = story.commits.flatMap(({ at, events }) => events.map((event) => ({ at, event })));
      const raised = all.flatMap(({ at, event }) =>
        event.type === 'checkpoint-raised' && event.deadlineId === deadlineId ? [{ kind: event.kind, at }] : [],
      );
      const firstCall = raised.find(({ kind }) => kind === 'ring')?.at;
      expect(raised.filter(({ kind }) => kind !== 'ring')).toEqual(
        planned.map(({ kind, at }) => ({ kind, at: utc(at) })),
      );
      expect(firstCall !== undefined).toBe(isNow);
      const alerts = all.flatMap(({ at, event }) =>
        event.type === 'alert-requested' && isAbout(event, deadlineId) && event.kind === 'checkpoint'
          ? [{ at, to: event.to, checkpoint: event.checkpoint }]
          : [],
      );
      const told = planned.filter(({ at }) => firstCall === undefined || Date.parse(at) < Date.parse(firstCall));
      expect(alerts.slice(0, told.length)).toMatchObject(told.map(({ kind, to }) => ({ checkpoint: kind, to })));
      const calls = alerts.slice(told.length);
      // Once the window of the exam is over, doing it helps no child. Its people get mail again, and one call at most.
      // A child who is recorded in danger may still be with the trafficker, so the calls go on.
      const isPastUse = ({ at }: { readonly at: string }) =>
        id === 'D17' && story.state.response.danger !== 'yes' && Date.parse(at) > Date.parse(start) + 120 * 3_600_000;
      expect(calls.filter((each) => each.checkpoint !== 'ring' && !isPastUse(each))).toEqual([]);
      expect(calls.filter((each) => each.checkpoint === 'ring' && isPastUse(each)).length).toBeLessThanOrEqual(1);
      // The first overdue one reaches everyone an escalation would, and the director. The next reach the others in turn.
      const rang = raised.filter(({ kind, at }) => kind === 'ring' && Date.parse(at) >= Date.parse(due));
      const overdue = rang.map(({ at }) => calls.find((call) => call.at === at)?.to ?? []);
      if (isNow) expect(overdue[0]).toEqual(expect.arrayContaining([...everyone, policy.ringing.director]));
      for (const role of isNow ? policy.afterEscalation : []) expect(overdue.slice(0, 5).flat()).toContain(role);
      expect(story.all('deadline-missed').filter((missed) => missed.deadlineId === deadlineId)).toHaveLength(1);
      expect(story.deadline(id)).toMatchObject({ status: 'open', missed: true, due });
    },
  );

  /** The second reminder of the rule, after these acknowledged the first. */
  const afterAcknowledged = (rule: string, act: (story: ReturnType<typeof referral>, alertId: string) => void) => {
    const story = referral().run().screen('confirmed').tellTeam();
    const asked = () =>
      story
        .all('alert-requested')
        .filter(({ kind, deadlineId }) => kind === 'checkpoint' && deadlineId === story.deadline(rule).id);
    while (asked().length < 1) story.after('PT1H');
    act(story, asked()[0]?.alertId ?? '');
    while (asked().length < 2) story.after('PT1H');
    const { deputies, answered } = asked()[1] ?? {};
    return { deputies, ...(deputies && { answered }) };
  };

  it.each([
    ['no one did', [], { deputies: true }],
    ['one seat did', ['seat:medical'], { deputies: true, answered: ['seat:medical'] }],
    ['the deputy did of one seat', ['deputy:dcf'], { deputies: true, answered: ['seat:dcf'] }],
  ])('writes to the deputies of the lines that did not acknowledge its alerts: %s', (_, who, expected) => {
    const found = afterAcknowledged('D15', (story, alertId) => {
      for (const as of who) story.do('acknowledge-alert', { alertId }, as);
    });
    expect(found).toEqual(expected);
  });

  it('writes to no deputy where calls with all recipients were recorded', () => {
    const found = afterAcknowledged('D15', (story, alertId) => {
      const alert = story.state.alerts[alertId];
      for (const line of alert ? groupsLeft(alert, story.state) : [])
        story.do('record-alert-call', { alertId, group: line }, 'careline-supervisor');
    });
    expect(found).toEqual({ deputies: false });
  });

  it('writes to the deputies of all others where a call with one seat was recorded', () => {
    const found = afterAcknowledged('D15', (story, alertId) => {
      story.do('record-alert-call', { alertId, discipline: 'medical' }, 'mdt-coordinator');
    });
    expect(found).toEqual({ deputies: true, answered: ['seat:medical'] });
  });

  it('writes to the deputies of newly asked people, as long as one person has not answered', () => {
    const story = referral({ danger: 'no', age: 15 }).run().screen('high-risk').tellTeam();
    const ofD15 = () =>
      story
        .all('alert-requested')
        .filter(({ deadlineId, kind }) => deadlineId === story.deadline('D15').id && kind === 'checkpoint');
    while (ofD15().length < 3) story.after('PT6H');
    for (const { alertId } of ofD15()) story.do('acknowledge-alert', { alertId }, 'mdt-coordinator');
    while (ofD15().length < 4) story.after('PT6H');
    expect(ofD15()[3]).toMatchObject({ checkpoint: 'escalate', deputies: true, answered: ['mdt-coordinator'] });
    for (const { alertId } of ofD15()) {
      const alert = story.state.alerts[alertId];
      for (const line of alert ? groupsLeft(alert, story.state) : [])
        story.do('record-alert-call', { alertId, group: line }, 'careline-supervisor');
    }
    story.after('P8D');
    expect(ofD15()[4]).toMatchObject({ deputies: false });
  });
});

describe('an alert', () => {
  it('is acknowledged once, and saying so again changes nothing', () => {
    const story = referral().run();
    const { alertId = '' } = story.all('alert-requested').find(({ kind }) => kind === 'referral-opened') ?? {};
    story.do('acknowledge-alert', { alertId }, 'hart-liaison').do('acknowledge-alert', { alertId }, 'careline-worker');
    expect(story.state.alerts[alertId]?.acknowledgedBy).toBe('HART-LIAISON');
    expect(story.refused('acknowledge-alert', { alertId: 'A99' })).toBe('no-such-alert');
  });
});

describe('a deadline that is kept', () => {
  it('sends no alert afterwards', () => {
    const story = referral().run().do('start-response').after('P30D');
    const id = story.deadline('D6').id;
    const told = story.all('alert-requested').filter((alert) => isAbout(alert, id));
    expect(told.map(({ kind, checkpoint }) => checkpoint ?? kind)).toEqual(['ring', 'alarm-over']);
  });

  it('before a checkpoint that already ran is not reminded of it twice', () => {
    const story = referral().run().after('PT2H');
    const [id] = Object.keys(story.state.deadlines).filter((each) => each.includes('.D8.'));
    story.step('RaiseCheckpoint', id);
    expect(story.all('checkpoint-raised').filter(({ deadlineId }) => deadlineId === id)).toHaveLength(1);
  });
});
