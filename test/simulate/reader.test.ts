/** The reader from outside, where it has read nothing before. */

import { expect, it } from 'vitest';
import { policyOf, released } from '../../shared/policy/policies.ts';
import { codesInProcess } from '../../shared/store/commit-codes.ts';
import { createLedger } from '../../shared/store/ledger.ts';
import { referral } from '../support/referral-builder.ts';
import { createMemoryTables } from './memory-tables.ts';
import { createReader } from './reader.ts';
import { createSharedReading } from './shared-reading.ts';

it('reads every referral of a list whole, also those that it has not read before', async () => {
  const tables = createMemoryTables(new Map(), () => {});
  const client = tables.client(
    () => 0,
    () => true,
  );
  const ledger = createLedger({
    client,
    table: 'Ledger',
    policyOf,
    released,
    random: () => 0,
    codes: codesInProcess('door'),
    pause: async () => {},
  });
  const { commits } = referral().run();
  const ids = ['CR-7F3KD-9QXMT2', 'CR-3KT8P-BMNPNT', 'CR-4HT9Q-CNPQPV'];
  for (const id of ids)
    for (const { at, actor, events } of commits)
      await ledger.changeReferral(id, { now: at, actor, cause: { kind: 'sweep' } }, () => events);
  const read = await Promise.all(ids.map(createReader(tables, createSharedReading()).referral));
  expect(read.map((each) => each?.commits.length)).toEqual(ids.map(() => commits.length));
});
