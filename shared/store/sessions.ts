/**
 * Console sessions. The cookie holds a random id. The table holds only its hash, so reading the table opens no session. Each row
 * carries a code under the console's secret key, so writing into the table opens none either.
 */

import { createHash, timingSafeEqual } from 'node:crypto';
import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateScan,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { whether } from './whether.ts';

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

const areSame = (given: string, expected: string): boolean =>
  given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));

/**
 * `codeOf` gives the code of these texts under a secret key, in hexadecimal digits. `onForged` learns of a row that does not carry
 * its code. Such a row is no session.
 */
export function createSessions({
  client,
  table,
  codeOf,
  onForged,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly codeOf: (...texts: readonly string[]) => Promise<string>;
  readonly onForged: () => void;
}) {
  const codeOfRow = (key: string, content: string) => codeOf('session of the console', key, content);
  return {
    /** `expiresAt` in epoch seconds. */
    async put(id: string, session: Session, expiresAt: number): Promise<void> {
      const [key, content] = [keyOf(id), JSON.stringify(session)];
      const code = await codeOfRow(key, content);
      const Item = { pk: { S: key }, content: { S: content }, code: { S: code }, expiresAt: { N: String(expiresAt) } };
      await client.send(new PutItemCommand({ TableName: table, Item }));
    },

    /**
     * Undefined for a session that is unknown, ended, expired or forged. Expiry, in epoch seconds, is checked here, because
     * the table removes rows late. The code does not cover it: its end, which the code covers, bounds it.
     */
    async get(id: string, nowSeconds: number): Promise<(Session & { readonly expiresAt: number }) | undefined> {
      const key = keyOf(id);
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: { pk: { S: key } }, ConsistentRead: true }),
      );
      if (!Item) return undefined;
      const content = Item.content?.S ?? '';
      if (!areSame(Item.code?.S ?? '', await codeOfRow(key, content))) {
        onForged();
        return undefined;
      }
      const found = session.parse(JSON.parse(content));
      const expiresAt = Math.min(Number(Item.expiresAt?.N ?? 0), found.endsAt);
      return expiresAt <= nowSeconds ? undefined : { ...found, expiresAt };
    },

    /** Extends an idle session. A session that was ended meanwhile stays ended. `expiresAt` in epoch seconds. */
    async keep(id: string, expiresAt: number): Promise<void> {
      await whether(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: { pk: { S: keyOf(id) } },
            UpdateExpression: 'SET expiresAt = :expiresAt',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: { ':expiresAt': { N: String(expiresAt) } },
          }),
        ),
      );
    },

    /** How many sessions of this person are open now. The table is small, and few ask. A forged row counts too. */
    async countOf(personId: string, nowSeconds: number): Promise<number> {
      let count = 0;
      for await (const { Items = [] } of paginateScan({ client }, { TableName: table })) {
        for (const { content, expiresAt } of Items) {
          if (content?.S === undefined || Number(expiresAt?.N ?? 0) <= nowSeconds) continue;
          if (session.safeParse(JSON.parse(content.S)).data?.personId === personId) count += 1;
        }
      }
      return count;
    },

    async end(id: string): Promise<void> {
      await client.send(new DeleteItemCommand({ TableName: table, Key: { pk: { S: keyOf(id) } } }));
    },
  };
}
