import { describe, expect, it } from 'vitest';
import { outcomes } from '../../../shared/domain/core/vocabulary.ts';
import { runIdOf } from '../../../shared/domain/deadlines/deadline-runs.ts';
import { answerTo } from '../../../shared/domain/pathway/runs.ts';
import { referral, referralId } from '../../support/referral-builder.ts';
import { bringAbout, lowerDanger, offer, readyToClose } from '../../support/scenes.ts';

const ask = (story: ReturnType<typeof referral>, run: string) => {
  const wait = story.waitOf(run);
  return wait && answerTo(story.state, wait, story.policy);
};

describe('the run of a referral', () => {
  it('waits for a screening, then for its resolution', () => {
    const story = referral().run();
    expect([story.standsAt(), ask(story, referralId)]).toEqual(['AwaitScreening', undefined]);
    story.screen('at-risk');
    expect([story.standsAt(), ask(story, referralId)]).toEqual(['AwaitResolution', undefined]);
  });

  it.each(outcomes)('hears of a screening, %s, until its pathway is open', (outcome) => {
    const story = referral().screen(outcome);
    const answers = () =>
      (['screening', 'resolution'] as const).map(
        (waitsFor) =>
          answerTo(story.state, { run: 'referral', waitsFor, generation: 1, startedAt: '' }, story.policy)?.outcome,
      );
    expect(answers()).toEqual(['screened', 'screened']);
    story.run();
    expect(answers()).toEqual(['waiting', undefined]);
  });

  it('that is lost is followed by one that goes on where it stood, and repeats nothing', () => {
    const story = offer(referral().run().screen('confirmed').tellTeam(), 'education');
    const { deadlines, alerts } = story.state;
    story.lose(referralId);
    expect(story.state.generation).toBe(2);
    expect(story.standsAt()).toBe('AwaitResolution');
    expect([story.state.deadlines, story.state.alerts]).toEqual([deadlines, alerts]);
  });

  it('that is lost after the screening still hears of a recommendation and of the end', () => {
    const story = referral().run().screen('high-risk').tellTeam().lose(referralId);
    story.do('record-meeting', { attended: story.policy.requiredDisciplines, services: ['education'] });
    expect(story.state.services.linkages.education?.status).toBe('needed');
    const other = readyToClose();
    expect(other.lose(referralId).open()).toEqual(['D10a', 'D33']);
  });

  it('is done with the referral, whatever the stage', () => {
    const story = readyToClose().do('close-referral');
    expect(
      answerTo(story.state, { run: 'referral', waitsFor: 'screening', generation: 1, startedAt: '' }, story.policy),
    ).toEqual({ outcome: 'closed' });
  });

  it('older than the present generation hands over', () => {
    const story = referral().run();
    const wait = story.waitOf(referralId);
    story.lose(referralId);
    expect(wait && answerTo(story.state, wait, story.policy)).toEqual({ outcome: 'handed-over' });
  });
});

describe('the run of a deadline', () => {
  it('is told how its deadline ended', () => {
    const story = referral({ danger: 'unknown', mandated: 'yes' }).run();
    const [d6, d3] = [story.deadline('D6').id, runIdOf(story.deadline('D3'))];
    lowerDanger(story);
    bringAbout(story, 'police-notified-state');
    bringAbout(story, 'police-notified-local');
    expect([ask(story, d6), ask(story, d3)]).toEqual([{ outcome: 'not-applicable' }, { outcome: 'kept' }]);
  });

  it('is told where its next checkpoint has moved to', () => {
    const story = referral().run();
    const { id: deadlineId } = story.deadline('D8');
    const wait = story.waitOf(deadlineId);
    story.do('extend-deadline', { deadlineId, due: '2026-11-10T15:00:00Z' });
    expect(wait && answerTo(story.state, wait, story.policy)).toEqual({
      outcome: 'moved',
      checkpointAt: '2026-11-10T03:00:00Z',
    });
  });

  it('that is lost is followed by one that raises what fell due, once', () => {
    const story = referral({ perpetrators: ['caregiver'] }).run();
    const id = runIdOf(story.deadline('D3'));
    story.after('PT7H').lose(id).after('PT6H');
    expect(story.state.runs[id]?.generation).toBe(2);
    const { raised } = story.deadline('D3');
    expect(raised.flatMap(({ kind }) => (kind === 'ring' ? [] : [kind]))).toEqual(['remind', 'warn', 'due']);
  });

  it('hands over before a year is out, and the next one escalates on, week by week', () => {
    const story = referral({ perpetrators: ['caregiver'] })
      .run()
      .answers()
      .after('P310D');
    expect(story.state.runs[story.deadline('D9').id]?.generation).toBe(2);
    const { length } = story.deadline('D9').raised;
    expect(story.after('P14D').deadline('D9').raised).toHaveLength(length + 2);
  });

  it('of a deadline that does not exist ends', () => {
    const wait = { run: 'deadline', runId: 'D99', checkpointAt: '', generation: 1, startedAt: '' } as const;
    expect(answerTo(referral().state, wait, referral().policy)).toEqual({ outcome: 'ended' });
  });
});
