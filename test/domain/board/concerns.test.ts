/** What a supervisor's page counts: each concern begins and ends with the act that it is about. */
import { expect, test } from 'vitest';
import { boardRows } from '../../../shared/domain/board/board-rows.ts';
import { concernsOf } from '../../../shared/domain/board/concerns.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral, type Story, type Told } from '../../support/referral-builder.ts';

const of = ({ state }: Story) => concernsOf(state, policy);
const calm: Told = { danger: 'no', missingNow: 'no', perpetrators: ['caregiver'] };

test('a new report is not classified, and the child is not seen, not screened and without a safe place', () => {
  const story = referral(calm).run();
  expect(of(story)).toEqual(expect.arrayContaining(['unclassified', 'no-safe-place', 'unscreened', 'child-not-seen']));
  expect(of(story)).not.toContain('law-overdue');
  story.do('classify-report', { track: 'investigation' });
  expect(of(story)).not.toContain('unclassified');
});

test('a duty of law is overdue from its checkpoint on, and not a duty of policy', () => {
  const story = referral(calm).run().after('PT2H');
  expect(story.state.deadlines[story.deadline('D1').id]?.missed).toBe(true);
  expect(of(story)).toContain('law-overdue');
  story.do('classify-report', { track: 'investigation' });
  expect(of(story)).not.toContain('law-overdue');
});

test('an ended referral is wrong only in what it still owes by law', () => {
  const story = referral(calm).run();
  expect(concernsOf({ ...story.state, stage: 'closed' }, policy)).toEqual([]);
});

test('the row of a referral has them, its age band, the role that its worst duty waits on, and the next duty', () => {
  const story = referral({ ...calm, danger: 'yes' })
    .run()
    .after('PT3H');
  const whole = boardRows(story.state, policy).find(({ kind }) => kind === 'referral');
  expect(whole).toMatchObject({ rule: 'D6', waitsOn: ['area-oncall'], concerns: of(story) });
  expect(whole?.ageBand).toBeDefined();
  expect(story.state.deadlines[whole?.deadlineId ?? '']?.missed).toBe(true);
  expect(whole?.nextRuleDue && whole.nextRuleDue > story.now).toBe(true);
  expect(whole?.nextRule).not.toBe('D6');
});
