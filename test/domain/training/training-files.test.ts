/** Files of attendance and headcounts: what is accepted, and each hostile cell with its line, field and sentence. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../../shared/domain/core/refusal.ts';
import { agencyCode, placeWords } from '../../../shared/domain/training/agency-name.ts';
import { doublesOf, foldTraining, importAttendance, noTraining } from '../../../shared/domain/training/training.ts';
import {
  attendanceColumns,
  learnerParts,
  mostLines,
  readAttendance,
  readHeadcounts,
  readStaffList,
} from '../../../shared/domain/training/training-files.ts';

const today = '2026-11-09';
const header = 'course,date,agency,town,role group,number';
const good = 'police,2026-05-01,Hartford Police Dept.,Hartford,police,POST-00123';
const file = (...lines: readonly string[]) => [header, ...lines].join('\r\n');
const problemsOf = (text: string) => {
  const read = readAttendance(text, today);
  return 'problems' in read ? read.problems : [];
};

test('a line is read, with the agency as a code and the number without its punctuation', () => {
  const read = readAttendance(file(good, 'General,5/1/2026,"Milford, Schools",new-haven,School employees,0042'), today);
  expect(read).toMatchObject({
    lines: [
      {
        line: 2,
        course: 'police',
        date: '2026-05-01',
        agency: 'HARTFORD-POLICE',
        town: 'HARTFORD',
        number: 'POST00123',
      },
      { line: 3, course: 'general', agency: 'MILFORD-SCHOOLS', town: 'NEW-HAVEN', number: '42' },
    ],
  });
});

test('the columns stand in any order, in any case', () => {
  const read = readAttendance(
    'NUMBER,Role_Group,town,agency,Date,course\nX1,police,Hartford,Hartford PD,2026-05-01,police',
    today,
  );
  expect(read).toMatchObject({ lines: [{ agency: 'HARTFORD-POLICE', number: 'X1' }] });
});

describe('a file is refused whole', () => {
  test.each([
    ['nothing', '', 'The file has no lines below its first'],
    ['a header alone', header, 'The file has no lines below its first'],
    ['an open quote', `${header}\n"police`, 'A quotation mark is opened and never closed'],
    [
      'a missing column',
      `${header.replace('role group,', '')}\n${good.replace(',police,POST', ',POST')}`,
      'lacks the column “role group”.',
    ],
    ['a column of names', `${header},name\n${good},Pat Example`, 'has a column that is unknown or there twice'],
    ['a column twice', `${header},date\n${good},2026-05-01`, 'has a column that is unknown or there twice'],
    ['more cells than columns', file(`${good},Pat Example`), 'more cells than there are columns'],
    ['too many lines', file(...Array.from({ length: mostLines + 1 }, () => good)), `more than ${mostLines} lines`],
  ])('with %s', (_, text, sentence) => {
    const [first, ...more] = problemsOf(text);
    expect(first?.sentence).toContain(sentence);
    expect([more, first?.field]).toEqual([[], undefined]);
  });

  const cells = good.split(',');
  const changed = (column: (typeof attendanceColumns)[number], value: string) =>
    file(cells.map((cell, index) => (attendanceColumns[index] === column ? value : cell)).join(','));
  test.each([
    ['course', 'cooking', 'Choose one of: general'],
    ['date', '2026-13-01', 'Give a day'],
    ['date', '2026-02-30', 'Give a day'],
    ['date', 'yesterday', 'Give a day'],
    ['date', '2026-11-10', 'still to come'],
    ['date', '2007-12-31', 'is before Tue Jan 1, 2008'],
    ['agency', 'Pat Example', 'Name what the agency is'],
    ['agency', 'Pat.Example@hartford.example', 'Take the e-mail address out'],
    ['agency', 'Hartford Police 20417', 'Take the long number out'],
    ['agency', 'Ηartford Police', 'Write the agency in Latin letters'],
    ['agency', `Police ${'x'.repeat(40)}`, 'Shorten the agency'],
    ['agency', '', 'Give the agency'],
    ['agency', '=HYPERLINK("http://x.example")', 'must not begin with'],
    ['agency', '\t=cmd Police', 'must not begin with'],
    ['agency', '@SUM(1) Police', 'must not begin with'],
    ['town', 'Atlantis', 'Give a town of Connecticut'],
    ['town', '-1', 'must not begin with'],
    ['role group', 'plumber', 'Choose one of: police'],
    ['number', '', 'Give the certification or staff number'],
    ['number', 'Pat Example', 'No name'],
    ['number', 'SMITH1', 'This looks like a name'],
    ['number', 'JOHNSON22', 'No name'],
    ['number', 'pat@dcf.example', 'Take the e-mail address out'],
    ['number', '+12', 'must not begin with'],
    ['number', '123-45-6789', 'looks like a Social Security number'],
    ['number', '123456789012345678901', 'at most 20 letters and digits'],
  ] as const)('for %s %s, with its line, field and a sentence that does not repeat it', (column, value, sentence) => {
    const quoted = value.includes('"') || value.includes(',') ? `"${value.replaceAll('"', '""')}"` : value;
    const problems = problemsOf(changed(column, quoted));
    expect(problems.map(({ line, field }) => [line, field])).toEqual([[2, column]]);
    expect(problems[0]?.sentence).toContain(sentence);
    if (value.length > 6) expect(problems[0]?.sentence).not.toContain(value);
  });

  test('with each wrong field of each line', () => {
    const problems = problemsOf(file(good, 'cooking,never,Pat,Atlantis,plumber,none'));
    expect(problems.map(({ line, field }) => `${line} ${field}`)).toEqual([
      '3 course',
      '3 date',
      '3 agency',
      '3 town',
      '3 role group',
      '3 number',
    ]);
  });
});

test('header, formulas, addresses and rules are told in one round, by line and field', () => {
  const text = [
    'course,date,agency,town,rolegroup,number,name',
    'cooking,2026-05-01,Hartford Police,Hartford,police,POST-1,Pat',
    'police,=1+1,Hartford Police,Atlantis,police,pat@dcf.example,Pat',
    'police,2026-05-01,Hartford Police,Hartford,police,POST-1,Pat,more',
    'police,2026-13-01,Hartford Police,Hartford,police,POST-1,Pat',
  ].join('\n');
  const problems = problemsOf(text);
  expect(problems.map(({ line, field, sentence }) => [line, field, sentence.slice(0, 24)])).toEqual([
    [1, undefined, 'The first line lacks the'],
    [1, undefined, 'The first line has a col'],
    [2, 'course', 'Choose one of: general, '],
    [3, 'date', 'A cell must not begin wi'],
    [3, 'number', 'Take the e-mail address '],
    [3, 'town', 'Give a town of Connectic'],
    [4, undefined, 'This line has more cells'],
    [5, 'date', 'Give a day, such as 2026'],
  ]);
  expect(JSON.stringify(problems)).not.toMatch(/Pat|pat@|Atlantis|rolegroup/);
});

test('whatever a file holds, it is read whole or each problem is a sentence without what was typed', () => {
  const odd = fc.string({ unit: fc.constantFrom(...'aZ09,"\n\r=@+-\t é;<'), maxLength: 60 });
  fc.assert(
    fc.property(odd, (text) => {
      const read = readAttendance(`${header}\n${text}`, today);
      if ('problems' in read) {
        expect(read.problems.length).toBeGreaterThan(0);
        for (const { sentence } of read.problems) expect(sentence).toMatch(/^[A-Z].*[.]$/);
      } else expect(read.lines.length).toBeGreaterThan(0);
    }),
  );
});

test('lines that repeat are told by line: twice in a file, at another agency too, or recorded before', () => {
  const attended = (learner: string, more: object = {}) =>
    ({
      ...{ course: 'police', date: '2026-05-01', agency: 'HARTFORD-POLICE', town: 'HARTFORD', group: 'police' },
      ...more,
      learner,
    }) as const;
  const events = importAttendance(noTraining, [attended('one'), attended('two')] as never, 1);
  if (isRefusal(events)) throw new Error(events.refused);
  const state = foldTraining([{ seq: 1, at: '2026-11-09T00:00:00Z', actor: { kind: 'person', id: 'P-1' }, events }]);
  const lines = [
    attended('three'),
    attended('two'),
    attended('three', { agency: 'MILFORD-POLICE' }),
    attended('three', { date: '2026-05-02' }),
    attended('two'),
  ];
  expect(doublesOf(state, lines as never)).toEqual({ inFile: [2, 4], before: [1] });
  // What is taken back was never there.
  const gone = foldTraining(
    [
      {
        seq: 2,
        at: '2026-11-09T00:00:00Z',
        actor: { kind: 'person', id: 'P-1' },
        events: [{ type: 'attendance-taken-back', v: 1, id: 'TI-1' }],
      },
    ],
    state,
  );
  expect(doublesOf(gone, lines as never)).toEqual({ inFile: [2, 4], before: [] });
});

test('a staff list needs neither course nor date', () => {
  expect(readStaffList('agency,town,role group,number\nHartford Police,Hartford,police,POST-123')).toMatchObject({
    lines: [{ line: 2, number: 'POST123' }],
  });
  expect(readStaffList(file(good.replace('2026-05-01', '')))).toMatchObject({ lines: [{ line: 2 }] });
});

test('the number of an officer names one person in the state, that of a school only in the school', () => {
  const partsOf = (line: string) => {
    const read = readAttendance(file(line), today);
    return 'lines' in read ? read.lines.map(learnerParts) : [];
  };
  const officer = (agency: string) => partsOf(`police,2026-05-01,${agency},Hartford,police,POST-7`);
  const teacher = (agency: string) => partsOf(`general,2026-05-01,${agency},Hartford,school-employee,7`);
  expect(officer('Hartford Police')).toEqual(officer('Capitol Police'));
  expect(teacher('Hartford Schools')).not.toEqual(teacher('Hartford Academy'));
});

describe('headcounts', () => {
  const heads = 'agency,town,role group,headcount,as of';
  const read = (...lines: readonly string[]) => readHeadcounts([heads, ...lines].join('\n'), today);
  test('are read', () => {
    expect(read('Hartford Police,Hartford,police,380,2026-07-01')).toEqual({
      lines: [{ agency: 'HARTFORD-POLICE', town: 'HARTFORD', group: 'police', count: 380, asOf: '2026-07-01' }],
    });
  });
  test.each([
    ['headcount', 'Hartford Police,Hartford,police,0,2026-07-01'],
    ['headcount', 'Hartford Police,Hartford,police,many,2026-07-01'],
    ['headcount', 'Hartford Police,Hartford,police,1e3,2026-07-01'],
    ['as of', 'Hartford Police,Hartford,police,380,2027-07-01'],
  ])('are refused for a wrong %s: %s', (field, line) => {
    expect(read(line)).toMatchObject({ problems: [{ line: 2, field }] });
  });
  test('of one agency twice are refused, whatever its spelling', () => {
    const line = (name: string) => `${name},Hartford,police,380,2026-07-01`;
    expect(read(line('Hartford PD'), line('HARTFORD police department'))).toMatchObject({
      problems: [{ line: 3, field: 'agency' }],
    });
  });
});

test('the largest file fits into one item of the ledger', () => {
  const lines = Array.from({ length: mostLines }, (_, index) => {
    const agency = `${String(index % 1000)} ${'x'.repeat(25)} Ambulance`;
    return `emergency services,${1 + (index % 12)}/1/${2020 + (index % 6)},${agency},North Branford,emergency services,${index}`;
  });
  // A sent text has at most 200,000 characters.
  const text = file(...lines)
    .slice(0, 200_000)
    .replace(/\r\n[^\n]*$/, '');
  const read = readAttendance(text, today);
  const attended =
    'lines' in read
      ? read.lines.map(({ course, date, agency, town, rule, number }) => {
          return { course, date, agency, town, group: rule.group, learner: number.padStart(20, 'A') };
        })
      : [];
  const events = importAttendance(noTraining, attended, 1);
  expect(attended.length).toBeGreaterThan(1800);
  expect(JSON.stringify(events).length).toBeLessThan(395_000);
});

test('spellings of an agency give one code, and the code reads as words', () => {
  const codes = ['Hartford Police', 'hartford P.D.', 'The Hartford Police Department', 'HARTFORD-POLICE'].map(
    agencyCode,
  );
  expect(new Set(codes.map((each) => JSON.stringify(each)))).toEqual(new Set(['{"code":"HARTFORD-POLICE"}']));
  expect([placeWords('HARTFORD-POLICE'), placeWords('DCF-MILFORD-OFFICE')]).toEqual([
    'Hartford Police',
    'DCF Milford Office',
  ]);
});
