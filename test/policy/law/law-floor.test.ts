/** What law asks of a policy besides its times: the people who hear, the team, consent, services and decision tables. */
import { describe, expect, it } from 'vitest';
import { staff } from '../../../shared/domain/core/role-groups.ts';
import type { Discipline } from '../../../shared/domain/core/vocabulary.ts';
import type { DeadlineRule, EligibilityRule, Policy } from '../../../shared/domain/policy/policy.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { connecticutLaw } from '../../../shared/policy/law/connecticut-law.ts';
import { problemsOf } from '../../../shared/policy/law/law.ts';

const found = (change: Partial<Policy>) => problemsOf({ ...policy, version: 'draft', ...change }, connecticutLaw);
const row = (id: string, change: Partial<DeadlineRule>): Partial<Policy> => ({
  deadlines: policy.deadlines.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)),
});

const without = (discipline: Discipline, field: 'consentFirst' | 'privileged'): Partial<Policy> => ({
  team: {
    ...policy.team,
    seats: policy.team.seats.map(({ [field]: guard, ...seat }) =>
      guard && seat.discipline !== discipline ? { ...seat, [field]: guard } : seat,
    ),
  },
});
const substanceUse = (change: object): Partial<Policy> => ({
  catalogue: { ...policy.catalogue, 'substance-use': { ...policy.catalogue['substance-use'], ...change } },
});
const decided = (number: number, outcome: EligibilityRule['outcome']): Partial<Policy> => ({
  eligibility: policy.eligibility.map((each) => (each.number === number ? { ...each, outcome } : each)),
});
const seats = policy.team.seats.filter(({ discipline }) => discipline !== 'medical');
const requiredDisciplines = policy.requiredDisciplines.filter((each) => each !== 'medical');

describe('a policy is refused where', () => {
  it.each<[string, Partial<Policy>, string]>([
    ['a duty of law tells no one who can act', row('D5', { alert: ['auditor'] }), 'alerts none of the staff'],
    ['a duty of law tells the team alone', row('D6', { alert: ['seats'] }), 'alerts none of the staff'],
    [
      'a duty of law without a number tells a provider alone',
      row('D9', { alert: ['provider'] }),
      'alerts none of the staff',
    ],
    [
      'a duty of law tells no one more when it is overdue',
      row('D5', { alert: ['careline-worker'], escalate: ['careline-worker', 'auditor'] }),
      'escalates to none of the staff who was not alerted before',
    ],
    ['the team lacks a seat of the statute', { requiredDisciplines, team: { ...policy.team, seats } }, '17a-106a(c)'],
    [
      'the team has no seat for the youth service bureau',
      { team: { ...policy.team, seats: policy.team.seats.filter((each) => each.seat !== 'conditional') } },
      'The team has no seat for youth-service-bureau, which C.G.S. 17a-106a(c) names where appropriate.',
    ],
    [
      'a treatment provider speaks of a patient without consent',
      without('substance-use-provider', 'consentFirst'),
      '42 CFR Part 2',
    ],
    ['the therapist may be asked what was said', without('mental-health', 'privileged'), 'C.G.S. 52-146c'],
    ['the advocate may be asked what was said', without('victim-advocate', 'privileged'), 'C.G.S. 52-146k'],
    ['treatment needs no consent', substanceUse({ consent: [] }), 'begins without the consent written-part-2'],
    ['treatment waits for no consent', substanceUse({ urgent: true }), 'begins without the consent written-part-2'],
    ['its records stand with the others', substanceUse({ part2: undefined }), 'do not stand apart, against 42 CFR'],
    [
      'members sign a notice without the law',
      { team: { ...policy.team, notice: { ...policy.team.notice, sentences: ['Welcome.'] } } },
      'it names no 17a-28.',
    ],
    [
      'a tribe has a day less',
      { tribes: { ...policy.tribes, daysAfterReceipt: 9 } },
      'The tribe has 9 days (daysAfterReceipt), and C.G.S. 46b-116d and 25 U.S.C. 1912(a) gives 10.',
    ],
    [
      'a third party is not reported to police',
      { overlays: policy.overlays.filter(({ flags }) => !flags.includes('police-referral')) },
      'No overlay says police-referral where thirdParty is yes, which C.G.S. 17a-101g(a) asks.',
    ],
    ['a confirmed child has no basis', decided(6, 'no-basis'), 'against C.G.S. 17a-106f(a).'],
    ['a confirmed child is left to a lawyer', decided(6, 'legal-review'), 'asks for basis-trafficking.'],
    ['a client under 21 is turned away for the age', decided(3, 'not-eligible-age'), 'against 42 U.S.C. 671(a)(9).'],
    ['a child at risk has no basis', decided(11, 'no-basis'), 'against 42 U.S.C. 671(a)(9)(C).'],
    [
      'a confirmed child has fewer services than one at high risk',
      { servicesFor: { ...policy.servicesFor, confirmed: ['victim-advocacy'] } },
      'It opens mental-health for high-risk and not for confirmed, against C.G.S. 17a-106f(a).',
    ],
    [
      'the calendar rests a day more',
      {
        calendar: {
          ...policy.calendar,
          isBusinessDay: (day) => day !== '2026-11-27' && policy.calendar.isBusinessDay(day),
        },
      },
      'The calendar does not count 2026-11-27 as a business day, which it is by C.G.S. 1-4.',
    ],
  ])('%s', (_, change, words) => {
    expect(found(change).join(' ')).toContain(words);
  });

  const unlike = 'D4 and D3 are in one group of duties, police-notice, and tell different people.';
  it.each<[string, Partial<DeadlineRule>, string]>([
    ['tells different people', { alert: ['hart-liaison'] }, unlike],
    ['escalates to different people', { escalate: ['area-director'] }, unlike],
    ['tells different people without a liaison', { alertUntilAccepted: ['hart-lead'] }, unlike],
    [
      'tells a provider',
      { alert: ['careline-worker', 'hart-liaison', 'provider'] },
      'D4 tells a provider, so it can be in no group of duties.',
    ],
    [
      'has a hard stop',
      { hardStop: policy.deadlines.find(({ hardStop }) => hardStop)?.hardStop as never },
      'D4 has a hard stop, so it can be in no group of duties.',
    ],
  ])('a group merges away a duty of law that %s', (_, change, sentence) => {
    expect(found(row('D4', change))).toContain(sentence);
  });

  it.each<[string, Partial<Policy>, string]>([
    [
      'one id is there twice',
      { deadlines: [...policy.deadlines, ...policy.deadlines.slice(0, 1)] },
      'D1 is there twice.',
    ],
    [
      'a row opens a deadline that there is not',
      { overlays: policy.overlays.map((each) => ({ ...each, opens: ['D99'] })) },
      'Overlay A names D99, which is no deadline of this policy.',
    ],
    ['a child has no row', { eligibility: [] }, 'The eligibility table has no row for some child.'],
    [
      'an answer has no screening rule',
      { screening: { ...policy.screening, rules: policy.screening.rules.slice(0, -1) } },
      'The screening rules end without one for all the rest.',
    ],
    ['two lists name other seats', { requiredDisciplines }, 'not those whose seat is required.'],
    ['the escalation comes with the due instant', { overdueAt: 1 }, 'The reminder comes before the warning'],
    ['it is of another place', { jurisdiction: 'Elsewhere' }, 'It is not bound by the law of Connecticut.'],
    [
      'a warning comes too late',
      row('D11', { warnAfter: [{ unit: 'hours', amount: 97 }] }),
      'D11 warns after it is due',
    ],
  ])('its parts contradict each other: %s', (_, change, sentence) => {
    expect(found(change).join(' ')).toContain(sentence);
  });
});

it('a policy may ask for more: other people told as well, a day of work more, a seat more', () => {
  const working = (date: string) => date === '2026-11-28' || policy.calendar.isBusinessDay(date);
  expect(
    found({
      ...row('D5', { alert: ['caseworker', 'auditor'] }),
      calendar: { ...policy.calendar, isBusinessDay: working },
    }),
  ).toEqual([]);
});

it('the staff that the law means are those of the product', () => {
  expect(connecticutLaw.floor?.alerts.staff.toSorted()).toEqual(staff.toSorted());
});
