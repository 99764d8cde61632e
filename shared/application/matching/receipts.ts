/**
 * The receipt number of a reporter, such as `RC-4K7QX-M2D8A1`. It is the reference of the first child, enciphered with the
 * key for ids. So no table leads from one to the other, and without the key the number tells nothing.
 */
import { alphabet, charactersOf, referenceOf } from '../../domain/core/ids.ts';
import type { Digests } from './secret.ts';

/** A Feistel cipher of two halves of five characters. NIST SP 800-38G asks for at least eight rounds. */
const rounds = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

type Key = Pick<Digests, 'bytes'>;

/** One half, changed by what the key makes of the other half. Doing it twice gives the half back. */
function mixed(half: string, by: string, round: number, { bytes }: Key): string {
  const key = bytes('receipt', String(round), by);
  return Array.from(half, (character, index) =>
    alphabet.charAt(alphabet.indexOf(character) ^ ((key[index] ?? 0) % 32)),
  ).join('');
}

function enciphered(characters: string, order: readonly number[], key: Key): string {
  const halves = order.reduce<readonly [string, string]>(
    ([left, right], round) => [right, mixed(left, right, round, key)],
    [characters.slice(0, 5), characters.slice(5)],
  );
  // The last swap is undone, so that the same steps in the other order decipher it.
  return `${halves[1]}${halves[0]}`;
}

/** The receipt of the report whose first child has this referral. Throws where it is no reference. */
export function receiptOf(referralId: string, key: Key): string {
  const characters = charactersOf('CR', referralId);
  if (characters === undefined) throw new Error('A receipt is made of the reference of a referral.');
  return referenceOf('RC', enciphered(characters, rounds, key));
}

/** The reference that this receipt would have. A number that was never given leads to no referral. Undefined where it is no receipt. */
export function referralOfReceipt(receipt: string, key: Key): string | undefined {
  const characters = charactersOf('RC', receipt);
  return characters && referenceOf('CR', enciphered(characters, rounds.toReversed(), key));
}
