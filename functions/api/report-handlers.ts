/** Handlers of figures: the same pages as the console shows. */
import { readInput } from '../../shared/application/input/read-input.ts';
import { createReportRows, mondayOf, pageOf, returnsOf } from '../../shared/application/read/report-rows.ts';
import { askedPage, returnsYear } from '../../shared/application/read/reports.ts';
import { readYearly } from '../../shared/application/read/yearly-figures.ts';
import type { reportRoutes } from '../../shared/application/routes/report-routes.ts';
import { askedReturn, makeReturn } from '../../shared/application/use-cases/make-return.ts';
import type { PageName } from '../../shared/reports/figure-pages.ts';
import { pageFile } from '../../shared/reports/page-files.ts';
import type { ApiParts } from './api-parts.ts';
import { done, type Handlers } from './handlers.ts';
import { no } from './problem.ts';

export function reportHandlers(parts: ApiParts): Handlers<keyof typeof reportRoutes> {
  const read = createReportRows(parts);
  return {
    async 'read-monday'({ now }) {
      const readNow = await read(now);
      return done({ asOf: readNow.asOf, figures: mondayOf(readNow).figures, load: readNow.load });
    },

    async 'read-yearly-returns'({ query, now }) {
      const readNow = await read(now);
      const year = returnsYear(query, readNow.asOf);
      return year === undefined ? no('year-not-begun') : done(returnsOf(readNow, year));
    },

    async 'read-yearly-figures'({ visitor, query, now, requestId }) {
      const found = await readYearly({ ledger: parts.ledger, read, now, requestId }, visitor, query, 'api');
      return found ? done(found) : no('year-not-settled');
    },

    async 'make-return'({ visitor, body, now, requestId }) {
      const asked = readInput(askedReturn, body);
      if (asked.problems) return no('invalid', { problems: asked.problems });
      const door = { ...parts, now, requestId, session: now.slice(0, 10) };
      const made = await makeReturn(door, visitor, await read(now), asked.data);
      if (!('refused' in made)) return done({ name: made.name, csv: made.csv, rows: made.rows });
      switch (made.refused) {
        case 'return-not-whole':
          return no('return-not-whole', made.given);
        case 'return-unreadable':
          return no('return-unreadable', made.given);
        case 'return-too-large':
          return no('return-too-large', made.given);
        case 'return-goes-on':
          return no('return-goes-on', made.given);
        case 'return-period-runs':
          return no('return-period-runs', made.given);
        default:
          return no('no-such-return');
      }
    },

    async 'read-report'({ params: { page }, query, now }) {
      const readNow = await read(now);
      const asked = askedPage(query, readNow.asOf);
      return asked ? done(pageFile(pageOf(page as PageName, readNow, asked))) : no('year-not-begun');
    },
  };
}
