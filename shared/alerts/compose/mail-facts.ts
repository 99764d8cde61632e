/** The facts of a mail about an alert: its template, and a value for each placeholder. */

import { groupOf } from '../../domain/alerts/addressed-as.ts';
import { passedOnAt } from '../../domain/alerts/alarms.ts';
import { toldDeadlines } from '../../domain/alerts/alert-duties.ts';
import { traitsOf } from '../../domain/alerts/alert-kinds.ts';
import type { Alert } from '../../domain/alerts/alert-state.ts';
import { endedIn, ringingFor } from '../../domain/alerts/call-rounds.ts';
import { appointmentOf } from '../../domain/appointments/appointment.ts';
import { orderOf } from '../../domain/board/harm-order.ts';
import { isAfter } from '../../domain/core/instants.ts';
import { teamLeaders } from '../../domain/core/role-groups.ts';
import type { AlertKind } from '../../domain/core/vocabulary.ts';
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
import { dutiesOnAcceptance, liaisonAsked } from '../../domain/response/liaison.ts';
import { isHeldUp, isPausable } from '../../domain/response/outreach-pause.ts';
import { pausedUntil } from '../../domain/response/paused-until.ts';
import { providerDeadline } from '../../domain/services/linkage-clocks.ts';
import { seatDeadline } from '../../domain/team/mdt.ts';
import { meetingOf } from '../../domain/team/meeting.ts';
import { calendarWords, isOfCalendar } from '../../domain/team/meeting-calendars.ts';
import { isHolder } from '../../domain/team/seats.ts';
import { partnerWords } from '../../domain/words/code-words.ts';
import { dutyWords } from '../../domain/words/duty-words.ts';
import { capital, type Facts, type Flag, fillAll, fillFirst } from './mail-template.ts';
import type { Addressee } from './recipients.ts';
import { mailFrame } from './templates.ts';
import { byWords, onCallWords, reasonsOf, spanWords, timeWords, whenWords } from './wording.ts';

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
  // Of a hearing, exam or interview too: the alert says which appointment it tells of.
  'meeting-scheduled': [
    'meeting-scheduled',
    'meeting-agenda',
    'meeting-cancelled',
    'meeting-met',
    'meeting-left',
    'hearing-set',
    'hearing-ahead',
    'hearing-cancelled',
    'hearing-left',
    'visit-set',
    'visit-cancelled',
    'visit-left',
  ],
  'meeting-moved': [
    'meeting-moved',
    'meeting-cancelled',
    'meeting-met',
    'meeting-left',
    'hearing-moved',
    'hearing-cancelled',
    'hearing-left',
    'visit-moved',
    'visit-cancelled',
    'visit-left',
  ],
  'meeting-cancelled': [
    'meeting-cancelled',
    'meeting-met',
    'meeting-left',
    'hearing-cancelled',
    'hearing-left',
    'visit-cancelled',
    'visit-left',
  ],
  'meeting-left': ['meeting-left'],
  'seat-removed': ['seat-removed'],
  'seat-not-reached': ['seat-not-reached'],
  'referral-sealed': ['referral-sealed'],
  'emergency-access-taken': ['emergency-access-taken'],
  'sealed-match': ['sealed-match'],
  'alarm-over': ['alarm-over', 'alarm-too-late', 'alarm-moved'],
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
  /** The deadlines that the reader should keep. With a short one, the mail says to call. */
  readonly asks?: readonly Deadline[];
}

/** All facts of a mail about one alert. `asks`: the duties that it asks for, the most urgent first. */
export interface AlertFacts extends Facts {
  readonly template: string;
  readonly asks: readonly Deadline[];
}

/** At most four hours: a mail may be read too late for such a clock. */
const short = 4 * 3_600_000;
const isShort = ({ start, due }: Deadline) => Date.parse(due) - Date.parse(start) <= short;

/** Up to here a mail says how much time was left at its writing. */
const countedInHours = 72 * 3_600_000;

export function deadlineOf({ id, deadlineId }: Alert, state: Referral): Deadline {
  const deadline = deadlineId === undefined ? undefined : state.deadlines[deadlineId];
  if (!deadline) throw new Error(`The alert ${id} is about a deadline that was never opened.`);
  return deadline;
}

/** A deadline due at this instant is overdue for its reader. */
const isOverdue = ({ due }: Deadline, now: string) => !isAfter(due, now);

/** What a mail says of one duty. */
function dutyTold(deadline: Deadline, { alert, policy, now, recipient }: About) {
  const { language } = recipient;
  const rule = ruleOf(policy, deadline);
  const words = dutyWords(rule, { asMember: wordsOf(recipient).every((each) => each.startsWith('seat:')) });
  const stop = rule.hardStop && deadline.hardStop;
  const isOfUse = stop !== undefined && isAfter(stop, now);
  // After the due time the act is still of use until the hard stop. A mail that calls for it says that time.
  const isUntilStop = isOfUse && isOverdue(deadline, now) && ['warn', 'ring'].includes(`${alert.checkpoint}`);
  const until = isUntilStop ? stop : deadline.due;
  const isLate = isOverdue(deadline, now) && !isUntilStop;
  const span = Date.parse(until) - Date.parse(now);
  const counted = Math.abs(span) <= countedInHours ? spanWords(Math.abs(span)) : [];
  const values = {
    act: words.act[language],
    task: words.task[language],
    button: words.button[language],
    by: byWords(until, language, now),
    when: whenWords(until, language, now),
    ...(isLate ? { timeOver: counted } : { timeLeft: counted }),
    ...(isOfUse && { stop: whenWords(stop, language, now) }),
  };
  const { open, overdue, escalated } = mailFrame[language];
  const late = alert.checkpoint === 'escalate' ? escalated : overdue;
  const [line = ''] = fillAll([isLate ? late : open], { values, flags: [] });
  const flags: readonly Flag[] = isLate ? ['overdue'] : [];
  return { values, flags, line };
}

/** The tasks of these deadlines as lines of a list. Equal lines come once with their number. */
export function taskLines(deadlines: readonly Deadline[], about: About): readonly string[] {
  const { several } = mailFrame[about.recipient.language];
  const lines = deadlines.map((deadline) => dutyTold(deadline, about).line);
  return [...Map.groupBy(lines, (line) => line)].map(([task, { length }]) =>
    length === 1 ? task : fillFirst([several], { values: { task, count: String(length) }, flags: [] }),
  );
}

/** In the order of every list of work: by harm, then by the time left. */
const byHarm = (deadlines: readonly Deadline[], { state, policy }: About): readonly Deadline[] =>
  deadlines
    .map((deadline) => ({ deadline, order: orderOf(deadline, state, policy) }))
    .toSorted((one, other) => (one.order < other.order ? -1 : one.order > other.order ? 1 : 0))
    .map(({ deadline }) => deadline);

/**
 * What a mail says of several duties: the words and the time of the most urgent. Where there are more, a line for
 * each. Nothing where there is none.
 */
function dutiesToldOf(
  deadlines: readonly Deadline[],
  about: About,
): { readonly values: Facts['values']; readonly flags: readonly Flag[] } {
  const sorted = byHarm(deadlines, about);
  const [first] = sorted;
  if (first === undefined) return { values: {}, flags: [] };
  const { values, flags } = dutyTold(first, about);
  if (sorted.length === 1) return { values, flags };
  const { timeLeft: _, timeOver: __, stop: ___, ...rest } = values as Facts['values'];
  return {
    values: { ...rest, tasks: taskLines(sorted, about), count: String(sorted.length) },
    flags: [...flags, 'several'],
  };
}

/** The duties that the alert still tells of. */
const dutiesOfAlert = (about: About) => dutiesToldOf(toldOrNamed(about), about);

const toldOrNamed = (about: About): readonly Deadline[] => {
  const told = toldDeadlines(about.alert, about.state);
  return told.length > 0 ? told : [deadlineOf(about.alert, about.state)];
};

/** What each of these duties asks, without its time. */
const namesOf = (deadlines: readonly Deadline[], about: About): readonly string[] => [
  ...new Set(deadlines.map((deadline) => capital(`${dutyTold(deadline, about).values.task}`))),
];

const contents: { readonly [Kind in AlertKind]: (about: About) => Content<TemplateOf<Kind>> } = {
  'referral-opened': referralOpened,
  'deadline-opened': deadlineOpened,
  'mdt-invited': mdtInvited,
  'linkage-offered': linkageOffered,
  'answer-needed': answerNeeded,
  'alarm-over': (about) => {
    const ended = endedIn(about.alert, about.state);
    const over = ended.length > 0 ? ended : [deadlineOf(about.alert, about.state)];
    const isTooLate = over.every((deadline) => isClosedByStop(deadline, about.policy));
    const { mergedInto } = about.state.sameChild;
    // A merge does no duty: what it ended is open or done in the other referral. Only that is told then.
    const moved = over.filter(({ endedBecause }) => mergedInto !== undefined && endedBecause === 'merged');
    const isMoved = moved.length > 0;
    const duties = isMoved ? moved : over;
    return {
      template: isTooLate ? 'alarm-too-late' : isMoved ? 'alarm-moved' : 'alarm-over',
      values: {
        ...dutiesToldOf(duties, about).values,
        tasks: [],
        ended: duties.length > 1 ? namesOf(duties, about) : [],
        otherReference: mergedInto ?? [],
      },
      flags: ['nothingToDo'],
    };
  },
  'holder-changed': (about) => ({
    template: 'holder-changed',
    values: dutyTold(deadlineOf(about.alert, about.state), about).values,
  }),
  'danger-raised': safetyChanged,
  'danger-lifted': safetyChanged,
  'child-missing': safetyChanged,
  'child-returned': safetyChanged,
  checkpoint: (about) => {
    if (about.alert.checkpoint === 'ring') return ring(about);
    return {
      template: checkpointTemplates[about.alert.checkpoint ?? 'remind'],
      ...dutiesOfAlert(about),
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
  'seat-removed': () => ({ template: 'seat-removed', flags: ['nothingToDo'] }),
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
  'meeting-left': (about) => ({ template: 'meeting-left', values: meetingValues(about), flags: ['nothingToDo'] }),
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

/** The duties that this reader is called about and that ring. */
function ring(about: About): Content<'ring'> {
  const { alert, state, policy, recipient } = about;
  const ringing = ringingFor(alert, wordsOf(recipient).map(groupOf), state);
  const duties = ringing.length > 0 ? ringing : [deadlineOf(alert, state)];
  const [next] = duties.flatMap((deadline) => passedOnAt(deadline, policy) ?? []).toSorted();
  const told = dutiesToldOf(duties, about);
  return {
    template: 'ring',
    values: {
      ...told.values,
      ...(next !== undefined && { nextCall: timeWords(next, recipient.language) }),
    },
    flags: [...told.flags, 'hurry'],
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
  return { noContactBefore: whenWords(until, about.recipient.language, about.now) };
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
export function factsOf(about: About): AlertFacts {
  const { alert, state, recipient, oncall, now } = about;
  const { language } = recipient;
  const { template, values = {}, flags = [], asks = [] } = contents[alert.kind](about);
  return {
    template,
    asks: byHarm(asks, about),
    values: {
      ...values,
      reference: state.id,
      why: reasonsOf(
        wordsOf(recipient).flatMap((addressedAs) => namedAs(addressedAs, about)),
        language,
      ),
      ...noContactYet(about),
      ...(oncall && { oncall: onCallWords(oncall, language, now) }),
    },
    flags: [
      ...flags,
      ...(recipient.repeat ? (['repeat'] as const) : []),
      ...(asks.some(isShort) ? (['hurry'] as const) : []),
    ],
  };
}

function referralOpened(about: About): Content<TemplateOf<'referral-opened'>> {
  const { state, policy, recipient } = about;
  const open = openDeadlines(state);
  const yourWords = wordsOf(recipient).map(groupOf);
  const isYours = (deadline: Deadline) =>
    waitsOn(ruleOf(policy, deadline), state).some((word) => yourWords.includes(word));
  const yours = open.filter(isYours);
  const others = open.length - yours.length;
  const told = dutiesToldOf(yours, about);
  return {
    template: 'referral-opened',
    values: { ...told.values, ...(others > 0 && { others: String(others) }) },
    flags: [
      ...told.flags,
      ...(state.pathway.clocksMissing ? (['clocksMissing'] as const) : []),
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
  const alike = openDeadlines(state).filter(({ rule, start }) => rule === deadline.rule && start === deadline.start);
  const duties = alert.alsoAbout === undefined && alike.length > 1 ? alike : toldOrNamed(about);
  const told = dutiesToldOf(duties, about);
  const [fact = ''] = ruleOf(policy, deadline).keptBy;
  return {
    template: startedTemplates.find(([pattern]) => pattern.test(fact))?.[1] ?? 'deadline-opened',
    values: told.values,
    flags: [...told.flags, ...(decisionOvertaken(state) ? (['overtaken'] as const) : [])],
    asks: duties,
  };
}

/** Administrators are told. The supervisor also gets the deadline of the review. */
function emergencyAccess(about: About): Content<TemplateOf<'emergency-access-taken'>> {
  const { alert, state, recipient } = about;
  const review = alert.deadlineId === undefined ? undefined : state.deadlines[alert.deadlineId];
  const reviews = review && wordsOf(recipient).some((addressedAs) => groupOf(addressedAs) !== 'administrator');
  if (!reviews) return { template: 'emergency-access-taken' };
  const { values, flags } = dutyTold(review, about);
  return { template: 'emergency-access-taken', values, flags: ['reviews', ...flags], asks: [review] };
}

/** The alert to the people who still owe something names it. The alert to the others says that nothing is owed. */
function referralEnded(about: About): Content<TemplateOf<'referral-ended'>> {
  const { alert, state, policy, recipient } = about;
  const owed = byHarm(dutiesTold(alert, state, policy), about);
  const { act, button } = dutiesToldOf(owed, about).values;
  return {
    template: `referral-${state.stage === 'open' ? 'closed' : state.stage}`,
    values: {
      otherReference: state.sameChild.mergedInto ?? [],
      ...whereKnown({ act, button }),
      owed: taskLines(owed, { ...about, recipient }),
    },
    flags: owed.length > 0 ? [] : ['nothingOwed', 'nothingToDo'],
  };
}

/** The time of this deadline for a subject and for a sentence. No values where there is none. */
const timeOf = (deadline: Deadline | undefined, { now, recipient: { language } }: About): Facts['values'] =>
  deadline ? { by: byWords(deadline.due, language, now), when: whenWords(deadline.due, language, now) } : {};

const ifAgain = ({ alert: { again } }: About): readonly 'again'[] => (again ? ['again'] : []);

function linkageOffered(about: About): Content<TemplateOf<'linkage-offered'>> {
  const { alert, state, policy } = about;
  const [due] = Object.values(state.services.linkages)
    .filter(({ status, contactId = '' }) => status === 'offered' && alert.people.includes(contactId))
    .flatMap(({ service }) => providerDeadline(state, service, policy) ?? [])
    .toSorted((one, other) => Date.parse(one.due) - Date.parse(other.due));
  return { template: 'linkage-offered', values: timeOf(due, about), flags: ['answersLinkage', ...ifAgain(about)] };
}

function mdtInvited(about: About): Content<TemplateOf<'mdt-invited'>> {
  const { state, recipient } = about;
  // A deputy is asked by name.
  const seat = wordsOf(recipient).some(
    (addressedAs) => addressedAs.startsWith('seat:') || addressedAs.startsWith('person:'),
  );
  if (seat)
    return {
      template: 'mdt-invited',
      values: timeOf(seatDeadline(state), about),
      flags: ['answersSeat', ...ifAgain(about)],
    };
  const duties = ['D15', 'D20'].flatMap((rule) => openDeadlineOf(state, rule) ?? []);
  return { template: 'mdt-invitation-sent', ...dutiesToldOf(duties, about), asks: duties };
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

function answerNeeded(about: About): Content<'answer-needed'> {
  const {
    alert,
    state,
    policy,
    recipient: { personId, language },
  } = about;
  const words = (discipline: string) => partnerWords(discipline, language);
  if (alert.people.includes(personId) && liaisonAsked(state) === personId) {
    return {
      template: 'answer-needed',
      values: timeOf(dutiesOnAcceptance(state, policy)[0], about),
      flags: ['assigned'],
    };
  }
  const isAsked = (...of: readonly Recipient[]) => of.some((word) => alert.to.includes(word));
  /** The seats of a person asked by name, where the other holder declined. */
  const seat = alert.people.includes(personId)
    ? state.team.seats
        .filter((each) => each.answered?.answer === 'declined' && isHolder(each, personId))
        .filter(({ declinedBy }) => !declinedBy?.includes(personId))
        .map(({ discipline }) => words(discipline))
    : [];
  if (seat.length > 0) {
    const values = { seat: seat.join(', '), ...timeOf(seatDeadline(state), about) };
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
    flags: [...flags, ...(declined.length > 0 ? (['declinedSeat'] as const) : [])],
  };
}

function meetingAbout({ alert, state }: About) {
  const about = meetingOf(alert, state);
  if (!about) throw new Error(`The alert ${alert.id} is about a meeting that was never set.`);
  return about;
}

function meetingValues(about: About): Facts['values'] {
  const { startsAt, minutes, place, way = place } = meetingAbout(about);
  const {
    now,
    recipient: { language },
  } = about;
  return {
    by: byWords(startsAt, language, now),
    when: whenWords(startsAt, language, now),
    minutes: String(minutes),
    place: partnerWords(way, language),
  };
}

const changes = { 'meeting-scheduled': 'set', 'meeting-moved': 'moved', 'meeting-cancelled': 'cancelled' } as const;

/** The mail tells the present state of the hearing, exam or interview, as that of a meeting does. */
function dated(kind: MeetingKind, about: About): Content<string> {
  const { alert, state, now, recipient } = about;
  const told = appointmentOf(alert, state);
  if (!told) throw new Error(`The alert ${alert.id} is about an appointment that was never set.`);
  const { kind: what, startsAt, minutes, status } = told;
  const { language, addressedAs } = recipient;
  const values = {
    by: byWords(startsAt, language, now),
    when: whenWords(startsAt, language, now),
    minutes: String(minutes),
  };
  const nothingToDo = ['nothingToDo'] as const;
  if (addressedAs.startsWith(calendarWords.notTheirs)) return { template: `${what}-left`, values, flags: nothingToDo };
  if (status === 'called-off') return { template: `${what}-cancelled`, values, flags: nothingToDo };
  return { template: `${what}-${alert.notBefore === undefined ? changes[kind] : 'ahead'}`, values };
}

type MeetingKind = 'meeting-scheduled' | 'meeting-moved' | 'meeting-cancelled';

/** Whether this alert was requested with the freezing of the agenda. It brings the same calendar object. */
const isOfAgenda = ({ alert, state }: About): boolean =>
  alert.kind === 'meeting-scheduled' &&
  state.review?.frozen?.number === alert.meeting &&
  state.review?.frozen?.at === alert.requestedAt;

/** The mail tells the present state: since the alert, the meeting may be cancelled, or no longer the reader's. */
function meeting<Kind extends MeetingKind>(kind: Kind) {
  return (about: About): Content<TemplateOf<Kind>> =>
    (about.alert.appointment === undefined ? ofTeam(kind, about) : dated(kind, about)) as Content<TemplateOf<Kind>>;
}

function ofTeam(kind: MeetingKind, about: About): Content<string> {
  const values = meetingValues(about);
  const nothingToDo = ['nothingToDo'] as const;
  if (about.recipient.addressedAs.startsWith(calendarWords.notTheirs)) {
    return { template: 'meeting-left', values, flags: nothingToDo };
  }
  const { status, because } = meetingAbout(about);
  if (status !== 'called-off') return { template: isOfAgenda(about) ? 'meeting-agenda' : kind, values };
  // The team met at another time, so nothing was cancelled.
  return { template: because === 'held-earlier' ? 'meeting-met' : 'meeting-cancelled', values, flags: nothingToDo };
}
