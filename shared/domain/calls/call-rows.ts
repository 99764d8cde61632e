/** The duties that call now, for the head of the queue, and those for which no one has answered, for the head of every page. */

import { calledNow, isRinging, nextRing } from '../alerts/alarms.ts';
import { reachesNobody } from '../alerts/unreached-rows.ts';
import type { BoardRow } from '../board/board-row.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { alarmClassOfAlert } from '../policy/alarm-classes.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { hasConflict } from '../team/seats.ts';
import { dutiesNow, holderOf } from './calls.ts';

/** The board's list of duties that call now and that no person has, the one due first at the top. */
export const callQueue = 'calls';
/** The board's list of duties for which everyone in line was called without an answer, or whose alert reaches no one. */
export const unansweredQueue = 'unanswered';
/** The owners under which these stand for each person whom a seal names. */
export const callOwner = (personId: string): string => `calls#${personId}`;
export const unansweredOwner = (personId: string): string => `unanswered#${personId}`;

/** Whether everyone in line was called about a duty that rings, and no one has answered. */
export function hasRungThrough(
  deadline: Deadline,
  state: { readonly response: Pick<Referral['response'], 'liaison'> },
  policy: Policy,
): boolean {
  const { to } = calledNow(deadline, state, policy);
  return isRinging(deadline) && policy.afterEscalation.every((role) => to.includes(role));
}

/** Whether an alert about this duty, or one that the referral was opened, reaches no one. */
const isUnreached = ({ id }: Deadline, state: Referral, policy: Policy): boolean =>
  Object.values(state.alerts).some(
    (alert) =>
      alert.deadlineId === id && alarmClassOfAlert(alert, state, policy) === 'now' && reachesNobody(alert, state),
  );

const inTime = (instants: readonly string[]): readonly string[] =>
  instants.toSorted((one, other) => Date.parse(one) - Date.parse(other));

/** When people were called last about these duties, and when they are called next: UTC instants. Of one that a person has, neither. */
function timesOf(duties: readonly Deadline[], state: Referral, policy: Policy) {
  const calling = duties.filter((deadline) => holderOf(deadline, state) === undefined);
  const calledAt = inTime(calling.flatMap(({ ring }) => ring?.rangAt ?? [])).at(-1);
  const callsAt = inTime(calling.flatMap((deadline) => nextRing(deadline, state, policy) ?? []))[0];
  return { ...(calledAt !== undefined && { calledAt }), ...(callsAt !== undefined && { callsAt }) };
}

/** The same of all duties of a referral that call now. */
export const callTimes = (state: Referral, policy: Policy): Pick<BoardRow, 'calledAt' | 'callsAt'> =>
  timesOf(dutiesNow(state, policy), state, policy);

type Row = Omit<BoardRow, 'referralId' | 'seq' | 'stage' | 'missed' | 'open'> & Pick<BoardRow, 'missed'>;

/**
 * A row for each open duty of class now that no person has and, in the other list, where no one has answered; one that a person has comes
 * without its list. Of a sealed referral each stands under the people it names, and in no list.
 */
export function callRows(state: Referral, policy: Policy): readonly Row[] {
  const named = state.access.seal?.people.filter((each) => !hasConflict(state, each));
  return dutiesNow(state, policy).flatMap((deadline) => {
    const isOpen = holderOf(deadline, state) === undefined;
    const times = timesOf([deadline], state, policy);
    const common = {
      due: deadline.due,
      deadlineId: deadline.id,
      rule: deadline.rule,
      missed: deadline.missed ? 1 : 0,
      ...(deadline.subject !== undefined && { subject: deadline.subject }),
    };
    const rows = (kind: 'call' | 'unanswered', isListed: boolean, queue: string, owner: (id: string) => string) =>
      named === undefined
        ? [{ ...common, kind, id: deadline.id, ...(isListed && { queue }), ...(kind === 'call' && times) }]
        : named.map((person) => ({
            ...common,
            kind,
            id: `${deadline.id}#${person}`,
            ...(isListed && { owner: owner(person) }),
          }));
    const isUnanswered = isOpen && (hasRungThrough(deadline, state, policy) || isUnreached(deadline, state, policy));
    return [
      ...rows('call', isOpen, callQueue, callOwner),
      ...rows('unanswered', isUnanswered, unansweredQueue, unansweredOwner),
    ];
  });
}
