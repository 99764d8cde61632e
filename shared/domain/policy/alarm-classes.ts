/** How loudly a deadline or an alert calls: the classes of the policy, for the referral as it is now. */

import { toldDeadlines } from '../alerts/alert-duties.ts';
import type { Alert } from '../alerts/alert-state.ts';
import type { Service } from '../core/vocabulary.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { hasStopped } from '../deadlines/hard-stop.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { isMissing } from '../missing/absences.ts';
import type { Referral } from '../referral.ts';
import { elapsedFrom } from './due.ts';
import {
  type AlarmClass,
  type AlarmRule,
  alarmClasses,
  type Policy,
  type Recipient,
  ruleOf,
  waitsOn,
  windowRuleOf,
} from './policy.ts';

/** The loudest of these classes; `routine` where there is none. */
export const loudest = (classes: readonly AlarmClass[]): AlarmClass =>
  alarmClasses.find((each) => classes.includes(each)) ?? 'routine';

/** Danger that was not ruled out counts as danger. */
const classIn = (
  { class: usual, inDanger, forSubject }: AlarmRule,
  { response: { danger } }: { readonly response: Pick<Referral['response'], 'danger'> },
  subject?: string,
): AlarmClass => (danger === 'no' ? undefined : inDanger) ?? forSubject?.[subject as Service] ?? usual;

type Duty = Pick<Deadline, 'rule' | 'subject' | 'settledUnder'>;
/** What of a referral decides how loudly its duties call. */
export type Surroundings = Pick<Referral, 'stage' | 'missing'> & {
  readonly response: Pick<Referral['response'], 'danger' | 'childSeen'>;
};

/** The class of a duty of this rule and subject, whether or not it was missed. */
export const usualClassOf = (duty: Duty, state: Pick<Surroundings, 'response'>, policy: Policy): AlarmClass =>
  classIn(ruleOf(policy, duty).alarm, state, duty.subject);

/**
 * Whether doing this missed duty still helps the child. It does while the child is missing, or danger is not ruled out, or
 * evidence can still be taken. Nothing helps after the window of the evidence, or once the referral has ended. Where no one
 * knows when the assault was, the window counts from the report. It never ends for a child who is away, or in danger now
 * and not seen in it. Such danger counts as still with the trafficker (assumed by this project, docs/domain.md#unknown-assault).
 */
export function stillHelps(deadline: Deadline, state: Surroundings, policy: Policy): boolean {
  const { hardStop, raised, start, subject } = deadline;
  if (state.stage !== 'open') return false;
  const window = ruleOf(policy, deadline).hardStop ?? windowRuleOf(policy, subject)?.hardStop;
  const { danger, childSeen } = state.response;
  const wasSeen = childSeen?.sighting === 'seen' && !childSeen.beforeDanger;
  const mayGoOn = isMissing(state) || (danger === 'yes' && !wasSeen);
  const assumed = window === undefined || mayGoOn ? undefined : elapsedFrom(start, window.after);
  const end = hardStop ?? assumed;
  // A checkpoint is raised after the end of the window. So the answer changes with a commit, as all rows of lists do.
  if (end !== undefined) return !raised.some(({ at }) => hasStopped({ hardStop: end }, at));
  return danger !== 'no' || isMissing(state);
}

/**
 * The class of this deadline's duty now. A missed duty of class `now` whose doing helps no child any more is `today`. A duty that
 * finds a missing child has a class of its own once the child is back.
 */
export function alarmClassOf(deadline: Deadline, state: Surroundings, policy: Policy): AlarmClass {
  const { onReturn } = ruleOf(policy, deadline).alarm;
  if (onReturn !== undefined && state.missing.absences.length > 0 && !isMissing(state)) return onReturn;
  const usual = usualClassOf(deadline, state, policy);
  return usual === 'now' && deadline.missed && !stillHelps(deadline, state, policy) ? 'today' : usual;
}

/**
 * Whether pages show this duty in red at `now`, a UTC instant. It is an open duty of class `now`. It is due within the
 * policy's `redWithin`, or past due while doing it still helps the child. Any other missed duty is a line until it is explained.
 */
export const isRed = (deadline: Deadline, state: Surroundings, policy: Policy, now: string): boolean =>
  deadline.status === 'open' &&
  !hasStopped(deadline, now) &&
  alarmClassOf(deadline, state, policy) === 'now' &&
  isRedBy(deadline.due, policy, now) &&
  // No run has raised the due instant yet.
  (deadline.missed || Date.parse(deadline.due) > Date.parse(now) || stillHelps(deadline, state, policy));

/** The same for a row of the board about a duty of class `now`. A missed one that helps no child any more is no such row. */
export const isRedBy = (due: string, { ringing: { redWithin } }: Policy, now: string): boolean =>
  Date.parse(due) <= Date.parse(elapsedFrom(now, redWithin));

/** For an alert without a deadline: the role whose duties it is about, beside those of its recipients. */
const holderOfDuties: Readonly<Partial<Record<Alert['kind'], Recipient>>> = { 'mdt-invited': 'mdt-coordinator' };

/**
 * The open duties that an alert tells of: those it names. An alert that names none tells of the duties of its recipient
 * groups.
 */
export function dutiesTold(alert: Alert, state: Referral, policy: Policy): readonly Deadline[] {
  const { kind, to } = alert;
  const named = toldDeadlines(alert, state);
  if (named.length > 0) return named;
  const own = holderOfDuties[kind];
  const words = own === undefined ? to : [...to, own];
  return openDeadlines(state).filter((deadline) =>
    waitsOn(ruleOf(policy, deadline), state).some((word) => words.includes(word)),
  );
}

/** The services that an alert offers to its people. */
const servicesOffered = ({ kind, people }: Alert, { services: { linkages } }: Referral): readonly Service[] =>
  kind === 'linkage-offered'
    ? Object.values(linkages).flatMap(({ service, contactId, status }) =>
        status === 'offered' && contactId !== undefined && people.includes(contactId) ? [service] : [],
      )
    : [];

/**
 * The class of an alert: that of its kind as news, else the loudest of its duties. News that a referral ended is never
 * `now`.
 */
export function alarmClassOfAlert(alert: Alert, state: Referral, policy: Policy): AlarmClass {
  const asNews = policy.news[alert.kind];
  if (asNews) {
    const offered = servicesOffered(alert, state).map((service) => classIn(asNews, state, service));
    return offered.length > 0 ? loudest(offered) : classIn(asNews, state);
  }
  // The first clocks that are missing may be urgent ones: unknown counts as now.
  const isUnknown = alert.kind === 'referral-opened' && state.pathway.clocksMissing;
  const told = dutiesTold(alert, state, policy).map((deadline) => alarmClassOf(deadline, state, policy));
  if (told.length === 0 && isUnknown) return 'now';
  // Duties that an ended referral still owes ring by themselves.
  return alert.kind === 'referral-ended' && told.includes('now') ? 'today' : loudest(told);
}
