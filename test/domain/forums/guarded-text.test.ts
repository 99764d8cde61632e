/** The guard of texts of forums: what it refuses in any writing, and what it lets pass. It never repeats a text. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Prefix, referenceFrom } from '../../../shared/domain/core/ids.ts';
import { guardedText, refusedIn } from '../../../shared/domain/forums/guarded-text.ts';

const reference = fc
  .tuple(fc.constantFrom<Prefix>('CR', 'RP', 'DR'), fc.string())
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

  test('is refused mistyped, where it has the form of one', () => {
    expect(isOfReference('CR-7F3KD-9QXMTX')).toBe(true);
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
  ['a nickname', 'The one known as Lark'],
  ['a rank and a name', 'Ask Detective Smith for the file'],
  ['one girl', 'The girl has a hearing next week'],
  ['one boy', 'We spoke of this boy'],
  ['an address', 'We meet at 12 Cedar Street'],
  ['letters of another script', 'The СR is closed'],
  ['small capitals', 'ᴄʀ is short'],
])('%s is refused by a sentence that does not repeat it', (_, text) => {
  const parsed = guardedText(200).safeParse(text);
  const [issue] = parsed.error?.issues ?? [];
  expect(parsed.success).toBe(false);
  expect(issue?.message).toMatch(/^[A-Z].+[.]$/);
  for (const word of text.split(/\s/).filter((each) => each.length > 4)) expect(issue?.message).not.toContain(word);
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
])('"%s" passes', (text) => {
  expect(refusedIn(text)).toBeUndefined();
});
