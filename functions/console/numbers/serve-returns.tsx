/** The routes of the page of returns. A file is made by a form: each read in it is recorded first. */
import { Hono } from 'hono';
import { isOneOf } from '../../../shared/application/access/visitor.ts';
import { readInput } from '../../../shared/application/input/read-input.ts';
import { type ReadRows, returnsOf } from '../../../shared/application/read/report-rows.ts';
import { returnFilters, returnsYear } from '../../../shared/application/read/reports.ts';
import { doorRefusals, type Status } from '../../../shared/application/routes/door-refusals.ts';
import {
  askedReturn,
  type MadeReturn,
  makeReturn,
  type ReturnDoor,
  returnMakers,
} from '../../../shared/application/use-cases/make-return.ts';
import { readCsv } from '../../../shared/domain/core/read-csv.ts';
import { newYorkDate } from '../../../shared/domain/policy/due.ts';
import { problemText, readHtcds } from '../../../shared/reports/htcds/check.ts';
import { reconciled, reconciledOf } from '../../../shared/reports/returns-report.ts';
import { givenIn } from '../app/given.ts';
import type { ConsoleEnv, NoticeStatus, Place, Request } from '../app/parts.ts';
import { csvFile } from './files.ts';
import { type Came, ReturnsPage } from './returns-page.tsx';
import { wrongAddress, yearNotBegun } from './wrong-address.ts';

/** So many problems of a file are said. */
const mostProblems = 25;

interface ReturnsParts {
  readonly read: ReadRows;
  readonly now: () => string;
  /** What a file is made with, for the session of a request. */
  readonly doorOf: (context: Request) => Promise<ReturnDoor>;
  /** Lets those in who see figures. */
  readonly forReaders: (
    answer: (context: Request) => Response | Promise<Response>,
  ) => (context: Request) => Response | Promise<Response>;
}

type Refused = Extract<MadeReturn, { refused: string }>;

function sentenceOf(made: Refused): { readonly status: Status; readonly sentence: string } {
  const { status } = doorRefusals[made.refused];
  switch (made.refused) {
    case 'return-not-whole':
      return { status, sentence: doorRefusals[made.refused].sentence(made.given) };
    case 'return-unreadable':
      return { status, sentence: doorRefusals[made.refused].sentence(made.given) };
    case 'return-too-large':
      return { status, sentence: doorRefusals[made.refused].sentence(made.given) };
    case 'return-goes-on':
      return { status, sentence: doorRefusals[made.refused].sentence(made.given) };
    case 'return-period-runs':
      return { status, sentence: doorRefusals[made.refused].sentence(made.given) };
    default:
      return { status, sentence: doorRefusals[made.refused].sentence };
  }
}

const said = (problems: readonly string[]): readonly string[] => [
  ...problems.slice(0, mostProblems),
  ...(problems.length > mostProblems
    ? [`${problems.length - mostProblems} more problems follow. Correct these first.`]
    : []),
];
const unclosed = 'The file has a quote that is never closed. Save it again as CSV.';

export function createReturns({ read, now, doorOf, forReaders }: ReturnsParts, place: Place): Hono<ConsoleEnv> {
  const { frameOf, visitorIn, forbidden } = place;
  const app = new Hono<ConsoleEnv>();

  /** The page of a year, with what came of a form. */
  async function page(context: Request, given: unknown, came?: Came, status: NoticeStatus = 200): Promise<Response> {
    const filters = readInput(returnFilters, given);
    if (filters.problems) return wrongAddress(place, context, filters.problems);
    const readNow = await read(now());
    const year = returnsYear(filters.data, readNow.asOf);
    if (year === undefined) return yearNotBegun(place, context);
    const report = returnsOf(readNow, year);
    return context.html(<ReturnsPage frame={frameOf(context)} report={report} came={came} />, status);
  }
  const yearOf = (form: URLSearchParams) => ({ year: form.get('year') ?? undefined });
  const refuse = (context: Request, sentences: readonly string[], status: NoticeStatus = 400) =>
    page(context, yearOf(context.get('form')), { kind: 'refused', sentences: said(sentences) }, status);

  const forMakers = (answer: (context: Request) => Promise<Response>) =>
    forReaders((context) =>
      isOneOf(visitorIn(context), returnMakers)
        ? answer(context)
        : forbidden(context, doorRefusals['returns-for-makers'].sentence),
    );

  app.get(
    '/numbers/returns',
    forReaders((context) => page(context, givenIn(context))),
  );

  app.post(
    '/numbers/returns/file',
    forMakers(async (context) => {
      const form = context.get('form');
      const named = form.get('named') === 'yes';
      const fields = ['file', 'year', 'agency', 'dialect', 'purpose'].flatMap((name) => {
        const value = form.get(name);
        return value ? [[name, value] as const] : [];
      });
      const asked = readInput(askedReturn, Object.fromEntries(fields));
      if (asked.problems) return wrongAddress(place, context, asked.problems);
      if (named && asked.data.purpose === undefined)
        return refuse(context, ['Choose what you need the names for. It is recorded with each read.']);
      const made = await makeReturn(await doorOf(context), visitorIn(context), await read(now()), asked.data);
      if (!('refused' in made)) return csvFile(context, `${made.name}.csv`, made.csv);
      const { status, sentence } = sentenceOf(made);
      return refuse(context, [sentence], status === 422 ? 409 : (status as NoticeStatus));
    }),
  );

  app.post(
    '/numbers/returns/answers',
    forMakers(async (context) => {
      const form = context.get('form');
      const asked = readInput(askedReturn, {
        file: 'reconciliation',
        year: form.get('year') ?? '',
        agency: form.get('agency') ?? '',
      });
      if (asked.problems) return wrongAddress(place, context, asked.problems);
      const lines = readCsv(form.get('csv') ?? '')?.map(({ cells }) => cells);
      if (!lines) return refuse(context, [unclosed]);
      const readNow = await read(now());
      const { agency = '', year } = asked.data;
      const found = reconciled(readNow.rows, { agency, year }, readNow.asOf, lines);
      if ('problems' in found) return refuse(context, found.problems);
      // The list shows references, so each is recorded as read, as in the file.
      const made = await makeReturn(await doorOf(context), visitorIn(context), readNow, asked.data);
      if ('refused' in made) return refuse(context, [sentenceOf(made).sentence], 409);
      return page(context, yearOf(form), { kind: 'answers', agency, found: reconciledOf(found, made.references) });
    }),
  );

  app.post(
    '/numbers/returns/check',
    forReaders(async (context) => {
      const form = context.get('form');
      const lines = readCsv(form.get('csv') ?? '')?.map(({ cells }) => cells);
      if (!lines) return refuse(context, [unclosed]);
      const { cases, problems } = readHtcds(lines, newYorkDate(now()));
      if (problems.length > 0) return refuse(context, problems.map(problemText));
      return page(context, yearOf(form), { kind: 'checked', cases: cases.length });
    }),
  );

  return app;
}
