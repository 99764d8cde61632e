/** Caches the value as the latest, and drops the value that was unused for longest where there are too many. */
export function keepLatest<Value>(kept: Map<string, Value>, key: string, value: Value): void {
  kept.delete(key);
  kept.set(key, value);
  const oldest = kept.size > 100 ? kept.keys().next().value : undefined;
  if (oldest !== undefined) kept.delete(oldest);
}
