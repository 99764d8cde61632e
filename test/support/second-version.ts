/**
 * An invented version of Connecticut's rules after the released one. It has shorter and longer times, a clock less,
 * another table and another service. With it, the two know each other as released versions do.
 */
import type { DeadlineRule, Policy } from '../../shared/domain/policy/policy.ts';
import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';
import { connecticutLaw } from '../../shared/policy/law/connecticut-law.ts';
import { loaded } from '../../shared/policy/law/law.ts';

const hours = (amount: number) => ({ unit: 'hours', amount }) as const;

const changed: Readonly<Record<string, Partial<DeadlineRule>>> = {
  // Law: shorter, and longer within what the law allows.
  D3: { duration: hours(6) },
  D7: { duration: hours(48) },
  // Policy: shorter, longer, and for one outcome only.
  D8: { duration: hours(3), alert: ['hart-director'] },
  D9: { duration: hours(12) },
  D19a: { duration: hours(36) },
  D15: {
    duration: { unit: 'business-days', amount: 3 },
    durationFor: { confirmed: hours(24) },
    obligation: 'Convene the team sooner',
  },
};

const changedVersion: Policy = {
  ...connecticut20261,
  version: 'connecticut-2026.1-changed',
  inForceFrom: '2028-01-01',
  deadlines: connecticut20261.deadlines
    .filter(({ id }) => id !== 'D20' && id !== 'D21')
    .map((rule) => ({ ...rule, ...changed[rule.id] })),
  catalogue: Object.fromEntries(
    Object.entries(connecticut20261.catalogue).map(([service, row]) => [
      service,
      { ...row, clocks: row.clocks.filter((id) => id !== 'D20' && id !== 'D21') },
    ]),
  ) as unknown as Policy['catalogue'],
  eligibility: connecticut20261.eligibility.map((row) =>
    row.number === 9 ? { ...row, outcome: 'legal-review', basis: 'An invented one' } : row,
  ),
  servicesFor: {
    ...connecticut20261.servicesFor,
    confirmed: [...connecticut20261.servicesFor.confirmed, 'education'],
    'high-risk': ['victim-advocacy', 'mental-health', 'education'],
  },
};

loaded([connecticut20261, changedVersion], connecticutLaw);
/** Oldest first. New referrals begin under the first until 2028. */
export const versions: readonly [Policy, Policy] = [
  { ...connecticut20261, released: () => versions },
  { ...changedVersion, released: () => versions },
];

/** Throws for a version that is none of the two. */
export function versionOf(version: string): Policy {
  const policy = versions.find((each) => each.version === version);
  if (!policy) throw new Error(`There is no version ${version}.`);
  return policy;
}

export const first = versionOf(connecticut20261.version);
export const second = versionOf(changedVersion.version);
