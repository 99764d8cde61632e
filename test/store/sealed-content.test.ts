import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DamagedContent, keyOfPart, ownerOf, seal, unseal } from '../../shared/store/sealed-content.ts';

const key = randomBytes(32);
const part = 'text#CR-7F3KD-9QXMT2#NARRATIVE';

describe('sealed content', () => {
  test('opens to the text that was sealed, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(unseal(key, part, seal(key, part, text))).toBe(text.toWellFormed());
      }),
    );
  });

  test('shows nothing of the text, and is different each time', () => {
    const text = 'Invented words of a child';
    const [one, other] = [seal(key, part, text), seal(key, part, text)];
    expect(Buffer.from(one).toString('latin1')).not.toContain('words');
    expect(Buffer.compare(one, other)).not.toBe(0);
  });

  test('does not open where one bit of it was changed, or a byte is missing', () => {
    const sealed = seal(key, part, 'Invented words.');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Uint8Array.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => unseal(key, part, changed)).toThrow(DamagedContent);
      expect(() => unseal(key, part, sealed.subarray(0, at))).toThrow(DamagedContent);
    }
    expect(() => unseal(key, part, undefined)).toThrow(DamagedContent);
  });

  test('does not open as another part, of another referral, or with another key', () => {
    const sealed = seal(key, part, 'Invented words.');
    for (const other of ['text#CR-7F3KD-9QXMT2#PLACES', 'text#CR-AAAAA-AAAAAA#NARRATIVE', 'child#CR-7F3KD-9QXMT2'])
      expect(() => unseal(key, other, sealed)).toThrow(DamagedContent);
    expect(() => unseal(randomBytes(32), part, sealed)).toThrow(DamagedContent);
  });

  test('says in its error nothing of the part', () => {
    expect(new DamagedContent().message).not.toMatch(/CR-|#/);
  });
});

test('the key of a part needs the data key, the half and the part', () => {
  const [dataKey, half] = [randomBytes(32), randomBytes(16)];
  const keys = [
    keyOfPart(dataKey, half, part),
    keyOfPart(randomBytes(32), half, part),
    keyOfPart(dataKey, randomBytes(16), part),
    keyOfPart(dataKey, new Uint8Array(), part),
    keyOfPart(dataKey, half, 'child#CR-7F3KD-9QXMT2'),
  ].map((each) => Buffer.from(each).toString('hex'));
  expect(new Set(keys).size).toBe(keys.length);
  expect(Buffer.from(keyOfPart(dataKey, half, part)).toString('hex')).toBe(keys[0]);
});

test('a part belongs to the referral or draft in its key', () => {
  expect(['child#CR-1', 'birth#CR-1#C.REASON', 'text#CR-1#C.PLAN', 'draft#DR-1'].map(ownerOf)).toEqual([
    ...['CR-1', 'CR-1', 'CR-1', 'DR-1'],
  ]);
});
