/** The words people read for the codes of the programme, and for the time that is left. */
import { isOfCalendar } from '../../../shared/domain/team/calendars.ts';

/** Where dropping the hyphens is not enough. */
const codeWords: Readonly<Record<string, string>> = {
  'aag-liaison': "Liaison to the Attorney General's office",
  'area-oncall': 'Area office on call',
  'director-oncall': 'Director on call',
  dcf: 'DCF',
  'dcf-staff': 'DCF staff',
  'states-attorney': "State's Attorney",
  'american-indian': 'American Indian',
  'pacific-islander': 'Pacific Islander',
  'none-alleged': 'No trafficker is alleged',
  familial: 'By the family',
  'gang-controlled': 'Controlled by a gang',
  community: 'Member of the community',
  'open-in-home': 'Open in-home case',
  assessment: 'Family assessment response',
  committed: 'Committed to the department',
  independent: 'Lives independently',
  'insufficient-info': 'Not enough information',
  'medical-acute-forensic': 'Acute forensic medical exam',
  'medical-nonacute': 'Medical exam, not acute',
  'same-child-open': 'The same child, whose other referral is open',
  'earlier-closed': 'The same child, whose earlier referral is closed',
  'not-a-duplicate': 'Another child',
  'cgs-17a-28-police': 'C.G.S. 17a-28: law enforcement',
  'cgs-17a-28-prosecutor': "C.G.S. 17a-28: State's Attorney",
  'childs-attorney': "Child's attorney or guardian ad litem",
  'federal-law-enforcement': 'Federal law enforcement (FBI, HSI)',
  love146: 'Love146',
  'juvenile-probation': 'Juvenile probation (CSSD)',
  'substance-use-provider': 'Substance use treatment provider',
  'survivor-mentor': 'Survivor mentor',
  'team-lead': 'MDT coordinator or chair',
  'with-quorum': 'Held, with a quorum',
  'under-waiver': 'Held below quorum, under a waiver',
  'below-quorum': 'Not held: below quorum',
  'danger-now': 'The child is in danger now',
  'covering-for-colleague': 'Covering for a colleague',
  'child-found-elsewhere': 'The child was found elsewhere',
  'not-recorded': 'Not recorded',
  seats: 'Seats of the team',
  'in-dcf-care': 'In DCF care',
  'left-dcf-care': 'Left DCF care (aged or opted out)',
  'living-at-home': 'Living with a parent or guardian',
  '46a-170': 'C.G.S. 46a-170',
  '53a-192a': 'C.G.S. 53a-192a',
  tvpa: 'TVPA (22 U.S.C. 7102)',
  'sti-pregnancy-or-injury': 'STI, pregnancy or injury',
  'cse-it': 'CSE-IT',
  htst: 'HTST',
  'htst-sf': 'HTST, short form',
  'short-screen': 'Short Screen for Child Sex Trafficking',
  tvit: 'TVIT',
  qyit: 'QYIT (not made for minors)',
  'often-missing': 'Missing more often than the policy names',
  'basis-trafficking': 'Basis to allege: trafficking',
  'basis-other-ground': 'Basis to allege: another ground',
  'basis-noted': 'Basis noted, no new petition',
  'legal-review': 'Review by counsel',
  'services-only': 'Services only; no basis to allege now',
  'not-uncared-for': 'No basis to allege: a client of the department of 18 to 20',
  'not-eligible-age': 'Of age: adult services',
  pending: 'Pending: not enough information',
  'no-basis': 'No basis to allege',
  'under-18': 'Under 18',
  '18-and-over': '18 or older',
  'given-access': 'Given access by a caregiver',
  entrusted: 'Person entrusted with the care of the child',
  'convener-unavailable': 'Nobody can convene it',
  'referral-ended': 'The referral ended',
  'called-off': 'Called off',
  virtual: 'By video or telephone',
  office: 'In the office of the team',
  'missed-closed': 'Closed as missed',
  'not-applicable': 'Does not apply',
  ended: 'Ended with the pathway',
  'out-of-state': 'Out of state',
  residenceTown: 'Where the child lives',
  occurrenceTown: 'Where it happened',
  presentTown: 'Where the child is now',
  'parent-or-guardian': 'Parent or guardian',
  'written-part-2': 'Written consent of the patient (42 CFR Part 2)',
  'no-provider': 'No provider offers it',
  'no-capacity': 'The provider has no room and no list',
  '3': '3 months',
  '6': '6 months',
  '12': '12 months',
};

/** `hart-lead` → `HART lead`; the first letter is a capital. */
export function words(code: string): string {
  const known = codeWords[code];
  if (known !== undefined) return known;
  const spaced = code.replaceAll('-', ' ').replace(/\b(hart|mdt|dcf|ncmec)\b/g, (initials) => initials.toUpperCase());
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** Words as they stand within a sentence: names and initials keep their capital. */
export const inside = (text: string): string =>
  /^[A-Z][a-z]/.test(text) && !/^(State's|American|Pacific)/.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;

export const wordsInside = (code: string): string => inside(words(code));

/** Whom an alert is for: a role, `seats`, `seat:<discipline>`, or somebody named. */
export function recipientWords(recipient: string): string {
  const [kind = '', name] = recipient.split(':');
  if (name === undefined) return words(kind);
  if (isOfCalendar(recipient)) return 'Somebody who has the meeting in their calendar';
  return kind === 'seat' ? `Seat (${wordsInside(name)})` : 'The person named';
}

const labels: Readonly<Record<string, string>> = {
  delegateId: 'Id of the delegate',
  knownBy: 'Telephone and older references',
  lateReason: 'Why it is entered so late',
  purpose: 'What for',
  spelling: 'Spelling',
  search: 'found by name',
  'search-exact': 'found by exactly this name',
  childName: 'Name of the child',
  reporterName: 'Name of the reporter',
  reporterPhone: 'Telephone of the reporter',
  reporterEmail: 'E-mail of the reporter',
  reporterRelation: 'What the reporter is to the child',
  orderReference: 'Court and number of the order',
  remove: 'Take away, where it is wrong and nothing is known instead',
  work: 'Kinds of work',
  administeredBy: 'Who administered it',
  advice: 'What was said',
  ageClass: 'Is the person under 18?',
  absent: 'Who was absent, and why',
  linkages: 'Services to see to, and whose each is',
  linkagesBy: 'By which day they are to be seen to',
  proposedTime: 'Another time for the meeting, with a yes',
  line: 'Whom the call was with, where the alert is for several',
  suggestedDiscipline: 'What discipline to ask instead, with a no',
  agencyId: 'Agency',
  agencyReference: "The agency's reference number",
  anonymous: 'Does the reporter wish to stay anonymous?',
  answer: 'Answer',
  answers: 'The checklist',
  approximateAge: 'Approximate age, where the date of birth is not known',
  at: 'When it took place',
  apartRecord: 'Record of substance use, which stands apart from everything else',
  attended: 'Who attended',
  band: 'Band of the score',
  because: 'Why',
  insteadOf: 'From whom you take it over',
  releaseReason: 'Why no one has this child',
  birthDate: 'Date of birth',
  caseReference: 'Case number given',
  channel: 'How the report came',
  caregiverOut: 'Is the caregiver who is alleged out of the home?',
  caregiverNamed: 'Is a parent or caregiver said to have had a part in it?',
  consultedId: 'Who was consulted',
  conflict: 'Does a conflict of interest stand against your work on this referral?',
  connecticutResident: 'Does the child reside in Connecticut?',
  consent: 'Consent of the person',
  consentAnswer: 'The answer',
  consentKind: 'Whose consent',
  contactId: 'Id of the person who answers',
  covers: 'Which notice this is',
  danger: 'Is the child in danger now?',
  dcfClient: 'Is the child a client of the department?',
  dcfHistory: 'History with the department',
  deadlineId: 'Deadline',
  definitionBasis: 'Definition it rests on',
  due: 'New due date and time',
  email: 'E-mail',
  emancipated: 'Is the child emancipated?',
  emergencyAccessReason: 'Reason of an emergency access',
  exploitation: 'Kind of exploitation',
  finding: 'Your finding',
  forPeople: 'Everybody it is to exist for',
  foreignNational: 'Is the child a foreign national?',
  guardian: 'Whose consent it is, where a caregiver is said to have had a part in it',
  how: 'How it ended',
  homeless: 'Is the child homeless?',
  homeMeetsNeeds: "Can the home meet the child's needs?",
  indicators: 'Indicators',
  inFacility: 'Is it said to have happened in a licensed facility?',
  lastAssaultAt: 'Last known assault',
  learned: 'What was learned',
  legalConsulted: 'Was legal counsel consulted?',
  legalStatus: 'Legal status of the child',
  mandated: 'Is the reporter a mandated reporter?',
  member: 'Person to invite',
  method: 'How they were told',
  minutes: 'How long it takes, in minutes',
  missingEpisodes: 'How often the child has gone missing',
  episode: 'Which time missing (the first is 1)',
  missingNow: 'Is the child missing now?',
  months: 'After its start',
  name: 'Name',
  narrative: 'What was reported',
  occurrenceTown: 'Town where it happened',
  of: 'Reference of the other referral',
  offer: 'Provider',
  on: 'Day on which it was administered',
  population: 'In whose care the child is',
  perpetrators: 'Who is alleged, by relation to the child',
  personId: 'Person',
  policeAgreed: 'Did the police agree to this contact, while they have outreach paused?',
  until: 'Until when',
  personTold: 'Which parent or guardian you told',
  hadPart: 'Is this parent said to have had a part in it?',
  personReached: 'Who was reached',
  phone: 'Phone',
  policy: 'Version of the rules',
  prosecutorReached: 'Who was reached of the State’s Attorney',
  plan: 'The plan',
  presentTown: 'Town where the child is now',
  race: 'Race and ethnicity',
  rationale: 'Reasons for the outcome',
  reason: 'Reason, in words',
  reasonCode: 'Reason',
  receivedAt: 'When the Careline heard',
  relation: 'Relation to the child',
  reporter: 'The reporter',
  reporterType: 'Who reports',
  residenceTown: 'Town where the child lives',
  responseOffice: 'Office that responds, where the child is now',
  review: 'The review',
  row: 'Row of the eligibility table',
  safeContact: 'Safe contact: how and when the child or family may be contacted, and how not',
  scheduledFor: 'When the interview is',
  serviceOutcome: 'What became of it',
  services: 'Services recommended',
  startsAt: 'When the meeting starts',
  receivedBy: 'Name and office of who was told',
  priorIds: 'References of the child in older records',
  team: 'Team',
  townId: 'Town',
  tribalMember: 'Is the child a member of an Indian tribe, or entitled to be?',
  tool: 'Name of the instrument',
  track: 'Track',
  version: 'Version of the instrument',
  venue: 'Where it happened',
  waitDays: 'How long the waiting list is, in days',
  waiver: 'Waiver of the quorum, in words',
  willBeKept: 'Will it still be kept?',
};

/** The label of a field, by its name. */
export function labelOf(name: string): string {
  return labels[name] ?? words(name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
}

/** The label of the field that a path leads to: of `instrument.version` the last, of `absent[0].reason` the list. */
export const labelAt = (path: string): string => labelOf(path.replace(/\[.*$/, '').split('.').at(-1) ?? path);

const plural = (amount: number, unit: string) => `${amount} ${unit}${amount === 1 ? '' : 's'}`;

/** A span of milliseconds in at most two units: `2 days 3 hours`, `12 minutes`, `less than a minute`. */
function spanWords(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  const parts = [
    [Math.floor(minutes / 1440), 'day'],
    [Math.floor(minutes / 60) % 24, 'hour'],
    [minutes % 60, 'minute'],
  ] as const;
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first === -1) return 'less than a minute';
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => plural(amount, unit))
    .join(' ');
}

/** How long is left until `due`, or how long ago it was; both UTC instants. At that very instant it is overdue, as in mail. */
export function timeLeft(due: string, now: string): string {
  const left = Date.parse(due) - Date.parse(now);
  return left > 0 ? `${spanWords(left)} left` : `overdue by ${spanWords(-left)}`;
}

/** What keeps a meeting's composition from being complete: disciplines that were not there, came without the notice signed, or share their person. */
export const lacking = (missing: readonly string[], unsigned: readonly string[], shared: readonly string[]): string =>
  [
    ...(missing.length > 0 ? [`without ${missing.map(wordsInside).join(', ')}`] : []),
    ...(unsigned.length > 0
      ? [
          `nobody of ${unsigned.map(wordsInside).join(', ')} had signed the notice of confidentiality without a conflict`,
        ]
      : []),
    ...(shared.length > 0
      ? [`for ${shared.map(wordsInside).join(', ')} there was nobody but somebody who sat for another discipline`]
      : []),
  ].join('; ');
