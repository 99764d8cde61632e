/** What goes wrong, how often, and what has gone wrong so far. */
import { type Dice, dice } from '../support/dice.ts';

/** The share of the occasions at which each fault happens. */
export const rates = {
  /** Of the invocations of any function, and of the submissions at a door. */
  'function-fails-before': 0.006,
  'function-fails-after': 0.006,
  'function-times-out': 0.003,
  /** It takes up to twenty seconds, in which all others go on. */
  'function-slow': 0.03,
  crash: 0.0006,
  'function-replaced': 0.003,
  /** Of the reads of an index: it does not know the last change yet, as in AWS. */
  'index-stale': 0.02,
  /** Of the records of the stream, for each consumer. */
  'record-late': 0.03,
  'record-twice': 0.03,
  'record-out-of-order': 0.03,
  'record-lost': 0.002,
  /** Of the mails. */
  'mail-throttled': 0.02,
  'mail-bounces': 0.03,
  'mail-dropped': 0.01,
  'mail-accepted-then-crash': 0.004,
  /** Of the text messages. */
  'text-throttled': 0.05,
  'text-refused': 0.03,
  'text-accepted-then-crash': 0.01,
  /** Of the news of mails. */
  'news-late': 0.05,
  'news-twice': 0.05,
  /** Of what people do. */
  'two-at-once': 0.06,
  'sent-twice': 0.06,
  /** Of the commits of a referral: one of its runs is aborted. Or the event that tells of it is lost too. */
  'run-lost': 0.006,
  'run-lost-unheard': 0.001,
} as const;
export type FaultKind = keyof typeof rates;
export const faultKinds = Object.keys(rates) as FaultKind[];

export interface Fault {
  /** From 1, in the order in which they happened. */
  readonly number: number;
  readonly kind: FaultKind;
  /** UTC instant. */
  readonly at: string;
  readonly where: string;
}

/** Which of the faults happen: the first `limit`, without those of these numbers. `off` kinds never do. */
export interface FaultChoice {
  readonly limit: number;
  readonly without: ReadonlySet<number>;
  readonly off: ReadonlySet<FaultKind>;
}
export const everyFault: FaultChoice = { limit: Number.POSITIVE_INFINITY, without: new Set(), off: new Set() };

export interface Faults {
  happens(kind: FaultKind, where: string): boolean;
  /** For what a fault needs to be drawn beyond its happening. */
  readonly dice: Dice;
  readonly log: readonly Fault[];
  /** After this none happens any more. */
  stop(): void;
}

export function createFaults(seed: string, now: () => string, choice: FaultChoice): Faults {
  const streams = new Map(faultKinds.map((kind) => [kind, new Map<string, Dice>()]));
  const log: Fault[] = [];
  let number = 0;
  let stopped = false;
  const drawn = (kind: FaultKind, where: string): boolean => {
    let stream = streams.get(kind)?.get(where);
    if (!stream) {
      stream = dice(`${seed}/${kind}/${where}`);
      streams.get(kind)?.set(where, stream);
    }
    return stream.chance(rates[kind]);
  };
  return {
    dice: dice(`${seed}/how`),
    log,
    happens(kind, where) {
      if (stopped || choice.off.has(kind) || !drawn(kind, where)) return false;
      number += 1;
      if (number > choice.limit || choice.without.has(number)) return false;
      log.push({ number, kind, at: now(), where });
      return true;
    },
    stop() {
      stopped = true;
    },
  };
}
