/** The query of a list that comes by pages. Whether `after` is a cursor of that list is looked up besides. */
import * as z from 'zod';

export const pagingInput = z.object({
  limit: z
    .string()
    .regex(/^([1-9][0-9]?|100)$/, 'Give a whole number from 1 to 100, or nothing for 50.')
    .optional()
    .meta({
      description: 'How many rows at most.',
      example: 50,
      type: 'integer',
      minimum: 1,
      maximum: 100,
      default: 50,
    }),
  after: z.string().optional().meta({
    description: 'What the page before gave as "next". Opaque, and good for one list only.',
    example: 'WyJyZWZlcnJhbCIsIkNSLTdGM0tELTlRWE1UMiIsIjIwMjYtMTEtMjVUMjA6MDA6MDBaIl0',
  }),
});
