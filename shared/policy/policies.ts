/** Every released policy ships: a referral keeps the one it was decided under. */
import type { Policy } from '../domain/policy.ts';
import { connecticut20261 } from './connecticut-2026-1.ts';

const released: readonly Policy[] = [connecticut20261];

/** New referrals start under this one. */
export const currentPolicy: Policy = connecticut20261;

/** The released policy of this version. Throws for one that this release does not hold. */
export function policyOf(version: string): Policy {
  const policy = released.find((candidate) => candidate.version === version);
  if (!policy) throw new Error(`This release does not hold the policy ${version}.`);
  return policy;
}
