/** The facts of a mail about an alert: its template, and a value for each placeholder. */

import { groupOf } from '../../domain/alerts/addressed-as.ts';
import { passedOnAt } from '../../domain/alerts/alarms.ts';
import { toldDeadlines } from '../../domain/alerts/alert-duties.ts';
import { traitsOf } from '../../domain/alerts/alert-kinds.ts';
import type { Alert } from '../../domain/alerts/alert-state.ts';
import { endedIn, ringingFor } from '../../domain/alerts/call-rounds.ts';
import { isAfter } from '../../domain/core/instants.ts';
import { teamLeaders } from '../../domain/core/role-groups.ts';
import type { AlertKind, Language } from '../../domain/core/vocabulary.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import type { Deadline } from '../../domain/deadlines/deadline-state.ts';
import { isClosedByStop } from '../../domain/deadlines/deadlines.ts';
import { openDeadlineOf, openDeadlines } from '../../domain/deadlines/open-deadlines.ts';
import type { OnCallPerson } from '../../domain/directory/on-call.ts';
import { decisionIsAsked, decisionOvertaken } from '../../domain/eligibility/eligibility.ts';
import { placesAsked } from '../../domain/intake/places.ts';
import { dutiesTold } from '../../domain/policy/alarm-classes.ts';
import { type Policy, type Recipient, ruleOf, waitsOn } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import { isHeldUp, isPausable } from '../../domain/response/outreach-pause.ts';
import { pausedUntil } from '../../domain/response/paused-until.ts';
import { calendarWords, isOfCalendar } from '../../domain/team/calendars.ts';
import { seatDeadline } from '../../domain/team/mdt.ts';
import { meetingOf } from '../../domain/team/meeting.ts';
import { isHolder } from '../../domain/team/seats.ts';
import { partnerWords } from '../../domain/words/code-words.ts';
import type { Addressee } from './recipients.ts';
import { type Facts, type Flag, fillFirst } from './template.ts';
import { mailFrame } from './templates.ts';
import { addresseeWords, obligationWords, onCallWords, ruleInMail, timeWords, whenWords } from './wording.ts';

/** The alert of a mail and its recipient. `now` is a UTC instant. */
export interface About {
  readonly alert: Alert;
  readonly state: Referral;
  readonly policy: Policy;
  readonly recipient: Pick<Addressee, 'personId' | 'addressedAs' | 'also' | 'language' | 'repeat' | 'roles'>;
  /** The person on call at the Careline; undefined where no one there has a number. */
  readonly oncall?: OnCallPerson | undefined;
  readonly now: string;
}

/**
 * The templates that the mail of each kind of alert may use, the usual one first. `contents` chooses one of them for a reader. A
 * kind without a row does not compile. docs/mail.md shows this table with the recipients.
 */
export const templatesOf = {
  'referral-opened': ['referral-opened'],
  'deadline-opened': ['deadline-opened', 'police-notice-due', 'response-due', 'screening-due', 'decision-due'],
  'mdt-invited': ['mdt-invited', 'mdt-invitation-sent'],
  'linkage-offered': ['linkage-offered'],
  'answer-needed': ['answer-needed'],
  checkpoint: ['reminder', 'warning', 'ring', 'missed', 'escalation'],
  'referral-ended': ['referral-closed', 'referral-withdrawn', 'referral-merged'],
  'report-merged': ['report-merged'],
  'charges-faced': ['charges-faced'],
  'tribal-membership': ['tribal-membership'],
  'removal-review': ['removal-review'],
  'do-not-alert-caregiver': ['do-not-alert-caregiver'],
  'outreach-paused': ['outreach-paused', 'outreach-resumed'],
  'outreach-resumed': ['outreach-resumed', 'outreach-paused'],
  'meeting-scheduled': ['meeting-scheduled', 'meeting-cancelled', 'meeting-left'],
  'meeting-moved': ['meeting-moved', 'meeting-cancelled', 'meeting-left'],
  'meeting-cancelled': ['meeting-cancelled', 'meeting-left'],
  'meeting-left': ['meeting-left'],
  'seat-removed': ['seat-removed'],
  'seat-not-reached': ['seat-not-reached'],
  'referral-sealed': ['referral-sealed'],
  'emergency-access-taken': ['emergency-access-taken'],
  'sealed-match': ['sealed-match'],
  'alarm-over': ['alarm-over', 'alarm-too-late'],
  'holder-changed': ['holder-changed'],
  'danger-raised': ['safety-changed'],
  'danger-lifted': ['safety-changed'],
  'child-missing': ['safety-changed'],
  'child-returned': ['safety-changed'],
} as const satisfies Readonly<Record<AlertKind, readonly string[]>>;

type TemplateOf<Kind extends AlertKind> = Kind extends keyof typeof templatesOf
  ? (typeof templatesOf)[Kind][number]
  : never;

/** The facts of one kind of alert, with its template. */
interface Content<Template extends string> {
  readonly template: Template;
  readonly values?: Facts['values'];
  readonly flags?: readonly Flag[];
  /** The deadlines that the reader should keep. With a short one, the mail also gives a number to call. */
  readonly asks?: readonly Deadline[];
}

/** At most four hours: a mail may be read too late for such a clock. */
const short = 4 * 3_600_000;
const isShort = ({ start, due }: Deadline) => Date.parse(due) - Date.parse(start) <= short;

export function deadlineOf({ id, deadlineId }: Alert, state: Referral): Deadline {
  const deadline = deadlineId === undefined ? undefined : state.deadlines[deadlineId];
  if (!deadline) throw new Error(`The alert ${id} is about a deadline that was never opened.`);
  return deadline;
}

/** A deadline due at this instant is overdue for its reader. */
const isOverdue = ({ due }: Deadline, now: string) => !isAfter(due, now);

function deadlineValues(deadline: Deadline, about: About) {
  const {
    policy,
    now,
    recipient: { language },
  } = about;
  const rule = ruleOf(policy, deadline);
  const { hardStop } = rule;
  const { hardStop: stop } = deadline;
  const frame = mailFrame[language];
  const isOfUse = hardStop && stop !== undefined && isAfter(stop, now);
  const values = {
    obligation: obligationWords(rule, language),
    rule: ruleInMail(rule, language),
    when: whenWords(deadline.due, language),
    ...(isOfUse && { stop: whenWords(stop, language) }),
  };
  const say = (text: string) => fillFirst([text], { values, flags: [] });
  return isOverdue(deadline, now)
    ? {
        ...values,
        due: say(isOfUse && ['warn', 'ring'].includes(`${about.alert.checkpoint}`) ? frame.ends : frame.wasDue),
        asked: say(frame.overdue),
      }
    : { ...values, due: say(frame.due), asked: say(frame.open) };
}

/** The rules of these deadlines as mail names them, each once for the hidden ones. */
function rulesInMail(deadlines: readonly Deadline[], { policy, recipient: { language } }: About): readonly string[] {
  return [...new Set(deadlines.map((deadline) => ruleInMail(ruleOf(policy, deadline), language)))];
}

/**
 * The values of the deadlines that the alert still tells of. The time is that of the first due. Each has a line with its
 * time, and equal lines come once with their number.
 */
const valuesOfAll = (about: About): Facts['values'] => valuesOf(toldDeadlines(about.alert, about.state), about);

function valuesOf(deadlines: readonly Deadline[], about: About): Facts['values'] {
  const first = deadlineOf(about.alert, about.state);
  const duties = deadlines.map((deadline) => deadlineValues(deadline, about));
  const { several, also } = mailFrame[about.recipient.language];
  const lines = [...Map.groupBy(duties, ({ asked }) => asked)].map(([asked, { length }]) =>
    length === 1 ? asked : fillFirst([several], { values: { asked, count: String(length) }, flags: [] }),
  );
  const shown = duties[0] ?? deadlineValues(first, about);
  // The subject says one time, so it names those with that time first, and the others after it.
  const rulesOf = (these: typeof duties) => [...new Set(these.map(({ rule }) => rule))].join(', ');
  const others = rulesOf(duties.filter(({ due }) => due !== shown.due));
  return {
    ...shown,
    rule: rulesOf(duties.filter(({ due }) => due === shown.due)),
    due: others === '' ? shown.due : fillFirst([also], { values: { due: shown.due, others }, flags: [] }),
    asked: lines,
  };
}

/** What each of these duties asks, with its rule and without its time. */
const namesOf = (deadlines: readonly Deadline[], about: About): readonly string[] => [
  ...new Set(
    deadlines.map((deadline) => {
      const { obligation, rule } = deadlineValues(deadline, about);
      return `${obligation} (${rule})`;
    }),
  ),
];

const contents: { readonly [Kind in AlertKind]: (about: About) => Content<TemplateOf<Kind>> } = {
  'referral-opened': referralOpened,
  'deadline-opened': deadlineOpened,
  'mdt-invited': mdtInvited,
  'linkage-offered': () => ({ template: 'linkage-offered', flags: ['answersLinkage'] }),
  'answer-needed': answerNeeded,
  'alarm-over': (about) => {
    const ended = endedIn(about.alert, about.state);
    const duties = ended.length > 0 ? ended : [deadlineOf(about.alert, about.state)];
    const isTooLate = duties.every((deadline) => isClosedByStop(deadline, about.policy));
    return {
      template: isTooLate ? 'alarm-too-late' : 'alarm-over',
      values: { ...valuesOf(duties, about), ended: namesOf(duties, about) },
      flags: ['nothingToDo'],
    };
  },
  'holder-changed': (about) => ({
    template: 'holder-changed',
    values: deadlineValues(deadlineOf(about.alert, about.state), about),
  }),
  'danger-raised': safetyChanged,
  'danger-lifted': safetyChanged,
  'child-missing': safetyChanged,
  'child-returned': safetyChanged,
  checkpoint: (about) => {
    if (about.alert.checkpoint === 'ring') return ring(about);
    return {
      template: checkpointTemplates[about.alert.checkpoint ?? 'remind'],
      values: valuesOfAll(about),
      asks: toldDeadlines(about.alert, about.state),
    };
  },
  'referral-ended': referralEnded,
  'report-merged': () => ({ template: 'report-merged' }),
  'removal-review': () => ({ template: 'removal-review' }),
  'do-not-alert-caregiver': () => ({ template: 'do-not-alert-caregiver' }),
  // The pause may have ended since the alert was requested. The mail tells the state of now.
  'outreach-paused': ({ state, now }) => ({
    template: pausedUntil(state, now) === undefined ? 'outreach-resumed' : 'outreach-paused',
  }),
  'outreach-resumed': ({ state, now }) => ({
    template: pausedUntil(state, now) === undefined ? 'outreach-resumed' : 'outreach-paused',
  }),
  'seat-removed': () => ({ template: 'seat-removed' }),
  'seat-not-reached': ({ alert: { discipline = '' }, recipient: { language } }) => ({
    template: 'seat-not-reached',
    values: { seat: partnerWords(discipline, language) },
  }),
  'referral-sealed': () => ({ template: 'referral-sealed' }),
  'emergency-access-taken': emergencyAccess,
  'sealed-match': () => ({ template: 'sealed-match' }),
  'charges-faced': () => ({ template: 'charges-faced' }),
  'tribal-membership': () => ({ template: 'tribal-membership' }),
  'meeting-scheduled': meeting('meeting-scheduled'),
  'meeting-moved': meeting('meeting-moved'),
  'meeting-cancelled': meeting('meeting-cancelled'),
  'meeting-left': (about) => ({ template: 'meeting-left', values: meetingValues(about) }),
};

const checkpointTemplates = {
  remind: 'reminder',
  warn: 'warning',
  ring: 'ring',
  due: 'missed',
  escalate: 'escalation',
} as const;

/** Only the page says what changed, because some recipients are outside the department. */
function safetyChanged(): Content<'safety-changed'> {
  return { template: 'safety-changed' };
}

/** The duties that this reader is called about and that ring, the first due at the top. */
function ring(about: About): Content<'ring'> {
  const { alert, state, policy, recipient } = about;
  const ringing = ringingFor(alert, wordsOf(recipient).map(groupOf), state);
  const duties = ringing.length > 0 ? ringing : [deadlineOf(alert, state)];
  const inTime = duties.toSorted((one, other) => Date.parse(one.due) - Date.parse(other.due));
  const [next] = duties.flatMap((deadline) => passedOnAt(deadline, policy) ?? []).toSorted();
  return {
    template: 'ring',
    values: {
      ...valuesOf(inTime, about),
      ...(next !== undefined && { nextCall: timeWords(next, recipient.language) }),
    },
    flags: duties.length > 1 ? ['calls', 'several'] : ['calls'],
    asks: duties,
  };
}

/** Whether the alert may lead its reader to contact that a pause holds up. Danger and the acute exam are never held up. */
function isOfOutreach({ alert, state, policy }: About): boolean {
  if (traitsOf[alert.kind].leadsToContact) return true;
  if (alert.kind === 'linkage-offered') {
    return Object.values(state.services.linkages).some(
      ({ service, contactId = '' }) => alert.people.includes(contactId) && isPausable(service, policy),
    );
  }
  return toldDeadlines(alert, state).some((deadline) => isHeldUp(deadline, ruleOf(policy, deadline).keptBy, policy));
}

function noContactYet(about: About): Facts['values'] {
  const until = pausedUntil(about.state, about.now);
  if (until === undefined || !isOfOutreach(about)) return {};
  return { noContactBefore: whenWords(until, about.recipient.language) };
}

/** The calendar is named as the reason only for a person with no other reason. */
const wordsOf = ({ addressedAs, also }: About['recipient']): readonly string[] => [
  addressedAs,
  ...also.filter((word) => !isOfCalendar(word)),
];

/** Why a person named in the alert gets it: their seats, or without one their roles in the directory. */
function namedAs(addressedAs: string, { state, recipient: { personId, roles = [] } }: About): readonly string[] {
  if (!addressedAs.startsWith('person:')) return [addressedAs];
  const seats = state.team.seats
    .filter((seat) => isHolder(seat, personId))
    .map(({ discipline }) => `seat:${discipline}`);
  const known = seats.length > 0 ? seats : roles;
  return known.length > 0 ? known : [addressedAs];
}

/** The template of an alert for this reader, with all facts. */
export function factsOf(about: About, link: string): Facts & { readonly template: string } {
  const { alert, state, recipient, oncall } = about;
  const { language } = recipient;
  const { template, values = {}, flags = [], asks = [] } = contents[alert.kind](about);
  const calls = flags.includes('calls');
  const urgent = calls || asks.some(isShort);
  const number = oncall && onCallWords(oncall, language);
  // The words of a call already say who to call where it is not the reader's.
  const answers = calls || flags.some((flag) => ['answersSeat', 'answersLinkage', 'nothingToDo'].includes(flag));
  return {
    template,
    values: {
      ...values,
      reference: state.id,
      link,
      why: [...new Set(wordsOf(recipient).flatMap((addressedAs) => namedAs(addressedAs, about)))]
        .map((addressedAs) => addresseeWords(addressedAs, language))
        .join(language === 'es' ? '; como ' : '; as '),
      ...noContactYet(about),
      ...whereKnown({ oncall: number }),
      ...(number !== undefined && urgent && { urgentCall: number }),
    },
    flags: [
      ...flags,
      ...(recipient.repeat ? (['repeat'] as const) : []),
      ...(answers ? [] : (['answersElsewhere'] as const)),
      ...(urgent && oncall === undefined ? (['urgentWithoutNumber'] as const) : []),
    ],
  };
}

function referralOpened(about: About): Content<TemplateOf<'referral-opened'>> {
  const { state, policy, recipient } = about;
  const open = openDeadlines(state).toSorted((one, other) => Date.parse(one.due) - Date.parse(other.due));
  const yourWords = wordsOf(recipient).map(groupOf);
  const isYours = (deadline: Deadline) =>
    waitsOn(ruleOf(policy, deadline), state).some((word) => yourWords.includes(word));
  const yours = open.filter(isYours);
  const others = rulesInMail(
    open.filter((deadline) => !isYours(deadline)),
    about,
  );
  const first = yours[0] ?? open[0];
  return {
    template: 'referral-opened',
    values: {
      ...(first && deadlineValues(first, about)),
      asked: yours.map((deadline) => deadlineValues(deadline, about).asked),
      ...(others.length > 0 && { others: others.join(', ') }),
    },
    flags: [
      state.pathway.clocksMissing ? 'clocksMissing' : 'clocksRun',
      ...(yourWords.includes('careline-supervisor')
        ? [
            ...(state.places.routing ? [] : (['noOffice'] as const)),
            ...(placesAsked(state).length === 0 ? [] : (['noTown'] as const)),
          ]
        : []),
    ],
    asks: yours,
  };
}

/** Clocks with a template of their own, by the milestone that keeps them. */
const startedTemplates: readonly (readonly [fact: RegExp, template: TemplateOf<'deadline-opened'>])[] = [
  [/^police-notified/, 'police-notice-due'],
  [/^response-started$/, 'response-due'],
  [/^screened$/, 'screening-due'],
  [/^eligibility-decided$/, 'decision-due'],
];

function deadlineOpened(about: About): Content<TemplateOf<'deadline-opened'>> {
  const { alert, state, policy } = about;
  const deadline = deadlineOf(alert, state);
  // Clocks of one rule that started together share one mail.
  const count = openDeadlines(state).filter(
    ({ rule, start }) => rule === deadline.rule && start === deadline.start,
  ).length;
  const [fact = ''] = ruleOf(policy, deadline).keptBy;
  return {
    template: startedTemplates.find(([pattern]) => pattern.test(fact))?.[1] ?? 'deadline-opened',
    values: { ...valuesOfAll(about), ...(count > 1 && alert.alsoAbout === undefined && { count: String(count) }) },
    flags: decisionOvertaken(state) ? ['overtaken'] : [],
    asks: toldDeadlines(alert, state),
  };
}

/** Administrators are told. The supervisor also gets the deadline of the review. */
function emergencyAccess(about: About): Content<TemplateOf<'emergency-access-taken'>> {
  const { alert, state, recipient } = about;
  const review = alert.deadlineId === undefined ? undefined : state.deadlines[alert.deadlineId];
  const reviews = review && wordsOf(recipient).some((addressedAs) => groupOf(addressedAs) !== 'administrator');
  return { template: 'emergency-access-taken', values: { asked: reviews ? deadlineValues(review, about).asked : [] } };
}

/** The alert to the people who still owe something names it. The alert to the others says that nothing is owed. */
function referralEnded(about: About): Content<TemplateOf<'referral-ended'>> {
  const { alert, state, policy } = about;
  const owed = rulesInMail(dutiesTold(alert, state, policy), about);
  return {
    template: `referral-${state.stage === 'open' ? 'closed' : state.stage}`,
    values: {
      otherReference: state.sameChild.mergedInto ?? [],
      owed: owed.length > 0 ? owed.join(', ') : [],
    },
    flags: owed.length > 0 ? [] : ['nothingOwed'],
  };
}

/** The time by which the holder of a seat must answer. */
function answerWhen(state: Referral, language: Language): Facts['values'] {
  const deadline = seatDeadline(state);
  return { when: deadline ? whenWords(deadline.due, language) : [] };
}

function mdtInvited(about: About): Content<TemplateOf<'mdt-invited'>> {
  const { state, recipient } = about;
  // A deputy is asked by name.
  const seat = wordsOf(recipient).some(
    (addressedAs) => addressedAs.startsWith('seat:') || addressedAs.startsWith('person:'),
  );
  if (seat) return { template: 'mdt-invited', values: answerWhen(state, recipient.language), flags: ['answersSeat'] };
  const asked = ['D15', 'D20'].flatMap((rule) => {
    const deadline = openDeadlineOf(state, rule);
    return deadline ? [deadlineValues(deadline, about).asked] : [];
  });
  return { template: 'mdt-invitation-sent', values: { asked } };
}

/** Questions without a clock of their own, with the roles that answer them. */
const questions: readonly {
  readonly of: readonly Recipient[];
  readonly flag: Flag;
  readonly isOpen: (state: Referral) => boolean;
}[] = [
  { of: ['area-supervisor', 'legal'], flag: 'decision', isOpen: decisionIsAsked },
  {
    of: teamLeaders,
    flag: 'conflict',
    isOpen: ({ team: { confidentialityAgreements } }) =>
      Object.values(confidentialityAgreements).some(({ conflict }) => conflict === 'yes'),
  },
  {
    of: teamLeaders,
    flag: 'conflictUnknown',
    isOpen: ({ team: { confidentialityAgreements } }) =>
      Object.values(confidentialityAgreements).some(({ conflict }) => conflict === 'unknown'),
  },
  {
    of: ['mdt-coordinator'],
    flag: 'timeProposed',
    isOpen: ({ team: { seats } }) => seats.some(({ proposes }) => proposes !== undefined),
  },
  {
    of: ['hart-liaison', 'caseworker'],
    flag: 'turnedDown',
    isOpen: ({ services: { linkages } }) => Object.values(linkages).some(({ turnedDown }) => turnedDown),
  },
];

function answerNeeded({ alert, state, recipient: { personId, language } }: About): Content<'answer-needed'> {
  const words = (discipline: string) => partnerWords(discipline, language);
  const isAsked = (...of: readonly Recipient[]) => of.some((word) => alert.to.includes(word));
  /** The seats of a person asked by name, where the other holder declined. */
  const seat = alert.people.includes(personId)
    ? state.team.seats
        .filter((each) => each.answered?.answer === 'declined' && isHolder(each, personId))
        .filter(({ declinedBy }) => !declinedBy?.includes(personId))
        .map(({ discipline }) => words(discipline))
    : [];
  if (seat.length > 0) {
    const values = { seat, ...answerWhen(state, language) };
    return { template: 'answer-needed', values, flags: ['answersSeat', 'seatAsked'] };
  }
  const flags = questions.filter(({ of, isOpen }) => isAsked(...of) && isOpen(state)).map(({ flag }) => flag);
  const declined = isAsked('mdt-coordinator')
    ? state.team.seats
        .filter(({ answered }) => answered?.answer === 'declined')
        .map(({ discipline }) => words(discipline))
    : [];
  return {
    template: 'answer-needed',
    values: { declined: declined.length > 0 ? declined.join(', ') : [] },
    flags: flags.length + declined.length > 0 ? flags : ['anyQuestion'],
  };
}

function meetingAbout({ alert, state }: About) {
  const about = meetingOf(alert, state);
  if (!about) throw new Error(`The alert ${alert.id} is about a meeting that was never set.`);
  return about;
}

function meetingValues(about: About): Facts['values'] {
  const { startsAt, minutes, place } = meetingAbout(about);
  const { language } = about.recipient;
  return { when: whenWords(startsAt, language), minutes: String(minutes), place: partnerWords(place, language) };
}

type MeetingKind = 'meeting-scheduled' | 'meeting-moved' | 'meeting-cancelled';

/** The mail tells the present state: since the alert, the meeting may be cancelled, or no longer the reader's. */
function meeting<Kind extends MeetingKind>(kind: Kind) {
  return (about: About): Content<Kind | 'meeting-cancelled' | 'meeting-left'> => {
    const values = meetingValues(about);
    if (about.recipient.addressedAs.startsWith(calendarWords.notTheirs)) return { template: 'meeting-left', values };
    return { template: meetingAbout(about).status === 'called-off' ? 'meeting-cancelled' : kind, values };
  };
}
