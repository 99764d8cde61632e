import { type TermName, terms } from '../help/help-words.ts';

/** A term of the field with its meaning as a tooltip. It leads to the list of terms, for fingers and screen readers. */
export const Term = ({ base, name }: { readonly base: string; readonly name: TermName }) => {
  const [words, meaning] = terms[name];
  return (
    <a class="term" href={`${base}/help#${name}`} title={meaning}>
      {words}
    </a>
  );
};
