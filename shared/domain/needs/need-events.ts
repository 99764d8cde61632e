/** The events of practical needs, and of the search for a place. A place that is asked about never stands for the child. */
import * as z from 'zod';
import { ageBands } from '../core/age-bands.ts';
import { id, instant } from '../core/event-fields.ts';
import {
  bedNeeds,
  everyDiscipline,
  needEnds,
  needMeters,
  placeAnswers,
  placing,
  practicalNeeds,
} from '../core/vocabulary.ts';

export const needEvents = {
  /** `need`: its id in the referral, such as `N1`. `owner`: the seat that sees to it. Absent where the asker does. */
  'need-asked': z.object({
    need: id,
    practicalNeed: z.enum(practicalNeeds),
    neededBy: instant,
    owner: z.enum(everyDiscipline).optional(),
  }),
  'need-ended': z.object({
    need: id,
    needEnd: z.enum(needEnds),
    metBy: z.enum(needMeters).optional(),
    at: instant,
  }),
  /** `ask`: its own number, which leads to no referral. The provider hears this number, the ages, the needs and the days. */
  'place-asked': z.object({
    ask: id,
    service: z.enum(placing),
    providerId: id,
    ageBand: z.enum(ageBands),
    placeFrom: z.iso.date(),
    placeUntil: z.iso.date().optional(),
    bedNeeds: z.array(z.enum(bedNeeds)),
  }),
  'place-answered': z.object({ ask: id, placeAnswer: z.enum(placeAnswers), at: instant }),
} as const;
