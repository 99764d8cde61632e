/** The fields of a form in the language of the page. The names and the values that they send stay as they are. */

import { words } from '../../../shared/domain/words/code-words.ts';
import { labelAt } from '../../../shared/domain/words/field-words.ts';
import { codesInSpanish, labelsInSpanish } from '../../../shared/domain/words/partner-pages.ts';
import type { Wording } from '../app/spoken.ts';
import type { Field, Option } from './form-fields.ts';

/** The label of the field that a path leads to. */
export const labelIn = ({ language }: Pick<Wording, 'language'>, path: string, form = ''): string => {
  const name = path.replace(/\[.*$/, '').split('.').at(-1) ?? path;
  return (
    (language === 'es' ? (labelsInSpanish[`${form}.${name}`] ?? labelsInSpanish[name]) : undefined) ?? labelAt(path)
  );
};

/** A code has words of its own, also where the form words it otherwise. */
const wordsIn = ({ code, told }: Wording, { value, words: said }: Option): string =>
  Object.hasOwn(codesInSpanish, value) || said === words(value) ? code(value) : (told(said) ?? said);

/** The choice of a seat names who holds it, so its discipline alone is translated. */
const optionIn =
  (wording: Wording, path: string) =>
  (option: Option): Option => ({
    ...option,
    words: /discipline$/i.test(path) ? wording.code(option.value) : wordsIn(wording, option),
    ...(option.group !== undefined && { group: wording.told(option.group) ?? option.group }),
    ...option.spoken?.(wording),
  });

/** `form`: the command, whose fields may have labels of their own. */
export const fieldsIn = (wording: Wording, fields: readonly Field[], form = ''): readonly Field[] =>
  wording.language === 'en'
    ? fields
    : fields.map((field): Field => {
        const { path, hint } = field;
        const shown = {
          label: labelIn(wording, path, form),
          ...(hint !== undefined && { hint: wording.told(hint) ?? hint }),
        };
        if (field.kind === 'group') return { ...field, ...shown, fields: fieldsIn(wording, field.fields, form) };
        if (!('options' in field)) return { ...field, ...shown };
        const options = field.options.map(optionIn(wording, path));
        return field.kind === 'each'
          ? { ...field, ...shown, options, rows: field.rows.map(optionIn(wording, path)) }
          : { ...field, ...shown, options };
      });
