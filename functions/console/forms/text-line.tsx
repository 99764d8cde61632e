/** A line of text with its label, hint and problems, in forms that are written by hand. Other forms have `Fields`. */
import type { Problem } from '../../../shared/application/input/problems.ts';
import { controlId } from './field-view.tsx';

export interface TextLineProps {
  readonly form: string;
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly type?: 'text' | 'url' | 'date';
  readonly hint?: string;
  readonly problems?: readonly Problem[] | undefined;
}

/** A problem of one entry of a list stands at the line of the list. */
export function TextLine({ form, name, label, value, type, hint, problems = [] }: TextLineProps) {
  const id = controlId(form, name);
  const wrong = problems.filter(({ path }) => path === name || path.startsWith(`${name}[`));
  const described = [...(hint === undefined ? [] : [`${id}-hint`]), ...(wrong.length > 0 ? [`${id}-error`] : [])];
  return (
    <div class={`usa-form-group${wrong.length > 0 ? ' usa-form-group--error' : ''}`}>
      <label class="usa-label" for={id}>
        {label}
      </label>
      {hint !== undefined && (
        <span class="usa-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {wrong.length > 0 && (
        <span class="usa-error-message" id={`${id}-error`}>
          {wrong.map(({ sentence }) => sentence).join(' ')}
        </span>
      )}
      <input
        class="usa-input"
        id={id}
        name={name}
        type={type}
        value={value}
        autocomplete="off"
        aria-describedby={described.length > 0 ? described.join(' ') : undefined}
        aria-invalid={wrong.length > 0 ? 'true' : undefined}
      />
    </div>
  );
}
