/** The part of docs/bench.md about rows of facts and reports. It stands before the part on growth. */

import { type MeasuredFacts, rebuilt, shown } from './facts.ts';
import { dollarsFor, pricesAsOf, pricesRegion } from './prices.ts';
import { asked, behindList } from './report-pages.ts';

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const number = (amount: number, digits = 0) => amount.toLocaleString('en-US', { maximumFractionDigits: digits });

/** Assumed: so many reports are made in a month, and each reads every row of two years. */
const reportsOfMonth = 200;
const unitBytes = 4096;

/** Dollars of a month at so many referrals a year, with the rows of two years. */
function costOf({ unitsOfReferral, bytes }: MeasuredFacts, referrals: number) {
  const writes = (referrals / 12) * unitsOfReferral;
  const gigabytes = (2 * referrals * bytes) / 1e9;
  const reads = reportsOfMonth * 2 * referrals * (bytes / unitBytes);
  const dollars =
    dollarsFor('dynamodb-write-unit', writes) +
    dollarsFor('dynamodb-read-unit', reads) +
    dollarsFor('dynamodb-storage', gigabytes) +
    dollarsFor('dynamodb-point-in-time', gigabytes);
  return [
    number(referrals),
    number(writes),
    number(reads),
    `${number(gigabytes * 1000, 1)} MB`,
    `$${dollars.toFixed(2)}`,
  ];
}

/** The part as text. `at`: the instant of the run. */
export function describeFacts(measured: MeasuredFacts, at: Date): string {
  const {
    rowsPerSecond,
    writesOfReferral,
    looksOfReferral,
    unitsOfReferral,
    rebuild,
    bytes,
    rowMegabytes,
    report,
    pages,
    list,
  } = measured;
  const seconds = (amount: number) => `${amount.toFixed(2)} s`;
  return `## Facts and reports

Written by \`npm run bench -- --facts\` on ${at.toISOString().slice(0, 10)}. A played history of invented referrals, on one core, with tables in memory.

${table(
  ['', ''],
  [
    ['Rows made of their commits', `${number(rowsPerSecond)} a second`],
    ['A row, as JSON', `${number(bytes)} bytes`],
    ['Writings of the row of one referral, over its life', number(writesOfReferral, 1)],
    ['Times that it was looked at, hourly at most', number(looksOfReferral, 1)],
    ['**Added write units of one referral**, its cursor with it', number(unitsOfReferral, 1)],
    [`${number(rebuilt)} rows written anew`, `${seconds(rebuild.seconds)}, ${number(rebuild.units)} write units`],
    [`${number(rebuilt)} rows in memory`, `${number(rowMegabytes)} MB`],
    [`Every measure over ${number(rebuilt)} rows`, `${seconds(report.seconds)}, ${number(report.megabytes)} MB`],
    [`Needs over ${number(rebuilt)} rows`, seconds(measured.needs)],
    [`Indicators over ${number(rebuilt)} rows`, seconds(measured.risk)],
    [`Equity over ${number(rebuilt)} rows`, seconds(measured.equity)],
  ],
)}

Pages from ${number(shown)} referrals of two years, in the embedded cloud, each asked ${asked} times by one signed-in reader. The aim is 1 s at p95. The first
reader of five minutes reads every row anew. The last row is of ${behindList} played referrals. It names 50 of them, and each reader has a session of
their own, so each read of each is recorded first. Its first reader meets a function that has read none of them.

${table(
  ['Page', 'The first reader', 'p50', 'p95'],
  [...pages, list].map(({ page, first, p50, p95 }) => [page, ...[first, p50, p95].map((each) => `${number(each)} ms`)]),
)}

Rows of facts add to a month, at list prices of ${pricesAsOf} in ${pricesRegion}. Assumed: ${reportsOfMonth} reports a month, each of which reads the rows
of two years. Time of functions is with the stream's consumers.

${table(
  ['Referrals a year', 'Write units', 'Read units (assumed)', 'Kept', 'Dollars a month'],
  [300, 5000].map((each) => costOf(measured, each)),
)}
`;
}
