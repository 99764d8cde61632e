/** Caches the value as the latest, and drops the value that was unused for longest where there are too many. */
export function keepLatest<Value>(kept: Map<string, Value>, key: string, value: Value): void {
  kept.delete(key);
  kept.set(key, value);
  const oldest = kept.size > 100 ? kept.keys().next().value : undefined;
  if (oldest !== undefined) kept.delete(oldest);
}

/**
 * A cache of what has a size. While all are larger together than `most`, it drops the value that was kept longest ago. The
 * value that is kept now stays, whatever its size.
 */
export function sizedCache<Value>(most: number, sizeOf: (value: Value) => number) {
  const kept = new Map<string, Value>();
  let size = 0;
  const drop = (key: string): void => {
    const value = kept.get(key);
    if (value !== undefined) size -= sizeOf(value);
    kept.delete(key);
  };
  return {
    get: (key: string): Value | undefined => kept.get(key),
    drop,
    keep(key: string, value: Value): void {
      drop(key);
      kept.set(key, value);
      size += sizeOf(value);
      for (const oldest of kept.keys()) {
        if (size <= most || oldest === key) break;
        drop(oldest);
      }
    },
  };
}
