/**
 * A child is counted once. Referrals are of one child where a person merged or linked them. One may lead to another over several. It is found when a report is made, so another answer of a person restates the counts.
 */
import type { FactRow } from '../domain/facts/fact-row-shape.ts';

export interface CountedChild {
  /** The least reference among its referrals. */
  readonly id: string;
  /** The earliest first. */
  readonly referrals: readonly FactRow[];
}

const linkedWith = ({ links: { mergedInto, earlier, duplicateOf } }: FactRow): readonly string[] =>
  [mergedInto, ...earlier, duplicateOf].filter((each) => each !== undefined);

/** The children of these rows, in the order of their references. A link to a referral without a row leads nowhere. */
export function childrenOf(rows: readonly FactRow[]): readonly CountedChild[] {
  const known = new Set(rows.map(({ id }) => id));
  const parents = new Map<string, string>();
  const rootOf = (id: string): string => {
    let root = id;
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
    return root;
  };
  for (const row of rows) {
    for (const other of linkedWith(row)) {
      const [least = '', greater = ''] = [rootOf(row.id), rootOf(other)].toSorted();
      // The least reference of all is the root, whatever the order of the rows.
      if (known.has(other) && least !== greater) parents.set(greater, least);
    }
  }
  return [...Map.groupBy(rows, ({ id }) => rootOf(id))]
    .map(([id, referrals]) => ({
      id,
      referrals: referrals.toSorted((one, other) =>
        one.receivedAt === other.receivedAt ? (one.id < other.id ? -1 : 1) : one.receivedAt < other.receivedAt ? -1 : 1,
      ),
    }))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
}
