/** Answers of the API about the people to call. Objects are loose: a later release may add a field. */
import * as z from 'zod';
import { everyDiscipline, roles, services } from '../domain/core/vocabulary.ts';

const id = z.string();
/** In UTC. */
const instant = z.iso.datetime({ offset: false });

const contact = z.looseObject({ id, name: z.string(), title: z.string(), email: z.string(), phone: z.string() });

/** Why a person has this place in the order of calling. `phone` is then the number of their shift. */
const onCall = {
  by: z.enum(['shift', 'directory']).describe('The order of the directory is the fallback where no one is on shift.'),
  until: instant.describe('The end of the shift.').optional(),
  says: z.string().describe('In words, such as "on call until 8:00 AM".'),
};

export const peopleAnswer = z.looseObject({
  roles: z.array(z.looseObject({ role: z.enum(roles), scope: z.string(), people: z.array(contact.extend(onCall)) })),
  seats: z.array(
    z.looseObject({ discipline: z.enum(everyDiscipline), holder: contact.optional(), deputy: contact.optional() }),
  ),
  providers: z.array(
    z.looseObject({ service: z.enum(services), providerId: id.optional(), contact: contact.optional() }),
  ),
});

export const directoryAnswer = z.looseObject({
  people: z.array(
    contact.extend({
      ...onCall,
      role: z.enum(roles),
      scope: z.string(),
      order: z.int().describe('1 is on duty, the next stand in.'),
      away: z.boolean(),
      hasTextPhone: z.boolean().describe('They gave a number for text messages, which is told to no one.'),
    }),
  ),
});
