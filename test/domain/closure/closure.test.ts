import { describe, expect, it } from 'vitest';
import { referral, type Story, type Told } from '../../support/referral-builder.ts';
import { answerTheReport, meet, offer, readyToClose } from '../../support/scenes.ts';

const answered = (told: Told = {}) => answerTheReport(referral(told).run());
const idOf = (story: Story, rule: string) => ({ deadlineId: story.deadline(rule).id });

describe('a referral is not closed while', () => {
  it.each<[string, () => Story, string]>([
    [
      'a deadline of law is open',
      () => referral().run().screen('not-indicated').do('sign-off-screening'),
      'Still open: Notify law enforcement (rule D3).',
    ],
    [
      'a deadline of practice is open',
      () => answered().screen('not-indicated'),
      'Still open: Sign off that the screening indicated nothing (rule D29).',
    ],
    [
      'a miss is not countersigned',
      () => answerTheReport(referral().run().after('P1D')),
      'Not kept in time, needs a reason and a countersignature: Notify law enforcement (rule D3).',
    ],
    [
      'a service is neither started nor declined',
      () => answered().screen('at-risk'),
      'The service prevention is neither started nor declined with a reason.',
    ],
    ['the child is missing', () => answered().do('report-missing'), 'The child is missing.'],
    ['no one has screened the child', () => answered(), 'The child has not been screened.'],
    [
      'the screening had not enough information',
      () => answered().screen('insufficient-info'),
      'A screening without enough information never closes.',
    ],
    [
      'the pathway of the last screening is not open',
      () => referral().screen('at-risk'),
      'The pathway of the last screening is not open yet.',
    ],
  ])('%s', (_, tell, unmet) => {
    const story = tell();
    expect(story.unmet()).toContain(unmet);
    expect(story.refused('close-referral')).toBe('not-ready');
  });

  it('a recommended service is not opened', () => {
    const story = referral().screen('high-risk');
    for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt', 'OpenServices']) story.step(step);
    meet(story, ['education']);
    expect(story.unmet()).toContain('A recommended service has not been opened yet.');
    story.step('OpenServices');
    expect(story.unmet()).not.toContain('A recommended service has not been opened yet.');
  });
});

describe('when nothing stands in the way', () => {
  it('the final review is due ten business days later, and closing keeps it', () => {
    const story = readyToClose();
    expect(story.deadline('D33').due).toBe('2026-11-24T22:00:00Z');
    story.after('P3D').do('close-referral');
    expect(story.state.stage).toBe('closed');
    expect(story.deadline('D33')).toMatchObject({ status: 'kept', late: false });
  });

  it('new information puts closing off, and the review stays due', () => {
    const story = readyToClose().do('report-missing');
    expect(story.refused('close-referral')).toBe('not-ready');
    expect(story.open()).toEqual(['D10a', 'D33', 'D12a', 'D12b', 'D45']);
  });
});

describe('the written report, which is the duty of the reporter', () => {
  const owed = () => readyToClose({ mandated: 'yes', anonymous: 'no' });

  it('holds up nothing', () => {
    const story = owed();
    expect(story.open()).toEqual(['D2', 'D10a', 'D33']);
    story.do('close-referral');
    expect(story.state.stage).toBe('closed');
  });

  it('is recorded when it comes after closing', () => {
    const story = owed().do('close-referral').after('P5D').do('record-written-report');
    expect(story.deadline('D2')).toMatchObject({ status: 'kept', late: true });
  });

  it('that never comes is settled after closing by two people, and sends no alert afterwards', () => {
    const story = owed().do('close-referral').after('P5D');
    story.do('explain-miss', { ...idOf(story, 'D2'), reasonCode: 'no-answer-from-agency', willBeKept: false });
    story.do('countersign-miss', idOf(story, 'D2'), 'careline-manager');
    const alerts = story.all('alert-requested').length;
    expect(story.after('P60D').all('alert-requested')).toHaveLength(alerts);
  });
});

it('a closed referral takes no more acts', () => {
  const story = readyToClose().do('close-referral');
  expect(story.refused('screen', { outcome: 'at-risk' })).toBe('wrong-stage');
  expect(story.refused('close-referral')).toBe('wrong-stage');
  expect(() => offer(story, 'education')).toThrow('The referral is closed');
});
