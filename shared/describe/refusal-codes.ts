/** Which refusals each command can answer, read from the domain's source, because a table written by hand would go stale. */
import ts from 'typescript';

/** A refusal's code, and its sentence with … for each part that depends on the referral. */
export interface KnownRefusal {
  readonly code: string;
  readonly sentence: string;
}

type Body = { readonly node: ts.Node; readonly file: string };

/**
 * The refusals by command: those of its `decide` and of the functions that `decide` calls. `sources` holds the domain's source
 * text by file name. Throws where a refusal's code is not a literal, because it could not be described.
 */
export function refusalsIn(sources: Readonly<Record<string, string>>): ReadonlyMap<string, readonly KnownRefusal[]> {
  const files = Object.entries(sources).map(([name, text]) =>
    ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true),
  );
  const named = new Map<string, Body>();
  const decides = new Map<string, Body>();
  for (const file of files) collect(file, file.fileName, named, decides);
  return new Map([...decides].map(([name, body]) => [name, refusalsFrom(body, named)]));
}

const keyOf = (file: string, name: string) => `${file}#${name}`;

/** Collects every function and text of the file by its name, and each `decide` by its command. */
function collect(node: ts.Node, file: string, named: Map<string, Body>, decides: Map<string, Body>): void {
  const note = (name: string, body: ts.Node) => {
    named.set(keyOf(file, name), { node: body, file });
    if (!named.has(name)) named.set(name, { node: body, file });
  };
  if (ts.isFunctionDeclaration(node) && node.name) note(node.name.text, node);
  if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
    note(node.name.text, node.initializer);
  }
  if (ts.isPropertyAssignment(node) && ts.isCallExpression(node.initializer) && !ts.isComputedPropertyName(node.name)) {
    const [row] = node.initializer.arguments;
    const isRow = ts.isIdentifier(node.initializer.expression) && node.initializer.expression.text === 'command';
    const decide =
      isRow && row && ts.isObjectLiteralExpression(row)
        ? row.properties.find(({ name }) => name && ts.isIdentifier(name) && name.text === 'decide')
        : undefined;
    if (decide) decides.set(node.name.text, { node: decide, file });
  }
  ts.forEachChild(node, (child) => collect(child, file, named, decides));
}

function refusalsFrom(start: Body, named: ReadonlyMap<string, Body>): readonly KnownRefusal[] {
  const found = new Map<string, string>();
  const seen = new Set<ts.Node>();
  const resolve = (name: string, file: string) => named.get(keyOf(file, name)) ?? named.get(name);
  const visit = ({ node, file }: Body): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const called = node.expression.text;
      if (called === 'refuse') {
        const [code, sentence] = node.arguments;
        if (!code || !ts.isStringLiteral(code)) throw new Error(`A refusal in ${file} has no literal code.`);
        if (!found.has(code.text)) found.set(code.text, sentence ? said(sentence, file, resolve) : '');
      } else {
        const body = resolve(called, file);
        if (body) visit(body);
      }
    }
    ts.forEachChild(node, (child) => visit({ node: child, file }));
  };
  visit(start);
  return [...found].map(([code, sentence]) => ({ code, sentence }));
}

function said(node: ts.Node, file: string, resolve: (name: string, file: string) => Body | undefined): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
  }
  const body = ts.isIdentifier(node) ? resolve(node.text, file) : undefined;
  return body && ts.isStringLiteralLike(body.node) ? body.node.text : '';
}
