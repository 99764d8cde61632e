/** The files of a proof file that follow from the proof: the cover page, in plain words, to be printed, and the key. */
import { readStatement } from './check-statement.ts';
import { fingerprintOf, type Proof } from './verify-proof.ts';

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const list = (items: readonly string[]) => `<ul>\n${items.map((item) => `<li>${item}</li>`).join('\n')}\n</ul>`;

const proved = [
  'Each commit of this record follows from the one before it. None was changed, removed or put in between.',
  'The record stood so at the hour of each anchor. An anchor is signed and was locked in that hour.',
  'Who signed it held the private half of the key below. It is kept by a key service, and no person can read it.',
];
const notProved = [
  'That what a person entered is true, or was entered at the time of the event.',
  'Who sat at the keyboard. A commit names the account that acted.',
  'What was entered after the last anchor in this file.',
  'That this file is complete by itself. Compare its last root with the mail that a witness kept.',
];
const terms: readonly (readonly [term: string, meaning: string])[] = [
  ['Commit', 'One entry of the record: what was done, by which account, when. It is never changed.'],
  ['Chain', 'The commits of a record in their order. Each has the hash of the one before it.'],
  ['Hash', 'A number of 64 digits made from a text. Another text has another number.'],
  ['Withheld', 'The content of a commit is not in this file. Its hash is. Who gets the text elsewhere can compare it.'],
  [
    'Anchor',
    'Each hour, the last hashes of all changed chains are joined to one number, the root. The root is signed.',
  ],
  ['Inclusion proof', 'The few hashes that lead from a chain to the root, without the other chains.'],
  ['Witness', 'A person outside the agency who gets each root by mail and keeps it.'],
  ['Policy version', 'The set of rules that the record was under.'],
];

/** An HTML page without scripts. It has references, instants and hashes alone. */
export function coverPage(proof: Proof): string {
  const { referral, madeAt, policy, anchors, chains } = proof;
  const [first, last] = [anchors[0], anchors.at(-1)];
  const statement = last && readStatement(last.statement);
  const own = chains.find(({ chain }) => chain === `referral#${referral}`);
  const rows: readonly (readonly [name: string, value: string])[] = [
    ['Referral', referral],
    ['Commits', String(own?.commits.length ?? 0)],
    ['File made at', madeAt],
    ['Policy version', policy],
    ['Anchors', String(anchors.length)],
    ['Last anchor', statement?.at ?? 'none yet'],
    ['Last root', statement?.root ?? 'none yet'],
    ['Fingerprint of the key', first ? fingerprintOf(first.publicKey) : 'none yet'],
  ];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Proof of the record of ${escaped(referral)}</title>
<style>
body { font: 1.05rem/1.5 Georgia, serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 1.6rem; }
th { text-align: left; vertical-align: top; padding: 0.2rem 1rem 0.2rem 0; font-weight: normal; color: #444; }
td { overflow-wrap: anywhere; padding: 0.2rem 0; } code { overflow-wrap: anywhere; }
dt { font-weight: bold; } dd { margin: 0 0 0.5rem; }
</style>
<h1>Proof of the record of ${escaped(referral)}</h1>
<p>This file shows that the record was not changed after the fact. It names no child.</p>
<table>
${rows.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${escaped(value)}</td></tr>`).join('\n')}
</table>
<h2>What is proved</h2>
${list(proved)}
<h2>What is not proved</h2>
${list(notProved)}
<h2>How to check it</h2>
<p>You need a computer with Node 20 or newer, and no connection. Unpack this file, open a terminal in its folder, and type:</p>
<p><code>node verify.mjs --key ${first ? fingerprintOf(first.publicKey) : 'FINGERPRINT'}</code></p>
<p>Take the fingerprint from the mail of a witness, not from this page. The last line then says: <em>All of it is proved.</em></p>
<p>Who changed this file could have changed the script too. Its SHA-256 is in the mail of a witness, after <em>script</em>.</p>
<h2>Words</h2>
<dl>
${terms.map(([term, meaning]) => `<dt>${term}</dt><dd>${meaning}</dd>`).join('\n')}
</dl>
</html>
`;
}

/** The key in the form that OpenSSL reads. */
const pemOf = (publicKey: string) =>
  `-----BEGIN PUBLIC KEY-----\n${publicKey.match(/.{1,64}/g)?.join('\n') ?? ''}\n-----END PUBLIC KEY-----\n`;

/** The text of each file that follows from a proof, by its name. */
export function filesMadeOf(proof: Proof): Readonly<Record<string, string>> {
  const [anchor] = proof.anchors;
  return { 'cover.html': coverPage(proof), ...(anchor && { 'public-key.pem': pemOf(anchor.publicKey) }) };
}

/** The sentence about a file that does not fit the proof. */
export const notOfProof = (name: string): string => `${name} is not the one that was put into this file.`;

/** A sentence for each of the files made of a proof that is missing, or says something else, among the given ones. */
export const problemsOfFiles = (
  made: Readonly<Record<string, string>>,
  given: (name: string) => string | undefined,
): readonly string[] =>
  Object.entries(made).flatMap(([name, text]) => (given(name) === text ? [] : [notOfProof(name)]));
