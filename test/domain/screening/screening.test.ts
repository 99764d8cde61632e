import { describe, expect, it } from 'vitest';
import { decide } from '../../../shared/domain/commands.ts';
import { outcomes } from '../../../shared/domain/core/vocabulary.ts';
import { currentScreening } from '../../../shared/domain/screening/current-screening.ts';
import { noToAll, referral, type Story } from '../../support/referral-builder.ts';
import { link, meet, offer } from '../../support/scenes.ts';

const statusOf = (story: Story, rule: string) => story.deadline(rule).status;
const lower = (story: Story, outcome: string) => story.screen(outcome).do('agree-downgrade', {}, 'hart-lead');

describe('the screening outcome', () => {
  it('confirmed names the definition it rests on', () => {
    expect(referral().run().refused('screen', { outcome: 'confirmed' })).toBe('definition-missing');
  });

  it('not-indicated asks for an answer to every topic, and names those without', () => {
    const story = referral().run();
    expect(() => story.do('screen', { outcome: 'not-indicated' })).toThrow(
      'Not known yet: missing episodes, older controlling companion,',
    );
    const { disclosure: _, ...answers } = noToAll;
    story.do('answer-checklist', { answers });
    expect(() => story.do('screen', { outcome: 'not-indicated' })).toThrow('Not known yet: disclosure. Answer');
    story.do('answer-checklist', { answers: noToAll });
    expect(story.refused('screen', { outcome: 'not-indicated' })).toBe('accepted');
  });

  it.each([
    ['not-indicated', 'at-risk', { 'prior-abuse': 'yes' }],
    ['at-risk', 'high-risk', { branding: 'yes', 'hotel-keys': 'yes' }],
    ['at-risk', 'confirmed', { disclosure: 'yes' }],
    ['insufficient-info', 'high-risk', { branding: 'yes', 'hotel-keys': 'yes' }],
  ])('%s where the rules propose %s changes nothing before a second reviewer agrees', (outcome, proposed, yes) => {
    const story = referral()
      .run()
      .do('answer-checklist', { answers: { ...noToAll, ...yes } })
      .screen(outcome);
    expect(story.state.screening.list).toEqual([]);
    expect(statusOf(story, 'D9')).toBe('open');
    story.do('agree-downgrade', {}, 'hart-lead');
    expect(story.all('screened')).toMatchObject([{ outcome, proposed: { outcome: proposed } }]);
    expect(statusOf(story, 'D9')).toBe('kept');
  });

  describe('asks what the child was exploited for', () => {
    const resident = { connecticutResident: 'yes', dcfClient: 'no', legalStatus: 'none' } as const;
    const confirmed = { outcome: 'confirmed', definitionBasis: '46a-170' } as const;
    const proposed = (story: Story) => story.state.eligibility.proposal;

    it('labor alone goes to a lawyer, and every service begins', () => {
      const story = referral(resident).run();
      story.do('screen', { ...confirmed, exploitedFor: 'labor' });
      expect(proposed(story)).toMatchObject({ row: 14, outcome: 'legal-review', inputs: { exploitedFor: 'labor' } });
      expect(story.open()).toContain('D10');
      const sex = referral(resident).run();
      sex.do('screen', { ...confirmed, exploitedFor: 'sex' });
      expect(proposed(sex)).toMatchObject({ row: 6, outcome: 'basis-trafficking' });
      expect(Object.keys(story.state.services.linkages)).toEqual(Object.keys(sex.state.services.linkages));
      expect(story.open()).toEqual(sex.open());
    });

    it('an answer left out keeps what the report said, and an answer takes its place', () => {
      const story = referral({ ...resident, exploitedFor: 'labor' }).run();
      story.do('screen', confirmed);
      expect(story.all('facts-learned')).toEqual([]);
      expect(proposed(story)).toMatchObject({ row: 14 });
      story.do('screen', { ...confirmed, exploitedFor: 'labor' });
      expect(story.all('facts-learned')).toEqual([]);
      // The report was wrong: it is not known.
      story.do('screen', { ...confirmed, exploitedFor: 'unknown' });
      expect(story.all('facts-learned')).toMatchObject([{ exploitedFor: 'unknown' }]);
      expect(proposed(story)).toMatchObject({ row: 6, outcome: 'basis-trafficking' });
    });

    it('a kind of sex that becomes known stands over "not sex", and the rules propose anew', () => {
      const story = referral({ ...resident, exploitedFor: 'labor' })
        .run()
        .screen('confirmed');
      expect(proposed(story)).toMatchObject({ row: 14 });
      story.do('record-facts', { exploitation: ['familial'] });
      expect(proposed(story)).toMatchObject({ row: 14 });
      story.do('record-facts', { exploitation: ['familial', 'explicit-images'] });
      expect(proposed(story)).toMatchObject({ row: 6, because: 'facts-changed' });
    });

    it('counts at once, also where the outcome waits for a second reviewer', () => {
      const story = referral(resident).run().screen('confirmed');
      story.do('screen', { outcome: 'high-risk', exploitedFor: 'labor' });
      expect(story.state.proposals.downgrade).toMatchObject({ outcome: 'high-risk' });
      expect(story.state.proposals.downgrade).not.toHaveProperty('exploitedFor');
      expect(proposed(story)).toMatchObject({ row: 14, inputs: { outcome: 'confirmed' } });
    });
  });

  it('a suspicion counts at once, even where the rules propose more: services wait for no one', () => {
    const story = referral({ indicators: ['disclosure'] })
      .run()
      .screen('high-risk');
    expect(story.state.screening.list).toMatchObject([{ outcome: 'high-risk', proposed: { outcome: 'confirmed' } }]);
    expect(story.open()).toEqual(expect.arrayContaining(['D10', 'D15', 'D19a', 'D22a']));
  });

  it('insufficient-info where an indicator of vulnerability is known needs no second reviewer: it asks again sooner', () => {
    const story = referral({ indicators: ['prior-abuse'] })
      .run()
      .screen('insufficient-info');
    expect(story.state.screening.list).toMatchObject([
      { outcome: 'insufficient-info', proposed: { outcome: 'at-risk' } },
    ]);
  });

  it.each(outcomes)('%s leads to a pathway that opens, once', (outcome) => {
    const story = referral().run().screen(outcome);
    expect(story.state.pathway.screening).toBe(1);
    expect(story.standsAt()).toBe('AwaitResolution');
    expect(story.state.eligibility.proposal?.screening).toBe(1);
  });

  it('does not take back the notice to the police', () => {
    const story = referral().run().screen('not-indicated');
    expect(statusOf(story, 'D3')).toBe('open');
  });
});

describe('a higher outcome', () => {
  it('counts at once and tightens the meeting of the team to 48 hours', () => {
    const story = referral().run().screen('high-risk').tellTeam();
    expect(story.deadline('D15').due).toBe('2026-11-17T22:00:00Z');
    story.after('P1D').screen('confirmed');
    expect(story.deadline('D15')).toMatchObject({ due: '2026-11-12T15:00:00Z', raised: [] });
    expect(story.all('deadline-opened').filter(({ rule }) => rule === 'D15')).toHaveLength(1);
  });

  it('alone tightens it: inviting again leaves a meeting where the invitation, or a person, has put it', () => {
    const story = referral().run().screen('confirmed').after('PT10H').tellTeam();
    expect(story.deadline('D15').due).toBe('2026-11-11T15:00:00Z');
    expect(story.step('InviteMdt')).toEqual([]);
    const upgraded = referral().run().screen('high-risk').tellTeam().after('P1D').screen('confirmed').after('PT1H');
    upgraded.do(
      'extend-deadline',
      { deadlineId: upgraded.deadline('D15').id, due: '2026-11-16T15:00:00Z' },
      'mdt-chair',
    );
    expect(upgraded.step('InviteMdt')).toEqual([]);
  });

  it('never moves a meeting later', () => {
    const story = referral().run().screen('high-risk').tellTeam().after('P7D').screen('confirmed');
    expect(story.deadline('D15').due).toBe('2026-11-17T22:00:00Z');
  });

  it('after a screening without enough information needs no second reviewer', () => {
    const story = referral().run().screen('insufficient-info').screen('high-risk');
    expect(story.state.screening.list.map(({ outcome }) => outcome)).toEqual(['insufficient-info', 'high-risk']);
    expect(statusOf(story, 'D28')).toBe('kept');
  });
});

describe('a lower outcome', () => {
  it('waits for a second reviewer, who is another person', () => {
    const story = referral().run().screen('high-risk', 'hart-lead').screen('at-risk', 'hart-lead');
    expect(story.state.screening.list).toHaveLength(1);
    expect(story.all('alert-requested').at(-1)).toMatchObject({ to: ['hart-lead', 'hart-director'] });
    expect(story.refused('agree-downgrade', {}, 'hart-lead')).toBe('second-person');
    story.do('agree-downgrade', {}, 'hart-lead/2');
    expect(story.all('screened').at(-1)).toMatchObject({ outcome: 'at-risk', secondReviewer: 'HART-LEAD.2' });
    expect(story.refused('agree-downgrade', {}, 'hart-lead')).toBe('nothing-proposed');
  });

  it('supersedes the deadlines of the pathway that it leaves, and no others', () => {
    const story = offer(referral().run().screen('confirmed'), 'victim-advocacy').tellTeam();
    lower(story, 'at-risk');
    for (const rule of ['D10', 'D15', 'D22a']) expect(statusOf(story, rule), rule).toBe('ended');
    expect(statusOf(story, 'D19a')).toBe('kept');
    for (const rule of ['D3', 'D6', 'D19b', 'D28']) expect(statusOf(story, rule), rule).toBe('open');
    expect(story.state.eligibility.proposal?.screening).toBe(2);
  });

  it('is forgotten when the child is screened as high again before anyone agreed', () => {
    const story = referral().run().screen('high-risk').screen('at-risk').screen('high-risk');
    expect(story.refused('agree-downgrade')).toBe('nothing-proposed');
  });

  it('keeps a service that was begun, and its own clock', () => {
    const story = lower(offer(referral().run().screen('high-risk'), 'mental-health'), 'not-indicated');
    expect(story.state.services.linkages['mental-health']?.status).toBe('offered');
    expect(statusOf(story, 'D22b')).toBe('open');
  });

  it('that is raised again asks for the meeting that was superseded', () => {
    const story = lower(referral().run().screen('high-risk').tellTeam(), 'at-risk');
    expect(statusOf(story, 'D15')).toBe('ended');
    story.after('P1D').screen('confirmed');
    expect(story.deadline('D15')).toMatchObject({ status: 'open', due: '2026-11-12T15:00:00Z' });
  });

  it('lets the team recommend services and opens no clock of suspected victims for it', () => {
    const story = lower(referral().run().screen('high-risk'), 'at-risk');
    story.tellTeam();
    meet(story, ['education']);
    expect(story.state.services.linkages.education?.status).toBe('needed');
    for (const rule of ['D19a', 'D22a']) expect(statusOf(story, rule), rule).toBe('ended');
  });
});

describe('a screening that comes while the pathway of the one before is being opened', () => {
  it('gets its own pathway: the steps of the other one do nothing more', () => {
    const story = referral();
    story.step('AskSameChild');
    story.screen('high-risk').step('ProposeEligibility');
    lower(story, 'not-indicated');
    for (const step of ['DrawRoster', 'InviteMdt', 'OpenServices']) expect(story.step(step), step).toEqual([]);
    story.run();
    expect(story.deadline('D29').status).toBe('open');
    expect(story.open()).not.toContain('D15');
  });
});

describe('sign-off', () => {
  it('is for a screening of which nothing is indicated, once', () => {
    const story = referral().run().screen('at-risk');
    expect(story.refused('sign-off-screening')).toBe('nothing-to-sign');
    lower(story, 'not-indicated').do('sign-off-screening');
    expect(story.refused('sign-off-screening')).toBe('already-signed');
  });

  it('is for a person who did not screen, in any role, also for a colleague on leave', () => {
    const { state, policy, now } = referral().run().screen('not-indicated');
    const by = currentScreening(state)?.by ?? '';
    const signs = (person: { readonly id: string; readonly onBehalfOf?: string }) =>
      decide(
        state,
        'sign-off-screening',
        {},
        { now, policy, person: { ...person, roles: ['careline-supervisor'] }, seen: state },
      );
    expect(signs({ id: by })).toMatchObject({ refused: 'second-person' });
    expect(signs({ id: 'SUPERVISOR', onBehalfOf: by })).toMatchObject({ refused: 'second-person' });
    expect(signs({ id: 'SUPERVISOR' })).toMatchObject([{ type: 'screening-signed-off' }, { type: 'deadline-kept' }]);
  });

  it('that comes before its clock leaves no clock that cannot be stopped', () => {
    const story = referral().screen('not-indicated').do('sign-off-screening').run();
    expect(story.state.pathway.screening).toBe(1);
    expect(story.open()).not.toContain('D29');
  });
});

describe('services that began before the outcome', () => {
  it('owe no second referral: the child is with the advocate already', () => {
    const story = referral().run();
    link(story, 'victim-advocacy');
    story.screen('confirmed');
    expect(Object.values(story.state.deadlines).map(({ rule }) => rule)).not.toContain('D19a');
    expect(story.open()).toContain('D22a');
  });
});

describe('the decision', () => {
  const decision = { outcome: 'services-only', definitionBasis: 'tvpa', legalConsulted: 'no' };

  it('waits for a screening, and differs from the proposal only with a reason', () => {
    const story = referral({ age: 15, connecticutResident: 'yes' }).run();
    expect(story.refused('decide-eligibility', decision)).toBe('not-screened');
    story.screen('confirmed');
    expect(story.refused('decide-eligibility', decision)).toBe('reason-missing');
    story.do('decide-eligibility', { ...decision, reason: 'The court is asked already.' });
    expect(story.state.eligibility.decision).toMatchObject({ outcome: 'services-only', by: 'AREA-SUPERVISOR' });
    expect(story.all('eligibility-decided')[0]).toMatchObject({ proposed: 'basis-trafficking' });
    expect(statusOf(story, 'D10')).toBe('kept');
  });

  it.each([
    ['yes', '2026-11-09T19:00:00Z'],
    ['unknown', '2026-11-09T19:00:00Z'],
    ['no', '2026-11-10T15:00:00Z'],
  ] as const)('with danger %s is due %s', (danger, due) => {
    expect(referral({ danger }).run().screen('high-risk').deadline('D10').due).toBe(due);
  });

  it('never holds up services', () => {
    const story = referral().run().screen('confirmed');
    expect(story.state.eligibility.decision).toBeUndefined();
    expect(Object.keys(story.state.services.linkages)).toEqual(story.policy.servicesFor.confirmed);
  });
});
