/** Which run waits with which token. A newer wait replaces an older one, never the other way round. */
import { type AttributeValue, DeleteItemCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { pagesUnder } from './partition.ts';
import { type OnUnread, readableRow } from './readable.ts';
import { whether } from './whether.ts';

const common = {
  referralId: z.string(),
  /** The referral's id for its own run. Else the id of the deadline, or of the group of deadlines, that the run keeps. */
  runId: z.string(),
  token: z.string(),
  generation: z.number(),
  /** When the state was entered, a UTC instant, and how often the task was tried since. */
  enteredAt: z.string(),
  retryCount: z.number(),
  startedAt: z.string(),
};
const savedWait = z.discriminatedUnion('run', [
  z.object({
    run: z.literal('deadline'),
    checkpointAt: z.string(),
    catchesMoved: z.literal(true).optional(),
    ...common,
  }),
  z.object({ run: z.literal('referral'), waitsFor: z.enum(['screening', 'resolution']), ...common }),
]);
export type SavedWait = z.infer<typeof savedWait>;

export type Waits = ReturnType<typeof createWaits>;

/** The most waits that are cached: those of some twenty referrals. */
const mostKnown = 2000;

/** Orders waits of one run: by generation, then by entry, then by try. */
const orderOf = ({ generation, enteredAt, retryCount }: SavedWait) =>
  `${String(generation).padStart(6, '0')}#${enteredAt}#${String(retryCount).padStart(4, '0')}`;

/** `onUnread` hears of each row that cannot be read. Such a row is left out, and the others are read. */
export function createWaits({
  client,
  table,
  onUnread = () => undefined,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly onUnread?: OnUnread;
}) {
  /** Waits by their whole content. Waits of a referral are read again and again, and few are new. */
  const known = new Map<string, SavedWait>();
  function readWait(item: Readonly<Record<string, AttributeValue>>): SavedWait | undefined {
    const name = Object.values(item)
      .map(({ S, N }) => S ?? N)
      .join(' ');
    let wait = known.get(name);
    if (!wait) {
      wait = readableRow(savedWait, item, onUnread);
      // Under another key it is no wait of this run, and could not be forgotten.
      if (!wait || item.pk?.S !== wait.referralId || item.sk?.S !== wait.runId) return undefined;
      if (known.size > mostKnown) known.clear();
      known.set(name, wait);
    }
    return wait;
  }
  return {
    /** False where a newer wait is there already. */
    async save(wait: SavedWait): Promise<boolean> {
      return whether(
        client.send(
          new PutItemCommand({
            TableName: table,
            Item: marshall({ pk: wait.referralId, sk: wait.runId, order: orderOf(wait), ...wait }),
            ConditionExpression: 'attribute_not_exists(pk) OR #order <= :order',
            ExpressionAttributeNames: { '#order': 'order' },
            ExpressionAttributeValues: { ':order': { S: orderOf(wait) } },
          }),
        ),
      );
    },

    /** Every wait of a referral's runs, read strongly consistent. */
    async of(referralId: string): Promise<readonly SavedWait[]> {
      const found: SavedWait[] = [];
      for await (const items of pagesUnder({ client, table }, referralId)) {
        found.push(...items.flatMap((item) => readWait(item) ?? []));
      }
      return found;
    },

    /** Removes a wait whose token is spent, unless a newer one has taken its place. */
    async forget({ referralId, runId, token }: SavedWait): Promise<void> {
      await whether(
        client.send(
          new DeleteItemCommand({
            TableName: table,
            Key: { pk: { S: referralId }, sk: { S: runId } },
            ConditionExpression: '#token = :token',
            ExpressionAttributeNames: { '#token': 'token' },
            ExpressionAttributeValues: { ':token': { S: token } },
          }),
        ),
      );
    },
  };
}
