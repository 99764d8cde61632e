/** One run as people who audit see it. Instants are UTC. */
import * as z from 'zod';
import { runStates } from '../domain/audit/run-states.ts';
import { checkpointKinds } from '../domain/core/vocabulary.ts';

const ahead = z.looseObject({
  at: z.string(),
  raised: z.array(z.looseObject({ deadlineId: z.string(), kind: z.enum(checkpointKinds) })),
  missed: z.array(z.string()).describe('Duties that count as missed from then on.'),
  closed: z.array(z.string()).describe('Duties that end as missed.'),
  to: z.array(z.string()).describe('Groups of people who are told.'),
  people: z.array(z.string()).describe('Named people who are told.'),
  times: z.number().describe('How often it comes, where only its time differs.'),
  lastAt: z.string().describe('When the last of them comes.'),
});

export const runAnswer = z.looseObject({
  run: z.string(),
  referralId: z.string(),
  stage: z.string(),
  policy: z.string(),
  execution: z.string().describe('The name of the execution.'),
  machine: z.enum(['referral', 'deadline']),
  state: z.enum(runStates),
  generation: z.number(),
  says: z.array(z.string()).describe('What it waits for and what comes next, with New York times.'),
  standsAt: z.string().describe('The state of its definition.'),
  passed: z.array(z.string()).describe('The states of which the ledger has a commit, in order.'),
  predecessors: z.array(
    z.looseObject({
      generation: z.number(),
      because: z.enum(['lost', 'handed-over', 'ordered']),
      at: z.string(),
      execution: z.string(),
    }),
  ),
  duties: z.array(
    z.looseObject({
      id: z.string(),
      rule: z.string(),
      duty: z.string().describe('In the words of pages and mail.'),
      obligation: z.string().describe('As the policy words it.'),
      due: z.string(),
      status: z.string(),
      missed: z.boolean(),
    }),
  ),
  waitsSince: z.string().describe('When it entered its wait. Absent where no wait is saved.').optional(),
  waitTries: z
    .int()
    .describe('How often the step that saved this wait was tried. Later retries are in Step Functions.')
    .optional(),
  commits: z.array(
    z.looseObject({
      seq: z.number(),
      at: z.string(),
      actor: z.looseObject({ kind: z.string(), id: z.string() }),
      who: z.string(),
      onBehalfOf: z.string().optional(),
      cause: z.looseObject({ kind: z.string() }),
      says: z.array(z.string()),
    }),
  ),
  ahead: z.array(ahead).describe('What happens next if no one acts, at most eight steps.'),
});
