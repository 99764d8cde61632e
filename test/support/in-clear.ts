import { inflateRawSync } from 'node:zlib';

/** Bytes as text. Rows of facts and of runs are deflated: what is in them follows. */
function wordsOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  try {
    return `${text} ${inflateRawSync(bytes).toString()}`;
  } catch {
    return text;
  }
}

/** Items of a table as one text, with their bytes as text too. Words that are not sealed show in it. */
export const inClear = (items: unknown): string =>
  JSON.stringify(items, (_, value) => {
    // A Buffer is written as this before it comes here.
    if (value?.type === 'Buffer' && Array.isArray(value.data)) return wordsOf(Buffer.from(value.data));
    return value instanceof Uint8Array ? wordsOf(value) : value;
  });
