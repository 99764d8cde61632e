/** The script in a proof file: `node verify.mjs [--key FINGERPRINT] [--referral CR-…]`, beside `proof.json`. It needs Node alone. */
import { readFileSync } from 'node:fs';
import { filesMadeOf, problemsOfFiles } from './cover-page.ts';
import { checkProof, type Proof, reportOf } from './verify-proof.ts';

const given = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? undefined : process.argv[at + 1];
};

/** The text of a file beside this script. Undefined where there is none. */
const beside = (name: string): string | undefined => {
  try {
    return readFileSync(new URL(name, import.meta.url), 'utf8');
  } catch {
    return undefined;
  }
};

const [key, referral] = [given('key'), given('referral')];
const proof = beside('proof.json') ?? '';
const checked = checkProof(proof, { ...(key !== undefined && { key }), ...(referral !== undefined && { referral }) });
const problems =
  checked.problems.length > 0 ? checked.problems : problemsOfFiles(filesMadeOf(JSON.parse(proof) as Proof), beside);
const { lines, status } = reportOf({ ...checked, problems });
process.stdout.write(lines.map((line) => `${line}\n`).join(''));
process.exitCode = status;
