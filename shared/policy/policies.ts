/**
 * Every released policy, because a referral keeps the one it was decided under. Synthesis, the policy command and the tests check each
 * against the law (ADR 6). No Lambda does so again at its start.
 */
import type { Policy } from '../domain/policy/policy.ts';
import { connecticut20261 } from './connecticut-2026-1.ts';

/**
 * Oldest first, the order of their dates. Each policy gets the others, so that a referral can move from one to another.
 * `policyInForce` says which of them a new referral begins under.
 */
export const released: readonly [Policy, ...Policy[]] = [knowingAll(connecticut20261)];

function knowingAll(policy: Policy): Policy {
  return { ...policy, released: () => released };
}

/** The released policy of this version. Throws for one that this release does not hold. */
export function policyOf(version: string): Policy {
  const policy = released.find((candidate) => candidate.version === version);
  if (!policy) throw new Error(`This release does not hold the policy ${version}.`);
  return policy;
}
