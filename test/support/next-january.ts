/**
 * An invented version after the released one, in force from January 2027. The notice to police is due in ten hours
 * instead of twelve. Nothing of it was decided. Beside it, an invented law that asks for the same from that day on.
 */
import type { Policy } from '../../shared/domain/policy/policy.ts';
import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';
import { connecticutLaw } from '../../shared/policy/law/connecticut-law.ts';
import type { Law } from '../../shared/policy/law/law.ts';

const tenHours = { unit: 'hours', amount: 10 } as const;

export const connecticut20271: Policy = {
  ...connecticut20261,
  version: 'connecticut-2027.1',
  inForceFrom: '2027-01-01',
  deadlines: connecticut20261.deadlines.map((rule) => (rule.id === 'D3' ? { ...rule, duration: tenHours } : rule)),
};

/** Both versions, oldest first, with a later start of the second where a test gives one. */
export function versionsUntil(inForceFrom = connecticut20271.inForceFrom) {
  const versions: readonly [Policy, Policy] = [
    { ...connecticut20261, released: () => versions },
    { ...connecticut20271, inForceFrom, released: () => versions },
  ];
  const policyOf = (version: string): Policy => {
    const policy = versions.find((each) => each.version === version);
    if (!policy) throw new Error(`There is no version ${version}.`);
    return policy;
  };
  return { released: versions, policyOf };
}

/** The law of Connecticut, but ten hours for D3 for what is received from January 2027 on. */
export const changedLaw: Law = {
  ...connecticutLaw,
  limits: connecticutLaw.limits.flatMap((limit) =>
    limit.rule === 'D3'
      ? [
          { ...limit, until: '2027-01-01' },
          { ...limit, from: '2027-01-01', atMost: [tenHours], clause: 'an invented Public Act' },
        ]
      : [limit],
  ),
};
