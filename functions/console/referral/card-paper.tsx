/**
 * The child's card for paper: one page in English and Spanish, to give to the child. Paper is found by others. So it names no
 * department and no referral. What is dangerous in wrong hands stands on it only where the child wants it.
 */
import type { Child } from 'hono/jsx';
import { answersInSpanish, type CardLine, linesInSpanish } from '../../../shared/domain/card/card-in-spanish.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { pagePath } from './referral-pages.ts';
import { type PagedProps, SubjectPage } from './subject-pages.tsx';

/** What the child is asked about, each time it is printed. The answer is in the address and nowhere else. */
const onlyIfWanted = ['mustNotKnow', 'help'] as const;

/** The same in both languages, one under the other. */
const Both = ({ text }: { readonly text: CardLine }) => (
  <>
    {text}
    <span lang="es">{linesInSpanish[text]}</span>
  </>
);

const CodeInBoth = ({ code }: { readonly code: keyof typeof answersInSpanish }) => (
  <>
    {words(code)} · <span lang="es">{answersInSpanish[code]}</span>
  </>
);

export function CardPaperPage({ reading, done, query }: PagedProps) {
  const { frame, about, identities, isAway } = reading;
  const { goodTimes, mustNotKnow, supportPerson } = identities?.cardWords ?? {};
  const isWanted = (name: (typeof onlyIfWanted)[number]) => query[name] === 'yes';
  const asked = [
    ...(mustNotKnow === undefined ? [] : ([['mustNotKnow', 'Who must not know']] as const)),
    ['help', 'What the help is for: sex trafficking'],
  ] as const;
  return (
    <SubjectPage
      reading={reading}
      done={done}
      slug="card"
      show={({ card }) => {
        if (!card || isAway) return null;
        const { cardLanguage, interviewer, askFirst } = card;
        const lines: readonly (readonly [CardLine, Child])[] = [
          ...(cardLanguage === undefined ? [] : ([['My language', <CodeInBoth code={cardLanguage} />]] as const)),
          ...(interviewer === undefined || interviewer === 'no-preference'
            ? []
            : ([['Interview and exam by', <CodeInBoth code={interviewer} />]] as const)),
          ...(goodTimes === undefined ? [] : ([['When and how to reach me', goodTimes]] as const)),
          ...(supportPerson === undefined ? [] : ([['Who should be with me', supportPerson]] as const)),
          ...(mustNotKnow !== undefined && isWanted('mustNotKnow')
            ? ([['Who must not know', mustNotKnow]] as const)
            : []),
        ];
        return (
          <>
            <form class="on-screen" method="get" action={`${frame.base}${pagePath(about.state.id, 'card')}`}>
              <p>Read it with the child first. Others may find the paper, so it names no department.</p>
              <fieldset class="usa-fieldset paper-asked">
                <legend class="usa-legend">Does the child want this on it too?</legend>
                {asked.map(([name, text]) => (
                  <div class="usa-checkbox">
                    <input
                      class="usa-checkbox__input"
                      type="checkbox"
                      id={`card-${name}`}
                      name={name}
                      value="yes"
                      checked={isWanted(name)}
                    />
                    <label class="usa-checkbox__label" for={`card-${name}`}>
                      {text}
                    </label>
                  </div>
                ))}
              </fieldset>
              <button class="usa-button usa-button--outline" type="submit">
                Show it so
              </button>{' '}
              <button class="usa-button" type="button" data-print="" data-title="My card" hidden>
                Print the card
              </button>
            </form>
            <section class="paper-card" aria-labelledby="paper-card">
              <h2 id="paper-card">
                <Both text="My card" />
              </h2>
              {askFirst === 'yes' && (
                <p class="paper-card-first">
                  <Both text="Ask me first, before you do anything." />
                </p>
              )}
              {isWanted('help') && (
                <p>
                  <Both text="I am getting help after sex trafficking." />
                </p>
              )}
              <dl>
                {lines.map(([name, said]) => (
                  <div>
                    <dt>
                      <Both text={name} />
                    </dt>
                    <dd>{said}</dd>
                  </div>
                ))}
              </dl>
              <p>
                <Both text="In danger: call 911. To talk or text at any hour: 988." />
              </p>
            </section>
          </>
        );
      }}
    />
  );
}
