/** The child's card: in short in the head of each page, and whole on the page of the child. */
import { makesSense } from '../../../shared/application/read/available-commands.ts';
import type { CardView } from '../../../shared/application/read/child-card.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { SummaryList } from '../app/components/summary-list.tsx';
import type { Reading } from './reading.tsx';
import { pagePath } from './referral-pages.ts';

const wishes = {
  'a-woman': 'a woman interviews or examines',
  'a-man': 'a man interviews or examines',
  'no-preference': undefined,
} as const;

/** What changes the next act, in one line. */
export function CardInShort({ reading }: { readonly reading: Reading }) {
  const { frame, about, ofCase, offer } = reading;

  const card = ofCase?.card;
  if (!card) return null;
  const wish = card.interviewer && wishes[card.interviewer];
  const parts = [
    ...(card.askFirst === 'yes' ? ['ask the child first'] : []),
    ...(card.someMustNotKnow ? ['some people must not know'] : []),
    ...(card.cardLanguage === undefined ? [] : [`language: ${words(card.cardLanguage)}`]),
    ...(wish === undefined ? [] : [wish]),
  ];
  return (
    <p class="head-card">
      <strong>The child’s card:</strong> {parts.join(' · ')}
      {parts.length > 0 && ' · '}
      <a href={`${frame.base}${pagePath(about.state.id, offer ? '' : 'child')}#card`}>see the card</a>
    </p>
  );
}

const changedBy = { 'child-wrote': 'by the child', 'written-together': 'together with the child' } as const;

const yesOrNo = (answer: 'yes' | 'no' | undefined) => answer ?? 'unknown';

/** The whole card. A provider does not see what the child said about others. */
export function ChildCard({ reading, card }: { readonly reading: Reading; readonly card: CardView | undefined }) {
  const { identities, isAway, offer, about } = reading;
  const isWithChild = makesSense('record-card-consent', about.state, about.visitor);

  if (!card) return null;
  const { goodTimes, mustNotKnow, supportPerson } = identities?.cardWords ?? {};
  const isLost = isAway || identities?.unreadable?.includes('cardWords') === true;
  return (
    <section id="card" aria-labelledby="card-title" class={card.onPaper === 'yes' ? undefined : 'on-screen'}>
      <h2 id="card-title">The child’s card</h2>
      <SummaryList
        pairs={[
          ['Ask the child first', words(yesOrNo(card.askFirst))],
          ['Language', words(card.cardLanguage ?? 'unknown')],
          ['Interview and exam by', words(card.interviewer ?? 'unknown')],
          ...(goodTimes === undefined ? [] : ([['When and how to reach the child', goodTimes]] as const)),
          ...(card.someMustNotKnow
            ? ([['Who must not know', mustNotKnow ?? 'The child named some people']] as const)
            : []),
          ...(supportPerson === undefined ? [] : ([['Who should be there', supportPerson]] as const)),
        ]}
      />
      {isLost && <p>The child’s words cannot be read now. Contact no one before you know them.</p>}
      {card.hasWords && !isLost && identities?.cardWords === undefined && (
        <p>
          The child has not said yes to you reading the child’s own words.{' '}
          {isWithChild ? 'The child decides: record what the child says.' : 'Ask the victim advocate.'}
        </p>
      )}
      {!offer && card.mayReadWords.length > 0 && (
        <>
          <h3>Who may read the child’s words</h3>
          <ul>
            {card.mayReadWords.map(({ audience, answer, until }) => (
              <li>
                {words(audience)}: {answer === 'not-asked' ? 'ask the child again' : wordsInside(answer)}
                {answer === 'yes' && until !== undefined && `, until ${formatInstant(until)}`}
              </li>
            ))}
          </ul>
        </>
      )}
      {isWithChild && card.onPaper === 'yes' && (
        <p>
          <a href={`${reading.frame.base}${pagePath(about.state.id, 'card')}`}>Print it for the child</a>
        </p>
      )}
      <p class="quiet">
        Changed {formatInstant(card.at)}, {changedBy[card.madeBy]}.{' '}
        {card.onPaper === 'yes'
          ? 'The child asked for it on paper.'
          : 'The child did not ask for it on paper, so it is left out of prints.'}{' '}
        {card.parentMayRead === 'yes'
          ? 'Counsel agrees that a parent may read it, if the child says yes.'
          : 'Show it to no parent: counsel has not agreed to the card as it is now.'}
      </p>
    </section>
  );
}
