/** Answers about records in doubt. */
import * as z from 'zod';

export const recordDoubtAnswer = z.looseObject({
  record: z.string(),
  inDoubt: z.boolean().describe('While it is true, people change nothing but what protects the child now.'),
  found: z
    .array(
      z.looseObject({
        chain: z.string(),
        cause: z.string().describe('"touched", "not-as-written" or "shorter".'),
        place: z.int().optional().describe('The place of the first commit in doubt, where it is known.'),
        at: z.string(),
      }),
    )
    .describe('What was found since the last word of a supervisor.'),
  unproved: z
    .array(
      z.looseObject({
        chain: z.string(),
        place: z.number().describe('The place in its chain.'),
        at: z.string().describe('When it says that it was written. Empty where it does not say.'),
        types: z.array(z.string()).describe('The codes of its events. Empty where it cannot be read.'),
      }),
    )
    .describe('Entries of the chains in doubt that no right code proves. None has words of the case.'),
  words: z.array(z.looseObject({ ground: z.string(), by: z.string(), at: z.string() })),
  seen: z.string().describe('Names what is stored now. Send it back to confirm exactly that.'),
  mayConfirm: z.boolean(),
});
