/** `docs/mail.md`: which event tells which people by which mail, and how loudly. */

import { templatesOf } from '../alerts/compose/mail-facts.ts';
import { rosterReaders } from '../domain/alerts/notices.ts';
import type { AlertKind, Role } from '../domain/core/vocabulary.ts';
import type { Recipient } from '../domain/policy/policy.ts';
import { partnerWords } from '../domain/words/code-words.ts';
import { released } from '../policy/policies.ts';

/** One kind of alert, as a reader of the table sees it. */
interface AlertRow {
  /** The event, as a clause that follows "when". */
  readonly when: string;
  /** The roles, in the order of the code; `seats` is any seat of the team. Undefined: those of the deadline, by docs/policy.md. */
  readonly to?: readonly (Role | 'seats')[];
  /** The roles of the duties that stay open get it too. */
  readonly toOwing?: true;
  /** The people it names, where the request gives persons and not roles. */
  readonly named?: string;
  /** Where it is requested. */
  readonly file: string;
}

const workingOn = ['careline-supervisor', 'caseworker', 'hart-liaison', 'mdt-coordinator', 'seats'] as const;
const toOutreach = ['caseworker', 'area-supervisor', 'hart-liaison', 'mdt-coordinator', 'seats'] as const;
const requests = 'shared/domain/alerts/alert-requests.ts';
const pause = 'shared/domain/response/outreach-pause-commands.ts';
const access = 'shared/domain/access/access-commands.ts';
const meeting = 'shared/domain/team/meeting.ts';

/** By kind of alert, in groups of one subject. `test/describe/mail-document.test.ts` compares it with the alerts of whole referrals. */
export const alertRows: Readonly<Record<AlertKind, AlertRow>> = {
  'referral-opened': {
    when: 'a referral opens, or another office or team becomes responsible for it',
    file: 'shared/domain/pathway/steps.ts',
  },
  'report-merged': {
    when: 'another report about the same child is merged into the referral',
    to: workingOn,
    file: requests,
  },
  'referral-ended': {
    when: 'a referral is closed, withdrawn or merged into another (one alert to the people with a duty that stays open, another to all others in the digest)',
    to: workingOn,
    toOwing: true,
    named: 'the contact of each provider that did not decline',
    file: requests,
  },
  'deadline-opened': {
    when: 'a deadline opens, or moves to an earlier time',
    named: 'the holder of the seat or the contact of the provider that it is about',
    file: 'shared/domain/deadlines/deadlines.ts',
  },
  checkpoint: {
    when: 'half the time is gone (reminder), most of it (warning), it is due (missed), it is overdue (escalation), or an alarm calls (ring)',
    named: 'the people whose answer is awaited',
    file: 'shared/domain/deadlines/deadlines.ts',
  },
  'alarm-over': {
    when: 'an alarm ends',
    named: 'all who were called, except the person who ended it',
    file: 'shared/domain/alerts/calling.ts',
  },
  'holder-changed': {
    when: 'another person takes the duty over, so that the first is no longer handling it',
    to: [],
    named: 'the person who had the child',
    file: 'shared/domain/alerts/calling.ts',
  },
  'answer-needed': {
    when: 'a question waits for an answer: a decision, a declined seat, a conflict of interest, a proposed time, a provider that declined, an assigned liaison who has not accepted',
    to: ['area-supervisor', 'legal', 'mdt-coordinator', 'mdt-chair', 'hart-liaison', 'caseworker'],
    named: 'the other holder of the declined seat, the assigned liaison',
    file: 'shared/domain/eligibility/proposals.ts',
  },
  'danger-raised': { when: 'the danger to the child is said to be higher', to: workingOn, file: requests },
  'danger-lifted': { when: 'the danger to the child is said to be lower', to: workingOn, file: requests },
  'child-missing': { when: 'the child is missing', to: workingOn, file: requests },
  'child-returned': { when: 'the child is back', to: workingOn, file: requests },
  'do-not-alert-caregiver': {
    when: 'a caregiver is said to have a part in it, so that no one may alert the family',
    to: ['careline-worker', 'caseworker', 'hart-liaison'],
    file: requests,
  },
  'outreach-paused': {
    when: 'the police ask for a pause of outreach',
    to: toOutreach,
    named: 'the contact of each provider that was asked',
    file: pause,
  },
  'outreach-resumed': {
    when: 'the pause of outreach ends early',
    to: toOutreach,
    named: 'the contact of each provider that was asked',
    file: pause,
  },
  'mdt-invited': {
    when: 'a seat of the team is asked to join, or a person reminds it; the coordinator is told that the invitations went out',
    to: ['mdt-coordinator', 'seats'],
    named: 'the deputy of a seat that has not answered',
    file: 'shared/domain/pathway/steps.ts',
  },
  'seat-removed': {
    when: 'an invited seat is removed from the team',
    to: [],
    named: 'the person who held it',
    file: 'shared/domain/team/member-commands.ts',
  },
  'seat-not-reached': {
    when: 'the invitation of a seat failed, or nothing shows that it arrived',
    to: ['mdt-coordinator'],
    file: 'shared/domain/team/seat-reach.ts',
  },
  'meeting-scheduled': {
    when: 'a meeting of the team, a hearing, an exam or an interview is set, or a person joins the team of a meeting. With the frozen agenda, and before a hearing, it comes again',
    to: ['mdt-coordinator', 'caseworker', 'legal'],
    named: 'each member of the team, or the seats that the appointment concerns',
    file: meeting,
  },
  'meeting-moved': {
    when: 'a meeting, hearing, exam or interview is moved',
    to: ['mdt-coordinator', 'caseworker', 'legal'],
    named: 'each member of the team, or the seats that the appointment concerns',
    file: meeting,
  },
  'meeting-cancelled': {
    when: 'a meeting, hearing, exam or interview is cancelled',
    to: ['mdt-coordinator', 'caseworker', 'legal'],
    named: 'each member of the team, or the seats that the appointment concerns',
    file: meeting,
  },
  'meeting-left': {
    when: 'a person leaves the team of a meeting',
    to: [],
    named: 'that person',
    file: meeting,
  },
  'linkage-offered': {
    when: 'a service is referred to a provider, or a person reminds the provider',
    to: [],
    named: 'the contact of the provider',
    file: 'shared/domain/team/team-commands.ts',
  },
  'charges-faced': {
    when: 'the child faces charges for what it did while exploited, or such a seat gets a new holder',
    to: ['legal', 'seats'],
    named: 'a new person for the seat of the prosecutor, of the child’s attorney or of juvenile probation',
    file: requests,
  },
  'tribal-membership': {
    when: 'custody is at stake, and no one has said whether the child is a member of a tribe',
    to: ['legal'],
    file: requests,
  },
  'removal-review': {
    when: 'custody must be reviewed: a decision lost its basis, or a child in care is none of the department’s any more',
    to: ['area-supervisor', 'legal', 'area-director'],
    file: 'shared/domain/eligibility/proposals.ts',
  },
  'referral-sealed': {
    when: 'a referral is restricted',
    to: [],
    named: 'the people it names',
    file: access,
  },
  'sealed-match': {
    when: 'a new report may be about the child of a restricted referral',
    to: [],
    named: 'the people it names',
    file: 'shared/domain/same-child/matches.ts',
  },
  'emergency-access-taken': {
    when: 'a person takes emergency access',
    to: ['administrator', 'careline-supervisor'],
    named: 'the supervisor of that person',
    file: access,
  },
};

/** Mails about no referral, and mails that gather several alerts. */
export const otherMails: Readonly<
  Record<string, { readonly when: string; readonly to: string; readonly file: string }>
> = {
  'draft-left': {
    when: 'reports were begun and left untouched; one mail for all of a look, with the drafts that ended meanwhile',
    to: 'Careline supervisor on duty',
    file: 'shared/domain/alerts/notices.ts',
  },
  'draft-ended': {
    when: 'drafts ended by the rule, and no report was left untouched; one mail for all of a look',
    to: 'Careline supervisor on duty',
    file: 'shared/domain/alerts/notices.ts',
  },
  'draft-ends-soon': {
    when: 'drafts that a person wrote in end soon, because no one changes them',
    to: 'each writer, by name',
    file: 'shared/domain/alerts/notices.ts',
  },
  'roster-gaps': {
    when: 'a seat of a team has no holder, or no deputy',
    to: rosterReaders.map((role) => partnerWords(role, 'en')).join(', '),
    file: 'shared/domain/alerts/notices.ts',
  },
  'shifts-at-fault': {
    when: 'a shift has no one, or two people',
    to: 'the people who keep those shifts: Careline supervisor and manager, or area supervisor',
    file: 'shared/domain/alerts/notices.ts',
  },
  'agreements-end': {
    when: 'an agreement ends in 180, 90 or 30 days or today, or its review is due',
    to: 'the keeper of the agreement; from 30 days before the end also the program manager',
    file: 'shared/domain/alerts/notices.ts',
  },
  'audit-findings': {
    when: 'the watchdog found what it cannot mend, once a day while it lasts',
    to: 'Administrator',
    file: 'shared/domain/alerts/notices.ts',
  },
  several: {
    when: 'more than one alert of one referral goes to one person at once',
    to: 'the recipient of each of them',
    file: 'shared/alerts/compose/letters.ts',
  },
  digest: {
    when: 'routine news, reminders, missed duties and escalations waited for the daily digest',
    to: 'the recipient of each of them',
    file: 'functions/send-alerts/send-digests.ts',
  },
};

const link = (file: string) => `[\`${file.split('/').at(-1)}\`](../${file})`;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const code = (text: string) => `\`${text}\``;
const row = (...cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** A role in words, or the seats of the team. */
const recipientWords = (recipient: Role | 'seats') =>
  recipient === 'seats' ? 'the seats of the team' : partnerWords(recipient, 'en');

function recipientsOf({ to, toOwing, named }: AlertRow): string {
  const roles = to === undefined ? ['the roles of [the deadline](policy.md#deadlines)'] : to.map(recipientWords);
  return [
    ...roles,
    ...(toOwing ? ['the roles of the duties that stay open'] : []),
    ...(named === undefined ? [] : [named]),
  ].join(', ');
}

const newest = released.at(-1) ?? released[0];
/** The alarm class of a kind of alert under the newest policy, or the words for that of its deadlines. */
const loudness = (kind: AlertKind) => newest.news[kind]?.class ?? 'as its deadlines';

const isKind = (kind: string): kind is AlertKind => kind in alertRows;

/** Whether the table allows an alert of this kind to go to this recipient. */
export const isListed = (kind: AlertKind, recipient: Recipient): boolean => {
  const { to, toOwing } = alertRows[kind];
  const group = recipient.startsWith('seat') ? 'seats' : recipient;
  const owes = toOwing !== undefined && newest.deadlines.some(({ alert }) => alert.some((each) => each === group));
  return to === undefined || owes || to.some((each) => each === group);
};

/** The text of `docs/mail.md`, in Markdown. */
export const mailDocument = (): string =>
  [
    '# Who gets which mail',
    '',
    'Generated by `npm run describe` from `shared/describe/mail-document.ts`, `templatesOf` and the policy. Do not edit it.',
    '',
    'An event requests an alert. The alert goes to roles or to named people, and its kind decides the template. One person gets one mail',
    'for all that opens together. [The life of an alert](../shared/domain/alerts/README.md) says what happens after a request,',
    'also where mail is refused. `npm run mail -- preview reminder` shows the words of a template.',
    '',
    '## Mail about a referral',
    '',
    '*How loud*: `now` waits for nothing, `today` waits for the end of the quiet hours unless its duty is due before, `routine` waits for the one digest of the day.',
    '',
    row('When', 'Kind of alert', 'Template', 'Who gets it', 'How loud', 'Requested in'),
    row('---', '---', '---', '---', '---', '---'),
    ...Object.entries(alertRows).flatMap(([kind, each]) =>
      isKind(kind)
        ? [
            row(
              capital(each.when),
              code(kind),
              templatesOf[kind].map(code).join(', '),
              capital(recipientsOf(each)),
              loudness(kind),
              link(each.file),
            ),
          ]
        : [],
    ),
    '',
    '## Other mail',
    '',
    row('When', 'Template', 'Who gets it', 'Sent by'),
    row('---', '---', '---', '---'),
    ...Object.entries(otherMails).map(([template, { when, to, file }]) =>
      row(capital(when), code(template), capital(to), link(file)),
    ),
    '',
  ].join('\n');
