/** How loudly a deadline or an alert calls: the classes of the policy, for the referral as it is now. */

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

/** The louder of these; `routine` of none. */
export const loudest = (classes: readonly AlarmClass[]): AlarmClass =>
  alarmClasses.find((each) => classes.includes(each)) ?? 'routine';

/** Danger that no one has ruled out is danger. */
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

/** Whose duties an alert is about that names none, beside those of the words it is to. */
const dutiesOf: Readonly<Partial<Record<Alert['kind'], Recipient>>> = { 'mdt-invited': 'mdt-coordinator' };

/**
 * The open duties that an alert tells of: the one it names; of one that the referral ended, all; of one that names none, those of the
 * people it is to. Its recipients are read by their words.
 */
export function dutiesTold({ kind, deadlineId, to }: Alert, state: Referral, policy: Policy): readonly Deadline[] {
  const named = deadlineId === undefined ? undefined : state.deadlines[deadlineId];
  if (named) return [named];
  if (kind === 'referral-ended') return openDeadlines(state);
  const own = dutiesOf[kind];
  const words = own === undefined ? to : [...to, own];
  return openDeadlines(state).filter((deadline) =>
    waitsOn(ruleOf(policy, deadline), state).some((word) => words.includes(word)),
  );
}

/** The class of an alert: of its kind as news; else the loudest of the duties it tells of. That a referral ended is never `now`. */
export function alarmClassOfAlert(alert: Alert, state: Referral, policy: Policy): AlarmClass {
  const asNews = policy.news[alert.kind];
  if (asNews) return classIn(asNews, state);
  const told = dutiesTold(alert, state, policy).map((deadline) => alarmClassOf(deadline, state, policy));
  // What is still owed of a referral that ended rings by itself.
  return alert.kind === 'referral-ended' && told.includes('now') ? 'today' : loudest(told);
}
