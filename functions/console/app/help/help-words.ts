/** The words of the help page: the first day of each role, the pages, and the terms of the field. */
import type { Role } from '../../../../shared/domain/core/vocabulary.ts';

/** What a person of these roles does on the first day, in order. */
export interface FirstDay {
  readonly title: string;
  readonly roles: readonly Role[];
  readonly steps: readonly string[];
}

export const firstDays: readonly FirstDay[] = [
  {
    title: 'You answer the Careline',
    roles: ['careline-worker'],
    steps: [
      'Open New report when the phone rings. Write what the caller says, in the caller’s words.',
      'Answer "Is the child in danger now?" Unknown is an answer. It counts as yes until you know.',
      'Send the report. The next page names the people to call, with their numbers.',
      'Call from the top down. Record each call as reached or no answer.',
      'Look at Drafts before you leave. Hand over each one that is not sent.',
    ],
  },
  {
    title: 'You supervise the Careline',
    roles: ['careline-supervisor', 'careline-manager'],
    steps: [
      'Open Work queue. Children in danger stand first, then missing children.',
      'Accept each new report or not, and set the response time.',
      'Open On call. Check that each office has a person on shift tonight.',
      'Look for undelivered alerts. Call the people whose e-mail failed.',
      'Look at Returns from missing. Each child needs a return interview.',
    ],
  },
  {
    title: 'You work at an area office',
    roles: ['caseworker', 'area-supervisor', 'area-oncall', 'area-director', 'director-oncall', 'program-manager'],
    steps: [
      'Open Your next steps. The top line is due first.',
      'In a two-hour response, go to the child first. Record that you commenced, then that you saw the child.',
      'Record the safety plan and where the child sleeps tonight.',
      'Refer the child to services. No service waits for the decision about "uncared for".',
      'Name a delegate before you go on leave.',
    ],
  },
  {
    title: 'You work for HART',
    roles: ['hart-liaison', 'hart-lead', 'hart-director'],
    steps: [
      'Open Your next steps. A new referral asks for a liaison and a screening.',
      'Answer the checklist with what you know. Unknown is an answer.',
      'Record the outcome yourself. The rules only propose one.',
      'Approve a lower outcome only where you agree with it. A second person must decide.',
    ],
  },
  {
    title: 'You give legal advice to the department',
    roles: ['legal', 'aag-liaison'],
    steps: [
      'Open Your next steps. It lists the decisions that ask for counsel.',
      'Read Decisions on the referral. Each line names its rule and source.',
      'Record what you advised. Only the people of the case can read it.',
    ],
  },
  {
    title: 'You have a seat on a team',
    roles: ['mdt-member'],
    steps: [
      'Open the link of your e-mail. It leads to the invitation.',
      'Accept or decline your seat. If you cannot come, name a person in your place.',
      'Sign the notice of confidentiality. Say whether you have a conflict of interest.',
      'Come to the meeting at the time on the page. All times are New York time.',
    ],
  },
  {
    title: 'You lead a team',
    roles: ['mdt-coordinator', 'mdt-chair'],
    steps: [
      'Open Your next steps. It lists the meetings to call and the seats without an answer.',
      'Set the meeting. Everyone invited gets one e-mail with the place or link.',
      'Call the members who have not answered. Their numbers are on the referral.',
      'Record who came, and what the team recommended.',
    ],
  },
  {
    title: 'You give a service',
    roles: ['provider'],
    steps: [
      'Open the link of your e-mail. It shows what the child needs, and no name.',
      'Accept or decline. If you have a waiting list, say how many days.',
      'Record the first contact and the start of the service.',
    ],
  },
  {
    title: 'You administer or audit',
    roles: ['administrator', 'auditor'],
    steps: [
      'Open Work queue to see stages and clocks. Facts about children stay closed to you.',
      'Open a referral and choose Audit. It shows each act, each reader and each e-mail.',
      'Check Delegates for periods that should have ended.',
    ],
  },
];

/** The pages of the menu, in one or two sentences each, by path. */
export const pageHelp: Readonly<Record<string, { readonly title: string; readonly sentences: readonly string[] }>> = {
  '/': {
    title: 'Work queue',
    sentences: [
      'It lists open referrals: danger and missing children first, then what is overdue, then by day.',
      'Filter it to see fewer. Press the head of a column to sort it.',
    ],
  },
  '/deadlines': {
    title: 'Your next steps',
    sentences: ['It lists each open duty that waits for you. The most urgent stands first.'],
  },
  '/reports/new': {
    title: 'New report',
    sentences: [
      'Only the story and the danger must be there. Everything else can be unknown.',
      'What you type is kept as a draft from the first letter.',
    ],
  },
  '/drafts': {
    title: 'Drafts',
    sentences: ['It lists reports that are not sent. A supervisor hears of one that rests for 15 minutes.'],
  },
  '/on-call': { title: 'On call', sentences: ['It names the person to call now, for each office, with the number.'] },
  '/search': {
    title: 'Search by name',
    sentences: ['Say why you search. Your name, the reason and the time stand in the audit.'],
  },
  '/referrals': {
    title: 'A referral',
    sentences: [
      'It begins with your next steps. Each has a button and says why it is due.',
      'Each time a person reads who the child is, it is recorded first.',
    ],
  },
  '/teams': { title: 'Empty team seats', sentences: ['It lists the teams that lack a discipline the law names.'] },
  '/returns': {
    title: 'Returns from missing',
    sentences: ['It lists children who came back, and whether the return interview took place.'],
  },
  '/providers': {
    title: 'Providers',
    sentences: ['It lists who gives each service, for which ages and in which regions.'],
  },
  '/unmet-needs': {
    title: 'Unmet needs',
    sentences: ['It counts what no provider could give. Small numbers are left out.'],
  },
  '/delegations': {
    title: 'Delegates',
    sentences: ['A delegate does your work while you are on leave. Both names stand in the audit.'],
  },
  '/noise': { title: 'E-mail load', sentences: ['It counts how many e-mails each role got in a week.'] },
  '/policy': {
    title: 'The pathway',
    sentences: ['It shows every stage and clock. It says which rest on law, and which on policy.'],
  },
};

/** The terms of the field that people of other agencies may not know. The key is the anchor. */
export const terms = {
  careline: ['Careline', 'Connecticut’s phone line for reports of child abuse and neglect. It is open day and night.'],
  dcf: ['DCF', 'The Connecticut Department of Children and Families.'],
  'area-office': ['Area office', 'One of DCF’s local offices. It responds to the report and works with the child.'],
  hart: ['HART', 'DCF’s Human Anti-trafficking Response Team. Its liaison screens the child.'],
  mdt: ['MDT', 'A team of several professions that reviews the case in one court district.'],
  'dcf-136': ['DCF-136', 'The written report that follows a call of a mandated reporter.'],
  'uncared-for': ['Uncared for', 'A legal status of a child. Only a court finds it. Trafficking is one ground.'],
  'basis-to-allege': [
    'Basis to allege',
    'DCF’s decision that it could ask a court for that finding. It is not the finding.',
  ],
  commence: ['Commence', 'To begin the response: a worker goes to the child.'],
  screening: ['Screening', 'A trained person looks at the signs of trafficking, and records an outcome.'],
  'states-attorney': ['State’s Attorney', 'The prosecutor of a court district.'],
  roster: ['Roster', 'The people of a team, drawn for one referral.'],
  restricted: ['Restricted', 'Only the people who are listed may read or discuss the referral.'],
  law: ['Law and policy', 'A law clock follows a statute. A policy clock follows DCF practice or this project.'],
} as const satisfies Readonly<Record<string, readonly [words: string, meaning: string]>>;
export type TermName = keyof typeof terms;
