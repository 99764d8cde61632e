import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Alert } from '../../../shared/domain/alerts/alert-state.ts';
import { digestAfter, quietUntil, waitsUntil } from '../../../shared/domain/alerts/alert-waiting.ts';
import { dutiesTold } from '../../../shared/domain/policy/alarm-classes.ts';
import { referral } from '../../support/referral-builder.ts';
import { connecticutPolicy } from '../../support/released-policy.ts';

const daily = {
  ...connecticutPolicy,
  digest: { ...connecticutPolicy.digest, hour: 8, businessDaysOnly: false },
  quiet: { ...connecticutPolicy.quiet, from: 20, to: 8 },
};
const working = { ...daily, digest: { ...daily.digest, businessDaysOnly: true } };

describe('the next digest', () => {
  test.each([
    ['an instant before the hour: the same morning', '2026-11-10T12:59:59.999Z', '2026-11-10T13:00:00.000Z'],
    ['the very hour: the next morning', '2026-11-10T13:00:00.000Z', '2026-11-11T13:00:00.000Z'],
    ['late in the evening of New York', '2026-11-11T04:30:00.000Z', '2026-11-11T13:00:00.000Z'],
    [
      'the evening before clocks go forward: 23 hours lie between two digests',
      '2026-03-07T13:00:00.000Z',
      '2026-03-08T12:00:00.000Z',
    ],
    [
      'the evening before clocks go back: 25 hours lie between two digests',
      '2026-10-31T12:00:00.000Z',
      '2026-11-01T13:00:00.000Z',
    ],
    ['the hour that occurs twice', '2026-11-01T05:30:00.000Z', '2026-11-01T13:00:00.000Z'],
  ])('after %s', (_, now, at) => {
    expect(digestAfter(now, daily)).toBe(at);
  });

  test('passes over weekends and holidays where the policy says so', () => {
    expect(digestAfter('2026-11-25T14:00:00.000Z', working)).toBe('2026-11-27T13:00:00.000Z');
    expect(digestAfter('2026-11-27T14:00:00.000Z', working)).toBe('2026-11-30T13:00:00.000Z');
  });

  test('is looked for in a calendar that has no business day with an error, not for ever', () => {
    const calendar = { isBusinessDay: () => false, why: () => 'Never' };
    expect(() => digestAfter('2026-11-25T14:00:00.000Z', { ...working, calendar })).toThrow(RangeError);
  });
});

describe('quiet hours from 20:00 to 8:00', () => {
  test.each([
    ['are not yet there a moment before', '2026-11-10T00:59:59.999Z', undefined],
    ['begin on the hour', '2026-11-10T01:00:00.000Z', '2026-11-10T13:00:00.000Z'],
    ['go on after midnight', '2026-11-10T05:00:00.000Z', '2026-11-10T13:00:00.000Z'],
    ['are there until the last moment', '2026-11-10T12:59:59.999Z', '2026-11-10T13:00:00.000Z'],
    ['are over on the hour', '2026-11-10T13:00:00.000Z', undefined],
    [
      'of the night in which clocks go forward end an hour sooner',
      '2026-03-08T06:59:00.000Z',
      '2026-03-08T12:00:00.000Z',
    ],
    ['of the night in which clocks go back end an hour later', '2026-11-01T05:30:00.000Z', '2026-11-01T13:00:00.000Z'],
  ])('%s', (_, now, end) => {
    expect(quietUntil(now, daily)).toBe(end);
  });

  test('may lie within one day, or be none at all', () => {
    const hours = (from: number, to: number) => ({ quiet: { ...daily.quiet, from, to } });
    const at = (now: string, from: number, to: number) => quietUntil(now, hours(from, to));
    expect(at('2026-11-10T06:00:00.000Z', 1, 6)).toBe('2026-11-10T11:00:00.000Z');
    expect(at('2026-11-10T05:59:00.000Z', 1, 6)).toBeUndefined();
    expect(at('2026-11-10T11:00:00.000Z', 1, 6)).toBeUndefined();
    for (let hour = 0; hour < 24; hour += 1) {
      const now = new Date(Date.parse('2026-11-10T05:00:00.000Z') + hour * 3_600_000).toISOString();
      expect(at(now, 8, 8)).toBeUndefined();
    }
  });
});

describe('what may wait', () => {
  const story = (danger: 'yes' | 'no' | 'unknown' = 'no') => referral({ danger, age: 15 }).run().screen('high-risk');
  const of = ({ state }: ReturnType<typeof story>, rule: string) =>
    Object.values(state.alerts).filter((alert) => state.deadlines[alert.deadlineId ?? '']?.rule === rule);
  /** By rule or kind, until when each alert may wait. */
  const waits = ({ state, policy, now }: ReturnType<typeof story>, at = now) =>
    Object.fromEntries(
      Object.values(state.alerts).map((alert) => [
        state.deadlines[alert.deadlineId ?? '']?.rule ?? alert.kind,
        waitsUntil(alert, state, policy, at),
      ]),
    );
  const [night, morning] = ['2026-11-10T02:00:00.000Z', '2026-11-10T13:00:00.000Z'];

  describe('of a routine duty', () => {
    const told = story();
    const [opened] = of(told, 'D22a');
    const duty = told.state.deadlines[opened?.deadlineId ?? ''];
    if (!opened || !duty) throw new Error('The story opens no D22a.');
    const tells = (checkpoint: Alert['checkpoint'], more: Partial<Alert> = {}): Alert => ({
      ...opened,
      kind: 'checkpoint',
      checkpoint,
      ...more,
    });
    const dueAt = (due: string, more = {}) =>
      ({ ...told.state, deadlines: { [duty.id]: { ...duty, due, ...more } } }) as typeof told.state;
    const noon = '2026-11-10T17:00:00.000Z';
    const next = '2026-11-11T13:00:00.000Z';

    test.each([
      ['a reminder', 'remind', '2026-11-11T13:00:00.001Z', next],
      ['a warning', 'warn', '2026-11-13T22:00:00.000Z', next],
      ['a warning of what is due before the next digest', 'warn', '2026-11-11T12:59:00.000Z', undefined],
      ['a reminder of what is due with the next digest', 'remind', next, undefined],
      ['a missed duty', 'due', noon, next],
      ['an escalation', 'escalate', '2026-11-09T17:00:00.000Z', next],
      ['a call, which is of another time', 'ring', '2026-11-13T22:00:00.000Z', undefined],
    ] as const)('is %s (%s)', (_, checkpoint, due, until) => {
      for (const deputies of [false, true])
        expect(waitsUntil(tells(checkpoint, { deputies }), dueAt(due), daily, noon)).toBe(until);
    });

    test('is a missed duty of law too, as it is late already', () => {
      const state = dueAt('2026-11-10T16:00:00.000Z', { startedBy: 'child-returned' });
      expect(waitsUntil(tells('due'), state, daily, noon)).toBe(next);
    });

    test('is no missed duty whose hard stop comes before the digest', () => {
      const stopped = (hardStop: string) => dueAt('2026-11-10T16:00:00.000Z', { hardStop });
      expect(waitsUntil(tells('due'), stopped('2026-11-11T12:00:00.000Z'), daily, noon)).toBeUndefined();
      expect(waitsUntil(tells('due'), stopped('2026-11-12T12:00:00.000Z'), daily, noon)).toBe(next);
      expect(waitsUntil(tells('due'), stopped('2026-11-10T16:30:00.000Z'), daily, noon)).toBe(next);
    });

    test('is no missed duty told with another that is due before the digest: a mixed group', () => {
      const other = `${duty.id}.2`;
      const mixed = (due: string) => {
        const { deadlines, ...state } = dueAt('2026-11-09T17:00:00.000Z');
        return { ...state, deadlines: { ...deadlines, [other]: { ...duty, id: other, due } } } as typeof told.state;
      };
      for (const checkpoint of ['due', 'escalate'] as const) {
        const waits = (due: string) => waitsUntil(tells(checkpoint, { alsoAbout: [other] }), mixed(due), daily, noon);
        expect(waits('2026-11-10T20:00:00.000Z')).toBeUndefined();
        expect(waits(next)).toBeUndefined();
        expect(waits('2026-11-11T13:00:00.001Z')).toBe(next);
        expect(waits(noon)).toBe(next);
      }
    });

    test('missed or escalated is told with the next digest at any hour of any day, within a day of 25 hours', () => {
      const from = Date.parse('2026-01-01T00:00:00Z');
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: 366 * 86_400_000 }),
          fc.integer({ min: 0, max: 60 * 86_400_000 }),
          fc.constantFrom('due' as const, 'escalate' as const),
          fc.boolean(),
          (after, overdue, checkpoint, deputies) => {
            const now = new Date(from + after).toISOString();
            const until = waitsUntil(
              tells(checkpoint, { deputies }),
              dueAt(new Date(from + after - overdue).toISOString()),
              daily,
              now,
            );
            expect(until).toBe(digestAfter(now, daily));
            expect(Date.parse(until ?? '') - Date.parse(now)).toBeLessThanOrEqual(25 * 3_600_000);
          },
        ),
      );
    });
  });

  test('by day is what only informs and is routine, until the digest', () => {
    expect(waits(story())).toEqual({
      D1: undefined,
      'referral-opened': undefined,
      D10: undefined,
      'mdt-invited': undefined,
      D19a: undefined,
      D22a: morning,
      D23: morning,
    });
  });

  test.each(['yes', 'unknown', 'no'] as const)(
    'is judged by the class of the duty, and not by danger: %s',
    (danger) => {
      const { D22a, D23 } = waits(story(danger));
      expect([D22a, D23]).toEqual([morning, morning]);
    },
  );

  test('is judged at the time of the digest: what is due the day after it does not wait for it', () => {
    const told = story();
    const { state, policy } = told;
    const [alert] = of(told, 'D22a');
    const due = Date.parse(state.deadlines[alert?.deadlineId ?? '']?.due ?? '');
    const waitsAt = (days: number) => {
      // A minute after a digest: the next one is a day less a minute away.
      const now = new Date(Date.parse(digestAfter(new Date(due - days * 86_400_000).toISOString(), policy)) + 60_000);
      return alert && waitsUntil(alert, state, policy, now.toISOString());
    };
    expect(waitsAt(5)).toBeDefined();
    expect(waitsAt(2)).toBeUndefined();
  });

  test('is nothing that goes to deputies, because no one answered', () => {
    const { state, policy, now } = story();
    const waiting = Object.values(state.alerts).filter((alert) => waitsUntil(alert, state, policy, now));
    expect(waiting.map((alert) => waitsUntil({ ...alert, deputies: true }, state, policy, now))).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('at night is what is of class today, until the quiet hours end, and never for a digest', () => {
    const late = { ...daily, digest: { ...daily.digest, hour: 9 } };
    const told = story();
    for (const rule of ['D15', 'D8']) {
      const alert = {
        ...(Object.values(told.state.alerts)[0] as Alert),
        to: [],
        deadlineId: `${told.state.id}.${rule}.1`,
      };
      for (const kind of ['deadline-opened', 'checkpoint'] as const)
        expect(waitsUntil({ ...alert, kind }, told.state, late, night), rule).toBe(morning);
    }
    const [routine] = of(told, 'D22a');
    expect(routine && waitsUntil(routine, told.state, late, night)).toBe('2026-11-10T14:00:00.000Z');
    expect(routine && waitsUntil({ ...routine, kind: 'checkpoint' }, told.state, late, night)).toBe(morning);
  });

  describe('at night', () => {
    const { state } = story();
    const about = (rule: string, told: { due: string; hardStop?: string }, more: Partial<Alert> = {}) => {
      const id = `${state.id}.${rule}.1`;
      const deadlines = { [id]: { ...state.deadlines[id], status: 'open', ...told } };
      const alert = { ...(Object.values(state.alerts)[0] as Alert), to: [], deadlineId: id, ...more };
      return [alert, { ...state, deadlines } as typeof state] as const;
    };
    const until = (...[rule, told, more, at = night]: [...Parameters<typeof about>, string?]) =>
      waitsUntil(...about(rule, told, more), daily, at);
    const news = { kind: 'deadline-opened' } as const;
    const tells = (checkpoint: Alert['checkpoint']) => ({ kind: 'checkpoint', checkpoint }) as const;

    test.each(['D7', 'D9'])('is no reminder of what is due before the quiet hours end, law or policy: %s', (rule) => {
      for (const checkpoint of ['remind', 'warn'] as const) {
        expect(until(rule, { due: '2026-11-10T12:59:00.000Z' }, tells(checkpoint))).toBeUndefined();
        expect(until(rule, { due: morning }, tells(checkpoint))).toBeUndefined();
        expect(until(rule, { due: '2026-11-10T13:00:01.000Z' }, tells(checkpoint))).toBe(morning);
      }
    });

    test('is no news of a duty that leaves less than two hours in the morning', () => {
      expect(until('D8', { due: '2026-11-10T15:00:00.000Z' }, news)).toBeUndefined();
      expect(until('D8', { due: '2026-11-10T15:00:01.000Z' }, news)).toBe(morning);
    });

    test('is no duty that opens at 23:00 and is due at 3:00, and its miss waits for the morning', () => {
      const told = { due: '2026-11-10T08:00:00.000Z' };
      expect(until('D8', told, news, '2026-11-10T04:00:00.000Z')).toBeUndefined();
      expect(until('D8', told, tells('remind'), '2026-11-10T06:00:00.000Z')).toBeUndefined();
      expect(until('D8', told, tells('due'), '2026-11-10T08:00:00.000Z')).toBe(morning);
      expect(until('D8', told, tells('escalate'), '2026-11-10T09:00:00.000Z')).toBe(morning);
    });

    test('is no missed duty of law', () => {
      for (const checkpoint of ['due', 'escalate'] as const)
        expect(until('D7', { due: '2026-11-10T01:30:00.000Z' }, tells(checkpoint))).toBeUndefined();
    });

    test('is no missed duty that is of no use by the morning', () => {
      const missed = (hardStop: string) => until('D9', { due: '2026-11-10T01:30:00.000Z', hardStop }, tells('due'));
      expect(missed('2026-11-10T12:00:00.000Z')).toBeUndefined();
      expect(missed('2026-11-10T14:00:00.000Z')).toBe(morning);
      expect(missed('2026-11-10T01:45:00.000Z')).toBe(morning);
    });

    test('or by day, no mail about a duty of any rule is held until it is due, and news leaves two hours', () => {
      const from = Date.parse('2026-01-01T00:00:00Z');
      const rules = daily.deadlines.filter(({ id }) => state.deadlines[`${state.id}.${id}.1`]).map(({ id }) => id);
      expect(rules.length).toBeGreaterThan(8);
      fc.assert(
        fc.property(
          fc.constantFrom(...rules),
          fc.integer({ min: 0, max: 366 * 86_400 }),
          fc.integer({ min: 1, max: 48 * 3600 }),
          fc.constantFrom(undefined, 'remind' as const, 'warn' as const),
          (rule, second, left, checkpoint) => {
            const now = from + second * 1000;
            const due = now + left * 1000;
            const more = checkpoint === undefined ? news : tells(checkpoint);
            const held = until(rule, { due: new Date(due).toISOString() }, more, new Date(now).toISOString());
            if (held === undefined) return;
            expect(Date.parse(held)).toBeLessThan(checkpoint ? due : due - 2 * 3_600_000);
          },
        ),
        { numRuns: 3000 },
      );
    });
  });

  test('is, at whatever hour a report comes, nothing that would tell a person of a duty after it is due', () => {
    for (let hour = 0; hour < 48; hour += 1) {
      const receivedAt = new Date(Date.parse('2026-11-10T00:10:00Z') + hour * 3_600_000).toISOString();
      const told = referral({ receivedAt, danger: 'no', team: 'none', candidates: ['CR-3KT8P-BMNPNT'] });
      const { state, policy, now } = told.run().screen('high-risk');
      const held = Object.values(state.alerts).filter((alert) => waitsUntil(alert, state, policy, now));
      for (const alert of held)
        for (const { rule, due } of dutiesTold(alert, state, policy))
          expect(Date.parse(waitsUntil(alert, state, policy, now) ?? ''), `${rule} at ${now}`).toBeLessThan(
            Date.parse(due) - 2 * 3_600_000,
          );
    }
  });

  test('at night is no meeting that begins before the quiet hours end', () => {
    const told = story().do('schedule-meeting', { startsAt: '2026-11-11T12:30:00Z', place: 'virtual' });
    const meeting = Object.values(told.state.alerts).findLast(({ kind }) => kind === 'meeting-scheduled') as Alert;
    expect(waitsUntil(meeting, told.state, daily, '2026-11-10T02:00:00.000Z')).toBe(morning);
    expect(waitsUntil(meeting, told.state, daily, '2026-11-11T02:00:00.000Z')).toBeUndefined();
  });

  test('at any hour is nothing of class now: no call, no news of danger, no notice to the police', () => {
    const told = story('unknown').do('report-missing').do('assess-danger', { danger: 'yes' });
    const { state } = told;
    const loud = Object.values(state.alerts).filter(
      ({ kind, checkpoint }) => checkpoint === 'ring' || kind.startsWith('danger-') || kind === 'child-missing',
    );
    expect(loud.length).toBeGreaterThan(3);
    expect(loud.flatMap((alert) => waitsUntil(alert, state, daily, night) ?? [])).toEqual([]);
    const notice = {
      ...(loud[0] as Alert),
      kind: 'checkpoint',
      checkpoint: 'remind',
      deadlineId: `${state.id}.D3.1`,
    } as const;
    expect(waitsUntil(notice, state, daily, night)).toBeUndefined();
  });
});
