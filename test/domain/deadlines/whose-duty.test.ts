/** The duties of 42 U.S.C. 671(a)(35) are law for a child in the agency's responsibility alone. */
import { describe, expect, it } from 'vitest';
import { isStatutory, whyDue } from '../../../shared/domain/deadlines/deadlines.ts';
import { alarmClassOf } from '../../../shared/domain/policy/alarm-classes.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral, type Told } from '../../support/referral-builder.ts';

const missing = (told: Told) => referral({ missingNow: 'yes', ...told }).run();
const atHome: Told = { dcfClient: 'no', legalStatus: 'none', population: 'living-at-home' };

const whose: readonly (readonly [string, Told, boolean])[] = [
  ['placed by the department', { population: 'in-dcf-care' }, true],
  ['committed', { legalStatus: 'committed' }, true],
  ['with an open in-home case', { legalStatus: 'open-in-home' }, true],
  ['a client of the department', { dcfClient: 'yes' }, true],
  ['with an unknown status', { dcfClient: 'unknown', legalStatus: 'unknown', population: 'unknown' }, true],
  ['at home, and no client', atHome, false],
];

describe.each(whose)('of a child %s', (_, told, isLaw) => {
  const story = missing(told).do('record-return');

  it.each(['D12a', 'D12b', 'D13', 'D9'])(`%s is ${isLaw ? 'law' : 'policy'}`, (rule) => {
    const deadline = Object.values(story.state.deadlines).findLast((each) => each.rule === rule);
    if (!deadline) throw new Error(`There is no ${rule}.`);
    expect(isStatutory(deadline, policy)).toBe(isLaw);
    expect(whyDue(deadline, policy)).toContain(
      isLaw ? 'New York time: law' : 'New York time: policy, because the department is not responsible for the child',
    );
  });

  it('each has the same due instant and the same alarm class', () => {
    const [mine, other] = [story, missing({ legalStatus: 'committed' }).do('record-return')];
    for (const rule of ['D12a', 'D12b', 'D13']) {
      const [one, another] = [mine.deadline(rule), other.deadline(rule)];
      expect(one.due).toBe(another.due);
      expect(alarmClassOf(one, mine.state, policy)).toBe(alarmClassOf(another, other.state, policy));
    }
  });
});

describe('the duty of a child at home', () => {
  it.each([
    ['a hold', 'invoke-hold', {}],
    ['the entry to care', 'record-entry-to-care', {}],
    ['an open case', 'record-facts', { legalStatus: 'open-in-home' }],
    ['word that the child is a client', 'record-facts', { dcfClient: 'yes' }],
  ] as const)('becomes law with %s', (_, command, input) => {
    const story = missing(atHome);
    expect(isStatutory(story.deadline('D12a'), policy)).toBe(false);
    story.do(command, input);
    expect(isStatutory(story.deadline('D12a'), policy)).toBe(true);
  });

  it('stays policy with any other fact', () => {
    const story = missing(atHome).do('record-facts', { homeless: 'yes' });
    expect(isStatutory(story.deadline('D12a'), policy)).toBe(false);
  });

  it('is extended by no one, as its hour is about a child in danger', () => {
    const story = missing(atHome);
    const { id } = story.deadline('D12a');
    expect(story.refused('extend-deadline', { deadlineId: id, due: '2026-11-09T20:00:00Z' })).not.toBe('accepted');
  });
});
