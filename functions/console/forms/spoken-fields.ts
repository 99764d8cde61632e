/** The fields of a form in the language of the page. The names and the values that they send stay as they are. */

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

/** A code has words of its own. The choice of a seat names who holds it, so its discipline alone is translated. */
const optionIn =
  ({ code, told }: Wording, isDiscipline: boolean) =>
  (option: Option): Option => ({
    ...option,
    words:
      isDiscipline || Object.hasOwn(codesInSpanish, option.value)
        ? code(option.value)
        : (told(option.words) ?? option.words),
    ...(option.group !== undefined && { group: told(option.group) ?? option.group }),
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
        const isDiscipline = /discipline$/i.test(path);
        return { ...field, ...shown, options: field.options.map(optionIn(wording, isDiscipline)) };
      });
