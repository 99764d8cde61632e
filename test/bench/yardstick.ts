/** A fixed piece of work that no change of the product touches. It tells how fast the machine itself was on that day. */
import { createHash } from 'node:crypto';

const rounds = 9;

/** Milliseconds of processor-bound work on one core: text, objects and hashes. The middle of nine rounds. */
export function measureYardstick(): number {
  const taken = Array.from({ length: rounds }, () => {
    const began = performance.now();
    const rows = Array.from({ length: 40_000 }, (_, number) => ({
      number,
      text: `row ${number}`,
      parts: [number, -number],
    }));
    const copied = JSON.parse(JSON.stringify(rows)) as typeof rows;
    const hash = createHash('sha256');
    for (const { text } of copied.toSorted((one, other) => (one.text < other.text ? -1 : 1))) hash.update(text);
    hash.digest();
    return performance.now() - began;
  });
  return taken.toSorted((one, other) => one - other)[Math.floor(rounds / 2)] ?? Number.NaN;
}
