/** The flags of `npm run simulate`. */

import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { whereKnown } from '../../shared/domain/core/where-known.ts';
import { type FaultKind, faultKinds } from './faults.ts';

export interface SimulateOptions {
  readonly cases: number;
  /** Cases played at once. */
  readonly threads: number;
  readonly seed: string;
  readonly days: number;
  readonly off: ReadonlySet<FaultKind>;
  /** One case alone, as a breach named it. */
  readonly only?: string;
  readonly acts: number;
  readonly faults: number;
  readonly without: ReadonlySet<number>;
}

/** A flag that is wrong; the sentence says which, and what it may be. */
export class WrongFlag extends Error {
  override name = 'WrongFlag';
}

const known = ['cases', 'threads', 'seed', 'days', 'off', 'only', 'acts', 'faults', 'without'] as const;

/** Throws `WrongFlag`. `freshSeed` is taken where none is given. */
export function readOptions(args: readonly string[], freshSeed: string): SimulateOptions {
  const options = Object.fromEntries(known.map((name) => [name, { type: 'string' as const }]));
  let values: Partial<Record<(typeof known)[number], string>>;
  try {
    values = parseArgs({ args: [...args], options, allowPositionals: false }).values as typeof values;
  } catch {
    throw new WrongFlag(
      `The flags are ${known.map((name) => `--${name}`).join(', ')}, each with a value, such as --cases 1000 --seed 42.`,
    );
  }
  const whole = (name: (typeof known)[number], otherwise: number, least: number, most: number): number => {
    const given = values[name];
    if (given === undefined) return otherwise;
    const number = /^\d+$/.test(given) ? Number(given) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new WrongFlag(`--${name} is a whole number from ${least} to ${most}, not "${given}".`);
  };
  const off = (values.off ?? '').split(',').filter((name) => name !== '');
  const isKind = (name: string): name is FaultKind => faultKinds.some((kind) => kind === name);
  const strange = off.find((name) => name !== 'all' && !isKind(name));
  if (strange !== undefined)
    throw new WrongFlag(`--off knows no fault "${strange}": it is all, or some of ${faultKinds.join(', ')}.`);
  const without = (values.without ?? '').split(',').filter((number) => number !== '');
  if (without.some((number) => !/^\d+$/.test(number)))
    throw new WrongFlag('--without is a list of numbers of faults, such as 3,17.');
  return {
    cases: whole('cases', 100, 1, 1_000_000),
    threads: whole('threads', availableParallelism(), 1, 64),
    seed: values.seed ?? freshSeed,
    days: whole('days', 45, 0, 400),
    off: new Set(off.includes('all') ? faultKinds : off.filter(isKind)),
    ...whereKnown({ only: values.only }),
    acts: whole('acts', Number.POSITIVE_INFINITY, 0, 1_000_000),
    faults: whole('faults', Number.POSITIVE_INFINITY, 0, 1_000_000),
    without: new Set(without.map(Number)),
  };
}
