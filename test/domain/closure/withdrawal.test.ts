import { describe, expect, it } from 'vitest';
import { ringingIn } from '../../../shared/domain/alerts/alarms.ts';
import { boardRows } from '../../../shared/domain/board/board-rows.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral, referralId, type Story } from '../../support/referral-builder.ts';
import { bringAbout } from '../../support/scenes.ts';

const other = 'CR-0THER-0NE000';
const all = { mandated: 'yes', anonymous: 'no', missingNow: 'yes' } as const;
/** No referral of a child who is missing is withdrawn as made in error. */
const here = { ...all, missingNow: 'no' } as const;
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

const lists = (story: Story) => boardRows(story.state, policy).filter(({ queue, owner }) => queue ?? owner);
const toCall = (story: Story) => lists(story).filter(({ kind }) => kind === 'call' || kind === 'unanswered');

describe('a referral whose child is cared for in another one', () => {
  const duplicate = (story: Story) =>
    story
      .do('propose-withdrawal', { because: 'duplicate', of: other })
      .do('agree-withdrawal', {}, 'careline-supervisor/2');
  const opened = () => referral({ ...all, danger: 'yes', candidates: [other] }).run();

  it.each([
    ['merged', merge],
    ['a duplicate', duplicate],
  ])('because it is %s owes nothing, and calls no one all night', (_, end) => {
    const story = end(opened().after('PT5M'));
    expect([story.open(), ringingIn(story.state), toCall(story)]).toEqual([[], [], []]);
    expect(lists(story).filter(({ queue }) => queue === 'open')).toEqual([]);
    const told = story.all('alert-requested').length;
    expect(story.after('PT12H').all('alert-requested')).toHaveLength(told);
  });

  it('keeps its duties of law, and rings for them, where the other one is closed', () => {
    const story = duplicate(
      referral({ ...all, danger: 'yes' })
        .run()
        .othersAre('closed'),
    );
    expect(story.open()).toContain('D6');
    expect(ringingIn(story.state).map(({ rule }) => rule)).toContain('D6');
  });
});

it('a referral made in error is at no head of the queue, and its missed duties are lines to explain', () => {
  const story = withdraw(referral({ ...here, danger: 'yes' }).run());
  expect(ringingIn(story.state).map(({ rule }) => rule)).toEqual(['D1', 'D6']);
  expect(boardRows(story.state, policy).find(({ kind }) => kind === 'referral')?.order?.[0]).toBe('3');
  story.after('PT2H10M');
  expect(ringingIn(story.state)).toEqual([]);
  expect(toCall(story).map(({ rule }) => rule)).toEqual(['D3', 'D4']);
  expect(story.open()).toContain('D6');
});

describe.each([['withdrawn', withdraw]] as const)('a referral that was %s in error', (because, end) => {
  const ended = () => end(referral({ ...here, candidates: [other] }).run());

  it('has no deadline of practice left, and every deadline of law goes on', () => {
    const story = ended();
    const statutory = policy.deadlines.filter(({ kind }) => kind === 'statute').map(({ id }) => id);
    expect(story.open()).toEqual(['D1', 'D2', 'D3', 'D4', 'D6']);
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
