/** One plan before the eighteenth birthday: law for a child in care, policy for every other (docs/domain.md#transition-plan). */
import { describe, expect, it } from 'vitest';
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

describe('the clock of the plan', () => {
  it.each([
    ['a child in care: law', inCare, ['D44 open']],
    [
      'a child under an order of temporary custody: law',
      { ...atHome, legalStatus: 'order-of-temporary-custody', population: 'unknown' },
      ['D44 open'],
    ],
    ['a child at home: policy', atHome, ['D34 open']],
    ['a child who left care: policy', { ...atHome, population: 'left-dcf-care' }, ['D34 open']],
    ['a child whose care is unknown: policy', { age: 17, birthDate }, ['D34 open']],
    ['a child in care of 16', { ...inCare, age: 16, birthDate: '2010-04-17' }, []],
  ] as const)('of %s', (_, told, expected) => {
    expect(plans(screened(told as Told))).toEqual(expected);
  });

  it('has the same day for both, on the last business day before the month of the 90th day before 18', () => {
    // The 90th day is Sunday January 17, 2027.
    expect(screened(inCare).deadline('D44').due).toBe('2027-01-01T04:59:59Z');
    expect(screened(atHome).deadline('D34').due).toBe('2027-01-01T04:59:59Z');
  });

  it.each([
    ['an entry to care', 'record-entry-to-care', {}],
    ['an ex parte order', 'record-ex-parte-order', {}],
    ['a fact', 'record-facts', { legalStatus: 'committed', population: 'in-dcf-care' }],
  ] as const)('is law from %s on, on the same day', (_, command, input) => {
    const story = screened(atHome).do(command, input);
    expect(plans(story)).toEqual(['D34 ended', 'D44 open']);
    expect(story.deadline('D44').due).toBe('2027-01-01T04:59:59Z');
  });

  it('is due today where the child enters care after that day', () => {
    const story = screened(atHome).at('2027-01-04T15:00:00Z').do('record-entry-to-care');
    expect(story.deadline('D44')).toMatchObject({ start: story.now, due: '2027-01-05T04:59:59Z' });
  });

  it('opens once: a plan that was made counts for both', () => {
    const story = screened(atHome).do('plan-adulthood').do('record-entry-to-care').screen('at-risk');
    expect(plans(story)).toEqual(['D34 kept']);
  });

  it('is kept by the plan, without mail that would tell the month', () => {
    const story = screened(inCare);
    const { id } = story.deadline('D44');
    expect(story.all('alert-requested').filter(({ deadlineId }) => deadlineId === id)).toEqual([]);
    expect(story.do('plan-adulthood').deadline('D44').status).toBe('kept');
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
    expect(plans(story)).toEqual(['D44 ended', 'D44 open']);
  });

  const reason = 'It was mistyped.';

  it('stays missed where it is law, whatever date of birth is recorded again', () => {
    const story = screened(inCare).at('2027-01-10T15:00:00Z');
    const { id } = story.deadline('D44');
    for (const day of [birthDate, '2009-10-17']) story.do('record-birth-date', { birthDate: day, reason });
    expect(story.state.deadlines[id]).toMatchObject({ status: 'open', missed: true });
    expect(plans(story)).toEqual(['D44 open']);
  });

  it('stays as it is where the day of the notice is the same', () => {
    const story = screened(inCare).do('record-birth-date', { birthDate, reason });
    expect(plans(story)).toEqual(['D44 open']);
  });

  it.each([
    ['an earlier day', '2009-03-17', '2026-12-01T04:59:59Z'],
    ['a later day', '2009-10-17', '2027-07-01T03:59:59Z'],
    ['today where the day is past', '2008-12-17', '2026-11-10T04:59:59Z'],
  ])('follows a corrected date of birth after withdrawal: %s', (_, right, due) => {
    const story = screened(inCare)
      .do('propose-withdrawal', { because: 'made-in-error' })
      .do('agree-withdrawal', {}, 'careline-supervisor/2');
    story.do('record-birth-date', { birthDate: right, reason });
    expect(story.state.stage).toBe('withdrawn');
    expect(plans(story)).toEqual(['D44 ended', 'D44 open']);
    expect(story.deadline('D44').due).toBe(due);
  });

  it('writes nothing into the ledger by which two birthdays of one month differ', () => {
    const told = (day: string) => screened({ ...inCare, birthDate: day }).commits;
    expect(told('2009-04-02')).toEqual(told('2009-04-29'));
  });
});
