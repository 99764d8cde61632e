/**
 * Console sessions. The cookie holds a random id. The table holds only its hash, so reading the table opens no session.
 */

import { createHash } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';

const session = z.object({
  personId: z.string(),
  /** The name of the person's account in the pool of sign-ins. */
  sub: z.string(),
  /** The form token that each POST of this session must bring. */
  formToken: z.string(),
  /** Epoch seconds at which the person must sign in again, however active the session is. */
  endsAt: z.number(),
});
export type Session = z.infer<typeof session>;

export type Sessions = ReturnType<typeof createSessions>;

const keyOf = (id: string) => createHash('sha256').update(id).digest('hex');

export function createSessions({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) {
  return {
    /** `expiresAt` in epoch seconds. */
    async put(id: string, content: Session, expiresAt: number): Promise<void> {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: { pk: { S: keyOf(id) }, content: { S: JSON.stringify(content) }, expiresAt: { N: String(expiresAt) } },
        }),
      );
    },

    /**
     * Undefined for a session that is unknown, ended or expired. Expiry, in epoch seconds, is checked here, because the
     * table removes rows late.
     */
    async get(id: string, nowSeconds: number): Promise<(Session & { readonly expiresAt: number }) | undefined> {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: { pk: { S: keyOf(id) } }, ConsistentRead: true }),
      );
      const expiresAt = Number(Item?.expiresAt?.N ?? 0);
      if (!Item?.content?.S || expiresAt <= nowSeconds) return undefined;
      return { ...session.parse(JSON.parse(Item.content.S)), expiresAt };
    },

    /** Extends an idle session. A session that was ended meanwhile stays ended. `expiresAt` in epoch seconds. */
    async keep(id: string, expiresAt: number): Promise<void> {
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: { pk: { S: keyOf(id) } },
            UpdateExpression: 'SET expiresAt = :expiresAt',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: { ':expiresAt': { N: String(expiresAt) } },
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },

    async end(id: string): Promise<void> {
      await client.send(new DeleteItemCommand({ TableName: table, Key: { pk: { S: keyOf(id) } } }));
    },
  };
}
