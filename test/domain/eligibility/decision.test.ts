/** The decision whether there is a basis to allege: proposed again, recorded with its facts, and asked for again. */
import { describe, expect, it } from 'vitest';
import { viewReferral } from '../../../shared/application/read/view.ts';
import { describe as describeEvent } from '../../../shared/domain/audit/event-sentences.ts';
import { decidedOnOldInputs, decisionOvertaken, overlaysNow } from '../../../shared/domain/eligibility/eligibility.ts';
import type { Event } from '../../../shared/domain/events.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { visitor } from '../../support/desk.ts';
import { referral, type Story, type Told } from '../../support/referral-builder.ts';

/** A confirmed child. All facts that the decision needs are known. */
const known: Told = {
  age: 15,
  danger: 'no',
  connecticutResident: 'yes',
  legalStatus: 'none',
  dcfClient: 'no',
  emancipated: 'no',
  homeless: 'no',
  homeMeetsNeeds: 'yes',
  perpetrators: ['third-party'],
};
const confirmed = (told: Told = {}) =>
  referral({ ...known, ...told })
    .run()
    .screen('confirmed');
const decide = (story: Story, more: object = {}) =>
  story.do('decide-eligibility', {
    outcome: story.state.eligibility.proposal?.outcome,
    definitionBasis: 'tvpa',
    legalConsulted: 'no',
    ...more,
  });
const proposals = (story: Story) => story.all('eligibility-proposed');
const flags = (story: Story) => overlaysNow(story.state, policy).flatMap((overlay) => overlay.flags);

describe('what is recorded', () => {
  it('of a proposal: every input, what holds beside it, and the version of the rules', () => {
    expect(proposals(confirmed())).toMatchObject([
      {
        row: 6,
        outcome: 'basis-trafficking',
        because: 'screened',
        ruleSet: 'connecticut-2026.1',
        overlays: ['police-referral', 'caregiver-not-cleared'],
        inputs: {
          outcome: 'confirmed',
          age: 'under-18',
          emancipated: 'no',
          resident: 'yes',
          dcfClient: 'no',
          inCustody: 'no',
          otherGround: 'no',
          ageCertain: 'yes',
          danger: 'no',
          hold: 'no',
          thirdParty: 'yes',
          facilitated: 'unknown',
        },
      },
    ]);
  });

  it('of a decision: the same, with both outcomes, the definition, the consulted person and two text ids', () => {
    const story = decide(confirmed(), {
      outcome: 'services-only',
      legalConsulted: 'yes',
      consultedId: 'P-LEGAL',
      reason: 'Another view.',
    });
    const [decided] = story.all('eligibility-decided');
    const [{ inputs, overlays, ruleSet } = {}] = proposals(story);
    expect(decided).toMatchObject({
      outcome: 'services-only',
      proposed: 'basis-trafficking',
      row: 6,
      definitionBasis: 'tvpa',
      legalConsulted: 'yes',
      consultedId: 'P-LEGAL',
      inputs,
      overlays,
      ruleSet,
    });
    expect([decided?.rationale, decided?.reason].map((id) => /^CR-.+\.T\d+$/.test(id ?? ''))).toEqual([true, true]);
    expect(story.state.eligibility.decision).toMatchObject({ by: 'AREA-SUPERVISOR', at: story.now });
  });

  it.each([
    ['consulted-missing', { legalConsulted: 'yes' }],
    ['consulted-no-one', { legalConsulted: 'no', consultedId: 'P-LEGAL' }],
    ['no-such-counsel', { legalConsulted: 'yes', consultedId: 'NO-ONE' }],
  ])('a consultation without a person, or with a person who is no lawyer, is refused: %s', (code, input) => {
    const asked = { outcome: 'basis-trafficking', definitionBasis: 'tvpa', ...input };
    expect(confirmed().refused('decide-eligibility', asked)).toBe(code);
  });
});

describe('a basis on another definition than 46a-170', () => {
  const shown = (story: Story) => viewReferral(story.state, policy, visitor('area-supervisor'), []).definitionGap;
  const audited = (story: Story) =>
    describeEvent(story.all('eligibility-decided').at(-1) as Event, story.state, policy);

  it.each([
    ['tvpa', 'no', true],
    ['53a-192a', 'no', true],
    ['46a-170', 'no', false],
    ['tvpa', 'yes', false],
  ] as const)('%s with counsel %s: the page and the audit show the gap: %s', (definitionBasis, legalConsulted, gap) => {
    const story = decide(confirmed(), {
      definitionBasis,
      legalConsulted,
      ...(legalConsulted === 'yes' && { consultedId: 'P-LEGAL' }),
    });
    const sentence = /cite the definition of C\.G\.S\. 46a-170.* No lawyer was consulted/;
    expect(sentence.test(shown(story) ?? '')).toBe(gap);
    expect(sentence.test(audited(story))).toBe(gap);
  });

  it('asks for counsel before the decision, where the screening rests on another definition', () => {
    expect(shown(confirmed())).toMatch(/Consult a lawyer before you decide\.$/);
  });

  it('is no gap where nothing is alleged, and none where only services follow', () => {
    expect(shown(decide(confirmed(), { outcome: 'services-only', reason: 'Another view.' }))).toBeUndefined();
    expect(shown(referral(known).run())).toBeUndefined();
  });

  it('counts for a child in care as well, whose basis is noted', () => {
    expect(shown(decide(confirmed({ legalStatus: 'committed' })))).toMatch(/No lawyer was consulted/);
  });
});

describe('an input that changes', () => {
  it.each<[string, Told, (story: Story) => Story, string]>([
    ['danger', {}, (story) => story.do('assess-danger', { danger: 'yes' }), '6 basis-trafficking'],
    ['legal status', {}, (story) => story.do('record-facts', { legalStatus: 'committed' }), '5 basis-noted'],
    ['care', {}, (story) => story.do('record-facts', { population: 'in-dcf-care' }), '5 basis-noted'],
    ['a first entry to care', {}, (story) => story.do('record-entry-to-care'), '5 basis-noted'],
    ['the end of care', { population: 'in-dcf-care' }, careEnded, '6 basis-trafficking'],
    ['residence', {}, (story) => story.do('record-facts', { connecticutResident: 'no' }), '7 legal-review'],
    ['emancipation', {}, (story) => story.do('record-facts', { emancipated: 'yes' }), '4 legal-review'],
    ['homelessness', {}, (story) => story.do('record-facts', { homeless: 'yes' }), '6 basis-trafficking'],
    ['the home', {}, (story) => story.do('record-facts', { homeMeetsNeeds: 'no' }), '6 basis-trafficking'],
    ['client', {}, (story) => story.do('record-facts', { dcfClient: 'yes' }), '6 basis-trafficking'],
    ['who is alleged', {}, (story) => story.do('record-facts', { perpetrators: ['caregiver'] }), '6 basis-trafficking'],
    ['a caregiver’s part', {}, (story) => story.do('record-facts', { caregiverNamed: 'yes' }), '6 basis-trafficking'],
    ['a hold', {}, (story) => story.do('invoke-hold'), '6 basis-trafficking'],
    ['the end of a hold', {}, holdEnded, '6 basis-trafficking'],
  ])('has the proposal made again: %s', (_, told, change, expected) => {
    const story = change(confirmed(told));
    const { row, outcome } = proposals(story).at(-1) ?? {};
    expect(`${row} ${outcome}`).toBe(expected);
    expect(proposals(story).at(-1)?.because).toBe('facts-changed');
    expect(proposals(story).at(-1)?.inputs).not.toEqual(proposals(story).at(-2)?.inputs);
    expect(story.standsAt()).toBe('AwaitResolution');
  });

  function careEnded(story: Story): Story {
    return story.do('record-facts', { population: 'living-at-home', legalStatus: 'none' });
  }

  function holdEnded(story: Story): Story {
    return story.do('invoke-hold').do('record-hold-end', { how: 'child-released' });
  }

  it.each([
    ['a date of birth', (story: Story) => story.do('record-birth-date', { birthDate: '2011-05-17' })],
    ['the word that the child is under 18', (story: Story) => story.do('record-facts', { ageClass: 'under-18' })],
  ])('of an age that was unknown: %s', (_, change) => {
    const { age: _age, ...ageless } = known;
    const story = change(referral(ageless).run().screen('confirmed'));
    expect(proposals(story).map(({ overlays }) => overlays)).toEqual([
      ['police-referral', 'caregiver-not-cleared', 'treat-as-minor-and-ask'],
      ['police-referral', 'caregiver-not-cleared'],
    ]);
    expect(story.deadline('D10a').status).toBe('kept');
  });

  it('of a birthday: the proposal changes at midnight in New York, and D30 starts', () => {
    const told = {
      ...known,
      age: 17,
      birthDate: '2008-11-26',
      dcfClient: 'no',
      receivedAt: '2026-11-20T15:00:00.000Z',
    };
    const story = referral(told as Told)
      .run()
      .screen('confirmed')
      .at('2026-11-26T04:59:00Z');
    expect(proposals(story)).toMatchObject([{ outcome: 'basis-trafficking', inputs: { age: 'under-18' } }]);
    story.at('2026-11-26T05:01:00Z');
    expect(proposals(story).at(-1)).toMatchObject({
      outcome: 'not-eligible-age',
      inputs: { age: '18-to-20' },
      because: 'time-passed',
    });
    expect(story.deadline('D30').start).toBe('2026-11-26T05:00:00.000Z');
    expect(story.refused('invoke-hold')).toBe('of-age');
  });

  it('leaves a proposal alone that does not rest on it', () => {
    const story = confirmed()
      .do('record-facts', { foreignNational: 'no' })
      .do('classify-report', { track: 'other-agency' });
    expect(proposals(story)).toHaveLength(1);
  });

  it('is taken up by the run of a later generation as well', () => {
    const story = confirmed().lose('CR-7F3KD-9QXMT2').do('record-facts', { legalStatus: 'committed' });
    expect(story.state.eligibility.proposal?.row).toBe(5);
  });

  it('stops no decision for longer than a moment', () => {
    const story = referral(known);
    story.screen('confirmed').step('ProposeEligibility');
    story.do('record-facts', { legalStatus: 'committed' });
    const decision = { outcome: 'basis-noted', definitionBasis: 'tvpa', legalConsulted: 'no' };
    expect(story.refused('decide-eligibility', decision)).toBe('proposal-outdated');
    story.step('ProposeEligibility');
    expect(story.refused('decide-eligibility', decision)).toBe('accepted');
  });
});

describe('a decision whose inputs change', () => {
  it('is asked for anew by D10, in its time from then, where another outcome is proposed', () => {
    const story = decide(confirmed()).after('PT5H').do('record-facts', { legalStatus: 'committed' });
    expect(story.deadline('D10')).toMatchObject({
      status: 'open',
      start: story.now,
      startedBy: 'facts-changed',
      due: '2026-11-10T20:00:00Z',
    });
    expect(story.all('deadline-opened').filter(({ rule }) => rule === 'D10')).toHaveLength(2);
    expect([decidedOnOldInputs(story.state), decisionOvertaken(story.state)]).toEqual([true, true]);
    expect(story.unmet().some((sentence) => sentence.includes('(rule D10)'))).toBe(true);
    decide(story);
    expect([decidedOnOldInputs(story.state), decisionOvertaken(story.state)]).toEqual([false, false]);
    expect(story.deadline('D10').status).toBe('kept');
  });

  it('is shown to rest on old ones, and asks no one, where the same outcome is proposed', () => {
    const story = decide(confirmed()).do('record-facts', { homeless: 'yes' });
    expect([decidedOnOldInputs(story.state), decisionOvertaken(story.state)]).toEqual([true, false]);
    expect(story.open()).not.toContain('D10');
  });

  it('that differed from the proposal is not asked for again while the proposal is the same', () => {
    const story = decide(confirmed(), { outcome: 'services-only', reason: 'Another view.' });
    story.do('record-facts', { homeless: 'yes' });
    expect(story.open()).not.toContain('D10');
    story.do('record-facts', { connecticutResident: 'no' });
    expect(story.open()).toContain('D10');
  });

  it('does not rest on old ones where a date of birth says what was known of the age', () => {
    const { age: _age, ...ageless } = known;
    const story = decide(referral(ageless).do('record-facts', { ageClass: 'under-18' }).run().screen('confirmed'));
    story.do('record-birth-date', { birthDate: '2011-05-17' });
    expect([decidedOnOldInputs(story.state), decisionOvertaken(story.state)]).toEqual([false, false]);
  });

  it('never holds up services', () => {
    const story = decide(confirmed()).do('record-facts', { connecticutResident: 'no' });
    expect(Object.keys(story.state.services.linkages)).toEqual(policy.servicesFor.confirmed);
  });

  it('after an outcome without a D10 stops the closure until a person decides', () => {
    const asked = (story: Story) => story.unmet().filter((sentence) => /decided/.test(sentence));
    const story = referral({ ...known, homeless: 'yes' })
      .run()
      .screen('at-risk');
    expect(asked(story)).toEqual(['No one has decided whether there is a basis to allege.']);
    expect(asked(decide(story))).toEqual([]);
    story.do('record-facts', { homeless: 'no' });
    expect(asked(story)).toEqual([
      'The decision on a basis to allege differs from the present proposal, and no one has decided again.',
    ]);
    expect(asked(decide(story))).toEqual([]);
    expect(asked(referral(known).run().screen('at-risk'))).toEqual([]);
  });

  it('after an outcome that has no D10 is asked for by an alert, once', () => {
    const told = { ...known, homeless: 'yes' } as const;
    const story = referral(told).run().screen('at-risk');
    const asked = () =>
      story.all('alert-requested').filter(({ kind, to }) => kind === 'answer-needed' && to.includes('area-supervisor'));
    expect(story.state.eligibility.proposal).toMatchObject({ row: 10, outcome: 'basis-other-ground' });
    expect(asked()).toHaveLength(1);
    story.do('record-facts', { dcfClient: 'yes' });
    expect(asked()).toHaveLength(1);
    decide(story).do('record-facts', { homeless: 'no' });
    expect(story.state.eligibility.proposal?.outcome).toBe('prevention-services');
    expect(asked()).toHaveLength(2);
  });
});

describe('beside the decision', () => {
  it('is shown from the report on, whatever is decided later', () => {
    const { age: _age, ...ageless } = known;
    const story = referral({ ...ageless, danger: 'unknown', perpetrators: ['caregiver'] }).run();
    expect(flags(story)).toEqual([
      'removal-review',
      'abuse-neglect-allegation',
      'do-not-alert-caregiver',
      'treat-as-minor-and-ask',
    ]);
  });

  it('a caregiver’s part is told once to all who may contact the family, from report or screening', () => {
    const told = (story: Story) => story.all('alert-requested').filter(({ kind }) => kind === 'do-not-alert-caregiver');
    const reported = referral({ ...known, perpetrators: ['caregiver'] })
      .run()
      .screen('confirmed');
    expect(told(reported)).toMatchObject([{ to: ['careline-worker', 'caseworker', 'hart-liaison'] }]);
    const screened = referral(known)
      .run()
      .do('answer-checklist', { answers: { 'caregiver-facilitation': 'yes' } })
      .do('screen', { outcome: 'high-risk' });
    expect(told(screened)).toHaveLength(1);
    expect(screened.state.eligibility.proposal?.overlays).toContain('do-not-alert-caregiver');
  });

  it('a review of removal is asked of a supervisor where no decision is', () => {
    const asked = (story: Story) => story.all('alert-requested').filter(({ kind }) => kind === 'removal-review');
    expect(
      asked(
        referral({ ...known, danger: 'yes' })
          .run()
          .screen('at-risk'),
      ),
    ).toHaveLength(1);
    expect(asked(confirmed({ danger: 'yes' }))).toEqual([]);
  });

  it('a trafficker who turns out to be no caregiver is for the local police, twelve hours from then', () => {
    const story = referral({ ...known, perpetrators: ['caregiver'] })
      .run()
      .after('PT3H');
    expect(story.open()).not.toContain('D4');
    story.do('record-facts', { perpetrators: ['third-party'] });
    expect(story.deadline('D4')).toMatchObject({ startedBy: 'facts-learned', due: '2026-11-10T06:00:00Z' });
  });
});

describe('a child of another state', () => {
  it.each(['confirmed', 'high-risk'])(
    '%s has the home state notified within a business day, and a record of it',
    (outcome) => {
      const story = referral({ ...known, connecticutResident: 'no' })
        .run()
        .screen(outcome);
      expect(story.state.eligibility.proposal).toMatchObject({ row: 7, outcome: 'legal-review' });
      expect(story.deadline('D10b')).toMatchObject({ status: 'open', due: '2026-11-10T22:00:00Z' });
      story.do('notify-home-state', { method: 'phone' });
      expect(story.deadline('D10b').status).toBe('kept');
    },
  );

  it('is not made for a child whose residence is unknown', () => {
    const story = referral({ ...known, connecticutResident: 'unknown' })
      .run()
      .screen('confirmed');
    expect(story.open()).not.toContain('D10b');
    story.do('record-facts', { connecticutResident: 'no' });
    expect(story.open()).toContain('D10b');
  });
});

describe('an adult', () => {
  it.each(['confirmed', 'high-risk', 'not-indicated'])(
    'screened %s is not dropped: police, services of the outcome, adult services with consent',
    (outcome) => {
      const story = referral({ ...known, age: 19 })
        .run()
        .screen(outcome);
      expect(story.state.eligibility.proposal).toMatchObject({ row: 2, outcome: 'not-eligible-age' });
      for (const rule of ['D3', 'D4', 'D30']) expect(story.open()).toContain(rule);
      expect(Object.keys(story.state.services.linkages)).toEqual(
        policy.servicesFor[outcome as keyof typeof policy.servicesFor],
      );
      story.do('record-adult-handover', { consent: 'given' });
      expect(story.deadline('D30').status).toBe('kept');
      expect(story.state.stage).toBe('open');
    },
  );
});

describe("a person under 21 in the department's care", () => {
  it.each<[string, Told]>([
    ['by the place and the court', { population: 'in-dcf-care', legalStatus: 'committed' }],
    ['by the place', { population: 'in-dcf-care' }],
    ['by the court', { legalStatus: 'order-of-temporary-custody' }],
  ])('is its client, whatever was said of that: %s', (_, told) => {
    for (const dcfClient of ['unknown', 'no', 'yes'] as const) {
      const story = confirmed({ ...told, age: 19, dcfClient });
      expect(story.state.eligibility.proposal).toMatchObject({ row: 3, outcome: 'not-uncared-for' });
      expect(story.open()).not.toContain('D30');
    }
  });

  it('becomes one by the word of it, which ends the hand-over to adult services', () => {
    for (const act of ['record-facts', 'record-entry-to-care'] as const) {
      const story = confirmed({ age: 19 });
      expect(story.open()).toContain('D30');
      story.do(act, act === 'record-facts' ? { population: 'in-dcf-care' } : {});
      expect(story.state.eligibility.proposal).toMatchObject({ row: 3, outcome: 'not-uncared-for' });
      expect(story.open()).not.toContain('D30');
    }
  });

  it('is never said to be no client of it', () => {
    const story = confirmed({ population: 'in-dcf-care', dcfClient: 'unknown' });
    expect(story.refused('record-facts', { dcfClient: 'no' })).toBe('in-care-and-no-client');
    const both = { legalStatus: 'committed', dcfClient: 'no' };
    expect(confirmed().refused('record-facts', both)).toBe('in-care-and-no-client');
    const left = { population: 'left-dcf-care', legalStatus: 'none', dcfClient: 'no' };
    expect(story.refused('record-facts', left)).toBe('accepted');
  });
});

describe('the twenty-first birthday', () => {
  it.each(['yes', 'unknown'] as const)(
    'is seen on its day (a client: %s), and leads to adult services',
    (dcfClient) => {
      const story = confirmed({ age: 20, birthDate: '2005-11-20', dcfClient });
      story.at('2026-11-20T04:59:00Z');
      expect(story.state.eligibility.proposal?.row).toBe(3);
      story.at('2026-11-20T05:01:00Z');
      expect(story.state.eligibility.proposal).toMatchObject({
        row: 2,
        outcome: 'not-eligible-age',
        because: 'time-passed',
      });
      expect(story.open()).toContain('D30');
    },
  );
});

describe('the eighteenth birthday, on the New York calendar day', () => {
  /** `at` is a New York instant on the day of the evaluation. */
  const rowAt = (birthDate: string, at: string) => {
    const { age: _age, ...ageless } = known;
    const story = referral({ ...ageless, birthDate, receivedAt: new Date(at).toISOString() });
    story.screen('confirmed').step('ProposeEligibility');
    return story.state.eligibility.proposal?.row;
  };

  it.each([
    ['the last minute of the day before is in', '2008-11-10', '2026-11-09T23:59:00-05:00', 6],
    ['the first minute of the birthday is out', '2008-11-10', '2026-11-10T00:00:00-05:00', 2],
    ['where it is the birthday in UTC alone, it is not yet', '2008-11-10', '2026-11-10T04:59:59Z', 6],
    ['born on February 29: February 28 is in', '2012-02-29', '2030-02-28T23:59:00-05:00', 6],
    ['born on February 29: March 1 is out', '2012-02-29', '2030-03-01T00:00:00-05:00', 2],
    ['in summer time the day ends an hour earlier', '2008-07-02', '2026-07-02T03:59:59Z', 6],
    ['and begins then', '2008-07-02', '2026-07-02T04:00:00Z', 2],
  ])('%s', (_, birthDate, at, row) => {
    expect(rowAt(birthDate, at)).toBe(row);
  });

  it('that passes while the referral runs is found within 30 days, asks for adult services and for the decision anew', () => {
    const { age: _age, ...ageless } = known;
    const story = referral({ ...ageless, birthDate: '2008-11-20' })
      .run()
      .screen('confirmed');
    decide(story).after('P9D');
    expect(proposals(story)).toHaveLength(1);
    story.after('P30D');
    expect(proposals(story).at(-1)).toMatchObject({ row: 2, because: 'time-passed', inputs: { age: '18-to-20' } });
    for (const rule of ['D30', 'D10']) expect(story.deadline(rule)).toMatchObject({ status: 'open' });
    expect(Object.keys(story.state.services.linkages)).toEqual(policy.servicesFor.confirmed);
  });

  it('is seen on its day where anything changes on it', () => {
    const { age: _age, ...ageless } = known;
    const story = referral({ ...ageless, birthDate: '2008-11-20' })
      .run()
      .screen('confirmed');
    story.at('2026-11-20T05:00:00Z').do('assess-danger', { danger: 'yes' });
    expect(story.state.eligibility.proposal).toMatchObject({ row: 2, because: 'facts-changed' });
  });

  it('is given notice of in a referral that was opened more than a year before', () => {
    const { age: _age, ...ageless } = known;
    const story = referral({ ...ageless, birthDate: '2009-12-20' })
      .run()
      .screen('confirmed');
    expect(Object.values(story.state.deadlines).some(({ rule }) => rule === 'D34')).toBe(false);
    story.after('P80D');
    expect(story.deadline('D34').status).toBe('open');
  });
});

describe('an unknown age', () => {
  it('is decided as under 18, and asked for within the time of the decision', () => {
    const { age: _age, ...ageless } = known;
    const story = referral(ageless).run().screen('confirmed');
    expect(story.state.eligibility.proposal).toMatchObject({ row: 6, ageKnown: false });
    expect(story.deadline('D10a').due).toBe('2026-11-10T15:00:00Z');
    expect(
      referral({ ...ageless, danger: 'yes' })
        .run()
        .screen('confirmed')
        .deadline('D10a').due,
    ).toBe('2026-11-09T19:00:00Z');
  });

  it('is not asked for where it is known', () => {
    expect(confirmed().open()).not.toContain('D10a');
  });

  it('that turns out to be 18 and over leads to adult services', () => {
    const { age: _age, ...ageless } = known;
    const story = referral(ageless).run().screen('confirmed').do('record-facts', { ageClass: '18-and-over' });
    expect(story.state.eligibility.proposal?.row).toBe(2);
    expect(story.open()).toContain('D30');
  });

  it('is recorded by a date of birth once, and anew only with a reason', () => {
    expect(confirmed().refused('record-birth-date', { birthDate: '2011-05-17' })).toBe('age-known');
  });
});
