/** The text of docs/bench.md: the figures beside the aims. */

import { cpus, totalmem } from 'node:os';
import { compareWithAims, perSecond, type StoredRun } from './aims.ts';
import { rounds } from './bundles.ts';
import type { Measured } from './measured.ts';
import type { Spent } from './start.ts';

const table = (heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const spentCells = ({ seconds, processor }: Spent) => [
  `${seconds.toFixed(1)} s`,
  processor === undefined ? 'not measured' : `${processor.toFixed(1)} s`,
];
const megabytes = (value: number | undefined) => (value === undefined ? 'not measured' : `${value.toFixed(0)} MB`);

/** The whole document. `at` is the instant of the run, `before` the run that was stored last, if any. */
export function describeBench(measured: Measured, at: Date, before: StoredRun | undefined): string {
  const { referral, checkpoints, bundles, executions, start, demo, simulator } = measured;
  const { synthesis, profile, handler, doors, pages } = measured;
  const profiled = profile.reduce((sum, { seconds }) => sum + seconds, 0);
  const machine = [
    ['Date', at.toISOString().slice(0, 10)],
    ['Processor', `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores`],
    ['Memory', `${(totalmem() / 1e9).toFixed(0)} GB`],
    ['System', `${process.platform} ${process.arch}`],
    ['Node.js', process.version],
  ];
  const rows = compareWithAims(measured);
  const slowest = Object.entries(measured.suites).flatMap(([suite, { files }]) =>
    files.slice(0, 12).map(([file, seconds]) => [suite, file, seconds] as const),
  );
  const invoked = Object.entries(referral.invocations)
    .filter(([, times]) => times > 0)
    .map(([name, times]) => {
      const { read = 0, write = 0 } = referral.units.find((each) => each.name === name) ?? {};
      return [name, times, read, write];
    });
  return `# Bench

Written by \`npm run bench\`: measured, not promised. Counts are the same on every machine, but for the stream's consumers,
whose batches depend on timing, and the units they use. Times and memory are of one run on this machine, whatever else
it was doing. Older figures are in the history of this file: \`git log -p docs/bench.md\`.

${table(['Machine', ''], machine)}

## Aims

${before ? `The last run before this one was on ${before.date}.` : 'No run was stored before this one.'} A fixed piece of work took
${measured.yardstick.toFixed(0)} ms now, and ${before?.yardstick === undefined ? 'was not measured' : `${before.yardstick.toFixed(0)} ms`} then: it tells how fast the machine itself was.

${table(
  ['Aim', 'Last run', 'This run', 'Met'],
  rows.map(({ aim, says, met }) => [
    aim,
    before?.measured[aim] ?? 'not measured',
    says,
    met === undefined ? '' : met ? 'yes' : '**no**',
  ]),
)}

## Where the time of the suites goes

Seconds of a worker, of the last whole run here. The twelve slowest files.

${
  slowest.length === 0
    ? 'Neither suite was run here.'
    : table(
        ['Suite', 'File', 'Seconds'],
        slowest.map(([suite, file, seconds]) => [`\`${suite}\``, file, seconds.toFixed(1)]),
      )
}

## One confirmed referral, everyone on time

The report \`docs/examples/confirmed-living-at-home.json\`, played by the demo's people in an embedded cloud in memory until
it is ${referral.stage}. People read as well as act, so the invocations of Api and its units include their looking.
Sweep, KeepVault, EraseVault and AnchorHeads are watchdogs: they run by the clock, whatever is open. While the clock is moved, a sweep
makes up for rounds that it missed. Sample people are in the directory before it begins.

${table(
  ['', ''],
  [
    ['Deadlines', referral.deadlines],
    ['Commits', referral.commits],
    ['Transitions of all runs', referral.transitions],
    ['E-mails', referral.mails],
    ['Read units, without the watchdogs', referral.readUnits],
    ['Write units, without the watchdogs', referral.writeUnits],
    ['Time', `${referral.seconds.toFixed(1)} s`],
  ],
)}

${table(['Function', 'Invocations', 'Read units', 'Write units'], invoked)}

A deadline's transitions are the states its run enters. The largest of the ${referral.deadlines} deadlines kept above is ${referral.keptTransitions}. For
checkpoints that no one acts on, the same report for a day: ${checkpoints.checkpoints} are raised, and the largest cost of one is ${checkpoints.transitions}.

## Executions

A machine of fourteen states, four of them tasks that give back what they are given, a hundred executions at once, without HTTP.
The yardstick runs the same machine written in JSONPath. It keeps nothing on disk and has neither timeouts nor task tokens, so it
does less than even the first line.

${table(
  ['', ''],
  [
    ['The interpreter, in memory', perSecond(executions.volatile)],
    ['The interpreter, each step on disk before the next', perSecond(executions.durable)],
    ['Yardstick: aws-local-stepfunctions 3.0.0, in memory', perSecond(executions.yardstick)],
  ],
)}

## The simulator

${simulator.cases} cases of ${simulator.days} days (\`npm run simulate\`), every fault and every invariant on, in ${simulator.threads} threads.

${table(
  ['', ''],
  [
    ['Simulated referrals', simulator.referrals],
    ['Commits', simulator.commits],
    ['Referrals per second', simulator.perSecond.toFixed(1)],
    ['… for each second of processor time', simulator.perProcessorSecond.toFixed(1)],
  ],
)}

## The API's door

Reads and submissions through the gateway, the authorizer and the functions of the embedded cloud on disk, sent by autocannon 9.0.0 in a
process of its own, by many people in turn: one alone is held to 25 requests a second. What a submission sets off (runs, waits, mails) goes
on beside the next ones, on the same processors. The API's own time is of its handler over stores that answer at once.
These are addresses of the API. No option measures one part alone.

${table(
  ['', 'Own time', 'p50', 'p99', 'a second'],
  Object.entries(doors.answers).map(([name, { p50, p99, perSecond: rate }]) => [
    name,
    `${handler[name]?.toFixed(2)} ms`,
    `${p50} ms`,
    `${p99} ms`,
    rate.toFixed(0),
  ]),
)}

## Pages of the console

Opened one after the other by one person, in the embedded cloud at rest with ${pages.referrals} referrals and ${pages.runs} living runs in its lists. The time is until
the whole page is there.

${table(
  ['Page', 'p50', 'p95'],
  Object.entries(pages.pages).map(([name, { p50, p95 }]) => [name, `${p50.toFixed(0)} ms`, `${p95.toFixed(0)} ms`]),
)}

## Bundles

KB are thousands of bytes. Import is the time that \`require\` takes in a fresh process, the median of ${rounds}, all bundles in turn.
The bare client is the AWS SDK's DynamoDB client with two commands, bundled alike but with nothing replaced.

${table(
  ['Bundle', 'Minified, KB', 'Gzipped, KB', 'Import, ms'],
  bundles.map(({ name, minified, gzipped, milliseconds }) => [
    name,
    minified.toFixed(0),
    gzipped.toFixed(0),
    milliseconds.toFixed(0),
  ]),
)}

## \`npm start\` and \`npm run demo\`

Each in a process of its own with the options of package.json. The data folder of \`npm start\` is empty at first; its referrals
come and are played over HTTP. Processor time is of all threads of that process. Memory is what is resident: all threads, the
people of the demo, and Node itself.

${table(
  ['', 'Time', 'Processor time'],
  [
    ['synthesis before a first start', `${synthesis.toFixed(1)} s`, ''],
    ['`npm start`: ready', ...spentCells(start.ready)],
    ['… the first referral, played until it is closed', ...spentCells(start.first)],
    ['… the second', ...spentCells(start.second)],
    [`… one hour of the clock with ${start.openReferrals} open referrals`, ...spentCells(start.hour)],
    ['`npm run demo`', ...spentCells(demo.spent)],
  ],
)}

${table(
  ['', 'Memory'],
  [
    ['`npm start`: ready', megabytes(start.memory.whenReady)],
    ['… after two played referrals', megabytes(start.memory.afterReferrals)],
    [`… at its peak, with ${start.openReferrals} more open`, megabytes(start.memory.peak)],
    ['… idle, over a minute later', megabytes(start.memory.atRest)],
    ['`npm run demo`: at its peak', megabytes(demo.peak)],
  ],
)}

## Where the demo's time goes

By kind of thread, as the kernel counts it:

${table(
  ['Threads', 'How many', 'Processor time'],
  demo.parts.map(({ kind, threads, seconds }) => [kind, threads, `${seconds.toFixed(1)} s`]),
)}

One more demo with the engine's profiler on in every thread. The profiler makes it slower, so the shares count. To look
closer: \`node --import ./infra/local/begin-again.ts --cpu-prof --cpu-prof-dir=/tmp/profile infra/local/demo.ts\`, then open the files in a browser's developer tools.

${table(
  ['Thread', 'Part', 'Seconds', 'Share'],
  profile.map(({ thread, part, seconds }) => [
    thread,
    part,
    seconds.toFixed(2),
    `${((100 * seconds) / profiled).toFixed(0)} %`,
  ]),
)}
`;
}
