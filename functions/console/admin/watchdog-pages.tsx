/** What the watchdog found, and the runs that were started again: lists of the administrator's home page. A GET never acts. */
import { Hono } from 'hono';
import { redactFindings } from '../../../shared/application/access/redact-references.ts';
import { auditors, isOneOf } from '../../../shared/application/access/visitor.ts';
import type { EncryptedLists } from '../../../shared/application/read/page-cursors.ts';
import { runsFor } from '../../../shared/application/read/runs.ts';
import { findingDays, recentFindings } from '../../../shared/application/read/today.ts';
import { findingWords } from '../../../shared/domain/audit/finding-words.ts';
import { isReference } from '../../../shared/domain/core/ids.ts';
import { formatDate } from '../../../shared/domain/policy/due.ts';
import { policyInForce } from '../../../shared/domain/policy/in-force.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { released } from '../../../shared/policy/policies.ts';
import { DueTime } from '../app/components/due-time.tsx';
import { Reference } from '../app/components/reference.tsx';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { addressOf } from '../queue/filter-words.ts';

const limit = 50;

type Findings = Awaited<ReturnType<typeof recentFindings>>;
type Runs = Awaited<ReturnType<typeof runsFor>>;

const FindingsPage = ({ frame, findings }: { readonly frame: Frame; readonly findings: Findings }) => (
  <Page frame={frame} title="Findings of the watchdog">
    <h1>Findings of the watchdog</h1>
    <p>A finding that lasts is listed again each day. Open the record to see what was found and what to do.</p>
    {findings.length === 0 ? (
      <p>The watchdog found nothing in the last {findingDays} days.</p>
    ) : (
      <Table
        caption={`The last ${findingDays} days, the latest first`}
        heads={['Day (UTC)', 'What was found', 'Record']}
        rows={findings.map(({ day, what, about }) => [
          formatDate(day),
          findingWords({ what, about }),
          isReference('CR', about) ? (
            <>
              <a href={`${frame.base}/records/${about}`}>What was found</a>,{' '}
              <a href={`${frame.base}/referrals/${about}/audit`}>audit</a>
            </>
          ) : (
            '–'
          ),
        ])}
      />
    )}
  </Page>
);

const RunsPage = ({ frame, page: { runs, next } }: { readonly frame: Frame; readonly page: Runs }) => (
  <Page frame={frame} title="Runs that were started again">
    <h1>Runs that were started again</h1>
    <p>A run is the clock of a referral or a duty. The watchdog starts a lost one again.</p>
    {runs.length === 0 ? (
      <p>No run of an open referral had to be started again.</p>
    ) : (
      <Table
        caption="Runs, the least time left first"
        heads={['Referral', 'Run', 'Started', 'Next act due', 'Stage']}
        rows={runs.map(({ referralId, execution, generation, due, stage }) => [
          <Reference id={referralId} base={frame.base} />,
          execution,
          `${generation} times`,
          due === undefined ? '–' : <DueTime due={due} now={frame.now} />,
          words(stage),
        ])}
      />
    )}
    {next !== undefined && (
      <p>
        <a href={addressOf(`${frame.base}/runs`, { after: next })} rel="next">
          Next page of runs
        </a>
      </p>
    )}
  </Page>
);

export function createWatchdogPages(
  parts: Omit<ConsoleParts, 'board'> & { readonly board: EncryptedLists },
  { frameOf, visitorIn, url, forbidden }: Place,
): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  const refuse = (context: Request) => forbidden(context, 'Findings and runs are for administrators and auditors.');

  app.get('/findings', async (context) => {
    if (!isOneOf(visitorIn(context), auditors)) return refuse(context);
    const found = await recentFindings(parts.ledger, parts.now());
    const findings = await redactFindings(parts.ledger, found, visitorIn(context));
    return context.html(<FindingsPage frame={frameOf(context)} findings={findings} />);
  });
  app.get('/runs', async (context) => {
    const visitor = visitorIn(context);
    if (!isOneOf(visitor, auditors)) return refuse(context);
    const { after } = context.req.query();
    if (after !== undefined && !(await parts.board.isPageCursor(after))) return context.redirect(url('/runs'), 302);
    const asked = { filters: { restarted: 'yes' as const }, paging: { limit, after }, now: parts.now() };
    const page = await runsFor(parts.board, asked, visitor, policyInForce(released, asked.now));
    return context.html(<RunsPage frame={frameOf(context)} page={page} />);
  });
  return app;
}
