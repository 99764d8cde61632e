// @ts-nocheck
import { describe, expect, it } from 'vitest';
import { eligibilityInputs, proposeEligibility } from '../../shared/domain/eligibility.ts';
import type { EligibilityInputs } from '../../shared/domain/policy.ts';
import { answers, type Outcome, outcomes } from '../../shared/domain/vocabulary.ts';
import { connecticut20261 as policy } from '../../shared/policy/connecticut-2026-1.ts';
import { referral, type Told } from '../support/referral-builder.ts';

const values: { readonly [Input in keyof EligibilityInputs]: readonly EligibilityInputs[Input][] } = {
  outcome: outcomes,
  age: ['under-18', '18-to-20', '21-and-over'],
  emancipated: answers,
  resident: answers,
  dcfClient: answers,
  inCustody: ['yes', 'no'],
  otherGround: ['yes', 'no'],
};

/** Every combination of the inputs. */
const combinations = (Object.keys(values) as (keyof EligibilityInputs)[]).reduce<readonly Partial<EligibilityInputs>[]>(
  (made, input) => made.flatMap((each) => values[input].map((value) => ({ ...each, [input]: value }))),
  [{}],
) as readonly EligibilityInputs[];

/** A child under 18 of whom nothing else is in the way. */
const child: EligibilityInputs = {
  outcome: 'confirmed',
  age: 'under-18',
  emancipated: 'no',
  resident: 'yes',
  dcfClient: 'no',
  inCustody: 'no',
  otherGround: 'no',
};
const proposed = (inputs: Partial<EligibilityInputs>) => {
  const { number, outcome } = proposeEligibility({ ...child, ...inputs }, policy);
  return `${number} ${outcome}`;
};

describe('the decision table', () => {
  it('has one proposal for each of all 1,620 combinations of its inputs', () => {
    expect(combinations).toHaveLength(1620);
    for (const inputs of combinations) expect(proposeEligibility(inputs, policy).outcome).toBeDefined();
  });

  it('has no row that never decides', () => {
    const deciding = new Set(combinations.map((inputs) => proposeEligibility(inputs, policy)));
    expect(policy.eligibility.filter((row) => !deciding.has(row))).toEqual([]);
  });

  it('says which rule of the paper it follows and on what basis', () => {
    expect(new Set(policy.eligibility.map(({ number }) => number))).toEqual(
      new Set([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]),
    );
    for (const { basis } of policy.eligibility) expect(basis.length).toBeGreaterThan(10);
  });

  it.each<[string, Partial<EligibilityInputs>, string]>([
    ['18 and over is for adult services', { age: '18-to-20' }, '2 not-eligible-age'],
    [
      '21 and over is for adult services, a client or not',
      { age: '21-and-over', dcfClient: 'yes' },
      '2 not-eligible-age',
    ],
    ['18 to 20 and a client has a plan', { age: '18-to-20', dcfClient: 'yes' }, '3 not-uncared-for'],
    ['18 to 20 and perhaps a client is for a lawyer', { age: '18-to-20', dcfClient: 'unknown' }, '3 legal-review'],
    ['an emancipated minor is for a lawyer', { emancipated: 'yes' }, '4 legal-review'],
    ['confirmed and in custody needs no petition', { inCustody: 'yes' }, '5 basis-noted'],
    ['high-risk and in custody needs no petition', { inCustody: 'yes', outcome: 'high-risk' }, '5 basis-noted'],
    ['confirmed and a resident has the trafficking basis', {}, '6 basis-trafficking'],
    ['confirmed and of another state is for a lawyer', { resident: 'no' }, '7 legal-review'],
    ['confirmed and perhaps a resident is for a lawyer', { resident: 'unknown' }, '7 legal-review'],
    ['high-risk and of another state is for a lawyer', { resident: 'no', outcome: 'high-risk' }, '7 legal-review'],
    ['high-risk and homeless has another ground', { outcome: 'high-risk', otherGround: 'yes' }, '8 basis-other-ground'],
    ['high-risk otherwise gets services', { outcome: 'high-risk' }, '9 services-only'],
    ['at risk and homeless has another ground', { outcome: 'at-risk', otherGround: 'yes' }, '10 basis-other-ground'],
    ['not indicated and homeless too', { outcome: 'not-indicated', otherGround: 'yes' }, '10 basis-other-ground'],
    ['at risk gets prevention', { outcome: 'at-risk' }, '11 prevention-services'],
    ['without enough information it is open', { outcome: 'insufficient-info' }, '12 pending'],
    ['not indicated has no basis', { outcome: 'not-indicated' }, '13 no-basis'],
  ])('%s', (_, inputs, proposal) => {
    expect(proposed(inputs)).toBe(proposal);
  });

  it('never finds the trafficking basis where nobody knows whether the child resides in the state', () => {
    for (const inputs of combinations) {
      if (inputs.age !== 'under-18' || inputs.resident !== 'unknown' || inputs.inCustody === 'yes') continue;
      expect(proposeEligibility(inputs, policy).outcome).not.toBe('basis-trafficking');
    }
  });
});

describe('the inputs', () => {
  const of = (told: Told, years?: number, outcome: Outcome = 'confirmed') =>
    eligibilityInputs(referral(told).state, outcome, years);

  it.each([
    ['the date of birth says so', { age: 17 }, 18, '18-to-20'],
    ['the report said so', { age: 17 }, undefined, 'under-18'],
    ['nobody knows the age', {}, undefined, 'under-18'],
    ['20, on the last day', { age: 20 }, 20, '18-to-20'],
    ['21', { age: 21 }, undefined, '21-and-over'],
  ] as const)('the age: %s', (_, told, years, age) => {
    expect(of(told, years).age).toBe(age);
  });

  it('an estimate that spans 18 is decided as under 18', () => {
    const { state } = referral();
    const spanning = { ...state, child: { ...state.child, age: { known: 'range', from: 17, to: 19 } as const } };
    expect(eligibilityInputs(spanning, 'confirmed', undefined).age).toBe('under-18');
    const adult = { ...state, child: { ...state.child, age: { known: 'range', from: 18, to: 19 } as const } };
    expect(eligibilityInputs(adult, 'confirmed', undefined).age).toBe('18-to-20');
  });

  it.each([
    ['committed', 'yes'],
    ['order-of-temporary-custody', 'yes'],
    ['open-in-home', 'no'],
    ['none', 'no'],
  ] as const)('a child whose status is %s is in custody: %s', (legalStatus, inCustody) => {
    expect(of({ legalStatus }).inCustody).toBe(inCustody);
  });

  it.each([
    [{ homeless: 'yes' }, 'yes'],
    [{ homeMeetsNeeds: 'no' }, 'yes'],
    [{ homeless: 'no', homeMeetsNeeds: 'yes' }, 'no'],
    [{}, 'no'],
  ] as const)('%j is another ground: %s', (told, otherGround) => {
    expect(of(told).otherGround).toBe(otherGround);
  });
});

it('a table without a row for a child throws: that is a fault of the policy, not of the child', () => {
  expect(() => proposeEligibility(child, { ...policy, eligibility: [] })).toThrow(
    'has no row for the outcome confirmed',
  );
});
