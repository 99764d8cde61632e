import { describe, expect, it } from 'vitest';
import { viewReferral } from '../../../shared/application/read/view.ts';
import { describe as describeEvent } from '../../../shared/domain/audit/event-sentences.ts';
import { whyDue } from '../../../shared/domain/deadlines/deadlines.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { visitor } from '../../support/desk.ts';
import { referral, type Told } from '../../support/referral-builder.ts';
import { bringToAnEnd } from '../../support/scenes.ts';
import { first, second } from '../../support/second-version.ts';

/** Monday November 9, 2026, 10:00 in New York. No child is in danger. */
const story = (more: Told = {}) => referral({ policy: first, danger: 'no', age: 15, ...more }).run();
const to = ({ version }: Policy) => ({ policy: version });
const due = (told: ReturnType<typeof story>, rule: string) => told.deadline(rule).due;

describe('a referral that is brought under another version', () => {
  it('names both versions and the reason in its trail, and is under the new one from then on', () => {
    const told = story().do('migrate-policy', to(second), 'administrator');
    const [event] = told.all('policy-migrated');
    expect(event).toMatchObject({ from: first.version, to: second.version, reason: expect.stringMatching(/\.T\d+$/) });
    expect(told.state.policy).toBe(second.version);
    expect(event && describeEvent(event, told.state, told.policy)).toBe(
      'Brought from the rules of connecticut-2026.1 under those of connecticut-2026.1-changed',
    );
    expect(told.commits.filter(({ events }) => events.some(({ type }) => type === 'policy-migrated'))).toHaveLength(1);
  });

  it('moves its open deadlines to where the new rules have them, counted from the same start', () => {
    const told = story().do('migrate-policy', to(second));
    // 3 hours instead of 4, and 12 instead of 24.
    expect([due(told, 'D8'), due(told, 'D9')]).toEqual(['2026-11-09T18:00:00Z', '2026-11-10T03:00:00Z']);
    expect(told.all('deadline-moved').map(({ deadlineId }) => deadlineId.split('.')[1])).toEqual(['D3', 'D8', 'D9']);
  });

  it('has more time where the new rules of policy give it', () => {
    const told = story().screen('confirmed').do('migrate-policy', to(second));
    // 36 hours instead of 24.
    expect(due(told, 'D19a')).toBe('2026-11-11T03:00:00Z');
  });

  it('has less time where the law is tightened and never more than it had', () => {
    const told = story().do('migrate-policy', to(second));
    expect(due(told, 'D3')).toBe('2026-11-09T21:00:00Z');
    // The new version gives 48 hours, within the 72 of the law; this referral was told 24.
    expect(due(told, 'D7')).toBe('2026-11-10T15:00:00Z');
    expect(told.do('migrate-policy', to(first)).deadline('D3').due).toBe('2026-11-09T21:00:00Z');
  });

  it('explains the moved instant by the new rule', () => {
    const told = story({ danger: 'no' }).screen('high-risk').tellTeam().do('migrate-policy', to(second));
    expect(whyDue(told.deadline('D15'), told.policy)).toContain(
      'due Fri Nov 13, 2026, 5:00 PM EST: 3 business days after the notice to the team (Mon Nov 9, 2026, 10:00 AM EST), counted from the day after, skipping Wed Nov 11',
    );
    const view = viewReferral(told.state, told.policy, visitor('caseworker'), []);
    expect(view.policy).toBe(second.version);
    expect(view.deadlines.find(({ rule }) => rule === 'D15')?.obligation).toBe('Convene the team sooner');
  });

  it('gives the time of the outcome that the deadline is about', () => {
    const told = story().screen('confirmed').tellTeam().do('migrate-policy', to(second));
    expect(due(told, 'D15')).toBe('2026-11-10T15:00:00Z');
  });

  it('leaves what was kept, and explains it by the rule it was kept under', () => {
    const told = story().do('assign-liaison', { personId: 'L-1' });
    const before = told.deadline('D8');
    told.do('migrate-policy', to(second));
    expect(told.deadline('D8')).toEqual({ ...before, settledUnder: first.version });
    expect(whyDue(told.deadline('D8'), told.policy)).toBe(whyDue(before, first));
    const view = viewReferral(told.state, told.policy, visitor('caseworker'), []);
    expect(view.deadlines.find(({ rule }) => rule === 'D8')?.waitsOn).toEqual(
      first.deadlines.find(({ id }) => id === 'D8')?.alert,
    );
  });

  it('leaves a missed deadline where it was, and tells the people who must keep it now', () => {
    const told = story().after('PT5H');
    const before = told.deadline('D8');
    expect(before.missed).toBe(true);
    told.do('migrate-policy', to(second));
    expect(told.deadline('D8')).toEqual(before);
    const asked = told.after('P7D').all('alert-requested').at(-1);
    expect(asked?.to).toContain('hart-director');
  });

  it('is not made late by the change of the rules', () => {
    const told = story().after('PT3H30M').do('migrate-policy', to(second));
    expect(due(told, 'D8')).toBe('2026-11-09T19:00:00Z');
    expect(told.deadline('D8').missed).toBe(false);
  });

  it('keeps the time a person gave where that is longer than the new rule', () => {
    const told = story();
    told.do('extend-deadline', { deadlineId: told.deadline('D8').id, due: '2026-11-10T15:00:00Z' }, 'program-manager');
    expect(due(told.do('migrate-policy', to(second)), 'D8')).toBe('2026-11-10T15:00:00.000Z');
  });

  it('gives no more time to what a later screening had brought forward', () => {
    const told = story().screen('high-risk').tellTeam().after('PT1H').screen('confirmed');
    const before = due(told, 'D15');
    told.do('migrate-policy', to(second)).do('migrate-policy', to(first));
    expect(Date.parse(due(told, 'D15'))).toBeLessThanOrEqual(Date.parse(before));
  });

  it('ends the clocks that are gone and opens those that are new, of the report and of the pathway', () => {
    const told = story().screen('high-risk').tellTeam();
    told.do('migrate-policy', to(second));
    expect([told.deadline('D20').status, told.deadline('D21').status]).toEqual(['ended', 'ended']);
    const ended = told.all('deadline-ended').find(({ deadlineId }) => deadlineId === told.deadline('D21').id);
    expect(ended && describeEvent(ended, told.state, told.policy)).toMatch(/the new rules have no such clock$/);

    told.after('PT1H').do('migrate-policy', to(first));
    expect([told.deadline('D20').status, told.deadline('D21').status]).toEqual(['open', 'open']);
    expect(due(told, 'D21')).toBe('2026-11-10T15:00:00Z');
  });

  it('opens no clock that its version does not have', () => {
    const told = story({ policy: second }).screen('high-risk').tellTeam();
    expect(told.all('deadline-opened').map(({ rule }) => rule)).not.toContain('D20');
    expect(told.open()).toContain('D15');
  });

  it('has the services of the new version, none twice', () => {
    const told = story().screen('high-risk');
    expect(told.state.services.linkages.education).toBeUndefined();
    told.do('offer-linkage', { service: 'mental-health', providerId: 'PV-1' }).do('migrate-policy', to(second));
    expect(Object.keys(told.state.services.linkages)).toEqual(['victim-advocacy', 'mental-health', 'education']);
    expect(told.state.services.linkages['mental-health']?.status).toBe('offered');
    expect(told.all('deadline-opened').filter(({ rule }) => rule === 'D19a')).toHaveLength(1);
  });

  it('is proposed again by the new table, unless a person has decided', () => {
    const told = story().screen('high-risk');
    expect(told.state.eligibility.proposal?.outcome).toBe('services-only');
    expect(told.do('migrate-policy', to(second)).state.eligibility.proposal?.outcome).toBe('legal-review');

    const decided = story().screen('high-risk');
    decided.do('decide-eligibility', { outcome: 'services-only', definitionBasis: 'none', legalConsulted: 'no' });
    decided.do('migrate-policy', to(second));
    expect(decided.state.eligibility.proposal?.outcome).toBe('services-only');
    expect(decided.deadline('D10').status).toBe('kept');
  });

  it('wakes the runs of the deadlines that moved, and no other', () => {
    const told = story();
    const waits = () => told.waitOf(told.deadline('D8').id);
    expect(waits()).toMatchObject({ checkpointAt: '2026-11-09T17:00:00Z' });
    told.do('migrate-policy', to(second));
    expect(waits()).toMatchObject({ checkpointAt: '2026-11-09T16:30:00Z', generation: 1 });
    told.at('2026-11-09T18:00:00Z');
    expect(told.deadline('D8').missed).toBe(true);
    expect(told.all('alert-requested').at(-1)).toMatchObject({ kind: 'checkpoint', to: ['hart-director'] });
  });

  it('tells only people who have less time than they were told', () => {
    const told = story().screen('confirmed');
    const before = told.all('alert-requested').length;
    // D19a has more time, so no one is told of it.
    told.do('migrate-policy', to(second));
    const asked = told.all('alert-requested').slice(before);
    expect(asked.map(({ kind, deadlineId }) => [kind, deadlineId?.split('.')[1]])).toEqual([
      ['deadline-opened', 'D3'],
      ['deadline-opened', 'D8'],
      ['deadline-opened', 'D15'],
    ]);
  });

  it.each(['confirmed', 'high-risk', 'at-risk', 'insufficient-info', 'not-indicated'])(
    'screened %s can still be closed in the end',
    (outcome) => {
      const told = story().screen(outcome).do('migrate-policy', to(second));
      expect(bringToAnEnd(told).state.stage).toBe('closed');
    },
  );
});

describe('a migration is refused', () => {
  it('to the version it is under, and to one this release does not hold', () => {
    expect(story().refused('migrate-policy', to(first))).toBe('same-version');
    expect(story().ask('migrate-policy', { policy: 'connecticut-1999.1' })).toMatchObject({
      refused: 'no-such-policy',
      sentence:
        'There is no such policy for this referral; this release holds connecticut-2026.1, connecticut-2026.1-changed.',
    });
  });

  it('to the rules of another place', () => {
    const elsewhere: Policy = { ...second, version: 'elsewhere', jurisdiction: 'Elsewhere' };
    const policy = { ...first, released: () => [first, elsewhere] };
    expect(story({ policy }).refused('migrate-policy', to(elsewhere))).toBe('no-such-policy');
  });

  it.each([
    ['drops it', { deadlines: second.deadlines.filter(({ id }) => id !== 'D3') }],
    [
      'calls it its own',
      { deadlines: second.deadlines.map((rule) => (rule.id === 'D3' ? { ...rule, kind: 'policy' as const } : rule)) },
    ],
  ])('where a deadline of law is open and the other version %s', (_, more) => {
    const loose: Policy = { ...second, ...more };
    const told = story({ policy: { ...first, released: () => [first, loose] } });
    expect(told.ask('migrate-policy', to(loose))).toMatchObject({
      refused: 'law-lost',
      sentence: expect.stringContaining('D3 is open and law (C.G.S. 17a-101b'),
    });
  });

  it('after the referral was closed', () => {
    expect(bringToAnEnd(story().screen('not-indicated')).refused('migrate-policy', to(second))).toBe('wrong-stage');
  });
});
