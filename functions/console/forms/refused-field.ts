/** A refusal on a page. The API's sentence names fields, acts and seats by their codes. A page has their words. */
import { isCommandName } from '../../../shared/domain/commands.ts';
import { everyDiscipline } from '../../../shared/domain/core/vocabulary.ts';
import { wordsInside } from '../../../shared/domain/words/code-words.ts';
import { labelAt } from '../../../shared/domain/words/field-words.ts';
import type { Field } from './form-fields.ts';

const inField = / in "([A-Za-z]+)"/;

/** The field of this form that the sentence names. Undefined where it names none of them. */
export function fieldNamedIn(sentence: string, fields: readonly Field[]): string | undefined {
  const name = inField.exec(sentence)?.[1];
  return fields.find(({ path }) => path === name)?.path;
}

const isDiscipline = (code: string) => everyDiscipline.some((each) => each === code);

/** The sentence for a reader of this form, in words. The field beside it is left out. */
export const inWords = (sentence: string): string =>
  sentence
    .replace(inField, '')
    .replaceAll(/"([A-Za-z]+)"/g, (_, name: string) => `“${labelAt(name)}”`)
    .replaceAll(/ \(([a-z-]+)\)/g, (whole, name: string) => (isCommandName(name) ? '' : whole))
    .replaceAll(/[a-z0-9]+(?:-[a-z0-9]+)+/g, (code) => (isDiscipline(code) ? wordsInside(code) : code));
