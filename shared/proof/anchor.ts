/**
 * An anchor: the heads of the chains that changed, as leaves of a Merkle tree to which leaves are only added, with its root signed.
 * Each anchor is written once, outside the tables.
 */
import * as z from 'zod';
import { readStatement, type Statement } from './check-statement.ts';
import { consistencyPath, growTree, noPeaks, type Peaks, peaksOf, rootOf } from './merkle.ts';
import { emptyRoot, leafHash } from './tree-hash.ts';

/**
 * What a leaf says of its chain. `grown`: it has more commits, or is new. `gone`, `shorter`, `changed`: it is not as it was
 * anchored before. `mended`: it is whole again.
 */
const states = ['grown', 'gone', 'shorter', 'changed', 'mended'] as const;

const headLeaf = z.strictObject({
  chain: z.string(),
  /** The place of the last commit; 0 where the chain is gone. */
  seq: z.number().int().nonnegative(),
  /** The hash of the last commit. It covers all commits before. */
  head: z.string(),
  as: z.enum(states),
  /** The first place in doubt, where it is known. */
  place: z.number().int().nonnegative().optional(),
});
/** One leaf of the tree. */
export type HeadLeaf = z.infer<typeof headLeaf>;

/** The text of a leaf: these fields in this order, as JSON. */
export const leafText = ({ chain, seq, head, as, place }: HeadLeaf): string =>
  JSON.stringify({ chain, seq, head, as, ...(place !== undefined && { place }) });

/** Throws where the text is no leaf. */
export const leafOf = (text: string): HeadLeaf => headLeaf.parse(JSON.parse(text));

/** The signed words. The mail to the witnesses has the same. */
export const statementText = ({ at, size, root, earlier }: Statement): string =>
  ['careline anchor 1', `at ${at}`, `size ${size}`, `root ${root}`, `earlier ${earlier.size} ${earlier.root}`, ''].join(
    '\n',
  );

/** Throws where the text is no statement. */
export function statementOf(text: string): Statement {
  const statement = readStatement(text);
  if (!statement) throw new Error('The signed text of this anchor is none of ours.');
  return statement;
}

const signature = z.object({
  /** ECDSA over P-256 with SHA-256 of the statement, in base64 of its DER form. */
  signature: z.string(),
  keyId: z.string(),
  /** In base64 of its DER form (SPKI). */
  publicKey: z.string(),
});
export type Signature = z.infer<typeof signature>;

const storedAnchor = z.object({
  format: z.literal(1),
  statement: z.string(),
  ...signature.shape,
  /** The path of RFC 6962 that leads from the earlier tree to this one. */
  consistency: z.array(z.string()),
  /** The full subtrees of the earlier tree, the largest first. */
  earlierPeaks: z.array(z.string()),
  /** The leaves that this anchor added, each as it was hashed. */
  leaves: z.array(z.string()),
});
export type StoredAnchor = z.infer<typeof storedAnchor>;

/** Throws a ZodError where the text of the object is no anchor. */
export const readAnchor = (text: string): StoredAnchor => storedAnchor.parse(JSON.parse(text));

/** The tree of a stored anchor. It knows its own leaves, and of earlier ones what its proofs need. */
export const treeOf = ({
  statement,
  earlierPeaks,
  leaves,
}: Pick<StoredAnchor, 'statement' | 'earlierPeaks' | 'leaves'>) =>
  growTree({ size: statementOf(statement).earlier.size, hashes: earlierPeaks }, leaves.map(leafHash));

/** The next anchor before it is signed. `last`: the one before. `at`: a UTC instant. */
export function nextAnchor(
  last: StoredAnchor | undefined,
  leaves: readonly HeadLeaf[],
  at: string,
): Omit<StoredAnchor, keyof Signature> {
  const before: Peaks = last ? peaksOf(treeOf(last)) : noPeaks;
  const earlier = last ? statementOf(last.statement) : { size: 0, root: emptyRoot };
  const texts = leaves.map(leafText);
  const tree = growTree(before, texts.map(leafHash));
  const statement = statementText({ at, ...rootOf(tree), earlier: { size: earlier.size, root: earlier.root } });
  return {
    format: 1,
    statement,
    consistency: [...consistencyPath(tree, before.size)],
    earlierPeaks: [...before.hashes],
    leaves: texts,
  };
}

/** A chain as it was anchored last. `place`: where it was in doubt then. */
export interface AnchoredHead {
  readonly seq: number;
  readonly head: string;
  readonly place?: number;
}
export type AnchoredHeads = ReadonlyMap<string, AnchoredHead>;

/** The heads after these leaves, in their order. */
export function headsAfter(before: AnchoredHeads, leaves: readonly HeadLeaf[]): AnchoredHeads {
  const heads = new Map(before);
  for (const { chain, seq, head, place } of leaves)
    heads.set(chain, { seq, head, ...(place !== undefined && { place }) });
  return heads;
}

const storedHeads = z.array(z.tuple([z.string(), z.number(), z.string(), z.number().optional()]));

/** All heads as one text, in the order of their chains. */
export const headsText = (heads: AnchoredHeads): string =>
  JSON.stringify(
    [...heads]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([chain, { seq, head, place }]) => (place === undefined ? [chain, seq, head] : [chain, seq, head, place])),
  );

/** Throws where the text names no heads. */
export const headsOf = (text: string): AnchoredHeads =>
  new Map(
    storedHeads
      .parse(JSON.parse(text))
      .map(([chain, seq, head, place]) => [chain, { seq, head, ...(place !== undefined && { place }) }]),
  );

/** Where the anchors are: each under its hour. */
export const anchorFolder = 'anchors/hours/';
export const anchorName = (hourName: string): string => `${anchorFolder}${hourName}.json`;

/** The hour of a UTC instant, by which notes and anchors are kept: `2026-11-28T21`. */
export const hourOf = (instant: string): string => instant.slice(0, 13);
