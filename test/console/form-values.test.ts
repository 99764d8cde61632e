import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { recipientWords, timeLeft } from '../../functions/console/app/page-words.ts';
import { fieldsOf } from '../../functions/console/forms/form-fields.ts';
import { allProblems, inWords, readFields } from '../../functions/console/forms/form-values.ts';
import {
  draftOfForm,
  formOfDraft,
  readReport,
  withChild,
  withoutChild,
} from '../../functions/console/report/report-input.ts';
import { exampleOf, type Schema } from '../../shared/describe/examples.ts';
import { commandNamed } from '../../shared/domain/commands.ts';
import { newYorkInstant } from '../../shared/domain/core/local-time.ts';
import { childInput, reportInput } from '../../shared/domain/intake/report.ts';
import { formatInstant } from '../../shared/domain/policy/due.ts';
import { words, wordsInside } from '../../shared/domain/words/code-words.ts';

describe('a New York time', () => {
  test.each([
    ['2026-11-25T10:15', '2026-11-25T15:15:00.000Z', 'Wed Nov 25, 2026, 10:15 AM EST'],
    ['2026-07-04T23:59', '2026-07-05T03:59:00.000Z', 'Sat Jul 4, 2026, 11:59 PM EDT'],
    ['2026-03-08T03:00', '2026-03-08T07:00:00.000Z', 'Sun Mar 8, 2026, 3:00 AM EDT'],
    ['2026-03-08T01:59', '2026-03-08T06:59:00.000Z', 'Sun Mar 8, 2026, 1:59 AM EST'],
  ])('%s is the instant %s, which is shown as typed', (typed, instant, shown) => {
    expect(newYorkInstant(typed)).toEqual({ instant });
    expect(formatInstant(instant)).toBe(shown);
  });

  test('that does not exist in spring is refused with a sentence', () => {
    expect(newYorkInstant('2026-03-08T02:30')).toEqual({
      sentence: 'This time does not exist: the clocks in New York went forward over it. Give another.',
    });
  });

  test('that occurs twice in autumn is the first of the two', () => {
    expect(newYorkInstant('2026-11-01T01:30')).toEqual({ instant: '2026-11-01T05:30:00.000Z' });
  });

  test.each(['', 'now', '2026-13-01T10:00', '2026-11-25'])('%j is no time, or the start of its day', (typed) => {
    const read = newYorkInstant(typed);
    expect('sentence' in read || read.instant.endsWith('05:00:00.000Z')).toBe(true);
  });
});

describe('a form that is read back', () => {
  const read = (schema: z.ZodObject, fields: readonly (readonly [string, string])[]) =>
    readFields(fieldsOf(schema), new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])));

  test('leaves out an empty field', () => {
    const schema = commandNamed('screen').input;
    expect(
      read(schema, [
        ['outcome', 'confirmed'],
        ['rationale', '  '],
        ['definitionBasis', ''],
      ]).input,
    ).toEqual({
      outcome: 'confirmed',
    });
  });

  test('has lists, numbers, yes and no, and groups', () => {
    expect(
      read(commandNamed('record-meeting').input, [
        ['services', 'education'],
        ['services', 'legal'],
      ]).input,
    ).toEqual({ services: ['education', 'legal'] });
    expect(read(commandNamed('record-instrument').input, [['score', '7.5']]).input).toEqual({ score: 7.5 });
    expect(read(commandNamed('answer-checklist').input, [['answers.hotel-keys', 'yes']]).input).toEqual({
      answers: { 'hotel-keys': 'yes' },
    });
    expect(read(commandNamed('explain-miss').input, [['willBeKept', 'no']]).input).toEqual({ willBeKept: false });
    expect(
      read(commandNamed('record-meeting').input, [
        ['attended', 'dcf'],
        ['absent.medical', 'no-answer'],
        ['absent.dcf', ''],
      ]).input,
    ).toEqual({ attended: ['dcf'], absent: [{ discipline: 'medical', reason: 'no-answer' }] });
  });

  test('names the choices in words', () => {
    const { input } = commandNamed('screen');
    const problems = allProblems(input, { rationale: 'Words.' }, []);
    expect(inWords(problems)).toEqual([
      {
        path: 'outcome',
        sentence: 'Choose one of: Confirmed, High risk, At risk, Not enough information, Not indicated.',
      },
    ]);
  });

  test.each([
    ['Give a day as YYYY-MM-DD.', 'Give a day as month, day and year, such as 11/25/2026.'],
    ['Give a date as YYYY-MM-DD, such as 2026-11-25.', 'Give a date as month, day and year, such as 11/25/2026.'],
    ['Give a day, such as 2026-11-25.', 'Give a day as month, day and year, such as 11/25/2026.'],
    [
      'Give the date of birth as YYYY-MM-DD, or leave it out.',
      'Give the date of birth as month, day and year, such as 11/25/2026, or leave it out.',
    ],
    ['Give a number in digits, or leave it empty.', 'Give a number in digits, or leave it empty.'],
  ])('%s has the form of the hint', (sentence, said) => {
    expect(inWords([{ path: 'day', sentence }])).toEqual([{ path: 'day', sentence: said }]);
  });

  test('names a value that is no number without repeating it', () => {
    const schema = commandNamed('record-instrument').input;
    const { input, problems: own } = read(schema, [['score', 'seven of ten']]);
    const problems = allProblems(schema, input, own);
    expect(problems).toContainEqual({ path: 'score', sentence: expect.stringContaining('Give a number') });
    expect(JSON.stringify(problems)).not.toContain('seven');
  });
});

test('requires no field of an optional group by itself, and its hint says when', () => {
  const place = z.strictObject({ place: z.strictObject({ name: z.string(), town: z.string().optional() }).optional() });
  const [group] = fieldsOf(place);
  expect(group).toMatchObject({ kind: 'group', required: false });
  expect(group?.kind === 'group' && group.fields[0]).toMatchObject({
    path: 'place.name',
    required: false,
    hint: 'Needed where any of these is filled in.',
  });
});

describe('a report that is read back', () => {
  const typed = (fields: Readonly<Record<string, string>>) => new URLSearchParams({ children: '1', ...fields });
  const inputOf = (fields: Readonly<Record<string, string>>) => {
    const read = readReport(typed(fields), '2026-11-09T15:00:00.000Z');
    return 'input' in read ? reportInput.parse(read.input) : read.problems;
  };
  const least = { narrative: 'N.', 'children[0].danger': 'unknown' };

  test('with only the required fields says unknown everywhere else', () => {
    expect(inputOf(least)).toMatchObject({
      channel: 'unknown',
      reporterType: 'unknown',
      children: [
        {
          danger: 'unknown',
          gender: 'unknown',
          race: ['unknown'],
          residenceTown: 'unknown',
          missingEpisodes: 'unknown',
          lastAssaultAt: 'unknown',
        },
      ],
    });
  });

  test.each([
    ['14', 14],
    ['13-15', { from: 13, to: 15 }],
    [' 13 to 15 ', { from: 13, to: 15 }],
    ['13–15', { from: 13, to: 15 }],
    ['16+', { from: 16 }],
  ])('of the age %j takes %j, and shows it again', (text, approximateAge) => {
    const input = inputOf({ ...least, 'children[0].approximateAge': text });
    expect(input).toMatchObject({ children: [{ approximateAge }] });
    const again = formOfDraft({ children: [{ approximateAge }] });
    expect(draftOfForm(again)).toMatchObject({ children: [{ approximateAge }] });
  });

  test('has the last assault as an instant, as none known, or unknown', () => {
    const assault = (fields: Readonly<Record<string, string>>) => inputOf({ ...least, ...fields });
    expect(assault({ 'children[0].lastAssaultAt': 'none-known' })).toMatchObject({
      children: [{ lastAssaultAt: 'none-known' }],
    });
    expect(
      assault({ 'children[0].lastAssaultAt': 'unknown', 'children[0].lastAssaultAt.at': '2026-11-08T22:00' }),
    ).toMatchObject({ children: [{ lastAssaultAt: '2026-11-09T03:00:00.000Z' }] });
  });

  test('names a skipped hour and every other problem, each once', () => {
    expect(inputOf({ receivedAt: '2026-03-08T02:30', 'children[0].birthDate': '2009-02-30' })).toEqual([
      { path: 'receivedAt', sentence: expect.stringContaining('does not exist') },
      { path: 'narrative', sentence: 'This field is required.' },
      { path: 'children[0].birthDate', sentence: expect.stringContaining('YYYY-MM-DD') },
      { path: 'children[0].danger', sentence: 'Choose one of: yes, no, unknown.' },
    ]);
  });

  test('names all problems at once: no number, wrong order, a future time, and a missing value', () => {
    const problems = inputOf({
      receivedAt: '2026-12-24T10:00',
      'children[0].missingEpisodes': 'often',
      'children[0].approximateAge': '17-12',
      'children[0].birthDate': '2027-01-01',
      'children[0].lastAssaultAt.at': '2027-01-01T10:00',
    });
    expect(problems).toEqual([
      { path: 'children[0].missingEpisodes', sentence: expect.stringContaining('Give a number') },
      { path: 'narrative', sentence: 'This field is required.' },
      { path: 'children[0].danger', sentence: 'Choose one of: yes, no, unknown.' },
      { path: 'children[0].approximateAge', sentence: 'The lower age comes first.' },
      { path: 'receivedAt', sentence: expect.stringContaining('in the future') },
      { path: 'children[0].birthDate', sentence: expect.stringContaining('in the future') },
      { path: 'children[0].lastAssaultAt', sentence: expect.stringContaining('in the future') },
    ]);
  });

  test('gains one child and loses one in the middle, and the others stay as they were', () => {
    const two = withChild(typed({ 'children[0].name': 'First', narrative: 'N.' }));
    two.set('children[1].name', 'Second');
    const three = withChild(two);
    three.set('children[2].name', 'Third');
    const left = withoutChild(three, 1);
    expect(['children', 'narrative', 'children[0].name', 'children[1].name'].map((name) => left.get(name))).toEqual([
      '2',
      'N.',
      'First',
      'Third',
    ]);
    expect([...left.keys()].filter((name) => name.startsWith('children[2]'))).toEqual([]);
  });

  test.each(['0', '21', '-1', 'x', '1.5'])('with %s as the count of children has one', (children) => {
    expect(inputOf({ ...least, children })).toMatchObject({ children: [{ danger: 'unknown' }] });
  });
});

test.each([
  ['2026-11-09T15:00:00Z', '2 days 3 hours left'],
  ['2026-11-07T12:30:00Z', '30 minutes left'],
  ['2026-11-07T12:00:00.500Z', 'less than a minute left'],
  ['2026-11-07T12:00:00Z', 'overdue by less than a minute'],
  ['2026-11-07T10:59:00Z', 'overdue by 1 hour 1 minute'],
  ['2026-10-07T12:00:00Z', 'overdue by 31 days'],
])('the time left until %s is said as %s', (due, said) => {
  expect(timeLeft(due, '2026-11-07T12:00:00Z')).toBe(said);
});

test.each([
  ['hart-lead', 'HART lead'],
  ['mdt-invited', 'Invitation to the team'],
  ['not-indicated', 'Not indicated'],
  ['states-attorney', "State's Attorney"],
  ['american-indian', 'American Indian'],
  ['insufficient-info', 'Not enough information'],
  ['medical-nonacute', 'Medical exam, not acute'],
])('the words of the code %s are %s', (code, read) => {
  expect(words(code)).toBe(read);
});

test('words within a sentence keep the capitals of names', () => {
  expect(['states-attorney', 'american-indian', 'medical', 'hart-lead'].map(wordsInside)).toEqual([
    "State's Attorney",
    'American Indian',
    'medical',
    'HART lead',
  ]);
});

test.each([
  ['hart-lead', 'HART lead'],
  ['seats', 'Seats of the team'],
  ['seat:states-attorney', "Seat (State's Attorney)"],
  ['person:P-PROVIDER-MEDICAL-1', 'The person named'],
])('the recipient group %s reads %s', (recipient, read) => {
  expect(recipientWords(recipient)).toBe(read);
});

describe('a draft of a report', () => {
  const whole = exampleOf(z.toJSONSchema(reportInput, { io: 'input' }) as Schema) as Record<string, unknown>;
  const [child = {}] = whole.children as Record<string, unknown>[];

  test('with every field of a report is shown in the form and read from it again as it was', () => {
    expect(Object.keys(whole).toSorted()).toEqual(Object.keys(reportInput.shape).toSorted());
    expect(Object.keys(child).toSorted()).toEqual(Object.keys(childInput.shape).toSorted());
    const form = formOfDraft({ ...whole, children: [child, child] });
    expect(form.getAll('unplaced')).toEqual([]);
    const read = readReport(form, '2026-12-01T15:00:00Z');
    expect('input' in read && reportInput.parse(read.input)).toEqual(
      reportInput.parse({ ...whole, children: [child, child] }),
    );
  });

  test('keeps a value that cannot be read as typed, and names the same problem when reopened', () => {
    const typed = new URLSearchParams({ children: '1', narrative: 'Words.', 'children[0].danger': 'yes' });
    typed.set('children[0].missingEpisodes', 'many');
    typed.set('children[0].approximateAge', 'about twelve');
    const draft = draftOfForm(typed);
    expect(draft).toEqual({
      narrative: 'Words.',
      children: [{ danger: 'yes', missingEpisodes: 'many', approximateAge: 'about twelve' }],
    });
    const again = formOfDraft(draft);
    for (const [name, value] of typed) expect(again.get(name), name).toBe(value);
    expect(draftOfForm(formOfDraft(draftOfForm(again)))).toEqual(draftOfForm(again));
  });

  test('without any value is a new form of one child', () => {
    const form = formOfDraft({});
    expect([form.get('children'), form.get('children[0].gender'), form.get('mandated')]).toEqual(['1', null, null]);
  });

  test.each([
    ['no list of children', { children: 'two of them' }, ['children: two of them']],
    ['more children than a report has', { children: Array(21).fill({ name: 'A' }) }, ['children[20]: {"name":"A"}']],
    [
      'an age with more to it',
      { children: [{ approximateAge: { from: 1, about: 2 } }] },
      ['children[0].approximateAge: {"from":1,"about":2}'],
    ],
    ['an age without a start', { children: [{ approximateAge: { to: 5 } }] }, ['children[0].approximateAge: {"to":5}']],
    ['a yes where a list belongs', { children: [{ race: 'black' }] }, ['children[0].race: black']],
    ['nothing', { narrative: null }, []],
  ])('with %s loses no value', (_, draft, lines) => {
    expect(formOfDraft(draft).getAll('unplaced')).toEqual(lines);
  });
});

test('11.17 the return interview asks where the child was, why the child left and what happened, and for the screening', () => {
  const asked = fieldsOf(commandNamed('record-debrief').input).find(({ path }) => path === 'learned');
  expect(asked).toMatchObject({
    kind: 'text',
    required: true,
    label: 'Where the child was, why the child left, and what happened',
    hint: expect.stringMatching(/each return needs a screening/),
  });
});
