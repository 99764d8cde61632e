/**
 * How many examples a property over whole lives draws, and with which seed. The suite draws few and always the same.
 * `npm run test:long` sets `EXAMPLES_TIMES`: it draws so many times more, and new ones each time.
 */
const times = process.env.EXAMPLES_TIMES;

export const examplesOf = (count: number): number => count * Number(times ?? 1);
export const seedOf = (seed: number): number => (times === undefined ? seed : Date.now());
