/** The routes of figures: Monday, the pages of a year, their files, and why a number is what it is. A GET never acts. */
import { Hono } from 'hono';
import { isOneOf } from '../../../shared/application/access/visitor.ts';
import { readInput } from '../../../shared/application/input/read-input.ts';
import { createDigests } from '../../../shared/application/matching/secret.ts';
import { createReportRows, mondayOf, pageOf } from '../../../shared/application/read/report-rows.ts';
import {
  askedPage,
  behind,
  hasBegun,
  listBehind,
  reportFilters,
  reportReaders,
  whyFilters,
} from '../../../shared/application/read/reports.ts';
import { readYearly, yearlyFilters, yearlyReaders } from '../../../shared/application/read/yearly-figures.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import { policyInForce } from '../../../shared/domain/policy/in-force.ts';
import { released } from '../../../shared/policy/policies.ts';
import { type PageAsked, type PageName, pageNames, type ReportPage } from '../../../shared/reports/figure-pages.ts';
import { csvOfMonday, csvOfPage, pageFile } from '../../../shared/reports/page-files.ts';
import { lastSettledYear } from '../../../shared/reports/year-end.ts';
import { csvOfYearly, type YearlyFigures } from '../../../shared/reports/yearly.ts';
import { givenIn } from '../app/given.ts';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { csvFile, jsonFile } from './files.ts';
import { MondayPage } from './monday-page.tsx';
import { whyAddress } from './number-words.ts';
import { NumbersPage } from './numbers-page.tsx';
import { createReturns } from './serve-returns.tsx';
import { WhyPage } from './why-page.tsx';
import { wrongAddress, yearNotBegun } from './wrong-address.ts';
import { YearlyPage } from './yearly-page.tsx';

const isPage = (name: string): name is PageName => pageNames.some((each) => each === name);

export function createNumbers(parts: ConsoleParts, place: Place): Hono<ConsoleEnv> {
  const { ledger, policyOf, now } = parts;
  const { frameOf, visitorIn, forbidden, notFound } = place;
  const read = createReportRows(parts);
  const app = new Hono<ConsoleEnv>();

  /** Each route has it, so that none is open by its path. */
  const forReaders = (answer: (context: Request) => Response | Promise<Response>) => (context: Request) =>
    isOneOf(visitorIn(context), reportReaders)
      ? answer(context)
      : forbidden(context, doorRefusals['reports-for-planners'].sentence);

  /** Answers with the figures of a year to all who see figures. */
  const withYear =
    (
      kind: 'page' | 'csv' | 'json',
      answer: (context: Request, figures: YearlyFigures) => Response | Promise<Response>,
    ) =>
    async (context: Request) => {
      const visitor = visitorIn(context);
      if (!isOneOf(visitor, yearlyReaders)) return forbidden(context, doorRefusals['yearly-for-readers'].sentence);
      const filters = readInput(yearlyFilters, givenIn(context));
      if (filters.problems) return wrongAddress(place, context, filters.problems);
      const found = await readYearly({ ledger, read, now: now() }, visitor, filters.data, kind);
      return found
        ? answer(context, found)
        : place.notice(context, 404, 'There is no such year', `year: ${doorRefusals['year-not-settled'].sentence}`);
    };
  const yearly = withYear('page', (context, figures) => {
    const last = lastSettledYear(now());
    const years = Array.from({ length: 6 }, (_, back) => last - back);
    return context.html(<YearlyPage frame={frameOf(context)} figures={figures} years={years} />);
  });
  app.get('/numbers/yearly', yearly);
  app.get(
    '/numbers/yearly/csv',
    withYear('csv', (context, figures) => csvFile(context, `yearly-${figures.year}.csv`, csvOfYearly(figures))),
  );
  app.get(
    '/numbers/yearly/json',
    withYear('json', (context, figures) => jsonFile(context, `yearly-${figures.year}.json`, figures)),
  );

  const mondayAt = async (at: string) => {
    const readNow = await read(at);
    return { asOf: readNow.asOf, ...mondayOf(readNow), load: readNow.load };
  };

  const monday = async (context: Request) => {
    const frame = frameOf(context);
    const shown = await mondayAt(frame.now);
    return context.html(<MondayPage frame={frame} policy={policyInForce(released, frame.now)} monday={shown} />);
  };
  // Who cannot open the cases begins with the figures of a year.
  const live = forReaders(monday);
  app.get('/numbers', (context) => (isOneOf(visitorIn(context), reportReaders) ? live(context) : yearly(context)));

  app.get(
    '/numbers/monday/:kind{csv|json}',
    forReaders(async (context) => {
      const { asOf, overdue: _, ...stands } = await mondayAt(now());
      return context.req.param('kind') === 'csv'
        ? csvFile(context, `monday-${asOf.slice(0, 10)}.csv`, csvOfMonday(stands, asOf))
        : jsonFile(context, `monday-${asOf.slice(0, 10)}.json`, { asOf, ...stands });
    }),
  );

  /** What is read and recorded with. One record covers a session. */
  const doorOf = async (context: Request) => {
    const { tag = '', now: at } = frameOf(context);
    const session = createDigests(await parts.secretKey())
      .hex('reports', tag)
      .slice(0, 32)
      .toUpperCase();
    return { ledger, identities: parts.identities, policyOf, now: at, session };
  };
  app.route('/', createReturns({ read, now, doorOf, forReaders }, place));

  const why = async (context: Request, review: boolean) => {
    const filters = readInput(whyFilters, givenIn(context));
    if (filters.problems) return wrongAddress(place, context, filters.problems);
    const asked = filters.data;
    const readNow = await read(now());
    if (!hasBegun(asked, readNow.asOf)) return yearNotBegun(place, context);
    const found = behind(asked, readNow);
    if (!found) return notFound(context);
    const frame = frameOf(context);
    const door = await doorOf(context);
    const may = { tellsFacts: found.tellsFacts, review };
    const visitor = visitorIn(context);
    const listOf = (references: readonly string[]) => listBehind(door, references, visitor, may);
    const shown = async () => {
      const [counting, others] = await Promise.all([listOf(found.counting), listOf(found.others)]);
      return { counting, others };
    };
    const cases = found.tellsFacts && !review ? undefined : await shown();
    return context.html(<WhyPage frame={frame} found={found} cases={cases} address={whyAddress(frame.base, asked)} />);
  };
  app.get(
    '/numbers/why',
    forReaders((context) => why(context, false)),
  );
  // Here the reader says that they review the work, and each read of facts is recorded.
  app.post(
    '/numbers/why',
    forReaders((context) => why(context, true)),
  );

  /** Answers with the page that the address asks for, or says what is wrong with the address. */
  const withReport = (
    answer: (context: Request, asked: PageAsked, report: ReportPage) => Response | Promise<Response>,
  ) =>
    forReaders(async (context) => {
      const name = context.req.param('page') ?? '';
      if (!isPage(name)) return notFound(context);
      const filters = readInput(reportFilters, givenIn(context));
      if (filters.problems) return wrongAddress(place, context, filters.problems);
      const readNow = await read(now());
      const asked = askedPage(filters.data, readNow.asOf);
      return asked ? answer(context, asked, pageOf(name, readNow, asked)) : yearNotBegun(place, context);
    });

  app.get(
    '/numbers/:page/:kind{csv|json}',
    withReport((context, _, report) => {
      const title = `${report.page}-${report.period.name.replaceAll(' ', '-')}`;
      return context.req.param('kind') === 'csv'
        ? csvFile(context, `${title}.csv`, csvOfPage(report))
        : jsonFile(context, `${title}.json`, pageFile(report));
    }),
  );

  app.get(
    '/numbers/:page',
    withReport((context, asked, report) =>
      context.html(<NumbersPage frame={frameOf(context)} asked={asked} report={report} policies={released} />),
    ),
  );

  return app;
}
