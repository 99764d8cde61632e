/** Agreements: their states, what lacks one, and the reminders of their keepers on a movable day. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  agreementStateAt,
  agreementSteps,
  agreementsInForce,
  nextReminder,
  remindersDue,
  seatsWithoutAgreement,
  serviceAgreementLack,
  standingReminders,
} from '../../../shared/domain/agreements/agreement-states.ts';
import {
  type Agreement,
  type AgreementEvent,
  foldAgreements,
  type Terms,
} from '../../../shared/domain/agreements/agreements.ts';
import { noticesOfAgreements } from '../../../shared/domain/alerts/notices.ts';
import { addDays, newYorkDate, startOfDay } from '../../../shared/domain/policy/due.ts';
import { agreementRule } from '../../../shared/policy/agreement-rules.ts';

const terms: Terms = {
  kind: 'data-sharing',
  agencies: ['hospital'],
  providers: [],
  teams: [],
  purpose: 'team-work',
  data: ['case-facts'],
  basis: 'cgs-17a-106a',
  signedOn: '2026-01-01',
  expiresOn: '2026-12-31',
  keeperId: 'P-1',
};
const commit = (seq: number, at: string, events: readonly AgreementEvent[]) => ({
  seq,
  at,
  actor: { kind: 'person', id: 'P-1' } as const,
  events,
});
const recorded = (id: string, more: Partial<Terms> = {}): AgreementEvent => ({
  type: 'agreement-recorded',
  v: 1,
  id,
  ...terms,
  ...more,
});
const held = (...events: readonly AgreementEvent[]): readonly Agreement[] =>
  foldAgreements(events.map((event, index) => commit(index + 1, '2026-01-02T12:00:00.000Z', [event])));
const on = (day: string) => startOfDay(day);

test.each([
  ['before it is signed', '2025-12-31', {}, 'not-yet'],
  ['on its first day', '2026-01-01', {}, 'in-force'],
  ['on its last day', '2026-12-31', {}, 'in-force'],
  ['a day later', '2027-01-01', {}, 'expired'],
  ['on the day from which it ended early', '2026-06-01', { endedOn: '2026-06-01' }, 'ended'],
  ['the day before', '2026-05-31', { endedOn: '2026-06-01' }, 'in-force'],
])('%s its state is that of the New York day', (_, day, more, state) => {
  const [agreement] = held(recorded('AG-1', more));
  if (!agreement) throw new Error('It was not recorded.');
  expect(agreementStateAt(agreement, on(day))).toBe(state);
  // An hour before the day begins in New York, UTC is in the next day already.
  const before = new Date(Date.parse(on(day)) - 3_600_000).toISOString();
  expect(newYorkDate(before)).toBe(addDays(day, -1));
  expect(agreementsInForce([agreement], on(day)).length).toBe(state === 'in-force' ? 1 : 0);
});

test('one without a last day stays in force', () => {
  const { expiresOn: _, ...open } = terms;
  const [agreement] = held({ type: 'agreement-recorded', v: 1, id: 'AG-1', ...open, reviewOn: '2026-06-01' });
  expect(agreement && agreementStateAt(agreement, on('2040-01-01'))).toBe('in-force');
});

describe('what lacks an agreement', () => {
  const seats = ['medical', 'dcf', 'law-enforcement', 'survivor-mentor'] as const;

  test.each([
    ['none', [], ['medical', 'law-enforcement']],
    ['one for the state', [recorded('AG-1')], ['law-enforcement']],
    ['one for this team', [recorded('AG-1', { teams: ['MDT-HARTFORD'] })], ['law-enforcement']],
    ['one for another team', [recorded('AG-1', { teams: ['MDT-DANBURY'] })], ['medical', 'law-enforcement']],
    ['one that shares nothing', [recorded('AG-1', { data: [] })], ['medical', 'law-enforcement']],
    ['one that expired', [recorded('AG-1', { expiresOn: '2026-02-01' })], ['medical', 'law-enforcement']],
    ['one of state police', [recorded('AG-1', { agencies: ['state-police'] })], ['medical']],
  ] as const)('with %s', (_, events, lacking) => {
    const found = seatsWithoutAgreement(held(...events), 'MDT-HARTFORD', seats, on('2026-06-01'));
    expect(found.map(({ seat }) => seat)).toEqual(lacking);
  });

  test.each([
    ['none recorded', [], { state: 'none' }],
    ['the one that expired last', ['2026-02-01', '2026-03-01', '2026-01-15'], { state: 'expired', on: '2026-03-01' }],
  ] as const)('with its reason: %s', (_, ends, lack) => {
    const events = ends.map((expiresOn, index) => recorded(`AG-${index + 1}`, { expiresOn }));
    expect(seatsWithoutAgreement(held(...events), 'MDT-HARTFORD', ['medical'], on('2026-06-01'))).toEqual([
      { seat: 'medical', lack },
    ]);
  });

  test('with its reason: ended early, before one that begins later, and one that begins alone', () => {
    const early = recorded('AG-1', { endedOn: '2026-04-01' });
    const later = recorded('AG-2', { signedOn: '2026-09-01' });
    const of = (...events: readonly AgreementEvent[]) =>
      seatsWithoutAgreement(held(...events), 'MDT-HARTFORD', ['medical'], on('2026-06-01'))[0]?.lack;
    expect(of(later, early)).toEqual({ state: 'ended', on: '2026-04-01' });
    expect(of(later)).toEqual({ state: 'not-yet', on: '2026-09-01' });
  });

  test('a provider needs an agreement of the kind that 42 CFR Part 2 names', () => {
    const other = recorded('AG-1', { providers: ['PV-1'] });
    const own = recorded('AG-2', { kind: 'qualified-service-organization', providers: ['PV-1'] });
    const has = (events: readonly AgreementEvent[], provider = 'PV-1', day = '2026-06-01') =>
      serviceAgreementLack(held(...events), provider, on(day));
    expect([has([other]), has([own]), has([own], 'PV-2'), has([own], 'PV-1', '2027-01-01')]).toEqual([
      { state: 'none' },
      undefined,
      { state: 'none' },
      { state: 'expired', on: '2026-12-31' },
    ]);
  });
});

test('next steps are those that expired, expire soon or are to be reviewed, and none that ended early', () => {
  const agreements = held(
    recorded('AG-1', { expiresOn: '2026-05-31' }),
    recorded('AG-2', { expiresOn: '2026-08-30', reviewOn: '2026-06-01' }),
    recorded('AG-3', { expiresOn: '2026-08-31' }),
    recorded('AG-4', { expiresOn: '2026-06-02', endedOn: '2026-03-01' }),
  );
  expect(
    agreementSteps(agreements, agreementRule, on('2026-06-01')).map(({ what, on: day, agreement }) => [
      agreement.id,
      what,
      day,
    ]),
  ).toEqual([
    ['AG-1', 'expired', '2026-05-31'],
    ['AG-2', 'review', '2026-06-01'],
    ['AG-2', 'expires', '2026-08-30'],
  ]);
});

/** Looks at 11:00 UTC of each day on which the index has the chain. */
function play(
  events: readonly AgreementEvent[],
  from: string,
  days: number,
  skips: (day: number) => boolean = () => false,
) {
  const begin = Date.parse(`${from}T15:00:00.000Z`);
  let commits = [commit(1, new Date(begin).toISOString(), events)];
  const told: string[] = [];
  let looks = 0;
  for (let day = 1; day <= days; day += 1) {
    const now = new Date(begin + day * 86_400_000 - 4 * 3_600_000).toISOString();
    if (skips(day)) continue;
    const found = commits.flatMap((_, index) => {
      const upTo = commits.slice(0, index + 1);
      return nextReminder(foldAgreements(upTo), agreementRule, upTo.at(-1)?.at ?? '') ?? [];
    });
    if (!found.some((at) => at <= now && at >= new Date(Date.parse(now) - 14 * 86_400_000).toISOString())) continue;
    looks += 1;
    const due = remindersDue(foldAgreements(commits), agreementRule, now);
    if (due.length === 0) continue;
    commits = [...commits, commit(commits.length + 1, now, due)];
    for (const each of due) {
      if (each.type === 'agreement-reminded') told.push(`${newYorkDate(now)} ${each.id} ${each.about} ${each.days}`);
    }
  }
  return { told, looks, agreements: foldAgreements(commits) };
}

describe('reminders', () => {
  test('come 180, 90 and 30 days before the end, and on its last day, once each', () => {
    const { told, looks } = play([recorded('AG-1')], '2026-01-05', 400);
    expect(told).toEqual([
      '2026-07-04 AG-1 end 180',
      '2026-10-02 AG-1 end 90',
      '2026-12-01 AG-1 end 30',
      '2026-12-31 AG-1 end 0',
    ]);
    // The index leaves most days without a look.
    expect(looks).toBeLessThan(70);
  });

  test('of one that ends in 100 days begin at 90', () => {
    const { told } = play([recorded('AG-1', { expiresOn: '2026-04-15' })], '2026-01-05', 120);
    expect(told).toEqual(['2026-01-15 AG-1 end 90', '2026-03-16 AG-1 end 30', '2026-04-15 AG-1 end 0']);
  });

  test('whose day was past when it was recorded are not told', () => {
    const { told } = play([recorded('AG-1', { expiresOn: '2026-01-25' })], '2026-01-05', 30);
    expect(told).toEqual(['2026-01-25 AG-1 end 0']);
  });

  test('come after an outage of a week too', () => {
    const { told } = play([recorded('AG-1')], '2026-01-05', 400, (day) => day >= 178 && day < 187);
    expect(told[0]).toBe('2026-07-11 AG-1 end 180');
    expect(told).toHaveLength(4);
  });

  test('come on the day of the review, and none after an early end', () => {
    const both = [
      recorded('AG-1', { reviewOn: '2026-03-01' }),
      recorded('AG-2', { endedOn: '2026-07-01', reviewOn: '2026-08-01' }),
    ];
    const { told } = play(both, '2026-01-05', 400);
    expect(told.filter((line) => line.includes('review'))).toEqual(['2026-03-01 AG-1 review 0']);
    expect(told.filter((line) => line.includes('AG-2'))).toEqual([]);
  });

  test('stand until the agreement is renewed', () => {
    const before = held(recorded('AG-1'), {
      type: 'agreement-reminded',
      v: 1,
      id: 'AG-1',
      about: 'end',
      days: 90,
      on: '2026-12-31',
    });
    const after = held(
      recorded('AG-1'),
      { type: 'agreement-reminded', v: 1, id: 'AG-1', about: 'end', days: 90, on: '2026-12-31' },
      recorded('AG-1', { expiresOn: '2028-12-31' }),
    );
    expect(before.flatMap((each) => standingReminders(each, agreementRule))).toHaveLength(1);
    expect(noticesOfAgreements(before).map(({ reader }) => reader)).toEqual([{ personId: 'P-1' }]);
    expect(noticesOfAgreements(after)).toEqual([]);
    expect(remindersDue(after, agreementRule, on('2026-12-31'))).toEqual([]);
  });

  test('near the end go to the program manager too', () => {
    const late = held(recorded('AG-1'), {
      type: 'agreement-reminded',
      v: 1,
      id: 'AG-1',
      about: 'end',
      days: 30,
      on: '2026-12-31',
    });
    expect(noticesOfAgreements(late).map(({ id, reader }) => [id, reader])).toEqual([
      ['ALL.AGREEMENTS.2.KEEPER-1', { personId: 'P-1' }],
      ['ALL.AGREEMENTS.2.PROGRAM-MANAGER', { role: 'program-manager', scope: 'state' }],
    ]);
  });

  test('are found by the index whatever is recorded, and a second look adds nothing', () => {
    const day = fc.integer({ min: 0, max: 500 }).map((days) => addDays('2026-01-01', days));
    const given = fc.array(
      fc
        .record({ expiresOn: day, reviewOn: day, endedOn: fc.option(day, { nil: undefined }) })
        .map(({ endedOn, ...more }) => (endedOn === undefined ? more : { ...more, endedOn })),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(given, (all) => {
        const events = all.map((more, index) => recorded(`AG-${index + 1}`, more));
        const { agreements } = play(events, '2026-01-05', 520);
        const last = on('2027-06-08');
        expect(remindersDue(agreements, agreementRule, last)).toEqual([]);
        expect(nextReminder(agreements, agreementRule, last)).toBeUndefined();
      }),
      { numRuns: 20 },
    );
  });
});
