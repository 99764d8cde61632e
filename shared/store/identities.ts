/**
 * The vault: names, dates of birth, contact details and every free text, and nothing else holds them. A part is put as
 * pending before the commit that names it and confirmed after; the sweep removes what stays pending without a commit.
 */
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { createVaultIndex } from './vault-index.ts';

const reporter = z.object({
  name: z.string().optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
  relation: z.string().optional(),
});
export type Reporter = z.infer<typeof reporter>;

const knownBy = z.object({ phone: z.string().optional(), priorIds: z.string().optional() });
export type KnownBy = z.infer<typeof knownBy>;

/** What corrects another is kept beside it, under the id of the reason. */
const corrected = (by: string | undefined) => (by === undefined ? '' : `#${by}`);

export const childPart = (referralId: string, correctedBy?: string) => `child#${referralId}${corrected(correctedBy)}`;
/** `correctedBy`: the id of the reason that a later date was recorded with; each date has a part of its own. */
export const birthPart = (referralId: string, correctedBy?: string) => `birth#${referralId}${corrected(correctedBy)}`;
/** What else the child is known by: a telephone, references of older records. */
export const knownPart = (referralId: string, correctedBy?: string) => `known#${referralId}${corrected(correctedBy)}`;
export const reporterPart = (referralId: string, correctedBy?: string) =>
  `reporter#${referralId}${corrected(correctedBy)}`;
export const textPart = (referralId: string, textId: string) => `text#${referralId}#${textId}`;

/** What stands apart: records of substance use (42 CFR Part 2). */
export const part2Part = (referralId: string, textId: string) => `part2#${referralId}#${textId}`;

/** What a report that is not sent yet says so far. */
const draftPart = (draftId: string) => `draft#${draftId}`;

/** One thing to keep: its key and its content, a string (a JSON object for the reporter). */
export interface Part {
  readonly key: string;
  readonly content: string;
}

/** Which submission puts a part. `digest`: a keyed digest of all that it says; `now`: a UTC instant. */
interface PartOwner {
  readonly referralId: string;
  readonly commandId: string;
  readonly digest: string;
  readonly now: string;
}

export interface PendingPart {
  readonly key: string;
  readonly referralId: string;
  readonly commandId: string;
}

/** What a draft says so far, with the number of the save. */
interface DraftWords {
  readonly revision: number;
  readonly content: string;
  /** The revision that these words were written on; without it they are written on whatever there is. */
  readonly after?: number | undefined;
  /** The page that writes: its own saves are never in its way. */
  readonly writer?: string | undefined;
}

/** `revision`: what counts now. `ended`: the draft was sent or ended meanwhile. */
export type DraftSaved =
  | { readonly kind: 'kept'; readonly revision: number }
  | { readonly kind: 'changed-meanwhile'; readonly revision: number }
  | { readonly kind: 'ended' };

export type Identities = ReturnType<typeof createIdentities>;

export function createIdentities({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) {
  async function read(key: string) {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { pk: { S: key } }, ConsistentRead: true }),
    );
    return Item;
  }
  const get = async (key: string): Promise<string | undefined> => (await read(key))?.content?.S;

  /** False where the part is there and another submission put it. */
  async function put({ key, content }: Part, { referralId, commandId, digest, now }: PartOwner): Promise<boolean> {
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: {
            pk: { S: key },
            content: { S: content },
            referralId: { S: referralId },
            commandId: { S: commandId },
            digest: { S: digest },
            pending: { S: 'yes' },
            pendingSince: { S: now },
          },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
      return true;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return (await read(key))?.digest?.S === digest;
    }
  }

  async function confirm(key: string): Promise<void> {
    await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: { pk: { S: key } },
        UpdateExpression: 'REMOVE pending, pendingSince',
        ConditionExpression: 'attribute_exists(pk)',
      }),
    );
  }

  return {
    ...createVaultIndex({ client, table }),

    /**
     * Puts parts as pending under a command. A part put again stays as it was, so a repeated submission changes nothing.
     * False where a part is there from a submission with another digest; where it is the first, nothing was put.
     */
    async putPending(parts: readonly Part[], owner: PartOwner): Promise<boolean> {
      const [first, ...rest] = parts;
      if (!first) return true;
      // The first part is the claim: of two submissions under one command, one alone goes on to the others.
      if (!(await put(first, owner))) return false;
      return (await Promise.all(rest.map((part) => put(part, owner)))).every(Boolean);
    },

    /** After the commit that names them. */
    async confirmAll(parts: readonly Part[]): Promise<void> {
      await Promise.all(parts.map(({ key }) => confirm(key)));
    },

    confirm,

    /**
     * Keeps what a draft says, where it says nothing yet or stands at a lower revision: at `after`, where that is given, or by the
     * same writer. The same words sent again under their revision are kept already.
     */
    async saveDraft(draftId: string, { revision, content, after, writer }: DraftWords): Promise<DraftSaved> {
      const from = [
        ...(after === undefined ? [] : [['revision = :after', { ':after': { N: String(after) } }] as const]),
        ...(writer === undefined ? [] : [['writer = :writer', { ':writer': { S: writer } }] as const]),
      ];
      const isFrom = after === undefined ? '' : ` AND (${from.map(([condition]) => condition).join(' OR ')})`;
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: { pk: { S: draftPart(draftId) } },
            UpdateExpression: `SET content = :content, revision = :revision ${writer === undefined ? 'REMOVE writer' : ', writer = :writer'}`,
            ConditionExpression: `attribute_not_exists(pending) AND (attribute_not_exists(revision) OR (revision < :revision${isFrom}))`,
            ExpressionAttributeValues: {
              ':content': { S: content },
              ':revision': { N: String(revision) },
              ...Object.assign({}, ...from.map(([, value]) => value)),
            },
          }),
        );
        return { kind: 'kept', revision };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const item = await read(draftPart(draftId));
        if (!item || item.pending) return { kind: 'ended' };
        const now = Number(item.revision?.N ?? 0);
        return { kind: now === revision && item.content?.S === content ? 'kept' : 'changed-meanwhile', revision: now };
      }
    },

    async draftText(draftId: string) {
      const item = await read(draftPart(draftId));
      return { revision: Number(item?.revision?.N ?? 0), text: item?.content?.S ?? '' };
    },

    /** Its words are gone at once; the sweep removes what is left of it, as of every part without a commit. */
    async closeDraft(draftId: string, now: string): Promise<void> {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: { S: draftPart(draftId) } },
          UpdateExpression:
            'SET pending = :yes, pendingSince = :now, referralId = :id, commandId = :id REMOVE content, revision, writer, submissionKey',
          ExpressionAttributeValues: { ':yes': { S: 'yes' }, ':now': { S: now }, ':id': { S: draftId } },
        }),
      );
    },

    /** `correctedBy`: the state's `corrections`, here as for what else the child is known by. */
    childName: (referralId: string, correctedBy?: string) => get(childPart(referralId, correctedBy)),
    /** `YYYY-MM-DD`; `correctedBy` is the state's `birthCorrectedBy`. */
    birthDate: (referralId: string, correctedBy: string | undefined) => get(birthPart(referralId, correctedBy)),
    text: (referralId: string, textId: string) => get(textPart(referralId, textId)),
    part2: (referralId: string, textId: string) => get(part2Part(referralId, textId)),
    async known(referralId: string, correctedBy?: string): Promise<KnownBy> {
      return knownBy.parse(JSON.parse((await get(knownPart(referralId, correctedBy))) ?? '{}'));
    },
    async reporter(referralId: string, correctedBy?: string): Promise<Reporter | undefined> {
      const content = await get(reporterPart(referralId, correctedBy));
      return content === undefined ? undefined : reporter.parse(JSON.parse(content));
    },

    /** Adds a referral under a keyed digest of a child and gives the others that are there. Once or many times, the answer is the same. */
    async match(blindIndex: string, referralId: string): Promise<readonly string[]> {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: { S: `blind#${blindIndex}` } },
          UpdateExpression: 'ADD referrals :one',
          ExpressionAttributeValues: { ':one': { SS: [referralId] } },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return (Attributes?.referrals?.SS ?? []).filter((other) => other !== referralId).toSorted();
    },

    /**
     * Puts a referral with its marks under a key of the index, and gives the marks of all that are there, by their reference.
     * Once or many times, the answer is the same.
     */
    async index(key: string, referralId: string, marks: string): Promise<Readonly<Record<string, string>>> {
      const { Attributes = {} } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: { S: `blind#${key}` } },
          UpdateExpression: 'SET #referral = :marks',
          ExpressionAttributeNames: { '#referral': referralId },
          ExpressionAttributeValues: { ':marks': { S: marks } },
          ReturnValues: 'ALL_NEW',
        }),
      );
      const { pk: _, ...members } = Attributes;
      return Object.fromEntries(Object.entries(members).map(([id, value]) => [id, value.S ?? '']));
    },

    /** What has been pending since before `since` (UTC instant); at most a hundred at a time. */
    async pendingSince(since: string): Promise<readonly PendingPart[]> {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'ByPending',
          KeyConditionExpression: 'pending = :yes AND pendingSince < :since',
          ExpressionAttributeValues: { ':yes': { S: 'yes' }, ':since': { S: since } },
          Limit: 100,
        }),
      );
      return Items.map(({ pk, referralId, commandId }) => ({
        key: pk?.S ?? '',
        referralId: referralId?.S ?? '',
        commandId: commandId?.S ?? '',
      }));
    },

    /** Removes a part that is still pending; one confirmed meanwhile stays. */
    async removePending(key: string): Promise<void> {
      try {
        await client.send(
          new DeleteItemCommand({
            TableName: table,
            Key: { pk: { S: key } },
            ConditionExpression: 'attribute_exists(pending)',
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
}
