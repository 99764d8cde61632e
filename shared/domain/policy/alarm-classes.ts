/** How loudly a deadline or an alert calls: the classes of the policy, for the referral as it is now. */

import { toldDeadlines } from '../alerts/alert-duties.ts';
import type { Alert } from '../alerts/alert-state.ts';
import type { Service } from '../core/vocabulary.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import type { Referral } from '../referral.ts';
import {
  type AlarmClass,
  type AlarmRule,
  alarmClasses,
  type Policy,
  type Recipient,
  ruleOf,
  waitsOn,
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

/** The class of this deadline's duty now. */
export const alarmClassOf = (
  deadline: Pick<Deadline, 'rule' | 'subject' | 'settledUnder'>,
  state: { readonly response: Pick<Referral['response'], 'danger'> },
  policy: Policy,
): AlarmClass => classIn(ruleOf(policy, deadline).alarm, state, deadline.subject);

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
