/** Which agreements are in force on a day, what lacks one, and when their keepers are reminded. All of it is pure. */
import { type AgreementRule, agreementRule } from '../../policy/agreement-rules.ts';
import type { Agency, Discipline } from '../core/vocabulary.ts';
import { addDays, newYorkDate, startOfDay } from '../policy/due.ts';
import type { Agreement, AgreementEvent, Reminder } from './agreements.ts';

export const agreementStates = ['not-yet', 'in-force', 'expired', 'ended'] as const;
export type AgreementState = (typeof agreementStates)[number];

type Days = Pick<Agreement, 'signedOn' | 'expiresOn' | 'endedOn'>;

/** Its state on the New York day of `now`, a UTC instant. The last day counts, and the day of an early end does not. */
export function agreementStateAt({ signedOn, expiresOn, endedOn }: Days, now: string): AgreementState {
  const today = newYorkDate(now);
  if (endedOn !== undefined && today >= endedOn) return 'ended';
  if (today < signedOn) return 'not-yet';
  return expiresOn !== undefined && today > expiresOn ? 'expired' : 'in-force';
}

/** The agreements that are in force at `now`, a UTC instant. */
export const agreementsInForce = (agreements: readonly Agreement[], now: string): readonly Agreement[] =>
  agreements.filter((each) => agreementStateAt(each, now) === 'in-force');

/** Why none is in force: none is recorded, or since or until which New York day. */
export type AgreementLack =
  | { readonly state: 'none' }
  | { readonly state: Exclude<AgreementState, 'in-force'>; readonly on: string };

/** Why none of these is in force at `now`. The one that ended last tells it, else the one that begins first. Undefined where one is. */
function lackAmong(agreements: readonly Agreement[], now: string): AgreementLack | undefined {
  const states = agreements.map((each) => ({ ...each, state: agreementStateAt(each, now) }));
  if (states.some(({ state }) => state === 'in-force')) return undefined;
  const past = states.flatMap(({ state, expiresOn, endedOn }) => {
    const on = state === 'expired' ? expiresOn : state === 'ended' ? endedOn : undefined;
    return on === undefined || state === 'in-force' ? [] : [{ state, on }];
  });
  const coming = states.flatMap(({ state, signedOn }) => (state === 'not-yet' ? [{ state, on: signedOn }] : []));
  const byDay = (one: { readonly on: string }, other: { readonly on: string }) => (one.on < other.on ? -1 : 1);
  return past.toSorted(byDay).at(-1) ?? coming.toSorted(byDay)[0] ?? { state: 'none' };
}

/** The agencies whose people hold a seat of a team. The department and invited persons need no agreement of an agency. */
const agenciesOfSeats: Partial<Readonly<Record<Discipline, readonly Agency[]>>> = {
  'states-attorney': ['chief-states-attorney'],
  'law-enforcement': ['local-police', 'state-police'],
  medical: ['hospital'],
  'mental-health': ['mental-health-agency'],
  'forensic-interviewer': ['advocacy-center'],
  'victim-advocate': ['victim-services', 'judicial-branch'],
  'youth-service-bureau': ['youth-service-bureau'],
  'juvenile-probation': ['probation-service', 'judicial-branch'],
  school: ['school-district'],
  'federal-law-enforcement': ['federal-agency'],
};

export interface SeatLack {
  readonly seat: Discipline;
  readonly lack: AgreementLack;
}

/** The seats among these whose agency shares no data with this team under an agreement in force, and why. `now`: a UTC instant. */
export function seatsWithoutAgreement(
  agreements: readonly Agreement[],
  team: string,
  seats: readonly Discipline[],
  now: string,
): readonly SeatLack[] {
  const shared = agreements.filter(
    ({ data, teams }) => data.length > 0 && (teams.length === 0 || teams.includes(team)),
  );
  return seats.flatMap((seat) => {
    const of = agenciesOfSeats[seat];
    const theirs = of && shared.filter((each) => of.some((agency) => each.agencies.includes(agency)));
    const lack = theirs && lackAmong(theirs, now);
    return lack ? [{ seat, lack }] : [];
  });
}

/**
 * Why this provider has no qualified service organization agreement in force (42 CFR 2.11). Undefined where it has one. `now`: a
 * UTC instant.
 */
export const serviceAgreementLack = (
  agreements: readonly Agreement[],
  providerId: string,
  now: string,
): AgreementLack | undefined =>
  lackAmong(
    agreements.filter(
      ({ kind, providers }) => kind === 'qualified-service-organization' && providers.includes(providerId),
    ),
    now,
  );

/** What its keeper sees to: it expired, it expires soon, or its review is due. `on`: that New York day. */
export interface AgreementStep {
  readonly what: 'expired' | 'expires' | 'review';
  readonly on: string;
  readonly agreement: Agreement;
}

/** What keepers see to at `now`, a UTC instant, the first day first. One that ended early asks for nothing. */
export function agreementSteps(
  agreements: readonly Agreement[],
  rule: AgreementRule,
  now: string,
): readonly AgreementStep[] {
  const today = newYorkDate(now);
  const steps = agreements.flatMap((agreement): readonly AgreementStep[] => {
    const { expiresOn, reviewOn } = agreement;
    if (agreementStateAt(agreement, now) === 'ended') return [];
    const isNear = (day: string) => day <= addDays(today, rule.stepFrom);
    return [
      ...(expiresOn !== undefined && isNear(expiresOn)
        ? [{ what: expiresOn < today ? ('expired' as const) : ('expires' as const), on: expiresOn, agreement }]
        : []),
      ...(reviewOn !== undefined && isNear(reviewOn) ? [{ what: 'review' as const, on: reviewOn, agreement }] : []),
    ];
  });
  return steps.toSorted((one, other) => (one.on < other.on ? -1 : 1));
}

interface Reached {
  readonly about: Reminder['about'];
  readonly days: number;
  readonly on: string;
}

/** Every reminder that this agreement will have had by its end, in no order. */
function remindersOf({ expiresOn, reviewOn, endedOn }: Agreement, rule: AgreementRule): readonly Reached[] {
  const ahead = (about: Reached['about'], on: string | undefined, all: readonly number[]): readonly Reached[] =>
    on === undefined ? [] : all.map((days) => ({ about, days, on }));
  return [...ahead('end', expiresOn, rule.daysBeforeEnd), ...ahead('review', reviewOn, rule.daysBeforeReview)].filter(
    // What is ended early asks for nothing on that day or later.
    ({ on, days }) => endedOn === undefined || addDays(on, -days) < endedOn,
  );
}

const dayOf = ({ on, days }: Reached): string => addDays(on, -days);
const isSame = (one: Reached, other: Reached): boolean =>
  one.about === other.about && one.days === other.days && one.on === other.on;

/**
 * The reminder of each subject that counts on this day: the last one reached since the terms were recorded. One that was passed
 * over is not made up for.
 */
function reachedOn(agreement: Agreement, rule: AgreementRule, today: string): readonly Reached[] {
  const recordedOn = newYorkDate(agreement.changed.at);
  const reached = remindersOf(agreement, rule).filter((each) => dayOf(each) <= today && dayOf(each) > recordedOn);
  return (['end', 'review'] as const).flatMap(
    (about) => reached.filter((each) => each.about === about).toSorted((one, other) => one.days - other.days)[0] ?? [],
  );
}

const untold = (agreement: Agreement, rule: AgreementRule, today: string): readonly Reached[] =>
  reachedOn(agreement, rule, today).filter((each) => !agreement.reminders.some((other) => isSame(each, other)));

/** The events of a look at `now`, a UTC instant. A look that comes again adds nothing. */
export const remindersDue = (
  agreements: readonly Agreement[],
  rule: AgreementRule,
  now: string,
): readonly AgreementEvent[] =>
  agreements.flatMap((agreement) =>
    untold(agreement, rule, newYorkDate(now)).map(
      (each): AgreementEvent => ({ type: 'agreement-reminded', v: 1, id: agreement.id, ...each }),
    ),
  );

/**
 * The UTC instant of the first reminder that these agreements wait for. It is in the past where one is due and not told.
 * Undefined where they wait for none. `now`: a UTC instant.
 */
export function nextReminder(agreements: readonly Agreement[], rule: AgreementRule, now: string): string | undefined {
  const today = newYorkDate(now);
  const days = agreements.flatMap((agreement) =>
    [...untold(agreement, rule, today), ...remindersOf(agreement, rule).filter((each) => dayOf(each) > today)].map(
      dayOf,
    ),
  );
  const [first] = days.toSorted();
  // One that is late already is found by this commit itself.
  return first === undefined ? undefined : first <= today ? now : startOfDay(first);
}

/** For which instant the chain of agreements waits next, by the rule of this project. */
export const waitsForDay = (agreements: readonly Agreement[], now: string): string | undefined =>
  nextReminder(agreements, agreementRule, now);

/** The reminders that still tell something: the last one of each subject, of the day that the terms name now. */
export const standingReminders = (agreement: Agreement, rule: AgreementRule): readonly Reminder[] => {
  const asked = remindersOf(agreement, rule);
  const standing = agreement.reminders.filter((told) => asked.some((each) => isSame(each, told)));
  return standing.filter((told) => !standing.some((other) => other.about === told.about && other.days < told.days));
};
