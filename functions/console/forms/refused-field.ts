/** A refusal that is about one field of the form. The API's sentence names it in quotation marks. A page shows it at the field. */
import type { Field } from './form-fields.ts';

const inField = / in "([A-Za-z]+)"/;

/** The field of this form that the sentence names. Undefined where it names none of them. */
export function fieldNamedIn(sentence: string, fields: readonly Field[]): string | undefined {
  const name = inField.exec(sentence)?.[1];
  return fields.find(({ path }) => path === name)?.path;
}

/** The sentence for a reader who sees the field beside it. */
export const withoutFieldName = (sentence: string): string => sentence.replace(inField, '');
