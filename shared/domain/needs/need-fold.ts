/** The fold of practical needs, and of the search for a place. */
import type { CommitHead } from '../core/commit-head.ts';
import { whereKnown } from '../core/where-known.ts';
import type { PartFold } from '../part-fold.ts';
import { noNeeds } from './need-state.ts';

const askerOf = ({ actor }: CommitHead) => (actor.kind === 'person' ? actor.id : undefined);

export const needFold: PartFold<'needs'> = {
  'need-asked': (needs = noNeeds, { need: id, practicalNeed, neededBy, owner }, commit) => ({
    ...needs,
    asked: [
      ...needs.asked,
      {
        id,
        practicalNeed,
        neededBy,
        askedAt: commit.at,
        ...whereKnown({ askedBy: askerOf(commit), owner }),
      },
    ],
  }),
  'need-ended': (needs = noNeeds, { need, needEnd, metBy, at }) => ({
    ...needs,
    asked: needs.asked.map((each) =>
      each.id === need ? { ...each, ended: { needEnd, at, ...whereKnown({ metBy }) } } : each,
    ),
  }),
  'place-asked': (needs = noNeeds, { type: _, v: __, placeUntil, ...asked }, commit) => ({
    ...needs,
    places: [
      ...needs.places,
      { ...asked, askedAt: commit.at, ...whereKnown({ askedBy: askerOf(commit), placeUntil }) },
    ],
  }),
  'place-answered': (needs = noNeeds, { ask, placeAnswer, at }) => ({
    ...needs,
    places: needs.places.map((each) => (each.ask === ask ? { ...each, answered: { placeAnswer, at } } : each)),
  }),
};
