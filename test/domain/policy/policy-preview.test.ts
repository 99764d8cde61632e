import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { previewOf, previewText } from '../../../shared/domain/policy/policy-preview.ts';
import { referral, type Story, type Told } from '../../support/referral-builder.ts';
import { bringToAnEnd } from '../../support/scenes.ts';
import { first, second } from '../../support/second-version.ts';

const story = (more: Told = {}) => referral({ policy: first, danger: 'no', ...more }).run();
const preview = (told: Story, to: Policy = second) => previewOf(told.state, told.policy, to, told.now);
const rules = (told: Story) =>
  preview(told)?.deadlines.map(({ rule, dueNow, dueThen }) => [rule, dueNow, dueThen] as const) ?? [];

describe('a preview', () => {
  it('shows each deadline that would move, end or open, and no other', () => {
    expect(rules(story())).toEqual([
      ['D3', '2026-11-10T03:00:00Z', '2026-11-09T21:00:00Z'],
      ['D8', '2026-11-09T19:00:00Z', '2026-11-09T18:00:00Z'],
      ['D9', '2026-11-10T15:00:00Z', '2026-11-10T03:00:00Z'],
      ['D21', '2026-11-10T15:00:00Z', null],
    ]);
    const back = story({ policy: second });
    expect(previewOf(back.state, second, first, back.now)?.deadlines).toContainEqual({
      id: 'CR-7F3KD-9QXMT2.D21.1',
      rule: 'D21',
      dueNow: null,
      dueThen: '2026-11-10T15:00:00Z',
    });
  });

  it('shows what the migration then does, of the report and of the pathway', () => {
    const told = story({ policy: second }).screen('high-risk').tellTeam().after('PT1H');
    const shown = previewOf(told.state, second, first, told.now)?.deadlines ?? [];
    const before = new Map(Object.values(told.state.deadlines).map(({ id, due }) => [id, due]));
    told.do('migrate-policy', { policy: first.version });
    const after = Object.values(told.state.deadlines).filter(
      ({ id, due, status }) => status === 'open' && before.get(id) !== due,
    );
    expect(after.map(({ rule }) => rule)).toContain('D20');
    expect(shown.filter(({ dueThen }) => dueThen !== null).map(({ id, dueThen }) => [id, dueThen])).toEqual(
      after.map(({ id, due }) => [id, due]),
    );
  });

  it('changes nothing of the referral', () => {
    const told = story().screen('high-risk');
    const before = JSON.stringify(told.state);
    preview(told);
    expect(JSON.stringify(told.state)).toBe(before);
  });

  it('shows the proposed outcome before and after, unless a person has decided', () => {
    const told = story({ age: 12 }).screen('high-risk');
    expect(preview(told)?.eligibility).toEqual({
      outcomeNow: 'services-only',
      outcomesThen: ['legal-review'],
      dependsOnBirthDate: false,
    });
    told.do('decide-eligibility', { outcome: 'services-only', definitionBasis: 'none', legalConsulted: 'no' });
    expect(preview(told)?.eligibility).toBeUndefined();
  });

  it('says where the outcome depends on the date of birth, which it does not read', () => {
    const told = story({ age: 17, dcfClient: 'yes' }).screen('high-risk');
    const shown = preview(told);
    expect(shown?.eligibility).toEqual({
      outcomeNow: 'services-only',
      outcomesThen: ['legal-review', 'not-uncared-for'],
      dependsOnBirthDate: true,
    });
    expect(shown && previewText([shown], 1, second.version)).toContain(
      'Eligibility services-only -> legal-review or not-uncared-for (depends on the date of birth, which is not read)',
    );
    // The age is unknown, which counts as under 18 on any day.
    expect(preview(story().screen('high-risk'))?.eligibility?.dependsOnBirthDate).toBe(false);
    expect(
      preview(story({ age: 17, dcfClient: 'yes' }).after('P400D').screen('high-risk'))?.eligibility,
    ).toBeUndefined();
  });

  it('says which law stands in the way', () => {
    const loose: Policy = { ...second, deadlines: second.deadlines.filter(({ id }) => id !== 'D3') };
    const shown = preview(story(), loose);
    expect(shown).toMatchObject({ deadlines: [], hindrance: expect.stringMatching(/^D3 is open and law/) });
    expect(shown && previewText([shown], 2, loose.version)).toContain(
      '  Cannot be brought under it: D3 is open and law',
    );
  });

  it('is of running referrals only, and of another version', () => {
    expect(preview(bringToAnEnd(story().screen('not-indicated')))).toBeUndefined();
    expect(preview(story(), first)).toBeUndefined();
  });
});
