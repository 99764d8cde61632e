/** Words in which each term of the field is explained once a page, for partners outside DCF. */
import { createContext, useContext } from 'hono/jsx';
import { type TermName, type TermWords, terms } from '../help/help-words.ts';
import { Term } from './term.tsx';

interface PageTerms {
  readonly base: string;
  /** The terms that this page has explained. */
  readonly explained: Set<TermName>;
}
/** Undefined for staff, who know the terms. */
const PageTermsContext = createContext<PageTerms | undefined>(undefined);
export const ExplainsTerms = PageTermsContext.Provider;

const names = Object.keys(terms) as TermName[];
/** Terms that any reader knows from the words around them are explained on the help page alone. */
const explainedInPlace: readonly TermName[] = [
  'hart',
  'mdt',
  'uncared-for',
  'dcf-136',
  'states-attorney',
  'area-office',
  'safe-contact',
  'quorum',
  'linkage',
];

/** The first term in the text that the page has not explained: where it stands, and its words there. */
function firstTerm(text: string, explained: ReadonlySet<TermName>) {
  const found = names
    .filter((name) => explainedInPlace.includes(name) && !explained.has(name))
    .flatMap((name) => {
      const { words, said = words }: TermWords = terms[name];
      const at = [words, said].map((each) => ({ name, at: text.indexOf(each), words: each }));
      return at.filter((each) => each.at >= 0).slice(0, 1);
    });
  return found.toSorted((one, other) => one.at - other.at)[0];
}

export function Explained({ text }: { readonly text: string }) {
  const page = useContext(PageTermsContext);

  const found = page && firstTerm(text, page.explained);
  if (!page || !found) return <>{text}</>;
  page.explained.add(found.name);
  return (
    <>
      {text.slice(0, found.at)}
      <Term base={page.base} name={found.name}>
        {found.words}
      </Term>
      <Explained text={text.slice(found.at + found.words.length)} />
    </>
  );
}
