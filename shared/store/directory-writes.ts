/**
 * What functions write into the directory: rows that follow from chains, and whether mail fails. None of it is an entry. The
 * watchdog takes the code off an older one.
 */
import { type DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Delegation } from '../domain/directory/delegations.ts';
import type { ProviderState } from '../domain/services/providers.ts';
import { everyDelegation } from './directory-reads.ts';
import { delegationItem, providerIn, providerItem, type StoredRow } from './directory-rows.ts';
import { bytesWithout } from './entries.ts';
import { whether } from './whether.ts';

export type DirectoryWrites = ReturnType<typeof createDirectoryWrites>;

export function createDirectoryWrites({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) {
  return {
    /**
     * Marks the entry of a person whose mail failed at `at`, a UTC instant with milliseconds. A delivery at `at`, after
     * the failure, removes the mark. The first failure stands. A person outside the directory is left alone.
     */
    async markMail(id: string, news: 'failed' | 'delivered', at: string): Promise<void> {
      const change =
        news === 'delivered'
          ? { UpdateExpression: 'REMOVE mailFailsSince', ConditionExpression: 'mailFailsSince < :at' }
          : {
              UpdateExpression: 'SET mailFailsSince = :at',
              ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(mailFailsSince)',
            };
      const ExpressionAttributeValues = { ':at': { S: at } };
      const Key = { pk: { S: `person#${id}` }, sk: { S: 'profile' } };
      await whether(
        client.send(new UpdateItemCommand({ TableName: table, Key, ExpressionAttributeValues, ...change })),
      );
    },

    /**
     * Takes the code off a row, which then counts for nothing. A row that was written since with another code stays. Gives the
     * bytes of the row without its code.
     */
    async takeCode({ pk, sk, signature, ...row }: StoredRow): Promise<string> {
      const change = { UpdateExpression: 'REMOVE signature', ConditionExpression: 'signature = :signature' };
      const of = { TableName: table, Key: { pk: { S: pk }, sk: { S: sk } } };
      const ExpressionAttributeValues = { ':signature': { S: signature } };
      await whether(client.send(new UpdateItemCommand({ ...of, ...change, ExpressionAttributeValues })));
      return bytesWithout(row);
    },

    /**
     * Writes a provider as its chain has it now. No revision keeps it from that: a person with the table could write one that no
     * chain reaches. Two at once may leave the older one. Readers take all it says from the chain.
     */
    async putProvider(id: string, state: ProviderState): Promise<void> {
      await client.send(new PutItemCommand({ TableName: table, Item: providerItem(providerIn(id, state)) }));
    },

    /** Writes a delegation under each of its two people, likewise. */
    async putDelegation(row: Delegation, revision: number): Promise<void> {
      for (const pk of [`delegation#${row.personId}`, `delegate#${row.delegateId}`, everyDelegation])
        await client.send(new PutItemCommand({ TableName: table, Item: delegationItem(pk, row, revision) }));
    },
  };
}
