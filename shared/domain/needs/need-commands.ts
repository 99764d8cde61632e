/** The acts of practical needs, and of the search for a place without saying who the child is. */
import * as z from 'zod';
import { furthestNeed } from '../../policy/handoff-rules.ts';
import { ageBandOf } from '../child/age-band.ts';
import { actAt, command } from '../core/command.ts';
import { actInstant, idInput, instantInput, someOf } from '../core/fields.ts';
import { isAfter } from '../core/instants.ts';
import { isRefusal } from '../core/refusal.ts';
import { areaOffice, careline, teamLeaders } from '../core/role-groups.ts';
import {
  bedNeeds,
  everyDiscipline,
  needEnds,
  needMeters,
  placeAnswers,
  placing,
  practicalNeeds,
  type Role,
} from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { addDays, formatDate, formatInstant, newYorkDate } from '../policy/due.ts';
import { refuse } from '../refusals.ts';
import { noNeeds, openNeeds } from './need-state.ts';

const helpers: readonly Role[] = [
  ...careline,
  ...areaOffice,
  'hart-liaison',
  'hart-lead',
  ...teamLeaders,
  'mdt-member',
];

const day = 86_400_000;

export const needCommands = {
  'ask-need': command({
    title: 'Note what the child needs now',
    inEmergency: 'allowed',
    roles: helpers,
    note: 'A bed, a ride, an interpreter, a telephone, clothes or food. It stays among your tasks until it is met.',
    input: z.strictObject({
      practicalNeed: z.enum(practicalNeeds),
      neededBy: instantInput('Give date, time and zone by when it is needed.'),
      owner: z.enum(everyDiscipline).optional(),
    }),
    decide(decision, { practicalNeed, neededBy, owner }) {
      const state = decision.state();
      const { now } = decision.context;
      const said = { neededBy: formatInstant(neededBy) };
      if (!isAfter(neededBy, now)) return refuse('in-the-past/need', said);
      if (Date.parse(neededBy) - Date.parse(now) > furthestNeed * day) return refuse('too-far-ahead/need', said);
      // The department sees to a need without a team too.
      const isThere = owner === 'dcf' || state.team.seats.some(({ discipline }) => discipline === owner);
      if (owner !== undefined && !isThere) return refuse('no-seat-for-need', { owner });
      if (openNeeds(state).some((each) => each.practicalNeed === practicalNeed)) return refuse('need-open-already');
      const need = `N${(state.needs ?? noNeeds).asked.length + 1}`;
      decision.add('need-asked', { need, practicalNeed, neededBy, ...whereKnown({ owner }) });
      return undefined;
    },
  }),
  'end-need': command({
    title: 'Record that a need was met, or how it ended',
    inEmergency: 'allowed',
    roles: helpers,
    stages: ['open', 'closed'],
    input: z.strictObject({
      need: idInput(),
      needEnd: z.enum(needEnds),
      metBy: z.enum(needMeters).optional(),
      at: actInstant(),
    }),
    decide(decision, { need: id, needEnd, metBy, ...input }) {
      const need = (decision.state().needs ?? noNeeds).asked.find((each) => each.id === id);
      if (!need) return refuse('unknown-need');
      if (need.ended) return refuse('need-over');
      if (needEnd === 'need-met' && metBy === undefined) return refuse('need-met-by-whom');
      if (needEnd !== 'need-met' && metBy !== undefined) return refuse('need-not-met');
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      decision.add('need-ended', { need: id, needEnd, at, ...whereKnown({ metBy }) });
      return undefined;
    },
  }),
  'ask-place': command({
    title: 'Ask a provider by telephone for a place to stay',
    inEmergency: 'allowed',
    roles: helpers,
    note: 'Tell the provider the ages, the needs, the days and the number of this question. Never say who the child is. The provider learns that once it has accepted a referral.',
    input: z.strictObject({
      service: z.enum(placing),
      providerId: idInput(),
      placeFrom: z.iso.date('Give the first night as YYYY-MM-DD.'),
      placeUntil: z.iso.date('Give the last day as YYYY-MM-DD.').optional(),
      bedNeeds: someOf(bedNeeds).default([]),
    }),
    needs: 'placeAsk',
    decide(
      decision,
      { service, providerId, placeFrom, placeUntil, bedNeeds: needs },
      _person,
      { placeAsk: { contactId, ask } },
    ) {
      const state = decision.state();
      if (contactId === undefined) return refuse('no-such-provider', { service });
      const today = newYorkDate(decision.context.now);
      const said = { placeFrom: formatDate(placeFrom) };
      if (placeFrom < today) return refuse('in-the-past/place', said);
      if (placeFrom > addDays(today, furthestNeed)) return refuse('too-far-ahead/place', said);
      if (placeUntil !== undefined && placeUntil < placeFrom) return refuse('place-ends-before');
      const { places } = state.needs ?? noNeeds;
      if (places.some((each) => each.providerId === providerId && each.answered === undefined)) {
        return refuse('place-asked-already');
      }
      decision.add('place-asked', {
        ask,
        service,
        providerId,
        ageBand: ageBandOf(state.child),
        placeFrom,
        ...whereKnown({ placeUntil }),
        bedNeeds: needs,
      });
      return undefined;
    },
  }),
  'answer-place': command({
    title: 'Record what a provider said about a place to stay',
    inEmergency: 'allowed',
    roles: helpers,
    note: 'A yes is no referral yet: refer the child to the provider next. A no counts in no figure.',
    input: z.strictObject({ ask: idInput(), placeAnswer: z.enum(placeAnswers), at: actInstant() }),
    decide(decision, { ask: number, placeAnswer, ...input }) {
      const ask = (decision.state().needs ?? noNeeds).places.find((each) => each.ask === number);
      if (!ask) return refuse('no-such-ask');
      if (ask.answered) return refuse('ask-over');
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      decision.add('place-answered', { ask: number, placeAnswer, at });
      return undefined;
    },
  }),
};
