/** The child's card as pages and API show it: codes alone. The child's words are in the vault (`read-identities.ts`). */
import { type CardState, consentAt, hasWords } from '../../domain/card/card-state.ts';
import { cardAudiences } from '../../domain/core/vocabulary.ts';
import type { Referral } from '../../domain/referral.ts';

/** What the child wants, without the child's words. `now`: when it is read, because a yes ends. Undefined where there is no card. */
export function viewCard({ card, identity }: Pick<Referral, 'card' | 'identity'>, now: string | undefined) {
  if (!card?.changed || identity.erased) return undefined;
  const { answers, changed, consents, parentMayRead } = card;
  return {
    ...answers,
    ...changed,
    hasWords: hasWords(card),
    someMustNotKnow: card.texts.mustNotKnow !== undefined,
    mayReadWords: cardAudiences.flatMap((audience) => {
      const said = consents[audience];
      if (!said) return [];
      const answer = now === undefined ? said.mayReadWords : consentAt(card, audience, now);
      return [{ audience, answer, ...(said.until !== undefined && { until: said.until }) }];
    }),
    ...(parentMayRead !== undefined && { parentMayRead }),
  };
}
export type CardView = NonNullable<ReturnType<typeof viewCard>>;

/** The ids of the texts of a card. */
export const textsOf = ({ card }: { readonly card?: CardState }) => card?.texts ?? {};
