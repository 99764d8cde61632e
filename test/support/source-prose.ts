import ts from 'typescript';

export interface Prose {
  /** Each comment without its marks. Lines of `//` that follow each other are one comment. */
  readonly comments: readonly string[];
  /** Each string, and each piece of a template or page. A single lower-case word is a code, such as an event's, and is left out. */
  readonly strings: readonly string[];
}

/** The text of a TypeScript file that people read. A `name` that ends in `.tsx` is parsed as JSX. */
export function proseOf(name: string, source: string): Prose {
  const kind = name.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, kind);
  const comments = new Map<number, ts.CommentRange>();
  const strings: string[] = [];
  const read = (node: ts.Node): void => {
    if (node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode) return;
    const parts = node.getChildren(file);
    if (isText(node)) strings.push(node.text);
    else for (const part of parts) read(part);
    if (ts.isJsxText(node) || (parts.length > 0 && !isText(node))) return;
    const before = [ts.getLeadingCommentRanges, ts.getTrailingCommentRanges].flatMap(
      (ranges) => ranges(source, node.pos) ?? [],
    );
    for (const range of before) comments.set(range.pos, range);
  };
  read(file);
  return {
    comments: joined(source, [...comments.values()]),
    strings: strings.filter((text) => !/^[a-z0-9-]+$/.test(text)),
  };
}

const isText = (node: ts.Node): node is ts.StringLiteralLike | ts.TemplateLiteralLikeNode | ts.JsxText =>
  ts.isStringLiteralLike(node) ||
  ts.isTemplateHead(node) ||
  ts.isTemplateMiddleOrTemplateTail(node) ||
  ts.isJsxText(node);

function joined(source: string, ranges: readonly ts.CommentRange[]): readonly string[] {
  const texts: string[] = [];
  let last: ts.CommentRange | undefined;
  for (const range of ranges.toSorted((one, other) => one.pos - other.pos)) {
    const text = withoutMarks(source.slice(range.pos, range.end));
    const isLine = (each: ts.CommentRange | undefined) => each?.kind === ts.SyntaxKind.SingleLineCommentTrivia;
    const goesOn = isLine(range) && isLine(last) && /^\s*$/.test(source.slice(last?.end, range.pos));
    texts.push(goesOn ? `${texts.pop()}\n${text}` : text);
    last = range;
  }
  return texts;
}

const withoutMarks = (comment: string) =>
  comment
    .replace(/^\/\*+|\*+\/$|^\/\/ ?/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n');
