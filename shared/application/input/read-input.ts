/**
 * Reads what a person sent, for the API and the console alike: bodies, forms, and the parameters of an address. A value that
 * passed holds no control characters, so no other code looks for them. `submissionKey` reads the one header.
 */
import type * as z from 'zod';
import { controlCharacters } from './control-characters.ts';
import { type Problem, problemsIn } from './problems.ts';

export type Read<Data> =
  | { readonly data: Data; readonly problems?: undefined }
  | { readonly problems: readonly Problem[] };

/**
 * The value by its schema, or each thing wrong with it. `inWords` says what is wrong with an input of another shape. Where any
 * text holds control characters, only these are listed.
 */
export function readInput<Schema extends z.ZodType>(
  schema: Schema,
  sent: unknown,
  inWords: (error: z.ZodError) => readonly Problem[] = problemsIn,
): Read<z.output<Schema>> {
  const control = controlCharacters(sent);
  if (control.length > 0) return { problems: control };
  const parsed = schema.safeParse(sent);
  return parsed.success ? { data: parsed.data } : { problems: inWords(parsed.error) };
}
