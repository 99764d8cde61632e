import { describe, expect, it } from 'vitest';
import { viewReferral } from '../../../shared/application/read/view.ts';
import { indicatorChecklist, indicatorTopics } from '../../../shared/domain/core/vocabulary.ts';
import { allTopics } from '../../../shared/domain/screening/screening.ts';
import { visitor } from '../../support/desk.ts';
import { noToAll, referral, type Story } from '../../support/referral-builder.ts';

const proposalOf = (story: Story) =>
  viewReferral(story.state, story.policy, visitor('hart-liaison'), []).screeningProposal;
const instrument = { tool: 'cse-it', version: '2.0', administeredBy: 'medical', on: '2026-11-08' };

describe('the checklist', () => {
  it('holds an answer to every topic with its version: what was not answered is unknown', () => {
    const story = referral()
      .run()
      .do('answer-checklist', { answers: { branding: 'yes', homelessness: 'no' } });
    const [answered] = story.all('checklist-answered');
    expect(answered).toMatchObject({ checklist: indicatorChecklist, proposed: 'at-risk' });
    expect(Object.keys(answered?.answers ?? {}).toSorted()).toEqual([...indicatorTopics].toSorted());
    expect(answered?.answers).toMatchObject({ branding: 'yes', homelessness: 'no', disclosure: 'unknown' });
  });

  it('shows the proposal before any outcome is recorded, and records none', () => {
    const story = referral().run();
    expect(proposalOf(story)).toMatchObject({ outcome: 'insufficient-info', validated: false });
    story.do('answer-checklist', { answers: { ...noToAll, disclosure: 'yes' } });
    expect(proposalOf(story)).toMatchObject({
      outcome: 'confirmed',
      rule: 1,
      facts: [{ fact: 'disclosure', said: 'yes' }],
    });
    expect(story.state.screening.list).toEqual([]);
    expect(story.deadline('D9').status).toBe('open');
  });

  it('may be answered again until an outcome is recorded, and the last answers count', () => {
    const story = referral()
      .run()
      .do('answer-checklist', { answers: { branding: 'yes', 'hotel-keys': 'yes' } });
    story.do('answer-checklist', { answers: { branding: 'yes' } }, 'hart-lead').screen('at-risk');
    expect(story.state.screening.list[0]).toMatchObject({ answeredBy: 'HART-LEAD', indicators: ['branding'] });
  });

  it('is answered anew for each screening: old answers are not taken for new ones', () => {
    const story = referral()
      .run()
      .do('answer-checklist', { answers: { branding: 'yes' } })
      .screen('at-risk');
    expect(story.state.screening.checklist).toBeUndefined();
    story.after('P1D').screen('high-risk');
    const last = story.state.screening.list[1];
    expect(last?.answers).toEqual(allTopics());
    expect(last).not.toHaveProperty('answeredBy');
  });

  it.each(['hart-liaison', 'hart-lead'])('is answered, and the child screened, by a trained %s at any time', (role) => {
    const story = referral().run().screen('at-risk');
    for (const day of [1, 2]) {
      story.after(`P${day}D`).do('answer-checklist', { answers: {} }, role);
      expect(story.refused('screen', { outcome: 'at-risk' }, role)).toBe('accepted');
    }
    expect(story.state.screening.list).toHaveLength(3);
  });
});

describe('what the report named', () => {
  const indicators = ['branding', 'hotel-keys'] as const;

  it('is a yes to the rules until a screener has answered no: silence and unknown take nothing back', () => {
    const story = referral({ indicators: [...indicators] }).run();
    expect(proposalOf(story)).toMatchObject({
      outcome: 'high-risk',
      facts: [
        { fact: 'hotel-keys', said: 'yes' },
        { fact: 'branding', said: 'yes' },
      ],
    });
    story.do('answer-checklist', { answers: {} });
    expect(story.all('checklist-answered')[0]).toMatchObject({ answers: allTopics(), proposed: 'high-risk' });
    story.do('answer-checklist', { answers: { branding: 'no' } });
    expect(proposalOf(story)).toMatchObject({ outcome: 'at-risk', facts: [{ fact: 'hotel-keys', said: 'yes' }] });
  });

  it('and a screening has answered no stays answered for the ones after it', () => {
    const story = referral({ indicators: [...indicators] }).run();
    story.do('answer-checklist', { answers: { branding: 'no' } }).screen('at-risk');
    story.after('P1D').screen('at-risk').after('P1D');
    expect(proposalOf(story)?.facts).toEqual([{ fact: 'hotel-keys', said: 'yes' }]);
    expect(story.state.screening.list[1]?.indicators).toEqual(['hotel-keys']);
  });
});

describe('a recorded outcome', () => {
  it('keeps what was proposed, by which rule and on which facts, also where the person says otherwise', () => {
    const story = referral()
      .run()
      .do('answer-checklist', { answers: { ...noToAll, homelessness: 'yes' } });
    story.screen('high-risk');
    expect(story.all('screened')[0]).toMatchObject({
      outcome: 'high-risk',
      checklist: indicatorChecklist,
      indicators: ['homelessness'],
      answers: { ...noToAll, homelessness: 'yes' },
      answeredBy: 'HART-LIAISON',
      proposed: { outcome: 'at-risk', rule: 8, facts: [{ fact: 'homelessness', said: 'yes' }] },
    });
  });

  it('that is lower keeps its own answers until the second reviewer has agreed', () => {
    const story = referral().run().screen('high-risk').do('answer-checklist', { answers: noToAll });
    story.screen('not-indicated').do('agree-downgrade', {}, 'hart-lead');
    expect(story.state.screening.list[1]).toMatchObject({ answers: noToAll, proposed: { outcome: 'not-indicated' } });
  });

  it.each<[string, (story: Story) => Story]>([
    ['the checklist is answered', (story) => story.do('answer-checklist', { answers: { disclosure: 'yes' } })],
    ['an instrument is recorded', (story) => story.do('record-instrument', { ...instrument, band: 'clear' })],
    ['the child goes missing', (story) => story.do('report-missing')],
    ['the child has returned', (story) => story.do('report-missing').do('record-return')],
  ])('that is lower lapses where %s before the approval, because the approver would not know', (_what, learn) => {
    const story = learn(referral().run().screen('confirmed').screen('not-indicated'));
    expect(story.refused('agree-downgrade', {}, 'hart-lead')).toBe('nothing-proposed');
    expect(story.state.screening.list).toMatchObject([{ outcome: 'confirmed' }]);
  });
});

describe('what is learned after a screening and speaks for a higher outcome', () => {
  const lowest = () => referral({ danger: 'no' }).run().screen('not-indicated');

  it.each<[string, (story: Story) => Story]>([
    ['an answer', (story) => story.do('answer-checklist', { answers: { ...noToAll, disclosure: 'yes' } })],
    ['an instrument', (story) => story.do('record-instrument', { ...instrument, band: 'clear' })],
  ])('%s has the child screened again within a day, and nothing is signed off or closed meanwhile', (_what, learn) => {
    const story = learn(lowest().after('PT30H'));
    expect(story.deadline('D9')).toMatchObject({ status: 'open', startedBy: 'facts-learned', start: story.now });
    expect(story.refused('sign-off-screening')).toBe('more-known-since');
    expect(story.unmet().join()).toContain('(rule D9)');
    story.screen('confirmed');
    expect(story.deadline('D9').status).toBe('kept');
  });

  it('asks for nothing where it speaks for no more than was found', () => {
    const story = referral()
      .run()
      .screen('high-risk')
      .do('answer-checklist', { answers: { branding: 'yes' } });
    expect(story.open()).not.toContain('D9');
  });
});

describe('the result of an instrument', () => {
  it('is recorded as codes, more than one, and the highest band is what the rules see', () => {
    const story = referral().run().do('answer-checklist', { answers: noToAll });
    expect(proposalOf(story)?.outcome).toBe('not-indicated');
    story.do('record-instrument', { ...instrument, score: 9.5, band: 'clear' });
    story.do('record-instrument', { ...instrument, tool: 'htst-sf', band: 'low' }, 'caseworker');
    expect(story.state.screening.instruments).toMatchObject([
      { ...instrument, score: 9.5, band: 'clear', recordedBy: 'HART-LIAISON' },
      { ...instrument, tool: 'htst-sf', band: 'low', recordedBy: 'CASEWORKER' },
    ]);
    expect(proposalOf(story)).toMatchObject({ outcome: 'high-risk', facts: [{ fact: 'instruments', said: 'clear' }] });
  });

  it('that is low closes and lowers nothing', () => {
    const story = referral().run().screen('high-risk');
    const before = story.open();
    story.do('record-instrument', { ...instrument, score: 0, band: 'none' });
    expect(story.state.screening.list).toHaveLength(1);
    expect([story.open(), story.state.stage]).toEqual([before, 'open']);
  });

  it('that has a score and no band is unknown to the rules, until the same instrument has a band', () => {
    const story = referral().run().do('answer-checklist', { answers: noToAll });
    story.do('record-instrument', { ...instrument, score: 9.5 });
    expect(proposalOf(story)).toMatchObject({
      outcome: 'insufficient-info',
      facts: [{ fact: 'band-of-a-score', said: 'unknown' }],
    });
    expect(story.refused('screen', { outcome: 'not-indicated', rationale: 'T-1' })).toBe('screening-incomplete');
    story.do('record-instrument', { ...instrument, tool: 'htst-sf', band: 'low' });
    expect(proposalOf(story)?.outcome).toBe('insufficient-info');
    story.do('record-instrument', { ...instrument, score: 9.5, band: 'none' });
    expect(proposalOf(story)?.outcome).toBe('not-indicated');
  });

  it('needs a score or a band, and a day that has come', () => {
    const story = referral().run();
    expect(story.refused('record-instrument', instrument)).toBe('no-result');
    expect(story.refused('record-instrument', { ...instrument, score: 1, on: '2026-11-10' })).toBe('in-the-future');
    expect(story.refused('record-instrument', { ...instrument, score: 1, on: '2026-11-09' })).toBe('accepted');
  });
});

describe('how often a child has been missing', () => {
  it.each([
    [4, 'insufficient-info'],
    [5, 'high-risk'],
    ['unknown', 'insufficient-info'],
  ] as const)('%s times as reported proposes %s', (missingEpisodes, outcome) => {
    expect(proposalOf(referral({ missingEpisodes }).run())?.outcome).toBe(outcome);
  });

  it('counts what was recorded since the report, and the absence of the report itself once', () => {
    const story = referral({ missingEpisodes: 4, missingNow: 'yes' }).run();
    expect(proposalOf(story)?.outcome).toBe('insufficient-info');
    story.do('record-return').do('report-missing');
    expect(proposalOf(story)).toMatchObject({ outcome: 'high-risk', facts: [{ fact: 'often-missing', said: 'yes' }] });
  });
});
