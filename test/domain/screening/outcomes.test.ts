import { describe, expect, it } from 'vitest';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { memberOf, referral, type Story } from '../../support/referral-builder.ts';
import { answerTheReport, link, meet } from '../../support/scenes.ts';

/** With a team, its next review stays due until the end. */
const close = (story: Story, ...beside: string[]) => {
  /** What became of each service is asked long after closing. */
  const open = () => story.open().filter((rule) => !rule.startsWith('D36'));
  expect(story.unmet()).toEqual([]);
  expect(open()).toEqual([...beside, 'D33']);
  story.do('close-referral');
  expect(story.state.stage).toBe('closed');
  expect(open()).toEqual([]);
  expect(story.deadline('D33').status).toBe('kept');
  expect(story.standsAt()).toBe('Done');
};

describe('from the report to the end, in time', () => {
  it.each(['confirmed', 'high-risk'])('a %s child gets a proposal, a team, services and is closed', (outcome) => {
    const story = answerTheReport(referral({ age: 15, connecticutResident: 'yes', dcfClient: 'no' }).run()).after(
      'PT3H',
    );
    story.screen(outcome).do('decide-eligibility', {
      outcome: outcome === 'confirmed' ? 'basis-trafficking' : 'services-only',
      definitionBasis: 'tvpa',
      legalConsulted: 'no',
    });
    const acute = outcome === 'confirmed' ? ['D35a'] : [];
    expect(story.open()).toEqual(['D15', 'D20', 'D19a', 'D22a', 'D23', 'D23', 'D23', 'D23', ...acute]);
    expect(story.state.team.seats.map(({ discipline }) => discipline)).toEqual(policy.requiredDisciplines);
    meet(story.tellTeam(), ['education']);
    story.do('settle-interview', { answer: 'scheduled', scheduledFor: '2026-11-12T15:00:00Z' });
    for (const service of ['legal', 'substance-use', 'victim-compensation'])
      story.do('decline-linkage', { service, reasonCode: 'no-longer-needed' });
    for (const { service, status } of Object.values(story.state.services.linkages))
      if (status === 'needed') link(story, service);
    expect(story.state.services.linkages.education?.status).toBe('started');
    close(story, 'D16');
    expect(story.all('deadline-missed')).toEqual([]);
  });

  it('a child at risk gets prevention and one more screening after 30 days, and not a third', () => {
    const story = answerTheReport(referral({ age: 15 }).run()).screen('at-risk');
    expect(story.state.eligibility.proposal?.outcome).toBe('prevention-services');
    expect(story.open()).toEqual(['D28', 'D35a']);
    expect(story.deadline('D28').due).toBe('2026-12-09T15:00:00Z');
    link(story, 'prevention').after('P29D').screen('at-risk');
    close(story);
    expect(story.all('deadline-opened').filter(({ rule }) => rule === 'D28')).toHaveLength(1);
  });

  it('a screening without enough information is done again within 72 hours, as often as it takes', () => {
    const story = answerTheReport(referral({ age: 15 }).run()).screen('insufficient-info');
    expect(story.state.eligibility.proposal?.outcome).toBe('pending');
    for (const round of [1, 2, 3]) {
      expect(story.open()).toEqual(['D28']);
      expect(story.deadline('D28').id).toMatch(new RegExp(`\\.D28\\.${round}$`));
      expect(story.unmet()).toContain('A screening without enough information never closes.');
      story.after('P2D').screen('insufficient-info');
    }
    expect(story.refused('close-referral')).toBe('not-ready');
    story.screen('not-indicated').do('sign-off-screening');
    close(story);
  });

  it('a child with nothing indicated is closed once a supervisor has signed', () => {
    const story = answerTheReport(referral({ age: 15 }).run()).screen('not-indicated');
    expect(story.state.eligibility.proposal?.outcome).toBe('no-basis');
    expect(story.open()).toEqual(['D29']);
    expect(story.refused('close-referral')).toBe('not-ready');
    close(story.do('sign-off-screening'));
  });
});

it('the team is drawn from the members and deputies that the directory names', () => {
  const story = referral().run().screen('confirmed');
  expect(story.all('roster-drawn')[0]?.seats.map(({ required: _, ...seat }) => seat)).toEqual(
    policy.requiredDisciplines.map(memberOf),
  );
});
