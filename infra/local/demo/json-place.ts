/** Where a text stops being JSON. The engine's own message gives the place only sometimes, and may repeat the text. */

const token =
  /(?<mark>[{}[\],:])|(?<text>"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/uy;

const spaces = /[ \t\r\n]*/y;

/** What may come next. */
type Awaited = 'value' | 'first-value' | 'name' | 'first-name' | 'colon' | 'comma';

/**
 * Line and column, both from 1, of the first character at which the text is no longer JSON. Undefined where the text is
 * JSON.
 */
export function jsonStopsAt(text: string): { readonly line: number; readonly column: number } | undefined {
  const open: string[] = [];
  let awaited: Awaited = 'value';
  let at = 0;
  for (;;) {
    spaces.lastIndex = at;
    at += spaces.exec(text)?.[0].length ?? 0;
    const ended: boolean = awaited === 'comma' && open.length === 0;
    if (at === text.length) return ended ? undefined : placeOf(text, at);
    token.lastIndex = at;
    const found: RegExpExecArray | null = ended ? null : token.exec(text);
    const next: Awaited | undefined = found ? follows(found, awaited, open) : undefined;
    if (!found || !next) return placeOf(text, at);
    awaited = next;
    at += found[0].length;
  }
}

/** What may come after this token, or undefined where it may not stand here. `open` has the open brackets, the innermost last. */
function follows(found: RegExpExecArray, awaited: Awaited, open: string[]): Awaited | undefined {
  const [whole] = found;
  const mark = found.groups?.mark;
  const inside = open.at(-1);
  if (mark === '}' || mark === ']') {
    const mayEnd = awaited === 'comma' || awaited === (mark === '}' ? 'first-name' : 'first-value');
    if (!mayEnd || inside !== (mark === '}' ? '{' : '[')) return undefined;
    open.pop();
    return 'comma';
  }
  if (awaited === 'comma') return mark === ',' ? (inside === '{' ? 'name' : 'value') : undefined;
  if (awaited === 'colon') return mark === ':' ? 'value' : undefined;
  if (awaited === 'name' || awaited === 'first-name') return found.groups?.text === undefined ? undefined : 'colon';
  if (mark === undefined) return 'comma';
  if (mark !== '{' && mark !== '[') return undefined;
  open.push(whole);
  return mark === '{' ? 'first-name' : 'first-value';
}

function placeOf(text: string, at: number) {
  const lines = text.slice(0, at).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
