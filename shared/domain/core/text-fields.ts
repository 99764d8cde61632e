/** The free texts of an input, by the marks of its schema. */
import type * as z from 'zod';
import type { TextKind } from './text-kinds.ts';

interface Marked {
  readonly meta?: () => { readonly vault?: unknown; readonly kind?: TextKind } | undefined;
  readonly unwrap?: () => unknown;
}

/** The kind of a free text, also of an optional one. Undefined for any other field. */
export function textKindOf(schema: unknown): TextKind | undefined {
  const node = schema as Marked;
  const { vault, kind } = node.meta?.() ?? {};
  if (vault === true) return kind;
  return node.unwrap && textKindOf(node.unwrap());
}

export interface TextField {
  readonly field: string;
  readonly kind: TextKind;
}

/** The free texts of an input, in its order. */
export const textFieldsIn = ({ shape }: z.ZodObject): readonly TextField[] =>
  Object.entries(shape).flatMap(([field, schema]) => {
    const kind = textKindOf(schema);
    return kind === undefined ? [] : { field, kind };
  });

/** The id of a text in the vault. Events name the text by it. */
export const textIdOf = (commandId: string, field: string): string => `${commandId}.${field.toUpperCase()}`;
