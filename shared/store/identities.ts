/**
 * The vault. It alone holds names, dates of birth, contact details and all free text, and all of it sealed. A part is
 * written as pending before the commit that names it, and confirmed after. The sweep removes parts that stay pending
 * without a commit.
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
import { DependencyUnavailable } from '../contracts/faults.ts';
import { whereKnown } from '../domain/core/where-known.ts';
import type { DataKeys, PartKey } from './data-keys.ts';
import { LostContent, ownerOf, seal, unseal } from './sealed-content.ts';
import { whether } from './whether.ts';

const reporter = z.object({
  name: z.string().optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
  relation: z.string().optional(),
  /** To call back where the line is cut off. */
  safeNumber: z.string().optional(),
});
export type Reporter = z.infer<typeof reporter>;

const knownBy = z.object({ phone: z.string().optional(), priorIds: z.string().optional() });
export type KnownBy = z.infer<typeof knownBy>;

/** A correction is stored beside the corrected part, under the id of its reason. */
const corrected = (by: string | undefined) => (by === undefined ? '' : `#${by}`);

export const childPart = (referralId: string, correctedBy?: string) => `child#${referralId}${corrected(correctedBy)}`;
/** `correctedBy`: the id of the reason for a later date. Each date has a part of its own. */
export const birthPart = (referralId: string, correctedBy?: string) => `birth#${referralId}${corrected(correctedBy)}`;
/** Other ways to know the child: a telephone, references of older records. */
export const knownPart = (referralId: string, correctedBy?: string) => `known#${referralId}${corrected(correctedBy)}`;
export const reporterPart = (referralId: string, correctedBy?: string) =>
  `reporter#${referralId}${corrected(correctedBy)}`;
export const textPart = (referralId: string, textId: string) => `text#${referralId}#${textId}`;

/** A part 2 record: records of substance use (42 CFR Part 2). */
export const part2Part = (referralId: string, textId: string) => `part2#${referralId}#${textId}`;

/** The text so far of a report that is not sent yet. */
const draftPart = (draftId: string) => `draft#${draftId}`;

/** One part: its key and its content, a string (a JSON object for the reporter). */
export interface Part {
  readonly key: string;
  readonly content: string;
}

/** The submission that writes a part. `digest`: a keyed digest of its whole content; `now`: a UTC instant. */
interface PartOwner {
  readonly referralId: string;
  readonly commandId: string;
  readonly digest: string;
  readonly now: string;
  /** Whether the identity was erased, so that its key is missing with reason. */
  readonly isErased?: boolean | undefined;
}

export interface PendingPart {
  readonly key: string;
  readonly referralId: string;
  readonly commandId: string;
  /** The name of its half in the table of data keys. A draft has none. */
  readonly half?: string;
}

/** The text of a draft so far, with the number of the save. */
interface DraftWords {
  readonly revision: number;
  readonly content: string;
  /** The revision that this text is based on. Without it, the text replaces any revision. */
  readonly after?: number | undefined;
  /** The writing page. Its own saves never block it. */
  readonly writer?: string | undefined;
}

/** `revision`: the present one. `ended`: the draft was sent or ended meanwhile. */
export type DraftSaved =
  | { readonly kind: 'kept'; readonly revision: number }
  | { readonly kind: 'changed-meanwhile'; readonly revision: number }
  | { readonly kind: 'ended' };

export type Identities = ReturnType<typeof createIdentities>;

/** `keys`: of the sealed content. All contents go through them. */
export function createIdentities({
  client,
  table,
  keys,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly keys: DataKeys;
}) {
  async function read(key: string) {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { pk: { S: key } }, ConsistentRead: true }),
    );
    return Item;
  }

  /** The content of an item. Undefined where it has none, or where its key was erased. */
  async function contentOf(key: string, item: Awaited<ReturnType<typeof read>>): Promise<string | undefined> {
    if (!item?.content) return undefined;
    const opening = await keys.forPart(key, item.half?.S);
    return opening && unseal(opening, key, item.content.B);
  }
  /** Undefined where there is no such part. Throws `LostContent` where it has content and its key is gone. */
  async function get(key: string): Promise<string | undefined> {
    const item = await read(key);
    const content = await contentOf(key, item);
    if (content === undefined && item?.content) throw new LostContent();
    return content;
  }

  /** False where another submission wrote the part before. */
  async function put(
    { key, content }: Part,
    sealing: PartKey,
    { referralId, commandId, digest, now }: PartOwner,
  ): Promise<boolean> {
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: {
            pk: { S: key },
            content: { B: seal(sealing.key, key, content) },
            half: { S: sealing.half },
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
      const before = await read(key);
      if (!before || before.removing) throw new DependencyUnavailable('The sweep removes this part: try again.');
      return before.digest?.S === digest;
    }
  }

  async function confirm(key: string): Promise<void> {
    await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: { pk: { S: key } },
        UpdateExpression: 'REMOVE pending, pendingSince',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(removing)',
      }),
    );
  }

  /** The part waits for the sweep. Nothing where there is none. */
  async function waitForSweep(key: string, now: string, more = ''): Promise<void> {
    await whether(
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: { S: key } },
          UpdateExpression: `SET pending = :yes, pendingSince = :now${more}`,
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':yes': { S: 'yes' }, ':now': { S: now } },
        }),
      ),
    );
  }

  /**
   * Writes the first part as pending. It is the lock: of two submissions under one command, only one goes on to the
   * others. Gives what writes those. Undefined where the part is there from a submission with another digest.
   */
  async function putFirst(parts: readonly Part[], owner: PartOwner): Promise<(() => Promise<boolean>) | undefined> {
    // One call for all parts, before any of them is written.
    const made = await keys.forNew(
      owner.referralId,
      parts.map(({ key }) => key),
      // A second key would take the place of a lost one, and neither could then read everything.
      async () => owner.isErased === true || !(await read(textPart(owner.referralId, 'NARRATIVE')))?.content,
    );
    const [first, ...rest] = made.flatMap((key, at) => {
      const part = parts[at];
      return part ? [() => put(part, key, owner)] : [];
    });
    if (first && !(await first())) return undefined;
    return async () => (await Promise.all(rest.map((putIt) => putIt()))).every(Boolean);
  }

  return {
    putFirst,

    /**
     * Writes parts as pending under a command. A part that is written again stays as it was, so a repeated submission
     * changes nothing. False where a part is there from a submission with another digest. Where that is the first part,
     * nothing was written.
     */
    async putPending(parts: readonly Part[], owner: PartOwner): Promise<boolean> {
      if (parts.length === 0) return true;
      const putOthers = await putFirst(parts, owner);
      return putOthers ? putOthers() : false;
    },

    /** Call it after the commit that names them. */
    async confirmAll(parts: readonly Part[]): Promise<void> {
      await Promise.all(parts.map(({ key }) => confirm(key)));
    },

    confirm,

    /**
     * Stores the text of a draft, where it has none yet or a lower revision. The lower revision must be `after`, where
     * given, or be by the same writer. The same text sent again under its revision counts as stored.
     */
    async saveDraft(draftId: string, { revision, content, after, writer }: DraftWords): Promise<DraftSaved> {
      const from = [
        ...(after === undefined ? [] : [['revision = :after', { ':after': { N: String(after) } }] as const]),
        ...(writer === undefined ? [] : [['writer = :writer', { ':writer': { S: writer } }] as const]),
      ];
      const key = draftPart(draftId);
      const sealed = seal(await keys.forWhole(key), key, content);
      const isFrom = after === undefined ? '' : ` AND (${from.map(([condition]) => condition).join(' OR ')})`;
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: { pk: { S: key } },
            UpdateExpression: `SET content = :content, revision = :revision ${writer === undefined ? 'REMOVE writer' : ', writer = :writer'}`,
            ConditionExpression: `attribute_not_exists(pending) AND (attribute_not_exists(revision) OR (revision < :revision${isFrom}))`,
            ExpressionAttributeValues: {
              ':content': { B: sealed },
              ':revision': { N: String(revision) },
              ...Object.assign({}, ...from.map(([, value]) => value)),
            },
          }),
        );
        return { kind: 'kept', revision };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const item = await read(key);
        if (!item || item.pending) return { kind: 'ended' };
        const now = Number(item.revision?.N ?? 0);
        const isSame = now === revision && (await contentOf(key, item)) === content;
        return { kind: isSame ? 'kept' : 'changed-meanwhile', revision: now };
      }
    },

    async draftText(draftId: string) {
      const item = await read(draftPart(draftId));
      const text = await contentOf(draftPart(draftId), item);
      // It has words, and the key to them is gone.
      const isLost = item?.content !== undefined && text === undefined;
      return { revision: Number(item?.revision?.N ?? 0), text: text ?? '', ...(isLost && { isLost: true as const }) };
    },

    /** The text is gone at once. The sweep removes the rest, as it does every part without a commit. */
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

    /**
     * Before a commit that takes a text back: the text waits. The sweep confirms it where that commit did not come, and removes
     * it where it did. Does nothing where there is no such part.
     */
    awaitRemoval: (key: string, now: string): Promise<void> => waitForSweep(key, now),

    /** After that commit: the text is gone at once. The sweep removes the rest, and its key. */
    closeText: (key: string, now: string): Promise<void> => waitForSweep(key, now, ' REMOVE content'),

    /** Removes the text of a draft that ended by the rule, its key first. Its commit came before, so no save brings it back. */
    async removeDraft(draftId: string): Promise<void> {
      await keys.eraseAll(draftId);
      await client.send(new DeleteItemCommand({ TableName: table, Key: { pk: { S: draftPart(draftId) } } }));
    },

    /** `correctedBy`: the state's `corrections`, here and for other ways to know the child. */
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

    /** Parts that have been pending since before `since` (a UTC instant); at most a hundred at a time. */
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
      return Items.map(({ pk, referralId, commandId, half }) => ({
        key: pk?.S ?? '',
        referralId: referralId?.S ?? '',
        commandId: commandId?.S ?? '',
        ...whereKnown({ half: half?.S }),
      }));
    },

    /**
     * Removes a part that is still pending, and its key. A part confirmed meanwhile stays. A draft loses its data key: it
     * has no other part. A repeat after a stop completes it.
     */
    async removePending({ key, half }: Pick<PendingPart, 'key' | 'half'>): Promise<void> {
      const item = { TableName: table, Key: { pk: { S: key } } };
      // From here on no one confirms it, so its key can go before it does.
      const mark = { UpdateExpression: 'SET removing = :yes', ExpressionAttributeValues: { ':yes': { S: 'yes' } } };
      const isPending = { ConditionExpression: 'attribute_exists(pending)' };
      if (!(await whether(client.send(new UpdateItemCommand({ ...item, ...mark, ...isPending }))))) return;
      if (key.startsWith('draft#')) await keys.eraseAll(ownerOf(key));
      else if (half !== undefined) await keys.eraseHalf(key, half);
      await whether(client.send(new DeleteItemCommand({ ...item, ...isPending })));
    },

    /** Erases the data key of a referral. No part of it can be read from then on, in old backups neither. */
    eraseKeys: (referralId: string): Promise<void> => keys.eraseAll(referralId),
  };
}
