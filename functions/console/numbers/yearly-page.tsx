/** The figures of a year for readers who cannot open the cases. */
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import type { Span, YearlyFigures, YearlyLine } from '../../../shared/reports/yearly.ts';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { FilterForm, Select } from '../queue/filter-line.tsx';
import { addressOf } from '../queue/filter-words.ts';
import { percent, periodWords } from './number-words.ts';
import { NumbersSide } from './numbers-frame.tsx';

const spanWords = ({ from, to }: Span): string => `${from} to ${to}`;

/** The share, as far as the two spans say it. */
const shareWords = ({ children, of }: YearlyLine): string =>
  `${percent(children.from / of.to)} to ${percent(Math.min(1, children.to / Math.max(1, of.from)))}`;

export function YearlyPage({
  frame,
  figures: { period, year, asOf, fewest, children, sections },
  years,
}: {
  readonly frame: Frame;
  readonly figures: YearlyFigures;
  /** The years that can be chosen, the latest first. */
  readonly years: readonly number[];
}) {
  const { base } = frame;
  const download = (kind: 'csv' | 'json') => addressOf(`${base}/numbers/yearly/${kind}`, { year: String(year) });
  return (
    <Page frame={frame} title="Yearly figures" side={<NumbersSide frame={frame} here="yearly" />}>
      <h1>Yearly figures</h1>
      <p>How many children, and what was done for them, in a year that has ended?</p>
      <FilterForm action={`${base}/numbers/yearly`} button="Show this year">
        <Select
          choice={{
            name: 'year',
            label: 'State fiscal year',
            options: years.map((each) => [String(each), String(each)]),
          }}
          chosen={{ year: String(year) }}
        />
      </FilterForm>
      <p>
        <strong>{periodWords('state-fiscal', year, period)}.</strong>{' '}
        {children
          ? `${spanWords(children)} children had a referral.`
          : `Fewer than ${fewest} children had a referral, so there are no figures.`}
      </p>
      <p class="small">
        As of {formatInstant(asOf)}, the end of the year. What was recorded later never changes these figures.
      </p>
      {sections.map(({ title, lines }) => (
        <Table
          caption={title}
          heads={['What', 'Children', 'Of', 'Share']}
          rows={lines.map((line) => [line.words, spanWords(line.children), spanWords(line.of), shareWords(line)])}
          numbers
        />
      ))}
      <h2>What is not here, and why</h2>
      <ul class="usa-list">
        <li>A number stands as a span of {fewest} numbers, so that no two numbers tell of one child.</li>
        <li>
          A line is left out where fewer than {fewest} children are on either side. It could tell of them, or of all
          others.
        </li>
        <li>Restricted referrals are left out.</li>
        <li>There are no months, quarters, regions or groups: small groups tell who is in them.</li>
        <li>A year appears on the second day after its end.</li>
        <li>Each time you open this page or a file is recorded in the log of operations.</li>
      </ul>
      <p class="numbers-files">
        The same figures as a file: <a href={download('csv')}>CSV for a spreadsheet</a> ·{' '}
        <a href={download('json')}>JSON</a>
      </p>
    </Page>
  );
}
