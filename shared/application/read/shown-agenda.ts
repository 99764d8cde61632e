/** The agenda of a case review for one reader: as it was frozen, and what changed since. Codes and instants alone. */

import type { Discipline } from '../../domain/core/vocabulary.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { fold } from '../../domain/fold.ts';
import { newYorkDate } from '../../domain/policy/due.ts';
import { type Policy, ruleOf } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import { agendaOf, freezesAt, frozenNow } from '../../domain/review/agenda.ts';
import { mattersOf } from '../../domain/review/open-matters.ts';
import type { ReviewState, Task } from '../../domain/review/review-state.ts';
import { meetingAhead } from '../../domain/team/meeting.ts';
import { prompts } from '../../policy/review-rules.ts';
import type { Ledger, ReferralRead } from '../../store/ledger.ts';
import { asKnownTo } from '../access/part-2-records.ts';
import { mayRead, type Visitor } from '../access/visitor.ts';

/** The record of the last review. Its minutes are in the vault. */
const viewLast = ({ meetingNotes, ...last }: NonNullable<ReviewState['last']>) => ({
  ...last,
  hasMinutes: meetingNotes !== undefined,
});

/** The case reviews in the view of a referral. Undefined before the first. */
export function viewReview({ review }: Pick<Referral, 'review'>) {
  if (!review) return undefined;
  const { frozen, last, tasks } = review;
  return {
    ...(frozen && { frozen: { number: frozen.number, at: frozen.at } }),
    ...(last && { last: viewLast(last) }),
    tasks: Object.values(tasks) as readonly Task[],
  };
}

/** Another child of the report, and the meeting of that child's team that is ahead. */
interface LinkedChild {
  readonly id: string;
  readonly startsAt?: string;
  /** Whether the same team meets at the same time. */
  readonly together: boolean;
}

/** The other children of the report that this person may read. */
export async function linkedChildren(
  ledger: Pick<Ledger, 'referral'>,
  state: Referral,
  visitor: Visitor,
): Promise<readonly LinkedChild[]> {
  const own = meetingAhead(state);
  const found = await Promise.all(state.report.siblings.map((id) => ledger.referral(id)));
  return found.flatMap((each) => {
    if (!each || !mayRead(each.state, visitor)) return [];
    const theirs = meetingAhead(each.state);
    const together = theirs !== undefined && own?.startsAt === theirs.startsAt && each.state.team.id === state.team.id;
    return [{ id: each.state.id, together, ...whereKnown({ startsAt: theirs?.startsAt }) }];
  });
}

/**
 * The agenda of the meeting ahead, or without one of a meeting now. The given state is the one shown to this person. What
 * is not in it is not on the agenda. `now` is a UTC instant.
 */
export function agendaFor(
  { state, commits }: Pick<ReferralRead, 'state' | 'commits'>,
  policy: Policy,
  visitor: Visitor,
  now: string,
) {
  const meeting = meetingAhead(state);
  const frozen = frozenNow(state);
  const startsAt = meeting?.startsAt ?? now;
  const today = agendaOf(asKnownTo(state, policy, visitor), startsAt);
  const then =
    frozen &&
    fold(
      state.id,
      commits.filter(({ seq }) => seq <= frozen.seq),
    );
  const before = then ? agendaOf(asKnownTo(then, policy, visitor), startsAt) : today;
  const shown = before.due.filter(({ id }) => state.deadlines[id] !== undefined);
  const due = [...shown, ...today.due.filter(({ id }) => !shown.some((each) => each.id === id))];
  const all = mattersOf(asKnownTo(state, policy, visitor));
  const isOld = (id: string) => before.matters.some((each) => each.id === id);
  const tasks = [
    ...before.tasks,
    ...today.tasks.filter(({ task }) => !before.tasks.some((each) => each.task === task)),
  ];
  return {
    id: state.id,
    ...(meeting && {
      meeting: {
        number: meeting.number,
        startsAt: meeting.startsAt,
        minutes: meeting.minutes,
        place: meeting.place,
        freezesAt: freezesAt(meeting),
      },
    }),
    ...(frozen && { frozenAt: frozen.at }),
    due: due.map(({ id, rule, subject, due: at, missed }) => {
      const current = state.deadlines[id];
      return {
        id,
        rule,
        obligation: ruleOf(policy, { rule }).obligation,
        due: current?.due ?? at,
        missed: current?.missed ?? missed,
        status: current?.status ?? 'open',
        added: !shown.some((each) => each.id === id),
        ...whereKnown({ subject }),
      };
    }),
    services: today.services.map((line) => {
      const old = before.services.find(({ service }) => service === line.service);
      return { ...line, ...(old?.status !== line.status && { was: old?.status ?? 'none' }) };
    }),
    matters: all
      .filter(({ id, isOpen }) => isOpen || isOld(id))
      .map((matter) => ({ ...matter, added: !isOld(matter.id) })),
    tasks: tasks.map((old) => {
      const task = state.review?.tasks[old.task] ?? old;
      return {
        ...task,
        isLate: task.ended === undefined && newYorkDate(now) > task.by,
        added: !before.tasks.includes(old),
      };
    }),
    ...(today.last && { last: viewLast(today.last) }),
    prompts: Object.fromEntries(
      state.team.seats.map(({ discipline }) => [discipline, prompts[discipline]]),
    ) as Readonly<Partial<Record<Discipline, (typeof prompts)[Discipline]>>>,
  };
}
export type AgendaView = ReturnType<typeof agendaFor>;
