import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkCharacter,
  deadlineIdOf,
  idPattern,
  isReference,
  readReference,
  referenceFrom,
} from '../../../shared/domain/core/ids.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const characters = fc
  .array(fc.constantFrom(...alphabet), { minLength: 10, maxLength: 10 })
  .map((each) => each.join(''));
const reference = fc.uint8Array({ minLength: 10, maxLength: 32 }).map((digest) => referenceFrom('CR', digest));
/** Where the eleven characters are in `CR-7F3KD-9QXMT2`. */
const places = [3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14];
const put = (text: string, place: number, character: string) =>
  `${text.slice(0, place)}${character}${text.slice(place + 1)}`;

describe('the check character', () => {
  it('catches every single wrong character', () => {
    fc.assert(
      fc.property(reference, fc.constantFrom(...places), fc.constantFrom(...alphabet), (right, place, character) => {
        expect(isReference('CR', put(right, place, character))).toBe(right[place] === character);
      }),
    );
    // All of them for one reference, whatever the draws above were.
    const right = referenceFrom(
      'CR',
      new Uint8Array(10).map((_, index) => index * 37),
    );
    for (const place of places) {
      const passing = [...alphabet].filter((character) => isReference('CR', put(right, place, character)));
      expect(passing, `place ${place}`).toEqual([right[place]]);
    }
  });

  it('catches every swap of two neighbours, but for 0 with Z', () => {
    const missed = [...alphabet].flatMap((one) =>
      [...alphabet]
        .filter((other) => one < other && checkCharacter(one + other) === checkCharacter(other + one))
        .map((other) => one + other),
    );
    expect(missed).toEqual(['0Z']);
  });

  it('catches a swap of any two neighbours anywhere in a reference, but for 0 with Z', () => {
    fc.assert(
      fc.property(reference, fc.integer({ min: 0, max: 9 }), (right, index) => {
        const [first = 0, second = 0] = places.slice(index, index + 2);
        const [one = '', other = ''] = [right[first], right[second]];
        const swapped = put(put(right, first, other), second, one);
        const unseen = one === other || [one, other].sort().join('') === '0Z';
        expect(isReference('CR', swapped)).toBe(unseen);
      }),
    );
  });

  it('is of the same alphabet, and refuses what is not', () => {
    fc.assert(fc.property(characters, (text) => alphabet.includes(checkCharacter(text))));
    for (const character of 'ILOUa-') expect(() => checkCharacter(character)).toThrow('without I, L, O and U');
  });
});

describe('a reference', () => {
  it('has the form CR-7F3KD-9QXMT2, is right, and is an id', () => {
    fc.assert(
      fc.property(reference, (text) => {
        expect(text).toMatch(/^CR-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{6}$/);
        expect(isReference('CR', text)).toBe(true);
        expect(isReference('RP', text)).toBe(false);
        expect(text).toMatch(idPattern);
        expect(deadlineIdOf(text, 'D12a', 1)).toMatch(idPattern);
      }),
    );
  });

  it('is the same for the same digest, and needs ten bytes of it', () => {
    const digest = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(referenceFrom('RP', digest)).toBe(referenceFrom('RP', new Uint8Array([...digest, 99])));
    expect(() => referenceFrom('CR', digest.subarray(1))).toThrow('at least ten bytes');
  });
});

describe('what a person types', () => {
  const right = referenceFrom('CR', new Uint8Array([0, 1, 0, 1, 7, 0, 1, 20, 0, 1]));

  it.each([
    ['in lower case', (text: string) => text.toLowerCase()],
    ['without hyphens', (text: string) => text.replaceAll('-', '')],
    ['with spaces', (text: string) => ` ${text.replaceAll('-', ' ')} `],
    ['with hyphens elsewhere', (text: string) => `C-R${text.slice(3).replace('-', '')}`],
    ['with O for 0', (text: string) => text.replaceAll('0', 'O')],
    ['with l for 1', (text: string) => text.replaceAll('1', 'l')],
    ['with i for 1', (text: string) => text.replaceAll('1', 'i')],
  ])('is read %s', (_, type) => {
    expect(readReference('CR', type(right))).toBe(right);
    fc.assert(fc.property(reference, (text) => readReference('CR', type(text)) === text));
  });

  it.each(['', 'CR', 'CR-', 'CR-12345-678901', 'RP-7F3KD-9QXMT2', 'CR-7F3KD-9QXMTU', 'hello'])(
    'and is no reference is not read: "%s"',
    (typed) => {
      expect(readReference('CR', typed)).toBeUndefined();
    },
  );

  it('with a character too many or too few is not read', () => {
    fc.assert(
      fc.property(reference, fc.constantFrom(...alphabet), (text, character) => {
        expect(readReference('CR', text + character)).toBeUndefined();
        expect(readReference('CR', text.slice(0, -1))).toBeUndefined();
      }),
    );
  });
});
