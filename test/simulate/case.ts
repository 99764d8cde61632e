/**
 * One case: a report or two, the people, the faults, months. Then the faults end, the watchdog gets its time, and
 * everything is checked.
 */
import { createHash } from 'node:crypto';
import type { SentNoise } from '../../shared/domain/alerts/noise.ts';
import { logger } from '../../shared/lambda/logger.ts';
import type { ReferralRead } from '../../shared/store/ledger.ts';
import { dice } from '../support/dice.ts';
import { sweepWithin, worstDelay } from './alert-invariants.ts';
import type { Checked } from './checked.ts';
import { everyFault, type Fault, type FaultChoice } from './faults.ts';
import { type Breach, checkInvariants } from './invariants.ts';
import { isKnown } from './known-gaps.ts';
import { type Done, type Manner, sendPeople } from './people.ts';
import { NoProgress } from './virtual-time.ts';
import { createWorld, type Sabotage } from './world.ts';

export interface CaseChoice {
  readonly seed: string;
  readonly days: number;
  /** Acts after this many are not done. */
  readonly acts: number;
  readonly faults: FaultChoice;
  /** For a plain history: all keep their duties in this manner, and its mail is told as noise. */
  readonly manner?: Manner;
}

export interface CaseResult {
  readonly choice: CaseChoice;
  readonly breaches: readonly Breach[];
  /** Breaches that are known and not yet mended. */
  readonly known: readonly Breach[];
  readonly done: readonly Done[];
  readonly faults: readonly Fault[];
  /** The referrals' commits: the events of each, without what they hold beyond ids. */
  readonly timeline: readonly { readonly at: string; readonly what: string }[];
  /** What the ledger holds at the end, as a digest of its bytes. */
  readonly ledger: string;
  readonly referrals: number;
  readonly commits: number;
  readonly mails: number;
  /** Of a plain history: each mail. */
  readonly noise: readonly SentNoise[];
  readonly stages: readonly string[];
  readonly outcomes: readonly string[];
  /** Milliseconds by which the latest alert of a due deadline came too late. */
  readonly worstDelay: number;
}

export const wholeCase = (seed: string, days = 45): CaseChoice => ({
  seed,
  days,
  acts: Number.POSITIVE_INFINITY,
  faults: everyFault,
});

const firstDay = Date.parse('2026-11-02T00:00:00.000Z');
const day = 86_400_000;

const subjectOf = (event: object): string => {
  const { deadlineId, alertId, run, kind, outcome, service } = event as Readonly<Record<string, unknown>>;
  return [deadlineId, alertId, run, kind, outcome, service].filter((word) => word !== undefined).join(' ');
};

const timelineOf = ({ state, commits }: ReferralRead) =>
  commits.map(({ at, seq, actor, events }) => ({
    at,
    what: `${state.id} ${seq} by ${actor.id}: ${events.map((event) => `${event.type} ${subjectOf(event)}`.trim()).join(', ')}`,
  }));

/** Hands each line of the functions' log to `hear` until the answer is called. */
export function hearLog(hear: (line: string) => void): () => void {
  // Powertools holds its console as a property of the logger, of which its type does not tell.
  const open = logger as unknown as { console: unknown };
  const before = open.console;
  const { stackTraceLimit } = Error;
  // The log names one place of an error. Most errors of a case are refusals of a table, whose stacks are not read.
  Error.stackTraceLimit = 2;
  open.console = { ...console, error: hear, warn: hear, info: hear, log: hear };
  return () => {
    open.console = before;
    Error.stackTraceLimit = stackTraceLimit;
  };
}

/** The lines of the functions' log during `work`. */
export async function listening<Answer>(work: (lines: readonly string[]) => Promise<Answer>): Promise<Answer> {
  const lines: string[] = [];
  const end = hearLog((line) => void lines.push(line));
  try {
    return await work(lines);
  } finally {
    end();
  }
}

/** Plays until `instant` with everything on, then so long that the watchdog has seen everything, and checks. A case without an end is a breach of its own. */
async function endOf(checked: Checked, instant: number, logged: readonly string[]): Promise<readonly Breach[]> {
  const { world, people } = checked;
  try {
    await world.time.runUntil(instant);
    world.faults.stop();
    people.stop();
    await world.time.runUntil(world.time.now() + sweepWithin + 3_600_000);
    return await checkInvariants(checked, logged);
  } catch (error) {
    if (!(error instanceof NoProgress)) throw error;
    return [{ invariant: 0, sentence: error.message }];
  }
}

/** The same choice gives the same result. `sabotage` is for tests of the checks. */
export const runCase = (choice: CaseChoice, sabotage?: Sabotage): Promise<CaseResult> =>
  listening(async (logged) => {
    const { seed, days } = choice;
    const startsAt = firstDay + Math.floor(dice(`${seed}/start`).next() * (choice.manner ? 365 : 200) * day);
    const world = createWorld(seed, startsAt, choice.faults, sabotage);
    const { reader } = world;
    const people = sendPeople({ world, reader, seed, limit: choice.acts, days, manner: choice.manner });
    const checked = { world, reader, people };
    const found = await endOf(checked, startsAt + days * day, logged);
    world.stop();
    const items = world.tables.items('Ledger');
    const referrals = (await Promise.all(world.referralIds().map(reader.referral))).filter(
      (found) => found !== undefined,
    );
    return {
      choice,
      breaches: found.filter((breach) => !isKnown(breach)),
      known: found.filter(isKnown),
      done: people.done,
      faults: world.faults.log,
      timeline: referrals.flatMap(timelineOf),
      ledger: createHash('sha256').update(JSON.stringify(items)).digest('hex'),
      referrals: referrals.length,
      commits: items.length,
      mails: world.mail.sent.length,
      noise: choice.manner ? await reader.mails() : [],
      stages: referrals.map(({ state }) => state.stage),
      outcomes: referrals.map(({ state }) => state.screening.list.at(-1)?.outcome ?? 'none'),
      worstDelay: Math.max(0, ...referrals.map((referral) => worstDelay(referral, checked))),
    };
  });
