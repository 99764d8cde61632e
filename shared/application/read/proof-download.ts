/** The proof file of one referral, as both doors give it. */
import { proofFile, proofFileName } from '../../proof/proof-file.ts';
import type { ReadableAnchors } from '../../proof/proved-chains.ts';
import { type Checked, checkProof, fingerprintOf } from '../../proof/verify-proof.ts';
import { proveReferral } from './proof.ts';

/** What a proof file is made with. */
export interface Proofs {
  readonly archive: ReadableAnchors;
  /** The text of the script that checks it. */
  readonly script: () => string;
}

export interface ProofFile extends Checked {
  /** The name of the file. */
  readonly name: string;
  /** The SHA-256 of the public key, as 64 digits. Undefined where no anchor is in it yet. */
  readonly fingerprint: string | undefined;
  /** The zip, in base64. */
  readonly zip: string;
}

/** Undefined where the viewer gets no audit of this referral. `now`: a UTC instant. */
export async function proofFileOf(
  parts: Omit<Parameters<typeof proveReferral>[0], 'archive'> & { readonly proofs: Proofs },
  referralId: string,
  viewer: { readonly id: string },
): Promise<ProofFile | undefined> {
  const { archive, script } = parts.proofs;
  const proof = await proveReferral({ ...parts, archive }, referralId, viewer);
  if (!proof) return undefined;
  const [anchor] = proof.anchors;
  return {
    name: proofFileName(referralId),
    fingerprint: anchor && fingerprintOf(anchor.publicKey),
    zip: Buffer.from(proofFile(proof, script())).toString('base64'),
    ...checkProof(JSON.stringify(proof)),
  };
}
