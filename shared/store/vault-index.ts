/**
 * The vault's index to find a child again: its keys and marks, and a note for each referral. The note has the referral's
 * keys, and the name of the secret that made them. All are digests.
 */

import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { whereKnown } from '../domain/core/where-known.ts';
import { createChildIndex, type Members } from './child-index.ts';
import { whether } from './whether.ts';

/** `by` is the name of the index's secret key, or the work to do: out of date, or being erased. */
export interface Indexed {
  readonly by: string;
  readonly keys: readonly string[];
  /** Changes with each new piece of work. Finishing an earlier one then does not settle the new one. */
  readonly mark: string;
}
export const outOfDate = 'out-of-date';
export const erasing = 'erasing';

/** The key of a sound, of a date with a sound, of a telephone and so on. */
const soundKey = (key: string) => `sound#${key}`;
const noteKey = (referralId: string) => ({ pk: { S: `index#${referralId}` } });

export type VaultIndex = ReturnType<typeof createVaultIndex>;

/** `table` is the index itself, `vault` the table with the note of each referral. */
export function createVaultIndex({
  client,
  table,
  vault,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly vault: string;
}) {
  /** False where the condition does not hold. */
  async function update(
    Key: { readonly pk: { readonly S: string } },
    UpdateExpression: string,
    values: NonNullable<ConstructorParameters<typeof UpdateItemCommand>[0]['ExpressionAttributeValues']>,
    ConditionExpression?: string,
  ): Promise<boolean> {
    return whether(
      client.send(
        new UpdateItemCommand({
          TableName: vault,
          Key,
          UpdateExpression,
          ExpressionAttributeValues: values,
          ...whereKnown({ ConditionExpression }),
        }),
      ),
    );
  }

  const { put, remove, membersOf, match, unmatch } = createChildIndex({ client, table });

  return {
    /** Writes a referral with its marks under a key. It costs as much for the thousandth child of a name as for the first. */
    index: (key: string, referralId: string, marks: string): Promise<void> => put(soundKey(key), referralId, marks),

    /** The marks of all referrals under a key, by reference. */
    lookUp: (key: string): Promise<Members> => membersOf(soundKey(key)),

    /** Removes a referral from under a key. Repeated calls give the same result. */
    takeOut: (key: string, referralId: string): Promise<void> => remove(soundKey(key), referralId),

    match,
    unmatch,

    async indexed(referralId: string): Promise<Indexed | undefined> {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: vault, Key: noteKey(referralId), ConsistentRead: true }),
      );
      return Item && { by: Item.indexedBy?.S ?? '', keys: Item.standsUnder?.SS ?? [], mark: Item.mark?.S ?? '' };
    },

    /** Adds keys to those that a referral may be under, before it is. */
    async mayStandUnder(referralId: string, keys: readonly string[]): Promise<void> {
      if (keys.length > 0) await update(noteKey(referralId), 'ADD standsUnder :keys', { ':keys': { SS: [...keys] } });
    },

    /** Records the keys that a referral is under. False, with nothing written, where new work came meanwhile. */
    noteIndexed(referralId: string, { by, keys, mark }: Indexed): Promise<boolean> {
      const values = { ':by': { S: by }, ...(keys.length > 0 && { ':keys': { SS: [...keys] } }) };
      const to =
        keys.length > 0 ? 'SET indexedBy = :by, standsUnder = :keys' : 'SET indexedBy = :by REMOVE standsUnder';
      return mark === ''
        ? update(noteKey(referralId), to, values, 'attribute_not_exists(mark)')
        : update(noteKey(referralId), to, { ...values, ':mark': { S: mark } }, 'mark = :mark');
    },

    /**
     * Records that there is work to do. `mark` is new each time, as the id of the command is. An entry that is being
     * erased stays so.
     */
    async markIndex(referralId: string, what: typeof outOfDate | typeof erasing, mark: string): Promise<void> {
      const values = { ':what': { S: what }, ':mark': { S: mark }, ':erasing': { S: erasing } };
      await update(
        noteKey(referralId),
        'SET indexedBy = :what, mark = :mark',
        values,
        'attribute_not_exists(indexedBy) OR indexedBy <> :erasing',
      );
    },

    /** Takes back the work to erase, where the erasure did not happen. */
    async unmarkErasing(referralId: string, mark: string): Promise<void> {
      await update(
        noteKey(referralId),
        'SET indexedBy = :what',
        { ':what': { S: outOfDate }, ':mark': { S: mark } },
        'mark = :mark',
      );
    },

    /** Referrals that were indexed by this key, or wait for this work; at most so many. */
    async indexedBy(by: string, most: number): Promise<readonly string[]> {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: vault,
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
          TableName: vault,
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
      await client.send(new DeleteItemCommand({ TableName: vault, Key: { pk: { S: key } } }));
    },
    forgetIndex: (referralId: string): Promise<void> =>
      client.send(new DeleteItemCommand({ TableName: vault, Key: noteKey(referralId) })).then(() => undefined),
  };
}
