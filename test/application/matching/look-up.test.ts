import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lookUp } from '../../../shared/application/matching/look-up.ts';
import type { Need } from '../../../shared/domain/core/command-lookups.ts';
import { type Desk, startDesk, visitor } from '../../support/desk.ts';
import { connecticutPolicy } from '../../support/released-policy.ts';

let desk: Desk;
let id: string;
beforeAll(async () => {
  desk = await startDesk();
  id = await desk.opened();
});
afterAll(() => desk.stop());

const found = async (needs: Need | undefined, coded: object, as = 'caseworker') =>
  lookUp({ ...desk.parts(), policy: connecticutPolicy }, visitor(as), needs, await desk.state(id), { ...coded });

describe('the application looks up before the domain decides', () => {
  test('only what a command needs', async () => {
    expect(await found(undefined, { agencyId: 'PD-1' })).toEqual({});
  });

  test('the contact of a provider of that service', async () => {
    expect(await found('provider', { service: 'education', providerId: 'PV-2' })).toEqual({
      provider: { contactId: 'PV-2.CONTACT' },
    });
    expect(await found('provider', { service: 'education', providerId: 'PV-9' })).toEqual({
      provider: { contactId: undefined },
    });
  });

  test.each([
    ['of a town of the referral', 'PD-1', true],
    ['of any other town of the state', 'PD-UNION', true],
    ['of an unknown name', 'PD-9', false],
  ])('whether the directory has an agency %s', async (_, agencyId, isKnown) => {
    expect(await found('agency', { agencyId })).toEqual({ agency: { isKnown } });
  });

  test('an agency of the referral with one look at each of its towns', async () => {
    const asked: (readonly string[])[] = [];
    const hasAgency = async (_: string, towns: readonly string[]) => asked.push(towns) > 0;
    const parts = { ...desk.parts(), policy: connecticutPolicy, directory: { ...desk.directory, hasAgency } };
    await lookUp(parts, visitor('caseworker'), 'agency', await desk.state(id), { agencyId: 'PD-1' });
    expect(asked).toEqual([['Hartford', 'unknown', 'unknown', 'Hartford']]);
  });

  test.each([
    ['who is one', 'P-HART-LIAISON', true],
    ['who is the deputy', 'P-HART-LIAISON.2', true],
    ['who leads them', 'P-HART-LEAD', false],
    ['who is unknown', 'P-NO-ONE', false],
  ])('whether a person is a HART liaison: one %s', async (_, personId, isKnown) => {
    expect(await found('liaison', { personId })).toEqual({ liaison: { isKnown } });
  });

  test.each([
    ['of the discipline, on whatever team', 'P-SEAT-MEDICAL.2', { isKnown: true, isOfDiscipline: true }],
    ['of another discipline', 'P-SEAT-DCF', { isKnown: true, isOfDiscipline: false }],
    ['who leads teams and sits in none', 'P-MDT-CHAIR', { isKnown: true, isOfDiscipline: false }],
    ['who is unknown', 'P-NO-ONE', { isKnown: false }],
  ])('whether a seat can be passed on to a person %s', async (_, personId, expected) => {
    expect(await found('member', { discipline: 'medical', answer: 'delegated', personId })).toEqual({
      member: expected,
    });
    const { isKnown } = expected;
    expect(await found('member', { discipline: 'medical', personId })).toEqual({ member: { isKnown } });
  });

  test('another referral, where this person may read it', async () => {
    const other = await desk.opened();
    const lookedAt = async (of: unknown, as?: string) =>
      (await found('otherReferral', { of }, as)).otherReferral?.other;
    expect(await lookedAt(other)).toMatchObject({ id: other, stage: 'open' });
    await desk.do(other, 'propose-withdrawal', { because: 'made-in-error', reason: 'Words.' }, 'careline-supervisor');
    await desk.do(other, 'agree-withdrawal', {}, 'careline-manager');
    expect(await lookedAt(other)).toMatchObject({ id: other, stage: 'withdrawn' });
    for (const none of [undefined, 'nonsense', 'CR-00000-000000', `${other}O`]) {
      expect(await lookedAt(none)).toBeUndefined();
    }
    expect(await lookedAt(other, 'mdt-member')).toBeUndefined();
  });
});
