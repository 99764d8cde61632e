/** The code of an adult who was trained. It is made of a number that is stored nowhere. */
import { createHmac } from 'node:crypto';
import { createDigests } from './secret.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 20;

/**
 * Makes codes of a hundred bits under a key of this purpose alone, derived from the secret of the vault. It follows the key
 * of ids, which stays when the index gets a new key. Equal parts give equal codes.
 */
export function learnerCodes(secret: string): (parts: readonly string[]) => string {
  const key = createDigests(secret).bytes('key of a purpose', 'learners');
  return (parts) => {
    const bytes = createHmac('sha256', key).update(JSON.stringify(parts)).digest();
    return Array.from(bytes.subarray(0, length), (byte) => alphabet.charAt(byte % 32)).join('');
  };
}
