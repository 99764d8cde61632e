const minute = 60_000;

/** A consumer or a run this far behind, in milliseconds, is not merely busy. */
export const patience = 10 * minute;

/** Whether more than that has passed since `instant`. Both are UTC instants. */
export const isPast = (instant: string, now: string): boolean => Date.parse(now) - Date.parse(instant) > patience;
