/** Lets at most `places` pieces of work run at once; the others wait in the order they came. */
export function createSemaphore(places: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = places;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

/**
 * Does the work for each of `all`, at most `atOnce` at the same time, and gives the results in order. The next ones begin where all of
 * these have succeeded, and not once it is enough. Rejects with the first that rejects.
 */
export async function inBatches<Given, Made>(
  atOnce: number,
  all: readonly Given[],
  work: (given: Given) => Promise<Made>,
  isEnough: () => boolean = () => false,
): Promise<readonly Made[]> {
  const made: Made[] = [];
  for (let from = 0; from < all.length && !isEnough(); from += atOnce)
    made.push(...(await Promise.all(all.slice(from, from + atOnce).map(work))));
  return made;
}
