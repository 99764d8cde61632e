/** The proof file: one zip with the cover page, the proof, the public key and the script that checks it. */
import { createHash } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { filesMadeOf, notOfProof, problemsOfFiles } from './cover-page.ts';
import { type Checked, checkProof, type Expected, type Proof } from './verify-proof.ts';
import { zipOf } from './zip-files.ts';

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

export const proofFileName = (referral: string): string => `proof-${referral}.zip`;

/** The list of the digests of these files, in the order of their names. */
const sumsOf = (files: Readonly<Record<string, string>>): string =>
  Object.keys(files)
    .toSorted()
    .map((name) => `${digestOf(files[name] ?? '')}  ${name}\n`)
    .join('');

/** The bytes of the zip. `script`: the text of `verify.mjs`. */
export function proofFile(proof: Proof, script: string): Uint8Array {
  const files = {
    ...filesMadeOf(proof),
    'proof.json': `${JSON.stringify(proof, undefined, 1)}\n`,
    'verify.mjs': script,
  };
  return zipOf({ ...files, SHA256SUMS: sumsOf(files) });
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

/** The problems of all but `proof.json`, which was found right. `script`: the digest of the script, where the reader knows it. */
function problemsBeside(files: Readonly<Record<string, string>>, script: string | undefined): readonly string[] {
  const { 'proof.json': proof = '', 'verify.mjs': own, SHA256SUMS: sums, ...others } = files;
  const made = filesMadeOf(JSON.parse(proof) as Proof);
  const unknown = Object.keys(others).filter((name) => !Object.hasOwn(made, name));
  const { SHA256SUMS: _, ...listed } = files;
  return [
    ...problemsOfFiles(made, (name) => others[name]),
    ...unknown.map((name) => `${name} does not belong into a proof file.`),
    ...(own === undefined ? ['verify.mjs is missing.'] : []),
    ...(script !== undefined && own !== undefined && digestOf(own) !== script.toLowerCase()
      ? ['verify.mjs is another script than the one that you gave the digest of.']
      : []),
    ...(sums === sumsOf(listed) ? [] : [notOfProof('SHA256SUMS')]),
  ];
}

/**
 * Checks a whole proof file. `script`: the digest that `verify.mjs` must have. Never throws: what cannot be read is a problem.
 */
export function checkProofFile(zip: Uint8Array, expected: Expected & { readonly script?: string } = {}): Checked {
  const files = filesIn(zip);
  if (!files) return { problems: ['The file is no zip, or is cut off: get it again.'], facts: [], unanchored: 0 };
  if (files['proof.json'] === undefined)
    return { problems: ['The zip has no proof.json: it is no proof file.'], facts: [], unanchored: 0 };
  const checked = checkProof(files['proof.json'], expected);
  const beside = checked.problems.length > 0 ? [] : problemsBeside(files, expected.script);
  const script = files['verify.mjs'];
  return {
    problems: [...checked.problems, ...beside],
    facts: [
      ...checked.facts,
      ...(script === undefined
        ? []
        : [`The script has the digest ${digestOf(script)}. Compare it with the mail of a witness.`]),
    ],
    unanchored: checked.unanchored,
  };
}
