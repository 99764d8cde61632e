/** The last hours before a hard stop, after which an act is of no use. */
import { expect, test } from 'vitest';
import { lastHoursFrom } from '../../../shared/domain/deadlines/hard-stop.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral } from '../../support/referral-builder.ts';

test.each(['as the policy names them', 'the other way round'])(
  'the last hours before a hard stop begin with its last warning, %s',
  (order) => {
    const deadline = referral({ lastAssaultAt: '2026-11-08T03:00:00Z' }).run().deadline('D17');
    const deadlines = policy.deadlines.map((rule) =>
      rule.hardStop && order === 'the other way round'
        ? { ...rule, hardStop: { ...rule.hardStop, warnBefore: rule.hardStop.warnBefore.toReversed() } }
        : rule,
    );
    const last = Date.parse(lastHoursFrom(deadline, { ...policy, deadlines }) ?? '');
    expect(Date.parse(deadline.hardStop ?? '') - last).toBe(4 * 3_600_000);
  },
);
