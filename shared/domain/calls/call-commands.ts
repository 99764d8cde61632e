/** What a person records of a telephone call about a duty that calls now. */

import * as z from 'zod';
import { isShutTo } from '../access/seal.ts';
import { isRinging } from '../alerts/alarms.ts';
import { isAbout } from '../alerts/alert-duties.ts';
import { mayAnswer } from '../alerts/answering.ts';
import { isCall, ringingFor } from '../alerts/call-rounds.ts';
import { callAgain } from '../alerts/calling.ts';
import { isAcknowledgedFor } from '../alerts/recipient-groups.ts';
import { actAt, command, stillOwed, unknownAgency } from '../core/command.ts';
import type { Lookups } from '../core/command-lookups.ts';
import type { Decision } from '../core/decision.ts';
import { actInstant, freeText, idInput } from '../core/fields.ts';
import type { Person } from '../core/person.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { staff } from '../core/role-groups.ts';
import type { Role } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { type Policy, ruleOf } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';
import { hasConflict } from '../team/seats.ts';
import { callResults } from './call-events.ts';
import { dutiesByPhone, holderOf, isForAgency, mayCall, policeNoticeOf } from './calls.ts';

/**
 * Acknowledges the mail about this duty and about the new referral for the roles of the person who was reached. A call
 * that also told them of another duty stays, while that duty rings.
 */
function acknowledgeMail(decision: Decision, deadline: Deadline, roles: readonly Role[], calledAt: string): void {
  for (const alert of Object.values(decision.state().alerts)) {
    if (!isAbout(alert, deadline.id) && alert.kind !== 'referral-opened') continue;
    const rings = (role: Role) => isCall(alert) && ringingFor(alert, [role], decision.state()).length > 0;
    const groups = roles.filter((role) => alert.to.includes(role) && !isAcknowledgedFor(role, alert) && !rings(role));
    if (groups.length > 0) decision.add('alert-acknowledged', { alertId: alert.id, calledAt, groups });
  }
}

/** Why this call cannot be recorded for the duty, judged by the callee. */
function wrongCallee(
  decision: Decision,
  deadline: Deadline,
  callee: { readonly personId?: string | undefined; readonly agencyId?: string | undefined; readonly callerId: string },
  looked: Lookups['callee'],
): Refusal | undefined {
  const { personId, agencyId, callerId } = callee;
  if ((personId === undefined) === (agencyId === undefined)) return refuse('which-callee');
  if (agencyId !== undefined) {
    return isForAgency(ruleOf(decision.context.policy, deadline))
      ? unknownAgency(agencyId, looked)
      : refuse('agency-not-asked');
  }
  const state = decision.state();
  if (personId === callerId) return refuse('call-with-yourself');
  // A person outside the seal gets the same answer as one missing from the directory.
  if (!looked.isKnown || isShutTo(state, personId ?? '')) return refuse('no-such-person/call');
  return hasConflict(state, personId ?? '') ? refuse('conflict-of-interest') : undefined;
}

/**
 * Why reaching this callee ends no alarm. The call task does not list them now, and they may not answer it themselves.
 * After a call to an agency that it does not list, the caller must be a person who may answer.
 */
function notTheirs(
  decision: Decision,
  deadline: Deadline,
  { personId }: { readonly personId?: string | undefined },
  caller: Person,
  { isListed, roles }: Lookups['callee'],
): Refusal | undefined {
  const holder = personId === undefined ? caller : { id: personId, roles };
  return isListed || mayAnswer(deadline, holder, decision.state(), decision.context.policy)
    ? undefined
    : refuse('not-in-line');
}

/** One call that reached the police tells of every notice to them that the caller may call about. */
function toldByCall(deadline: Deadline, roles: readonly Role[], state: Referral, policy: Policy): readonly Deadline[] {
  const isNotice = (each: Deadline) => policeNoticeOf(ruleOf(policy, each)) !== undefined;
  const others = !isNotice(deadline)
    ? []
    : dutiesByPhone(state, policy).filter(
        (each) => each.id !== deadline.id && isNotice(each) && mayCall(roles, each, state, policy),
      );
  return [deadline, ...others];
}

const settled: Readonly<Record<Exclude<Deadline['status'], 'open'>, string>> = {
  kept: 'is done',
  'missed-closed': 'was closed as missed',
  'not-applicable': 'does not apply any more',
  ended: 'has ended',
};

export const callCommands = {
  'record-call': command({
    title: 'Record a call about an urgent duty',
    inEmergency: 'allowed',
    note: 'With "calling" others see that you are on the telephone. With "reached" you say that this person has it. It acknowledges their mail. It counts only for people who are called about the duty. A notice to the police or to NCMEC is still recorded by itself.',
    roles: staff,
    stages: stillOwed,
    /** `personId` or, for police and NCMEC, `agencyId`: the callee. */
    input: z.strictObject({
      deadlineId: idInput(),
      personId: idInput().optional(),
      agencyId: idInput().optional(),
      result: z.enum(callResults),
      notes: freeText('callResults').optional(),
      at: actInstant(),
    }),
    needs: 'callee',
    decide(decision, { deadlineId, personId, agencyId, result, notes, ...input }, person, { callee }) {
      const { policy } = decision.context;
      const before = decision.state();
      const deadline = before.deadlines[deadlineId];
      if (!deadline) return refuse('no-such-deadline/call');
      if (!mayCall(person.roles, deadline, decision.state(), policy)) {
        return refuse('not-your-duty');
      }
      if (deadline.status !== 'open') return refuse('duty-settled', { status: settled[deadline.status] });
      const wrong =
        wrongCallee(decision, deadline, { personId, agencyId, callerId: person.id }, callee) ??
        (result === 'reached' ? notTheirs(decision, deadline, { personId }, person, callee) : undefined);
      if (wrong) return wrong;
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      decision.add('call-recorded', {
        deadlineId,
        result,
        at,
        ...whereKnown({ personId, agencyId, notes }),
      });
      // A holder who does not answer has the child no more.
      if (result === 'no-answer' && personId !== undefined && holderOf(deadline, before)?.id === personId)
        callAgain(decision, deadline, 'does-not-answer', personId);
      if (result !== 'reached') return undefined;
      // The person who was reached has the child. After a call to an agency, the caller has.
      for (const told of toldByCall(deadline, person.roles, before, policy))
        if (isRinging(told) || !told.ring)
          decision.add('alarm-answered', { deadlineId: told.id, ...whereKnown({ personId }) });
      acknowledgeMail(decision, deadline, callee.roles, at);
      return undefined;
    },
  }),
};
