/**
 * `npm run verify -- FILE [--key FINGERPRINT] [--referral CR-…]`: checks a proof file without a connection. It prints what is proved.
 * What is wrong is one sentence each and status 1.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkProofFile } from './proof-file.ts';
import { reportOf } from './verify-proof.ts';

const usage = 'npm run verify -- FILE.zip [--key FINGERPRINT] [--referral CR-7F3KD-9QXMTQ]';

/** What the command prints, and its status. `read` gives the bytes of a file, and throws where there is none. */
export function verifyCommand(
  args: readonly string[],
  read: (file: string) => Uint8Array,
): { readonly lines: readonly string[]; readonly status: 0 | 1 } {
  const refuse = (sentence: string) => ({ lines: [sentence], status: 1 }) as const;
  let asked: { readonly file: string | undefined; readonly key?: string; readonly referral?: string };
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { key: { type: 'string' }, referral: { type: 'string' } },
    });
    asked = { file: positionals[0], ...values };
  } catch {
    return refuse(`Ask it so: ${usage}`);
  }
  const { file, ...expected } = asked;
  if (file === undefined) return refuse(`Name the file: ${usage}`);
  let bytes: Uint8Array;
  try {
    bytes = read(file);
  } catch {
    return refuse(`The file ${file} cannot be read.`);
  }
  return reportOf(checkProofFile(bytes, expected));
}

if (import.meta.main) {
  const { lines, status } = verifyCommand(process.argv.slice(2), (file) => readFileSync(file));
  for (const line of lines) (status === 0 ? console.log : console.error)(line);
  process.exitCode = status;
}
