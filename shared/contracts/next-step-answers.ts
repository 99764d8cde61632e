/** The next steps of a referral, in the answers of the API. */
import * as z from 'zod';
import { dutyGroups, roles } from '../domain/core/vocabulary.ts';
import { alarmClasses } from '../domain/policy/policy.ts';

const id = z.string();
/** In UTC. */
const instant = z.iso.datetime({ offset: false });

export const dutyGroup = z
  .looseObject({ id, kind: z.enum(dutyGroups) })
  .describe('The task that its duty belongs to. Duties of one group are one line, with a tick for each.');

const field = z.looseObject({
  name: z.string(),
  label: z.string(),
  required: z.boolean().describe('False for a field that some answers need, such as a reason.'),
  choices: z
    .array(z.string())
    .describe('The codes that fit here, the usual one first. For a list, the codes of its members.')
    .optional(),
  listedAt: z.string().describe('The address below /api/v1 that lists the ids.').optional(),
});

const act = z.looseObject({
  command: z.string(),
  button: z.string().describe('What it does, in words for a button.'),
  buttonInSpanish: z.string().describe('Where a partner outside the department may do it.').optional(),
  input: z.record(z.string(), z.unknown()).describe('Send these fields as they are.'),
  fields: z.array(field).describe('Send these too. The description of the command has the form of each.'),
  settles: z.boolean().describe('False for an act that opens the way to the next: ask for the steps again after it.'),
});

const call = z
  .looseObject({
    who: z.enum(['police', 'ncmec', 'roles']),
    roles: z.array(z.enum(roles)).describe('In the order of calling.').optional(),
    name: z.string().optional(),
    phone: z.string().optional(),
    listedAt: z.string().describe('The address below /api/v1 that lists the agencies.').optional(),
  })
  .describe('Who to call about it. People and numbers are at …/calls.');

const step = z.looseObject({
  title: z.string(),
  note: z.string().describe('What to know before the act.').optional(),
  deadlineId: id.optional(),
  rule: z.string().optional(),
  group: dutyGroup.optional(),
  due: instant.optional(),
  why: z.string().describe('Why it is due then, in one sentence.').optional(),
  status: z
    .enum(['open', 'overdue', 'to-explain'])
    .describe('to-explain: a duty was missed, and its explanation or countersignature is owed.'),
  class: z.enum(alarmClasses).optional(),
  waitsOnYou: z.boolean().describe('True where the caller is asked for it. Otherwise they only may do it.'),
  acts: z.array(act).min(1).describe('The usual one first. One of them is enough.'),
  call: call.optional(),
});

export const nextStepsAnswer = z
  .array(step)
  .describe('What the caller can do now, the most urgent first. Empty where nothing is left for them.');
