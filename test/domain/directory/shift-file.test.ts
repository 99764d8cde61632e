/** A supervisor imports a file of shifts: it is taken whole, or each wrong line gets a sentence by field. */

import { describe, expect, test } from 'vitest';
import { isTypedNumber } from '../../../shared/domain/directory/directory-entry.ts';
import { mostShiftLines, readShiftFile, shiftsOfFile } from '../../../shared/domain/directory/shift-file.ts';
import { connecticut20261 } from '../../../shared/policy/connecticut-2026-1.ts';
import { morning, person } from './shift-builder.ts';

const people = [
  person('P-1'),
  person('P-2'),
  { ...person('P-3'), phone: 'ask the desk' },
  person('P-DIRECTOR', 'director-oncall', 'state'),
];
const context = {
  offices: connecticut20261.geography.offices,
  personOf: (typed: string) =>
    people.find(({ id }) => [id.toLowerCase(), `${id.toLowerCase()}@dcf.example`].includes(typed.toLowerCase())),
  keeps: (scope: string) => scope !== 'office-DANBURY',
  now: morning,
};
const header = 'role,office,person,from,to,phone,order';
const imported = (...lines: readonly string[]) => {
  const read = readShiftFile([header, ...lines].join('\n'));
  return 'lines' in read ? shiftsOfFile(read.lines, context) : read;
};
const good = 'area-oncall,HARTFORD,P-1,2026-11-25 20:00,2026-11-26 08:00,203-555-0101,1';

describe('a file that is right', () => {
  test('gives its shifts, in UTC', () => {
    expect(
      imported(good, 'Director on call,State,p-director@dcf.example,11/25/2026 8:00 AM,11/26/2026 8:00 AM,,'),
    ).toEqual({
      shifts: [
        {
          role: 'area-oncall',
          scope: 'office-HARTFORD',
          personId: 'P-1',
          from: '2026-11-26T01:00:00.000Z',
          to: '2026-11-26T13:00:00.000Z',
          phone: '203-555-0101',
          order: 1,
        },
        {
          role: 'director-oncall',
          scope: 'state',
          personId: 'P-DIRECTOR',
          from: '2026-11-25T13:00:00.000Z',
          to: '2026-11-26T13:00:00.000Z',
          order: 1,
        },
      ],
    });
  });

  test('may name its columns in any order, and leave out number and order', () => {
    const read = readShiftFile(
      '\uFEFFFrom,To,Person,"Office",Role\r\n2026-11-25 20:00,2026-11-26 08:00,P-1,"New Haven",area-oncall\r\n',
    );
    expect(read).toEqual({
      lines: [
        {
          line: 2,
          role: 'area-oncall',
          office: 'New Haven',
          person: 'P-1',
          from: '2026-11-25 20:00',
          to: '2026-11-26 08:00',
          phone: '',
          order: '',
        },
      ],
    });
  });

  test('may have a backup beside the first, and one shift after the other', () => {
    expect(imported(good, good.replace('P-1', 'P-2').replace(/1$/, '2'))).toHaveProperty('shifts');
    expect(imported(good, 'area-oncall,HARTFORD,P-2,2026-11-26 08:00,2026-11-26 20:00,203-555-0102,1')).toHaveProperty(
      'shifts',
    );
  });
});

describe('a line that is wrong', () => {
  const changed = (column: string, to: string) => {
    const cells = good.split(',');
    cells[header.split(',').indexOf(column)] = to;
    return cells.join(',');
  };
  test.each([
    ['role', 'king', /^No role has this name. Use one of careline-worker, /],
    ['role', 'hart-liaison', /^No role has this name/],
    ['office', 'ATLANTIS', /^No office has this name. Use one of BRIDGEPORT, /],
    ['office', 'state', /^No office has this name/],
    ['office', 'DANBURY', /^You do not keep the shifts of this office/],
    ['person', 'P-NO-ONE', /^The directory has no person of this id/],
    ['person', '', /^The directory has no person of this id/],
    ['person', 'P-DIRECTOR', /^The directory does not give this person the role there/],
    ['from', '25.11.2026 20:00', /^Give a New York date and time/],
    ['from', '2027-03-14 02:30', /^This time does not exist: the clocks in New York went forward/],
    ['to', '2026-11-25 19:00', /^The shift ends before it begins/],
    ['to', '2026-11-25 20:00', /^The shift ends before it begins/],
    ['to', '2026-12-25 20:00', /^A shift lasts at most 14 days/],
    ['phone', 'ask the desk', /^This is no telephone number/],
    ['phone', '000-000-0000', /^This is no telephone number/],
    ['phone', '+44207946010000000000', /^This is no telephone number/],
    ['phone', '203-555-0100-0', /^This is no telephone number/],
    ['phone', '555', /^This is no telephone number/],
    ['phone', '203-555-0101<b>', /^This is no telephone number/],
    ['order', 'first', /^Give 1 for the first on call/],
    ['order', '0', /^Give 1 for the first on call/],
    ['order', '1.5', /^Give 1 for the first on call/],
  ])('says so of its %s: %s', (field, typed, sentence) => {
    expect(imported(good, changed(field, typed))).toEqual({
      problems: [{ line: 3, field, sentence: expect.stringMatching(sentence) }],
    });
  });

  test('of a shift that is over, that lies years ahead, or whose person has no number says so', () => {
    expect(imported('area-oncall,HARTFORD,P-1,2025-11-25 20:00,2025-11-26 08:00,,1')).toMatchObject({
      problems: [{ line: 2, field: 'to', sentence: 'This shift is over. Check the year, or take the line out.' }],
    });
    expect(imported('area-oncall,HARTFORD,P-1,2028-11-25 20:00,2028-11-26 08:00,,1')).toMatchObject({
      problems: [{ field: 'from', sentence: 'A shift begins within a year.' }],
    });
    expect(imported('area-oncall,HARTFORD,P-3,2026-11-25 20:00,2026-11-26 08:00,,1')).toMatchObject({
      problems: [{ field: 'phone' }],
    });
  });

  test('gets each of its sentences, with those of every other line, in order', () => {
    const answer = imported('king,ATLANTIS,P-NO-ONE,now,later,none,x', good, changed('order', '0'));
    const problems = 'problems' in answer ? answer.problems : [];
    expect(problems.map(({ line, field }) => [line, field])).toEqual([
      [2, 'role'],
      [2, 'person'],
      [2, 'from'],
      [2, 'to'],
      [2, 'phone'],
      [2, 'order'],
      [4, 'order'],
    ]);
    expect(JSON.stringify(problems)).not.toMatch(/king|ATLANTIS|NO-ONE|later/);
  });

  test('that is first on call while another is says which other line it is', () => {
    expect(imported(good, good.replace('P-1', 'P-2').replace('26 08:00', '26 12:00'))).toEqual({
      problems: [
        {
          line: 3,
          field: 'from',
          sentence:
            'From Wed Nov 25, 2026, 8:00 PM EST line 2 has the same role, office and order. Change one of the two.',
        },
      ],
    });
  });
});

test.each([
  ['is empty', '', /no shifts/],
  ['has a header alone', header, /no shifts/],
  ['lacks columns', 'role,person\narea-oncall,P-1', /lacks the columns “office”, “from”, “to”/],
  ['has a column that there is not', `${header},note\n${good},x`, /unknown or there twice/],
  ['has a column twice', `${header},role\n${good},x`, /unknown or there twice/],
  ['has more cells than columns', `${header}\n${good},x`, /more cells/],
  ['opens a quote for ever', `${header}\n"${good}`, /never closed/],
  [
    'is larger than one commit',
    [header, ...Array.from({ length: mostShiftLines + 1 }, () => good)].join('\n'),
    /parts/,
  ],
])('a file that %s is read as none', (_, text, sentence) => {
  expect(readShiftFile(text)).toEqual({
    problems: [expect.objectContaining({ sentence: expect.stringMatching(sentence) })],
  });
});

test.each([
  '203-555-0100',
  '1-203-555-0100',
  '(203) 555-0100',
  '203.555.0100 x12',
  '203-555-0100 ext. 4',
  '+44 20 7946 0100',
])('%s is a number that a person may type', (phone) => expect(isTypedNumber(phone)).toBe(true));
