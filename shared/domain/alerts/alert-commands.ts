/** What a person does about an alert that its mail does not settle. */
import * as z from 'zod';
import { actAt, anyStage, command } from '../core/command.ts';
import type { Decision } from '../core/decision.ts';
import { actInstant, idInput } from '../core/fields.ts';
import type { Person } from '../core/person.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { staff } from '../core/role-groups.ts';
import { everyDiscipline, rolesOfWork } from '../core/vocabulary.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { formatInstant } from '../policy/due.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';
import { isRinging } from './alarms.ts';
import type { Alert } from './alert-state.ts';
import { answeredWith, calledAbout, mayAnswer } from './answering.ts';
import { isCall, ringingFor } from './call-rounds.ts';
import { tellFormerHolder } from './calling.ts';
import { groupsAnsweredBy, groupsAsked, isAcknowledgedFor, isOneGroup, ownGroups } from './recipient-groups.ts';

/**
 * The recipient groups that this person may record a call with: those they answer for. A person who convenes a team may
 * also record calls with its seats.
 */
function groupsToCall(person: Person, alert: Alert, state: Referral): readonly string[] {
  const convenes = person.roles.includes('mdt-coordinator');
  const seats = convenes ? groupsAsked(alert, state).filter((group) => /^seats?\b/.test(group)) : [];
  return [...new Set([...groupsAnsweredBy(person, alert, state), ...seats])];
}

/** Those recipient groups, one by one, that have not acknowledged the alert yet. */
export const groupsLeftToCall = (person: Person, alert: Alert, state: Referral): readonly string[] =>
  groupsToCall(person, alert, state).filter((group) => !isAcknowledgedFor(group, alert) && isOneGroup(group, state));

/**
 * Which recipient groups a call was with, where the person does not say: the caller's own and one other. The other is
 * the only one left to call, or the only one that mail does not reach. Undefined where several are possible: a call
 * with one of them tells the others nothing.
 */
function groupsCalled(person: Person, alert: Alert, state: Referral): readonly string[] | undefined {
  const left = groupsLeftToCall(person, alert, state);
  const { unreachedGroups = [] } = alert;
  const silent = left.filter((group) => unreachedGroups.includes(group));
  const own = ownGroups(person, alert, state);
  if (silent.length > 1) return undefined;
  if (silent.length === 1 || left.length <= 1) return [...own, ...(silent.length === 1 ? silent : left)];
  return own.length > 0 ? own : undefined;
}

/**
 * Why no alarm can be answered here. Of two people who answer at once, the first has the child, and the second is told
 * so.
 */
function nothingRings(asked: readonly Deadline[], { id }: Person): Refusal {
  const answers = asked.flatMap(({ status, ring }) => (status === 'open' && ring?.answered ? [ring.answered] : []));
  const own = answers.find(({ by }) => by === id);
  const [first] = answers;
  if (own) return refuse('answered-already/yourself', { at: formatInstant(own.at) });
  return first ? refuse('answered-already/another', { at: formatInstant(first.at) }) : refuse('nothing-rings');
}

const notTheirs = () => refuse('not-to-you/alarm');

/** Another person has the child from now on. The former holder is told. */
function takeOver(
  decision: Decision,
  deadline: Deadline | undefined,
  insteadOf: string,
  person: Person,
): Refusal | undefined {
  if (!deadline) return refuse('which-duty');
  if (insteadOf === person.id) return nothingRings([deadline], person);
  if (deadline.status !== 'open' || deadline.ring?.answered?.by !== insteadOf) {
    return refuse('holder-changed');
  }
  if (!mayAnswer(deadline, person, decision.state(), decision.context.policy)) return notTheirs();
  decision.add('alarm-answered', { deadlineId: deadline.id, insteadOf });
  tellFormerHolder(decision, deadline.id, insteadOf);
  return undefined;
}

/**
 * Answers the alarms of a call that a person acknowledged, or that was recorded as a telephone call. It answers those
 * that these recipient groups were called about, and no other.
 */
export function answerCall(decision: Decision, alert: Alert, groups: readonly string[]): void {
  if (!isCall(alert)) return;
  for (const { id: deadlineId } of ringingFor(alert, groups, decision.state()))
    decision.add('alarm-answered', { deadlineId });
}

export const alertCommands = {
  'record-alert-call': command({
    title: 'Record that you called the person about an alert',
    inEmergency: 'allowed',
    // Members and providers answer for themselves. Staff of the department and people who convene the team telephone
    // them.
    roles: rolesOfWork.filter((role) => !['administrator', 'auditor', 'mdt-member', 'provider'].includes(role)),
    stages: ['open', 'closed', 'withdrawn', 'merged'],
    /**
     * `group`, or `discipline` for a seat: which recipient group the call was with, where the alert was for several.
     */
    input: z.strictObject({
      alertId: idInput(),
      at: actInstant(),
      discipline: z.enum(everyDiscipline).optional(),
      group: z
        .string()
        .regex(/^[A-Za-z0-9.:-]{1,80}$/, 'Give a recipient group of the alert, such as hart-lead or seat:medical.')
        .optional(),
    }),
    decide(decision, { alertId, at: given, discipline, group }, person) {
      const state = decision.state();
      const alert = state.alerts[alertId];
      if (!alert) return refuse('no-such-alert/call');
      const callable = groupsToCall(person, alert, state);
      if (callable.length === 0) {
        return refuse('not-to-you/call');
      }
      const at = actAt(decision, given);
      if (isRefusal(at)) return at;
      if (discipline !== undefined && !callable.includes(`seat:${discipline}`)) return refuse('not-that-seat');
      if (group !== undefined && !callable.includes(group)) return refuse('not-that-group');
      const said = [discipline === undefined ? [] : `seat:${discipline}`, group ?? []].flat();
      const told = said.length > 0 ? said : groupsCalled(person, alert, state);
      if (told === undefined) return refuse('which-group', { callable: callable.join(', ') });
      const groups = [...new Set(told)].filter((each) => !isAcknowledgedFor(each, alert));
      if (groups.length > 0 || alert.acknowledgedBy === undefined)
        decision.add('alert-acknowledged', { alertId, calledAt: at, groups });
      answerCall(decision, alert, told);
      return undefined;
    },
  }),
  'answer-alarm': command({
    title: "I'm handling this",
    inEmergency: 'allowed',
    note: 'You take it on, and no one else is called. It answers all that you were called about. Were you called about none? Then it answers every alarm that you may answer, or the one that you choose. To take a duty over, choose it and the person who has it: we tell them.',
    roles: staff,
    stages: anyStage,
    /** `insteadOf`: the id of the person who is handling it now, to take over from them. */
    input: z.strictObject({ deadlineId: idInput().optional(), insteadOf: idInput().optional() }),
    decide(decision, { deadlineId, insteadOf }, person) {
      const state = decision.state();
      const { policy } = decision.context;
      const named = deadlineId === undefined ? undefined : state.deadlines[deadlineId];
      if (deadlineId !== undefined && !named) return refuse('no-such-deadline/field');
      if (insteadOf !== undefined) return takeOver(decision, named, insteadOf, person);
      const asked = named ? [named] : openDeadlines(state);
      if (!asked.some(isRinging)) return nothingRings(asked, person);
      const ringing = openDeadlines(state).filter(isRinging);
      const theirs = ringing.filter((deadline) => mayAnswer(deadline, person, state, policy));
      if (named ? !theirs.includes(named) : theirs.length === 0) return notTheirs();
      const answered = answeredWith(theirs, named, calledAbout(person, state));
      for (const { id } of answered) decision.add('alarm-answered', { deadlineId: id });
      return undefined;
    },
  }),
};
