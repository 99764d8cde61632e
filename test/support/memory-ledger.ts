/**
 * A ledger and cursors over a DynamoDB in memory, the stores being the real ones. `tell` writes a story as its commits would
 * have come.
 */

import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { createCursors } from '../../shared/store/cursors.ts';
import { createLedger } from '../../shared/store/ledger.ts';
import { startCloud } from '../local/dynamodb/cloud.ts';
import { referralId, type Story } from './referral-builder.ts';

const cursorTable = {
  Cursors: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    },
  },
};

export async function startMemoryLedger() {
  const cloud = await startCloud({ resources: cursorTable });
  const client = cloud.near;
  const ledger = createLedger({
    client,
    table: 'Ledger',
    policyOf,
    newPolicy: connecticut20261,
    random: () => 0,
    pause: async () => {},
  });
  let told = 0;
  return {
    client,
    ledger,
    cursors: createCursors({ client, table: 'Cursors' }),
    /** Appends what the story has come to since it was last told. */
    async tell(story: Story): Promise<void> {
      for (const { at, actor, events } of story.commits.slice(told)) {
        await ledger.changeReferral(referralId, { now: at, actor, cause: { kind: 'sweep' } }, () => events);
      }
      told = story.commits.length;
    },
    stop: cloud.stop,
  };
}
