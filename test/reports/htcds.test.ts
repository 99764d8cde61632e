/** Files of HTCDS 2.0: written, checked, read as drafts, and written again alike. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv } from '../../shared/domain/core/read-csv.ts';
import {
  controlMethods,
  exploitationPurposes,
  exploitationTypes,
  genders,
  perpetrators,
  populations,
  recruitmentMethods,
  reporterTypes,
  venues,
} from '../../shared/domain/core/vocabulary.ts';
import type { FactRow } from '../../shared/domain/facts/fact-row-shape.ts';
import { reportInput } from '../../shared/domain/intake/report.ts';
import { caseOfDraft, draftOf } from '../../shared/reports/htcds/case-drafts.ts';
import { problemText, readHtcds } from '../../shared/reports/htcds/check.ts';
import {
  controlCodes,
  genderCodes,
  recruitmentCodes,
  relationCodes,
  sexCodes,
  statusCodes,
} from '../../shared/reports/htcds/codes.ts';
import { columnsOf, dialects, extensionNames, fieldNamed, headingsOf } from '../../shared/reports/htcds/dialects.ts';
import {
  caseOf,
  e164,
  exported,
  type HtcdsCase,
  htcdsText,
  namesOf,
  withIdentity,
  withoutNames,
} from '../../shared/reports/htcds/export.ts';
import { htcdsFields } from '../../shared/reports/htcds/htcds-fields.ts';
import { examplesOf, seedOf } from '../support/examples.ts';
import { randomRows, rowOf } from './rows.ts';

const today = '2027-06-01';
const now = '2027-06-01T15:00:00.000Z';
const read = (text: string) =>
  readHtcds(
    (readCsv(text) ?? []).map(({ cells }) => cells),
    today,
  );
const someOf = <Value>(list: readonly Value[]) => fc.subarray([...list], { minLength: 1, maxLength: 3 });

/** Random rows with every code that a file carries. */
const richRows = randomRows.chain((rows) =>
  fc.tuple(
    ...rows.map((row) =>
      fc
        .record({
          gender: fc.constantFrom(...genders),
          exploitation: someOf(exploitationTypes),
          exploitedFor: fc.constantFrom(...exploitationPurposes),
          venue: someOf(venues),
          population: fc.constantFrom(...populations),
          recruitment: someOf(recruitmentMethods),
          control: someOf(controlMethods),
          perpetrators: someOf(perpetrators),
          reporterType: fc.constantFrom(...reporterTypes),
        })
        .map(
          ({ recruitment, control, perpetrators: who, reporterType, ...now }): FactRow => ({
            ...row,
            ...{ recruitment, control, perpetrators: who, reporterType },
            now: { ...row.now, ...now },
          }),
        ),
    ),
  ),
);
const names = fc.constantFrom('Juniper Example', 'Ana Maria Invented', 'Solo', '=Formula Example', "O'Invented Child");
const identities = fc.record({
  childName: names,
  birthDate: fc.constant('2011-04-17'),
  phone: fc.constantFrom('203-555-0142', '+1 (203) 555-0143'),
});

describe('the fields', () => {
  test('are those of the standard: 84, of which 38 are core and 3 deprecated', () => {
    expect(htcdsFields).toHaveLength(84);
    expect(htcdsFields.filter(({ core, deprecated }) => core && !deprecated)).toHaveLength(38);
    expect(htcdsFields.filter(({ deprecated }) => deprecated)).toHaveLength(3);
    expect(new Set(htcdsFields.map(({ name }) => name)).size).toBe(84);
  });

  test('have a place for every code that this product writes', () => {
    const codesOf = (name: string) => fieldNamed(name)?.codes ?? [];
    const written: Readonly<Record<string, object>> = {
      prs_Gender: genderCodes,
      vic_TraffickingStatus: statusCodes,
      vic_MethodOfRecruitment: recruitmentCodes,
      vic_MethodsOfControl: controlCodes,
      vic_TypeOfSexExploitation: sexCodes,
      vic_RelationshipToTrafficker: relationCodes,
    };
    for (const [field, table] of Object.entries(written)) {
      for (const code of Object.values(table)) if (code !== undefined) expect(codesOf(field)).toContain(code);
    }
  });

  test('are spelled by the spreadsheet and the form as their own files do', () => {
    expect(headingsOf('spreadsheet')[0]).toContain('vic_TraffickinStatusDecisionMakingOrg');
    expect(headingsOf('spreadsheet')[0]).toContain('');
    expect(headingsOf('spreadsheet')[1]).toContain('Reason for Outgoing Referral');
    for (const name of ['prs_First_Name', 'prs_Second_Name', 'vic_Methods_of_Control', 'con_Consent'])
      expect(headingsOf('form')[0]).toContain(name);
    expect(headingsOf('form')[0]).not.toContain('cas_OutgoingReferralDate');
    for (const dialect of dialects) expect(columnsOf(dialect)).toEqual(expect.arrayContaining([...extensionNames]));
  });
});

describe('an export', () => {
  test.each(dialects)('in the dialect "%s" is read as drafts without a problem, and written again alike', (dialect) => {
    fc.assert(
      fc.property(richRows, identities, fc.boolean(), (rows, identity, isNamed) => {
        const cases = exported(rows).map((row) => (isNamed ? withIdentity(caseOf(row), identity) : caseOf(row)));
        const text = htcdsText(cases, dialect);
        const { cases: found, problems } = read(text);
        expect(problems.map(problemText)).toEqual([]);
        const drafts = found.map((each) => draftOf(each, now));
        expect(htcdsText(drafts.map(caseOfDraft), dialect)).toBe(text);
      }),
      { numRuns: examplesOf(40), seed: seedOf(280) },
    );
  });

  test('says the same in all dialects, as far as they have the columns', () => {
    fc.assert(
      fc.property(richRows, (rows) => {
        const cases = exported(rows).map(caseOf);
        const [standard, spreadsheet, form] = dialects.map((dialect) => read(htcdsText(cases, dialect)).cases);
        expect(spreadsheet).toEqual(standard);
        const inForm = new Set(columnsOf('form'));
        const shortened = standard?.map((each) =>
          Object.fromEntries(Object.entries(each).filter(([name]) => inForm.has(name))),
        );
        expect(form).toEqual(shortened);
      }),
      { numRuns: examplesOf(40), seed: seedOf(281) },
    );
  });

  test('names no child, and has no merged, sealed or mistaken referral', () => {
    fc.assert(
      fc.property(richRows, (rows) => {
        const kept = exported(rows);
        for (const row of rows) {
          const isOut = row.stage === 'merged' || row.sealed || row.withdrawnBecause === 'made-in-error';
          expect(kept.includes(row)).toBe(!isOut);
        }
        const fields = new Set(kept.flatMap((row) => Object.keys(caseOf(row))));
        for (const field of ['prs_FirstName', 'prs_SecondName', 'prs_Birthdate', 'prs_MobilePhone', 'ct_ChildName'])
          expect(fields).not.toContain(field);
      }),
      { numRuns: examplesOf(60), seed: seedOf(282) },
    );
  });

  test('has no reference and no instant where it has no names, no day finer than a month, and no order of receipt', () => {
    fc.assert(
      fc.property(richRows, (rows) => {
        const cases = exported(rows).map(caseOf);
        const text = htcdsText(withoutNames(cases), 'standard');
        for (const { id, receivedAt } of rows) {
          expect(text).not.toContain(id);
          expect(text).not.toContain(receivedAt);
        }
        const days = withoutNames(cases).flatMap(
          ({ cas_IncomingReferralDate: one = '', cas_OutgoingReferralDate: other = '' }) => [one, other],
        );
        expect(days.filter((day) => !/^(?:\d{4}-\d\d-01)?$/.test(day))).toEqual([]);
        expect(htcdsText(withoutNames(cases.toReversed()), 'standard')).toBe(text);
      }),
      { numRuns: examplesOf(40), seed: seedOf(284) },
    );
  });

  test('says what the referral says', () => {
    const row = rowOf({
      stage: 'closed',
      now: { ...rowOf().now, gender: 'transgender-boy', exploitation: ['explicit-images', 'survival-sex'] },
      recruitment: ['internet', 'job-offer'],
      control: ['threats', 'restricts-movement'],
      perpetrators: ['caregiver'],
      receivedAt: '2026-11-10T03:00:00.000Z',
      screenings: [{ number: 1, at: '2026-11-11T00:00:00Z', outcome: 'at-risk', definitionBasis: 'none' }],
      services: [
        {
          service: 'education',
          status: 'offered',
          neededAt: '2026-11-11T00:00:00Z',
          offeredAt: '2026-11-12T20:00:00Z',
          outcomes: {},
          declines: [],
        },
      ],
    });
    expect(caseOf(row)).toMatchObject({
      prs_Gender: 'TransgenderMasculine',
      vic_TraffickingStatus: 'PossibleVictimOfTrafficking',
      vic_MethodOfRecruitment: 'ThroughOnlineSocialNetworks;Other',
      vic_MethodsOfControl: 'PhysicalThreats;Other',
      vic_TypeOfSexExploitation: 'Pornography;Prostitution',
      vic_RelationshipToTrafficker: 'Familial',
      cas_Status: 'ClosedReferred',
      cas_IncomingReferralDate: '2026-11-09',
      cas_OutgoingReferralDate: '2026-11-12',
      ct_Control: 'threats;restricts-movement',
      ct_Outcome: 'at-risk',
    });
  });
});

describe('the type of exploitation', () => {
  type Now = ReturnType<typeof rowOf>['now'];
  test.each<[Now['exploitedFor'], Now['exploitation'], string | undefined, string | undefined]>([
    ['labor', ['unknown'], 'ForcedLabour', undefined],
    // A relation or a gang is no type of sex, where a person said that it was labor alone.
    ['labor', ['familial', 'gang-controlled'], 'ForcedLabour', undefined],
    ['labor', ['commercial-sex'], 'ForcedLabour;SexualExploitation', 'Prostitution'],
    ['sex-and-labor', ['explicit-images'], 'ForcedLabour;SexualExploitation', 'Pornography'],
    ['sex', ['unknown'], 'SexualExploitation', undefined],
    ['unknown', ['survival-sex'], 'SexualExploitation', 'Prostitution'],
    ['unknown', ['unknown'], undefined, undefined],
  ])('of "%s" with the kinds %j is %s, and of sex %s', (purpose, exploitation, type, sexType) => {
    const fields = caseOf(rowOf({ now: { ...rowOf().now, exploitation, exploitedFor: purpose } }));
    expect([fields.vic_TypeOfExploitation, fields.vic_TypeOfSexExploitation]).toEqual([type, sexType]);
    const [read] = [draftOf(fields, now)];
    expect(read.content.children[0].exploitedFor).toBe(purpose);
    expect(caseOfDraft(read)).toEqual(fields);
  });

  test.each([
    ['ForcedLabour', 'labor'],
    ['SexualExploitation;ForcedLabour', 'sex-and-labor'],
    ['SexualExploitation', 'sex'],
    ['ForcedBegging', undefined],
  ])('of another program, %s, is a draft that says %s', (type, purpose) => {
    const fields = { cas_Status: 'Active', cas_IncomingReferralDate: '2026-11-09', vic_TypeOfExploitation: type };
    const draft = draftOf(fields, now);
    expect(draft.content.children[0].exploitedFor).toBe(purpose);
    expect(caseOfDraft(draft)).toEqual(fields);
  });
});

describe('a draft', () => {
  test('is a report that the API takes once a person has completed it', () => {
    fc.assert(
      fc.property(richRows, identities, (rows, identity) => {
        for (const row of exported(rows)) {
          const { content } = draftOf(withIdentity(caseOf(row), identity), now);
          // "No one is alleged" stands alone in a report: a person corrects it.
          const who = content.children[0].perpetrators;
          if (Array.isArray(who) && who.length > 1 && who.includes('none-alleged')) continue;
          expect(reportInput.safeParse(content).error?.issues ?? []).toEqual([]);
        }
      }),
      { numRuns: examplesOf(30), seed: seedOf(283) },
    );
  });

  test('has the codes of this product where the file has its extensions, so that nothing stays beside for them', () => {
    fc.assert(
      fc.property(richRows, identities, (rows, identity) => {
        for (const row of exported(rows)) {
          const { content, beside } = draftOf(withIdentity(caseOf(row), identity), now);
          expect(content.children[0].gender).toBe(row.now.gender);
          expect(content.children[0].exploitation).toEqual(row.now.exploitation);
          for (const field of ['prs_FirstName', 'prs_Gender', 'vic_TypeOfSexExploitation', 'ct_Race', 'ct_Placement'])
            expect([field, Object.hasOwn(beside, field)]).toEqual([field, false]);
        }
      }),
      { numRuns: examplesOf(40), seed: seedOf(284) },
    );
  });

  test('of a file without extensions has what its codes lead back to, and the rest in the narrative, without names', () => {
    const text = [
      'prs_First_Name,prs_Second_Name,prs_Gender,vic_TypeOfSexExploitation,vic_Methods_of_Control,cas_Status,cas_IncomingReferralDate',
      'Juniper,Example,Feminine,Prostitution Pornography,SexualAbuse TakesEarnings,Active,2026-11-09',
    ].join('\n');
    const { cases, problems } = read(text);
    expect(problems).toEqual([]);
    const [draft] = cases.map((each) => draftOf(each, now));
    expect(draft?.content.children[0]).toMatchObject({
      name: 'Juniper Example',
      gender: 'girl',
      exploitation: ['commercial-sex', 'explicit-images'],
    });
    expect(draft?.content.narrative).toContain('vic_MethodsOfControl: SexualAbuse;TakesEarnings');
    expect(draft?.content.narrative).not.toContain('Juniper');
    expect(draft && caseOfDraft(draft)).toEqual(cases[0]);
  });
});

describe('a file with mistakes', () => {
  const head = [
    'prs_Gender',
    'vic_MethodsOfControl',
    'cas_Status',
    'cas_IncomingReferralDate',
    'prs_HomePhone',
    'con_Consent',
    'cas_CaseOwner',
  ];
  const good: HtcdsCase = { cas_Status: 'Active', cas_IncomingReferralDate: '2026-11-09' };
  const row = (more: HtcdsCase) => head.map((name) => ({ ...good, ...more })[name] ?? '');
  const problems = (lines: readonly (readonly string[])[]) => readHtcds(lines, today).problems.map(problemText);

  test.each([
    [{ prs_Gender: 'Girl' }, /^Row 2, prs_Gender: Choose one of: Feminine, Masculine,/],
    [{ vic_MethodsOfControl: 'DebtBondage;Magic' }, /^Row 2, vic_MethodsOfControl: Choose from these/],
    [{ cas_Status: 'Aktive' }, /^Row 2, cas_Status: Choose one of: Active, FollowUp, Closed, ClosedReferred\.$/],
    [{ cas_IncomingReferralDate: '11/09/2026' }, /^Row 2, cas_IncomingReferralDate: Write the date as YYYY-MM-DD/],
    [{ cas_IncomingReferralDate: '2026-02-30' }, /^Row 2, cas_IncomingReferralDate: Write the date as YYYY-MM-DD/],
    [{ cas_IncomingReferralDate: '2026-13-01' }, /^Row 2, cas_IncomingReferralDate: Write the date as YYYY-MM-DD/],
    [{ cas_IncomingReferralDate: '2027-06-02' }, /in the future/],
    [{ cas_IncomingReferralDate: '1026-11-09' }, /year cannot be meant/],
    [{ prs_HomePhone: '203-555-0142' }, /country code/],
    [{ con_Consent: 'maybe' }, /TRUE or FALSE/],
    [{ cas_CaseOwner: '=HYPERLINK("http://x.example")' }, /^Row 2, cas_CaseOwner: It reads as a formula/],
    [{ cas_CaseOwner: '@SUM(A1)' }, /formula/],
    [{ cas_CaseOwner: 'a'.repeat(2001) }, /2000 characters/],
    [{ cas_CaseOwner: 'a\u0007b' }, /control characters/],
    [{ cas_Status: '' }, /^Row 2, cas_Status: It is empty/],
  ])('%j gets a sentence with its row and field', (more, sentence) => {
    const found = problems([head, row(more)]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(sentence);
  });

  test.each([
    [[...head, 'prs_Nickname'], /^Row 1, prs_Nickname: HTCDS 2.0 has no such field/],
    [[...head, 'prs_Gender'], /^Row 1, prs_Gender: Two columns/],
    [head.filter((name) => name !== 'cas_Status'), /^Row 1, cas_Status: The column is missing/],
    [['', ...head], /^Row 1, column 1: HTCDS 2.0 has no such field/],
  ])('a heading that is wrong, missing or there twice stops the reading: %j', (headings, sentence) => {
    const { cases, problems: found } = readHtcds([headings, headings.map(() => 'x')], today);
    expect(cases).toEqual([]);
    expect(found.map(problemText)[0]).toMatch(sentence);
  });

  test('holds no value of a person in its sentences', () => {
    const found = problems([
      head,
      row({ prs_HomePhone: 'Juniper 203', cas_CaseOwner: '=Juniper', prs_Gender: 'Juniper' }),
    ]);
    expect(found).toHaveLength(3);
    expect(found.join('\n')).not.toContain('Juniper');
  });

  test('without headings says so, and nothing of the person in its first row', () => {
    const sentence = 'The first row has no field of HTCDS 2.0. Put the headings there.';
    const { cases, problems } = readHtcds([['Robin Sample', '2026-01-01']], '2026-11-09');
    expect({ cases, problems }).toEqual({ cases: [], problems: [{ row: 1, field: 'headings', sentence }] });
  });

  test('may write labels for codes, and the labels of the standard as its headings', () => {
    const { cases, problems: found } = readHtcds(
      [
        ['Gender', 'Status', 'Incoming Referral Date', 'Methods of Control', 'First Name', 'Forced Labour Industry'],
        [
          ...[
            'Not Specified/Unknown',
            'Closed Referred',
            '2026-11-09',
            'Threats of law enforcement, Debt bondage',
            'Ana',
          ],
          'Water supply; sewerage, waste management and remediation',
        ],
      ],
      today,
    );
    expect(found).toEqual([]);
    expect(cases).toEqual([
      {
        prs_Gender: 'NonSpecifiedUnknown',
        cas_Status: 'ClosedReferred',
        cas_IncomingReferralDate: '2026-11-09',
        vic_MethodsOfControl: 'ThreatsLawEnforcement;DebtBondage',
        prs_FirstName: 'Ana',
        vic_ForcedLabourIndustry: 'E_WaterSupplySewerageWasteManagement',
      },
    ]);
  });

  test('never throws, whatever the cells hold', () => {
    const cells = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom('2026-99-99', '=1', "'=1", ';', 'Active', '+1', '-'),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cells, { maxLength: 9 }), { maxLength: 4 }), (rows) => {
        for (const { sentence, field } of readHtcds([head, ...rows], today).problems)
          expect([sentence.endsWith('.'), field === '']).toEqual([true, false]);
      }),
      { numRuns: examplesOf(200), seed: seedOf(285) },
    );
  });
});

test.each([
  ['203-555-0142', '+12035550142'],
  ['+1 (203) 555-0142', '+12035550142'],
  ['555-0142', undefined],
  ['ask the desk', undefined],
])('the number %s is %s', (phone, expected) => {
  expect(e164(phone)).toBe(expected);
});

test.each([
  ['Ana Maria Invented', { first: 'Ana Maria', second: 'Invented' }],
  ['Solo', { first: 'Solo' }],
  ['  ', {}],
])('the name "%s" is split at its last word', (name, expected) => {
  expect(namesOf(name)).toEqual(expected);
});
