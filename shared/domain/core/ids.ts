/**
 * Identifiers that people read over a phone. They encode nothing. A reference is ten base-32 characters of a keyed
 * digest and one check character. The alphabet is Crockford's (no I, L, O, U).
 */

/** The characters of references. Each stands for five bits. */
export const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * `CR-7F3KD-9QXMTQ` for a referral, `RP-…` for a report (one call or form), `DR-…` for a draft. `PQ-…`: a question to a provider.
 * `RC-…`: the receipt of a mandated reporter.
 */
export const prefixes = ['CR', 'RP', 'DR', 'PQ', 'RC'] as const;
export type Prefix = (typeof prefixes)[number];

/**
 * The check character of `characters` (Luhn mod 32). Any single wrong character changes it, and so does nearly every
 * swap of two neighbors. Throws a RangeError on a character outside the alphabet.
 */
export function checkCharacter(characters: string): string {
  let sum = 0;
  let factor = 2;
  for (let index = characters.length - 1; index >= 0; index -= 1) {
    const value = alphabet.indexOf(characters.charAt(index));
    if (value === -1) throw new RangeError('A reference uses only the digits and the letters without I, L, O and U.');
    const product = value * factor;
    sum += Math.floor(product / 32) + (product % 32);
    factor = factor === 2 ? 1 : 2;
  }
  return alphabet.charAt((32 - (sum % 32)) % 32);
}

/** The ten characters of a reference of this kind, without the check character. Undefined where it is none. */
export const charactersOf = (prefix: Prefix, text: string): string | undefined =>
  isReference(prefix, text) ? text.slice(prefix.length + 1, -1).replace('-', '') : undefined;

/** The reference with these ten characters. */
export const referenceOf = (prefix: Prefix, characters: string): string =>
  `${prefix}-${characters.slice(0, 5)}-${characters.slice(5)}${checkCharacter(characters)}`;

/** Makes a reference of the first ten bytes of `digest` (at least ten bytes, else RangeError). */
export function referenceFrom(prefix: Prefix, digest: Uint8Array): string {
  if (digest.length < 10) throw new RangeError('A reference needs a digest of at least ten bytes.');
  const characters = Array.from(digest.subarray(0, 10), (byte) => alphabet.charAt(byte % 32)).join('');
  return referenceOf(prefix, characters);
}

/** True for a reference of this kind with the right check character. */
export function isReference(prefix: Prefix, text: string): boolean {
  const match = new RegExp(`^${prefix}-([${alphabet}]{5})-([${alphabet}]{5})([${alphabet}])$`).exec(text);
  return match !== null && checkCharacter(`${match[1]}${match[2]}`) === match[3];
}

const plainOf = (typed: string): string =>
  typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');

/**
 * Reads what a person typed: lower case, missing hyphens, and O, I, L for 0, 1, 1. Undefined where it is not a
 * reference.
 */
export function readReference(prefix: Prefix, typed: string): string | undefined {
  const plain = plainOf(typed);
  if (!plain.startsWith(prefix)) return undefined;
  const characters = plain.slice(prefix.length);
  const reference = `${prefix}-${characters.slice(0, 5)}-${characters.slice(5)}`;
  return isReference(prefix, reference) ? reference : undefined;
}

/**
 * Five characters or more of such a reference, in a row, as a person typed them. Its mark may be left out. Undefined where they
 * are fewer, or more than a reference has.
 */
export function readPart(prefix: Prefix, typed: string): string | undefined {
  const plain = plainOf(typed);
  const part = plain.startsWith(prefix) ? plain.slice(prefix.length) : plain;
  return part.length >= 5 && part.length <= 11 && [...part].every((each) => alphabet.includes(each)) ? part : undefined;
}

/** `CR-7F3KD-9QXMTQ.D15.1`: the first D15 of that referral. Ids have capital letters only, so D12a's are `…D12A.1`. */
export const deadlineIdOf = (referralId: string, rule: string, number: number): string =>
  `${referralId}.${rule.toUpperCase()}.${number}`;

/** `CR-7F3KD-9QXMTQ.G1`: the first group of duties of that referral. */
export const groupIdOf = (referralId: string, number: number): string => `${referralId}.G${number}`;

/**
 * `CR-7F3KD-9QXMTQ.A12-MII9X2LC`: the twelfth alert of that referral, requested at `now`, a UTC instant. Where a chain was cut, a
 * later alert has the same number. The instant keeps it from the chain of the deleted alert, which may say that its mail was sent.
 */
export const alertIdOf = (referralId: string, number: number, now: string): string =>
  `${referralId}.A${number}-${Date.parse(now).toString(36).toUpperCase()}`;

/** `CR-7F3KD-9QXMTQ` of the alert `CR-7F3KD-9QXMTQ.A12-MII9X2LC`. */
export const referralOf = (alertId: string): string => alertId.split('.')[0] ?? '';

/** The pattern of ids of any kind. */
export const idPattern = /^[A-Z0-9.-]{1,64}$/;
