/** The part of docs/bench.md about two figures that grow unnoticed: lines of code, and calls of AWS. */
import * as z from 'zod';
import { callsByFunction, mostCalls } from './calls.ts';

const numbers = z.record(z.string(), z.number());

/** Both figures of one run, as docs/bench.json keeps them. */
export const weight = z.object({
  date: z.iso.date(),
  lines: z.object({ product: numbers, tests: numbers, json: numbers }),
  /** By function or workflow, and action. */
  calls: z.record(z.string(), numbers),
});
export type Weight = z.infer<typeof weight>;

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const number = (amount: number | undefined) => (amount ? amount.toLocaleString('en-US') : '');

const kinds = ['product', 'tests', 'json'] as const;
/** A room with fewer of each kind stands in the last line but one. */
const fewest = 1000;
/** A purpose with fewer calls is not shown. */
const fewestCalls = 100;

function lineRows({ lines: now }: Weight, before: Weight | undefined) {
  const at = (of: Weight['lines'] | undefined, kind: (typeof kinds)[number], rooms: readonly string[]) =>
    of && rooms.reduce((sum, room) => sum + (of[kind][room] ?? 0), 0);
  const row = (name: string, rooms: readonly string[]) => [
    name,
    ...kinds.flatMap((kind) => [at(before?.lines, kind, rooms), at(now, kind, rooms)].map((each) => number(each))),
  ];
  const rooms = [
    ...new Set([now, before?.lines].flatMap((of) => kinds.flatMap((kind) => Object.keys(of?.[kind] ?? {})))),
  ].sort();
  const isLarge = (room: string) => kinds.some((kind) => (now[kind][room] ?? 0) >= fewest);
  const small = rooms.filter((room) => !isLarge(room));
  return [
    ...rooms.filter(isLarge).map((room) => row(room, [room])),
    row(`${small.length} smaller rooms`, small),
    row('**In all**', rooms),
  ];
}

/** The part as text. `before`: the figures that were stored last. */
export function describeWeight(now: Weight, before: Weight | undefined): string {
  const then = before && callsByFunction(before.calls);
  const purposes = Object.entries(now.calls)
    .flatMap(([name, actions]) => Object.entries(actions).map(([action, times]) => ({ name, action, times })))
    .filter(({ times }) => times >= fewestCalls)
    .toSorted((one, other) => other.times - one.times);
  return `## Weight

Measured on ${now.date}, beside ${before === undefined ? 'no earlier run' : `the run of ${before.date}`}. \`npm run bench -- --weight\` measures this part alone.

Lines of TypeScript and style sheets, blank ones and comments too, and of the two workflows. Tests stand with the room that they mirror.

${table(
  ['Room', 'Product, last run', 'This run', 'Tests, last run', 'This run', 'JSON of tests, last run', 'This run'],
  lineRows(now, before),
)}

Calls of AWS in \`npm run demo\`, from the report until the morning after the referral closes. DynamoDB's own questions to the keys of
tables are left out. Sweep and AnchorHeads read a referral whole in hours that follow from its random id, so two runs differ by
several percent. A test of the demo holds the last column: \`test/bench/calls.ts\`.

${table(
  ['Function or workflow', 'Last run', 'This run', 'At most'],
  [...callsByFunction(now.calls)].map(([name, calls]) => [
    name,
    number(then?.get(name)),
    number(calls),
    number(mostCalls.get(name)),
  ]),
)}

By purpose, with at least ${fewestCalls} calls:

${table(
  ['Function', 'Action', 'Last run', 'This run'],
  purposes.map(({ name, action, times }) => [
    name,
    `\`${action}\``,
    number(before?.calls[name]?.[action]),
    number(times),
  ]),
)}
`;
}
