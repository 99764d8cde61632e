/** The acts of the child's card. Each change is made by the child, or together with the child. */
import * as z from 'zod';
import { command } from '../core/command.ts';
import { freeText, instantInput, reasonText } from '../core/fields.ts';
import { isAfter } from '../core/instants.ts';
import type { Person } from '../core/person.ts';
import { areaOffice, careline } from '../core/role-groups.ts';
import type { Discipline, Role } from '../core/vocabulary.ts';
import { type Duration, dueAt } from '../policy/due.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';
import { isHolder } from '../team/seats.ts';
import { cardAnswers, cardEvents } from './card-events.ts';
import { noCard } from './card-state.ts';

/** Staff who talk with the child. */
export const staffWithChild: readonly Role[] = [...careline, ...areaOffice, 'hart-liaison', 'hart-lead'];
/** The seats that talk with the child. Police, prosecutor and school ask the advocate instead. */
const seatsWithChild: readonly Discipline[] = [
  'medical',
  'mental-health',
  'forensic-interviewer',
  'victim-advocate',
  'youth-service-bureau',
  'love146',
  'survivor-mentor',
  'childs-attorney',
  'substance-use-provider',
];

/** Whether the person talks with the child, and so writes with the child. */
export const talksWithChild = ({ team: { seats } }: Referral, { id, roles }: Person): boolean =>
  roles.some((role) => staffWithChild.includes(role)) ||
  seats.some((seat) => seatsWithChild.includes(seat.discipline) && isHolder(seat, id));

const { audience, mayReadWords } = cardEvents['card-consent-recorded'].shape;
const { parentMayRead } = cardEvents['card-reviewed'].shape;
/** A child's yes is asked for again after a year. An assumption of this project. */
const longestConsent: Duration = { unit: 'calendar-days', amount: 365 };

export const cardCommands = {
  'note-card': command({
    title: 'Write the child’s card with the child',
    inEmergency: 'allowed',
    roles: [...staffWithChild, 'mdt-member'],
    note: 'Say the limits of confidentiality first. Write only what the child wants said, in the child’s own words. What you leave out stays as it was.',
    input: z.strictObject({
      limitsSaid: z.enum(['yes', 'no']),
      madeBy: cardEvents['card-noted'].shape.madeBy,
      ...cardAnswers.shape,
      goodTimes: freeText('cardWords').optional(),
      mustNotKnow: freeText('cardWords').optional(),
      supportPerson: freeText('cardWords').optional(),
    }),
    restsOn: ({ card }) => card?.changed && [card.answers, card.texts],
    decide(decision, { limitsSaid, madeBy, ...wanted }, person) {
      if (!talksWithChild(decision.state(), person)) return refuse('not-with-the-child');
      if (limitsSaid === 'no') return refuse('limits-first');
      if (Object.values(wanted).every((each) => each === undefined)) return refuse('empty-card');
      decision.add('card-noted', { madeBy, ...wanted });
      return undefined;
    },
  }),
  'record-card-consent': command({
    title: 'Record who may read the words of the child’s card',
    inEmergency: 'refused',
    roles: [...staffWithChild, 'mdt-member'],
    note: 'Ask the child for each of them apart. A no is never a reason to ask again soon.',
    input: z.strictObject({ audience, mayReadWords, until: instantInput().optional() }),
    restsOn: ({ card }, input) => card?.consents[input.audience],
    decide(decision, input, person) {
      const state = decision.state();
      const { now, policy } = decision.context;
      if (!talksWithChild(state, person)) return refuse('not-with-the-child');
      const card = state.card ?? noCard;
      if (!card.changed) return refuse('no-card');
      if (input.mayReadWords === 'no') {
        decision.add('card-consent-recorded', { audience: input.audience, mayReadWords: 'no' });
        return undefined;
      }
      if (input.until === undefined) return refuse('consent-without-end');
      const { due: latest } = dueAt(now, longestConsent, policy.calendar);
      if (!isAfter(input.until, now) || isAfter(input.until, latest)) return refuse('consent-past');
      if (input.audience === 'parent-or-guardian' && card.parentMayRead !== 'yes') return refuse('counsel-first');
      decision.add('card-consent-recorded', input);
      return undefined;
    },
  }),
  'review-card': command({
    title: 'Review the child’s card before a parent may read it',
    inEmergency: 'refused',
    roles: ['legal', 'aag-liaison'],
    note: 'For the card and the note on safe contact as they are now. A later change takes your answer back. Then the child is asked.',
    input: z.strictObject({ parentMayRead, reason: reasonText('legalWords') }),
    // Counsel answers for what counsel read.
    restsOn: ({ card, report: { texts } }) =>
      card?.changed && [card.answers, card.texts, card.parentMayRead, texts.safeContact],
    decide(decision, input) {
      if (!decision.state().card?.changed) return refuse('no-card');
      decision.add('card-reviewed', input);
      return undefined;
    },
  }),
};
