/** What a hostile draft once brought past the law: each is refused, with the clause. */
import { describe, expect, it } from 'vitest';
import { staff } from '../../../shared/domain/core/role-groups.ts';
import type { Discipline } from '../../../shared/domain/core/vocabulary.ts';
import type { Calendar } from '../../../shared/domain/policy/due.ts';
import type { DeadlineRule, EligibilityRule, Policy, SeatRule } from '../../../shared/domain/policy/policy.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { problemsOfDraft } from '../../../shared/policy/law/candidate-policy.ts';
import { connecticutLaw } from '../../../shared/policy/law/connecticut-law.ts';
import { released } from '../../../shared/policy/policies.ts';

const hours = (amount: number) => ({ unit: 'hours', amount }) as const;
const days = (amount: number) => ({ unit: 'calendar-days', amount }) as const;

const found = (change: Partial<Policy>, law = connecticutLaw) =>
  problemsOfDraft({ ...policy, version: 'draft', ...change }, law);
const row = (id: string, change: Partial<DeadlineRule>): Partial<Policy> => ({
  deadlines: policy.deadlines.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)),
});
const ruleOf = (id: string) => policy.deadlines.find((rule) => rule.id === id) as DeadlineRule;

it('what is released is held against all of it', () => {
  for (const each of released) expect(problemsOfDraft(each, connecticutLaw), each.version).toEqual([]);
});

describe('a draft is refused where its calendar', () => {
  const merged = (rests: (date: string) => boolean): Partial<Policy> => ({
    calendar: {
      isBusinessDay: (date) => policy.calendar.isBusinessDay(date) && !rests(date),
      why: (date) => policy.calendar.why(date) ?? (rests(date) ? 'Rest' : undefined),
    },
  });
  it.each([
    [
      'rests on one day more than the law',
      merged((date) => date === '2026-11-27'),
      'The calendar does not count 2026-11-27 as a business day, which it is by C.G.S. 1-4.',
    ],
    [
      'rests all of a December, in the last year offered',
      merged((date) => date.startsWith('2035-12')),
      'The calendar does not count 2035-12-03, the first of 20 such days to 2035, as a business day, which it is by C.G.S. 1-4.',
    ],
    [
      'has no business day at all',
      merged(() => true),
      'The calendar has no business day from 2026 to 2035, against C.G.S. 1-4.',
    ],
    [
      'answers neither yes nor no',
      { calendar: { ...policy.calendar, isBusinessDay: () => undefined } as unknown as Calendar },
      'The calendar has no business day from 2026 to 2035, against C.G.S. 1-4.',
    ],
  ])('%s', (_, change, sentence) => {
    expect(found(change)).toEqual([sentence]);
  });

  const inItsOwnWords = () => {
    throw new TypeError('Wren Doe, 2010-05-05');
  };
  const fails = 'The calendar fails where it is asked for a day of 2026 to 2035.';
  it.each([
    ['which days it works', { isBusinessDay: inItsOwnWords }],
    ['why it rests', { why: inItsOwnWords }],
  ])('fails when it is asked %s, in words of this product and not in its own', (_, change) => {
    expect(found({ calendar: { ...policy.calendar, ...change } })).toEqual([fails]);
  });

  it('and not where it works on a day more, which brings what is counted in days nearer', () => {
    const working = (date: string) => date === '2026-11-28' || policy.calendar.isBusinessDay(date);
    expect(found({ calendar: { ...policy.calendar, isBusinessDay: working } })).toEqual([]);
  });
});

describe('a draft is refused where the screening (D9), a duty of law whose number is ours,', () => {
  const clause = "42 U.S.C. 671(a)(9)(C) and (35)(A)(iii) (no number; the limit is this product's)";
  it.each([
    ['gets more than a day', { duration: hours(25) }, `D9 gives 25 hours, and ${clause} allows 24 hours.`],
    ['gets a year', { duration: days(365) }, `D9 gives 365 calendar days, and ${clause} allows 24 hours.`],
    [
      'gets more than a day in danger',
      { durationInDanger: hours(48) },
      `D9 gives 48 hours, and ${clause} allows 24 hours.`,
    ],
    [
      'starts with something else',
      { clockStart: 'the screening outcome' },
      `D9 counts from the screening outcome, and ${clause} from receipt of the report.`,
    ],
    ['ends with the referral', { closing: 'ends' }, `D9 is a duty by ${clause}: closing the referral waits for it.`],
    [
      'is seen in no text',
      { confidence: 'verified' },
      `D9 is marked verified, and ${clause} is assumed in the law beside it.`,
    ],
  ] as const)('%s', (_, change, sentence) => {
    expect(found(row('D9', change))).toEqual([sentence]);
  });

  it('and not where it gets less, or is called law', () => {
    expect(found(row('D9', { duration: hours(12) }))).toEqual([]);
    expect(found(row('D9', { kind: 'statute', awaitsLegalSignOff: true, extension: undefined as never }))).toEqual([]);
  });
});

describe('a draft is refused where a practice that no law numbers', () => {
  const again = 'this product (nothing closes for want of an answer)';
  const evidence = "C.G.S. 19a-112a (evidence of 120 hours; the time to start is this product's)";
  it.each(['D10', 'D10a', 'D17', 'D28', 'D29', 'D30'])('is dropped: %s', (id) => {
    const said = found({ deadlines: policy.deadlines.filter((rule) => rule.id !== id) });
    expect(said.filter((each) => !each.endsWith(` names ${id}, which is no deadline of this policy.`))).toEqual([
      expect.stringMatching(new RegExp(`^${id} is a practice by .+, and this policy does not run it\\.$`)),
    ]);
  });

  it.each([
    ['D28', { duration: days(365) }, [`D28 gives 365 calendar days, and ${again} allows 72 hours.`]],
    ['D28', { duration: hours(73) }, [`D28 gives 73 hours, and ${again} allows 72 hours.`]],
    [
      'D28',
      { durationFor: { 'at-risk': days(31) } },
      [`D28 gives 31 calendar days, and ${again} allows 30 calendar days.`],
    ],
    [
      'D28',
      { durationFor: { 'insufficient-info': days(5) } },
      [`D28 gives 5 calendar days, and ${again} allows 72 hours.`],
    ],
    ['D28', { keptBy: ['closed'] }, [`D28 is kept by closed, and ${again} asks for screened.`]],
    ['D28', { closing: 'ends' }, [`D28 is a practice by ${again}: closing the referral waits for it.`]],
    ['D28', { ofPathway: ['at-risk'] }, [`D28 is not of the pathway of insufficient-info, for which ${again} asks.`]],
    ['D17', { duration: hours(500) }, [`D17 gives 500 hours, and ${evidence} allows 8 hours.`]],
    [
      'D17',
      { hardStop: undefined as never },
      [`D17 does not stop 120 hours after the last known assault, as ${evidence} asks.`],
    ],
    [
      'D17',
      { hardStop: { ...(ruleOf('D17').hardStop as NonNullable<DeadlineRule['hardStop']>), after: hours(1) } },
      [`D17 does not stop 120 hours after the last known assault, as ${evidence} asks.`],
    ],
    [
      'D10',
      { durationInDanger: days(3) },
      ['D10 gives 3 calendar days, and this product (a person decides) allows 48 hours.'],
    ],
  ] as const)('%s is hollowed out: %j', (id, change, sentences) => {
    expect(found(row(id, change as Partial<DeadlineRule>))).toEqual(sentences);
  });

  it('and not where it gets less, is surer of itself, or names its time by outcome', () => {
    expect(
      found(
        row('D28', { duration: days(30), durationFor: { 'insufficient-info': hours(24) }, confidence: 'verified' }),
      ),
    ).toEqual([]);
    expect(found(row('D10a', { closing: 'waits', duration: hours(2) }))).toEqual([]);
    expect(found(row('D10', { ofPathway: [...(ruleOf('D10').ofPathway ?? []), 'at-risk'] }))).toEqual([]);
  });

  it('is opened by nothing: an unknown age is asked for', () => {
    expect(found({ overlays: policy.overlays.map(({ opens: _, ...each }) => each) })).toEqual([
      'No overlay says treat-as-minor-and-ask and opens D10a where ageCertain is no, which this product: unknown is not no asks.',
    ]);
  });
});

it('a draft is refused where a duty of law stops before it is kept', () => {
  const { hardStop } = ruleOf('D17');
  expect(found(row('D5', { hardStop: hardStop as NonNullable<typeof hardStop> }))).toEqual([
    'D5 is law by 42 U.S.C. 671(a)(34): it has no pathway, subjects or stop that it ends with.',
  ]);
});

describe('a draft is refused where of substance use', () => {
  const service = (change: object): Partial<Policy> => ({
    catalogue: { ...policy.catalogue, 'substance-use': { ...policy.catalogue['substance-use'], ...change } },
  });
  it.each([
    ['no consent is asked for', service({ consent: [] }), 'begins without the consent written-part-2'],
    ['another consent is enough', service({ consent: ['written-part-2', 'child'] }), 'begins without the consent'],
    ['the service waits for nothing', service({ urgent: true }), 'begins without the consent written-part-2'],
  ])('%s', (_, change, words) => {
    expect(found(change)).toEqual([
      `The service substance-use ${words.includes('-part-2') ? words : `${words} written-part-2`}, against 42 CFR Part 2.`,
    ]);
  });

  it('the records do not stand apart', () => {
    expect(found(service({ part2: undefined }))).toEqual([
      'The records of substance-use do not stand apart, against 42 CFR Part 2.',
    ]);
  });

  it('nothing waits for counsel any more', () => {
    expect(found(service({ awaitsLegalSignOff: false }))).toEqual([
      'The service substance-use is confirmed further than 42 CFR Part 2 is in the law beside it.',
    ]);
  });
});

describe('a draft is refused where the team', () => {
  const seats = (change: (seat: SeatRule) => readonly SeatRule[]): Partial<Policy> => ({
    team: { ...policy.team, seats: policy.team.seats.flatMap(change) },
  });
  const of = (discipline: Discipline, change: (seat: SeatRule) => readonly object[]) =>
    seats((seat) => (seat.discipline === discipline ? (change(seat) as readonly SeatRule[]) : [seat]));
  const without = (discipline: Discipline, field: 'consentFirst' | 'privileged') =>
    of(discipline, ({ [field]: _, ...rest }) => [rest]);
  const bureau = 'The team has no seat for youth-service-bureau, which C.G.S. 17a-106a(c) names where appropriate.';
  it.each([
    [
      'hears of a patient without written consent',
      without('substance-use-provider', 'consentFirst'),
      'The seat of substance-use-provider asks for no written consent first, against 42 CFR Part 2.',
    ],
    [
      'may ask the treatment provider for what was said in confidence',
      without('substance-use-provider', 'privileged'),
      'The seat of substance-use-provider is not marked as privileged, against 42 CFR Part 2.',
    ],
    [
      'may ask the therapist',
      without('mental-health', 'privileged'),
      'The seat of mental-health is not marked as privileged, against C.G.S. 52-146c and 52-146q to 52-146s.',
    ],
    [
      'may ask the advocate',
      without('victim-advocate', 'privileged'),
      'The seat of victim-advocate is not marked as privileged, against C.G.S. 52-146k.',
    ],
    [
      'seats the advocate twice, once unguarded',
      of('victim-advocate', ({ privileged, ...rest }) => [
        { privileged, ...rest },
        { ...rest, seat: 'invited' },
      ]),
      'The seat of victim-advocate is not marked as privileged, against C.G.S. 52-146k.',
    ],
    ['has no seat for the youth service bureau', of('youth-service-bureau', () => []), bureau],
    [
      'seats the youth service bureau by grace alone',
      of('youth-service-bureau', (seat) => [{ ...seat, seat: 'invited' }]),
      bureau,
    ],
    [
      'confirms what was written from memory',
      of('victim-advocate', (seat) => [{ ...seat, privileged: { source: 'C.G.S. 52-146k', confidence: 'verified' } }]),
      'The seat of victim-advocate marks C.G.S. 52-146k verified, which is believed in the law beside it.',
    ],
    [
      'confirms what was seen in a summary alone',
      of('medical', (seat) => [{ ...seat, confidence: 'verified' }]),
      'The seat of medical is marked verified, and C.G.S. 17a-106a(c) is summary in the law beside it.',
    ],
  ])('%s', (_, change, sentence) => {
    expect(found(change)).toEqual([sentence]);
  });

  it('and not where it leaves out a seat that no law names, or always seats the youth service bureau', () => {
    expect(found(of('substance-use-provider', () => []))).toEqual([]);
    expect(
      found({
        ...of('youth-service-bureau', (seat) => [{ ...seat, seat: 'required' }]),
        requiredDisciplines: [...policy.requiredDisciplines, 'youth-service-bureau'],
      }),
    ).toEqual([]);
  });

  const notice = (change: object): Partial<Policy> => ({
    team: { ...policy.team, notice: { ...policy.team.notice, ...change } },
  });
  const says = 'The notice of confidentiality does not say what C.G.S. 17a-28 and 17a-106a asks: it names no 17a-28.';
  const asks =
    'The notice of confidentiality does not ask for a conflict of interest, against C.G.S. 17a-28 and 17a-106a.';
  it.each([
    ['that says nothing of the law', notice({ sentences: ['Welcome to the team.'] }), says],
    [
      'that is called confirmed',
      notice({ confidence: 'verified' }),
      'The notice of confidentiality is marked verified, and C.G.S. 17a-28 and 17a-106a is summary in the law beside it.',
    ],
    ['with a question that asks nothing', notice({ question: 'Thank you.' }), asks],
  ])('signs a notice %s', (_, change, sentence) => {
    expect(found(change)).toEqual([sentence]);
  });
});

describe('a draft cannot confirm what the law beside it leaves unconfirmed', () => {
  it.each([
    ['D24', 'verified', 'doubtful'],
    ['D24', 'believed', 'doubtful'],
    ['D3', 'verified', 'summary'],
    ['D13', 'verified', 'assumed'],
  ] as const)('%s as %s, which is %s', (id, claimed, known) => {
    const said = found(row(id, { confidence: claimed }));
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(new RegExp(`^${id} is marked ${claimed}, and .* is ${known} in the law beside it\\.$`));
  });

  it('nor the ground of trafficking, of which a summary alone was seen', () => {
    const eligibility = policy.eligibility.map((each) => ({ ...each, confidence: 'verified' as const }));
    expect(found({ eligibility })).toEqual([
      'Eligibility row 6 is marked verified, and C.G.S. 46b-120 (Public Act 14-186) is summary in the law beside it.',
    ]);
  });

  it('nor take away that it awaits counsel', () => {
    expect(found(row('D24', { awaitsLegalSignOff: false }))).toEqual([
      'D24 no longer awaits legal sign-off, and no lawyer has signed off C.G.S. 17a-101g in the law beside it.',
    ]);
    expect(found(row('D5', { awaitsLegalSignOff: false }))).toHaveLength(1);
  });

  it('but says so once counsel has signed off the clause', () => {
    const limits = connecticutLaw.limits.map((limit) =>
      limit.rule === 'D5' ? { ...limit, signedOff: true as const } : limit,
    );
    expect(found(row('D5', { awaitsLegalSignOff: false }), { ...connecticutLaw, limits })).toEqual([]);
  });

  it('and may be less sure of it', () => {
    expect(found(row('D5', { confidence: 'doubtful' }))).toEqual([]);
  });
});

describe('a draft is refused where an alert reaches no person who can act on it:', () => {
  const clause = 'this product (an alert reaches a person who can act on it)';
  const told = (id: string) => `${id} (${ruleOf(id).source})`;
  it.each([
    [
      'the auditor alone',
      row('D5', { alert: ['auditor'] }),
      `${told('D5')} alerts none of the staff, against ${clause}.`,
    ],
    [
      'the auditor alone, next',
      row('D11', { escalate: ['auditor'] }),
      `${told('D11')} escalates none of the staff, against ${clause}.`,
    ],
    [
      'of a clock of law, the seats of a team alone',
      row('D6', { alert: ['seats'] }),
      `${told('D6')} alerts none of the staff, against ${clause}.`,
    ],
    [
      'of a clock of policy, those who only look on',
      row('D21', { alert: ['auditor', 'administrator'] }),
      `${told('D21')} alerts only administrator or auditor, against ${clause}.`,
    ],
    [
      'the auditor after all others',
      { afterEscalation: ['careline-manager', 'auditor'] },
      `After the escalation come careline-manager, auditor, who are not all of the staff, against ${clause}.`,
    ],
    [
      'once, and never again',
      { mostAlerts: 1 },
      `A person gets 1 alerts of a deadline, and ${clause} asks for 4 to 20.`,
    ],
    [
      'the same for ever, and no one after them',
      { mostAlerts: 21 },
      `A person gets 21 alerts of a deadline, and ${clause} asks for 4 to 20.`,
    ],
    [
      'the deputy of a seat after years',
      { team: { ...policy.team, deputyAfter: { ...policy.team.deputyAfter, silence: days(3650) } } },
      `A deputy is asked after 3650 calendar days, and ${clause} allows 30 calendar days.`,
    ],
  ] as const)('%s', (_, change, sentence) => {
    expect(found(change as Partial<Policy>)).toEqual([sentence]);
  });

  it.each([
    ['of the screening, which is a duty of law, a provider alone', 'D9', ['provider'], ['hart-lead'], 'alerts'],
    ['of the screening, next, a provider alone', 'D9', ['hart-liaison'], ['provider'], 'escalates'],
  ] as const)('%s', (_, id, alert, escalate, does) => {
    expect(found(row(id, { alert, escalate }))).toEqual([`${told(id)} ${does} none of the staff, against ${clause}.`]);
  });

  it.each([
    ['D5', ['careline-worker'], ['careline-worker']],
    ['D5', ['careline-worker', 'area-director'], ['area-director', 'seats', 'auditor']],
    ['D9', ['hart-liaison', 'hart-lead'], ['hart-lead']],
  ] as const)('of %s next, those alone who were told before: %j, %j', (id, alert, escalate) => {
    expect(found(row(id, { alert, escalate }))).toEqual([
      `${told(id)} escalates to none of the staff who was not alerted before, against ${clause}.`,
    ]);
  });

  it('and not where it escalates to one more person, or a duty of practice to the same', () => {
    expect(found(row('D5', { escalate: ['hart-liaison', 'area-director'] }))).toEqual([]);
    expect(found(row('D21', { escalate: ['caseworker'] }))).toEqual([]);
  });

  it.each([days(31), days(3650), hours(24 * 32)])('of what is overdue, in silence for %j', (repeatOverdueEvery) => {
    expect(found({ repeatOverdueEvery }).join(' ')).toMatch(
      /^What is overdue is told again after .*, and this product .* allows 30 calendar days\.$/,
    );
  });

  it('every clock of law, one by one', () => {
    const deadlines = policy.deadlines.map(
      (rule): DeadlineRule => ({ ...rule, alert: ['auditor'], escalate: ['auditor'] }),
    );
    expect(found({ deadlines })).toHaveLength(2 * deadlines.length);
  });

  it('and not where it tells the auditor too, or other staff, or four times', () => {
    expect(found(row('D5', { alert: ['caseworker', 'auditor'] }))).toEqual([]);
    expect(found({ mostAlerts: 4 })).toEqual([]);
  });

  it('the staff that the law means are those of the product', () => {
    expect(connecticutLaw.floor?.alerts.staff.toSorted()).toEqual(staff.toSorted());
  });
});

describe('a draft is refused where an unknown takes from a child what it would have with the answer no:', () => {
  const rows = (
    number: number,
    when: EligibilityRule['when'],
    more: Partial<EligibilityRule> = {},
  ): Partial<Policy> => ({
    eligibility: policy.eligibility.map((each) =>
      each.number === number ? { ...each, when: { ...each.when, ...when }, ...more } : each,
    ),
  });
  const ahead = (number: number, ...added: readonly EligibilityRule[]): Partial<Policy> => ({
    eligibility: policy.eligibility.flatMap((each) => (each.number === number ? [...added, each] : [each])),
  });
  const made = { number: 1, basis: 'Nothing', confidence: 'assumed' } as const;
  it.each([
    [
      'perhaps in custody is in custody',
      rows(5, { inCustody: ['yes', 'unknown'] }),
      /proposes basis-noted where inCustody is unknown, and basis-trafficking where it is no \(under-18, confirmed\)/,
    ],
    [
      'perhaps emancipated is emancipated',
      rows(4, { emancipated: ['yes', 'unknown'] }),
      /proposes legal-review where emancipated is unknown, and basis-noted where it is no \(under-18, confirmed\)/,
    ],
    [
      'perhaps emancipated has nothing',
      ahead(5, {
        ...made,
        when: { age: ['under-18'], outcome: ['at-risk'], emancipated: ['unknown'] },
        outcome: 'no-basis',
      }),
      /proposes no-basis where emancipated is unknown, and (basis-other-ground|prevention-services) where it is no/,
    ],
    [
      'perhaps housed is worse off than housed',
      ahead(9, {
        ...made,
        when: { age: ['under-18'], outcome: ['at-risk'], otherGround: ['unknown'] },
        outcome: 'no-basis',
      }),
      /proposes no-basis where otherGround is unknown, and prevention-services where it is no/,
    ],
    [
      'perhaps a resident is worse off than both',
      ahead(5, {
        ...made,
        when: { age: ['under-18'], outcome: ['high-risk'], resident: ['unknown'] },
        outcome: 'services-only',
      }),
      /proposes services-only where resident is unknown, and basis-[a-z-]+ where it is yes/,
    ],
    [
      'perhaps a client is none',
      ahead(3, { ...made, when: { age: ['18-to-20'], dcfClient: ['unknown'] }, outcome: 'not-eligible-age' }),
      /proposes not-eligible-age where dcfClient is unknown, and not-uncared-for where it is yes/,
    ],
  ])('%s', (_, change, words) => {
    const said = found(change);
    expect(said.join(' ')).toMatch(words);
    expect(said.at(-1)).toMatch(/, against this product: unknown is not no\.$/);
  });

  it('nor is a client under 21 turned away for the age', () => {
    const turnedAway = policy.eligibility.map((each) =>
      each.outcome === 'not-uncared-for' ? { ...each, outcome: 'not-eligible-age' as const } : each,
    );
    expect(found({ eligibility: turnedAway }).join(' ')).toContain(
      'proposes one of not-eligible-age for age 18-to-20, dcfClient yes, against 42 U.S.C. 671(a)(9).',
    );
  });

  it('and not where a lawyer is asked whether the child is a resident, or a client', () => {
    expect(
      found(ahead(5, { ...made, when: { age: ['under-18'], resident: ['unknown'] }, outcome: 'legal-review' })),
    ).toEqual([]);
  });
});

describe('a draft is refused where its decision empties a ground of the law:', () => {
  const changed = (
    from: EligibilityRule['outcome'],
    to: EligibilityRule['outcome'],
    number?: number,
  ): Partial<Policy> => ({
    eligibility: policy.eligibility.map((each) =>
      each.outcome === from && (number ?? each.number) === each.number ? { ...each, outcome: to } : each,
    ),
  });
  const groundC = 'C.G.S. 46b-120 (Public Act 14-186)';
  it.each(['legal-review', 'basis-noted', 'basis-other-ground', 'services-only'] as const)(
    'a confirmed resident is proposed as %s',
    (to) => {
      expect(found(changed('basis-trafficking', to))[0]).toBe(
        `The eligibility table proposes ${to} for age under-18, outcome confirmed, resident yes, emancipated no, exploitedFor sex or sex-and-labor or unknown, inCustody no or unknown, and ${groundC} asks for basis-trafficking.`,
      );
    },
  );

  it('only where something else is known as well', () => {
    const eligibility = policy.eligibility.flatMap((each) =>
      each.number === 6
        ? [
            {
              ...each,
              number: 1,
              when: { ...each.when, otherGround: ['yes'] as const },
              outcome: 'basis-other-ground' as const,
            },
            each,
          ]
        : [each],
    );
    expect(found({ eligibility }).join(' ')).toContain(
      `proposes basis-other-ground for age under-18, outcome confirmed, resident yes, emancipated no`,
    );
  });

  it('a confirmed resident in custody is left to a lawyer', () => {
    expect(found(changed('basis-noted', 'legal-review'))).toContain(
      `The eligibility table proposes legal-review for age under-18, outcome confirmed, resident yes, emancipated no, exploitedFor sex or sex-and-labor or unknown, inCustody yes, and ${groundC} asks for basis-noted or basis-trafficking.`,
    );
  });

  it.each([
    [
      'a child at risk',
      changed('prevention-services', 'no-basis'),
      'no-basis for age under-18, outcome at-risk, against 42 U.S.C. 671(a)(9)(C).',
    ],
    [
      'a homeless child without another known fact',
      changed('basis-other-ground', 'no-basis', 10),
      'no-basis for age under-18, emancipated no, otherGround yes, against C.G.S. 46b-120.',
    ],
  ] as const)('%s has no basis', (_, change, words) => {
    expect(found(change)).toContain(`The eligibility table proposes one of ${words}`);
  });

  it('and not where a child in custody has the ground of trafficking as well', () => {
    expect(found(changed('basis-noted', 'basis-trafficking')).filter((each) => !each.includes('is marked'))).toEqual(
      [],
    );
  });
});

describe('a draft is refused where services', () => {
  const clause = 'C.G.S. 17a-106f(a)';
  const opens = (change: Partial<Policy['servicesFor']>) =>
    found({ servicesFor: { ...policy.servicesFor, ...change } });
  it.each(['confirmed', 'high-risk'] as const)('are opened for no child who is %s', (outcome) => {
    expect(opens({ [outcome]: [] })).toContain(`It opens no service for ${outcome}, against ${clause}.`);
  });

  it('are fewer for a child who is confirmed', () => {
    expect(opens({ confirmed: ['victim-advocacy'] })).toEqual([
      `It opens mental-health for high-risk and not for confirmed, against ${clause}.`,
    ]);
  });

  it.each([
    ['medical-acute-forensic', ['parent-or-guardian']],
    ['medical-acute-forensic', ['child']],
    ['safe-placement', ['parent-or-guardian']],
  ] as const)('of acute medicine and safety wait for consent: %s, %j', (service, consent) => {
    const { urgent: _, ...entry } = policy.catalogue[service];
    const waiting = { ...policy.catalogue, [service]: { ...entry, consent } };
    expect(found({ catalogue: waiting })).toEqual([
      `The service ${service} waits for the consent ${consent.join(' or ')}, against this product (acute medical care and safety wait for no consent).`,
    ]);
    expect(found({ catalogue: { ...waiting, [service]: { ...entry, consent: [] } } })).toEqual([]);
  });
});
