/** The script in a proof file: `node verify.mjs [--key FINGERPRINT] [--referral CR-…]`, beside `proof.json`. It needs Node alone. */
import { readFileSync } from 'node:fs';
import { checkProof, reportOf } from './verify-proof.ts';

const given = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? undefined : process.argv[at + 1];
};

const read = (): string => {
  try {
    return readFileSync(new URL('proof.json', import.meta.url), 'utf8');
  } catch {
    return '';
  }
};

const [key, referral] = [given('key'), given('referral')];
const { lines, status } = reportOf(
  checkProof(read(), { ...(key !== undefined && { key }), ...(referral !== undefined && { referral }) }),
);
process.stdout.write(lines.map((line) => `${line}\n`).join(''));
process.exitCode = status;
