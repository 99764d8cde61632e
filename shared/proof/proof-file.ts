/** The proof file: one zip with the cover page, the proof, the public key and the script that checks it. */
import { createHash } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { coverPage } from './cover-page.ts';
import { type Checked, checkProof, type Expected, type Proof } from './verify-proof.ts';
import { zipOf } from './zip-files.ts';

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** The key in the form that OpenSSL reads. */
const pemOf = (publicKey: string) =>
  `-----BEGIN PUBLIC KEY-----\n${publicKey.match(/.{1,64}/g)?.join('\n') ?? ''}\n-----END PUBLIC KEY-----\n`;

export const proofFileName = (referral: string): string => `proof-${referral}.zip`;

/** The bytes of the zip. `script`: the text of `verify.mjs`. */
export function proofFile(proof: Proof, script: string): Uint8Array {
  const [anchor] = proof.anchors;
  const files: Readonly<Record<string, string>> = {
    'cover.html': coverPage(proof),
    'proof.json': `${JSON.stringify(proof, undefined, 1)}\n`,
    ...(anchor && { 'public-key.pem': pemOf(anchor.publicKey) }),
    'verify.mjs': script,
  };
  const manifest = Object.entries(files).map(([name, text]) => `${digestOf(text)}  ${name}\n`);
  return zipOf({ ...files, SHA256SUMS: manifest.join('') });
}

/** A file of another form is refused, and one that would grow beyond this many bytes. */
const mostBytes = 200_000_000;

function filesIn(zip: Uint8Array): Readonly<Record<string, string>> | undefined {
  try {
    const files = unzipSync(zip, { filter: ({ originalSize }) => originalSize <= mostBytes });
    return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
  } catch {
    return undefined;
  }
}

/** The files that are not those that the list of digests names. */
const changedFiles = (files: Readonly<Record<string, string>>): readonly string[] =>
  (files.SHA256SUMS ?? '').split('\n').flatMap((line) => {
    const [digest, name] = line.split('  ');
    if (!digest || name === undefined) return [];
    const text = files[name];
    return text === undefined || digestOf(text) !== digest ? [name] : [];
  });

/** Checks a whole proof file. Never throws: what cannot be read is a problem. */
export function checkProofFile(zip: Uint8Array, expected: Expected = {}): Checked {
  const files = filesIn(zip);
  if (!files) return { problems: ['The file is no zip, or is cut off: get it again.'], facts: [], unanchored: 0 };
  if (files['proof.json'] === undefined)
    return { problems: ['The zip has no proof.json: it is no proof file.'], facts: [], unanchored: 0 };
  const checked = checkProof(files['proof.json'], expected);
  const changed = checked.problems.length > 0 ? [] : changedFiles(files);
  return {
    problems: [...checked.problems, ...changed.map((name) => `${name} is not the one that was put into this file.`)],
    facts: checked.facts,
    unanchored: checked.unanchored,
  };
}
