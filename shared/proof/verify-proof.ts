/**
 * Checks a proof file without any other part of this product, and without a connection. The script `verify.mjs` of each proof file
 * is made of this file. Each check that fails is one sentence.
 */
import { createHash } from 'node:crypto';
import { isSignedBy } from './check-signature.ts';
import { readStatement, type Statement } from './check-statement.ts';
import { type Hash, isConsistent, leafHash, rootByPath } from './tree-hash.ts';

/** A commit of a chain. Without `text`, its content is withheld: only its hash is here. */
export interface ProvedCommit {
  /** Its place in the chain, from 1. */
  readonly seq: number;
  readonly prev: Hash;
  readonly hash: Hash;
  readonly text?: string;
}

/** That the tree of an anchor has this leaf. `anchor`: the place of the anchor in the list, from 0. */
export interface ProvedHead {
  readonly anchor: number;
  readonly leaf: string;
  /** The place of the leaf in the tree, from 0. */
  readonly index: number;
  readonly path: readonly Hash[];
}

export interface ProvedAnchor {
  readonly statement: string;
  readonly signature: string;
  readonly keyId: string;
  readonly publicKey: string;
  readonly consistency: readonly Hash[];
}

export interface Proof {
  readonly format: 1;
  readonly referral: string;
  /** When this file was made, a UTC instant. */
  readonly madeAt: string;
  /** The version of the policy that the referral is under. */
  readonly policy: string;
  readonly anchors: readonly ProvedAnchor[];
  readonly chains: readonly {
    readonly chain: string;
    readonly commits: readonly ProvedCommit[];
    readonly heads: readonly ProvedHead[];
  }[];
}

/** What a check found. `problems`: one sentence each. None: all that the file claims is proved. */
export interface Checked {
  readonly problems: readonly string[];
  /** What is proved, in sentences. */
  readonly facts: readonly string[];
  /** How many commits no anchor covers yet. */
  readonly unanchored: number;
}

/** What the reader knows from elsewhere. `key`: the fingerprint of the public key, such as from the mail of a witness. */
export interface Expected {
  readonly referral?: string;
  readonly key?: string;
}

const noHash = '0'.repeat(64);
/** The SHA-256 of a public key in base64 of its DER form, as 64 digits. */
export const fingerprintOf = (publicKey: string): Hash =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex');

const hashOf = (prev: Hash, text: string): Hash => createHash('sha256').update(`${prev}\n${text}`).digest('hex');

/** The problem of a commit where it stands. `prev`: the hash of the one before. */
function problemOfCommit(chain: string, place: number, prev: Hash, commit: ProvedCommit): string | undefined {
  const name = `Commit ${place} of ${chain}`;
  if (commit.seq !== place) return `${name} is missing.`;
  if (commit.prev !== prev) return `${name} does not follow from the commit before it.`;
  if (commit.text === undefined) return undefined;
  if (hashOf(commit.prev, commit.text) !== commit.hash)
    return `${name} was changed: its content does not fit its hash.`;
  const said = parsed(commit.text) as { readonly chain?: unknown; readonly seq?: unknown } | undefined;
  return said?.chain === chain && said.seq === place ? undefined : `${name} belongs to another place.`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Chain = Proof['chains'][number];

/** Whether the chain is of this referral: its own, one of its mail, its reads or its doubts. */
function isOf(referral: string, chain: string): boolean {
  const [kind = '', id = ''] = chain.replace(/~[2-9]$/, '').split('#');
  return kind === 'alert'
    ? id.startsWith(`${referral}.`)
    : ['referral', 'access', 'doubt'].includes(kind) && id === referral;
}

interface Leaf {
  readonly chain: string;
  readonly seq: number;
  readonly head: Hash;
  readonly as: string;
}

function problemsOfHeads(
  { chain, commits, heads }: Chain,
  statements: readonly (Statement | undefined)[],
): readonly string[] {
  return heads.flatMap(({ anchor, leaf, index, path }) => {
    const statement = statements[anchor];
    if (!statement) return [`${chain} names an anchor that is not in this file.`];
    const { at, size, root } = statement;
    if (rootByPath(leafHash(leaf), index, size, path) !== root)
      return [`The anchor of ${at} does not have the head that this file shows of ${chain}.`];
    const said = parsed(leaf) as Leaf | undefined;
    if (said?.chain !== chain) return [`The anchor of ${at} names another chain than ${chain}.`];
    const commit = commits[said.seq - 1];
    // What a later anchor says of the chain itself is told as a fact.
    if (said.seq === 0 || commit?.hash === said.head || isFlawedAfter(heads, anchor)) return [];
    return [
      commit
        ? `Commit ${said.seq} of ${chain} is not the one that was anchored at ${at}.`
        : `Commit ${said.seq} of ${chain} is missing: it was anchored at ${at}.`,
    ];
  });
}

const isFlaw = ({ as }: Leaf): boolean => as !== 'grown' && as !== 'mended';

/** Whether a later anchor says that the chain lost or changed something. */
const isFlawedAfter = (heads: readonly ProvedHead[], anchor: number): boolean =>
  heads.some((each) => {
    const said = parsed(each.leaf) as Leaf | undefined;
    return each.anchor > anchor && said !== undefined && isFlaw(said);
  });

/** What the anchors say of a chain that was not whole at their hour. */
const flawsOf = ({ chain, heads }: Chain, statements: readonly (Statement | undefined)[]): readonly string[] =>
  heads.flatMap(({ anchor, leaf }) => {
    const said = parsed(leaf) as Leaf | undefined;
    return said && isFlaw(said) ? [`The anchor of ${statements[anchor]?.at} says of ${chain}: ${said.as}.`] : [];
  });

/** How many of the commits are covered by an anchor. */
const anchoredOf = ({ commits, heads }: Chain): number =>
  Math.min(commits.length, Math.max(0, ...heads.map(({ leaf }) => (parsed(leaf) as Leaf | undefined)?.seq ?? 0)));

function checkChain(referral: string, chain: Chain, statements: readonly (Statement | undefined)[]): Checked {
  if (!isOf(referral, chain.chain))
    return { problems: [`${chain.chain} is of another record than ${referral}.`], facts: [], unanchored: 0 };
  const problems: string[] = [];
  let prev = noHash;
  for (const [index, commit] of chain.commits.entries()) {
    const problem = problemOfCommit(chain.chain, index + 1, prev, commit);
    if (problem !== undefined) {
      problems.push(problem);
      break;
    }
    prev = commit.hash;
  }
  problems.push(...problemsOfHeads(chain, statements));
  const [all, anchored] = [chain.commits.length, anchoredOf(chain)];
  const withheld = chain.commits.filter(({ text }) => text === undefined).length;
  const facts = [
    `${chain.chain}: ${all} commits, ${anchored} of them anchored, ${withheld} without content.`,
    ...flawsOf(chain, statements),
  ];
  return { problems, facts, unanchored: all - anchored };
}

function checkAnchors({ anchors }: Proof, { key }: Expected): readonly string[] {
  const [first] = anchors;
  if (!first) return ['No anchor is in this file, so nothing is proved. Make it again after the next full hour.'];
  const problems: string[] = [];
  if (key !== undefined && fingerprintOf(first.publicKey) !== key.toLowerCase())
    problems.push('This file is signed under another key than the one that you gave.');
  for (const anchor of anchors) {
    const statement = readStatement(anchor.statement);
    if (!statement) {
      problems.push('An anchor of this file has no signed text that can be read.');
      continue;
    }
    const { at, earlier } = statement;
    if (anchor.publicKey !== first.publicKey) problems.push(`The anchor of ${at} is signed under a foreign key.`);
    else if (!isSignedBy(anchor, anchor.publicKey))
      problems.push(`The anchor of ${at} was changed: its signature does not fit its text.`);
    if (!isConsistent(earlier, statement, anchor.consistency))
      problems.push(`The anchor of ${at} does not go on from the anchor before it.`);
  }
  return problems;
}

const isProof = (given: unknown): given is Proof => {
  const { format, referral, anchors, chains } = (given ?? {}) as Partial<Proof>;
  return format === 1 && typeof referral === 'string' && Array.isArray(anchors) && Array.isArray(chains);
};

/** Checks a proof, as the text of `proof.json`. Never throws: what cannot be read is a problem. */
export function checkProof(text: string, expected: Expected = {}): Checked {
  const proof = parsed(text);
  if (!isProof(proof)) return { problems: ['The file proof.json cannot be read.'], facts: [], unanchored: 0 };
  try {
    return checkWhole(proof, expected);
  } catch {
    return { problems: ['The file proof.json does not have the form of a proof.'], facts: [], unanchored: 0 };
  }
}

function checkWhole(proof: Proof, expected: Expected): Checked {
  const statements = proof.anchors.map(({ statement }) => readStatement(statement));
  const checked = proof.chains.map((chain) => checkChain(proof.referral, chain, statements));
  const isOther = expected.referral !== undefined && expected.referral !== proof.referral;
  const isWithout = !proof.chains.some(({ chain }) => chain === `referral#${proof.referral}`);
  const [first] = proof.anchors;
  const last = statements.at(-1);
  return {
    problems: [
      ...(isOther ? [`This file is about ${proof.referral}, and not about ${expected.referral}.`] : []),
      ...(isWithout ? [`The record of ${proof.referral} itself is not in this file.`] : []),
      ...checkAnchors(proof, expected),
      ...checked.flatMap(({ problems }) => problems),
    ],
    facts: [
      `Referral ${proof.referral}, made at ${proof.madeAt}, policy ${proof.policy}.`,
      ...(first
        ? [`Signed under the key ${fingerprintOf(first.publicKey)}. Compare it with the mail of a witness.`]
        : []),
      ...(last ? [`${statements.length} anchors, the last of ${last.at}, root ${last.root}.`] : []),
      ...checked.flatMap(({ facts }) => facts),
    ],
    unanchored: checked.reduce((sum, { unanchored }) => sum + unanchored, 0),
  };
}

/** The last word on a file without problems. */
export const verdictOf = ({ unanchored }: Pick<Checked, 'unanchored'>): string =>
  unanchored === 0
    ? 'All of it is proved.'
    : `It is proved, but for commits that no anchor has yet: ${unanchored}. Make the file again in an hour.`;

/** What is printed of a check, and the status that the command ends with. */
export function reportOf(checked: Checked): { readonly lines: readonly string[]; readonly status: 0 | 1 } {
  return checked.problems.length === 0
    ? { lines: [...checked.facts, verdictOf(checked)], status: 0 }
    : { lines: [...checked.problems, 'This file does not prove what it claims.'], status: 1 };
}
