/** What the state of a referral remembers of the child's card, and who may read its words. */
import type * as z from 'zod';
import { isAfter } from '../core/instants.ts';
import type { CardAudience, cardMakers, Discipline } from '../core/vocabulary.ts';
import type { cardAnswers, cardTexts } from './card-events.ts';

export interface CardState {
  readonly answers: z.infer<typeof cardAnswers>;
  readonly texts: z.infer<typeof cardTexts>;
  /** Who changed it last, and when. Absent before the first change. */
  readonly changed?: { readonly madeBy: (typeof cardMakers)[number]; readonly at: string };
  readonly consents: Readonly<Partial<Record<CardAudience, CardConsent>>>;
  /** What counsel said of the card for a parent. Each change of the card or of safe contact takes it back. */
  readonly parentMayRead?: 'yes' | 'no';
}

export interface CardConsent {
  readonly mayReadWords: 'yes' | 'no';
  readonly at: string;
  /** A yes has an end. */
  readonly until?: string;
}

export const noCard: CardState = { answers: {}, texts: {}, consents: {} };

/**
 * Of the team, the seats that count as one audience. The department reads the words for its duty. The child is asked about
 * no coordinator and no chair (`none`), so those read the codes alone.
 */
const audienceOf: Readonly<Record<Discipline, CardAudience | 'department' | 'none'>> = {
  'states-attorney': 'prosecutor',
  dcf: 'department',
  'law-enforcement': 'police',
  medical: 'medical',
  'mental-health': 'mental-health',
  'forensic-interviewer': 'forensic-interviewer',
  'victim-advocate': 'victim-advocate',
  'youth-service-bureau': 'youth-service-bureau',
  'hart-liaison': 'department',
  'team-lead': 'none',
  love146: 'victim-advocate',
  'assistant-attorney-general': 'court',
  'juvenile-probation': 'court',
  school: 'school',
  'childs-attorney': 'childs-attorney',
  'federal-law-enforcement': 'police',
  'survivor-mentor': 'victim-advocate',
  'substance-use-provider': 'mental-health',
};

/** What the child said about this audience, at an instant. A yes that has ended counts as not asked. */
export function consentAt(card: CardState, audience: CardAudience, now: string): 'yes' | 'no' | 'not-asked' {
  const said = card.consents[audience];
  if (!said) return 'not-asked';
  return said.until !== undefined && !isAfter(said.until, now) ? 'not-asked' : said.mayReadWords;
}

/** Whether the holder of this seat may read the words of the card at an instant. Without one no yes counts. */
export function mayReadWords(card: CardState, seat: Discipline, now: string | undefined): boolean {
  const audience = audienceOf[seat];
  if (audience === 'none') return false;
  return audience === 'department' || (now !== undefined && consentAt(card, audience, now) === 'yes');
}

export const hasWords = ({ texts }: Pick<CardState, 'texts'>): boolean =>
  Object.values(texts).some((text) => text !== undefined);
