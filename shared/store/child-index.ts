/**
 * The table of the index to find a child again. Each key has a bucket, with one item for each referral under it. All in it
 * are digests.
 */
import { DeleteItemCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { pagesUnder } from './partition.ts';

export type Members = Readonly<Record<string, string>>;

export type ChildIndex = ReturnType<typeof createChildIndex>;

/** So many are read. A person with the table could write more than a report has time for, and the report must be stored. */
const mostInBucket = 5000;

/** An equal name and date of birth. */
const equalKey = (blindIndex: string) => `equal#${blindIndex}`;

export function createChildIndex({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) {
  /** Writes a referral into a bucket. It costs as much for the thousandth child there as for the first. */
  async function put(bucket: string, referralId: string, marks: string): Promise<void> {
    const Item = { pk: { S: bucket }, sk: { S: referralId }, ...(marks !== '' && { marks: { S: marks } }) };
    await client.send(new PutItemCommand({ TableName: table, Item }));
  }

  async function remove(bucket: string, referralId: string): Promise<void> {
    await client.send(new DeleteItemCommand({ TableName: table, Key: { pk: { S: bucket }, sk: { S: referralId } } }));
  }

  /**
   * The marks of every referral in a bucket. It costs one read unit for each 4 KB. A child takes about 560 bytes, so
   * a name that 700 children share costs about 100.
   */
  async function membersOf(bucket: string): Promise<Members> {
    const members: Record<string, string> = {};
    let count = 0;
    for await (const items of pagesUnder({ client, table }, bucket)) {
      for (const { sk, marks } of items) if (sk?.S !== undefined) members[sk.S] = marks?.S ?? '';
      count += items.length;
      if (count >= mostInBucket) break;
    }
    return members;
  }

  return {
    put,
    remove,
    membersOf,

    /**
     * Adds a referral to those of an equal name and date of birth, and returns the others. It is written before
     * the others are read. So of two at the same time, at least one finds the other.
     */
    async match(blindIndex: string, referralId: string): Promise<readonly string[]> {
      await put(equalKey(blindIndex), referralId, '');
      const found = Object.keys(await membersOf(equalKey(blindIndex)));
      return found.filter((other) => other !== referralId).toSorted();
    },

    /** Removes a referral from those of an equal name and date of birth. */
    unmatch: (blindIndex: string, referralId: string): Promise<void> => remove(equalKey(blindIndex), referralId),
  };
}
