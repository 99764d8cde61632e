/** What one answer to a call takes on, and for which people a call of a sealed referral is. */
import { describe, expect, it } from 'vitest';
import { isRinging } from '../../../shared/domain/alerts/alarms.ts';
import { alarmClassOfAlert } from '../../../shared/domain/policy/alarm-classes.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral, type Story } from '../../support/referral-builder.ts';

/** A child in danger and missing, whose response and exam ring too. */
const opened = (told: object = {}) => referral({ missingNow: 'yes', perpetrators: ['caregiver'], ...told }).run();
const ringing = (story: Story) =>
  Object.values(story.state.deadlines)
    .filter(isRinging)
    .map(({ rule }) => rule)
    .toSorted();

describe('"I\'m handling this"', () => {
  it('about one duty of a call answers all that the person was called about in it', () => {
    const story = opened();
    expect(ringing(story)).toEqual(['D1', 'D12a', 'D12b', 'D6']);
    story.do('answer-alarm', { deadlineId: story.deadline('D12a').id }, 'caseworker');
    expect(ringing(story)).toEqual(['D1', 'D6']);
  });

  it('without a duty leaves what the person was not called about, though they supervise those who were', () => {
    // The area supervisor is called for the exam in its own line, and not for the missing child.
    const story = opened({ lastAssaultAt: '2026-11-09T10:00:00.000Z' }).after('PT6H');
    const called = Object.values(story.state.alerts)
      .flatMap(({ calls = [] }) => calls)
      .filter(({ to }) => to === 'area-supervisor')
      .flatMap(({ deadlineIds }) => deadlineIds);
    const before = ringing(story);
    const theirs = new Set(called.map((id) => story.state.deadlines[id]?.rule));
    expect(theirs.size).toBeGreaterThan(0);
    expect(before.some((rule) => !theirs.has(rule))).toBe(true);
    story.do('answer-alarm', {}, 'area-supervisor');
    expect(ringing(story)).toEqual(before.filter((rule) => !theirs.has(rule)));
  });

  it('of a supervisor who was called about nothing answers what they may answer', () => {
    const story = opened();
    story.do('answer-alarm', {}, 'area-supervisor');
    expect(ringing(story)).not.toContain('D6');
  });
});

it('each call of a sealed referral is for both on shift, because the same few stand in for all', () => {
  const story = opened().do('seal-referral', {
    because: 'workers-family',
    forPeople: ['P-1', 'P-2'],
    reason: 'Invented words.',
  });
  const before = Object.keys(story.state.alerts).length;
  story.after('PT41M');
  const turns = Object.values(story.state.alerts)
    .slice(before)
    .flatMap(({ calls = [] }) => calls.map(({ turn }) => turn));
  expect(turns.length).toBeGreaterThan(3);
  expect(new Set(turns)).toEqual(new Set(['both']));
});

it.each([
  ['medical-acute-forensic', 'now'],
  ['education', 'today'],
])('the offer of %s is news of class %s', (service, expected) => {
  const story = referral().run();
  const [acute] = [story.do('offer-linkage', { service, providerId: 'PV-1' }, 'hart-liaison')];
  const offer = Object.values(acute.state.alerts).find(({ kind }) => kind === 'linkage-offered');
  expect(offer && alarmClassOfAlert(offer, acute.state, policy)).toBe(expected);
});
