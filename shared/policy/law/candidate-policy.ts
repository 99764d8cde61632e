/**
 * Checks of a candidate policy beyond those at every start of a Lambda. They cover the shape of fields, the deadlines that rows
 * name, ten years of days, and unknowns in the decision. A test runs these checks on the released versions too.
 */
import type { Calendar } from '../../domain/policy/due.ts';
import type { DeadlineRule, EligibilityInputs, Policy } from '../../domain/policy/policy.ts';
import { misshapen } from '../../domain/policy/policy-shape.ts';
import { type Law, problemsOf } from './law.ts';
import { everyCase, type Floor, rowsOfCases } from './law-floor.ts';

/** As `problemsOf`, with the checks of this file. A candidate without the shape of a policy gets no further check. */
export function problemsOfDraft(policy: Policy, law: Law, before?: Policy, after?: Policy): readonly string[] {
  const wrong = misshapen(policy);
  if (wrong.length > 0) return wrong;
  return [
    ...problemsOf(policy, law, before, after),
    ...notThere(policy),
    ...unlikeInGroup(policy),
    ...(law.workdays ? fewerDays(policy, law.workdays) : []),
    ...(law.floor ? lessForUnknown(policy, law.floor.unknowns) : []),
  ];
}

/** Sentences about deadlines that a row names but the policy does not have. */
function notThere({ deadlines, overlays, eligibility, catalogue }: Policy): readonly string[] {
  const named = [
    ...overlays.map(({ letter, opens = [] }) => [`Overlay ${letter}`, opens] as const),
    ...eligibility.map(({ number, opens = [] }) => [`Eligibility row ${number}`, opens] as const),
    ...Object.entries(catalogue).map(([service, { clocks }]) => [`The service ${service}`, clocks] as const),
  ];
  return named.flatMap(([what, ids]) =>
    ids
      .filter((id) => !deadlines.some((rule) => rule.id === id))
      .map((id) => `${what} names ${id}, which is no deadline of this policy.`),
  );
}

/**
 * One mail tells of a whole group. So its rules tell the same people, and none has a hard stop, whose warnings go to
 * others. None tells a provider, who hears of its own service alone.
 */
function unlikeInGroup({ deadlines }: Policy): readonly string[] {
  const people = ({ alert, alertUntilAccepted = [], escalate }: DeadlineRule) =>
    JSON.stringify([alert, alertUntilAccepted, escalate].map((each) => each.toSorted()));
  return deadlines.flatMap((rule) => {
    const first = deadlines.find(({ group }) => group !== undefined && group === rule.group);
    if (!first) return [];
    const told = [...rule.alert, ...(rule.alertUntilAccepted ?? []), ...rule.escalate];
    if (told.includes('provider')) return [`${rule.id} tells a provider, so it can be in no group of duties.`];
    if (rule.hardStop) return [`${rule.id} has a hard stop, so it can be in no group of duties.`];
    if (people(rule) === people(first)) return [];
    return [`${rule.id} and ${first.id} are in one group of duties, ${rule.group}, and tell different people.`];
  });
}

/**
 * Finds a business day of the law that the policy does not count, because that would delay a deadline. An extra business day only
 * brings it nearer.
 */
function fewerDays({ calendar }: Policy, { calendar: lawful, years, clause }: NonNullable<Law['workdays']>) {
  const days: string[] = [];
  for (let day = new Date(Date.UTC(years.from, 0, 1)); day.getUTCFullYear() <= years.to; day = dayAfter(day)) {
    days.push(day.toISOString().slice(0, 10));
  }
  const working = workingDays(calendar, days);
  if (!working) return [`The calendar fails where it is asked for a day of ${years.from} to ${years.to}.`];
  const missing = days.filter((date) => lawful.isBusinessDay(date) && !working.has(date));
  const [first] = missing;
  if (first === undefined) return [];
  if (working.size === 0) {
    return [`The calendar has no business day from ${years.from} to ${years.to}, against ${clause}.`];
  }
  const others = missing.length > 1 ? `, the first of ${missing.length} such days to ${years.to},` : '';
  return [`The calendar does not count ${first}${others} as a business day, which it is by ${clause}.`];
}

/** Undefined where the calendar throws. What it throws is dropped, because it may hold anything. */
function workingDays(calendar: Calendar, days: readonly string[]): ReadonlySet<string> | undefined {
  try {
    const working = days.filter((date) => calendar.isBusinessDay(date) === true);
    for (const date of days) calendar.why(date);
    return new Set(working);
  } catch {
    return undefined;
  }
}

/** The candidate with a calendar that throws an error of ours, never its own. This also covers days that no check looked at. */
export function withCalendarGuarded(draft: Policy): Policy {
  const { version, calendar } = draft;
  const guarded =
    <Answer>(ask: (date: string) => Answer) =>
    (date: string): Answer => {
      try {
        return ask(date);
      } catch {
        throw new Error(`The calendar of the policy ${version} fails where it is asked for a day.`);
      }
    };
  return {
    ...draft,
    calendar: {
      isBusinessDay: guarded((date) => calendar.isBusinessDay(date)),
      why: guarded((date) => calendar.why(date)),
    },
  };
}

const dayAfter = (day: Date) => new Date(day.getTime() + 86_400_000);

function lessForUnknown({ eligibility }: Policy, { fromMost, inputs, clause }: Floor['unknowns']): readonly string[] {
  const keyOf = (each: EligibilityInputs) => Object.values(each).join();
  const rows = rowsOfCases(eligibility);
  const byCase = new Map(everyCase.map((each, at) => [keyOf(each), rows[at]?.outcome]));
  const proposed = (each: EligibilityInputs) => byCase.get(keyOf(each));
  const place = (outcome: ReturnType<typeof proposed>) => (outcome ? fromMost.indexOf(outcome) : fromMost.length);
  return inputs.flatMap(({ input, notLessThan, mayAsk }) => {
    for (const each of everyCase.filter((one) => one[input] === 'unknown')) {
      const unknown = proposed(each);
      if (mayAsk && unknown === 'legal-review') continue;
      for (const answer of notLessThan) {
        const known = proposed({ ...each, [input]: answer });
        if (place(unknown) <= place(known)) continue;
        return [
          `The eligibility table proposes ${unknown} where ${input} is unknown, and ${known} where it is ${answer} (${each.age}, ${each.outcome}), against ${clause}.`,
        ];
      }
    }
    return [];
  });
}
