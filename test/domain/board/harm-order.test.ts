/** Fault 6: lists rank by harm, and a row shows the worst duty that was missed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../shared/domain/board/board-row.ts';
import { boardRows, isOverdue } from '../../../shared/domain/board/board-rows.ts';
import { orderByTime, orderOf, overdueBefore, worstDuty } from '../../../shared/domain/board/harm-order.ts';
import { isStatutory } from '../../../shared/domain/deadlines/deadlines.ts';
import { openDeadlines } from '../../../shared/domain/deadlines/open-deadlines.ts';
import { alarmClassOf } from '../../../shared/domain/policy/alarm-classes.ts';
import { newYorkDate } from '../../../shared/domain/policy/due.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { examplesOf } from '../../support/examples.ts';
import { acts, happen, reports } from '../../support/random-story.ts';
import { referral, type Story, type Told } from '../../support/referral-builder.ts';

const wholeOf = ({ state }: Story): BoardRow => {
  const row = boardRows(state, policy).find(({ kind }) => kind === 'referral');
  if (!row) throw new Error('The referral has no row.');
  return row;
};

/** Six children, in the order in which each must be seen to, at one instant. */
const inOrder = (): readonly (readonly [words: string, story: Story])[] => {
  const at = '2026-11-25T16:00:00.000Z';
  const received = (hours: number) => new Date(Date.parse(at) - hours * 3_600_000).toISOString();
  const child = (told: Parameters<typeof referral>[0], hours: number) =>
    referral({ ...told, receivedAt: received(hours) }).run();
  const settled = (story: Story) =>
    story
      .do('classify-report', { track: 'information-only' })
      .do('notify-police', { covers: ['state', 'local'], agencyId: 'PD-HARTFORD', method: 'phone' });
  const calm: Told = { danger: 'no', missingNow: 'no', perpetrators: ['caregiver'], lastAssaultAt: 'none-known' };
  return (
    [
      ['in danger and missing, and the response is an hour overdue', child({ danger: 'yes', missingNow: 'yes' }, 3)],
      ['in danger, and the response is due within the hour', settled(child({ ...calm, danger: 'yes' }, 1.5))],
      ['danger is unknown, and the response is an hour overdue', child({ ...calm, danger: 'unknown' }, 3)],
      [
        'danger is unknown, and the response is due within the hour',
        settled(child({ ...calm, danger: 'unknown' }, 1.5)),
      ],
      ['in no danger, and a duty of today is days overdue', settled(child(calm, 24 * 9))],
      ['in no danger, and nothing is due before tomorrow', settled(child(calm, 1))],
    ] as const
  ).map(([words, story]) => [words, story.at(at)] as const);
};

describe('the queue', () => {
  test('has children in danger or missing first, then duties of now, then missed ones, then the rest by day', () => {
    const stories = inOrder();
    const sorted = stories
      .toReversed()
      .toSorted(([, one], [, other]) => ((wholeOf(one).order ?? '') < (wholeOf(other).order ?? '') ? -1 : 1));
    expect(sorted.map(([words]) => words)).toEqual(stories.map(([words]) => words));
  });

  test('has each rank in its key, so that pages of it are in that order', () => {
    expect(inOrder().map(([, story]) => wholeOf(story).order?.split('#')[0])).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  test('ranks unconfirmed danger by its clocks, and a missing child with the first', () => {
    const rank = (told: object) => wholeOf(referral(told).run().after('PT5H')).order?.[0];
    expect(rank({ danger: 'unknown', missingNow: 'no' })).toBe('2');
    expect(rank({ danger: 'no', missingNow: 'yes' })).toBe('0');
    expect(rank({ danger: 'yes', missingNow: 'no' })).toBe('0');
    // Its classification was missed, which helps no child any more: what can still be done comes first.
    expect(rank({ danger: 'no', missingNow: 'no' })).toBe('3');
  });

  test('has the missed two-hour response of one child above the missed classification of another, however late', () => {
    const at = '2026-11-25T16:00:00.000Z';
    const danger: Told = { danger: 'yes', missingNow: 'no', perpetrators: ['caregiver'] };
    const response = referral({ ...danger, receivedAt: '2026-11-25T13:00:00.000Z' })
      .run()
      .at(at);
    const classification = referral({ ...danger, receivedAt: '2026-11-25T01:00:00.000Z' })
      .run()
      .do('start-response')
      .at(at);
    const [first, second] = [wholeOf(response), wholeOf(classification)];
    expect([first.rule, second.rule]).toEqual(['D6', 'D1']);
    expect([first.due > second.due, (first.order ?? '') < (second.order ?? '')]).toEqual([true, true]);
  });

  /** Duties of class today or routine, from the most urgent on. Times are those of New York. */
  const duties = [
    ['of law, and a day overdue', { isLaw: true, missed: true, due: '2026-11-24T15:00:00Z' }],
    ['of policy, and five days overdue', { isLaw: false, missed: true, due: '2026-11-20T15:00:00Z' }],
    ['of law, and due tonight', { isLaw: true, missed: false, due: '2026-11-26T04:30:00Z' }],
    ['of policy, and due in an hour', { isLaw: false, missed: false, due: '2026-11-25T16:00:00Z' }],
    ['of policy, and due at the end of this day', { isLaw: false, missed: false, due: '2026-11-26T04:59:59Z' }],
    ['of law, and due tomorrow afternoon', { isLaw: true, missed: false, due: '2026-11-26T20:00:00Z' }],
    ['of policy, and due as this day ends, at midnight', { isLaw: false, missed: false, due: '2026-11-26T05:00:00Z' }],
    ['of policy, and due in a week', { isLaw: false, missed: false, due: '2026-12-02T15:00:00Z' }],
    ['of law, and due in forty days', { isLaw: true, missed: false, due: '2027-01-04T15:00:00Z' }],
  ] as const;
  const keyOf = ({ isLaw, missed, due }: (typeof duties)[number][1]): string => {
    const { state } = referral({ danger: 'no', missingNow: 'no' }).run();
    const [screening] = openDeadlines(state).filter(({ rule }) => rule === 'D9');
    if (!screening) throw new Error('The report opened no screening.');
    const deadline = { ...screening, rule: isLaw ? 'D2' : 'D9', missed, due };
    expect([alarmClassOf(deadline, state, policy), isStatutory(deadline, policy)]).toEqual(['today', isLaw]);
    return orderOf(deadline, state, policy);
  };

  test.each(
    duties
      .slice(1)
      .map(([later, other], index) => [duties[index]?.[0] ?? '', later, duties[index]?.[1], other] as const),
  )('has a duty %s, before one %s', (_first, _later, first, later) => {
    expect(first && keyOf(first) < keyOf(later)).toBe(true);
  });

  test('has no key that is too long for the cursor of a page', () => {
    for (const [words, duty] of duties) expect(keyOf(duty).replace('Z', '.000Z').length, words).toBeLessThanOrEqual(40);
  });
});

describe('the row of a referral', () => {
  test('shows the missed response to danger, not the classification that was missed before it', () => {
    const story = referral({ danger: 'yes', missingNow: 'no' }).run().after('PT5H');
    const missed = openDeadlines(story.state).filter((each) => each.missed);
    expect(missed.toSorted((one, other) => Date.parse(one.due) - Date.parse(other.due))[0]?.rule).toBe('D1');
    expect(wholeOf(story)).toMatchObject({ rule: 'D6', due: story.deadline('D6').due });
  });

  test('shows a missed duty of law before one of policy that was missed earlier', () => {
    const story = referral({ danger: 'no', missingNow: 'no' }).run();
    const [screening] = openDeadlines(story.state).filter(({ rule }) => rule === 'D9');
    if (!screening) throw new Error('The report opened no screening.');
    const missed = (id: string, rule: string, due: string) => ({ ...screening, id, rule, due, missed: true });
    const deadlines = {
      policy: missed('policy', 'D9', '2026-11-20T15:00:00Z'),
      law: missed('law', 'D2', '2026-11-24T15:00:00Z'),
    };
    expect(worstDuty({ ...story.state, deadlines }, policy)?.id).toBe('law');
  });

  test('in every life: it is missed where anything of its class is, and no duty of now stands behind it', {
    timeout: 300_000,
  }, () => {
    fc.assert(
      fc.property(reports, acts, (told, life) => {
        const story = referral(told).run();
        for (const act of life) happen(story, act);
        const { state } = story;
        const open = openDeadlines(state);
        const worst = worstDuty(state, policy);
        expect(worst === undefined).toBe(open.length === 0);
        if (!worst) return;
        const isNow = (each: typeof worst) => alarmClassOf(each, state, policy) === 'now';
        const missedNow = open.filter((each) => each.missed && isNow(each));
        if (missedNow.length > 0) expect(missedNow).toContain(worst);
        else if (open.some(isNow)) expect(isNow(worst)).toBe(true);
        else if (open.some(({ missed }) => missed)) expect(worst.missed).toBe(true);
        else expect(newYorkDate(worst.due)).toBe(open.map(({ due }) => newYorkDate(due)).toSorted()[0]);
        const whole = wholeOf(story);
        expect(whole).toMatchObject({ deadlineId: worst.id, due: worst.due, order: orderOf(worst, state, policy) });
        // What is overdue stands before the mark of the overdue, so that no page of it leaves a row out.
        for (const row of boardRows(state, policy)) {
          const isListed = row.kind === 'referral' || row.kind === 'deadline';
          if (isListed && isOverdue(row, story.now))
            expect((row.order ?? '') < overdueBefore(story.now), row.id).toBe(true);
        }
      }),
      { numRuns: examplesOf(12), endOnFailure: true },
    );
  });
});

test('a duty that is missed at its very instant is overdue then', () => {
  const now = '2026-11-09T15:00:00.000Z';
  expect(orderByTime(now) < overdueBefore(now)).toBe(true);
  expect(orderByTime('2026-11-09T15:00:00.001Z') < overdueBefore(now)).toBe(false);
});

test('every row of a person’s deadlines has the rank of its own duty', () => {
  const [[, first] = []] = inOrder();
  const rows = boardRows(first?.state ?? referral().state, policy).filter(({ kind }) => kind === 'deadline');
  const ranks = new Map(rows.map(({ rule, order = '' }) => [rule, order[0]]));
  expect([ranks.get('D6'), ranks.get('D3'), ranks.get('D9')]).toEqual(['0', '1', '5']);
  expect(orderByTime('2026-11-10T03:00:00Z')).toBe('5#2026-11-09.1#2026-11-10T03:00:00Z');
});
