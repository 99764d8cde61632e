/** The fold of the child's card. */
import { whereKnown } from '../core/where-known.ts';
import type { PartFold } from '../part-fold.ts';
import { type CardState, noCard } from './card-state.ts';

/** Without what counsel said, and without the child's yes to a parent, which rested on it. A no of the child stays. */
function withoutParent({ parentMayRead: _, ...card }: CardState): CardState {
  const { 'parent-or-guardian': said, ...others } = card.consents;
  return said?.mayReadWords === 'yes' ? { ...card, consents: others } : card;
}

export const cardFold: PartFold<'card'> = {
  'card-noted': (
    card = noCard,
    { madeBy, cardLanguage, interviewer, askFirst, onPaper, goodTimes, mustNotKnow, supportPerson },
    { at },
  ) => {
    return {
      ...withoutParent(card),
      answers: { ...card.answers, ...whereKnown({ cardLanguage, interviewer, askFirst, onPaper }) },
      texts: { ...card.texts, ...whereKnown({ goodTimes, mustNotKnow, supportPerson }) },
      changed: { madeBy, at },
    };
  },
  'card-consent-recorded': (card = noCard, { audience, mayReadWords, until }, { at }) => ({
    ...card,
    consents: { ...card.consents, [audience]: { mayReadWords, at, ...whereKnown({ until }) } },
  }),
  'card-reviewed': (card = noCard, { parentMayRead }) => ({
    ...(parentMayRead === 'yes' ? card : withoutParent(card)),
    parentMayRead,
  }),
  'safe-contact-noted': (card) => card && withoutParent(card),
};
