/**
 * How many examples a property over whole lives draws, and with which seed. The suite draws few and always the same.
 * `npm run test:long` sets `EXAMPLES_TIMES`: it draws so many times more, and new ones each time.
 */
const times = process.env.EXAMPLES_TIMES;

/** Whether this is `npm run test:long`, which leaves out nothing. */
export const isLong = times !== undefined;

export const examplesOf = (count: number): number => count * Number(times ?? 1);
export const seedOf = (seed: number): number => (times === undefined ? seed : Date.now());
