/** Makes the proof file of a referral from a data folder. */
import { proveRecord } from '../application/read/proof.ts';
import { firstOf } from '../domain/audit/findings.ts';
import { readEvent } from '../domain/events.ts';
import { fold } from '../domain/fold.ts';
import { policyOf } from '../policy/policies.ts';
import { proofFile } from '../proof/proof-file.ts';
import type { ReadableAnchors } from '../proof/proved-chains.ts';
import { checkProof, reportOf } from '../proof/verify-proof.ts';
import { decodeCommit, verifyChain } from '../store/commit.ts';
import { CannotAnswer } from './command-line.ts';
import type { ChainsRead } from './read-chains.ts';

/** The anchors of a folder, as the store of a deployment gives them. */
const archiveOf = (anchors: ReadonlyMap<string, string>): ReadableAnchors => ({
  names: async (prefix, after = '') =>
    [...anchors.keys()].filter((name) => name.startsWith(prefix) && name > after).toSorted(),
  async read(name) {
    const text = anchors.get(name);
    if (text === undefined) throw new CannotAnswer(`There is no anchor ${name} in the folder.`);
    return text;
  },
});

const belongsTo = (referralId: string, chain: string): boolean => {
  const [kind = '', id = ''] = firstOf(chain).split('#');
  return kind === 'alert' ? id.startsWith(`${referralId}.`) : ['access', 'doubt'].includes(kind) && id === referralId;
};

/**
 * The proof file, and what it proves, in lines. `script`: the text of the script that checks it. Throws `CannotAnswer` where the folder
 * has no such referral, or its chain is damaged.
 */
export async function proveFromFolder(
  { now, chains, anchors }: ChainsRead,
  referralId: string,
  script: string,
): Promise<{ readonly file: Uint8Array; readonly lines: readonly string[] }> {
  const own = chains.get(`referral#${referralId}`);
  if (!own) throw new CannotAnswer(`There is no referral ${referralId} in the folder.`);
  const check = verifyChain(`referral#${referralId}`, own);
  if (!check.intact) throw new CannotAnswer(`The chain of ${referralId} is damaged: ${check.sentence}`);
  const commits = own.map((stored) => decodeCommit(stored, readEvent));
  const state = fold(referralId, commits);
  const version = state?.policy ?? commits[0]?.policy;
  if (!state || version === undefined) throw new CannotAnswer(`The chain of ${referralId} opens no referral.`);
  const others = new Map([...chains].filter(([chain]) => belongsTo(referralId, chain)));
  const record = { state, policy: policyOf(version), commits, own, others, isShut: state.access.seal !== undefined };
  const proof = await proveRecord(archiveOf(anchors), record, now);
  return { file: proofFile(proof, script), lines: reportOf(checkProof(JSON.stringify(proof))).lines };
}
