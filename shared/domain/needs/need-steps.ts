/** What practical needs ask for: to meet each one, and to hear each provider that was asked for a place. Pure. */
import { isAfter } from '../core/instants.ts';
import type { Person } from '../core/person.ts';
import type { Discipline } from '../core/vocabulary.ts';
import type { Act, AskedStep } from '../next-steps/acts.ts';
import { formatInstant } from '../policy/due.ts';
import type { Referral } from '../referral.ts';
import { isHolder } from '../team/seats.ts';
import { wordsInside } from '../words/code-words.ts';
import { stepTitle } from '../words/step-titles.ts';
import { partner, staff } from '../words/words.ts';
import { type Need, noNeeds, openAsks, openNeeds, type PlaceAsk } from './need-state.ts';

const search: Act = {
  command: 'ask-place',
  asks: ['placeUntil', 'bedNeeds'],
  prepares: true,
  button: partner('Ask a provider for a place', 'Preguntar a un proveedor por un lugar'),
};

const endNeed = (need: string): Act => ({
  command: 'end-need',
  input: { need },
  asks: ['metBy'],
  button: partner('Record how it ended', 'Registrar cómo terminó'),
});

export const needStep = ({ id, practicalNeed, neededBy }: Need): AskedStep => ({
  title: `${stepTitle('meet-need', wordsInside(practicalNeed))}, by ${formatInstant(neededBy)}`,
  listed: { step: 'meet-need', key: id, subject: practicalNeed },
  due: neededBy,
  acts: practicalNeed === 'bed' ? [search, endNeed(id)] : [endNeed(id)],
});

export const askStep = ({ ask }: PlaceAsk): AskedStep => ({
  title: `${stepTitle('call-back')}, question ${ask}`,
  listed: { step: 'call-back', key: ask },
  note: 'Say this number, the ages, the needs and the days. Never say who the child is.',
  acts: [
    {
      command: 'answer-place',
      input: { ask },
      button: partner('Record what the provider said', 'Registrar lo que dijo el proveedor'),
    },
  ],
});

/** The last question, while the child is not referred for its service. */
export function lastAsk({ needs = noNeeds, services: { linkages } }: Referral): PlaceAsk | undefined {
  const last = needs.places.at(-1);
  const status = last && linkages[last.service]?.status;
  return status === undefined || status === 'needed' ? last : undefined;
}

/** The last question that a provider answered with yes, while the child is not referred for that service. */
export function placeFound(state: Referral): PlaceAsk | undefined {
  const last = lastAsk(state);
  return state.needs?.places.findLast(
    ({ service, answered }) => service === last?.service && answered?.placeAnswer === 'can-take',
  );
}

/** What the answers of the providers lead to. A "no" is one answer, and no unmet need: that is recorded once, for the service. */
export function placeSteps(state: Referral): readonly AskedStep[] {
  const last = lastAsk(state);
  if (!last || openAsks(state).length > 0) return [];
  const { service } = last;
  const { unmetNeeds } = state.services;
  const found = placeFound(state);
  if (found) {
    return [
      {
        title: `${stepTitle('refer-to-place')}, question ${found.ask}`,
        listed: { step: 'refer-to-place', key: `${found.ask}-yes` },
        note: 'The provider learns who the child is once it has accepted.',
        acts: [
          {
            command: 'offer-linkage',
            input: { service, providerId: found.providerId },
            button: staff('Refer to this provider'),
          },
        ],
      },
    ];
  }
  const isSaid = unmetNeeds.some((need) => need.service === service && isAfter(need.at, last.askedAt));
  return [
    {
      title: stepTitle('find-place'),
      listed: { step: 'find-place', key: `${last.ask}-none` },
      note: 'Record once that no place was found: it counts as one unmet need.',
      acts: [
        search,
        ...(isSaid
          ? []
          : [
              {
                command: 'decline-linkage',
                input: { service, reasonCode: 'no-capacity' },
                button: staff('Record that no place was found'),
              } as const,
            ]),
      ],
    },
  ];
}

/** Whether this person sees to the need: a holder of its seat. Without a seat, the person who asked and the department do. */
const isTheirs = (
  { askedBy, owner }: Need,
  { team: { seats } }: Referral,
  person: Person,
  isDepartment: boolean,
): boolean =>
  owner === undefined || owner === 'dcf'
    ? isDepartment || askedBy === person.id
    : seats.some((seat) => seat.discipline === owner && isHolder(seat, person.id));

/** The seats that find a place beside the department. */
export const placeFinders: readonly Discipline[] = ['victim-advocate', 'love146', 'youth-service-bureau'];

/**
 * The steps of one person. `isDepartment`: they are asked as caseworker or liaison. `findsPlaces`: they hold a seat that
 * finds one.
 */
export function needSteps(
  state: Referral,
  person: Person,
  { isDepartment, findsPlaces }: { readonly isDepartment: boolean; readonly findsPlaces: boolean },
): readonly AskedStep[] {
  const finds = isDepartment || findsPlaces;
  return [
    ...openNeeds(state)
      .filter((need) => isTheirs(need, state, person, isDepartment) || (findsPlaces && need.practicalNeed === 'bed'))
      .map(needStep),
    ...openAsks(state)
      .filter(({ askedBy }) => finds || askedBy === person.id)
      .map(askStep),
    ...(finds ? placeSteps(state) : []),
  ];
}
