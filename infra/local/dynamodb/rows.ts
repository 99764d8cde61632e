/** Which rows a change of an item makes in its table's indexes, and what the change costs. */
import {
  type BatchOperation,
  createIndexKey,
  createKey,
  type IndexRow,
  type Item,
  indexPrefix,
  type TableRow,
} from './dynalite.ts';
import { writeUnits } from './units.ts';

export interface Change {
  readonly schema: TableRow;
  readonly key: string;
  readonly before?: Item;
  readonly after?: Item;
}

/**
 * An index row's key. For equal index keys, dynalite tells rows apart by 24 bits of a hash. It loses rows when two
 * hashes collide. So the whole table key is added here, behind dynalite's own. Its range queries still hold.
 */
export function indexRowKey(item: Item, schema: TableRow, index: IndexRow): string {
  return `${createIndexKey(item, schema, index.KeySchema)}/${createKey(item, schema)}`;
}

function indexRow(item: Item | undefined, schema: TableRow, index: IndexRow) {
  if (!item) return undefined;
  const keys = index.KeySchema.map(({ AttributeName }) => AttributeName);
  if (keys.some((name) => item[name] === undefined)) return undefined;
  const tableKeys = schema.KeySchema.map(({ AttributeName }) => AttributeName);
  const projected = [...keys, ...tableKeys, ...(index.Projection.NonKeyAttributes ?? [])];
  const row =
    index.Projection.ProjectionType === 'ALL'
      ? item
      : Object.fromEntries(projected.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));
  return { key: indexRowKey(item, schema, index), row };
}

/** The units of a change of the item itself: the larger of the item before and after. */
export function itemWriteUnits({ before, after }: Change): number {
  return writeUnits(before, after);
}

/** The index rows to write for a change, and their units. A row that moves costs its removal and its writing. */
export function indexWrites({ schema, before, after }: Change): { operations: BatchOperation[]; units: number } {
  const operations: BatchOperation[] = [];
  let units = 0;
  for (const index of schema.GlobalSecondaryIndexes ?? []) {
    const prefix = indexPrefix(schema.TableName, index.IndexName);
    const [old, next] = [indexRow(before, schema, index), indexRow(after, schema, index)];
    if (old && next?.key === old.key) {
      if (sameItem(old.row, next.row)) continue;
      units += writeUnits(old.row, next.row);
    } else {
      if (old) operations.push({ type: 'del', key: prefix + old.key });
      if (old) units += writeUnits(old.row);
      if (next) units += writeUnits(next.row);
    }
    if (next) operations.push({ type: 'put', key: prefix + next.key, value: next.row });
  }
  return { operations, units };
}

const setTypes = ['SS', 'NS', 'BS'];

/** True where two items hold the same data: the order of attributes and of a set's members does not count. */
export function sameItem(one: Item | undefined, other: Item | undefined): boolean {
  return canonical(one) === canonical(other);
}

function canonical(item: Item | undefined): string | undefined {
  return JSON.stringify(item, (key, value: unknown) => {
    if (Array.isArray(value)) return setTypes.includes(key) ? [...value].sort() : value;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
