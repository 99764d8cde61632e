/** What a second screening changes and what it leaves alone (docs/domain.md#screening-outcomes). */
import { describe, expect, it } from 'vitest';
import { noToAll, referral } from '../../support/referral-builder.ts';
import { answerTheReport, link, offer } from '../../support/scenes.ts';

describe('a higher outcome', () => {
  it('takes effect at once, keeps started linkages and asks for the eligibility again', () => {
    const story = offer(referral({ age: 15, connecticutResident: 'yes' }).run().screen('high-risk'), 'victim-advocacy');
    link(story, 'mental-health');
    story.do('decide-eligibility', { outcome: 'services-only', definitionBasis: 'tvpa', legalConsulted: 'no' });
    const {
      services: { linkages },
    } = story.state;
    expect(story.open()).not.toContain('D10');
    story.after('PT1H').screen('confirmed');
    expect(story.state.screening.list.at(-1)?.outcome).toBe('confirmed');
    for (const service of ['victim-advocacy', 'mental-health'] as const)
      expect(story.state.services.linkages[service]).toEqual(linkages[service]);
    expect(story.state.services.linkages['medical-acute-forensic']?.status).toBe('needed');
    expect(story.state.eligibility.proposal).toMatchObject({ screening: 2, outcome: 'basis-trafficking' });
    expect(story.open()).toContain('D10');
  });
});

describe('a lower outcome', () => {
  it('changes nothing until a second reviewer agrees; then the police notice and begun services stand', () => {
    const story = answerTheReport(referral().run()).screen('high-risk');
    link(story, 'mental-health');
    offer(story, 'victim-advocacy');
    story.after('PT1M').do('answer-checklist', { answers: noToAll });
    const {
      screening: { list: screenings },
      services: { linkages },
      eligibility: { proposal },
      deadlines,
    } = story.state;
    story.screen('not-indicated');
    expect(story.state).toMatchObject({
      screening: { list: screenings },
      services: { linkages },
      eligibility: { proposal },
      deadlines,
    });
    story.do('agree-downgrade', {}, 'hart-lead');
    expect(story.state.screening.list.at(-1)?.outcome).toBe('not-indicated');
    expect(story.deadline('D3')).toEqual(deadlines[story.deadline('D3').id]);
    expect(story.state.services.linkages['mental-health']).toEqual(linkages['mental-health']);
    expect(story.state.services.linkages['victim-advocacy']).toEqual(linkages['victim-advocacy']);
    expect(story.deadline('D19b').status).toBe('open');
  });
});

describe('a screening without enough information', () => {
  it('is due again within 72 hours', () => {
    const story = referral().run().screen('insufficient-info');
    expect(story.deadline('D28')).toMatchObject({ status: 'open', due: '2026-11-12T15:00:00Z' });
    expect(story.refused('close-referral')).toBe('not-ready');
  });

  it('of a missing child is due again on its return, before the 72 hours are over', () => {
    const story = referral({ missingNow: 'yes' }).run().screen('insufficient-info').after('PT2H').do('record-return');
    expect(story.deadline('D9')).toMatchObject({ status: 'open', due: '2026-11-10T17:00:00Z' });
    expect(story.open()).toEqual(expect.arrayContaining(['D9', 'D13', 'D28']));
    story.screen('insufficient-info');
    expect(story.unmet()).toContain('A screening without enough information never closes.');
    expect(story.state.stage).toBe('open');
  });
});

it('nothing closes on a low score: "not indicated" is open until a supervisor has signed', () => {
  const story = answerTheReport(referral().run());
  const score = { tool: 'htst', version: '1', score: 0, band: 'none', administeredBy: 'medical', on: '2026-11-09' };
  story.do('record-instrument', score).screen('not-indicated').after('P40D');
  expect([story.state.stage, story.refused('close-referral')]).toEqual(['open', 'not-ready']);
});
