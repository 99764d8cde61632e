/** How well and how fast the same child is found again, on invented children and tables in memory. */
import { findAlike, type Known, keysOf, marksOf } from '../../shared/application/matching/blind-index.ts';
import { createDigests } from '../../shared/application/matching/secret.ts';
import { inventedPairs } from '../support/invented-children.ts';
import { qualityOn } from '../support/matching-quality.ts';
import { startDynamoTables } from '../support/tables.ts';

const pairs = 2400;
const referrals = 10_000;
const looks = 200;

/** The index of so many children, as their reports would have left it. */
function indexOf(children: readonly Known[], digests: ReturnType<typeof createDigests>): readonly object[] {
  return children.flatMap((known, number) => {
    const marks = JSON.stringify(marksOf(known, digests));
    return keysOf(known, digests).map((key) => ({ pk: `sound#${key}`, sk: `CR-${number}`, marks }));
  });
}

/** Recall and precision on pairs of another seed than the tests'; milliseconds of one comparison among `referrals` (middle, slowest). */
export async function measureMatching() {
  const { recall, precision } = qualityOn(inventedPairs(pairs, 7));
  const digests = createDigests('the key of this bench');
  const tables = await startDynamoTables();
  try {
    const children = inventedPairs(referrals / 2, 11).flatMap(({ one, other }) => [one, other]);
    await tables.put('ChildIndex', indexOf(children, digests));
    const times: number[] = [];
    for (const { other } of inventedPairs(looks, 11)) {
      const began = performance.now();
      await findAlike({ identities: tables.identities, digests }, `CR-NEW-${times.length}`, other);
      times.push(performance.now() - began);
    }
    const sorted = times.toSorted((one, other) => one - other);
    const middle = sorted[looks / 2] ?? Number.NaN;
    return { pairs, recall, precision, referrals, middle, slowest: sorted.at(-1) ?? Number.NaN };
  } finally {
    await tables.stop();
  }
}
