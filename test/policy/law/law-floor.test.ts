/** What a policy may not lack or hollow out: each of these was once loaded without a word. */
import { describe, expect, it } from 'vitest';
import type { DeadlineRule, Policy } from '../../../shared/domain/policy/policy.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { connecticutLaw } from '../../../shared/policy/law/connecticut-law.ts';
import { loaded, problemsOf } from '../../../shared/policy/law/law.ts';
import { unfit } from '../../../shared/policy/law/law-floor.ts';

const days = (amount: number) => ({ unit: 'calendar-days', amount }) as const;

const without = (id: string): Partial<Policy> => ({ deadlines: policy.deadlines.filter((rule) => rule.id !== id) });
const row = (id: string, change: Partial<DeadlineRule>): Partial<Policy> => ({
  deadlines: policy.deadlines.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)),
});
const found = (change: Partial<Policy>) => problemsOf({ ...policy, version: 'draft', ...change }, connecticutLaw);

const assumed = "(no number; the limit is this product's)";

describe('a policy is refused, with the clause, where a duty of the law', () => {
  it.each([
    ['is gone', without('D3'), 'D3 is law by C.G.S. 17a-101b and 17a-103(c), and this policy does not run it.'],
    ['is gone', without('D11'), 'D11 is law by C.G.S. 17a-101g(f) and 46b-129, and this policy does not run it.'],
    [
      'is gone, though its number is policy',
      without('D9'),
      `D9 is a duty by 42 U.S.C. 671(a)(9)(C) and (35)(A)(iii) ${assumed}, and this policy does not run it.`,
    ],
    [
      'without a number gets a month',
      row('D4', { duration: days(30) }),
      `D4 gives 30 calendar days, and C.G.S. 17a-101g(a) ${assumed} allows 12 hours.`,
    ],
    [
      'without a number gets a year',
      row('D13', { duration: days(365) }),
      `D13 gives 365 calendar days, and 42 U.S.C. 671(a)(35)(A) ${assumed} allows 48 hours.`,
    ],
    [
      'becomes practice',
      row('D1', { kind: 'policy' }),
      `D1 is law by C.G.S. 17a-101g ${assumed}: a policy cannot call it its own.`,
    ],
    [
      'is kept by another act',
      row('D3', { keptBy: ['screened'] }),
      'D3 is kept by screened, and C.G.S. 17a-101b and 17a-103(c) asks for police-notified-state.',
    ],
    [
      'is kept by another act as well',
      row('D3', { keptBy: ['police-notified-state', 'closed'] }),
      'D3 is kept by police-notified-state, closed, and C.G.S. 17a-101b and 17a-103(c) asks for police-notified-state.',
    ],
    [
      'starts with something else',
      row('D3', { clockStart: 'the screening outcome' }),
      'D3 counts from the screening outcome, and C.G.S. 17a-101b and 17a-103(c) from receipt of the report.',
    ],
    [
      'ends when the referral is closed',
      row('D3', { closing: 'ends' }),
      'D3 is law by C.G.S. 17a-101b and 17a-103(c): closing the referral waits for it.',
    ],
    [
      'ends with the pathway',
      row('D5', { ofPathway: ['confirmed'] }),
      'D5 is law by 42 U.S.C. 671(a)(34): it has no pathway, subjects or stop that it ends with.',
    ],
    [
      'escalates a year after it was due',
      row('D3', { escalateFrom: days(365) }),
      'D3 escalates 365 calendar days after it was due, later than the time C.G.S. 17a-101b and 17a-103(c) gives for the whole.',
    ],
  ])('%s', (_, change, sentence) => {
    expect(found(change)).toContain(sentence);
  });
});

describe('a policy is refused where its team', () => {
  const seats = policy.team.seats.map((each) =>
    each.discipline === 'medical' ? { ...each, seat: 'invited' as const } : each,
  );
  const requiredDisciplines = policy.requiredDisciplines.filter((each) => each !== 'medical');
  it.each([
    [
      'has no required discipline',
      { requiredDisciplines: [] },
      'The required disciplines are not those whose seat is required.',
    ],
    [
      'says two things of one seat',
      { requiredDisciplines },
      'The required disciplines are not those whose seat is required.',
    ],
    [
      'is less than the statute asks',
      { requiredDisciplines, team: { ...policy.team, seats } },
      'The team lacks medical, which C.G.S. 17a-106a(c) requires.',
    ],
    [
      'meets without a member',
      { quorum: [] },
      'A quorum without dcf, law-enforcement, states-attorney, victim-advocate, medical or mental-health is less than this product, after C.G.S. 17a-106a, asks.',
    ],
    [
      'meets without the police',
      { quorum: policy.quorum.filter(([first]) => first !== 'law-enforcement') },
      'A quorum without law-enforcement is less than this product, after C.G.S. 17a-106a, asks.',
    ],
  ] as const)('%s', (_, change, sentence) => {
    expect(found(change)).toContain(sentence);
  });

  it('and not where it asks for more', () => {
    const stricter = policy.quorum.map((group) => group.slice(0, 1));
    expect(found({ quorum: [...stricter, ['forensic-interviewer']] })).toEqual([]);
  });
});

describe('a policy is refused where its tables', () => {
  const rules = policy.screening.rules;
  it.each([
    [
      'have no overlay',
      { overlays: [] },
      'No overlay says abuse-neglect-allegation where facilitated is yes, which C.G.S. 46b-120 asks.',
    ],
    [
      'lose an overlay',
      { overlays: policy.overlays.filter(({ flags }) => !flags.includes('police-referral')) },
      'No overlay says police-referral where thirdParty is yes, which C.G.S. 17a-101g(a) asks.',
    ],
    [
      'narrow an overlay',
      { overlays: policy.overlays.map((each) => ({ ...each, when: { ...each.when, hold: ['yes'] as const } })) },
      'No overlay says removal-review where age is under-18 and danger is yes, which C.G.S. 17a-101g(e) asks.',
    ],
    [
      'let a pause of outreach last a week',
      { outreachPause: { ...policy.outreachPause, atMost: { unit: 'hours', amount: 168 } } },
      'Outreach is paused for 168 hours at a time, and this product (acute medical care and safety wait for no police pause) allows 72 hours.',
    ],
    [
      'let a pause hold up the acute examination',
      { outreachPause: { ...policy.outreachPause, never: ['safe-placement'] } },
      'A pause of outreach holds up medical-acute-forensic, against this product (acute medical care and safety wait for no police pause).',
    ],
    ['have no decision', { eligibility: [] }, 'The eligibility table has no row for some child.'],
    [
      'leave a child without a row',
      { eligibility: policy.eligibility.filter(({ number }) => number !== 13) },
      'The eligibility table has no row for some child.',
    ],
    [
      'turn a confirmed child away',
      {
        eligibility: policy.eligibility.map((each) =>
          each.number === 6 ? { ...each, outcome: 'no-basis' as const } : each,
        ),
      },
      'The eligibility table proposes one of no-basis, pending, prevention-services for age under-18, outcome confirmed or high-risk, against C.G.S. 17a-106f(a).',
    ],
    [
      'leave an answer without a screening rule',
      { screening: { ...policy.screening, rules: rules.slice(0, -1) } },
      'The screening rules end without one for all the rest.',
    ],
    [
      'read unknown as no',
      { screening: { ...policy.screening, rules: rules.filter(({ when }) => when.unknown === undefined) } },
      'The screening rules propose not-indicated where an answer is yes or unknown, against this product: unknown is not no.',
    ],
  ] as const)('%s', (_, change, sentence) => {
    expect(found(change as Partial<Policy>)).toContain(sentence);
  });
});

it.each([
  ['the policy, by years', { extension: { ...policy.extension, atMost: days(3650) } }, 'D18', '60 calendar days'],
  ['the evidence, by weeks', row('D17', { extension: { ...policy.extension, atMost: days(14) } }), 'D17', '4 hours'],
  [
    'the first days, as all the rest',
    { deadlines: policy.deadlines.map(({ extension: _own, ...rule }) => rule) },
    'D21',
    '12 hours',
  ],
] as const)('a policy lets no one extend %s', (_, change, id, limit) => {
  const said = found(change).join(' ');
  expect(said).toMatch(
    new RegExp(`${id} may be extended by [0-9]+ calendar days, and this product allows ${limit}\\.`),
  );
});

it.each([
  [{ from: 20, to: 9 }, 'The quiet hours last 13 hours, and 12 at most are a night.'],
  [{ from: 9, to: 8 }, 'The quiet hours last 23 hours, and 12 at most are a night.'],
  [{ from: 20, to: 8 }, undefined],
  [{ from: 8, to: 8 }, undefined],
])('quiet hours %j are refused where they are more than a night', (hours, sentence) => {
  const found = unfit({ ...policy, quiet: { ...policy.quiet, ...hours } });
  expect(found).toEqual(sentence === undefined ? [] : [sentence]);
});

it('two versions never bear one name', () => {
  expect(() => loaded([policy, { ...policy, mostAlerts: 5 }], connecticutLaw)).toThrow(
    'The policy connecticut-2026.1 is refused: Another version bears this name: give it one of its own.',
  );
});
