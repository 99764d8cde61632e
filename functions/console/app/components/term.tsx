import { type TermName, terms } from '../help/help-words.ts';

/** Where each term is explained. */
export const termsPath = '/help/words';

/** A term of the field with its meaning as a tooltip. It leads to the list of terms, for fingers and screen readers. */
export const Term = ({
  base,
  name,
  children,
}: {
  readonly base: string;
  readonly name: TermName;
  /** The words as they stand in the sentence. */
  readonly children: string;
}) => (
  <a class="term" href={`${base}${termsPath}#${name}`} title={terms[name].meaning}>
    {children}
  </a>
);
