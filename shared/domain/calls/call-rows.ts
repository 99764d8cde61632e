/** Rows of duties that call now, for the head of the queue. Rows of unanswered duties, for the head of every page. */

import { nextRing } from '../alerts/alarms.ts';
import { isAbout } from '../alerts/alert-duties.ts';
import { hasRungThrough } from '../alerts/call-line.ts';
import { toldIn } from '../alerts/call-rounds.ts';
import { groupsToTelephone } from '../alerts/unreached-rows.ts';
import type { BoardRow } from '../board/board-row.ts';
import { whereKnown } from '../core/where-known.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { alarmClassOfAlert } from '../policy/alarm-classes.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { hasConflict } from '../team/seats.ts';
import { dutiesNow, holderOf } from './calls.ts';

/** The board's list of duties that call now and have no holder. The one due first is at the top. */
export const callQueue = 'calls';
/** The board's list of duties whose whole line was called without an answer, or whose alert is unreachable. */
export const unansweredQueue = 'unanswered';
/** The owner of the calls of one person named by a seal. */
export const callOwner = (personId: string): string => `calls#${personId}`;
/** The owner of the calls that one person is handling, sealed ones too. No interface lists them. */
export const handlerOwner = (personId: string): string => `handles#${personId}`;
export const unansweredOwner = (personId: string): string => `unanswered#${personId}`;

/** Whether an alert about this duty, or about the opening of the referral, is unreachable. */
const isUnreached = ({ id }: Deadline, state: Referral, policy: Policy): boolean =>
  Object.values(state.alerts).some(
    (alert) =>
      isAbout(alert, id) &&
      alarmClassOfAlert(alert, state, policy) === 'now' &&
      groupsToTelephone(alert, state).some((group) => toldIn(alert, [group]).includes(id)),
  );

const inTime = (instants: readonly string[]): readonly string[] =>
  instants.toSorted((one, other) => Date.parse(one) - Date.parse(other));

/**
 * When people were called last about these duties, and when they are called next: UTC instants. A duty with a holder
 * has neither.
 */
function timesOf(duties: readonly Deadline[], state: Referral, policy: Policy) {
  const calling = duties.filter((deadline) => holderOf(deadline, state) === undefined);
  const calledAt = inTime(calling.flatMap(({ ring }) => ring?.rangAt ?? [])).at(-1);
  const callsAt = inTime(calling.flatMap((deadline) => nextRing(deadline, state, policy) ?? []))[0];
  return { ...whereKnown({ calledAt, callsAt }) };
}

/** The same for all duties of a referral that call now. */
export const callTimes = (state: Referral, policy: Policy): Pick<BoardRow, 'calledAt' | 'callsAt'> =>
  timesOf(dutiesNow(state, policy), state, policy);

type Row = Omit<BoardRow, 'referralId' | 'seq' | 'stage' | 'missed' | 'open'> & Pick<BoardRow, 'missed'>;

/**
 * A row for each open duty of class now. Unanswered duties have a row in the other list. A duty with a holder is in neither, and
 * stands under its holder. In a sealed referral, each row stands under the people it names, and in no list.
 */
export function callRows(state: Referral, policy: Policy): readonly Row[] {
  const named = state.access.seal?.people.filter((each) => !hasConflict(state, each));
  return dutiesNow(state, policy).flatMap((deadline) => {
    const holder = holderOf(deadline, state);
    const isOpen = holder === undefined;
    const times = timesOf([deadline], state, policy);
    const common = {
      due: deadline.due,
      deadlineId: deadline.id,
      rule: deadline.rule,
      missed: deadline.missed ? 1 : 0,
      ...whereKnown({ subject: deadline.subject }),
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
    const held = holder && { owner: handlerOwner(holder.id) };
    return [
      ...rows('call', isOpen, callQueue, callOwner).map((row) => ({ ...row, ...held })),
      ...rows('unanswered', isUnanswered, unansweredQueue, unansweredOwner),
    ];
  });
}
