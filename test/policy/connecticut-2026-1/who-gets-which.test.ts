/**
 * A referral gets exactly the clocks that apply to its child. The tables list them for each kind of child, at each
 * stage of the work.
 */
import { describe, expect, it } from 'vitest';
import type { Story, Told } from '../../support/referral-builder.ts';
import { referral } from '../../support/referral-builder.ts';
import { meet, sceneOf } from '../../support/scenes.ts';

/** A girl of 15 who lives at home. All facts are known, and none calls for more clocks. */
const atHome = {
  age: 15,
  danger: 'no',
  population: 'living-at-home',
  legalStatus: 'none',
  dcfClient: 'no',
  perpetrators: ['caregiver'],
  missingNow: 'no',
  foreignNational: 'no',
  tribalMember: 'no',
  inFacility: 'no',
  facilityEmployee: 'no',
  schoolEmployee: 'no',
  lastAssaultAt: 'none-known',
} as const satisfies Told;
const inCare = { ...atHome, population: 'in-dcf-care', legalStatus: 'committed', dcfClient: 'yes' } as const;
const left = { ...atHome, population: 'left-dcf-care' } as const;

const story = (told: Told, more: Told = {}) => referral({ ...told, ...more }).run();
const opened = (told: Story) => told.all('deadline-opened').map(({ rule }) => rule);
/** What an act opened that was not open before it. */
const opens = (told: Story, act: (story: Story) => unknown): readonly string[] => {
  const before = opened(told).length;
  act(told);
  return opened(told).slice(before);
};
const everybody = ['D1', 'D3', 'D7', 'D8', 'D9', 'D21', 'D39'];

describe('the report opens', () => {
  it.each<[string, Told, readonly string[]]>([
    ['for a child at home whose facts call for no more', atHome, everybody],
    ['for a child in care', inCare, everybody],
    ['for a child who left care', left, everybody],
    ['for a child without any known fact', { danger: 'unknown' }, ['D1', 'D3', 'D4', 'D6', 'D8', 'D9', 'D21', 'D39']],
    ['for a mandated reporter', { ...atHome, mandated: 'yes' }, ['D1', 'D2', 'D3', 'D7', 'D8', 'D9', 'D21', 'D39']],
    [
      'for a stranger',
      { ...atHome, perpetrators: ['third-party'] },
      ['D1', 'D3', 'D4', 'D7', 'D8', 'D9', 'D21', 'D39'],
    ],
    ['for danger', { ...atHome, danger: 'yes' }, ['D1', 'D3', 'D6', 'D8', 'D9', 'D21', 'D39']],
    [
      'for a missing child',
      { ...atHome, missingNow: 'yes' },
      ['D1', 'D3', 'D7', 'D8', 'D9', 'D12a', 'D12b', 'D21', 'D45'],
    ],
    [
      'within 120 hours of an assault',
      { ...atHome, lastAssaultAt: '2026-11-04T15:00:00Z' },
      ['D1', 'D3', 'D7', 'D8', 'D9', 'D17', 'D21', 'D39'],
    ],
    [
      'a minute later',
      { ...atHome, lastAssaultAt: '2026-11-04T14:59:00Z' },
      ['D1', 'D3', 'D7', 'D8', 'D9', 'D17b', 'D21', 'D39'],
    ],
    [
      'for an assault at an unknown time',
      { ...atHome, lastAssaultAt: 'unknown' },
      ['D1', 'D3', 'D7', 'D8', 'D9', 'D17', 'D21', 'D39'],
    ],
    ['for a foreign national', { ...atHome, foreignNational: 'yes' }, [...everybody, 'D27']],
    ['for a foreign national of age', { ...atHome, foreignNational: 'yes', age: 18 }, [...everybody, 'D30']],
    ['of an employee of a licensed facility', { ...atHome, facilityEmployee: 'yes' }, [...everybody, 'D41a', 'D41e']],
    ['in a licensed facility, by no employee', { ...atHome, inFacility: 'yes', facilityEmployee: 'no' }, everybody],
    ['for a member of a tribe: no proceeding yet', { ...atHome, tribalMember: 'yes' }, everybody],
    ['of a school employee', { ...atHome, schoolEmployee: 'yes' }, [...everybody, 'D41b', 'D41e']],
    [
      'where it is unknown whether in either',
      { ...atHome, inFacility: 'unknown', schoolEmployee: 'unknown' },
      everybody,
    ],
    ['where the nation is unknown', { ...atHome, foreignNational: 'unknown' }, everybody],
    ['for a person of 18', { ...left, age: 18 }, [...everybody, 'D30']],
    ['for a child of 17', { ...left, age: 17 }, everybody],
    ['for a person of 19 in care, who has a plan already', { ...inCare, age: 19 }, everybody],
    ['for a former client of 21', { ...inCare, age: 21 }, [...everybody, 'D30']],
    ['for a person of 19 who may be a client', { ...left, dcfClient: 'unknown', age: 19 }, [...everybody, 'D30']],
  ])('%s', (_, told, rules) => {
    expect(opened(story(told)).toSorted()).toEqual([...rules].toSorted());
  });
});

describe('a screening opens', () => {
  const served = ['D10', 'D15', 'D20', 'D19a', 'D22a', 'D23', 'D23', 'D23', 'D23'];
  /** The acute examination, which no assault within 120 hours asks for by D17. */
  const confirmed = [...served, 'D35a'];

  it.each<[string, Told, string, readonly string[]]>([
    ['for a child at home who is confirmed', atHome, 'confirmed', confirmed],
    [
      'for a child in care who is confirmed: the report of an identified victim',
      inCare,
      'confirmed',
      ['D5', ...confirmed],
    ],
    ['for a child in care at high risk, who is not identified', inCare, 'high-risk', served],
    [
      'for a child of an open in-home case',
      { ...atHome, legalStatus: 'open-in-home' },
      'confirmed',
      ['D5', ...confirmed],
    ],
    ['for a child whose legal status is unknown', { age: 15 }, 'confirmed', ['D5', ...confirmed]],
    ['for a child who left care', left, 'confirmed', confirmed],
    ['for a child at risk', atHome, 'at-risk', ['D28', 'D35a']],
    ['without enough information', atHome, 'insufficient-info', ['D28']],
    ['with nothing indicated', atHome, 'not-indicated', ['D29']],
    [
      'in the last year before eighteen',
      { ...left, age: 17, birthDate: '2009-04-17' },
      'at-risk',
      ['D34', 'D28', 'D35a'],
    ],
    [
      'in the last year before eighteen, in care',
      { ...inCare, age: 17, birthDate: '2009-04-17' },
      'at-risk',
      ['D34', 'D44', 'D28', 'D35a'],
    ],
    ['more than a year before', { ...left, age: 16, birthDate: '2009-12-17' }, 'at-risk', ['D28', 'D35a']],
    [
      'for a person who came of age since the report',
      { ...left, age: 17, birthDate: '2008-11-09' },
      'at-risk',
      ['D30', 'D28', 'D35a'],
    ],
  ])('%s', (_, told, outcome, rules) => {
    expect(opens(story(told), (told) => told.screen(outcome)).toSorted()).toEqual([...rules].toSorted());
  });
});

describe('an act opens', () => {
  const suspected = (told: Told = atHome) => story(told).screen('high-risk');
  const absent = (...without: string[]) => ({
    attended: [
      'states-attorney',
      'dcf',
      'law-enforcement',
      'medical',
      'mental-health',
      'forensic-interviewer',
      'victim-advocate',
    ].filter((discipline) => !without.includes(discipline)),
    absent: without.map((discipline) => ({ discipline, reason: 'unavailable' })),
  });

  it.each<[string, () => Story, (story: Story) => unknown, readonly string[]]>([
    [
      'a report classified as an investigation',
      () => story(atHome),
      (told) => told.do('classify-report', { track: 'investigation' }),
      ['D18', 'D24', 'D24a', 'D38', 'D38a'],
    ],
    [
      'a report classified for assessment',
      () => story(atHome),
      (told) => told.do('classify-report', { track: 'assessment' }),
      ['D24a', 'D38c'],
    ],
    [
      'a report classified otherwise',
      () => story(atHome),
      (told) => told.do('classify-report', { track: 'information-only' }),
      ['D24a'],
    ],
    ['a hold', () => story(atHome), (told) => told.do('invoke-hold'), ['D11']],
    [
      'a hold of a confirmed child',
      () => story(atHome).screen('confirmed'),
      (told) => told.do('invoke-hold'),
      ['D11', 'D5'],
    ],
    ['a first entry to care', () => story(atHome), (told) => told.do('record-entry-to-care'), ['D26']],
    [
      'an entry to care of a confirmed child',
      () => story(atHome).screen('confirmed'),
      (told) => told.do('record-entry-to-care'),
      ['D26', 'D5'],
    ],
    ['a child who is missed', () => story(atHome), (told) => told.do('report-missing'), ['D12a', 'D12b', 'D45']],
    [
      'a return, with the screening of the report still due',
      () => story(atHome).do('report-missing'),
      (told) => told.do('record-return'),
      ['D9', 'D13', 'D39'],
    ],
    [
      'a return after the screening',
      () => suspected().do('report-missing'),
      (told) => told.do('record-return'),
      ['D9', 'D13', 'D39'],
    ],
    ['a meeting', () => suspected().tellTeam(), (told) => meet(told), ['D16']],
    [
      'a meeting with a quorum and an absence',
      () => suspected().tellTeam(),
      (told) => told.do('record-meeting', absent('medical')),
      ['D16', 'D32'],
    ],
    [
      'a meeting under a waiver',
      () => suspected().tellTeam(),
      (told) => told.do('record-meeting', { ...absent('medical', 'dcf'), waiver: 'w' }),
      ['D16', 'D32', 'D32'],
    ],
    [
      'a meeting without a quorum or a waiver',
      () => suspected().tellTeam(),
      (told) => told.do('record-meeting', absent('dcf')),
      [],
    ],
    ['a review of the team', () => sceneOf('D16'), (told) => told.do('record-case-review'), ['D16']],
    [
      'a substantiated disposition',
      () => sceneOf('D24'),
      (told) => told.do('record-disposition', { disposition: 'substantiated', reasonableCause: 'yes' }),
      ['D25', 'D38b', 'D40'],
    ],
    [
      'a disposition that is not',
      () => sceneOf('D24'),
      (told) => told.do('record-disposition', { disposition: 'not-substantiated', reasonableCause: 'no' }),
      [],
    ],
    [
      'the word that the child is a foreign national',
      () => story(atHome),
      (told) => told.do('record-facts', { foreignNational: 'yes' }),
      ['D27'],
    ],
    [
      'the word that the person is of age',
      () => story({ ...left, age: undefined } as never),
      (told) => told.do('record-facts', { ageClass: '18-and-over' }),
      ['D30'],
    ],
    ...(
      [
        ['facilityEmployee', 'D41a'],
        ['schoolEmployee', 'D41b'],
      ] as const
    ).map(([fact, rule]): [string, () => Story, (story: Story) => unknown, readonly string[]] => [
      `${fact} that becomes known`,
      () => story({ ...atHome, [fact]: 'unknown' }),
      (told) => told.do('record-facts', { [fact]: 'yes' }),
      [rule, 'D41e'],
    ]),
    ['charges', () => story(atHome), (told) => told.do('record-charges'), []],
  ])('%s', (_, before, act, rules) => {
    expect(opens(before(), act).toSorted()).toEqual([...rules].toSorted());
  });
});

describe('a duty that has no number is an alert', () => {
  const told = (before: Story, act: (story: Story) => unknown) => {
    const count = before.all('alert-requested').length;
    act(before);
    return before
      .all('alert-requested')
      .slice(count)
      .filter(({ deadlineId }) => deadlineId === undefined)
      .map(({ kind, to, people }) => `${kind}: ${[...to, ...people].join(' ')}`);
  };
  const first = (facts: Told) =>
    referral({ ...atHome, ...facts })
      .run()
      .all('alert-requested')
      .map(({ kind }) => kind);

  it('charges, to counsel, the seat of the prosecutor, the counsel of the child and juvenile probation, once', () => {
    const charged = story(atHome);
    expect(told(charged, (each) => each.do('record-charges'))).toEqual([
      'charges-faced: legal seat:states-attorney seat:childs-attorney seat:juvenile-probation',
    ]);
    expect(charged.refused('record-charges')).toBe('charges-known');
  });

  describe('charges, to each later holder of one of these seats', () => {
    const prosecutor = 'states-attorney';
    const [holder, deputy] = ['seat:states-attorney', 'deputy:states-attorney'];
    const charged = (facts: Told = {}) =>
      referral({ ...atHome, ...facts })
        .run()
        .screen('high-risk')
        .do('record-charges');

    it('because the team was not known, or is another one', () => {
      const story = charged({ team: 'none' });
      for (const team of ['MDT-NEW-HAVEN', 'MDT-HARTFORD']) {
        const act = (each: Story) => each.do('confirm-routing', { office: 'HARTFORD', team });
        expect(told(story, act)).toContain('charges-faced: seat:states-attorney');
      }
    });

    it('because it was vacant', () => {
      const story = charged({ vacant: [prosecutor] });
      expect(told(story, (each) => each.appoint(prosecutor).step('DrawRoster'))).toContain(
        'charges-faced: seat:states-attorney',
      );
    });

    it.each<[string, (story: Story) => Story, string]>([
      [
        'was passed on',
        (story) => story.do('answer-seat', { discipline: prosecutor, answer: 'delegated', personId: 'P-1' }, holder),
        'charges-faced: seat:states-attorney',
      ],
      [
        'passed by a conflict of interest',
        (story) => story.do('sign-confidentiality', { conflict: 'yes' }, holder),
        'charges-faced: seat:states-attorney',
      ],
      [
        'was declined, and its deputy comes',
        (story) =>
          story.do('answer-seat', { discipline: prosecutor, answer: 'declined', reasonCode: 'workload' }, holder),
        'charges-faced: DEPUTY-STATES-ATTORNEY',
      ],
      [
        'was accepted by the deputy',
        (story) => story.do('answer-seat', { discipline: prosecutor, answer: 'accepted' }, deputy),
        'charges-faced: DEPUTY-STATES-ATTORNEY',
      ],
      [
        'was added to the team',
        (story) => story.do('invite-seat', { discipline: 'childs-attorney', personId: 'P-1' }),
        'charges-faced: seat:childs-attorney',
      ],
    ])('because it %s', (_, act, alert) => {
      expect(told(charged(), act).filter((each) => each.startsWith('charges-faced'))).toEqual([alert]);
    });

    it('and to no one again where another seat changes, or its holder accepts', () => {
      const story = charged();
      const acts = [
        () => story.do('answer-seat', { discipline: prosecutor, answer: 'accepted' }, holder),
        () => story.do('sign-confidentiality', { conflict: 'yes' }, 'seat:medical'),
        () => story.do('invite-seat', { discipline: 'school', personId: 'P-1' }),
      ];
      expect(acts.flatMap((act) => told(story, act)).join()).not.toContain('charges-faced');
    });
  });

  it('an unknown membership of a tribe, to counsel, once custody is at stake; a known one has its clock', () => {
    for (const tribalMember of ['yes', 'unknown'] as const)
      expect(first({ tribalMember })).not.toContain('tribal-membership');
    for (const act of ['invoke-hold', 'record-entry-to-care', 'record-ex-parte-order'] as const) {
      expect(told(story(atHome), (each) => each.do(act))).toEqual([]);
      expect(told(story({ ...atHome, tribalMember: 'yes' }), (each) => each.do(act))).toEqual([]);
      const unknown = story({ ...atHome, tribalMember: 'unknown' });
      expect(told(unknown, (each) => each.do(act))).toEqual(['tribal-membership: legal']);
    }
  });
});
