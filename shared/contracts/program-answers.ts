/** Answers about the program: agreements, forums, and concerns about venues. Days are New York days, instants are UTC. */
import * as z from 'zod';
import { agreementStates } from '../domain/agreements/agreement-states.ts';
import {
  agencies,
  agreementKinds,
  agreementPurposes,
  forumActionEnds,
  forumKinds,
  forumNames,
  meetingWithdrawals,
  sharedData,
  sharingBases,
  venueConcerns,
  venueKinds,
} from '../domain/core/vocabulary.ts';
import { venueStates } from '../domain/venues/venues.ts';

const done = z.looseObject({ by: z.string(), at: z.string() });
const doneOn = z.looseObject({ by: z.string(), on: z.string().describe('A UTC day. This chain has no time of day.') });

export const agreementAnswer = z.looseObject({
  id: z.string(),
  kind: z.enum(agreementKinds),
  agencies: z.array(z.enum(agencies)),
  providers: z.array(z.string()),
  teams: z.array(z.string()).describe('Empty for the whole state.'),
  purpose: z.enum(agreementPurposes),
  data: z.array(z.enum(sharedData)),
  basis: z.enum(sharingBases),
  signedOn: z.string(),
  expiresOn: z.string().optional(),
  reviewOn: z.string().optional(),
  endedOn: z.string().optional(),
  keeperId: z.string(),
  revision: z.int(),
  changed: done,
  reminders: z.array(z.looseObject({ about: z.enum(['end', 'review']), days: z.int(), on: z.string() })),
  state: z.enum(agreementStates),
  mayChange: z.boolean(),
});
export const agreementsAnswer = z.looseObject({ agreements: z.array(agreementAnswer) });

const action = z.looseObject({
  id: z.string(),
  owner: z.enum(agencies),
  dueOn: z.string(),
  ended: done.extend({ how: z.enum(forumActionEnds) }).optional(),
});
const meeting = z.looseObject({
  id: z.string(),
  heldOn: z.string(),
  decisions: z.int().describe('How many decisions there are.'),
  actions: z.array(action),
  recorded: done,
  withdrawn: done
    .extend({ why: z.enum(meetingWithdrawals) })
    .optional()
    .describe('It counts no more. Its decisions, actions and words are gone.'),
  words: z
    .looseObject({ place: z.string().optional(), decisions: z.array(z.string()), actions: z.array(z.string()) })
    .optional()
    .describe('Absent in a list, and where the vault has none.'),
});
export const forumAnswer = z.looseObject({
  id: z.string(),
  kind: z.enum(forumKinds),
  name: z.enum(forumNames),
  region: z.int().optional(),
  agencies: z.array(z.enum(agencies)),
  opened: done,
  meetings: z.array(meeting),
  mayKeep: z.boolean().optional(),
});
export const forumsAnswer = z.looseObject({
  forums: z.array(forumAnswer),
  actions: z.array(action.extend({ forum: z.string(), isOverdue: z.boolean(), what: z.string().optional() })),
  mayKeep: z.boolean(),
});

const policeSaid = doneOn.extend({
  agrees: z.boolean(),
  agency: z.string().describe('The police agency that answered.'),
  answeredOn: z.string().describe('The New York day on which police answered.'),
  until: z.string().optional().describe('The last New York day on which police ask to wait.'),
});

export const venueConcernAnswer = z.looseObject({
  id: z.string(),
  kind: z.enum(venueKinds),
  license: z.string().optional(),
  town: z.string(),
  concern: z.enum(venueConcerns),
  week: z.string(),
  raised: doneOn,
  police: policeSaid.optional().describe('The word of police that counts: a hold that stands, or else the last word.'),
  policeWords: z.array(policeSaid).describe('All words of police, in the order of recording.'),
  holds: z.array(policeSaid).describe('The holds that stand. Each waits for its own agency to say clear to send.'),
  decided: doneOn.extend({ approves: z.boolean() }).optional(),
  canceledApprovals: z.array(doneOn).describe('Approvals that a hold of police canceled.'),
  handovers: z
    .array(doneOn.extend({ digest: z.string().describe('The SHA-256 of the file that was given.') }))
    .describe('The first is the handover. After it, the same file was taken again.'),
  state: z.enum(venueStates),
  equals: z.array(z.string()).describe('Other concerns of the same kind, license and town, within four weeks.'),
  maySpeakForPolice: z.boolean(),
  mayApprove: z.boolean(),
  mayDecline: z.boolean(),
  mayTakeFile: z.boolean(),
});
export const venueConcernsAnswer = z.looseObject({ concerns: z.array(venueConcernAnswer) });

export const venueFileAnswer = z.looseObject({
  name: z.string().describe('The name of the file.'),
  digest: z.string().describe('The SHA-256 of the file. The record of the handover has it too.'),
  csv: z.string().describe('The file, a table as text.'),
});
