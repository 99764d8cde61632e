/** What a broken case looks like to the engineer who has to find out why. */
import type { CaseResult } from './case.ts';

/** The command line that plays exactly this case again. */
export function replayOf({ choice: { seed, days, acts, faults } }: CaseResult): string {
  const flags = [`--only ${seed}`, `--days ${days}`];
  if (Number.isFinite(acts)) flags.push(`--acts ${acts}`);
  if (Number.isFinite(faults.limit)) flags.push(`--faults ${faults.limit}`);
  if (faults.without.size > 0) flags.push(`--without ${[...faults.without].join()}`);
  return `npm run simulate -- ${flags.join(' ')}`;
}

/** Acts, faults and commits in order of their instants, one line each. */
export function timelineOf({ done, faults, timeline }: CaseResult): readonly string[] {
  const lines = [
    ...done.map(({ number, at, what, answer }) => `${at}  act ${number}    ${what} => ${answer}`),
    ...faults.map(({ number, at, kind, where }) => `${at}  fault ${number}  ${kind} (${where})`),
    ...timeline.map(({ at, what }) => `${at}  commit   ${what}`),
  ];
  return lines.toSorted((one, other) =>
    one.slice(0, 24) < other.slice(0, 24) ? -1 : one.slice(0, 24) > other.slice(0, 24) ? 1 : 0,
  );
}

export const describeBreaches = (result: CaseResult): string =>
  [
    ...result.breaches.map(({ invariant, sentence }) => `  Invariant ${invariant}: ${sentence}`),
    `  Again: ${replayOf(result)}`,
    ...timelineOf(result).map((line) => `    ${line}`),
  ].join('\n');
