/**
 * Baselines and targets by grant year, as data. The baselines are figures of the program's own announcement. The targets are
 * assumptions of this project until the program sets its own.
 */
import type { Confidence } from '../domain/policy/confidence.ts';

export interface Baseline {
  readonly measure: string;
  /** What the source says, in its own span of time. */
  readonly words: string;
  readonly source: string;
  readonly confidence: Confidence;
}

export interface Target {
  readonly measure: string;
  readonly grantYear: number;
  /** A share between 0 and 1. */
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly source: string;
  readonly confidence: Confidence;
}

const announced = { source: 'Announcement of the program, October 2014', confidence: 'believed' } as const;

export const baselines: readonly Baseline[] = [
  { measure: 'reports', words: '240 and more, 2008 to October 2014', ...announced },
  { measure: 'referrals', words: '260 and more, 2008 to October 2014', ...announced },
  {
    measure: 'unscreened-on-return',
    words: '72% of boys and 59% of girls, in the states that the Inspector General read',
    source: 'HHS Office of Inspector General, on children who returned from missing',
    confidence: 'believed',
  },
];

/** The grant years that have targets. */
const grantYears = [2025, 2026] as const;

const wanted: readonly Pick<Target, 'measure' | 'atLeast' | 'atMost'>[] = [
  { measure: 'child-seen', atLeast: 0.95 },
  { measure: 'on-time-law-now', atLeast: 0.95 },
  { measure: 'screened-on-return', atLeast: 0.9 },
  { measure: 'advocate-reached', atLeast: 0.85 },
  { measure: 'exam-offered-in-time', atLeast: 0.95 },
  { measure: 'interviewed-once', atLeast: 0.95 },
  { measure: 'service-started', atLeast: 0.8 },
  { measure: 'unmet-need', atMost: 0.15 },
  { measure: 'child-charged', atMost: 0.02 },
];

/** What the scorecard alone aims at. */
const wantedOfPractices: readonly Pick<Target, 'measure' | 'atLeast' | 'atMost'>[] = [
  { measure: 'screened-in-a-day', atLeast: 0.9 },
  { measure: 'caseworkers-current', atLeast: 0.9 },
  { measure: 'careline-current', atLeast: 0.9 },
  { measure: 'schools-current', atLeast: 0.9 },
  { measure: 'services-listed', atLeast: 0.9 },
  { measure: 'listings-verified', atLeast: 0.9 },
  { measure: 'unmet-by-misfit', atMost: 0.1 },
  { measure: 'interviews-at-centers', atLeast: 0.9 },
  { measure: 'protocols-in-force', atLeast: 0.9 },
  { measure: 'key-facts-known', atLeast: 0.8 },
  { measure: 'care-facts-known', atLeast: 0.95 },
  { measure: 'agreements-in-force', atLeast: 0.9 },
];

const assumed = { source: 'Assumption of this project', confidence: 'assumed' } as const;

/** What the program aims at in its last grant year, for the scorecard. Undefined where it has no aim. */
export function aimOf(measure: string): Target | undefined {
  const own = wantedOfPractices.find((each) => each.measure === measure);
  const grantYear = Math.max(...grantYears);
  return own ? { ...own, ...assumed, grantYear } : targets.findLast((each) => each.measure === measure);
}

export const targets: readonly Target[] = grantYears.flatMap((grantYear) =>
  wanted.map((each) => ({ ...each, grantYear, ...assumed })),
);
