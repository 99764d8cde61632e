/** Where a text stops being JSON. The engine's own message gives the place only sometimes, and may repeat the text. */
import { visit } from 'jsonc-parser';

/**
 * Line and column, both from 1, of the first character at which the text is no longer JSON. Undefined where the text is
 * JSON.
 */
export function jsonStopsAt(text: string): { readonly line: number; readonly column: number } | undefined {
  const places: { readonly line: number; readonly column: number }[] = [];
  visit(
    text,
    { onError: (_, __, ___, line, character) => places.push({ line: line + 1, column: character + 1 }) },
    { disallowComments: true },
  );
  return places[0];
}
