import { describe, expect, it } from 'vitest';
import { disciplines, outcomes, roles, services } from '../../../shared/domain/core/vocabulary.ts';
import type { Confidence } from '../../../shared/domain/policy/confidence.ts';
import { durationWords } from '../../../shared/domain/policy/due.ts';
import { policyInForce } from '../../../shared/domain/policy/in-force.ts';
import { type DeadlineRule, type Recipient, ruleIn } from '../../../shared/domain/policy/policy.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { policyOf, released } from '../../../shared/policy/policies.ts';
import { bringAbout, sceneOf } from '../../support/scenes.ts';

const say = (duration: DeadlineRule['duration']) =>
  duration.unit === 'same-day' ? durationWords(duration).replace('the ', '') : `${duration.amount} ${duration.unit}`;

/**
 * The first table of deadlines, written out apart from the policy so that a change of either is seen (docs/domain.md#deadlines).
 * A hospital contact, and the provider of D19a before there is one, get mail through the service's referral.
 */
const firstTable: readonly (readonly [
  id: string,
  kind: 'statute' | 'policy',
  clock: string,
  duration: string,
  alert: string,
  escalate: string,
  escalation: string,
  confidence: Confidence,
])[] = [
  [
    'D1',
    'statute',
    'receipt of the report',
    '30 minutes',
    'careline-supervisor',
    'careline-manager',
    '30 minutes',
    'assumed',
  ],
  ['D2', 'statute', 'receipt of the report', '48 hours', 'careline-worker', 'careline-supervisor', 'due', 'summary'],
  [
    'D3',
    'statute',
    'receipt of the report',
    '12 hours',
    'careline-worker hart-liaison',
    'area-director hart-director',
    'due',
    'summary',
  ],
  [
    'D4',
    'statute',
    'receipt of the report',
    '12 hours',
    'careline-worker hart-liaison',
    'area-director hart-director',
    'due',
    'assumed',
  ],
  [
    'D5',
    'statute',
    'the identification as a victim',
    '24 hours',
    'hart-liaison caseworker',
    'area-director hart-director',
    'due',
    'verified',
  ],
  ['D6', 'statute', 'receipt of the report', '2 hours', 'area-oncall', 'director-oncall', 'due', 'verified'],
  ['D7', 'statute', 'receipt of the report', '24 hours', 'careline-supervisor', 'area-director', 'due', 'assumed'],
  ['D8', 'policy', 'receipt of the report', '4 hours', 'hart-lead', 'hart-director', 'a quarter', 'assumed'],
  ['D9', 'policy', 'receipt of the report', '24 hours', 'hart-liaison', 'hart-lead', '12 hours', 'assumed'],
  [
    'D10',
    'policy',
    'the screening outcome',
    '24 hours',
    'area-supervisor legal',
    'program-manager',
    'a quarter',
    'assumed',
  ],
  // Questions of the decision that have a clock: the unknown age, and the notice to the home state (docs/domain.md#decision-table).
  [
    'D10a',
    'policy',
    'the screening outcome',
    '24 hours',
    'caseworker hart-liaison',
    'area-supervisor',
    'a quarter',
    'assumed',
  ],
  [
    'D10b',
    'policy',
    'the proposal for a child of another state',
    '1 business-days',
    'caseworker legal',
    'program-manager',
    'a quarter',
    'assumed',
  ],
  ['D11', 'statute', 'the invocation of the hold', '96 hours', 'legal area-director', 'aag-liaison', 'due', 'verified'],
  [
    'D12a',
    'statute',
    'the information that the child is missing',
    '1 hours',
    'careline-worker caseworker',
    'area-director',
    'due',
    'assumed',
  ],
  [
    'D12b',
    'statute',
    'the information that the child is missing',
    '1 hours',
    'careline-worker caseworker',
    'area-director',
    'due',
    'assumed',
  ],
  ['D13', 'statute', 'the return of the child', '24 hours', 'caseworker', 'hart-lead', 'a quarter', 'assumed'],
  [
    'D15',
    'policy',
    'the notice to the team',
    '5 business-days',
    'mdt-coordinator seats',
    'mdt-chair hart-director',
    'a quarter',
    'assumed',
  ],
  [
    'D16',
    'policy',
    'the last meeting or review of the team',
    '30 calendar-days',
    'mdt-coordinator',
    'mdt-chair',
    'a quarter',
    'believed',
  ],
  ['D17', 'policy', 'receipt of the report', '4 hours', 'hart-liaison', 'area-supervisor', 'a quarter', 'assumed'],
  ['D17b', 'policy', 'receipt of the report', '24 hours', 'hart-liaison', 'area-supervisor', 'a quarter', 'assumed'],
  [
    'D18',
    'policy',
    'the classification as an investigation',
    '5 calendar-days',
    'caseworker',
    'area-supervisor',
    'a quarter',
    'verified',
  ],
  ['D19a', 'policy', 'the screening outcome', '24 hours', 'hart-liaison', 'hart-lead', 'a quarter', 'assumed'],
  [
    'D19b',
    'policy',
    'the referral to the provider',
    '72 hours',
    'provider hart-liaison',
    'hart-lead',
    'a quarter',
    'assumed',
  ],
  [
    'D20',
    'policy',
    'the notice to the team',
    '5 business-days',
    'mdt-coordinator',
    'mdt-chair',
    'a quarter',
    'assumed',
  ],
  ['D21', 'policy', 'receipt of the report', '24 hours', 'caseworker', 'area-director', 'a quarter', 'assumed'],
  [
    'D22a',
    'policy',
    'the screening outcome',
    '3 business-days',
    'caseworker',
    'area-supervisor',
    'a quarter',
    'assumed',
  ],
  [
    'D22b',
    'policy',
    'the referral to the provider',
    '14 calendar-days',
    'caseworker provider',
    'area-supervisor',
    'a quarter',
    'assumed',
  ],
  [
    'D23',
    'policy',
    'the screening outcome',
    '10 business-days',
    'caseworker',
    'area-supervisor',
    'a quarter',
    'assumed',
  ],
  [
    'D24',
    'statute',
    'receipt of the report',
    '45 calendar-days',
    'area-supervisor',
    'area-director',
    'a quarter',
    'doubtful',
  ],
  [
    'D24a',
    'policy',
    'receipt of the report',
    '45 calendar-days',
    'area-supervisor',
    'area-director',
    'a quarter',
    'assumed',
  ],
  [
    'D25',
    'statute',
    'the reasonable cause to believe that abuse occurred',
    '1 business-days',
    'caseworker legal',
    'program-manager',
    'a quarter',
    'assumed',
  ],
  [
    'D26',
    'policy',
    'the first entry to care',
    '30 calendar-days',
    'caseworker',
    'area-supervisor',
    'a quarter',
    'verified',
  ],
  [
    'D27',
    'statute',
    'the discovery that a foreign national may be a victim',
    '24 hours',
    'caseworker legal',
    'program-manager',
    'a quarter',
    'verified',
  ],
  ['D28', 'policy', 'the screening outcome', '72 hours', 'hart-liaison', 'hart-lead', 'a quarter', 'assumed'],
  ['D29', 'policy', 'the screening outcome', '24 hours', 'area-supervisor', 'careline-manager', 'a quarter', 'assumed'],
  [
    'D30',
    'policy',
    'the word that the person is of age',
    '5 business-days',
    'caseworker',
    'area-supervisor',
    'a quarter',
    'assumed',
  ],
  [
    'D31',
    'policy',
    'the candidates found',
    '30 minutes',
    'careline-worker',
    'careline-supervisor',
    'a quarter',
    'assumed',
  ],
  [
    'D32',
    'policy',
    'the meeting without the discipline',
    '2 business-days',
    'mdt-coordinator',
    'mdt-chair',
    'a quarter',
    'assumed',
  ],
  [
    'D33',
    'policy',
    'the conditions of closure met',
    '10 business-days',
    'caseworker',
    'area-supervisor',
    'a quarter',
    'assumed',
  ],
  [
    'D34',
    'policy',
    'the last business day before the month that holds the 90th day before the eighteenth birthday',
    'same day',
    'caseworker',
    'area-supervisor',
    'a quarter',
    'assumed',
  ],
];

/** What this product adds: no clock watched a need between the referral and what became of it. */
const ours: typeof firstTable = [
  [
    'D35a',
    'policy',
    'the need for the service',
    '3 business-days',
    'caseworker',
    'area-supervisor',
    'a quarter',
    'assumed',
  ],
  [
    'D35b',
    'policy',
    'the referral to the provider',
    '10 business-days',
    'provider caseworker',
    'area-supervisor',
    'a quarter',
    'assumed',
  ],
  [
    'D36a',
    'policy',
    'the first start of a service',
    '91 calendar-days',
    'caseworker',
    'area-supervisor',
    '14 calendar-days',
    'assumed',
  ],
  [
    'D36b',
    'policy',
    'the first start of a service',
    '182 calendar-days',
    'caseworker',
    'area-supervisor',
    '14 calendar-days',
    'assumed',
  ],
  [
    'D36c',
    'policy',
    'the first start of a service',
    '365 calendar-days',
    'caseworker',
    'area-supervisor',
    '14 calendar-days',
    'assumed',
  ],
  ...(
    [
      ['D37a', 'the proposal', '2 business-days', 'hart-lead hart-director', 'program-manager'],
      ['D37b', 'the proposal', '2 business-days', 'careline-supervisor careline-manager', 'program-manager'],
      ['D37c', 'the proposal', '2 business-days', 'hart-lead hart-director', 'program-manager'],
      ['D37d', 'the proposal', '10 business-days', 'careline-manager program-manager', 'hart-director'],
      [
        'D37e',
        'the corrected place',
        '4 hours',
        'careline-worker careline-supervisor careline-manager',
        'program-manager',
      ],
      ['D37f', 'the word that no team is known', '4 hours', 'careline-supervisor', 'careline-manager'],
      [
        'D37g',
        'the word that a required seat is vacant',
        '1 business-days',
        'mdt-coordinator mdt-chair',
        'program-manager',
      ],
      ['D37h', 'the proposal', '4 hours', 'careline-supervisor area-supervisor', 'careline-manager area-director'],
      ['D37i', 'the emergency access', '2 business-days', 'careline-manager', 'program-manager'],
      ['D37j', 'the question of safety', '1 business-days', 'legal', 'program-manager'],
    ] as const
  ).map(([id, start, duration, alert, escalate]): (typeof firstTable)[number] => [
    id,
    'policy',
    start,
    duration,
    alert,
    escalate,
    'a quarter',
    'assumed',
  ]),
];

/** Duties that the first table of deadlines lacked (docs/domain.md#reporting, docs/domain.md#child-seen). */
const corrected: typeof firstTable = [
  [
    'D38',
    'statute',
    'the classification as an investigation',
    '5 business-days',
    'caseworker',
    'area-supervisor',
    'a quarter',
    'verified',
  ],
  [
    'D38a',
    'statute',
    'the classification as an investigation',
    '1 business-days',
    'caseworker',
    'area-supervisor',
    'a quarter',
    'assumed',
  ],
  [
    'D38b',
    'statute',
    'the finding of the investigation',
    '10 calendar-days',
    'caseworker',
    'area-supervisor',
    'a quarter',
    'summary',
  ],
  [
    'D38c',
    'policy',
    'the acceptance for assessment',
    '5 business-days',
    'caseworker',
    'area-supervisor',
    'a quarter',
    'assumed',
  ],
  [
    'D40',
    'statute',
    'the finding of the investigation',
    '5 business-days',
    'caseworker',
    'area-supervisor legal',
    'a quarter',
    'verified',
  ],
  ['D39', 'policy', 'receipt of the report', '24 hours', 'caseworker area-oncall', 'area-director', 'due', 'assumed'],
  [
    'D41a',
    'statute',
    'the word that an employee of a facility is alleged',
    '24 hours',
    'caseworker legal',
    'area-director',
    'due',
    'assumed',
  ],
  [
    'D41b',
    'statute',
    'the word that a school employee is alleged',
    '24 hours',
    'caseworker legal',
    'area-director',
    'due',
    'assumed',
  ],
  [
    'D41c',
    'statute',
    'the finding of the investigation',
    '24 hours',
    'caseworker legal',
    'area-director',
    'due',
    'assumed',
  ],
  [
    'D41d',
    'statute',
    'the finding of the investigation',
    '5 business-days',
    'caseworker legal',
    'area-director',
    'due',
    'verified',
  ],
  [
    'D41e',
    'statute',
    'the word that an employee of a facility is alleged',
    '24 hours',
    'caseworker legal',
    'area-director',
    'due',
    'assumed',
  ],
  [
    'D42',
    'statute',
    'the proceeding about a member of a tribe, or the word of membership during it',
    '2 business-days',
    'caseworker legal',
    'program-manager',
    'due',
    'assumed',
  ],
  [
    'D42a',
    'statute',
    'the proceeding about a member of a tribe, or the word of membership during it',
    '2 business-days',
    'caseworker legal',
    'program-manager',
    'due',
    'assumed',
  ],
  [
    'D43',
    'statute',
    'the ex parte order',
    '10 calendar-days',
    'legal caseworker',
    'aag-liaison area-director',
    'due',
    'believed',
  ],
  [
    'D44',
    'statute',
    'the first of the month after the one that holds the 90th day before the eighteenth birthday',
    '59 calendar-days',
    'caseworker',
    'area-supervisor',
    'a quarter',
    'believed',
  ],
  [
    'D45',
    'policy',
    'the news that the child is missing, or the last renewed search',
    '7 calendar-days',
    'caseworker',
    'area-supervisor',
    'a quarter',
    'assumed',
  ],
];

describe('the table of deadlines', () => {
  it.each([...firstTable, ...ours, ...corrected])(
    '%s: %s, from %s, %s; alerts %s, escalates to %s (%s)',
    (id, ...row) => {
      const rule = ruleIn(policy, id);
      const from = rule.escalateFrom;
      expect([
        rule.kind,
        rule.clockStart,
        say(rule.duration),
        rule.alert.join(' '),
        rule.escalate.join(' '),
        from === undefined ? 'a quarter' : from === 'due' ? 'due' : say(from),
        rule.confidence,
      ]).toEqual(row);
    },
  );

  it('holds each row of the first table, once, in its order, and then what this product adds', () => {
    expect(policy.deadlines.map(({ id }) => id)).toEqual([...firstTable, ...ours, ...corrected].map(([id]) => id));
    expect(new Set(firstTable.map(([id]) => Number.parseInt(id.slice(1), 10))).size).toBe(33);
  });

  it('lets closing wait for all but the review of the team, the final one, the search for a missing child, that of an emergency access, the notice of a birthday, the written report and what became of a service', () => {
    const others = policy.deadlines.filter(({ closing }) => closing !== 'waits');
    expect(others.map(({ id, closing }) => `${id} ${closing}`)).toEqual([
      'D2 outlives',
      'D10a ends',
      'D16 ends',
      'D33 ends',
      'D34 ends',
      'D36a outlives',
      'D36b outlives',
      'D36c outlives',
      'D37a ends',
      'D37b ends',
      'D37c ends',
      'D37d outlives',
      'D37e ends',
      'D37f ends',
      'D37g ends',
      'D37h ends',
      'D37i outlives',
      'D37j ends',
      'D44 outlives',
      'D45 ends',
    ]);
  });

  it('warns of a hold at 48, 72 and 84 hours, before its 96', () => {
    expect(ruleIn(policy, 'D11').warnAfter?.map(say)).toEqual(['48 hours', '72 hours', '84 hours']);
  });

  it('is shorter for the outcomes, the danger and the services that the rule names', () => {
    const shorter = policy.deadlines.flatMap(({ id, durationInDanger, durationFor, durationForService }) => [
      ...(durationInDanger ? [`${id} in danger: ${say(durationInDanger)}`] : []),
      ...Object.entries({ ...durationFor, ...durationForService }).map(
        ([about, time]) => `${id} ${about}: ${say(time)}`,
      ),
    ]);
    expect(shorter).toEqual([
      'D10 in danger: 4 hours',
      'D10a in danger: 4 hours',
      'D15 confirmed: 48 hours',
      'D18 in danger: 24 hours',
      'D21 in danger: same day, at least 4 hours',
      'D28 at-risk: 30 calendar-days',
      'D35a in danger: 24 hours',
      'D35a safe-placement: same day, at least 4 hours',
      'D35a basic-needs: same day, at least 4 hours',
      'D35a medical-nonacute: same day, at least 4 hours',
      'D35a victim-advocacy: 24 hours',
      'D35b in danger: 5 business-days',
      'D35b safe-placement: 24 hours',
      'D35b basic-needs: 24 hours',
      'D35b medical-nonacute: 24 hours',
      'D39 in danger: 2 hours',
    ]);
  });

  it('tightens what the law allows and never loosens it', () => {
    const limits = policy.deadlines.flatMap(({ id, duration, statutoryMaximum: limit }) =>
      limit && limit.unit === 'hours' && duration.unit === 'hours'
        ? [[id, limit.amount, duration.amount] as const]
        : [],
    );
    expect(limits.map(([id, limit]) => `${id} ${limit}`)).toEqual(['D7 72', 'D12a 24', 'D12b 24']);
    for (const [id, limit, amount] of limits) expect(amount, id).toBeLessThanOrEqual(limit);
  });
});

describe.each(policy.deadlines.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it('names its source and what it asks for', () => {
    expect(rule.source.length).toBeGreaterThan(5);
    expect(rule.obligation).toMatch(/^[A-Z]/);
    if (rule.kind === 'statute') expect(rule.source).toMatch(/C\.G\.S\.|U\.S\.C\./);
  });

  it('waits for the lawyers where it is law, or counsel has a question to answer', () => {
    expect(rule.awaitsLegalSignOff).toBe(rule.kind === 'statute' || ['D17', 'D24a'].includes(id));
  });

  it('alerts and escalates to roles and seats that exist', () => {
    const known: readonly Recipient[] = ['seats', ...roles, ...disciplines.map((each) => `seat:${each}` as const)];
    expect(rule.alert.length).toBeGreaterThan(0);
    expect(rule.escalate.length).toBeGreaterThan(0);
    for (const recipient of [...rule.alert, ...rule.escalate]) expect(known).toContain(recipient);
    expect(rule.escalate.every((recipient) => !rule.alert.includes(recipient))).toBe(true);
  });

  it('is kept by facts that a person can bring about', () => {
    expect(rule.keptBy.length).toBeGreaterThan(0);
    for (const milestone of rule.keptBy) {
      const story = sceneOf(id, milestone).after('PT1M');
      const before = story.about(id, milestone).id;
      bringAbout(story, milestone);
      expect(story.state.deadlines[before], milestone).toMatchObject({
        status: 'kept',
        late: false,
        keptAt: story.now,
      });
    }
  });
});

describe('the rest of the policy', () => {
  it('reminds at half, warns at three quarters, escalates a quarter after and then every week', () => {
    expect([policy.remindAt, policy.warnAt, policy.overdueAt]).toEqual([0.5, 0.75, 1.25]);
    expect(say(policy.repeatOverdueEvery)).toBe('7 calendar-days');
    expect([policy.mostAlerts, policy.afterEscalation]).toEqual([8, ['careline-manager', 'program-manager']]);
  });

  it('requires the seats of the statute: all but the youth service bureau', () => {
    expect(policy.requiredDisciplines).toEqual(disciplines.filter((each) => each !== 'youth-service-bureau'));
  });

  it('gives each outcome its services, and those are in the catalogue', () => {
    expect(Object.keys(policy.servicesFor)).toEqual([...outcomes]);
    for (const service of Object.values(policy.servicesFor).flat()) expect(services).toContain(service);
  });

  it('ends with a pathway only what belongs to some outcomes', () => {
    const pathways = Object.fromEntries(
      policy.deadlines.flatMap(({ id, ofPathway }) => (ofPathway ? [[id, ofPathway.join(' ')]] : [])),
    );
    const served = 'confirmed high-risk';
    expect(pathways).toEqual({
      D10: served,
      D15: served,
      D19a: served,
      D20: served,
      D22a: served,
      D23: served,
      D28: 'at-risk insufficient-info',
      D29: 'not-indicated',
    });
  });

  it('is found by its version, which a referral keeps', () => {
    expect(policyOf('connecticut-2026.1')).toMatchObject(policy);
    expect(policyInForce(released, '2026-11-09T15:00:00Z')).toBe(policyOf('connecticut-2026.1'));
    expect(() => policyOf('connecticut-1999.1')).toThrow('does not hold the policy connecticut-1999.1');
    expect(() => ruleIn(policy, 'D99')).toThrow('has no deadline D99');
  });
});
