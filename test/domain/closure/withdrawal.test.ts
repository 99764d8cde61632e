import { describe, expect, it } from 'vitest';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral, referralId, type Story } from '../../support/referral-builder.ts';
import { bringAbout } from '../../support/scenes.ts';

const other = 'CR-0THER-0NE000';
const all = { mandated: 'yes', anonymous: 'no', missingNow: 'yes' } as const;
const withdraw = (story: Story) =>
  story.do('propose-withdrawal', { because: 'made-in-error' }).do('agree-withdrawal', {}, 'careline-supervisor/2');
const merge = (story: Story) => story.do('answer-duplicate', { answer: 'same-child-open', of: other });

describe('a withdrawal', () => {
  it('needs two supervisors', () => {
    const story = referral().run();
    expect(story.refused('agree-withdrawal')).toBe('nothing-proposed');
    story.do('propose-withdrawal', { because: 'made-in-error' });
    expect(story.state.stage).toBe('open');
    expect(story.refused('agree-withdrawal')).toBe('second-person');
    expect(() => story.do('agree-withdrawal', {}, 'careline-worker')).toThrow('may not');
    story.do('agree-withdrawal', {}, 'careline-manager');
    expect(story.state.stage).toBe('withdrawn');
    expect(story.standsAt()).toBe('Done');
  });

  it('is for an error or a duplicate, never because a reporter changed their mind', () => {
    const story = referral().run();
    expect(() => story.do('propose-withdrawal', { because: 'reporter-changed-mind' })).toThrow('never because');
    expect(story.refused('propose-withdrawal', { because: 'duplicate' })).toBe('which-referral');
    expect(story.refused('propose-withdrawal', { because: 'duplicate', of: referralId })).toBe('which-referral');
    expect(story.refused('propose-withdrawal', { because: 'duplicate', of: other })).toBe('accepted');
  });
});

describe('duplicates', () => {
  it('are asked about where another referral may be of the same child', () => {
    const story = referral({ candidates: [other] }).run();
    expect(story.deadline('D31').due).toBe('2026-11-09T15:30:00Z');
    expect(story.step('AskSameChild')).toEqual([]);
    expect(story.refused('answer-duplicate', { answer: 'same-child-open' })).toBe('which-referral');
    expect(story.refused('answer-duplicate', { answer: 'earlier-closed', of: 'CR-ANY' })).toBe('not-a-candidate');
    expect(story.refused('answer-duplicate', { answer: 'earlier-closed', of: other })).toBe('other-open');
    story.othersAre('closed');
    story.do('answer-duplicate', { answer: 'earlier-closed', of: other });
    expect([story.deadline('D31').status, story.state.stage]).toEqual(['kept', 'open']);
  });

  it('of an open referral are merged into it', () => {
    const story = merge(referral({ candidates: [other] }).run());
    expect(story.state).toMatchObject({ stage: 'merged', sameChild: { mergedInto: other } });
    expect(story.standsAt()).toBe('Done');
  });
});

it('a step that invites the team after the end starts no meeting', () => {
  const story = withdraw(referral().run().screen('high-risk').after('P1D'));
  expect(story.deadline('D15').status).toBe('ended');
  expect(story.step('InviteMdt')).toEqual([]);
});

describe.each([
  ['withdrawn', withdraw],
  ['merged', merge],
] as const)('a referral that was %s', (because, end) => {
  const ended = () => end(referral({ ...all, candidates: [other] }).run());

  it('has no deadline of practice left, and every deadline of law goes on', () => {
    const story = ended();
    const statutory = policy.deadlines.filter(({ kind }) => kind === 'statute').map(({ id }) => id);
    expect(story.open()).toEqual(['D1', 'D2', 'D3', 'D4', 'D6', 'D12a', 'D12b']);
    expect(story.open().every((rule) => statutory.includes(rule))).toBe(true);
    expect(story.deadline('D9').status).toBe('ended');
    expect(story.all('deadline-ended').every((event) => event.because === because)).toBe(true);
  });

  it('can still keep each of them', () => {
    const story = ended();
    for (const rule of story.open()) {
      const [milestone] = policy.deadlines.find(({ id }) => id === rule)?.keptBy ?? [];
      if (milestone) bringAbout(story, milestone);
    }
    expect(story.open()).toEqual([]);
  });

  it('still alerts about a deadline of law that is missed', () => {
    const story = ended().after('PT12H');
    expect(story.deadline('D3').missed).toBe(true);
    expect(story.all('alert-requested').at(-1)?.to).toContain('area-director');
  });

  it('is not screened or linked any more', () => {
    const story = ended();
    expect(story.refused('screen', { outcome: 'at-risk' })).toBe('wrong-stage');
    for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt', 'OpenServices', 'OpenClosure'])
      expect(story.step(step)).toEqual([]);
  });
});
