/** Every released policy ships: a referral keeps the one it was decided under. Loading refuses one that loosens the law. */
import type { Policy } from '../domain/policy/policy.ts';
import { connecticut20261 } from './connecticut-2026-1.ts';
import { connecticutLaw } from './law/connecticut-law.ts';
import { loaded } from './law/law.ts';

/** Oldest first. Each knows the others, so that a referral can be brought from one to another. */
export const released: readonly Policy[] = loaded([connecticut20261], connecticutLaw).map((policy) => ({
  ...policy,
  released: () => released,
}));

/** The released policy of this version. Throws for one that this release does not hold. */
export function policyOf(version: string): Policy {
  const policy = released.find((candidate) => candidate.version === version);
  if (!policy) throw new Error(`This release does not hold the policy ${version}.`);
  return policy;
}

/** New referrals start under this one. */
export const currentPolicy: Policy = policyOf(connecticut20261.version);
