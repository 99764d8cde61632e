/** What a team agrees that its seats do. Each task has a clock, so that an overdue one escalates like any duty. */
import { isTaskClock, taskRuleOf } from '../../policy/review-rules.ts';
import type { Decision } from '../core/decision.ts';
import type { Person } from '../core/person.ts';
import type { Refusal } from '../core/refusal.ts';
import { teamLeaders } from '../core/role-groups.ts';
import type { AgreedTask, Discipline } from '../core/vocabulary.ts';
import { openDeadline } from '../deadlines/deadlines.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { addDays, newYorkDate } from '../policy/due.ts';
import { ruleIn } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';
import { isHolder } from '../team/seats.ts';
import { noReview, openTasks, type Task } from './review-state.ts';

/** A task as it was entered. Without a day it is due after the time that its rule gives. */
export interface AgreedNow {
  readonly task: AgreedTask;
  readonly owner: Discipline;
  readonly by?: string | undefined;
}

const day = 86_400_000;
/** A later day is a typing error. */
const furthest = 183;

/** Why these tasks cannot be agreed at a meeting, a UTC instant. */
export function unfitTasks({ team }: Referral, tasks: readonly AgreedNow[], at: string): Refusal | undefined {
  const met = newYorkDate(at);
  if (new Set(tasks.map(({ task }) => task)).size < tasks.length) return refuse('task-twice');
  const uninvited = tasks.filter(({ owner }) => !team.seats.some(({ discipline }) => discipline === owner));
  if (uninvited.length > 0) {
    return refuse('no-seat-for-task', { uninvited: uninvited.map(({ owner }) => owner).join(', ') });
  }
  if (tasks.some(({ by }) => by !== undefined && by <= met)) return refuse('in-the-past/task');
  if (tasks.some(({ by }) => by !== undefined && by > addDays(met, furthest))) return refuse('too-far-ahead/task');
  return undefined;
}

/** The open tasks that this person may end: those of their seats. Leaders of the team may end all. */
export function tasksFor({ review = noReview, team }: Referral, person: Person): readonly Task[] {
  const leads = person.roles.some((role) => teamLeaders.includes(role));
  const holds = (owner: Discipline) =>
    team.seats.some((seat) => seat.discipline === owner && isHolder(seat, person.id));
  return openTasks(review).filter(({ owner }) => leads || holds(owner));
}

/** Ends the clock of a task without an act. */
export function endTaskClock(decision: Decision, task: AgreedTask): void {
  for (const { id, rule, subject } of openDeadlines(decision.state())) {
    if (isTaskClock(rule) && subject === task) {
      decision.add('deadline-ended', { deadlineId: id, because: 'superseded' });
    }
  }
}

/**
 * Gives a task to its seat, and starts its clock at the meeting. It is due on the named day, at the hour of the meeting. A
 * task of the same name that is still open goes to this seat from now on.
 */
export function agreeTask(decision: Decision, { task, owner, by }: AgreedNow, at: string): void {
  const rule = taskRuleOf(owner);
  const duration =
    by === undefined
      ? ruleIn(decision.context.policy, rule).duration
      : ({
          unit: 'calendar-days',
          amount: Math.round((Date.parse(by) - Date.parse(newYorkDate(at))) / day),
        } as const);
  endTaskClock(decision, task);
  openDeadline(decision, rule, { start: at, subject: task, duration });
  const opened = Object.values(decision.state().deadlines).findLast((each) => each.rule === rule);
  decision.add('task-agreed', { task, owner, at, by: by ?? newYorkDate(opened?.due ?? at) });
}
