/** Handlers of figures: the same pages as the console shows. */
import { createReportRows } from '../../shared/application/read/report-rows.ts';
import { askedPage } from '../../shared/application/read/reports.ts';
import type { reportRoutes } from '../../shared/application/routes/report-routes.ts';
import { mondayFigures } from '../../shared/reports/monday.ts';
import { pageFile } from '../../shared/reports/page-files.ts';
import { type PageName, reportPage } from '../../shared/reports/pages.ts';
import type { ApiParts } from './api-parts.ts';
import { done, type Handlers } from './handlers.ts';
import { no } from './problem.ts';

export function reportHandlers(parts: ApiParts): Handlers<keyof typeof reportRoutes> {
  const read = createReportRows(parts);
  return {
    async 'read-monday'({ now }) {
      const { rows, asOf, load } = await read(now);
      return done({ asOf, figures: mondayFigures(rows, asOf), load });
    },

    async 'read-report'({ params: { page }, query, now }) {
      const { rows, asOf, ...beside } = await read(now);
      const asked = askedPage(query, asOf);
      return asked ? done(pageFile(reportPage(page as PageName, rows, asked, beside))) : no('year-not-begun');
    },
  };
}
