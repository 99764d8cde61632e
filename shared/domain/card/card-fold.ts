/** The fold of the child's card. */
import { whereKnown } from '../core/where-known.ts';
import type { PartFold } from '../part-fold.ts';
import { noCard } from './card-state.ts';

export const cardFold: PartFold<'card'> = {
  'card-noted': (
    card = noCard,
    { madeBy, cardLanguage, interviewer, askFirst, onPaper, goodTimes, mustNotKnow, supportPerson },
    { at },
  ) => {
    const { parentMayRead: _, ...kept } = card;
    return {
      ...kept,
      answers: { ...card.answers, ...whereKnown({ cardLanguage, interviewer, askFirst, onPaper }) },
      texts: { ...card.texts, ...whereKnown({ goodTimes, mustNotKnow, supportPerson }) },
      changed: { madeBy, at },
    };
  },
  'card-consent-recorded': (card = noCard, { audience, mayReadWords, until }, { at }) => ({
    ...card,
    consents: { ...card.consents, [audience]: { mayReadWords, at, ...whereKnown({ until }) } },
  }),
  'card-reviewed': (card = noCard, { parentMayRead }) => ({ ...card, parentMayRead }),
  'safe-contact-noted': (card) => {
    if (!card) return card;
    const { parentMayRead: _, ...kept } = card;
    return kept;
  },
};
