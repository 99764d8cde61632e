/** What changed between two versions of a policy, rule by rule, one sentence each. */
import { Temporal } from 'temporal-polyfill';
import { type Duration, durationWords } from './due.ts';
import type { Policy } from './policy.ts';
import { fieldWords } from './rule-words.ts';

/** The years whose days are compared. */
const [firstYear, lastYear] = [2026, 2035];

const isDuration = (value: object): value is Duration => 'unit' in value;

/** A value of the data as a person writes it. Two values are equal where their words are. */
function inWords(value: unknown): string {
  if (value === undefined) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(inListWords).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  if (isDuration(value)) return durationWords(value);
  const parts = Object.entries(value).map(([key, each]) => `${fieldWords(key)} ${inWords(each)}`);
  return parts.length === 0 ? 'none' : parts.join('; ');
}

const inListWords = (each: unknown): string =>
  Array.isArray(each) ? `(${each.map(inWords).join(' or ')})` : inWords(each);

/** The fields in which two things differ, each as `field: old, now new`. */
function changes(one: object, other: object): readonly string[] {
  const [before, after] = [one, other] as Readonly<Record<string, unknown>>[];
  const fields = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return fields.flatMap((field) => {
    const [was, is] = [inWords(before?.[field]), inWords(after?.[field])];
    return was === is ? [] : [`${fieldWords(field)}: ${was}; now ${is}`];
  });
}

interface Named {
  readonly name: string;
  readonly row: object;
}

/** Rows that both have by name, rows that only one has, and their order. */
function rows(before: readonly Named[], after: readonly Named[]): readonly string[] {
  const find = (list: readonly Named[], name: string) => list.find((each) => each.name === name);
  const kept = (list: readonly Named[], other: readonly Named[]) =>
    list.map(({ name }) => name).filter((name) => find(other, name));
  return [
    ...after.flatMap(({ name, row }) => {
      const old = find(before, name);
      return old
        ? changes(old.row, row).map((change) => `${name} changed: ${change}.`)
        : [`${name} is new: ${inWords(row)}.`];
    }),
    ...before.filter(({ name }) => !find(after, name)).map(({ name }) => `${name} is gone.`),
    ...(kept(before, after).join() === kept(after, before).join()
      ? []
      : [`The order changed: ${after.map(({ name }) => name).join(', ')}.`]),
  ];
}

/** Rows of one number are told apart by their position among those of that number. */
function eligibilityRows({ eligibility }: Policy): readonly Named[] {
  return eligibility.map((row, index) => {
    const place = eligibility.slice(0, index).filter(({ number }) => number === row.number).length + 1;
    return { name: `Eligibility row ${row.number}.${place}`, row };
  });
}

/** The rules that propose a screening outcome, and the weight and question of each topic. */
const screeningRows = ({ screening }: Policy): readonly Named[] => [
  ...Object.entries(screening.topics).map(([topic, row]) => ({ name: `Topic ${topic}`, row })),
  ...screening.rules.map((row) => ({ name: `Screening row ${row.number}`, row })),
];
/** As for the rows of the decision, by their letter. */
function overlayRows({ overlays }: Policy): readonly Named[] {
  return overlays.map((row, index) => {
    const place = overlays.slice(0, index).filter(({ letter }) => letter === row.letter).length + 1;
    return { name: `Overlay ${row.letter}.${place}`, row };
  });
}

function calendarChanges({ calendar: before }: Policy, { calendar: after }: Policy): readonly string[] {
  const found: string[] = [];
  const end = Temporal.PlainDate.from({ year: lastYear, month: 12, day: 31 });
  for (
    let day = Temporal.PlainDate.from({ year: firstYear, month: 1, day: 1 });
    Temporal.PlainDate.compare(day, end) <= 0;
    day = day.add({ days: 1 })
  ) {
    const date = day.toString();
    const say = (calendar: Policy['calendar']) =>
      calendar.isBusinessDay(date) ? 'a business day' : (calendar.why(date) ?? 'no business day');
    if (say(before) !== say(after)) found.push(`${date} was ${say(before)}; now ${say(after)}.`);
  }
  return found;
}

/**
 * What differs, one sentence each. Empty where both have the same rules. Days of the calendars are compared from 2026
 * to 2035.
 */
export function differences(before: Policy, after: Policy): readonly string[] {
  const deadlines = (policy: Policy): readonly Named[] => policy.deadlines.map((row) => ({ name: row.id, row }));
  const rest = ({
    version: _version,
    deadlines: _rows,
    eligibility: _table,
    overlays: _beside,
    calendar: _days,
    released: _released,
    screening: { oftenMissing },
    ...others
  }: Policy) => ({ ...others, oftenMissing });
  return [
    ...rows(deadlines(before), deadlines(after)),
    ...rows(eligibilityRows(before), eligibilityRows(after)),
    ...rows(overlayRows(before), overlayRows(after)),
    ...rows(screeningRows(before), screeningRows(after)),
    ...changes(rest(before), rest(after)).map((change) => `Policy, ${change}.`),
    ...calendarChanges(before, after),
  ];
}
