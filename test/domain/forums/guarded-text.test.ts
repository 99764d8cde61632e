/** The guard of texts of forums: what it refuses in any writing, and what it lets pass. It never repeats a text. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prefixes, referenceFrom } from '../../../shared/domain/core/ids.ts';
import { guardedText, refusedIn } from '../../../shared/domain/forums/guarded-text.ts';

const reference = fc
  .tuple(fc.constantFrom(...prefixes), fc.string())
  .map(([prefix, seed]) => referenceFrom(prefix, createHash('sha256').update(seed).digest()));

/** Writes a reference as people and hostile people do. */
const writing: fc.Arbitrary<Writing> = fc.record({
  separators: fc.array(
    fc.constantFrom('', ' ', '-', '.', '_', '/', '—', '‑', '\u200B', '\u00AD', '\n', ' - ', '·', '\u2060', ':'),
    { minLength: 13, maxLength: 13 },
  ),
  lower: fc.array(fc.boolean(), { minLength: 13, maxLength: 13 }),
  wide: fc.boolean(),
  accents: fc.boolean(),
  alike: fc.boolean(),
});
const wide = (text: string) =>
  [...text]
    .map((each) => (/[!-~]/.test(each) ? String.fromCodePoint((each.codePointAt(0) ?? 0) + 0xfee0) : each))
    .join('');

interface Writing {
  readonly separators: readonly string[];
  readonly lower: readonly boolean[];
  readonly wide: boolean;
  readonly accents: boolean;
  readonly alike: boolean;
}

function written(id: string, { separators, lower, wide: isWide, accents, alike }: Writing): string {
  const characters = [...id.replaceAll('-', '')].map((each, at) => {
    const like = alike ? ({ '0': 'O', '1': at % 2 ? 'I' : 'L' }[each] ?? each) : each;
    const cased = lower[at] ? like.toLowerCase() : like;
    return `${cased}${accents && at % 4 === 0 && /[a-z]/i.test(cased) ? '\u0301' : ''}${at < 12 ? separators[at] : ''}`;
  });
  const text = characters.join('');
  return isWide ? wide(text) : text;
}

const isOfReference = (text: string) => /reference of a referral|plain letters/.test(refusedIn(text) ?? '');

describe('a reference', () => {
  test('is refused in any writing', () => {
    fc.assert(
      fc.property(reference, writing, (id, how) => {
        const text = written(id, how);
        expect(isOfReference(text)).toBe(true);
        expect(isOfReference(`We spoke of ${text}, and decided.`)).toBe(true);
        expect(isOfReference(`(${text})`)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('is refused joined to other letters', () => {
    fc.assert(
      fc.property(
        reference.filter((id) => /\d/.test(id)),
        (id) => {
          for (const text of [`ref${id}s`, `x${id.replaceAll('-', '')}x`, `see${id.replaceAll('-', ' ')}now`])
            expect(isOfReference(text)).toBe(true);
        },
      ),
    );
  });

  test('is refused without its letters', () => {
    const groups = fc.constantFrom('-', ' ', '', '.', '—', '‑', '\u200B', ' - ', ': ', '\n');
    fc.assert(
      fc.property(
        reference.filter((id) => /\d/.test(id)),
        groups,
        fc.boolean(),
        (id, between, isLower) => {
          const [, first = '', second = ''] = id.split('-');
          const body = `${first}${between}${second}`;
          const text = isLower ? body.toLowerCase() : body;
          for (const each of [text, `See ${text}, it stays open.`, `(${text})`, [...`${first}${second}`].join(' ')])
            expect([each, isOfReference(each)]).toEqual([each, true]);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test.each([
    'see EKVJ1-W6Z48R',
    'see ekvj1 w6z48r',
    'receipt XPZZM-M5DZX2 stays open',
    'PQ-KPW5S-CC0BSZ has a bed',
    'RC-XPZZM-M5DZX2 is answered',
    'the question KPW5SCC0BSZ',
  ])('"%s" is refused', (text) => {
    expect(isOfReference(text)).toBe(true);
  });

  test('is refused mistyped, where it has the form of one', () => {
    expect(isOfReference('CR-7F3KD-9QXMTX')).toBe(true);
    expect(isOfReference('7F3KD-9QXMTX')).toBe(true);
  });
});

test.each([
  ['an e-mail address', 'Write to wren@agency.example'],
  ['a telephone number', 'Call 203-555-0104 for the form'],
  ['a social security number', 'We hold 123-45-6789'],
  ['a date of birth', 'DOB on file'],
  ['an age', 'The 15-year-old spoke'],
  ['a full date', 'Seen on March 3, 2014'],
  ['a full date in digits', 'Seen on 3/3/2014'],
  ['a title and a name', 'Ms. Wren agreed'],
  ['a title in Spanish', 'Sra. Ortega agreed'],
  ['a given and a family name', 'We heard Amanda Wren'],
  ['a name in capitals', 'We heard AMANDA WREN'],
  ['a name with accents', 'We heard Ángela Ortega'],
  ['initials', 'J.E. waits for a bed'],
  ['initials, small', 'we spoke of j.e. again'],
  ['initials without the last point', 'The placement of J.E was moved'],
  ['initials with a space', 'J. E. waits for a bed'],
  ['three initials', 'M.R.L. has a hearing'],
  ['a nickname', 'The one known as Lark'],
  ['a rank and a name', 'Ask Detective Smith for the file'],
  ['one girl', 'The girl has a hearing next week'],
  ['one boy', 'We spoke of this boy'],
  ['an address', 'We meet at 12 Cedar Street'],
  ['letters of another script', 'The СR is closed'],
  ['small capitals', 'ᴄʀ is short'],
  ['a name in small letters', 'maria lopez ran away'],
  ['a given name alone', 'We talked about Maria'],
  ['a given name alone, small', 'we talked about maria'],
  ['a given name alone in capitals', 'ASK MARIA ABOUT THE FORM'],
  ['a given name of a child of today', 'Jayden needs a bed'],
  ['a given name with an accent', 'Hablamos de José'],
  ['the possessive of a name', "Tyler's school called"],
  ['two given names joined', 'Ann-Marie called'],
  ['a family name alone', 'The Lopez matter is closed'],
  ['a family name alone, small', 'ask rodriguez for the file'],
  ['a family name with an initial', 'M. Hernandez has the file'],
  ['a name that is a word', 'We talked about Hope again'],
  ['a name of two words', 'Grace Young was there'],
  ['a name that is a town', 'Madison ran away'],
  ['a name that is a town, small', "call madison's mother"],
  ['a town and a family name', 'Madison Brown is waiting'],
  ['a short form', 'lupe called twice'],
  ['a name before a hospital', 'Maria Lopez, Hartford Hospital'],
  ['a name beside a hospital', 'Maria Lopez Hartford Hospital'],
  ['a name with a school of hers', "Maria's school wrote"],
])('%s is refused by a sentence that does not repeat it', (_, text) => {
  const parsed = guardedText(200).safeParse(text);
  const [issue] = parsed.error?.issues ?? [];
  expect(parsed.success).toBe(false);
  expect(issue?.message).toMatch(/^[A-Z].+[.]$/);
  for (const word of text.split(/\s/).filter((each) => each.length > 4)) expect(issue?.message).not.toContain(word);
});

test('the sentence about a name says what to write in its place', () => {
  expect(refusedIn('we talked about maria')).toBe(
    'This looks like the name of a person. Write a role, such as “the caseworker”, or the agency.',
  );
});

test.each([
  'We use one form for all towns.',
  'The Department of Children and Families sends the form to New Haven and Hartford.',
  'Create the working group on data; draft its charter by spring.',
  "The Chief State's Attorney and the Judicial Branch report twice a year.",
  'HART committee 3 meets in room 4.',
  'Review Public Act 14-186 and C.G.S. 17a-106f in the fall of 2027.',
  'Train 1,300 officers; 40 per cent are done.',
  'Crisis beds: ask three providers, then decide.',
  'Más camas para niñas en la región 4.',
  // Minutes of such forums as they are written.
  'Milford, Madison and Sharon police will train by May.',
  'Lincoln and Milford schools get the posters in April and August.',
  'Yale New Haven Hospital will mark exam slots in the shared calendar.',
  'Love146 and the Mohegan Tribe present their curricula in June.',
  'Connecticut Children’s and Saint Francis Hospital may share one protocol.',
  "St. Mary's Hospital and St. Vincent's report exam times.",
  'Charlotte Hungerford Hospital asks for a second camera.',
  'Annie E. Casey Foundation may grant funds; apply for a Grant by July.',
  'Casey Family Programs reviews the draft.',
  'The Albert J. Solnit Children’s Center holds two beds.',
  'Wheeler Clinic and Clifford Beers will court new foster homes.',
  'The Court Improvement Program asks each Court for its calendar.',
  'Review the Juan F. exit plan and the Adam Walsh Act.',
  "Teach Erin's Law in grades 6 to 8; an Amber Alert drill is in March.",
  'The Office of Victim Services and the Department of Justice agree on hope scales.',
  'Children who ran away are seen within 24 hours.',
  'Ask Probation, Court Support Services and the State’s Attorney for one contact each.',
  'THE CHIEF COURT ADMINISTRATOR WILL GRANT ACCESS. ADA AND IRA FORMS ARE OUT.',
  'North Carolina, Virginia and New York share their screening tools.',
  'Bristol, Clinton, Monroe, Weston and East Hampton lack a liaison.',
  'The crystal clear rule: bill no family; art and music groups may go on.',
  'Hotel owners must post the sign; the brown poster is out of stock.',
  'Young people with experience sit on the board from autumn on.',
  'Faith communities, pediatricians and youth service bureaus get the guide.',
  'Sterling and Warren have no hospital; price a taxi.',
  'El marco legal y la norma nueva: más camas para una niña, y mesa de trabajo en Bridgeport.',
  'Region 2 is long on beds and short on drivers; a long page of figures follows.',
  'Ambulance crews, Park rangers and the State Police use the same card.',
  'Golden Hill Paugussett and Mashantucket Pequot name a liaison.',
  'Move the Hill Health Center posters; the Village for Families asks for more.',
  'Polaris and the National Center for Missing and Exploited Children send figures.',
  'The U.S. Attorney and the F.B.I. join at 2 p.m., i.e. after lunch; 34 U.S.C. 20341 applies.',
  'Cross-agency training is state-funded; the after-school program opens in March.',
  'Region 4 opens 12 beds by May 2027, and 3 of 10 towns agree.',
  'Rose Hill Academy asks for training; Christian schools too.',
])('"%s" passes', (text) => {
  expect(refusedIn(text)).toBeUndefined();
});
