/**
 * The catalogue of labels for the fields of a report and of each command's input, by name. A field without a label does
 * not compile.
 */
import type * as z from 'zod';
import type { commands } from '../commands.ts';
import type { IndicatorTopic } from '../core/vocabulary.ts';
import type { ReportInput } from '../intake/report.ts';
import { words } from './code-words.ts';

/**
 * The names of the fields of an input, and of its objects and lists. A field with a list of codes has the words of the
 * codes.
 */
type FieldsOf<Input> = Input extends readonly (infer Item)[]
  ? FieldsOf<Item>
  : Input extends object
    ? string extends keyof Input
      ? never
      : { [Name in keyof Input & string]: Name | FieldsOf<NonNullable<Input[Name]>> }[keyof Input & string]
    : never;
type CommandInput = z.infer<(typeof commands)[keyof typeof commands]['input']>;
type FieldName = FieldsOf<Required<ReportInput>> | (CommandInput extends infer Each ? FieldsOf<Required<Each>> : never);

const labels = {
  absent: 'Who was absent, and why',
  addressee: 'The person or office addressed',
  administeredBy: 'Who administered it',
  advice: 'What was said',
  ageClass: 'Is the person under 18?',
  agencyId: 'Agency',
  agencyReference: "The agency's reference number",
  alertId: 'Alert id',
  anonymous: 'Does the reporter wish to stay anonymous?',
  answer: 'Answer',
  answers: 'The checklist',
  notice: 'Which notice',
  part2Record: 'Record of substance use, kept apart from all others',
  approximateAge: 'Approximate age, where the date of birth is not known',
  at: 'When it took place',
  attended: 'Who attended',
  band: 'Band of the score',
  because: 'Why',
  birthDate: 'Date of birth',
  by: 'By',
  caregiverNamed: 'Is a parent or caregiver said to have had a part in it?',
  caregiverOut: 'Is the caregiver who is alleged out of the home?',
  caseReference: 'Case number given',
  channel: 'How the report came',
  childName: 'Name of the child',
  children: 'Children',
  conflict: 'Does a conflict of interest stand against your work on this referral?',
  connecticutResident: 'Does the child reside in Connecticut?',
  consent: 'Consent of the person',
  consentAnswer: 'The answer',
  consentKind: 'Whose consent',
  consultedId: 'Who was consulted',
  covers: 'Which notice this is',
  danger: 'Is the child in danger now?',
  dcfClient: 'Is the child a client of the department?',
  dcfHistory: 'History with the department',
  deadlineId: 'Deadline',
  definitionBasis: 'Definition it rests on',
  discipline: 'Discipline',
  disposition: 'Disposition',
  due: 'New due date and time',
  email: 'E-mail',
  emancipated: 'Is the child emancipated?',
  episode: 'Which time missing (the first is 1)',
  exploitation: 'Kind of exploitation',
  finding: 'Your finding',
  forPeople: 'All people it is open to',
  foreignNational: 'Is the child a foreign national?',
  from: 'From',
  gender: 'Gender',
  ground: 'Ground',
  guardian: 'Whose consent it is, where a caregiver is said to have had a part in it',
  hadPart: 'Is the person you told said to have had a part in it?',
  homeMeetsNeeds: "Can the home meet the child's needs?",
  homeless: 'Is the child homeless?',
  how: 'How it ended',
  inFacility: 'Is it said to have happened in a licensed facility?',
  inSchool: 'Is it said to have happened in a school, or is a person who works there alleged?',
  indicators: 'Indicators',
  insteadOf: 'The person you take over from',
  lastAssaultAt: 'Last known assault',
  lateReason: 'Why it is entered so late',
  learned: 'What was learned',
  effort: 'What was done to find the child',
  legalBasis: 'Legal basis',
  legalConsulted: 'Was legal counsel consulted?',
  legalStatus: 'Legal status of the child',
  group: 'Who the call was with, where the alert is for several',
  licensingAgency: 'Agency that licenses the facility',
  linkages: 'Services to see to, and whose each is',
  linkagesBy: 'By which day they are to be seen to',
  mailKind: 'Kind of mail',
  mailNumber: 'Number of the mail',
  mandated: 'Is the reporter a mandated reporter?',
  method: 'How they were told',
  minutes: 'How long it takes, in minutes',
  missingEpisodes: 'How often the child has gone missing',
  missingNow: 'Is the child missing now?',
  months: 'After its start',
  name: 'Name',
  narrative: 'What was reported',
  notes: 'Notes',
  occurrenceTown: 'Town where it happened',
  of: 'Reference of the other referral',
  office: 'Responsible office',
  on: 'Day on which it was administered',
  orderReference: 'Court and number of the order',
  outcome: 'Outcome',
  owner: 'Owner',
  perpetrators: 'Who is alleged, by relation to the child',
  personId: 'Person',
  personReached: 'Who was reached',
  personTold: 'The person you told',
  phone: 'Phone',
  place: 'Place',
  placement: 'Placement',
  plan: 'The plan',
  policeAgreed: 'Did the police agree to this contact, while they have outreach paused?',
  policy: 'Version of the rules',
  population: 'In whose care the child is',
  presentTown: 'Town where the child is now',
  priorIds: 'References of the child in older records',
  proposal: 'Proposal',
  proposedTime: 'Another time for the meeting, with a yes',
  prosecutorReached: 'Who was reached of the State’s Attorney',
  providerId: 'Provider id',
  purpose: 'What for',
  race: 'Race and ethnicity',
  rationale: 'Reasons for the outcome',
  reached: 'Was the child reached?',
  reason: 'Reason, in words',
  reasonCode: 'Reason',
  reasonableCause: 'Reasonable cause',
  receivedAt: 'When the Careline heard',
  receivedBy: 'Name and office of who was told',
  recipient: 'Recipient',
  relation: 'Relation to the child',
  releaseReason: 'Why no one has this child',
  remove: 'Remove, where the record is wrong and has no replacement',
  reporter: 'The reporter',
  reporterEmail: 'E-mail of the reporter',
  reporterName: 'Name of the reporter',
  reporterPhone: 'Telephone of the reporter',
  reporterRelation: 'What the reporter is to the child',
  reporterType: 'Who reports',
  residenceTown: 'Town where the child lives',
  responseOffice: 'Office that responds, where the child is now',
  result: 'Result',
  review: 'The review',
  safeContact: 'Safe contact: how and when the child or family may be contacted, and how not',
  scheduledFor: 'When the interview is',
  score: 'Score',
  seenBy: 'Who saw the child, or tried to',
  service: 'Service',
  serviceOutcome: 'What became of it',
  services: 'Services recommended',
  sighting: 'Was the child seen?',
  startsAt: 'When the meeting starts',
  suggestedDiscipline: 'What discipline to ask instead, with a no',
  team: 'Team',
  to: 'To',
  tool: 'Name of the instrument',
  townId: 'Town',
  track: 'Track',
  tribe: 'Tribe',
  tribalMember: 'Is the child a member of an Indian tribe, or entitled to be?',
  until: 'Until when',
  use: 'Use',
  venue: 'Where it happened',
  version: 'Version of the instrument',
  waitDays: 'How long the waiting list is, in days',
  waiver: 'Waiver of the quorum, in words',
  willBeKept: 'Will it still be kept?',
} as const satisfies Readonly<Record<Exclude<FieldName, IndicatorTopic>, string>>;

/** Labels of other fields that forms and pages ask or show. */
const others: Readonly<Record<string, string>> = {
  delegateId: 'Delegate',
  facts: 'Facts about the child',
  knownBy: 'Telephone and older references',
  spelling: 'Spelling',
  search: 'found by name',
  'search-exact': 'found by exactly this name',
  work: 'Kinds of work',
  contactId: 'Person who answers',
  emergencyAccessReason: 'Reason of an emergency access',
  member: 'Person to invite',
  offer: 'Provider',
  row: 'Row of the eligibility table',
};

const has = (name: string): name is keyof typeof labels => Object.hasOwn(labels, name);

/** The label of a field, by its name. */
export const labelOf = (name: string): string =>
  has(name) ? labels[name] : (others[name] ?? words(name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)));

/**
 * The label of the field that a path leads to. For `instrument.version` it is the last field, for `absent[0].reason`
 * the list.
 */
export const labelAt = (path: string): string => labelOf(path.replace(/\[.*$/, '').split('.').at(-1) ?? path);
