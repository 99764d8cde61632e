/** Answers of the API about telephone calls. */
import * as z from 'zod';
import { callResults } from '../domain/calls/call-events.ts';

const id = z.string();
/** In UTC. */
const instant = z.iso.datetime({ offset: false });

const callMade = z.looseObject({ result: z.enum(callResults), at: instant, by: id, byName: z.string() });

const callee = z.looseObject({
  kind: z.enum(['person', 'agency']),
  id,
  name: z.string(),
  title: z.string(),
  phone: z.string().describe('Absent where the directory has none.').optional(),
  standing: z
    .looseObject({ by: z.enum(['shift', 'directory']), until: instant.optional(), isFirst: z.literal(true).optional() })
    .describe(
      'How a person comes to stand here: by a shift, or by the order of the directory. Absent for a person named for this child, and for an agency.',
    )
    .optional(),
  calls: z.array(callMade),
  mayHear: z
    .array(z.enum(['placeNow', 'safePlace']))
    .describe('Which places of the child the called one may be told: the present one, and a safe one.')
    .optional(),
  isReader: z.boolean().describe('True for the caller of the API themselves.'),
});

const duty = z.looseObject({
  deadlineId: id,
  rule: z.string(),
  title: z.string(),
  ask: z.string(),
  due: instant,
  overdue: z.boolean(),
  red: z.boolean().describe('Due soon, or overdue while doing it still helps the child.'),
  byLaw: z.boolean().describe('The due time is the latest that the law allows. Otherwise this programme set it.'),
  keptBy: z.array(z.string()),
  recordedBy: z.array(z.string()).describe('The commands that record it, the usual one first.'),
  subject: z.string().optional(),
});

const callTask = z.looseObject({
  referralId: id,
  deadlineId: id.describe('Give this one with record-call.'),
  duties: z.array(duty).min(1).describe('One, but for the police: one call may settle every notice to them.'),
  callees: z.array(callee).describe('In the order of calling.'),
  next: id.describe('The person to call now; absent where a person has it or no one with a number is left.').optional(),
  say: z.string().describe('One line for the telephone. It has nothing about the child.'),
  nextCallAt: instant.describe('When the next person is to be called.').optional(),
  underWay: z.array(callMade.extend({ calleeName: z.string() })).describe('Calls that a person is on now.'),
  heldBy: z.looseObject({ id, name: z.string(), since: instant }).describe('Who has it.').optional(),
  pressing: z.boolean(),
  isRinging: z.boolean().describe('True until a person answers the alarm.'),
  callAtOnce: z
    .literal(true)
    .describe('The police, for a child in danger: call now, whatever time is left.')
    .optional(),
  isReaders: z.boolean().describe('True where the caller of the API is among the people to call.'),
});

export const callsAnswer = z.looseObject({ tasks: z.array(callTask).describe('The one to begin with at the top.') });
