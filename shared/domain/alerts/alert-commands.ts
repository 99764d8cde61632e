/** What a person does about an alert that its mail does not settle. */
import * as z from 'zod';
import { actAt, anyStage, command } from '../core/command.ts';
import type { Draft } from '../core/draft.ts';
import { actInstant, idInput } from '../core/fields.ts';
import type { Person } from '../core/person.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { staff } from '../core/role-groups.ts';
import { everyDiscipline, roles } from '../core/vocabulary.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { formatInstant } from '../policy/due.ts';
import type { Referral } from '../referral.ts';
import { isOfThisRound, isRinging, tellFormerHolder } from './alarms.ts';
import { isAcknowledgedFor, isOneLine, linesAnsweredBy, linesAsked, ownLines } from './alert-lines.ts';
import type { Alert } from './alert-state.ts';
import { mayAnswer } from './answering.ts';

/** The lines that this person may record a call with: those they answer for and, for who convenes a team, its seats. */
function linesToCall(person: Person, alert: Alert, state: Referral): readonly string[] {
  const convenes = person.roles.includes('mdt-coordinator');
  const seats = convenes ? linesAsked(alert, state).filter((line) => /^seats?\b/.test(line)) : [];
  return [...new Set([...linesAnsweredBy(person, alert, state), ...seats])];
}

/** Those of them, a line each, for which nobody has acknowledged it yet. */
export const linesLeftToCall = (person: Person, alert: Alert, state: Referral): readonly string[] =>
  linesToCall(person, alert, state).filter((line) => !isAcknowledgedFor(line, alert) && isOneLine(line, state));

/**
 * Whom a call was with where nobody says it: the only line there is to call, or the only one that mail does not reach, beside who
 * records it. Undefined where it may have been any of several: of a call with one of them the others heard nothing.
 */
function linesCalled(person: Person, alert: Alert, state: Referral): readonly string[] | undefined {
  const left = linesLeftToCall(person, alert, state);
  const { unreachedLines = [] } = alert;
  const silent = left.filter((line) => unreachedLines.includes(line));
  const own = ownLines(person, alert, state);
  if (silent.length > 1) return undefined;
  if (silent.length === 1 || left.length <= 1) return [...own, ...(silent.length === 1 ? silent : left)];
  return own.length > 0 ? own : undefined;
}

/** Of two who answer at once the first has the child, and the second hears it. */
function nothingRings(asked: readonly Deadline[], { id }: Person): Refusal {
  const answers = asked.flatMap(({ status, ring }) => (status === 'open' && ring?.answeredBy ? [ring] : []));
  const own = answers.find(({ answeredBy }) => answeredBy === id);
  const [first] = answers;
  if (own)
    return refuse(
      'answered-already',
      `You have this child already, since ${formatInstant(own.answeredAt ?? own.since)}. No one else is called.`,
    );
  return first
    ? refuse(
        'answered-already',
        `Another person has this child since ${formatInstant(first.answeredAt ?? first.since)}. The page says who: call them if you can help, or take it over there.`,
      )
    : refuse('nothing-rings', 'No alarm rings here: its duty is done, or no person has to be called yet.');
}

const notTheirs = refuse(
  'not-to-you',
  'This alarm is not yours to answer: it is for the people it calls, and for those who supervise them.',
);

/** Another person has the child from now on, and the one who had it is told. */
function takeOver(
  draft: Draft,
  deadline: Deadline | undefined,
  insteadOf: string,
  person: Person,
): Refusal | undefined {
  if (!deadline) return refuse('which-duty', 'Give in "deadlineId" the duty that you take over.');
  if (insteadOf === person.id) return nothingRings([deadline], person);
  if (deadline.status !== 'open' || deadline.ring?.answeredBy !== insteadOf) {
    return refuse(
      'holder-changed',
      'The person named in "insteadOf" does not have this child now. Look again: the page says who has it.',
    );
  }
  if (!mayAnswer(deadline, person, draft.state(), draft.context.policy)) return notTheirs;
  draft.add('alarm-answered', { deadlineId: deadline.id, insteadOf });
  tellFormerHolder(draft, deadline.id, insteadOf);
  return undefined;
}

/** Who acknowledges a call, or records that one was reached by telephone, answers the alarm. */
export function answerCall(draft: Draft, alert: Alert): void {
  if (alert.checkpoint === 'ring' && isOfThisRound(alert, draft.state()))
    draft.add('alarm-answered', { deadlineId: alert.deadlineId ?? '' });
}

export const alertCommands = {
  'record-alert-call': command({
    title: 'Record a telephone call that settles an alert',
    inEmergency: 'allowed',
    // Members and providers answer for themselves; who telephones them is of the department or convenes the team.
    roles: roles.filter((role) => !['administrator', 'auditor', 'mdt-member', 'provider'].includes(role)),
    stages: ['open', 'closed', 'withdrawn', 'attached'],
    /** `line` or, of a seat, `discipline`: whom the call was with, where the alert was for several. */
    input: z.strictObject({
      alertId: idInput(),
      at: actInstant(),
      discipline: z.enum(everyDiscipline).optional(),
      line: z
        .string()
        .regex(/^[A-Za-z0-9.:-]{1,80}$/, 'Give a word of the alert, such as hart-lead or seat:medical.')
        .optional(),
    }),
    decide(draft, { alertId, at: given, discipline, line }, person) {
      const state = draft.state();
      const alert = state.alerts[alertId];
      if (!alert)
        return refuse('no-such-alert', 'This referral has no alert of this id: take it from the page or the mail.');
      const callable = linesToCall(person, alert, state);
      if (callable.length === 0) {
        return refuse(
          'not-to-you',
          'This alert was not to you: somebody it was sent to, or a supervisor, records the call.',
        );
      }
      const at = actAt(draft, given);
      if (isRefusal(at)) return at;
      if (discipline !== undefined && !callable.includes(`seat:${discipline}`))
        return refuse(
          'not-that-seat',
          'The field discipline names a seat that this alert does not ask, or not of you.',
        );
      if (line !== undefined && !callable.includes(line))
        return refuse('not-that-line', 'The field line names somebody whom this alert does not ask, or not of you.');
      const said = [discipline === undefined ? [] : `seat:${discipline}`, line ?? []].flat();
      const told = said.length > 0 ? said : linesCalled(person, alert, state);
      if (told === undefined)
        return refuse('which-line', `Say in the field line whom the call was with: one of ${callable.join(', ')}.`);
      const lines = [...new Set(told)].filter((each) => !isAcknowledgedFor(each, alert));
      if (lines.length > 0 || alert.acknowledgedBy === undefined)
        draft.add('alert-acknowledged', { alertId, calledAt: at, lines });
      answerCall(draft, alert);
      return undefined;
    },
  }),
  'answer-alarm': command({
    title: 'I have this child',
    inEmergency: 'allowed',
    note: 'You take it on, and no one else is called. Without `deadlineId` you answer every alarm of this referral that is yours. With `insteadOf` you take one over from the person who has it, who is told.',
    roles: staff,
    stages: anyStage,
    /** `insteadOf`: the id of the person who has the child now, to take it over from them. */
    input: z.strictObject({ deadlineId: idInput().optional(), insteadOf: idInput().optional() }),
    decide(draft, { deadlineId, insteadOf }, person) {
      const state = draft.state();
      const { policy } = draft.context;
      const named = deadlineId === undefined ? undefined : state.deadlines[deadlineId];
      if (deadlineId !== undefined && !named)
        return refuse('no-such-deadline', 'The field deadlineId names no deadline of this referral.');
      if (insteadOf !== undefined) return takeOver(draft, named, insteadOf, person);
      const asked = named ? [named] : openDeadlines(state);
      const ringing = asked.filter(isRinging);
      if (ringing.length === 0) return nothingRings(asked, person);
      const theirs = ringing.filter((deadline) => mayAnswer(deadline, person, state, policy));
      if (theirs.length === 0) return notTheirs;
      for (const { id } of theirs) draft.add('alarm-answered', { deadlineId: id });
      return undefined;
    },
  }),
};
