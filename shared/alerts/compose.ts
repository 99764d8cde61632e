/**
 * The words of an alert. A mail leaves the house, so it holds references, codes and instants alone: nothing of the child,
 * the reporter or the place, and no link that acts.
 */
import { isAfter, whyDue } from '../domain/deadlines.ts';
import { formatInstant } from '../domain/due.ts';
import { type Policy, type Recipient, ruleIn } from '../domain/policy.ts';
import {
  type Alert,
  currentScreening,
  type Deadline,
  openDeadlineOf,
  openDeadlines,
  type Referral,
} from '../domain/referral.ts';
import { isHolder } from '../domain/seats.ts';
import { type Addressee, wordOf } from './recipients.ts';

interface Message {
  readonly subject: string;
  /** Plain text, which every mailbox shows. */
  readonly text: string;
}

interface About {
  readonly alert: Alert;
  readonly state: Referral;
  readonly policy: Policy;
  readonly recipient: Pick<Addressee, 'personId' | 'as' | 'also'>;
  readonly now: string;
}

/** What follows the reference in the subject, and the paragraphs that stand before the link. */
interface Content {
  readonly subject: string;
  readonly paragraphs: readonly string[];
}

const contents: Readonly<Record<Alert['kind'], (about: About) => Content>> = {
  'referral-opened': referralOpened,
  'deadline-opened': deadlineOpened,
  'mdt-invited': mdtInvited,
  'linkage-offered': linkageOffered,
  'answer-needed': answerNeeded,
  checkpoint,
  'referral-ended': referralEnded,
  'charges-faced': () => ({
    subject: 'charges are recorded',
    paragraphs: [
      'Charges are recorded for acts that may have been done while exploited. Whoever was exploited is a victim: under 18 it is a defence (C.G.S. 53a-192a), and judgments may be vacated (Public Act 21-103).',
      'Prosecutor and counsel: weigh whether to charge at all, and diversion with juvenile probation.',
    ],
  }),
  'seat-removed': () => ({
    subject: 'your seat on a team has ended',
    paragraphs: [
      'The coordinator has ended your seat on the team of this referral. Nothing more is asked of you in it.',
    ],
  }),
  'tribal-membership': ({ state }) => ({
    subject: 'the Indian Child Welfare Act may apply',
    paragraphs: [
      state.child.tribalMember === 'yes'
        ? 'Membership of an Indian tribe, or a right to it, is recorded.'
        : 'Nobody has said whether the child belongs to an Indian tribe, and custody is at stake: ask, and record the answer.',
      'Before any proceeding about custody: see to the notice to the tribe (25 U.S.C. 1912(a), believed and not confirmed by this product; awaits legal sign-off).',
    ],
  }),
  'in-facility': () => ({
    subject: 'a licensed facility is concerned',
    paragraphs: [
      'It is said to have happened in a licensed facility: see to the notice to the agency that licenses it, forthwith (C.G.S. 17a-101j(b); awaits legal sign-off).',
    ],
  }),
};

/** The mail about `alert` for one recipient. `now` is a UTC instant; instants in the mail are New York time with their zone. */
export function composeAlert({ consoleUrl, ...about }: About & { readonly consoleUrl: string }): Message {
  const { alert, state, recipient } = about;
  const { subject, paragraphs } = contents[alert.kind](about);
  const link = `${consoleUrl.replace(/\/$/, '')}/alerts/${alert.id}`;
  return {
    subject: `${state.id}: ${subject}`,
    text: [
      `Referral ${state.id}`,
      ...paragraphs,
      `You are written to as ${wordsOf(recipient).map(addresseeWords).join('; as ')}.`,
      `Acknowledge and act here, signed in: ${link}`,
      footer,
    ]
      .join('\n\n')
      .concat('\n'),
  };
}

const footer = `--
Confidential, for the person addressed. Names and details are left out on purpose: ask for none by mail.
This mailbox only sends, and nobody reads it. It belongs to an evaluation of Careline; it replaces no call to the police or to
the Careline, and is itself never the notice that a law asks for.`;

function referralOpened({ state, policy, now, recipient }: About): Content {
  const open = openDeadlines(state).toSorted((one, other) => Date.parse(one.due) - Date.parse(other.due));
  const yourWords = wordsOf(recipient).map(wordOf);
  const isYours = ({ rule }: Deadline) => ruleIn(policy, rule).alert.some((word) => yourWords.includes(word));
  const yours = open.filter(isYours);
  const others = open.filter((deadline) => !isYours(deadline));
  const [first] = [...yours, ...others];
  return {
    subject: first ? `new referral, ${first.rule} ${dueWords(first, now)}` : 'new referral',
    paragraphs: [
      'A new referral was opened, and its clocks are running.',
      ...(state.routing || !yourWords.includes('careline-supervisor')
        ? []
        : ['No office is known for it, so most of those asked cannot be told: choose the office and the team first.']),
      ...yours.map((deadline) => `Asked of you: ${details(deadline, policy, now)}`),
      ...(others.length > 0
        ? [
            `Asked of others: ${others.map(({ rule }) => rule).join(', ')}. The page of the referral says what, by when and why.`,
          ]
        : []),
    ],
  };
}

function deadlineOpened({ alert, state, policy, now }: About): Content {
  const deadline = deadlineOf(alert, state);
  // Several of one rule that began together are told of once.
  const others = openDeadlines(state).flatMap(({ id, rule, start, subject }) =>
    rule === deadline.rule && start === deadline.start && id !== deadline.id && subject !== undefined ? [subject] : [],
  );
  return {
    subject: `for you: ${deadline.rule} ${dueWords(deadline, now)}`,
    paragraphs: [
      'This is asked of you now.',
      details(deadline, policy, now),
      ...(others.length > 0 ? [`The same is asked of you for: ${others.map(spaced).join(', ')}.`] : []),
    ],
  };
}

function deadlineOf({ id, deadlineId }: Alert, state: Referral): Deadline {
  const deadline = deadlineId === undefined ? undefined : state.deadlines[deadlineId];
  if (!deadline) throw new Error(`The alert ${id} is about a deadline that was never opened.`);
  return deadline;
}

function referralEnded({ state }: About): Content {
  const open = openDeadlines(state).map(({ rule }) => rule);
  const because =
    state.stage === 'attached'
      ? `It was attached to ${state.attachedTo ?? 'another referral'}, as a report about the same child: what it says counts there. Read it.`
      : 'It was withdrawn, with the agreement of a second person.';
  const left =
    open.length > 0
      ? `What the law asks for is still owed: ${open.join(', ')}.`
      : 'Nothing more is asked of you in it.';
  return { subject: `the referral is ${state.stage}`, paragraphs: [because, left] };
}

function mdtInvited({ state, policy, now, recipient }: About): Content {
  const notice = openDeadlineOf(state, 'D14');
  const seat = wordsOf(recipient).some((as) => as.startsWith('seat:'));
  if (!seat) {
    return {
      subject: 'a team is invited',
      paragraphs: [
        'The seats of the team are asked to join. Call every required seat that mail does not reach, and record that you did.',
        ...(notice ? [details(notice, policy, now)] : []),
      ],
    };
  }
  return {
    subject: 'you are asked to join a team',
    paragraphs: [
      'You are asked to take your seat on the multi-disciplinary team of this referral: accept or decline, sign the notice of confidentiality, and say whether you have a conflict of interest. Until then you see no more than this.',
      ...(notice ? [`Answer by ${formatInstant(notice.due)}, when every seat must have been told.`] : []),
    ],
  };
}

function linkageOffered({ state, recipient }: About): Content {
  const offered = Object.values(state.linkages)
    .filter(({ status, contactId }) => status === 'offered' && contactId === recipient.personId)
    .map(({ service }) => spaced(service));
  return {
    subject: 'a referral is offered to you',
    paragraphs: [
      `You are asked to take on ${offered.length > 0 ? offered.join(', ') : 'a service'} for this referral: accept or decline, and record the first contact.`,
    ],
  };
}

/** What may wait for an answer, and of whom it is asked. */
const questions: readonly {
  readonly of: readonly Recipient[];
  readonly ask: (state: Referral) => string | undefined;
}[] = [
  {
    of: ['hart-lead', 'hart-director'],
    ask: ({ downgrade }) =>
      downgrade && 'A lower screening outcome is proposed. Agree or disagree, as somebody other than who proposed it.',
  },
  {
    of: ['careline-supervisor', 'careline-manager'],
    ask: ({ withdrawal, stage }) =>
      withdrawal && stage === 'open'
        ? 'A withdrawal is proposed. Agree or leave the referral open, as somebody other than who proposed it.'
        : undefined,
  },
  {
    of: ['careline-supervisor', 'hart-lead'],
    ask: (state) =>
      currentScreening(state) && state.team === undefined && state.routing?.team === undefined
        ? 'No team is known for this referral. Confirm who is responsible for it.'
        : undefined,
  },
  {
    of: ['mdt-coordinator', 'mdt-chair'],
    ask: ({ vacant }) =>
      vacant.length > 0 ? `The team has nobody for: ${vacant.map(spaced).join(', ')}. Name somebody.` : undefined,
  },
  {
    of: ['mdt-coordinator'],
    ask: ({ seats }) => {
      const declined = seats.filter(({ answer }) => answer === 'declined').map(({ discipline }) => spaced(discipline));
      return declined.length > 0
        ? `Declined: ${declined.join(', ')}. Whoever else holds the seat and has not declined is asked; call the agency if nobody takes it, and record at the meeting who came.`
        : undefined;
    },
  },
  {
    of: ['mdt-coordinator', 'mdt-chair'],
    ask: ({ pledges }) =>
      Object.values(pledges).some(({ conflict }) => conflict === 'yes')
        ? 'A member has stepped aside for a conflict of interest, and sees nothing of this referral any more. Ask for no reason. Whoever else holds the seat is asked; where nobody does, invite somebody to it.'
        : undefined,
  },
  {
    of: ['mdt-coordinator', 'mdt-chair'],
    ask: ({ pledges }) =>
      Object.values(pledges).some(({ conflict }) => conflict === 'unknown')
        ? 'A member cannot say whether a conflict of interest stands against their work on this referral: call them (the page of the referral says who). Until they say no, they see the invitation alone.'
        : undefined,
  },
  {
    of: ['hart-liaison', 'caseworker'],
    ask: ({ linkages }) => {
      const turnedDown = Object.values(linkages).filter((linkage) => linkage.turnedDown);
      return turnedDown.length > 0
        ? `The provider said no to: ${turnedDown.map(({ service }) => spaced(service)).join(', ')}. Refer the child to another one.`
        : undefined;
    },
  },
];

/** What is asked of somebody by name: a seat whose other holder declined. */
function seatsLeft({ seats }: Referral, personId: string): readonly string[] {
  return seats
    .filter((seat) => seat.answer === 'declined' && !seat.declinedBy?.includes(personId) && isHolder(seat, personId))
    .map(
      ({ discipline }) =>
        `The seat ${spaced(discipline)} on the team of this referral was declined by its other holder: accept or decline it.`,
    );
}

function answerNeeded({ alert, state, recipient }: About): Content {
  const yours = seatsLeft(state, recipient.personId);
  const asked =
    alert.people.includes(recipient.personId) && yours.length > 0
      ? yours
      : questions.filter(({ of }) => of.some((word) => alert.to.includes(word))).flatMap(({ ask }) => ask(state) ?? []);
  return {
    subject: 'your answer is needed',
    paragraphs: asked.length > 0 ? asked : ['A question about this referral waits for an answer.'],
  };
}

const checkpointWords = {
  remind: { label: 'reminder', opening: 'Reminder.' },
  warn: { label: 'warning', opening: 'Warning: little time is left.' },
  due: { label: 'missed', opening: 'The time is up.' },
  escalate: { label: 'escalated', opening: 'Escalation: those asked first have not done it.' },
} as const;

function checkpoint({ alert, state, policy, now }: About): Content {
  const deadline = deadlineOf(alert, state);
  const { label, opening } = checkpointWords[alert.checkpoint ?? 'remind'];
  return {
    subject: `${label}: ${deadline.rule} ${dueWords(deadline, now)}`,
    paragraphs: [opening, details(deadline, policy, now)],
  };
}

/** Everything about one deadline: what, of whom, by when, why then, by which rule. */
function details(deadline: Deadline, policy: Policy, now: string): string {
  const { id, obligation, alert, kind, source, awaitsLegalSignOff } = ruleIn(policy, deadline.rule);
  return [
    `${id}, ${isOverdue(deadline, now) ? 'OVERDUE' : 'open'}: ${obligation}${deadline.subject === undefined ? '' : ` (${spaced(deadline.subject)})`}.`,
    `Of: ${alert.map(roleWords).join(', ')}.`,
    `When: ${whyDue(deadline, policy)}.`,
    `Rule: ${id} of ${policy.version}, ${kind === 'statute' ? 'law' : 'policy'}. ${source}${awaitsLegalSignOff ? ' (awaits legal sign-off)' : ''}.`,
  ].join('\n');
}

/** Due this very instant is not kept in time any more by whoever reads it. */
const isOverdue = ({ due }: Deadline, now: string) => !isAfter(due, now);

/** Never `in 30 minutes`: a mail is read later than it is written. */
function dueWords(deadline: Deadline, now: string): string {
  return `${isOverdue(deadline, now) ? 'was due' : 'due'} ${formatInstant(deadline.due)}`;
}

const wordsOf = ({ as, also }: About['recipient']): readonly string[] => [as, ...also];

const spaced = (code: string) => code.replaceAll('-', ' ');

const spellings: Readonly<Record<string, string>> = {
  hart: 'HART',
  mdt: 'MDT',
  aag: 'AAG',
  dcf: 'DCF',
  oncall: 'on call',
  states: "state's",
};

/** `HART lead` of `hart-lead`, `the medical seat` of `seat:medical`. */
export function roleWords(word: string): string {
  if (word === 'seats') return 'every seat of the team';
  if (word.startsWith('person:')) return 'the person named';
  const [first = '', seat] = word.split(':');
  const spelled = (seat ?? first).split('-');
  const words = spelled.map((each) => spellings[each] ?? each).join(' ');
  return seat === undefined ? words : `the ${words} seat`;
}

function addresseeWords(as: string): string {
  const [asked = '', instead] = as.split(' for ');
  const words = roleWords(asked);
  return instead === undefined ? words : `${words}, because nobody is known yet for: ${roleWords(instead)}`;
}
