/**
 * The data keys of the vault, one for each referral and draft. A table of their own holds them wrapped, with a random
 * half for each part. Without its half a part cannot be read, nor without the data key any part of its owner.
 */
import { hash, randomBytes } from 'node:crypto';
import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DependencyUnavailable } from '../contracts/faults.ts';
import { isUnreadable, keyOfPart, ownerOf } from './sealed-content.ts';
import { whether } from './whether.ts';
import type { KeyWrapping } from './wrapping-key.ts';

/** A data key stays in the memory of an instance for so long, in milliseconds, and so many at most. */
const lifetime = 300_000;
const mostKept = 500;

/** The key of a part, and the name of its half. A draft has no halves: it is erased as a whole. */
export interface PartKey {
  readonly key: Uint8Array;
  readonly half: string;
}

interface Row {
  readonly wrapped: Uint8Array;
  readonly halves: Readonly<Record<string, AttributeValue>>;
}

export type DataKeys = ReturnType<typeof createDataKeys>;

const noHalf = new Uint8Array();

/** The name of a half begins with that of its part. So no other part can name it as its own, to have it erased. */
const beginOf = (part: string): string => hash('sha256', part, 'base64url').slice(0, 10);

const rowKey = (owner: string) => ({ pk: { S: owner } });
const isEqual = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;

/** `now`: milliseconds of a clock, for how long a data key stays in memory. */
export function createDataKeys({
  client,
  table,
  wrapping,
  now,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly wrapping: KeyWrapping;
  readonly now: () => number;
}) {
  /** By owner, the oldest first. */
  const kept = new Map<string, { readonly wrapped: Uint8Array; readonly plain: Promise<Uint8Array>; until: number }>();
  const reading = new Map<string, Promise<Row | undefined>>();

  async function read(owner: string): Promise<Row | undefined> {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: rowKey(owner), ConsistentRead: true }),
    );
    return Item?.wrappedKey?.B && { wrapped: Item.wrappedKey.B, halves: Item };
  }

  /** Reads at the same time share one answer, so it may be a moment old. */
  function readTogether(owner: string): Promise<Row | undefined> {
    const under = reading.get(owner);
    if (under) return under;
    const row = read(owner).finally(() => reading.delete(owner));
    reading.set(owner, row);
    return row;
  }

  function keep(owner: string, wrapped: Uint8Array, plain: Promise<Uint8Array>): Promise<Uint8Array> {
    kept.delete(owner);
    const entry = { wrapped, plain, until: now() + lifetime };
    kept.set(owner, entry);
    plain.catch(() => {
      if (kept.get(owner) === entry) kept.delete(owner);
    });
    for (const [oldest, { until }] of kept) {
      if (kept.size <= mostKept && until > now()) break;
      kept.delete(oldest);
    }
    return plain;
  }

  /** The data key of a row. One that was unwrapped lately is not asked about again. */
  function unwrap(owner: string, { wrapped }: Pick<Row, 'wrapped'>): Promise<Uint8Array> {
    const known = kept.get(owner);
    if (known && known.until > now() && isEqual(known.wrapped, wrapped)) return known.plain;
    return keep(owner, wrapped, wrapping.unwrap(owner, wrapped));
  }

  /** Adds halves to a row that has this data key, or makes the row. False where the row has another one by now. */
  async function write(
    owner: string,
    wrapped: Uint8Array,
    halves: Readonly<Record<string, Uint8Array>>,
    condition: 'wrappedKey = :wrapped' | 'attribute_not_exists(wrappedKey)',
  ): Promise<boolean> {
    const added = Object.entries(halves);
    if (added.length === 0 && condition === 'wrappedKey = :wrapped') return true;
    return whether(
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: rowKey(owner),
          UpdateExpression: `SET ${['wrappedKey = :wrapped', ...added.map((_, at) => `#half${at} = :half${at}`)].join(', ')}`,
          ConditionExpression: condition,
          ...(added.length > 0 && {
            ExpressionAttributeNames: Object.fromEntries(added.map(([name], at) => [`#half${at}`, name])),
          }),
          ExpressionAttributeValues: {
            ':wrapped': { B: wrapped },
            ...Object.fromEntries(added.map(([, bytes], at) => [`:half${at}`, { B: bytes }])),
          },
        }),
      ),
    );
  }

  /** The owner's data key, made where it has none. The halves are stored with it. */
  async function dataKeyWith(
    owner: string,
    halves: Readonly<Record<string, Uint8Array>>,
    mayMake: () => Promise<boolean> = async () => true,
  ): Promise<Uint8Array> {
    const known = kept.get(owner);
    const isNew = Object.keys(halves).length > 0;
    if (isNew && known && known.until > now()) {
      const plain = await known.plain;
      if (await write(owner, known.wrapped, halves, 'wrappedKey = :wrapped')) return plain;
    }
    for (let tries = 0; tries < 3; tries += 1) {
      const row = await read(owner);
      // Nothing is written before the key service has answered.
      if (row) {
        const plain = await unwrap(owner, row).catch((error: unknown) => {
          // A new key would take the place of one that a copy of the table may still have.
          if (!isUnreadable(error)) throw error;
          throw new DependencyUnavailable('The key of this referral is damaged: tell an administrator.');
        });
        if (await write(owner, row.wrapped, halves, 'wrappedKey = :wrapped')) return plain;
      } else {
        if (!(await mayMake()))
          throw new DependencyUnavailable('The key of this referral is missing: tell an administrator.');
        const { plain, wrapped } = await wrapping.generate(owner);
        if (await write(owner, wrapped, halves, 'attribute_not_exists(wrappedKey)'))
          return keep(owner, wrapped, Promise.resolve(plain));
      }
    }
    throw new DependencyUnavailable('The data key changed at the same moment: try again.');
  }

  return {
    /**
     * A new key for each of these parts of one owner, in their order. `mayMake`: whether an owner without a data key may
     * get one. Where it may not, this throws `DependencyUnavailable`.
     */
    async forNew(
      owner: string,
      parts: readonly string[],
      mayMake?: () => Promise<boolean>,
    ): Promise<readonly PartKey[]> {
      if (parts.some((part) => ownerOf(part) !== owner)) throw new Error('These parts belong to several owners.');
      const made = parts.map((part) => ({
        name: `${beginOf(part)}${randomBytes(9).toString('base64url')}`,
        half: new Uint8Array(randomBytes(16)),
      }));
      const dataKey = await dataKeyWith(owner, Object.fromEntries(made.map(({ name, half }) => [name, half])), mayMake);
      return made.map(({ name, half }, at) => ({ half: name, key: keyOfPart(dataKey, half, parts[at] ?? '') }));
    },

    /** The key of a part without a half. The data key is made where its owner has none. */
    async forWhole(part: string): Promise<Uint8Array> {
      return keyOfPart(await dataKeyWith(ownerOf(part), {}), noHalf, part);
    },

    /** The key of a stored part. Undefined where it is gone. `half`: its name; undefined for a part without one. */
    async forPart(part: string, half: string | undefined): Promise<Uint8Array | undefined> {
      const owner = ownerOf(part);
      const isWhole = (row: Row | undefined) =>
        row !== undefined && (half === undefined || row.halves[half]?.B !== undefined);
      const shared = await readTogether(owner);
      const row = isWhole(shared) ? shared : await read(owner);
      const bytes = half === undefined ? noHalf : row?.halves[half]?.B;
      return row && bytes && keyOfPart(await unwrap(owner, row), bytes, part);
    },

    /** Erases the half of one part, unless it is that of another part. A repeat changes nothing. */
    async eraseHalf(part: string, half: string): Promise<void> {
      if (!half.startsWith(beginOf(part))) return;
      await whether(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: rowKey(ownerOf(part)),
            UpdateExpression: 'REMOVE #half',
            // Without it, the update of a row that is gone would make an empty one.
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeNames: { '#half': half },
          }),
        ),
      );
    },

    /** Erases the data key and all halves of an owner. A repeat changes nothing. */
    async eraseAll(owner: string): Promise<void> {
      kept.delete(owner);
      await client.send(new DeleteItemCommand({ TableName: table, Key: rowKey(owner) }));
    },
  };
}
