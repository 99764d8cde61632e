/** The pages of figures of a year: on time, what happened, outcomes, needs, indicators, trends, equity. */
import type { Child } from 'hono/jsx';
import { services } from '../../../shared/domain/core/vocabulary.ts';
import { formatDate } from '../../../shared/domain/policy/due.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { isIn } from '../../../shared/reports/calendars.ts';
import type { Verdict } from '../../../shared/reports/evaluation.ts';
import type { Line, PageAsked, PageName, ReportPage, Section } from '../../../shared/reports/figure-pages.ts';
import { type Figure, splitNames } from '../../../shared/reports/figures.ts';
import { type GapKind, type GapLine, gapKinds } from '../../../shared/reports/needs.ts';
import { baselines, type Target } from '../../../shared/reports/targets.ts';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Select } from '../queue/filter-line.tsx';
import { addressOf } from '../queue/filter-words.ts';
import {
  barsOf,
  DifferencesTable,
  LinesTable,
  measureWords,
  NumberLink,
  rowWords,
  type Shown,
  SplitTable,
  shortWords,
  Trends,
} from './figure-tables.tsx';
import { loadRows } from './monday-page.tsx';
import { partWords, percent, quarterWords, splitWords } from './number-words.ts';
import { ReportFrame } from './numbers-frame.tsx';
import { Bars } from './plots.tsx';
import { Scorecard } from './scorecard-view.tsx';

interface PageProps {
  readonly frame: Frame;
  readonly asked: PageAsked;
  readonly report: ReportPage;
  readonly policies: readonly Policy[];
}
type Part = PageProps & { readonly shown: Shown };

const sectionNamed = ({ sections }: ReportPage, title: string): Section =>
  sections.find((section) => section.title === title) ?? { title };

const classes = { now: 'Call at once', today: 'The same day', routine: 'In its time' } as const;

/** Duties of law or of policy, by how urgent they are: kept by the rule, and with extensions counted. */
function DutiesTable({
  kind,
  lines,
  shown,
}: {
  readonly kind: 'law' | 'policy';
  readonly lines: readonly Line[];
  readonly shown: Shown;
}) {
  const { base, asked } = shown;
  const lineOf = (id: string) => lines.find(({ measure }) => measure === id);
  const cell = (line: Line | undefined, of: 'figure' | 'before') => {
    const figure = line?.[of];
    const year = of === 'figure' ? asked.year : asked.year - 1;
    return line && figure ? (
      <NumberLink base={base} why={{ measure: line.measure, calendar: asked.calendar, year }} figure={figure} />
    ) : (
      ''
    );
  };
  const names = Object.entries(classes).map(([name, said]) => [`on-time-${kind}-${name}`, said] as const);
  return (
    <Table
      caption={`Duties of ${kind} kept on time, by how urgent they are`}
      heads={['How urgent', 'By the rule', 'With extensions', 'By the rule, year before']}
      rows={names.map(([id, said]) => [
        said,
        cell(lineOf(id), 'figure'),
        cell(lineOf(`${id}-extended`), 'figure'),
        cell(lineOf(id), 'before'),
      ])}
      numbers
    />
  );
}

const OnTime = ({ report, shown }: Part) => (
  <>
    <h2>Duties of law</h2>
    <p>An overdue duty that is still open counts as not kept. An extension does not change the first column.</p>
    <DutiesTable kind="law" lines={sectionNamed(report, 'Law').lines ?? []} shown={shown} />
    <h2>Duties of policy</h2>
    <DutiesTable kind="policy" lines={sectionNamed(report, 'Policy').lines ?? []} shown={shown} />
    <h2>Time to each stage</h2>
    <p>
      Half of all referrals reached the stage within this time. Those that still wait are counted. <em>Not reached</em>:
      fewer than half got there. With fewer than 20 referrals there is no time.
    </p>
    <LinesTable
      caption="From the report until each stage"
      head="Stage"
      lines={sectionNamed(report, 'Time to each stage').lines ?? []}
      shown={shown}
    />
    <h2>Alarm load</h2>
    <p>What being on time costs the people who do the work. An interruption is a mail to act on at once or today.</p>
    <Table
      caption="The last seven days, and the seven days before"
      heads={['What', 'Now', 'A week before', 'Change']}
      rows={loadRows(sectionNamed(report, 'Alarm load').load)}
      numbers
    />
  </>
);

const counted = (lines: readonly Line[], id: string): number => {
  const figure = lines.find(({ measure }) => measure === `referrals${id}`)?.figure;
  return figure?.kind === 'count' ? figure.count : 0;
};

function WhatHappened({ report, shown }: Part) {
  const { lines: many = [], links } = sectionNamed(report, 'How many');
  const done = sectionNamed(report, 'What was done').lines ?? [];
  const sum = (['open', 'closed', 'withdrawn', 'merged'] as const).map(
    (stage) => `${counted(many, `-${stage}`)} ${stage}`,
  );
  return (
    <>
      <h2>How many</h2>
      <p>
        Reports, referrals and children are three counts. Never add them. One call can be about several children, and
        one child can be reported again.
      </p>
      <LinesTable caption="Received in the year" head="What" lines={many} shown={shown} />
      <p>
        {counted(many, '')} referrals = {sum.join(' + ')}.
      </p>
      {links && links.changed > 0 && (
        <p>
          People linked {links.changed} of these referrals to another one of the same child, or undid a link.{' '}
          {links.afterTheYear > 0 &&
            `They did so for ${links.afterTheYear} after the year had ended, so an earlier count of children differs.`}
        </p>
      )}
      <h2>What was done</h2>
      <Bars bars={barsOf(done.filter(({ measure }) => measure !== 'not-indicated'))} what="Of what was needed" />
      <LinesTable caption="Children of these it was done for" head="What" lines={done} shown={shown} />
    </>
  );
}

function Outcomes({ report, shown }: Part) {
  return (
    <>
      <h2>What came later</h2>
      <p>Children whose time has not passed yet are not counted.</p>
      <LinesTable
        caption="Within 6 and 12 months"
        head="What"
        lines={sectionNamed(report, 'What came later').lines ?? []}
        shown={shown}
      />
      <h2>Courts and placement</h2>
      <p>These children are victims, not criminals. A charge against a child is counted to be ended.</p>
      <LinesTable
        caption="Holds, petitions, placement and charges"
        head="What"
        lines={sectionNamed(report, 'Courts and placement').lines ?? []}
        shown={shown}
      />
      <Endings
        caption="How charges of the child ended"
        lines={sectionNamed(report, 'How charges of the child ended').lines ?? []}
        none="No charge of a child of this year has an end yet."
        shown={shown}
      />
      <Endings
        caption="How services that started ended, by their last review"
        lines={sectionNamed(report, 'How services ended').lines ?? []}
        none="No service of this year has an outcome yet."
        shown={shown}
      />
    </>
  );
}

const isCounted = (figure: Figure): boolean => figure.kind === 'share' && figure.of > 0;

/** The ends of one thing, of which each case has one. */
const Endings = ({
  caption,
  lines,
  none,
  shown,
}: {
  readonly caption: string;
  readonly lines: readonly Line[];
  /** What stands in the place of a table of zeros. */
  readonly none: string;
  readonly shown: Shown;
}) =>
  lines.some(({ figure }) => isCounted(figure)) ? (
    <LinesTable caption={caption} head="End" lines={lines} shown={shown} isShort />
  ) : (
    <p>{none}</p>
  );

/** Each indicator: how common, how often not known, and how often other evidence confirms it. */
function Risk({ report, shown }: Part) {
  const { base, asked } = shown;
  const linesOf = (title: string) => sectionNamed(report, title).lines ?? [];
  const [unknown, confirmed] = [linesOf('Not known'), linesOf('Confirmed by other evidence')];
  const indicators = linesOf('Indicators').map((line, index) => ({
    line,
    name: rowWords(line.measure),
    others: [unknown[index], confirmed[index]],
  }));
  const partOf = ({ line: { figure } }: (typeof indicators)[number]) =>
    figure.kind === 'share' && figure.of > 0 ? figure.count / figure.of : 0;
  const sorted = indicators.toSorted((one, other) => partOf(other) - partOf(one));
  const cell = (line: Line | undefined) =>
    line && (
      <>
        <NumberLink base={base} why={{ measure: line.measure, ...asked }} figure={line.figure} isShort />
        {line.figure.kind === 'share' && line.figure.interval && (
          <small class="margin">{line.figure.interval.map(percent).join(' to ')}</small>
        )}
      </>
    );
  return (
    <>
      <p>
        Indicators drive the outcome of a screening, so that outcome is no evidence for them. <em>Confirmed</em> means
        other evidence: a substantiated investigation, or a trafficker charged or convicted. Investigators saw the
        checklist too.
      </p>
      <p>
        <strong>No child has a score.</strong> A share says nothing about one child. With fewer than 20 cases there is
        no percentage: open the number to see the cases.
      </p>
      <Bars bars={barsOf(sorted.map(({ line }) => line)).slice(0, 8)} what="The eight most common, where it is known" />
      <Table
        caption="Children by indicator, the most common first"
        heads={['Indicator', 'Have it', 'Not known', 'Confirmed, of those who have it']}
        rows={sorted.map(({ line, name, others }) => [name, cell(line), ...others.map(cell)])}
        numbers
      />
    </>
  );
}

const serviceOf = (measure: string): string => measure.replace('unmet-need-', '');
/** The service of a measure of needs, as it stands in a sentence. */
const serviceIn = (measure: string): string => words(serviceOf(measure)).toLowerCase();
const yearWords = ({ calendar, year }: PageAsked) => ({ calendar, year: String(year) });

function Needs({ report, asked, shown }: Part) {
  const lines = sectionNamed(report, 'By service').lines ?? [];
  const [any, ...each] = lines;
  const byCount = (line: Line) => (line.figure.kind === 'share' ? line.figure.count : 0);
  const isNeeded = ({ figure, before }: Line) =>
    [figure, before].some((shown) => shown?.kind === 'share' && shown.of > 0);
  const noneNeeds = each.filter((line) => !isNeeded(line)).map(({ measure }) => serviceIn(measure));
  const missing = each.filter(isNeeded).toSorted((one, other) => byCount(other) - byCount(one));
  const top = missing[0];
  const region = sectionNamed(report, 'By region').split;
  const living = sectionNamed(report, 'By living situation').split;
  return (
    <>
      <p>
        A need is unmet when a service was declined and has not started since. Six refusals of one child count once.{' '}
        {top?.figure.kind === 'share' && top.figure.count > 0 && (
          <strong>
            Most often missing: {serviceIn(top.measure)}, for {top.figure.count} of {top.figure.of} children who need
            it.
          </strong>
        )}{' '}
        {top && asked.service === undefined && (
          <a href={addressOf(`${shown.base}/numbers/needs`, { ...yearWords(asked), service: serviceOf(top.measure) })}>
            See where {serviceIn(top.measure)} is missing
          </a>
        )}
      </p>
      <h2>Where</h2>
      {region && <SplitTable split={region} shown={shown} what={measureWords(region.measure)} />}
      <h2>Which service</h2>
      <Bars bars={barsOf(missing).slice(0, 8)} what="Unmet, of children who need it" />
      <details class="fold">
        <summary>All services, with the year before</summary>
        <LinesTable
          caption="Children with an unmet need, by service, the most first"
          head="Service"
          lines={[...(any ? [any] : []), ...missing]}
          shown={shown}
        />
        {noneNeeds.length > 0 && <p>No child needed: {noneNeeds.join(', ')}.</p>}
      </details>
      <GapsTable gaps={sectionNamed(report, 'Why').gaps ?? []} />
      {living && (
        <details class="fold">
          <summary>For which children, by where they live</summary>
          <SplitTable split={living} shown={shown} what="Children with an unmet need" picture={false} />
        </details>
      )}
    </>
  );
}

const gapWords: Readonly<Record<GapKind, string>> = {
  'none-listed': 'None listed',
  'no-capacity': 'No capacity',
  wait: 'Wait',
  'wrong-fit': 'Wrong fit',
  language: 'Language',
};

/** Why needs are not met, the most first. */
function GapsTable({ gaps }: { readonly gaps: readonly GapLine[] }) {
  const isWaitKnown = gaps.some(({ waitDays }) => waitDays !== undefined);
  const unmet = gaps.filter((gap) => gap.unmet.count > 0).toSorted((one, other) => other.unmet.count - one.unmet.count);
  return (
    <>
      <h2>Why</h2>
      <p>
        A child may have several kinds of gap. A need that the child or family declined has none. <em>Language</em>: no
        provider listed there speaks the child’s language. Transport is not asked yet, so no figure has it.
      </p>
      {unmet.length === 0 ? (
        <p>No child of the year has an unmet need.</p>
      ) : (
        <Table
          caption="Children with an unmet need, by kind of gap, and providers listed now"
          heads={[
            'Service',
            'Unmet',
            ...gapKinds.map((kind) => gapWords[kind]),
            ...(isWaitKnown ? ['Median wait'] : []),
            'Listed',
          ]}
          rows={unmet.map(({ service, unmet: { count }, kinds, waitDays, listed }) => [
            words(service),
            String(count),
            ...gapKinds.map((kind) => String(kinds[kind])),
            ...(isWaitKnown ? [waitDays === undefined ? '–' : `${waitDays} days`] : []),
            String(listed),
          ])}
          numbers
        />
      )}
    </>
  );
}

function TrendsPage({ report, policies, shown }: Part) {
  const byQuarter = sectionNamed(report, 'By quarter');
  const byYear = sectionNamed(report, 'By year');
  const quarters = byQuarter.periods ?? [];
  const marks = policies.flatMap(({ inForceFrom }) => {
    const at = quarters.find((quarter) => isIn(quarter, inForceFrom));
    return at ? [{ at: quarterWords(at), words: 'new policy' }] : [];
  });
  return (
    <>
      <p>
        A month has too few referrals to tell a change from chance. So these lines go by quarter and year.{' '}
        {marks.length > 0 && 'The dashed line marks the quarter in which a new policy began.'}
      </p>
      <p>
        Is a change clear, or chance?{' '}
        <a href={`${shown.base}/numbers/evaluation`}>Compare the years before and after the policy began</a>
      </p>
      <h2>By quarter</h2>
      <div class="plots">
        <Trends
          trends={byQuarter.trends ?? []}
          names={quarters.map(quarterWords)}
          caption="By quarter"
          mark={marks.at(-1)}
          drawn
        />
      </div>
      <h2>By year</h2>
      <Trends
        trends={byYear.trends ?? []}
        names={(byYear.periods ?? []).map(({ name }) => name.slice(-4))}
        caption="By year"
        drawn={false}
      />
    </>
  );
}

function Equity({ report, asked, shown }: Part) {
  const differences = sectionNamed(report, 'Boys and girls').differences;
  const splits = report.sections.flatMap(({ split }) => (split ? [split] : []));
  const values = [...new Set(splits.flatMap(({ parts }) => parts.map(({ value }) => value)))];
  const { base } = shown;
  return (
    <>
      {differences && (
        <>
          <h2>Boys and girls</h2>
          <p>
            The Inspector General found 72% of boys and 59% of girls not screened on return, in the states it read. The
            first row here counts the same. A difference is clear when its interval leaves out zero.
          </p>
          <DifferencesTable
            caption="Boys and girls, and the difference with its 95% interval"
            heads={['Boys', 'Girls', 'Boys minus girls']}
            differences={differences}
            shown={shown}
          />
        </>
      )}
      <h2>By {splitWords[asked.by].toLowerCase()}</h2>
      <p>Small groups have no percentage. Compare counts, and open the number for its definition.</p>
      <Table
        caption={`Each measure by ${splitWords[asked.by].toLowerCase()}`}
        heads={[
          'Measure',
          ...values.map((value) => (value === 'unknown' ? 'Not known' : partWords(asked.by, value))),
          'Whole state',
        ]}
        rows={splits.map(({ measure, parts, total }) => [
          shortWords(measure),
          ...values.map((part) => {
            const figure = parts.find(({ value }) => value === part)?.figure;
            const why = { measure, ...shown.asked, by: asked.by, part };
            return figure ? <NumberLink base={base} why={why} figure={figure} isShort /> : '0 of 0';
          }),
          <NumberLink base={base} why={{ measure, ...shown.asked }} figure={total} isShort />,
        ])}
        numbers
      />
    </>
  );
}

const verdictWords: Readonly<Record<Verdict, string>> = {
  met: 'met',
  'not-met': 'not met',
  'too-few': 'too few cases',
  'no-target': '',
};

/** `at least 95%`. Empty where there is no target. */
function aimText(target: Target | undefined): string {
  if (!target) return '';
  const { atLeast, atMost = 0 } = target;
  return atLeast === undefined ? `at most ${percent(atMost)}` : `at least ${percent(atLeast)}`;
}

function Evaluation({ report, asked, policies, shown }: Part) {
  const around = sectionNamed(report, 'Before and after');
  const { trends = [], aims = [], periods = [] } = sectionNamed(report, 'By grant year');
  const years = periods.map(({ from }) => Number(from.slice(0, 4)));
  return (
    <>
      <h2>Against targets, by grant year</h2>
      <p>
        A grant year begins on September 30; the last one runs. Targets are assumptions until the director sets others.
      </p>
      <Table
        caption="By grant year"
        heads={['Measure', 'Target', ...years.map(String)]}
        rows={trends.map(({ measure, figures }) => [
          shortWords(measure),
          aimText(aims.findLast((aim) => aim.measure === measure)?.target),
          ...figures.map((figure, index) => {
            const aim = aims.find((each) => each.figure === figure);
            const why = { measure, calendar: 'grant', year: years[index] } as const;
            return (
              <>
                <NumberLink base={shown.base} why={why} figure={figure} isShort />
                {aim?.target && <small class="margin">{verdictWords[aim.verdict]}</small>}
              </>
            );
          }),
        ])}
        numbers
      />
      <details class="fold">
        <summary>Baselines: of another time and source</summary>
        <Table
          caption="Baselines: of another time and source"
          heads={['Measure', 'Baseline', 'Source']}
          rows={baselines.map(({ measure, words: said, source }) => [shortWords(measure), said, source])}
        />
      </details>
      <h2>Before and after {formatDate(asked.day)}</h2>
      <p>
        {policies.some(({ inForceFrom }) => inForceFrom === asked.day) && 'A new policy began on this day. '}
        The year before that day, and the year from it on so far. A clear difference does not say what caused it.
      </p>
      <DifferencesTable
        caption="Children, and the difference (95% interval)"
        heads={['After', 'Before', 'After minus before']}
        differences={around.differences ?? []}
        shown={shown}
      />
    </>
  );
}

const contents: Readonly<Record<PageName, (part: Part) => Child>> = {
  'on-time': OnTime,
  'what-happened': WhatHappened,
  outcomes: Outcomes,
  needs: Needs,
  risk: Risk,
  trends: TrendsPage,
  equity: Equity,
  evaluation: Evaluation,
  scorecard: ({ report, shown, frame }) => (
    <Scorecard sections={report.sections} asOf={report.asOf} shown={shown} frame={frame} />
  ),
};

const choicesOf = ({ report: { page }, asked }: PageProps): Child => {
  if (page === 'equity') {
    return (
      <Select
        choice={{
          name: 'by',
          label: 'Compare by',
          options: splitNames.map((name) => [name, splitWords[name]] as const),
        }}
        chosen={{ by: asked.by }}
      />
    );
  }
  if (page !== 'needs') return null;
  const options = services.map((service) => [service, words(service)] as const);
  return (
    <Select
      choice={{ name: 'service', label: 'Service on the map', all: 'Any service', options }}
      chosen={{ service: asked.service ?? '' }}
    />
  );
};

export const NumbersPage = (props: PageProps) => {
  const { frame, asked, report } = props;
  const Content = contents[report.page];
  return (
    <ReportFrame frame={frame} asked={asked} report={report} choices={choicesOf(props)}>
      <Content {...props} shown={{ base: frame.base, asked: { calendar: asked.calendar, year: asked.year } }} />
    </ReportFrame>
  );
};
