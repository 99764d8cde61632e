/**
 * A plan before the eighteenth birthday (docs/domain.md#transition-plan). At 17 years and 9 months it is policy for every
 * child. During the 90 days before 18 it is law for a child in care.
 */
import { describe, expect, it } from 'vitest';
import { nextSteps } from '../../../shared/domain/next-steps/next-steps.ts';
import { dayOfNotice, dueAt, newYorkDate, planOpens } from '../../../shared/domain/policy/due.ts';
import { ruleIn } from '../../../shared/domain/policy/policy.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral, type Told } from '../../support/referral-builder.ts';
import { bringToAnEnd } from '../../support/scenes.ts';

const birthDate = '2009-04-17';
const atHome: Told = { age: 17, birthDate, population: 'living-at-home', legalStatus: 'none', tribalMember: 'no' };
const inCare: Told = { ...atHome, population: 'in-dcf-care', legalStatus: 'committed' };
const screened = (told: Told) => referral(told).run().screen('at-risk');
const plans = ({ state: { deadlines } }: ReturnType<typeof screened>) =>
  Object.values(deadlines).flatMap(({ rule, status }) => (['D34', 'D44'].includes(rule) ? [`${rule} ${status}`] : []));

/** New York midnight of the first of February and of the first of April 2027. The 90th day is Sunday January 17, 2027. */
const [opens, ends] = ['2027-02-01T05:00:00Z', '2027-04-01T04:00:00Z'];

describe('11.11 the clock of the plan', () => {
  it.each([
    ['a child in care: law beside policy', inCare, ['D34 open', 'D44 open']],
    [
      'a child under an order of temporary custody: law beside policy',
      { ...atHome, legalStatus: 'order-of-temporary-custody', population: 'unknown' },
      ['D34 open', 'D44 open'],
    ],
    ['a child at home: policy', atHome, ['D34 open']],
    ['a child who left care: policy', { ...atHome, population: 'left-dcf-care' }, ['D34 open']],
    ['a child whose care is unknown: policy', { age: 17, birthDate }, ['D34 open']],
    ['a child in care of 16', { ...inCare, age: 16, birthDate: '2010-04-17' }, []],
  ] as const)('of %s', (_, told, expected) => {
    expect(plans(screened(told as Told))).toEqual(expected);
  });

  it('of policy is due at 17 years and 9 months: the last business day before the month of the 90th day before 18', () => {
    for (const told of [inCare, atHome]) expect(screened(told).deadline('D34').due).toBe('2027-01-01T04:59:59Z');
  });

  it('of law opens on the first of the month after the one of the 90th day, and ends by the birthday', () => {
    expect(screened(inCare).deadline('D44')).toMatchObject({ start: opens, due: ends });
  });

  it('of law starts within the 90 days and ends no later than the birthday, for each day of birth', () => {
    for (let at = Date.UTC(2009, 0, 1); at < Date.UTC(2012, 2, 5); at += 86_400_000) {
      const born = new Date(at).toISOString().slice(0, 10);
      const [year, month, day] = born.split('-').map(Number) as [number, number, number];
      const birthday = Date.UTC(year + 18, month - 1, day);
      const start = planOpens(dayOfNotice(born, policy.calendar));
      const { due } = dueAt(start, ruleIn(policy, 'D44').duration, policy.calendar);
      const dates = [start, due].map((each) => Date.parse(newYorkDate(each)));
      expect(dates[0], born).toBeGreaterThan(birthday - 90 * 86_400_000);
      expect(dates[1], born).toBeLessThanOrEqual(birthday);
      expect(birthday - (dates[1] ?? 0), born).toBeLessThanOrEqual(31 * 86_400_000);
    }
  });

  it.each([
    ['an entry to care', 'record-entry-to-care', {}],
    ['an ex parte order', 'record-ex-parte-order', {}],
    ['a fact', 'record-facts', { legalStatus: 'committed', population: 'in-dcf-care' }],
  ] as const)('of law opens with %s, at the same times', (_, command, input) => {
    const story = screened(atHome).do(command, input);
    expect(plans(story)).toEqual(['D34 open', 'D44 open']);
    expect(story.deadline('D44')).toMatchObject({ start: opens, due: ends });
  });

  it('of law is due today where the child enters care after its end and before the birthday', () => {
    const story = screened(atHome).at('2027-04-05T15:00:00Z').do('record-entry-to-care');
    expect(story.deadline('D44')).toMatchObject({ start: story.now, due: '2027-04-06T03:59:59Z' });
  });

  it('of policy is kept by the plan, without mail that would tell the month', () => {
    const story = screened(inCare);
    for (const rule of ['D34', 'D44']) {
      const { id } = story.deadline(rule);
      expect(story.all('alert-requested').filter(({ deadlineId }) => deadlineId === id)).toEqual([]);
    }
    expect(story.do('plan-adulthood').deadline('D34').status).toBe('kept');
  });

  it('of law is not kept by an earlier plan, and asks for one only from its start on', () => {
    const caller = { id: 'C', roles: ['caseworker'], scopes: [{ role: 'caseworker', scope: 'state' }] } as const;
    const asked = ({ state, now }: ReturnType<typeof screened>) =>
      nextSteps(state, policy, caller, { now, invitedOnly: false }).some(({ rule }) => rule === 'D44');
    const story = screened(inCare).do('plan-adulthood');
    expect(plans(story)).toEqual(['D34 kept', 'D44 open']);
    expect(asked(story)).toBe(false);
    story.at('2027-02-02T15:00:00Z');
    expect(asked(story)).toBe(true);
    expect(plans(story.do('plan-adulthood'))).toEqual(['D34 kept', 'D44 kept']);
  });

  it('of law opens none where a plan was made during its time', () => {
    const story = screened(atHome).at('2027-02-02T15:00:00Z').do('plan-adulthood').do('record-entry-to-care');
    expect(plans(story)).toEqual(['D34 kept']);
  });

  it('of law outlives the referral, and the plan is recorded after closing', () => {
    const story = bringToAnEnd(
      referral({ ...inCare, danger: 'no' })
        .run()
        .screen('at-risk'),
    );
    expect(story.state.stage).toBe('closed');
    expect(ruleIn(policy, 'D44')).toMatchObject({ closing: 'outlives', kind: 'statute', confidence: 'believed' });
    expect(['open', 'kept']).toContain(story.deadline('D44').status);
    expect(story.refused('plan-adulthood')).toBe('accepted');
  });

  it('goes by a corrected date of birth, also in a merged referral', () => {
    const story = screened(inCare);
    const { start } = story.deadline('D44');
    story.do('record-birth-date', { birthDate: '2009-10-17', reason });
    expect(story.deadline('D44').start > start).toBe(true);
    expect(plans(story)).toEqual(['D34 ended', 'D44 ended', 'D34 open', 'D44 open']);
  });

  const reason = 'It was mistyped.';

  it('stays missed where it is law, whatever date of birth is recorded again', () => {
    const story = screened(inCare).at('2027-04-10T15:00:00Z');
    const { id } = story.deadline('D44');
    for (const day of [birthDate, '2009-10-17']) story.do('record-birth-date', { birthDate: day, reason });
    expect(story.state.deadlines[id]).toMatchObject({ status: 'open', missed: true });
    expect(plans(story).filter((each) => each.startsWith('D44'))).toEqual(['D44 open']);
  });

  it('stays as it is where the day of the notice is the same', () => {
    const story = screened(inCare).do('record-birth-date', { birthDate, reason });
    expect(plans(story)).toEqual(['D34 open', 'D44 open']);
  });

  it.each([
    ['an earlier day', '2009-03-17', '2027-03-01T05:00:00Z'],
    ['a later day', '2009-10-17', '2027-09-29T04:00:00Z'],
    ['a day so near that the clock has begun', '2008-12-17', '2026-11-29T04:00:00Z'],
  ])('follows a corrected date of birth after withdrawal: %s', (_, right, due) => {
    const story = screened(inCare)
      .do('propose-withdrawal', { because: 'made-in-error' })
      .do('agree-withdrawal', {}, 'careline-supervisor/2');
    story.do('record-birth-date', { birthDate: right, reason });
    expect(story.state.stage).toBe('withdrawn');
    expect(plans(story)).toEqual(['D34 ended', 'D44 ended', 'D44 open']);
    expect(story.deadline('D44').due).toBe(due);
  });

  it('writes nothing into the ledger by which two birthdays of one month differ', () => {
    const told = (day: string) => screened({ ...inCare, birthDate: day }).commits;
    expect(told('2009-04-02')).toEqual(told('2009-04-29'));
  });
});
