/**
 * Answers to reads, kept until one of the partitions they read is written to. Functions ask the same over and over. Of
 * the 9,750 calls of one played referral, 5,700 repeat an earlier one word for word. The caller's permission is checked
 * each time.
 */
import type { Access } from './access.ts';
import type { Operation } from './dynalite.ts';
import type { Change } from './rows.ts';

export interface KnownAnswer {
  /** What permission was asked for, and has to be asked again. */
  readonly accesses: readonly Access[];
  /** JSON. */
  readonly body: string;
  readonly units: number;
}

/** A scan reads no partition but all of them. */
const kept: readonly Operation[] = ['GetItem', 'BatchGetItem', 'Query'];

/** Characters of all answers and requests. */
const mostKept = 16_000_000;

interface Entry {
  readonly partitions: readonly string[];
  answer?: KnownAnswer;
}

export function createAnswers() {
  const entries = new Map<string, Entry>();
  const readers = new Map<string, Set<string>>();
  let size = 0;

  const drop = (name: string) => {
    const entry = entries.get(name);
    if (!entry) return;
    entries.delete(name);
    size -= sizeOf(name, entry);
    for (const partition of entry.partitions) {
      const names = readers.get(partition);
      names?.delete(name);
      if (names?.size === 0) readers.delete(partition);
    }
  };
  const nameOf = (operation: Operation, request: string) => `${operation} ${request}`;

  return {
    find: (operation: Operation, request: string): KnownAnswer | undefined =>
      entries.get(nameOf(operation, request))?.answer,

    /** To be called before a read; what it returns keeps the answer, unless the partitions were written to meanwhile. */
    begin(operation: Operation, request: string, accesses: readonly Access[]): (body: string, units: number) => void {
      const partitions = kept.includes(operation) ? partitionsOf(accesses) : undefined;
      const name = nameOf(operation, request);
      if (!partitions || entries.has(name)) return () => undefined;
      const entry: Entry = { partitions };
      entries.set(name, entry);
      size += sizeOf(name, entry);
      for (const partition of partitions) readers.set(partition, (readers.get(partition) ?? new Set()).add(name));
      return (body, units) => {
        if (entries.get(name) !== entry) return;
        entry.answer = { accesses, body, units };
        size += body.length;
        // The oldest first: a Map keeps the order in which its entries came.
        for (const oldest of entries.keys()) {
          if (size <= mostKept) break;
          drop(oldest);
        }
      };
    },

    /** To be called once a write is done, and before its caller hears of it. */
    forget(changes: readonly Change[]): void {
      for (const partition of changes.flatMap(writtenPartitions)) {
        for (const name of [...(readers.get(partition) ?? [])]) drop(name);
      }
    },
  };
}

const sizeOf = (name: string, { answer }: Entry) => name.length + (answer?.body.length ?? 0);

const partition = (table: string, index: string | undefined, value: string) => JSON.stringify([table, index, value]);

/** Undefined where a key is no text: a number has many spellings. */
function partitionsOf(accesses: readonly Access[]): readonly string[] | undefined {
  const named = accesses.flatMap(({ tableName, indexName, leadingKeys }) =>
    leadingKeys.map((key) => (typeof key?.S === 'string' ? partition(tableName, indexName, key.S) : undefined)),
  );
  return named.length > 0 && named.every((each) => each !== undefined) ? named : undefined;
}

/** Those of the table and of its indexes that a change wrote to, before and after. */
function writtenPartitions({ schema, before, after }: Change): readonly string[] {
  const written = [
    { index: undefined, KeySchema: schema.KeySchema },
    ...(schema.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema }) => ({ index: IndexName, KeySchema })),
  ];
  return written.flatMap(({ index, KeySchema }) =>
    [before, after].flatMap((item) => {
      const value = item?.[KeySchema[0]?.AttributeName ?? ''];
      return typeof value?.S === 'string' ? [partition(schema.TableName, index, value.S)] : [];
    }),
  );
}
