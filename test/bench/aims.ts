/** The aims, and whether a run meets them. Each aim is one sentence that says what is good. */
import * as z from 'zod';
import { aim as mutationAim } from '../long/mutation/score.ts';
import { suites as ownSuites, type Suite } from '../support/suite-times.ts';
import type { Measured } from './measured.ts';
import type { PageTimes } from './pages.ts';
import type { Spent } from './start.ts';
import { type Weight, weight } from './weight-document.ts';

/** The figures of a run that are stored beside its document, for comparison with the next run. */
export const storedRun = z.object({
  /** `2026-11-26` */
  date: z.iso.date(),
  /** What was measured, in words, by the sentence of the aim. */
  measured: z.record(z.string(), z.string()),
  /** Milliseconds of a fixed piece of work. Earlier runs did not measure it. */
  yardstick: z.number().optional(),
  /** Earlier runs did not measure it. */
  weight: weight.optional(),
});
export type StoredRun = z.infer<typeof storedRun>;

export interface Compared {
  readonly aim: string;
  /** What was measured, in words. */
  readonly says: string;
  /** Undefined where it could not be measured, or where there is no aim. */
  readonly met: boolean | undefined;
}

const atMost = (value: number | undefined, aim: number) =>
  value === undefined || !Number.isFinite(value) ? undefined : value <= aim;
export const perSecond = (value: number) => `${value.toPrecision(value < 10 ? 2 : 4)} a second`;
const megabytes = (value: number | undefined) => (value === undefined ? 'not measured' : `${value.toFixed(0)} MB`);
const spent = ({ seconds, processor }: Spent) =>
  `${seconds.toFixed(1)} s${processor === undefined ? '' : `, ${processor.toFixed(1)} s of processor time`}`;

type Row = readonly [aim: string, says: string | number, met: boolean | undefined];

const time = (what: string, aim: number, measured: Spent): Row => [
  `${what} in at most ${aim} s`,
  spent(measured),
  atMost(measured.seconds, aim),
];
const memory = (what: string, aim: number, measured: number | undefined): Row => [
  `${what} at most ${aim} MB`,
  megabytes(measured),
  atMost(measured, aim),
];
const rate = (what: string, aim: number, measured: number): Row => [
  `${what} at least ${aim} a second`,
  perSecond(measured),
  measured >= aim,
];

function ofThePages({ pages: { referrals, runs, pages } }: Measured): readonly Row[] {
  const half = (what: string, aim: number, { p50, p95 }: PageTimes): Row => [
    `half of the answers with ${what} take at most ${aim} ms at rest, with ${referrals} referrals loaded`,
    `${p50.toFixed(0)} ms; 95 of 100 within ${p95.toFixed(0)} ms`,
    atMost(p50, aim),
  ];
  return [
    half('the queue', 40, pages.queue),
    half('a referral', 80, pages.referral),
    [
      `95 of 100 answers with the page of runs take at most 150 ms at rest, with ${runs} runs`,
      `${pages.runs.p95.toFixed(0)} ms; half of them ${pages.runs.p50.toFixed(0)} ms`,
      atMost(pages.runs.p95, 150),
    ],
  ];
}

function ofTheCloud({ start, demo, synthesis, doors, acceptance }: Measured): readonly Row[] {
  const [few, many] = doors.units;
  const cold = { seconds: synthesis + start.ready.seconds, processor: undefined };
  const { processor } = start.hour;
  return [
    time('the demo ends', 12, demo.spent),
    time('one confirmed referral closes, once the cloud is warm,', 5, start.second),
    time('`npm start` is ready, its stack synthesized before,', 1.5, start.ready),
    time('`npm start` is ready for the first time', 12, cold),
    [
      `one hour of the clock with ${start.openReferrals} open referrals takes at most 3 s of processor time`,
      spent(start.hour),
      atMost(processor, 3),
    ],
    memory(`with ${start.openReferrals} open referrals, \`npm start\` holds`, 600, start.memory.peak),
    memory('idle for a minute, `npm start` holds', 300, start.memory.atRest),
    memory('the demo holds', 600, demo.peak),
    [
      '99 of 100 mails are accepted within 2 s of their commit',
      `within ${acceptance.p99.toFixed(2)} s; half of ${acceptance.mails} within ${acceptance.p50.toFixed(2)} s`,
      atMost(acceptance.p99, 2),
    ],
    ...Object.entries(doors.answers).map(([name, { p50, p99, errors }]): Row => {
      const aim = name === 'submit' ? 250 : 100;
      return [
        `99 of 100 requests to ${name} take at most ${aim} ms, over 4 connections with ${doors.referrals} referrals loaded`,
        `${p99} ms; half of them ${p50} ms; ${errors} errors`,
        errors === 0 && atMost(p99, aim),
      ];
    }),
    [
      'no request over 50 connections fails',
      `${doors.throughput.errors} failed at ${perSecond(doors.throughput.perSecond)}, 99 of 100 within ${doors.throughput.p99} ms`,
      doors.throughput.errors === 0,
    ],
    [
      `a request reads as many units with ${few?.referrals} referrals as with ${many?.referrals}`,
      Object.entries(many?.read ?? {})
        .map(([name, units]) => `${name} ${few?.read[name]} and ${units}`)
        .join(', '),
      JSON.stringify(few?.read) === JSON.stringify(many?.read),
    ],
  ];
}

/** Milliseconds of the fixed piece of work on the machine on which the suites got their aims. */
const quietYardstick = 49;

/** Thousands of bytes that these bundles may have. */
const sizes = {
  'each task of a workflow': {
    most: 450,
    of: ['AskSameChild', 'ProposeEligibility', 'DrawRoster', 'TakeStep', 'RaiseCheckpoint', 'AwaitPerson'],
  },
  'the API': { most: 650, of: ['Api'] },
  'the console': { most: 700, of: ['Console'] },
};

function ofOneReferral({ referral, checkpoints, mails, bundles }: Measured): readonly Row[] {
  return [
    [
      'a deadline kept before its first checkpoint takes at most 4 transitions',
      referral.keptTransitions,
      atMost(referral.keptTransitions, 4),
    ],
    ['each checkpoint takes at most 3 more', checkpoints.transitions, atMost(checkpoints.transitions, 3)],
    ['a confirmed referral takes at most 100 transitions', referral.transitions, atMost(referral.transitions, 100)],
    [
      'a confirmed referral takes at most 2000 read units, without the watchdogs',
      referral.readUnits,
      atMost(referral.readUnits, 2000),
    ],
    [
      'a confirmed referral takes at most 1000 write units, without the watchdogs',
      referral.writeUnits,
      atMost(referral.writeUnits, 1000),
    ],
    ['a confirmed referral sends at most 30 mails, all on time', referral.mails, atMost(referral.mails, 30)],
    ['a confirmed referral has at most 24 deadlines', referral.deadlines, atMost(referral.deadlines, 24)],
    [
      'where all act in time, one person gets at most 6 mails',
      `${mails.onTime.mostForOne}, of ${mails.onTime.inAll} in all`,
      atMost(mails.onTime.mostForOne, 6),
    ],
    [
      'mails where no one acts for 21 days (no aim)',
      `${mails.never.mostForOne} for one person, of ${mails.never.inAll} in all`,
      undefined,
    ],
    ...Object.entries(sizes).map(([what, { most, of }]): Row => {
      const largest = bundles
        .filter(({ name }) => of.includes(name))
        .toSorted((one, other) => other.minified - one.minified)[0];
      return [
        `the bundle of ${what} has at most ${most} KB, minified`,
        largest === undefined ? 'not measured' : `at most ${largest.minified.toFixed(0)} KB, ${largest.name}`,
        atMost(largest?.minified, most),
      ];
    }),
  ];
}

function ofTheParts({ mail, executions, simulator, domain, matching, handler, mutation }: Measured): readonly Row[] {
  const slowest = Object.entries(handler).toSorted(([, one], [, other]) => other - one)[0] ?? ['', Number.NaN];
  return [
    rate('one core composes mails:', 500, mail.perSecond),
    rate('the interpreter runs executions in memory:', 2500, executions.volatile),
    rate('the interpreter runs executions on disk:', 500, executions.durable),
    rate(`the simulator plays faulted ${simulator.days}-day referrals:`, 8, simulator.perSecond),
    [
      'screening, eligibility and all deadlines of one referral are decided within 200 µs',
      `${domain.decisions.microseconds.toFixed(0)} µs for ${domain.decisions.deadlines} deadlines`,
      atMost(domain.decisions.microseconds, 200),
    ],
    [
      `a referral of ${domain.commits} commits is folded within 2 ms`,
      `${(domain.fold / 1000).toFixed(2)} ms`,
      atMost(domain.fold, 2000),
    ],
    [
      'the same child is found again with a recall of 0.98 and a precision of 0.95',
      `${matching.recall.toFixed(3)} and ${matching.precision.toFixed(3)} on ${matching.pairs} invented pairs`,
      matching.recall >= 0.98 && matching.precision >= 0.95,
    ],
    [
      `candidates are found within 1 s among ${matching.referrals} referrals`,
      `${matching.middle.toFixed(0)} ms, at most ${matching.slowest.toFixed(0)} ms`,
      atMost(matching.slowest, 1000),
    ],
    [
      "the API's own work takes at most 2 ms, without any store",
      `${slowest[1].toFixed(2)} ms at most, to ${slowest[0]}`,
      atMost(slowest[1], 2),
    ],
    [
      `tests notice at least ${mutationAim} % of the mutants of \`shared/domain\``,
      mutation === undefined
        ? 'not measured: `node test/long/mutation-command.ts`'
        : `${mutation.percent.toFixed(1)} % (${mutation.detected} of ${mutation.valid})`,
      mutation && mutation.percent >= mutationAim,
    ],
  ];
}

function ofTheSuites({ suites, yardstick }: Measured): readonly Row[] {
  return (Object.keys(ownSuites) as Suite[]).map((suite) => {
    const { most } = ownSuites[suite];
    const seconds = suites[suite]?.seconds;
    return [
      `\`${suite}\` takes at most ${most} s where the fixed piece of work takes ${quietYardstick} ms`,
      seconds === undefined ? `not measured: \`${suite}\`` : `${seconds.toFixed(0)} s`,
      atMost(seconds && (seconds * quietYardstick) / yardstick, most),
    ];
  });
}

export function compareWithAims(measured: Measured): readonly Compared[] {
  return [
    ...ofTheCloud(measured),
    ...ofThePages(measured),
    ...ofOneReferral(measured),
    ...ofTheParts(measured),
    ...ofTheSuites(measured),
  ].map(([aim, says, met]) => ({ aim, says: String(says), met }));
}

/** Lines and calls of a run. `at` is its instant. */
export const weightOf = ({ lines, demo }: Pick<Measured, 'lines' | 'demo'>, at: Date): Weight => ({
  date: at.toISOString().slice(0, 10),
  lines,
  calls: demo.calls,
});

/** What is to be kept of a run. `at` is its instant. */
export const toStore = (measured: Measured, at: Date): StoredRun => ({
  date: at.toISOString().slice(0, 10),
  measured: Object.fromEntries(compareWithAims(measured).map(({ aim, says }) => [aim, says])),
  yardstick: measured.yardstick,
  weight: weightOf(measured, at),
});
