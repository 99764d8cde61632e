/** The life of one alert, as its chain tells it. */
import { describe, expect, test } from 'vitest';
import {
  type AlertEvent,
  type AlertLife,
  bornAlert,
  foldAlert,
  holdsLease,
  isLost,
  readAlertEvent,
} from '../../../shared/domain/alerts/alerts.ts';

const actor = { kind: 'function', id: 'SEND-ALERTS' } as const;
/** Minutes after three in the afternoon. */
const at = (minutes: number) => new Date(Date.parse('2026-11-09T15:00:00.000Z') + minutes * 60_000).toISOString();
type Act = readonly [minutes: number, type: AlertEvent['type'], more?: object];
/** The groups under which a person is told, in order. */
const line = { addressedAs: 'hart-lead', order: 1 };

/** When every lease here expires. */
const until = at(5);

/** What happened to the alert of one person, an act after the other, through the chain as it is stored. */
const life = (...acts: readonly Act[]): AlertLife =>
  foldAlert(
    acts.map(([minutes, type, more], index) => ({
      seq: index + 1,
      at: at(minutes),
      actor,
      events: [
        readAlertEvent(
          JSON.parse(
            JSON.stringify({ type, v: 1, personId: 'P-1', ...(type === 'alert-leased' && { until }), ...more }),
          ),
        ),
      ],
    })),
  );
const leased: Act = [0, 'alert-leased', line];
const sent: Act = [1, 'alert-sent', { ...line, messageId: 'M-1' }];
const delivered: Act = [2, 'alert-delivered'];
const failed: Act = [2, 'alert-failed', { because: 'bounce' }];
const late: Act = [20, 'alert-late'];
const other = { personId: 'P-2', addressedAs: 'hart-lead', order: 2 };

describe('a lease', () => {
  const first = { ...line, since: at(0), at: at(0), until, attempts: 1, tries: 1, status: 'open', doubtful: false };
  const cases: readonly (readonly [how: string, after: readonly Act[], is: object])[] = [
    ['belongs to the worker that made it', [], {}],
    [
      'that the mail service refused is free, and no doubt about it',
      [[1, 'alert-released']],
      { at: at(1), status: 'released' },
    ],
    [
      'without any news is free, and the mail may have gone',
      [[5, 'alert-lapsed']],
      { at: at(5), status: 'lapsed', doubtful: true },
    ],
    [
      'that lapses after it was refused leaves no doubt: nothing was sent',
      [
        [1, 'alert-released'],
        [6, 'alert-lapsed'],
      ],
      { at: at(6), status: 'lapsed' },
    ],
    [
      'made again counts the attempts from the first, without a doubt where there was none',
      [
        [1, 'alert-released'],
        [2, 'alert-leased', line],
        [3, 'alert-released'],
        [4, 'alert-leased', line],
      ],
      { at: at(4), attempts: 3, tries: 3 },
    ],
    [
      'keeps the doubt of an earlier attempt, however the next one ends',
      [
        [5, 'alert-lapsed'],
        [6, 'alert-leased', line],
        [7, 'alert-released'],
      ],
      { at: at(7), attempts: 2, status: 'released', doubtful: true },
    ],
  ];
  test.each(cases)('%s', (_, after, is) => {
    expect(life(leased, ...after).leases).toEqual({ 'P-1': { ...first, ...is } });
  });

  test('has the place of its commit as its token, so a later lease of the same mail has another', () => {
    const again = life(leased, [5, 'alert-lapsed'], [6, 'alert-leased', line]);
    expect([life(leased).tokens, again.tokens]).toEqual([{ 'P-1': 1 }, { 'P-1': 3 }]);
  });

  test.each<[how: string, after: readonly Act[], holds: readonly number[]]>([
    ['that is open holds', [], [1]],
    ['that lapsed does not hold', [[5, 'alert-lapsed']], []],
    ['that was released does not hold', [[1, 'alert-released']], []],
    [
      'that another sender has now holds for that sender alone',
      [
        [5, 'alert-lapsed'],
        [6, 'alert-leased', line],
      ],
      [3],
    ],
    ['whose mail SES has reported still holds: its sender knows the message id', [[1, 'alert-accepted']], [1]],
  ])('%s', (_, after, holds) => {
    const found = life(leased, ...after);
    expect([1, 2, 3, 4].filter((token) => holdsLease(found, 'P-1', token))).toEqual(holds);
  });

  test('of one person leaves those of others as they are', () => {
    const { leases } = life(leased, [1, 'alert-leased', other], [2, 'alert-released']);
    expect(Object.entries(leases).map(([id, { status }]) => [id, status])).toEqual([
      ['P-1', 'released'],
      ['P-2', 'open'],
    ]);
  });

  test.each(['alert-released', 'alert-lapsed'] as const)('that there is none of is not made by %s', (type) => {
    expect(life([0, type])).toEqual(bornAlert);
  });

  test.each([
    ['alert-accepted', 'sent', {}],
    ['alert-delayed', 'sent', { delayed: true }],
    ['alert-delivered', 'delivered', {}],
    ['alert-failed', 'failed', { because: 'bounce' }],
  ] as const)('is settled by %s as a mail of that moment, because no other record exists', (type, status, more) => {
    const { leases, deliveries } = life(leased, [1, type, { because: 'bounce' }]);
    expect(leases).toEqual({});
    expect(deliveries).toEqual([{ personId: 'P-1', ...line, at: at(0), status, ...more }]);
  });
});

describe('a mail', () => {
  const [mail] = life(sent).deliveries;

  test('that failed says why, and one that arrived says nothing of it', () => {
    expect(life(sent, failed).deliveries).toEqual([{ ...mail, status: 'failed', because: 'bounce' }]);
    expect(Object.keys(life(sent, delivered).deliveries[0] ?? {})).not.toContain('because');
  });

  test('of one person is not changed by the news of the mail of another', () => {
    const { deliveries } = life(sent, [1, 'alert-sent', { ...other, messageId: 'M-2' }], failed);
    expect(deliveries.map(({ personId, status }) => [personId, status])).toEqual([
      ['P-1', 'failed'],
      ['P-2', 'sent'],
    ]);
  });

  test('that is still tried is delayed, and not yet late', () => {
    expect(life(sent, [3, 'alert-delayed']).deliveries).toEqual([{ ...mail, delayed: true }]);
  });

  test.each<readonly [how: string, status: string, isLost: boolean, acts: readonly Act[]]>([
    ['of which nothing was heard yet', 'sent', false, [sent]],
    ['of which nothing was heard in time', 'late', true, [sent, late]],
    ['that arrives after all', 'delivered', false, [sent, late, [30, 'alert-delivered']]],
    ['that had arrived before', 'delivered', false, [sent, delivered, late]],
    ['that failed', 'failed', true, [sent, failed]],
    ['that failed and is late', 'failed', true, [sent, failed, late]],
    [
      'whose record comes after it was late',
      'late',
      true,
      [leased, late, [21, 'alert-sent', { ...line, messageId: 'M-1' }]],
    ],
    ['that is late for another person', 'sent', false, [sent, [20, 'alert-late', { personId: 'P-2' }]]],
  ])('%s is %s, and lost: %s', (_, status, lost, acts) => {
    const now = life(...acts);
    expect(now.deliveries.map((each) => each.status)).toEqual([status]);
    expect(isLost(now, 'P-1')).toBe(lost);
  });

  test('is late once, however often it is said, and beside those of others', () => {
    expect(life(sent, late, [21, 'alert-late', { personId: 'P-2' }], [22, 'alert-late']).late).toEqual(['P-1', 'P-2']);
  });
});

describe('who is told later', () => {
  const until = at(60);
  const deferred: Act = [0, 'alert-deferred', { ...line, until }];

  test('waits from the instant it was decided until the digest or the end of the quiet hours', () => {
    expect(life(deferred)).toEqual({ ...bornAlert, deferred: { 'P-1': { ...line, since: at(0), until } } });
  });

  test('waits no more once it is let go, and others wait on', () => {
    const both = life(deferred, [1, 'alert-deferred', { ...other, until }]);
    expect(Object.keys(both.deferred)).toEqual(['P-1', 'P-2']);
    const after = life(
      sent,
      deferred,
      [2, 'alert-deferred', { ...other, until }],
      [60, 'alert-deferral-ended', { because: 'digest' }],
    );
    expect(after).toEqual({
      ...life(sent),
      deferred: { 'P-2': { addressedAs: 'hart-lead', order: 2, since: at(2), until } },
    });
  });
});

test('the page was seen when each person first opened it', () => {
  const seen = life(sent, [3, 'alert-seen'], [4, 'alert-seen', { personId: 'P-2' }], [9, 'alert-seen']);
  expect(seen).toEqual({ ...life(sent), seen: { 'P-1': at(3), 'P-2': at(4) } });
});

test('each line is exhausted once', () => {
  const none = (addressedAs: string): Act => [1, 'alert-exhausted', { addressedAs }];
  expect(life(none('hart-lead'), none('seat:medical'), none('hart-lead')).exhausted).toEqual([
    'hart-lead',
    'seat:medical',
  ]);
});

describe('a mail that is given up because its result is unknown', () => {
  const givenUp: Act = [6, 'alert-failed', { because: 'no-answer' }];
  const revived: Act = [70, 'alert-lapsed'];

  test('of a leased mail may have been sent: the next try says that it may be a repeat', () => {
    expect(life(leased, givenUp, revived).leases['P-1']).toMatchObject({ status: 'lapsed', doubtful: true });
  });

  test('after the mail service said that it does not take it was not sent, and is no repeat', () => {
    const released: Act = [1, 'alert-released'];
    expect(life(leased, released, givenUp, revived).leases['P-1']).toMatchObject({
      status: 'lapsed',
      doubtful: false,
    });
  });
});
