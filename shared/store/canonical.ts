const inOrder = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const keys = Object.keys(value).toSorted();
  return Object.fromEntries(keys.map((key) => [key, inOrder((value as Record<string, unknown>)[key])]));
};

/** JSON in which objects have their keys in order, so that equal content is equal text. */
export const canonical = (value: unknown): string => JSON.stringify(inOrder(value));
