/** Fault 3: danger is lowered with a reason and by two people; until then every clock of danger runs. */
import { describe, expect, it } from 'vitest';
import { isAbout } from '../../../shared/domain/alerts/alert-duties.ts';
import { orderOf } from '../../../shared/domain/board/harm-order.ts';
import { referral, type Story, type Told } from '../../support/referral-builder.ts';
import { lowerDanger } from '../../support/scenes.ts';

const no = { danger: 'no', reason: 'She is with her aunt, and the door is locked.' };
const proposed = (told: Told = {}) => referral(told).run().do('assess-danger', no, 'caseworker');
const agree = (story: Story) => story.do('agree-lowering', {}, 'area-director');

describe('danger that one person rules out', () => {
  it.each(['yes', 'unknown'] as const)('stays as it was, from %s, until a second person agrees', (danger) => {
    const story = proposed({ danger });
    expect(story.state.response.danger).toBe(danger);
    expect(story.deadline('D6')).toMatchObject({ status: 'open', due: '2026-11-09T17:00:00Z' });
    expect(story.deadline('D21').due).toBe('2026-11-10T04:59:59Z');
    expect(story.open()).not.toContain('D7');
    agree(story);
    expect(story.state.response.danger).toBe('no');
    expect(story.deadline('D6').status).toBe('not-applicable');
    expect(story.open()).toContain('D7');
    expect(story.deadline('D37h').status).toBe('kept');
  });

  it('needs a reason in words', () => {
    expect(referral().run().refused('assess-danger', { danger: 'no' })).toBe('reason-missing');
  });

  it('is approved by another person, who does not act for the proposer', () => {
    const story = referral().run().do('assess-danger', no, 'area-supervisor');
    expect(story.refused('agree-lowering', {}, 'area-supervisor')).toBe('second-person');
    expect(story.refused('agree-lowering', {}, 'area-director for area-supervisor')).toBe('second-person');
    story.do('agree-lowering', {}, 'area-supervisor/2');
    expect(story.state.response.danger).toBe('no');
  });

  it('misses the two hours without approval in time, and a later approval excuses nothing', () => {
    const story = proposed().after('PT3H');
    expect(story.deadline('D6')).toMatchObject({ status: 'open', missed: true });
    agree(story);
    expect(story.deadline('D6')).toMatchObject({ status: 'open', missed: true });
    expect(story.open()).toContain('D7');
  });

  it('is told to those who can agree, and to those next where they are silent', () => {
    const story = proposed();
    const told = () => story.all('alert-requested').filter((alert) => isAbout(alert, story.deadline('D37h').id));
    expect(told().map(({ to }) => to.join())).toEqual(['careline-supervisor,area-supervisor']);
    story.after('PT6H');
    expect(told().flatMap(({ to }) => to)).toEqual(expect.arrayContaining(['careline-manager', 'area-director']));
  });

  it('is refused, and nothing has changed', () => {
    const story = proposed().do('refuse-proposal', { proposal: 'lowering' }, 'careline-supervisor');
    expect(story.state).toMatchObject({ response: { danger: 'yes' } });
    expect(story.state.proposals.lowering).toBeUndefined();
    expect(story.deadline('D37h').status).toBe('kept');
    expect(story.open()).toContain('D6');
  });
});

describe('danger that is yes and is said to be unknown', () => {
  const unknown = { danger: 'unknown', reason: 'The caller hung up, and no one has seen her.' };
  const doubted = (told: Told = {}) =>
    referral({ danger: 'yes', ...told })
      .run()
      .do('assess-danger', unknown, 'caseworker');

  it('is lowered like danger that is ruled out: with a reason', () => {
    expect(referral({ danger: 'yes' }).run().refused('assess-danger', { danger: 'unknown' })).toBe('reason-missing');
  });

  it('keeps badge, rank and clocks until a second person agrees, and the two hours after it', () => {
    const story = doubted().after('PT3H');
    const rank = () => orderOf(story.deadline('D6'), story.state, story.policy)[0];
    expect(story.state).toMatchObject({ response: { danger: 'yes' }, proposals: { lowering: { danger: 'unknown' } } });
    expect(rank()).toBe('0');
    expect(story.open()).toContain('D37h');
    agree(story);
    expect(story.state.response.danger).toBe('unknown');
    expect(rank()).toBe('2');
    expect(story.deadline('D6')).toMatchObject({ status: 'open', missed: true });
    expect(story.deadline('D37h').status).toBe('kept');
  });

  it('needs a person who is not the first, and is cancelled where danger is said again', () => {
    const own = referral({ danger: 'yes' }).run().do('assess-danger', unknown, 'area-supervisor');
    expect(own.refused('agree-lowering', {}, 'area-supervisor')).toBe('second-person');
    const story = doubted().do('assess-danger', { danger: 'yes' }, 'careline-worker');
    expect(story.state.proposals.lowering).toBeUndefined();
    expect(story.state.response.danger).toBe('yes');
  });

  it('is raised by one person at once where danger was no', () => {
    const story = referral({ danger: 'no' }).run().do('assess-danger', { danger: 'unknown' });
    expect(story.state.response.danger).toBe('unknown');
  });
});

describe('new information that speaks of danger cancels the proposal', () => {
  it.each<[string, (story: Story) => unknown]>([
    ['danger is said again', (story) => story.do('assess-danger', { danger: 'yes' }, 'careline-worker')],
    ['the child is missing', (story) => story.do('report-missing')],
    ['a hold is invoked', (story) => story.do('invoke-hold')],
    ['a caregiver is named', (story) => story.do('record-facts', { caregiverNamed: 'yes' })],
    ['an assault becomes known', (story) => story.do('record-facts', { lastAssaultAt: '2026-11-09T12:00:00Z' })],
    ['a screening finds a victim', (story) => story.screen('high-risk')],
    ['a topic of the checklist is yes', (story) => story.do('answer-checklist', { answers: { branding: 'yes' } })],
  ])('%s', (_, happens) => {
    const story = proposed();
    happens(story);
    expect(story.state.proposals.lowering).toBeUndefined();
    expect(story.deadline('D37h').status).toBe('ended');
    expect(story.refused('agree-lowering', {}, 'area-director')).toBe('nothing-proposed');
    expect(story.open()).toContain('D6');
  });

  it('and what says nothing of it leaves the proposal as it is', () => {
    const story = proposed().do('record-safety-plan', { placement: 'placed' }).do('record-facts', { homeless: 'no' });
    expect(agree(story).state.response.danger).toBe('no');
  });
});

describe('raising danger is one person’s act at once', () => {
  it.each(['yes', 'unknown'])('to %s', (danger) => {
    const story = lowerDanger(referral().run()).do('assess-danger', { danger }, 'careline-worker');
    expect(story.state.response.danger).toBe(danger);
    expect(story.open()).toContain('D6');
  });

  it('that is reported again cancels a proposal of the contrary, and asks for no second response', () => {
    const story = referral().run().do('start-response').do('assess-danger', no, 'caseworker');
    story.do('assess-danger', { danger: 'yes' }, 'careline-worker');
    expect(story.state.proposals.lowering).toBeUndefined();
    expect(story.open()).not.toContain('D6');
  });

  it('and a report that says no opens as before', () => {
    const story = referral({ danger: 'no' }).run();
    expect(story.open()).toContain('D7');
    expect(story.open()).not.toContain('D6');
    expect(story.refused('assess-danger', no)).toBe('nothing-new');
  });
});
