/** How loudly a deadline or an alert calls: the classes of the policy, for the referral as it is now. */
import { type AlarmClass, type AlarmRule, alarmClasses, type Policy, ruleOf } from './policy.ts';
import { type Alert, type Deadline, openDeadlines, type Referral } from './referral.ts';
import type { Service } from './vocabulary.ts';

/** The louder of these; `routine` of none. */
export const loudest = (classes: readonly AlarmClass[]): AlarmClass =>
  alarmClasses.find((each) => classes.includes(each)) ?? 'routine';

/** Danger that no one has ruled out is danger. */
const classIn = (
  { class: usual, inDanger, forSubject }: AlarmRule,
  { danger }: Pick<Referral, 'danger'>,
  subject?: string,
): AlarmClass => (danger === 'no' ? undefined : inDanger) ?? forSubject?.[subject as Service] ?? usual;

/** The class of this deadline's duty now. */
export const alarmClassOf = (
  deadline: Pick<Deadline, 'rule' | 'subject' | 'settledUnder'>,
  state: Pick<Referral, 'danger'>,
  policy: Policy,
): AlarmClass => classIn(ruleOf(policy, deadline).alarm, state, deadline.subject);

/**
 * The class of an alert: of the deadline it names; else of its kind as news; else the loudest of the open deadlines of those it is
 * to. Its recipients are read by their words.
 */
export function alarmClassOfAlert(alert: Alert, state: Referral, policy: Policy): AlarmClass {
  const { kind, deadlineId, to } = alert;
  const named = deadlineId === undefined ? undefined : state.deadlines[deadlineId];
  if (named) return alarmClassOf(named, state, policy);
  const asNews = policy.news[kind];
  if (asNews) return classIn(asNews, state);
  const theirs = openDeadlines(state).filter((deadline) =>
    ruleOf(policy, deadline).alert.some((word) => to.includes(word)),
  );
  return loudest(theirs.map((deadline) => alarmClassOf(deadline, state, policy)));
}
