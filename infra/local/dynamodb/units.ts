/** What AWS bills for a read or a write. Sizes count bytes: a letter with an accent is two. */
import { type Item, itemSize, type Operation, type Output, type Parameters } from './dynalite.ts';

/** Dynalite counts a text by its characters. */
const bytesBeyond = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value) - value.length;
  if (typeof value !== 'object' || value === null) return 0;
  const inNames = Array.isArray(value) ? 0 : bytesBeyond(Object.keys(value));
  return Object.values(value).reduce((sum: number, each) => sum + bytesBeyond(each), inNames);
};
const sizeOf = (item: Item | undefined): number => (item ? itemSize(item) + bytesBeyond(item) : 0);

const steps = (bytes: number, ofBytes: number): number => Math.max(1, Math.ceil(bytes / ofBytes));

/** Steps of 1 KB of the larger of the items before and after. */
export const writeUnits = (...items: readonly (Item | undefined)[]): number =>
  steps(Math.max(...items.map(sizeOf)), 1024);

/** The rows that a read came by, by table and in order. A query can have come by more than it looked at. */
export type RowsRead = ReadonlyMap<string, readonly Item[]>;

interface Asked {
  readonly ConsistentRead?: boolean;
  readonly Keys?: readonly unknown[];
}

/** Steps of 4 KB, half as many where the read need not be consistent. A query counts all its rows together. */
export function readUnits(operation: Operation, parameters: Parameters, output: Output, read: RowsRead): number {
  const price = ({ ConsistentRead }: Asked) => (ConsistentRead ? 1 : 0.5);
  const rowsOf = (table: unknown) => read.get(String(table)) ?? [];
  const eachOf = (table: unknown, asked: number) =>
    rowsOf(table).reduce((sum, row) => sum + steps(sizeOf(row), 4096) - 1, asked);
  if (operation === 'GetItem') return price(parameters) * eachOf(parameters.TableName, 1);
  if (operation === 'BatchGetItem') {
    return Object.entries(parameters.RequestItems as Readonly<Record<string, Asked>>).reduce(
      (sum, [table, asked]) => sum + price(asked) * eachOf(table, asked.Keys?.length ?? 0),
      0,
    );
  }
  const looked = rowsOf(parameters.TableName).slice(0, Number(output.ScannedCount));
  return (
    price(parameters) *
    steps(
      looked.reduce((sum, row) => sum + sizeOf(row), 0),
      4096,
    )
  );
}
