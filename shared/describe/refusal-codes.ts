/**
 * Which refusals each command can answer, read from the domain's source, because a table written by hand would go stale. The
 * catalogue has their sentences.
 */
import ts from 'typescript';
import type { Sentences } from '../domain/core/refusal.ts';

/** A refusal's code, and its sentence with … for each part that depends on the referral. */
export interface KnownRefusal {
  readonly code: string;
  readonly sentence: string;
}

/** A sentence of the catalogue with … for each value. */
export const withoutValues = (sentence: string): string => sentence.replaceAll(/\{\w+\}/g, '…');

type Body = { readonly node: ts.Node; readonly file: string };

/**
 * The refusals by command: those of its `decide` and of the functions that `decide` calls. `sources` holds the domain's source
 * text by file name, and `sentences` is the catalogue. Throws where a refusal's key is no literal, because it could not be described.
 */
export function refusalsIn(
  sources: Readonly<Record<string, string>>,
  sentences: Sentences,
): ReadonlyMap<string, readonly KnownRefusal[]> {
  const files = Object.entries(sources).map(([name, text]) =>
    ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true),
  );
  const named = new Map<string, Body>();
  const decides = new Map<string, Body>();
  for (const file of files) collect(file, file.fileName, named, decides);
  return new Map([...decides].map(([name, body]) => [name, refusalsFrom(body, named, sentences)]));
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

function refusalsFrom(start: Body, named: ReadonlyMap<string, Body>, sentences: Sentences): readonly KnownRefusal[] {
  const found = new Map<string, string>();
  const seen = new Set<ts.Node>();
  const resolve = (name: string, file: string) => named.get(keyOf(file, name)) ?? named.get(name);
  const visit = ({ node, file }: Body): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const called = node.expression.text;
      if (called === 'refuse') {
        const [key] = node.arguments;
        if (!key || !ts.isStringLiteral(key)) throw new Error(`A refusal in ${file} has no literal key.`);
        const [code = ''] = key.text.split('/');
        if (!found.has(code)) found.set(code, withoutValues(sentences[key.text] ?? ''));
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
