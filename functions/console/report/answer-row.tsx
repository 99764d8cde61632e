/** A question with a few short answers in one line. One letter answers it: `y`, `n` or `u` (`call-screen-script.ts`). */
import { controlId, type FormState } from '../forms/field-view.tsx';
import type { Field } from '../forms/form-fields.ts';

const letters: Readonly<Record<string, string>> = { yes: 'y', no: 'n', unknown: 'u' };

type Choice = Field & { readonly kind: 'choice' };

/** Yes, no or unknown; or the few people who a caller can be. */
export const isAnswer = (field: Field): field is Choice =>
  field.kind === 'choice' && field.options.some(({ value }) => value === 'unknown') && field.options.length <= 4;

export function AnswerRow({ field, form }: { readonly field: Field; readonly form: FormState }) {
  if (!isAnswer(field)) return null;
  const { path, label, hint, required, options } = field;
  const id = controlId(form.id, path);
  const sentences = (form.problems ?? []).filter((each) => each.path === path).map(({ sentence }) => sentence);
  const wrong = sentences.length > 0;
  const chosen = form.typed?.getAll(path) ?? [];
  const described = [hint === undefined ? '' : `${id}-hint`, wrong ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div class={`usa-form-group answer-row${wrong ? ' usa-form-group--error' : ''}`}>
      <fieldset class="usa-fieldset" aria-describedby={described || undefined}>
        <legend class="usa-legend">
          {label}
          {required && <span class="required"> (required)</span>}
        </legend>
        {hint !== undefined && (
          <span class="usa-hint" id={`${id}-hint`}>
            {hint}
          </span>
        )}
        {wrong && (
          <span class="usa-error-message" id={`${id}-error`}>
            {sentences.join(' ')}
          </span>
        )}
        <div class="answers">
          {options.map(({ value, words }, index) => {
            const own = index === 0 ? id : `${id}-${value}`;
            return (
              <div class="usa-radio">
                <input
                  class="usa-radio__input"
                  id={own}
                  type="radio"
                  name={path}
                  value={value}
                  checked={chosen.includes(value)}
                  required={required}
                  data-letter={letters[value] ?? words.charAt(0).toLowerCase()}
                />
                <label class="usa-radio__label" for={own}>
                  {words}
                </label>
              </div>
            );
          })}
        </div>
      </fieldset>
    </div>
  );
}
