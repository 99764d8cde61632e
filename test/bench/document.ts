/** The text of docs/bench.md: what was measured, beside what the issue aims at. */
import { cpus, totalmem } from 'node:os';
import { aim as mutationAim, type Score } from '../long/mutation/score.ts';
import { type MeasuredBundle, rounds } from './bundles.ts';
import type { measureDomain } from './domain.ts';
import type { measureDoors, measureHandler } from './doors.ts';
import type { measureExecutions } from './executions.ts';
import type { MeasuredMail } from './mail.ts';
import type { Acceptance, MailCount } from './mails.ts';
import type { measureMatching } from './matching.ts';
import type { measureCheckpoints, measureReferral } from './referral.ts';
import type { measureSimulator } from './simulator.ts';
import type { measureDemo, measureStart } from './start.ts';

export interface Measured {
  readonly referral: Awaited<ReturnType<typeof measureReferral>>;
  readonly checkpoints: Awaited<ReturnType<typeof measureCheckpoints>>;
  readonly mail: MeasuredMail;
  readonly acceptance: Acceptance;
  readonly mails: { readonly onTime: MailCount; readonly never: MailCount };
  readonly bundles: readonly MeasuredBundle[];
  readonly executions: Awaited<ReturnType<typeof measureExecutions>>;
  readonly start: Awaited<ReturnType<typeof measureStart>>;
  readonly demo: Awaited<ReturnType<typeof measureDemo>>;
  readonly simulator: Awaited<ReturnType<typeof measureSimulator>>;
  readonly domain: ReturnType<typeof measureDomain>;
  readonly matching: Awaited<ReturnType<typeof measureMatching>>;
  readonly handler: Awaited<ReturnType<typeof measureHandler>>;
  readonly doors: Awaited<ReturnType<typeof measureDoors>>;
  /** Of the last whole run here. */
  readonly mutation: Score | undefined;
}

const aims = {
  keptTransitions: 4,
  checkpointTransitions: 3,
  referralTransitions: 160,
  mailsPerSecond: 500,
  mailSeconds: 2,
  mailsForOne: 6,
  bundleKilobytes: 400,
  secondsToReady: 3,
  megabytesAfterDemo: 350,
  volatileExecutions: 2500,
  durableExecutions: 500,
  cloudReferrals: 2,
  simulatedPerSecond: 100,
  decisionMicroseconds: 200,
  foldMicroseconds: 2000,
  recall: 0.98,
  precision: 0.95,
  matchingSeconds: 1,
  handlerMilliseconds: 2,
  submitMilliseconds: 250,
  readMilliseconds: 100,
};

const table = (heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const megabytes = (value: number | undefined) => (value === undefined ? 'not measured' : `${value.toFixed(0)} MB`);

function verdict(value: number | undefined, aim: number): string {
  if (value === undefined || !Number.isFinite(value)) return 'not measured';
  return value <= aim ? 'met' : 'not met';
}

const perSecond = (value: number) => `${value.toPrecision(value < 10 ? 2 : 4)} a second`;
const atLeast = (what: string, value: number, aim: number) => [
  `at least ${aim} ${what} a second`,
  perSecond(value),
  value >= aim ? 'met' : 'not met',
];

/** The whole document. `at` is the instant of the run. */
export function describeBench(measured: Measured, at: Date): string {
  const { referral, checkpoints, mail, acceptance, mails, bundles, executions, start, demo, simulator } = measured;
  const { domain, mutation, matching, handler, doors } = measured;
  const slowest = Object.entries(handler).toSorted(([, one], [, other]) => other - one)[0] ?? ['', Number.NaN];
  const [few, many] = doors.units;
  const functions = bundles.slice(1);
  const tooLarge = functions.filter(({ minified }) => minified > aims.bundleKilobytes);
  const largest = functions.toSorted((one, other) => other.minified - one.minified)[0];
  const machine = [
    ['Date', at.toISOString().slice(0, 10)],
    ['Processor', `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores`],
    ['Memory', `${(totalmem() / 1e9).toFixed(0)} GB`],
    ['System', `${process.platform} ${process.arch}`],
    ['Node.js', process.version],
  ];
  const compared = [
    [
      `at most ${aims.keptTransitions} transitions for a deadline kept before its first checkpoint`,
      referral.keptTransitions,
      verdict(referral.keptTransitions, aims.keptTransitions),
    ],
    [
      `at most ${aims.checkpointTransitions} more for each checkpoint`,
      checkpoints.transitions,
      verdict(checkpoints.transitions, aims.checkpointTransitions),
    ],
    [
      `at most ${aims.referralTransitions} transitions for a confirmed referral`,
      referral.transitions,
      verdict(referral.transitions, aims.referralTransitions),
    ],
    [
      `${aims.mailsPerSecond} mails composed a second on one core`,
      `${mail.perSecond.toFixed(0)} a second, of ${mail.composed}`,
      mail.perSecond >= aims.mailsPerSecond ? 'met' : 'not met',
    ],
    [
      `a mail accepted within ${aims.mailSeconds} s of its commit, at the 99th percentile`,
      `${acceptance.p99.toFixed(2)} s; half of ${acceptance.mails} within ${acceptance.p50.toFixed(2)} s`,
      verdict(acceptance.p99, aims.mailSeconds),
    ],
    [
      `at most ${aims.mailsForOne} mails for one person where all act in time`,
      `${mails.onTime.mostForOne}, of ${mails.onTime.inAll} in all`,
      verdict(mails.onTime.mostForOne, aims.mailsForOne),
    ],
    [
      'mails where nobody acts for 21 days: no aim',
      `${mails.never.mostForOne} for one person, of ${mails.never.inAll} in all`,
      '',
    ],
    [
      `no bundle above ${aims.bundleKilobytes} KB minified`,
      `${tooLarge.length} of ${functions.length} are; the largest, ${largest?.name}, has ${largest?.minified.toFixed(0)} KB`,
      verdict(largest?.minified, aims.bundleKilobytes),
    ],
    [
      `ready within ${aims.secondsToReady} s of a cached synthesis`,
      `${start.seconds.toFixed(1)} s`,
      verdict(start.seconds, aims.secondsToReady),
    ],
    [
      `at most ${aims.megabytesAfterDemo} MB after the demo`,
      `${megabytes(demo.peak)} at its largest`,
      verdict(demo.peak, aims.megabytesAfterDemo),
    ],
    atLeast('executions in memory', executions.volatile, aims.volatileExecutions),
    atLeast('executions on disk', executions.durable, aims.durableExecutions),
    atLeast('confirmed referrals without faults through the full cloud', 1 / referral.seconds, aims.cloudReferrals),
    atLeast(`faulted ${simulator.days}-day referrals in the simulator`, simulator.perSecond, aims.simulatedPerSecond),
    [
      `under ${aims.decisionMicroseconds} µs for screening, eligibility and all deadlines of one referral`,
      `${domain.decisions.microseconds.toFixed(0)} µs for ${domain.decisions.deadlines} deadlines`,
      verdict(domain.decisions.microseconds, aims.decisionMicroseconds),
    ],
    [
      `under ${aims.foldMicroseconds / 1000} ms for the fold of a referral of ${domain.commits} commits`,
      `${(domain.fold / 1000).toFixed(2)} ms`,
      verdict(domain.fold, aims.foldMicroseconds),
    ],
    [
      `the same child found again: recall ${aims.recall}, precision ${aims.precision}`,
      `${matching.recall.toFixed(3)} and ${matching.precision.toFixed(3)} on ${matching.pairs} invented pairs`,
      matching.recall >= aims.recall && matching.precision >= aims.precision ? 'met' : 'not met',
    ],
    [
      `candidates within ${aims.matchingSeconds} s at ${matching.referrals} referrals`,
      `${matching.middle.toFixed(0)} ms, at most ${matching.slowest.toFixed(0)} ms`,
      verdict(matching.slowest / 1000, aims.matchingSeconds),
    ],
    [
      `under ${aims.handlerMilliseconds} ms of the API's own, without any store`,
      `${slowest[1].toFixed(2)} ms at most, to ${slowest[0]}`,
      verdict(slowest[1], aims.handlerMilliseconds),
    ],
    ...Object.entries(doors.answers).map(([name, { p50, p99, errors }]) => {
      const aim = name === 'submit' ? aims.submitMilliseconds : aims.readMilliseconds;
      return [
        `p99 under ${aim} ms to ${name} over 4 connections, ${doors.referrals} referrals loaded`,
        `p50 ${p50} ms, p99 ${p99} ms, ${errors} errors`,
        errors > 0 ? 'not met' : verdict(p99, aim),
      ];
    }),
    [
      'no error over 50 connections',
      `${doors.throughput.errors} errors at ${perSecond(doors.throughput.perSecond)}, p99 ${doors.throughput.p99} ms`,
      verdict(doors.throughput.errors, 0),
    ],
    [
      `as many units read at ${few?.referrals} referrals as at ${many?.referrals}`,
      Object.entries(many?.read ?? {})
        .map(([name, units]) => `${name} ${few?.read[name]} and ${units}`)
        .join(', '),
      JSON.stringify(few?.read) === JSON.stringify(many?.read) ? 'met' : 'not met',
    ],
    [
      `at least ${mutationAim} % of the mutants of \`shared/domain\` noticed`,
      mutation === undefined
        ? 'not measured: `node test/long/mutation-command.ts`'
        : `${mutation.percent.toFixed(1)} % (${mutation.detected} of ${mutation.valid})`,
      mutation === undefined ? 'not measured' : mutation.percent >= mutationAim ? 'met' : 'not met',
    ],
  ];
  const invoked = Object.entries(referral.invocations).filter(([, times]) => times > 0);
  return `# Bench

Written by \`npm run bench\`: measured, not promised. Counts are the same on every machine, but for the stream's consumers,
whose batches depend on timing, and the units they use. Times and memory are of one run on this machine, whatever else
it was doing.

${table(['Machine', ''], machine)}

## Aims

${table(['Aim', 'Measured', ''], compared)}

## One confirmed referral, everybody on time

The report \`docs/examples/confirmed-living-at-home.json\`, played by the demo's people in an embedded cloud in memory until
it is ${referral.stage}. People read as well as act, so the invocations of Api and the units read include their looking.
Sample people are in the directory before it begins and are not counted.

${table(
  ['', ''],
  [
    ['Deadlines', referral.deadlines],
    ['Commits', referral.commits],
    ['Transitions of all runs', referral.transitions],
    ['E-mails', referral.mails],
    ['Read units', referral.units.read],
    ['Write units', referral.units.write],
    ['Time', `${referral.seconds.toFixed(1)} s`],
  ],
)}

${table(['Function', 'Invocations'], invoked)}

A deadline's transitions are the states its run enters. The largest of the ${referral.deadlines} deadlines kept above is ${referral.keptTransitions}. For
checkpoints nobody acts on the same report for a day: ${checkpoints.checkpoints} are raised, and the largest cost of one is ${checkpoints.transitions}.

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

Each in a process of its own with the options of package.json. The data folder of \`npm start\` is empty at first. Memory is
what is resident: all threads, the people of the demo, and Node itself.

${table(
  ['', ''],
  [
    ['`npm start`: ready after', `${start.seconds.toFixed(1)} s`],
    ['… memory when ready', megabytes(start.whenReady)],
    ['… memory after one played referral', megabytes(start.afterReferral)],
    ['… half a minute later', megabytes(start.atRest)],
    ['`npm run demo`: time', `${demo.seconds.toFixed(1)} s`],
    ['… memory at its largest', megabytes(demo.peak)],
  ],
)}
`;
}
