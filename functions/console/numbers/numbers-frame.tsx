/** What stands around every page of figures: the pages beside it, the year, the watermark, and the downloads. */
import type { Child } from 'hono/jsx';
import { isOneOf } from '../../../shared/application/access/visitor.ts';
import { reportReaders } from '../../../shared/application/read/reports.ts';
import { formatInstant, newYorkDate } from '../../../shared/domain/policy/due.ts';
import { type CalendarName, calendarNames, yearOf } from '../../../shared/reports/calendars.ts';
import type { PageAsked, PageName, ReportPage } from '../../../shared/reports/figure-pages.ts';
import { SideNavigation } from '../app/components/side-navigation.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { FilterForm, Select } from '../queue/filter-line.tsx';
import { addressOf } from '../queue/filter-words.ts';
import { calendarWords, isRunning, periodWords } from './number-words.ts';

export const pageTitles: Readonly<Record<PageName, string>> = {
  'on-time': 'On time',
  'what-happened': 'What happened',
  outcomes: 'Outcomes',
  needs: 'Needs',
  risk: 'Indicators',
  trends: 'Trends',
  equity: 'Equity',
  evaluation: 'Evaluation',
  scorecard: 'Scorecard',
};

const question: Readonly<Record<PageName, string>> = {
  'on-time': 'Does the work happen when it is due?',
  'what-happened': 'How many children, and what was done for them?',
  outcomes: 'What came later, in court, in placement and in services?',
  needs: 'Which services are missing, for which children, and where?',
  risk: 'Which early signs do children have, and does other evidence confirm them?',
  trends: 'What changes over quarters and years?',
  equity: 'Do all children get the same?',
  evaluation: 'Did it get better after a change?',
  scorecard: 'How far has the state come in the five practices?',
};

const yearlyLink = (base: string) => ({ href: `${base}/numbers/yearly`, words: 'Yearly figures' });

const links = (base: string, asked?: Pick<PageAsked, 'calendar' | 'year'>) => [
  { href: `${base}/numbers`, words: 'Monday' },
  ...Object.entries(pageTitles).map(([name, words]) => ({
    href: asked
      ? addressOf(`${base}/numbers/${name}`, { calendar: asked.calendar, year: String(asked.year) })
      : `${base}/numbers/${name}`,
    words,
  })),
  { href: `${base}/numbers/returns`, words: 'Returns' },
  yearlyLink(base),
];

export const NumbersSide = ({
  frame: { base, visitor },
  here,
  asked,
}: {
  readonly frame: Frame;
  readonly here: PageName | 'monday' | 'returns' | 'yearly' | 'why';
  readonly asked?: Pick<PageAsked, 'calendar' | 'year'> | undefined;
}) => {
  const seesLive = visitor !== undefined && isOneOf(visitor, reportReaders);
  const all = seesLive ? links(base, asked) : [yearlyLink(base)];
  const at = seesLive ? ['monday', ...Object.keys(pageTitles), 'returns', 'yearly'].indexOf(here) : 0;
  return <SideNavigation label="Figures" links={all} here={here === 'why' ? '' : (all[at]?.href ?? '')} />;
};

export const Watermark = ({ asOf }: { readonly asOf: string }) => (
  <p class="small">
    As of {formatInstant(asOf)}. What was recorded in the last hour may be missing. Choose a number to see why it is
    what it is.
  </p>
);

/** The years that a reader can choose, the latest first. */
const yearsOf = (calendar: CalendarName, asOf: string): readonly number[] => {
  const latest = yearOf(calendar, newYorkDate(asOf));
  return Array.from({ length: 6 }, (_, back) => latest - back);
};

export const YearChoice = ({ asked: { calendar, year, asOf } }: { readonly asked: PageAsked }) => (
  <>
    <Select
      choice={{
        name: 'calendar',
        label: 'Calendar',
        options: calendarNames.map((name) => [name, calendarWords[name]] as const),
      }}
      chosen={{ calendar }}
    />
    <YearSelect calendar={calendar} year={year} asOf={asOf} />
  </>
);

export const YearSelect = ({ calendar, year, asOf }: Pick<PageAsked, 'calendar' | 'year' | 'asOf'>) => (
  <Select
    choice={{
      name: 'year',
      label: 'Year',
      options: yearsOf(calendar, asOf).map((each, index) => [
        String(each),
        index === 0 ? `${each} so far` : String(each),
      ]),
    }}
    chosen={{ year: String(year) }}
  />
);

export const ReportFrame = ({
  frame,
  asked,
  report,
  choices,
  children,
}: {
  readonly frame: Frame;
  readonly asked: PageAsked;
  readonly report: ReportPage;
  /** More of the form: what this page alone lets the reader choose. */
  readonly choices?: Child;
  readonly children?: Child;
}) => {
  const { base } = frame;
  const { calendar, year, asOf } = asked;
  const title = pageTitles[report.page];
  const running = isRunning(report.period, newYorkDate(asOf));
  const address = {
    calendar,
    year: String(year),
    ...(report.page === 'equity' && { by: asked.by }),
    ...(report.page === 'needs' && asked.service !== undefined && { service: asked.service }),
  };
  // The page of evaluation has years of its own.
  const hasYear = report.page !== 'evaluation';
  const download = (kind: 'csv' | 'json') => addressOf(`${base}/numbers/${report.page}/${kind}`, address);
  return (
    <Page frame={frame} title={title} side={<NumbersSide frame={frame} here={report.page} asked={asked} />}>
      <h1>{title}</h1>
      <p>{question[report.page]}</p>
      {hasYear && (
        <FilterForm action={`${base}/numbers/${report.page}`} button="Show this year">
          <YearChoice asked={asked} />
          {choices}
        </FilterForm>
      )}
      {hasYear && (
        <p>
          <strong>{periodWords(calendar, year, report.period)}.</strong>{' '}
          {running && 'This year has not ended: it is counted as it stands.'}
        </p>
      )}
      <Watermark asOf={asOf} />
      {children}
      <p class="numbers-files">
        The same figures as a file: <a href={download('csv')}>CSV for a spreadsheet</a> ·{' '}
        <a href={download('json')}>JSON</a>
      </p>
    </Page>
  );
};
