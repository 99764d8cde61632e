/** Coverage: how many people are current, of how many, and who is due again. Pure. */
import { soonDays, type TrainingRule } from '../../policy/training-rules.ts';
import { addDays, newYorkDate } from '../policy/due.ts';
import { placeKey, type Session, type TrainingState } from './training.ts';
import { type GroupCode, groupCodes } from './training-codes.ts';

/** `soon`: still current, and due again within `soonDays`. */
export type Standing = 'current' | 'soon' | 'due';

/** The same day so many months later, or the last day of that month. Days are `YYYY-MM-DD`. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, last));
  return first.toISOString().slice(0, 10);
}

/** How a training of this day stands on another. On the day that it is due, it is still current. */
export function standingOn(today: string, date: string, { everyMonths }: Pick<TrainingRule, 'everyMonths'>) {
  const dueOn = addMonths(date, everyMonths);
  const standing: Standing = today > dueOn ? 'due' : today >= addDays(dueOn, -soonDays) ? 'soon' : 'current';
  return { standing, dueOn };
}

/** The last training of a person that counts, and where they were then. */
export type Latest = Omit<Session, 'learners'>;

const order = ({ date, course, ...place }: Latest): string => `${date} ${course} ${placeKey(place)}`;

/** By code of a person. A newer date wins, whichever file came first. */
export function latestOf({ imports }: Pick<TrainingState, 'imports'>, rules: readonly TrainingRule[]) {
  const latest = new Map<string, Latest>();
  for (const { sessions, takenBack } of imports) {
    if (takenBack) continue;
    for (const { learners, ...shared } of sessions) {
      const counts = rules.find(({ group }) => group === shared.group)?.courses.includes(shared.course);
      if (!counts) continue;
      for (const learner of learners) {
        const before = latest.get(learner);
        if (!before || order(before) < order(shared)) latest.set(learner, shared);
      }
    }
  }
  return latest;
}

export interface Coverage {
  readonly group: GroupCode;
  /** Trained, and not due again. Those who are due soon are among them. */
  readonly current: number;
  readonly soon: number;
  /** Trained once, and due again. */
  readonly due: number;
  /** All people of the group. Undefined where it is unknown for one of the agencies. */
  readonly headcount?: number;
  /** The oldest day of which a headcount is. */
  readonly asOf?: string;
  /** How many agencies have no headcount. */
  readonly withoutHeadcount: number;
}
export interface CoverageOfTown extends Coverage {
  readonly town: string;
}
export interface CoverageOfAgency extends CoverageOfTown {
  readonly agency: string;
}

function added(group: GroupCode, parts: readonly Coverage[]): Coverage {
  const sum = (of: (part: Coverage) => number) => parts.reduce((total, part) => total + of(part), 0);
  const days = parts.flatMap(({ asOf }) => asOf ?? []).toSorted();
  const isKnown = parts.length > 0 && parts.every(({ headcount }) => headcount !== undefined);
  return {
    group,
    current: sum((part) => part.current),
    soon: sum((part) => part.soon),
    due: sum((part) => part.due),
    ...(isKnown && { headcount: sum(({ headcount = 0 }) => headcount) }),
    ...(isKnown && days[0] !== undefined && { asOf: days[0] }),
    withoutHeadcount: sum((part) => part.withoutHeadcount),
  };
}

/**
 * Who is current, by group, by town and by agency, on the New York day of `now`, a UTC instant. Each person counts once, in
 * the agency of their last training. The files give the same in any order.
 */
export function coverageOf(state: TrainingState, rules: readonly TrainingRule[], now: string) {
  const today = newYorkDate(now);
  const counts = new Map<string, { current: number; soon: number; due: number }>();
  const places = new Map(state.headcounts.map((each) => [placeKey(each), { ...each }]));
  const known = new Map(state.headcounts.map((each) => [placeKey(each), each]));
  for (const last of latestOf(state, rules).values()) {
    const key = placeKey(last);
    const rule = rules.find(({ group }) => group === last.group);
    if (!rule) continue;
    if (!places.has(key)) places.set(key, { ...last, count: 0, asOf: '' });
    const { standing } = standingOn(today, last.date, rule);
    const count = counts.get(key) ?? { current: 0, soon: 0, due: 0 };
    if (standing === 'due') count.due += 1;
    else count.current += 1;
    if (standing === 'soon') count.soon += 1;
    counts.set(key, count);
  }
  const agencies = [...places]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, { agency, town, group }]): CoverageOfAgency => {
      const headcount = known.get(key);
      return {
        agency,
        town,
        group,
        ...(counts.get(key) ?? { current: 0, soon: 0, due: 0 }),
        ...(headcount && { headcount: headcount.count, asOf: headcount.asOf }),
        withoutHeadcount: headcount ? 0 : 1,
      };
    });
  const towns = [...Map.groupBy(agencies, ({ group, town }) => `${group} ${town}`).values()].flatMap(
    ([first, ...more]): readonly CoverageOfTown[] =>
      first ? [{ town: first.town, ...added(first.group, [first, ...more]) }] : [],
  );
  const groups = groupCodes.map((group) =>
    added(
      group,
      agencies.filter((each) => each.group === group),
    ),
  );
  return { groups, towns, agencies };
}

/** A code that a trainer can match with a staff list: the first letters of a person's code. It is no number of theirs. */
export const shortCode = (learner: string): string => `${learner.slice(0, 4)}-${learner.slice(4, 8)}`;

export interface DueAgain extends Latest {
  readonly code: string;
  readonly dueOn: string;
  readonly standing: 'soon' | 'due';
}

/** The people who are due again or soon, the longest due first. */
export function dueAgain(state: TrainingState, rules: readonly TrainingRule[], now: string): readonly DueAgain[] {
  const today = newYorkDate(now);
  return [...latestOf(state, rules)]
    .flatMap(([learner, last]) => {
      const rule = rules.find(({ group }) => group === last.group);
      const found = rule && standingOn(today, last.date, rule);
      if (!found || found.standing === 'current') return [];
      const row = { ...last, code: shortCode(learner), dueOn: found.dueOn, standing: found.standing };
      return [{ order: `${row.dueOn} ${learner}`, row }];
    })
    .toSorted((one, other) => (one.order < other.order ? -1 : 1))
    .map(({ row }) => row);
}
