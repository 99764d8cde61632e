import { describe, expect, it } from 'vitest';
import { beginDecision } from '../../../shared/domain/core/decision.ts';
import { answers, exploitationPurposes, type Outcome, outcomes } from '../../../shared/domain/core/vocabulary.ts';
import {
  classOfAge,
  eligibilityInputs,
  flagsOf,
  openQuestions,
  overlayInputs,
  overlaysOf,
  proposeEligibility,
} from '../../../shared/domain/eligibility/eligibility.ts';
import { openPreventionServices, openServices, propose } from '../../../shared/domain/pathway/steps.ts';
import type { EligibilityInputs, OverlayInputs } from '../../../shared/domain/policy/policy.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { monday, referral, type Told } from '../../support/referral-builder.ts';

const values: { readonly [Input in keyof EligibilityInputs]: readonly EligibilityInputs[Input][] } = {
  outcome: outcomes,
  age: ['under-18', '18-to-20', '21-and-over'],
  emancipated: answers,
  resident: answers,
  dcfClient: answers,
  inCustody: answers,
  otherGround: answers,
  exploitedFor: exploitationPurposes,
};
const besides: { readonly [Input in keyof OverlayInputs]: readonly OverlayInputs[Input][] } = {
  age: ['under-18', '18-to-20', '21-and-over'],
  ageCertain: ['yes', 'no'],
  danger: answers,
  hold: ['yes', 'no'],
  thirdParty: answers,
  facilitated: answers,
};

/** Every combination of the inputs. */
const combined = <Inputs>(of: { readonly [Input in keyof Inputs]: readonly Inputs[Input][] }) =>
  (Object.keys(of) as (keyof Inputs)[]).reduce<readonly Partial<Inputs>[]>(
    (made, input) => made.flatMap((each) => of[input].map((value) => ({ ...each, [input]: value }))),
    [{}],
  ) as readonly Inputs[];
const combinations = combined<EligibilityInputs>(values);
const overlayCombinations = combined<OverlayInputs>(besides);

/** A child under 18 whose other facts exclude nothing. */
const child: EligibilityInputs = {
  outcome: 'confirmed',
  age: 'under-18',
  emancipated: 'no',
  resident: 'yes',
  dcfClient: 'no',
  inCustody: 'no',
  otherGround: 'no',
  exploitedFor: 'sex',
};
const proposed = (inputs: Partial<EligibilityInputs>) => {
  const { number, outcome } = proposeEligibility({ ...child, ...inputs }, policy);
  return `${number} ${outcome}`;
};

describe('the decision table', () => {
  it('has one proposal for each of all 14,580 combinations of its inputs', () => {
    expect(combinations).toHaveLength(14_580);
    for (const inputs of combinations) expect(proposeEligibility(inputs, policy).outcome).toBeDefined();
  });

  it('has no row that never decides', () => {
    const deciding = new Set(combinations.map((inputs) => proposeEligibility(inputs, policy)));
    expect(policy.eligibility.filter((row) => !deciding.has(row))).toEqual([]);
  });

  it('says which row of the decision table it is and on what basis', () => {
    expect(new Set(policy.eligibility.map(({ number }) => number))).toEqual(
      new Set([2, 3, 4, 14, 5, 6, 7, 8, 9, 10, 11, 12, 13]),
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
    ['confirmed for labor alone is for a lawyer', { exploitedFor: 'labor' }, '14 legal-review'],
    [
      'high-risk for labor alone is for a lawyer',
      { exploitedFor: 'labor', outcome: 'high-risk', otherGround: 'unknown' },
      '14 legal-review',
    ],
    ['labor alone in custody is for a lawyer', { exploitedFor: 'labor', inCustody: 'yes' }, '14 legal-review'],
    [
      'labor alone, homeless, has another ground',
      { exploitedFor: 'labor', otherGround: 'yes' },
      '8 basis-other-ground',
    ],
    ['both sex and labor is decided like sex', { exploitedFor: 'sex-and-labor' }, '6 basis-trafficking'],
    ['what no one asked is decided like sex', { exploitedFor: 'unknown' }, '6 basis-trafficking'],
    ['at risk of labor gets prevention', { exploitedFor: 'labor', outcome: 'at-risk' }, '11 prevention-services'],
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

  it.each([
    ['emancipated', ['no']],
    ['inCustody', ['no']],
    ['otherGround', ['no']],
    ['exploitedFor', ['sex', 'labor', 'sex-and-labor']],
    ['resident', ['yes', 'no']],
    ['dcfClient', ['yes', 'no']],
  ] as const)('an unknown is worth no less than an answer, or a lawyer is asked: %s', (input, known) => {
    const fromMost = [
      'basis-trafficking',
      'basis-other-ground',
      'basis-noted',
      'services-only',
      'prevention-services',
      'legal-review',
      'pending',
      'no-basis',
      'not-uncared-for',
      'not-eligible-age',
    ] as const;
    const place = (inputs: EligibilityInputs) => fromMost.indexOf(proposeEligibility(inputs, policy).outcome);
    const mayAsk = input === 'resident' || input === 'dcfClient';
    for (const inputs of combinations.filter((each) => each[input] === 'unknown')) {
      if (mayAsk && proposeEligibility(inputs, policy).outcome === 'legal-review') continue;
      for (const answer of known)
        expect(place(inputs), JSON.stringify(inputs)).toBeLessThanOrEqual(place({ ...inputs, [input]: answer }));
    }
  });

  it('takes nothing from a child where no one asked about labor, and decides both like sex', () => {
    for (const inputs of combinations.filter(({ exploitedFor }) => exploitedFor === 'sex')) {
      const rows = (['sex-and-labor', 'unknown'] as const).map((exploitedFor) =>
        proposeEligibility({ ...inputs, exploitedFor }, policy),
      );
      expect(rows).toEqual([proposeEligibility(inputs, policy), proposeEligibility(inputs, policy)]);
    }
  });

  it('tells the home state of a child exploited for labor alone, as of any other', () => {
    const of = (inputs: Partial<EligibilityInputs>) =>
      proposeEligibility({ ...child, exploitedFor: 'labor', ...inputs }, policy);
    expect(of({ resident: 'no' })).toMatchObject({ number: 14, opens: ['D10b'] });
    for (const resident of ['yes', 'unknown'] as const) expect(of({ resident })).not.toHaveProperty('opens');
  });

  it("never finds the trafficking basis where the child's residence in the state is unknown", () => {
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
    ['the age is unknown', {}, undefined, 'under-18'],
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
    ['unknown', 'unknown'],
  ] as const)('a child whose status is %s is in custody: %s', (legalStatus, inCustody) => {
    expect(of({ legalStatus }).inCustody).toBe(inCustody);
    expect(of({ legalStatus, population: 'in-dcf-care' }).inCustody).toBe('yes');
  });

  it.each([
    [{ homeless: 'yes' }, 'yes'],
    [{ homeMeetsNeeds: 'no' }, 'yes'],
    [{ homeless: 'no', homeMeetsNeeds: 'yes' }, 'no'],
    [{ homeless: 'no' }, 'unknown'],
    [{}, 'unknown'],
  ] as const)('%j is another ground: %s', (told, otherGround) => {
    expect(of(told).otherGround).toBe(otherGround);
  });
});

describe('what the child was exploited for', () => {
  it.each([
    [{}, 'unknown'],
    [{ exploitedFor: 'labor' }, 'labor'],
    [{ exploitedFor: 'sex-and-labor' }, 'sex-and-labor'],
    // Another kind may be of sex or of labor, so the answer stands.
    [{ exploitedFor: 'labor', exploitation: ['familial', 'other'] }, 'labor'],
    [{ exploitation: ['gang-controlled'] }, 'unknown'],
    // A kind of sex that was named stands over "not sex".
    [{ exploitedFor: 'labor', exploitation: ['survival-sex'] }, 'sex-and-labor'],
    [{ exploitation: ['explicit-images'] }, 'unknown'],
  ] as const)('%j is %s', (told, exploitedFor) => {
    const { exploitation = [], ...rest } = told as { exploitation?: readonly 'familial'[] };
    const { state } = referral({ ...rest, ...(exploitation.length > 0 && { exploitation: [...exploitation] }) });
    expect(eligibilityInputs(state, 'confirmed', undefined).exploitedFor).toBe(exploitedFor);
  });
});

describe('the overlays', () => {
  const flags = (inputs: Partial<OverlayInputs>) =>
    flagsOf(
      overlaysOf(
        {
          age: 'under-18',
          ageCertain: 'yes',
          danger: 'no',
          hold: 'no',
          thirdParty: 'no',
          facilitated: 'no',
          ...inputs,
        },
        policy,
      ),
    );

  it('are A to D, each with what it asks, its basis and how sure it is', () => {
    expect([...new Set(policy.overlays.map(({ letter }) => letter))]).toEqual(['A', 'B', 'C', 'D']);
    for (const { says, basis } of policy.overlays) expect(Math.min(says.length, basis.length)).toBeGreaterThan(10);
  });

  it.each<[string, Partial<OverlayInputs>, readonly string[]]>([
    ['none where nothing is said', {}, []],
    ['A: imminent risk', { danger: 'yes' }, ['removal-review']],
    ['A: where it is not ruled out', { danger: 'unknown' }, ['removal-review']],
    ['A: no person of age is removed', { danger: 'yes', age: '18-to-20' }, []],
    ['B: a third party', { thirdParty: 'yes' }, ['police-referral']],
    ['B: unknown is not no', { thirdParty: 'unknown' }, ['police-referral']],
    ['C: a caregiver had a part in it', { facilitated: 'yes' }, ['abuse-neglect-allegation', 'do-not-alert-caregiver']],
    ['C: it is unknown', { facilitated: 'unknown' }, ['caregiver-not-cleared']],
    ['D: the age is not known', { ageCertain: 'no' }, ['treat-as-minor-and-ask']],
    [
      'several at once',
      { danger: 'yes', thirdParty: 'yes', facilitated: 'yes', ageCertain: 'no' },
      [
        'removal-review',
        'police-referral',
        'abuse-neglect-allegation',
        'do-not-alert-caregiver',
        'treat-as-minor-and-ask',
      ],
    ],
  ])('%s', (_, inputs, expected) => {
    expect(flags(inputs)).toEqual(expected);
  });

  it('and the proposal do not depend on each other: over the whole space, each pair of answers is the pair of the two tables', () => {
    expect(overlayCombinations).toHaveLength(324);
    const proposals = new Map(combinations.map((inputs) => [inputs, proposeEligibility(inputs, policy)]));
    for (const beside of overlayCombinations) {
      const alone = overlaysOf(beside, policy);
      for (const inputs of combinations.filter(({ age }) => age === beside.age)) {
        const together = { ...inputs, ...beside };
        if (proposeEligibility(together, policy) !== proposals.get(inputs)) throw new Error(JSON.stringify(together));
      }
      expect(overlaysOf({ ...child, ...beside }, policy)).toEqual(alone);
    }
  });

  it('have no row that never holds', () => {
    const holding = new Set(overlayCombinations.flatMap((inputs) => overlaysOf(inputs, policy)));
    expect(policy.overlays.filter((row) => !holding.has(row))).toEqual([]);
  });

  it.each([
    [{ perpetrators: ['caregiver'] }, 'yes'],
    [{ perpetrators: ['third-party'], indicators: ['caregiver-facilitation'] }, 'yes'],
    // That a stranger is alleged clears no caregiver.
    [{ perpetrators: ['third-party'] }, 'unknown'],
    [{ perpetrators: ['none-alleged'] }, 'unknown'],
    [{ perpetrators: ['caregiver', 'third-party'] }, 'yes'],
    [{ perpetrators: ['given-access', 'unknown'] }, 'unknown'],
    [{ perpetrators: ['entrusted'] }, 'unknown'],
    [{}, 'unknown'],
  ] as const)('with %j a caregiver had a part in it: %s', (told, facilitated) => {
    const { indicators = [], ...rest } = told as { indicators?: readonly 'caregiver-facilitation'[] };
    expect(overlayInputs(referral({ ...rest, indicators: [...indicators] }).state, undefined).facilitated).toBe(
      facilitated,
    );
  });
});

describe('more evidence, or living elsewhere', () => {
  const servicesOf = ({ outcome }: EligibilityInputs) => policy.servicesFor[outcome];
  const steps: readonly (readonly [Outcome, Outcome])[] = [
    ['not-indicated', 'at-risk'],
    ['insufficient-info', 'at-risk'],
    ['at-risk', 'high-risk'],
    ['high-risk', 'confirmed'],
  ];
  /** What there is to prevent has happened: the services of a victim take the place of prevention. */
  const lasting = (inputs: EligibilityInputs) => servicesOf(inputs).filter((service) => service !== 'prevention');

  it('never means fewer services: over the whole space, a higher outcome opens what the lower one opened, and as many', () => {
    for (const inputs of combinations) {
      for (const [lower, higher] of steps) {
        const [before, after] = [
          { ...inputs, outcome: lower },
          { ...inputs, outcome: higher },
        ];
        expect(servicesOf(after)).toEqual(expect.arrayContaining(lasting(before)));
        expect(servicesOf(after).length).toBeGreaterThanOrEqual(servicesOf(before).length);
      }
    }
  });

  it('keeps prevention that was opened, and opens the rest beside it', () => {
    const story = referral().run().screen('at-risk').screen('high-risk');
    expect(Object.keys(story.state.services.linkages)).toEqual(['prevention', 'victim-advocacy', 'mental-health']);
  });

  it('in every combination of facts, the services that a referral opens are those of its outcome, whatever is proposed', () => {
    const statuses = { yes: 'committed', no: 'none', unknown: 'unknown' } as const;
    const ages = { 'under-18': 15, '18-to-20': 19, '21-and-over': 22 } as const;
    const context = { now: monday, policy, actor: { kind: 'function', id: 'TEST' } } as const;
    const screened = new Map(outcomes.map((outcome) => [outcome, referral().screen(outcome).state]));
    // A child in the department's care is its client. No facts say otherwise.
    const possible = combinations.filter(({ inCustody, dcfClient }) => inCustody !== 'yes' || dcfClient === 'yes');
    for (const inputs of possible) {
      const state = screened.get(inputs.outcome);
      if (!state) throw new Error(`No child was screened ${inputs.outcome}.`);
      const facts = {
        age: { known: 'exact', years: ages[inputs.age] },
        emancipated: inputs.emancipated,
        connecticutResident: inputs.resident,
        dcfClient: inputs.dcfClient,
        legalStatus: statuses[inputs.inCustody],
        homeless: inputs.otherGround,
        homeMeetsNeeds: inputs.otherGround === 'no' ? 'yes' : 'unknown',
        exploitedFor: inputs.exploitedFor,
      } as const;
      const decision = beginDecision({ ...state, child: { ...state.child, ...facts } }, context);
      propose(decision, undefined);
      if (inputs.outcome === 'at-risk') openPreventionServices(decision);
      else openServices(decision);
      const {
        eligibility: { proposal },
        services: { linkages },
      } = decision.state();
      expect(proposal).toMatchObject({ inputs, outcome: proposeEligibility(inputs, policy).outcome });
      expect(Object.keys(linkages)).toEqual(servicesOf(inputs));
    }
  });
});

describe('an unknown fact', () => {
  it.each<[string, Partial<EligibilityInputs>, readonly string[]]>([
    ['nothing is asked where all is known', {}, []],
    ['custody of a confirmed child', { inCustody: 'unknown' }, ['inCustody']],
    ['residence of a confirmed child', { resident: 'unknown' }, ['resident']],
    ['nothing that changes nothing', { dcfClient: 'unknown', otherGround: 'unknown' }, []],
    [
      'of a child with nothing indicated, the home',
      { outcome: 'not-indicated', otherGround: 'unknown' },
      ['otherGround'],
    ],
    ['emancipation', { emancipated: 'unknown' }, ['emancipated']],
    ['what no one asked about labor', { exploitedFor: 'unknown' }, []],
  ])('%s', (_, inputs, asked) => {
    expect(openQuestions({ ...child, ...inputs }, policy)).toEqual(asked);
  });
});

it.each([
  [0, 'under-18'],
  [17, 'under-18'],
  [18, '18-to-20'],
  [20, '18-to-20'],
  [21, '21-and-over'],
] as const)('%s years are %s', (years, age) => {
  expect(classOfAge(years)).toBe(age);
});

it('a table without a row for a child throws: that is a fault of the policy, not of the child', () => {
  expect(() => proposeEligibility(child, { ...policy, eligibility: [] })).toThrow(
    'has no row for the outcome confirmed',
  );
});
