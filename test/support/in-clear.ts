/** Items of a table as one text, with their bytes as text too. Words that are not sealed show in it. */
export const inClear = (items: unknown): string =>
  JSON.stringify(items, (_, value) => {
    // A Buffer is written as this before it comes here.
    if (value?.type === 'Buffer' && Array.isArray(value.data)) return Buffer.from(value.data).toString('latin1');
    return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value;
  });
