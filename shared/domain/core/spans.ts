/** Spans of whole hours of UTC, in which the commits of a chain are searched. */

/** From `from` on and before `before`. Both are UTC instants with milliseconds, so that they sort as text. */
export interface Span {
  readonly from: string;
  readonly before: string;
}

const hour = 3_600_000;
const iso = (at: number): string => new Date(at).toISOString();

/**
 * A span of whole hours. The last is `hoursAgo` before the hour of `now` (0: that hour itself). `now` is a UTC instant.
 */
export function hoursBack(now: string, hoursAgo: number, hours: number): Span {
  const end = (Math.floor(Date.parse(now) / hour) + 1 - hoursAgo) * hour;
  return { from: iso(end - hours * hour), before: iso(end) };
}

/** One hour of UTC, given as `2026-11-25T15`. */
export const spanOfHour = (name: string): Span => hoursBack(`${name}:00:00.000Z`, 0, 1);

/** The same instants in as few spans as hold them, the latest first. */
export function joined(spans: readonly Span[]): readonly Span[] {
  const found: Span[] = [];
  for (const span of spans.toSorted((one, other) => (one.before > other.before ? -1 : 1))) {
    const last = found.at(-1);
    if (!last || span.before < last.from) found.push(span);
    else if (span.from < last.from) found[found.length - 1] = { from: span.from, before: last.before };
  }
  return found;
}

/** All that `find` gives in these spans. Each instant is asked about once. What is of the latest span comes first. */
export const foundIn = async <Found>(
  spans: readonly Span[],
  find: (span: Span) => Promise<readonly Found[]>,
): Promise<readonly Found[]> => (await Promise.all(joined(spans).map(find))).flat();

/** Whether the instant lies in the span. */
export const isIn = ({ from, before }: Span, instant: string): boolean =>
  Date.parse(from) <= Date.parse(instant) && Date.parse(instant) < Date.parse(before);
