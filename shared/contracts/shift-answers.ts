/** Answers of the API about on-call shifts. Objects are loose: a later release may add a field. */
import * as z from 'zod';
import { roles } from '../domain/core/vocabulary.ts';

const id = z.string();
/** In UTC. */
const instant = z.iso.datetime({ offset: false });
const scope = z.string().describe('"state" or "office-" with the id of the office.');

const shift = z.looseObject({
  id: id.describe('Names the shift for a swap or a handover.'),
  role: z.enum(roles),
  scope,
  personId: id,
  from: instant,
  to: instant.describe('The first instant at which it is over.'),
  order: z.int().describe('1 is first on call, 2 the backup.'),
  name: z.string(),
  phone: z.string().describe('The number to call: that of the shift, else the person’s own.'),
  onDuty: z.boolean(),
});

const fault = z.looseObject({
  role: z.enum(roles),
  scope,
  says: z.string().describe('A time without a shift, or with two, in a sentence.'),
});

export const onCallAnswer = z.looseObject({
  places: z.array(
    z.looseObject({
      scope,
      role: z.enum(roles),
      now: z
        .array(
          z.looseObject({
            personId: id,
            by: z.enum(['shift', 'directory']),
            until: instant.describe('The end of the shift.').optional(),
            name: z.string(),
            phone: z.string(),
            says: z.string().describe('Why this person, such as "on call until 8:00 AM".'),
          }),
        )
        .describe('In the order to call.'),
      shifts: z.array(shift).describe('Those that run or begin within the hours asked for.'),
    }),
  ),
  faults: z.array(fault).describe('What is wrong with the shifts of the next day.'),
});

export const shiftsChangedAnswer = z.looseObject({
  shifts: z.int().describe('How many shifts are entered that are not over.'),
  faults: z.array(fault).describe('What is wrong with the shifts of the next day, after this change.'),
});

export const shiftHistoryAnswer = z.looseObject({
  changes: z
    .array(
      z.looseObject({
        number: z.int(),
        at: instant,
        by: id,
        onBehalfOf: id.optional(),
        events: z.array(z.looseObject({ type: z.string() })),
      }),
    )
    .describe('The latest first.'),
});
