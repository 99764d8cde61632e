import ts from 'typescript';

/**
 * What a TypeScript file says to people: each comment without its marks, and each string and piece of a template or page. A string of
 * one lower-case word is a code, such as an event's, and is left out. `name` tells by its end whether the file holds JSX.
 */
export function proseOf(name: string, source: string): readonly string[] {
  const kind = name.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, kind);
  const comments = new Map<number, string>();
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
    for (const { pos, end } of before) comments.set(pos, withoutMarks(source.slice(pos, end)));
  };
  read(file);
  return [...comments.values(), ...strings.filter((text) => !/^[a-z0-9-]+$/.test(text))];
}

const isText = (node: ts.Node): node is ts.StringLiteralLike | ts.TemplateLiteralLikeNode | ts.JsxText =>
  ts.isStringLiteralLike(node) ||
  ts.isTemplateHead(node) ||
  ts.isTemplateMiddleOrTemplateTail(node) ||
  ts.isJsxText(node);

const withoutMarks = (comment: string) =>
  comment
    .replace(/^\/\*+|\*+\/$|^\/\/ ?/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n');
