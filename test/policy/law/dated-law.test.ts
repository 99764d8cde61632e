/** A law that changes on a day binds the versions of its time. It refuses no older version. */
import { describe, expect, it } from 'vitest';
import { connecticut20261 } from '../../../shared/policy/connecticut-2026-1.ts';
import { connecticutLaw } from '../../../shared/policy/law/connecticut-law.ts';
import { loaded, releasable } from '../../../shared/policy/law/law.ts';
import { released } from '../../../shared/policy/policies.ts';
import { changedLaw, connecticut20271 } from '../../support/next-january.ts';

const tooLong = 'D3 gives 12 hours, and an invented Public Act allows 10 hours from 2027-01-01.';

describe('a law that asks for ten hours from January 2027', () => {
  it('lets the version of twelve hours stand, where the next version comes into force on that day', () => {
    expect(() => releasable([connecticut20261, connecticut20271], changedLaw)).not.toThrow();
  });

  it.each([
    ['no version follows', []],
    ['the next version comes a day late', [{ ...connecticut20271, inForceFrom: '2027-01-02' }]],
  ])('refuses the version of twelve hours where %s, with the day', (_, later) => {
    expect(() => releasable([connecticut20261, ...later], changedLaw)).toThrow(
      `The policy connecticut-2026.1 is refused: ${tooLong}`,
    );
  });

  it('refuses a version of its own time that keeps twelve hours', () => {
    const unchanged = { ...connecticut20271, deadlines: connecticut20261.deadlines };
    expect(() => releasable([connecticut20261, unchanged], changedLaw)).toThrow(
      `The policy connecticut-2027.1 is refused: ${tooLong}`,
    );
  });

  it('has no say over a version that the old law bound alone', () => {
    const past = {
      ...connecticutLaw,
      limits: connecticutLaw.limits.map((limit) => ({ ...limit, until: '2025-01-01' })),
    };
    const loose = {
      ...connecticut20261,
      deadlines: connecticut20261.deadlines.map((rule) =>
        rule.id === 'D1' ? { ...rule, duration: { unit: 'hours', amount: 5 } as const } : rule,
      ),
    };
    expect(() => loaded([loose], connecticutLaw)).toThrow('D1 gives 5 hours');
    expect(() => loaded([loose], past)).not.toThrow('D1');
  });
});

describe('versions that are released', () => {
  it('are all within the law of their time, in the order of their dates', () => {
    expect(() => releasable(released, connecticutLaw)).not.toThrow();
  });

  it.each(['2026-01-01', '2025-12-31', '2026-01-01T04:59:59Z'])(
    'are refused where one comes into force no later than the one before: %s',
    (inForceFrom) => {
      expect(() => releasable([connecticut20261, { ...connecticut20271, inForceFrom }], connecticutLaw)).toThrow(
        `The policy connecticut-2027.1 is refused: it is in force from ${inForceFrom}, and connecticut-2026.1 before it from 2026-01-01. Give it a later day in inForceFrom.`,
      );
    },
  );

  it('are refused where one comes into force on a day that does not exist', () => {
    const never = { ...connecticut20271, inForceFrom: '2027-02-29' };
    expect(() => releasable([connecticut20261, never], connecticutLaw)).toThrow(
      'The policy connecticut-2027.1 is refused: 2027-02-29 in inForceFrom is no day and no instant.',
    );
  });

  it('are refused where two bear one name', () => {
    expect(() => releasable([connecticut20261, { ...connecticut20261, mostAlerts: 5 }], connecticutLaw)).toThrow(
      'The policy connecticut-2026.1 is refused: Another version bears this name: give it one of its own.',
    );
  });
});
