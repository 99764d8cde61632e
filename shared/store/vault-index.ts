/**
 * The vault's index to find a child again. Each key of the index has the marks of referrals. Each referral has its own
 * keys and the name of the secret that made them. It holds digests alone.
 */

import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { whereKnown } from '../domain/core/where-known.ts';

export type Members = Readonly<Record<string, string>>;

/** `by` is the name of the index's secret key, or the work to do: out of date, or being erased. */
export interface Indexed {
  readonly by: string;
  readonly keys: readonly string[];
  /** Changes with each new piece of work. Finishing an earlier one then does not settle the new one. */
  readonly mark: string;
}
export const outOfDate = 'out-of-date';
export const erasing = 'erasing';

const blindKey = (key: string) => ({ pk: { S: `blind#${key}` } });
const indexKey = (referralId: string) => ({ pk: { S: `index#${referralId}` } });

export function createVaultIndex({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) {
  /** False where the condition does not hold. */
  async function update(
    Key: { readonly pk: { readonly S: string } },
    UpdateExpression: string,
    values: NonNullable<ConstructorParameters<typeof UpdateItemCommand>[0]['ExpressionAttributeValues']>,
    ConditionExpression?: string,
  ): Promise<boolean> {
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key,
          UpdateExpression,
          ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
          ...whereKnown({ ConditionExpression }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  return {
    /** The marks of all referrals under a key, by reference. */
    async lookUp(key: string): Promise<Members> {
      const { Item = {} } = await client.send(
        new GetItemCommand({ TableName: table, Key: blindKey(key), ConsistentRead: true }),
      );
      const { pk: _, ...members } = Item;
      return Object.fromEntries(Object.entries(members).map(([id, value]) => [id, value.S ?? '']));
    },

    /** Removes a referral from under a key. Repeated calls give the same result. */
    async takeOut(key: string, referralId: string): Promise<void> {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: blindKey(key),
          UpdateExpression: 'REMOVE #referral',
          ExpressionAttributeNames: { '#referral': referralId },
        }),
      );
    },

    /** Removes a referral from the set of those with an equal name and date of birth. */
    async unmatch(blindIndex: string, referralId: string): Promise<void> {
      await update(blindKey(blindIndex), 'DELETE referrals :one', { ':one': { SS: [referralId] } });
    },

    async indexed(referralId: string): Promise<Indexed | undefined> {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: indexKey(referralId), ConsistentRead: true }),
      );
      return Item && { by: Item.indexedBy?.S ?? '', keys: Item.standsUnder?.SS ?? [], mark: Item.mark?.S ?? '' };
    },

    /** Adds keys to those that a referral may be under, before it is. */
    async mayStandUnder(referralId: string, keys: readonly string[]): Promise<void> {
      if (keys.length > 0) await update(indexKey(referralId), 'ADD standsUnder :keys', { ':keys': { SS: [...keys] } });
    },

    /** Records the keys that a referral is under. False, with nothing written, where new work came meanwhile. */
    noteIndexed(referralId: string, { by, keys, mark }: Indexed): Promise<boolean> {
      const values = { ':by': { S: by }, ...(keys.length > 0 && { ':keys': { SS: [...keys] } }) };
      const to =
        keys.length > 0 ? 'SET indexedBy = :by, standsUnder = :keys' : 'SET indexedBy = :by REMOVE standsUnder';
      return mark === ''
        ? update(indexKey(referralId), to, values, 'attribute_not_exists(mark)')
        : update(indexKey(referralId), to, { ...values, ':mark': { S: mark } }, 'mark = :mark');
    },

    /**
     * Records that there is work to do. `mark` is new each time, as the id of the command is. An entry that is being
     * erased stays so.
     */
    async markIndex(referralId: string, what: typeof outOfDate | typeof erasing, mark: string): Promise<void> {
      const values = { ':what': { S: what }, ':mark': { S: mark }, ':erasing': { S: erasing } };
      await update(
        indexKey(referralId),
        'SET indexedBy = :what, mark = :mark',
        values,
        'attribute_not_exists(indexedBy) OR indexedBy <> :erasing',
      );
    },

    /** Takes back the work to erase, where the erasure did not happen. */
    async unmarkErasing(referralId: string, mark: string): Promise<void> {
      await update(
        indexKey(referralId),
        'SET indexedBy = :what',
        { ':what': { S: outOfDate }, ':mark': { S: mark } },
        'mark = :mark',
      );
    },

    /** Referrals that were indexed by this key, or wait for this work; at most so many. */
    async indexedBy(by: string, most: number): Promise<readonly string[]> {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'ByIndexKey',
          KeyConditionExpression: 'indexedBy = :by',
          ExpressionAttributeValues: { ':by': { S: by } },
          Limit: most,
        }),
      );
      return Items.flatMap(({ pk }) => (pk?.S === undefined ? [] : [pk.S.slice('index#'.length)]));
    },

    /** The keys of every part that the vault holds of a referral, at most a thousand. */
    async partsOf(referralId: string): Promise<readonly string[]> {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'ByReferral',
          KeyConditionExpression: 'referralId = :id',
          ExpressionAttributeValues: { ':id': { S: referralId } },
          Limit: 1000,
        }),
      );
      return Items.flatMap(({ pk }) => pk?.S ?? []);
    },

    /** Removes a part for good. */
    async erase(key: string): Promise<void> {
      await client.send(new DeleteItemCommand({ TableName: table, Key: { pk: { S: key } } }));
    },
    forgetIndex: (referralId: string): Promise<void> =>
      client.send(new DeleteItemCommand({ TableName: table, Key: indexKey(referralId) })).then(() => undefined),
  };
}
