/** `npm run verify`: checks a proof file without a connection. It prints what is proved. What is wrong is a line each, and status 1. */
import { readFileSync } from 'node:fs';
import { whereKnown } from '../domain/core/where-known.ts';
import { checkProofFile } from '../proof/proof-file.ts';
import { reportOf } from '../proof/verify-proof.ts';
import { answerTo, CannotAnswer, type Command, print } from './command-line.ts';

const flags = {
  key: { value: 'FINGERPRINT', says: 'The fingerprint of the key that must have signed it.' },
  referral: { value: 'CR-...', says: 'The referral that it must be about.' },
  script: { value: 'DIGEST', says: 'The SHA-256 that its script must have.' },
} as const;

interface VerifyParts {
  /** The bytes of a file. Throws where it cannot be read. */
  readonly read: (file: string) => Uint8Array;
}

const command: Command<typeof flags, VerifyParts> = {
  run: 'npm run verify --',
  flags,
  acts: {
    '': {
      usage: 'FILE.zip [--key FINGERPRINT] [--referral CR-7F3KD-9QXMTQ] [--script DIGEST]',
      words: 1,
      takes: ['key', 'referral', 'script'],
      answer({ words: [file = ''], flags: { key, referral, script } }, { read }) {
        const { lines, status } = reportOf(checkProofFile(bytesOf(file, read), whereKnown({ key, referral, script })));
        const text = `${lines.join('\n')}\n`;
        return status === 0 ? text : { status, out: '', err: text };
      },
    },
  },
};

function bytesOf(file: string, read: VerifyParts['read']): Uint8Array {
  try {
    return read(file);
  } catch {
    throw new CannotAnswer(`The file ${file} cannot be read.`);
  }
}

export const verifyCommand = (args: readonly string[], parts: VerifyParts) => answerTo(command, args, parts);

if (import.meta.main) await print(verifyCommand(process.argv.slice(2), { read: (file) => readFileSync(file) }));
