/** The routes of figures: Monday, the pages of a year, their files, and why a number is what it is. A GET never acts. */
import { Hono } from 'hono';
import { isOneOf } from '../../../shared/application/access/visitor.ts';
import { createDigests } from '../../../shared/application/matching/secret.ts';
import { createReportRows, pageOf } from '../../../shared/application/read/report-rows.ts';
import {
  askedPage,
  behind,
  listBehind,
  reportFilters,
  reportReaders,
  whyFilters,
} from '../../../shared/application/read/reports.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import { policyInForce } from '../../../shared/domain/policy/in-force.ts';
import { released } from '../../../shared/policy/policies.ts';
import { mondayFigures, overdueByRule } from '../../../shared/reports/monday.ts';
import { csvOfMonday, csvOfPage, pageFile } from '../../../shared/reports/page-files.ts';
import { type PageName, pageNames } from '../../../shared/reports/pages.ts';
import { givenIn } from '../app/given.ts';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { csvFile, jsonFile } from './files.ts';
import { MondayPage } from './monday-page.tsx';
import { whyAddress } from './number-words.ts';
import { NumbersPage } from './report-pages.tsx';
import { createReturns } from './returns.tsx';
import { WhyPage } from './why-page.tsx';

const isPage = (name: string): name is PageName => pageNames.some((each) => each === name);

export function createNumbers(parts: ConsoleParts, place: Place): Hono<ConsoleEnv> {
  const { ledger, policyOf, now } = parts;
  const { frameOf, visitorIn, url, forbidden, notFound } = place;
  const read = createReportRows(parts);
  const app = new Hono<ConsoleEnv>();

  /** Each route has it, so that none is open by its path. */
  const forReaders = (answer: (context: Request) => Response | Promise<Response>) => (context: Request) =>
    isOneOf(visitorIn(context), reportReaders)
      ? answer(context)
      : forbidden(context, doorRefusals['reports-for-planners'].sentence);

  const mondayAt = async (at: string) => {
    const { rows, asOf, load } = await read(at);
    return { asOf, figures: mondayFigures(rows, asOf), overdue: overdueByRule(rows, asOf), load };
  };

  const monday = async (context: Request) => {
    const frame = frameOf(context);
    const shown = await mondayAt(frame.now);
    return context.html(<MondayPage frame={frame} policy={policyInForce(released, frame.now)} monday={shown} />);
  };
  app.get('/numbers', forReaders(monday));

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

  const whyOf = async (context: Request) => {
    const asked = whyFilters.safeParse(givenIn(context));
    return asked.success ? { asked: asked.data, found: behind(asked.data, await read(now())) } : undefined;
  };

  const why = async (context: Request, review: boolean) => {
    const { asked, found } = (await whyOf(context)) ?? {};
    if (!asked || !found) return notFound(context);
    const frame = frameOf(context);
    const door = await doorOf(context);
    const may = { tellsFacts: found.tellsFacts, review };
    const visitor = visitorIn(context);
    const cases =
      found.tellsFacts && !review
        ? undefined
        : {
            counting: await listBehind(door, found.counting, visitor, may),
            others: await listBehind(door, found.others, visitor, may),
          };
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

  const reportIn = async (context: Request) => {
    const name = context.req.param('page') ?? '';
    const filters = reportFilters.safeParse(givenIn(context));
    if (!isPage(name) || !filters.success) return undefined;
    const readNow = await read(now());
    const asked = askedPage(filters.data, readNow.asOf);
    return asked && { name, asked, report: pageOf(name, readNow, asked) };
  };

  app.get(
    '/numbers/:page/:kind{csv|json}',
    forReaders(async (context) => {
      const found = await reportIn(context);
      if (!found) return notFound(context);
      const { name, report } = found;
      const title = `${name}-${report.period.name.replaceAll(' ', '-')}`;
      return context.req.param('kind') === 'csv'
        ? csvFile(context, `${title}.csv`, csvOfPage(report))
        : jsonFile(context, `${title}.json`, pageFile(report));
    }),
  );

  app.get(
    '/numbers/:page',
    forReaders(async (context) => {
      const name = context.req.param('page') ?? '';
      if (!isPage(name)) return notFound(context);
      const found = await reportIn(context);
      if (!found) return context.redirect(url(`/numbers/${name}`), 302);
      const { asked, report } = found;
      return context.html(<NumbersPage frame={frameOf(context)} asked={asked} report={report} policies={released} />);
    }),
  );

  return app;
}
