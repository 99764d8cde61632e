/** The last parts of docs/bench.md: what grows with the number of referrals, and what AWS asks for it. */

import { type Cost, sumOf } from './costs.ts';
import { fittedAt, type Grown, type Growth, slopeOf } from './growth.ts';
import { pricesAsOf, pricesRegion } from './prices.ts';

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const million = 1_000_000;
const figures = ({ units, milliseconds }: Grown) =>
  `${units.toLocaleString('en-US')} units, ${milliseconds.toFixed(1)} ms`;
const points = (grown: readonly Grown[], of: 'units' | 'milliseconds') =>
  grown.map((each) => [each.size, each[of]] as const);
const slope = (grown: readonly Grown[], of: 'units' | 'milliseconds') => slopeOf(points(grown, of));

const row = (what: string, grown: readonly Grown[]) => [
  what,
  ...grown.map(figures),
  `${slope(grown, 'units').toFixed(2)} and ${slope(grown, 'milliseconds').toFixed(2)}`,
  `${fittedAt(million, points(grown, 'units')).toLocaleString('en-US', { maximumFractionDigits: 0 })} units, ${fittedAt(million, points(grown, 'milliseconds')).toFixed(0)} ms`,
];

const dollars = (amount: number) => `$${amount.toFixed(2)}`;
const costTable = (costs: readonly Cost[], aim: number) => {
  const controls = costs.filter(({ isControl }) => isControl);
  const lines = (some: readonly Cost[]) => some.map(({ what, amount, dollars: each }) => [what, amount, dollars(each)]);
  const work = costs.filter(({ isControl }) => !isControl);
  return table(
    ['', 'Counted', 'Dollars'],
    [
      ...lines(work),
      ['**Work**', '', dollars(sumOf(work))],
      ...lines(controls),
      ['**Controls**', '', dollars(sumOf(controls))],
      [
        '**In all**',
        `aim: at most ${dollars(aim)}, ${sumOf(costs) <= aim ? 'met' : '**not met**'}`,
        dollars(sumOf(costs)),
      ],
    ],
  );
};

export interface Grew {
  readonly growth: Growth;
  readonly thousand: readonly Cost[];
  readonly month: readonly Cost[];
  /** What the functions' own metrics add at most. */
  readonly metrics: Cost;
}

/** The parts as text. `at`: the instant of the run. */
export function describeGrowth({ growth, thousand, month, metrics }: Grew, at: Date): string {
  const { pointRead, queue, firstRound, round, search } = growth;
  const rows = [row('one referral by its reference', pointRead), row('a page of the queue', queue)];
  const flat = [pointRead, queue].every((each) => slope(each, 'units') <= 0.1);
  const open = [10_000, 30_000, 100_000].map((count) => {
    const units = fittedAt(count, points(round, 'units'));
    return [count.toLocaleString('en-US'), units.toFixed(0), dollars((units * 8640 * 0.125) / million)];
  });
  return `## Growth

Written by \`npm run bench -- --growth\` on ${at.toISOString().slice(0, 10)}, which took ${growth.seconds.toFixed(0)} s here and takes at most 15 minutes. Short chains
go straight into the embedded DynamoDB, in memory. Each figure is the middle of 100 requests. The column for a million is
read off the fitted line: nothing was measured there. A slope of 0 is flat, a slope of 1 grows as the referrals do.

${table(['Against all referrals', ...pointRead.map(({ size }) => size.toLocaleString('en-US')), 'Slope of units, of time', 'A million, fitted'], rows)}

The aim is a slope of units of at most 0.1: ${flat ? 'met' : '**not met**'}.

${table(['Against the open ones', ...round.map(({ size }) => size.toLocaleString('en-US')), 'Slope of units, of time', 'A million, fitted'], [row('a round of the sweep, its process new', firstRound), row('the same round again', round)])}

${table(['Against the children of one key', ...search.map(({ size }) => size.toLocaleString('en-US')), 'Slope of units, of time', 'A million, fitted'], [row('a look into the index', search)])}

## Cost

Counted units times list prices of ${pricesAsOf} in ${pricesRegion} (\`test/bench/prices.ts\`), without free tiers. What no count gives is assumed, and says so.
1,000 confirmed referrals, each as the one above, with everyone on time and without the watchdogs:

${costTable(thousand, 6)}

A month in which nothing happens:

${costTable(month, 12)}

CloudWatch asks for a metric of our own in the hours in which it is counted, and so for none here. A month with work in every hour
has ${metrics.amount}, for ${dollars(metrics.dollars)} more.

The sweep grows with the open referrals. Its reads of a month, off the fitted line of a warm round:

${table(['Open referrals', 'Units a round', 'Dollars a month'], open)}
`;
}
