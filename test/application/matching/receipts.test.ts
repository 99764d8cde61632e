/** Receipts of reporters: a number that leads to the report with the key alone. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { receiptOf, referralOfReceipt } from '../../../shared/application/matching/receipts.ts';
import { createDigests } from '../../../shared/application/matching/secret.ts';
import { alphabet, isReference, referenceOf } from '../../../shared/domain/core/ids.ts';

const key = createDigests('an invented key of this test');
const references = fc
  .array(fc.nat(31), { minLength: 10, maxLength: 10 })
  .map((characters) => referenceOf('CR', characters.map((each) => alphabet.charAt(each)).join('')));

test('a receipt leads back to its referral, and only with its key', () => {
  fc.assert(
    fc.property(references, (reference) => {
      const receipt = receiptOf(reference, key);
      expect(isReference('RC', receipt)).toBe(true);
      expect(receipt.slice(3)).not.toBe(reference.slice(3));
      expect(referralOfReceipt(receipt, key)).toBe(reference);
      expect(referralOfReceipt(receipt, createDigests('another key'))).not.toBe(reference);
    }),
  );
});

test('references that differ in one character have receipts that differ in most', () => {
  const [one, other] = ['0123456789', '0123456788'].map((text) => receiptOf(referenceOf('CR', text), key));
  const same = Array.from(one ?? '').filter((character, index) => character === other?.[index]);
  // The prefix and the hyphens are equal: RC, - and -.
  expect(same.length).toBeLessThan(9);
});

test('what is no receipt leads nowhere', () => {
  expect(referralOfReceipt('RC-00000-000001', key)).toBeUndefined();
  expect(referralOfReceipt(referenceOf('CR', '0123456789'), key)).toBeUndefined();
  expect(() => receiptOf('RP-00000-000000', key)).toThrow('reference of a referral');
});
