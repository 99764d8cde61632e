/**
 * The call screen as a table: its parts, their chapters in the order of a call, and the fields. Every field of a report and of a
 * child stands in one chapter (`test/console/report-form.test.ts`).
 */

/** One page of the report each. Danger, town and story stand on all of them. */
export const reportParts = [
  { id: 'call', title: 'The call' },
  { id: 'more', title: 'More the caller said' },
  { id: 'later', title: 'After the call' },
] as const;

export type ReportPart = (typeof reportParts)[number]['id'];

export interface Chapter {
  /** The page that asks it. */
  readonly part: ReportPart;
  readonly id: string;
  readonly title: string;
  /** Whose answers they are: of the whole call, or of each child. */
  readonly of: 'call' | 'child';
  readonly fields: readonly string[];
  /** What the worker says to the caller. */
  readonly say?: string;
  /** What the worker says where the child is calling. */
  readonly sayToChild?: string;
  /** What the worker must know. */
  readonly note?: string;
}

/** What stands beside the danger of each child. */
export const beside: readonly string[] = ['presentTown'];

/** The first questions. The story and the danger stand beside all that follow. */
export const start: Chapter = {
  part: 'call',
  id: 'start',
  title: 'Start',
  of: 'call',
  say: 'This line is recorded. What number is safe if we are cut off?',
  sayToChild: 'I am glad you called. This line is recorded. Please stay on the line with me.',
  fields: ['reporter.safeNumber', 'mayCallBack', 'callerIs', 'overheard'],
};

export const chapters: readonly Chapter[] = [
  {
    part: 'call',
    id: 'where',
    title: 'Where',
    of: 'child',
    fields: ['whereExactly', 'withWhom', 'movingWhen', 'missingNow'],
    sayToChild: 'You can answer with yes or no.',
  },
  {
    part: 'call',
    id: 'harm',
    title: 'Hurt or in danger',
    of: 'child',
    fields: ['hurt', 'overdose', 'suicidal', 'weapon'],
  },
  {
    part: 'call',
    id: 'contact',
    title: 'Last five days',
    of: 'child',
    fields: ['lastAssaultAt'],
    note: 'Ask only whether there was sexual contact in the last five days, and when. Ask for no detail.',
  },
  {
    part: 'call',
    id: 'child',
    title: 'The child',
    of: 'child',
    fields: ['name', 'approximateAge', 'residenceTown', 'safeContact'],
  },
  { part: 'call', id: 'suspect', title: 'Suspect', of: 'child', fields: ['perpetrators'] },
  {
    part: 'call',
    id: 'workers',
    title: 'Danger to workers',
    of: 'child',
    fields: ['dangerToWorkers', 'workerSafety'],
  },
  {
    part: 'call',
    id: 'caller',
    title: 'Caller, written report',
    of: 'call',
    say: 'Mandated reporters send the written report, form DCF-136, within 48 hours. I give you a receipt.',
    sayToChild: 'I can give you a receipt, if it is safe for you to keep it.',
    fields: ['mandated'],
  },
  {
    part: 'more',
    id: 'more-child',
    title: 'More about the child',
    of: 'child',
    fields: ['birthDate', 'gender', 'phone'],
  },
  {
    part: 'more',
    id: 'more-suspect',
    title: 'What was done, and where',
    of: 'child',
    fields: ['suspect', 'occurrenceTown', 'venue', 'exploitedFor', 'exploitation', 'indicators'],
  },
  {
    part: 'more',
    id: 'others',
    title: 'Other children',
    of: 'child',
    fields: ['otherChildren', 'otherChildrenThere'],
  },
  { part: 'more', id: 'known', title: 'Who knows, language', of: 'call', fields: ['knowOfCall', 'language'] },
  {
    part: 'more',
    id: 'more-caller',
    title: 'More about the caller',
    of: 'call',
    fields: [
      'reporterType',
      'anonymous',
      'reporter.name',
      'reporter.relation',
      'reporter.phone',
      'reporter.email',
      'channel',
      'receivedAt',
      'lateReason',
    ],
  },
  {
    part: 'later',
    id: 'later',
    title: 'After the call',
    of: 'child',
    note: 'Not during the call. Leave unknown what no one said.',
    fields: [
      'race',
      'tribalMember',
      'foreignNational',
      'connecticutResident',
      'emancipated',
      'homeless',
      'homeMeetsNeeds',
      'population',
      'legalStatus',
      'placement',
      'dcfHistory',
      'dcfClient',
      'missingEpisodes',
      'inFacility',
      'facilityEmployee',
      'schoolEmployee',
      'priorIds',
    ],
  },
];

/** What a second child of one call shares with the first, and gets copied. */
export const sharedFields: readonly string[] = [
  'whereExactly',
  'withWhom',
  'movingWhen',
  'presentTown',
  'residenceTown',
  'occurrenceTown',
  'weapon',
  'dangerToWorkers',
  'workerSafety',
  'suspect',
  'venue',
  'otherChildren',
];

/** How a field is asked where the child is calling: so that yes or no answers it. */
export const wordsToChild: Readonly<Record<string, string>> = {
  'reporter.safeNumber': 'Is there a number where I may call you? Only if you want.',
  mayCallBack: 'May I call you back?',
  overheard: 'Can anyone hear you now?',
  whereExactly: 'Do you know where you are? Can you see a sign, a number or a street?',
  withWhom: 'Is anyone with you?',
  movingWhen: 'Will they take you somewhere else soon?',
  missingNow: 'Is anyone looking for you?',
  hurt: 'Are you hurt?',
  overdose: 'Did you take or get something that makes you feel bad?',
  suicidal: 'Are you thinking about killing yourself?',
  weapon: 'Is there a gun or a knife?',
  otherChildren: 'Are other kids there?',
  knowOfCall: 'Does anyone know that you called?',
  name: 'Do you want to tell me your name?',
  approximateAge: 'How old are you?',
};
