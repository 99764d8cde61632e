/** The watchdog's page: what is stuck, what repaired itself, and what it cannot mend, each with what to do. */

import type { RunsPage } from '../../../shared/application/read/run-list.ts';
import type { recentFindings } from '../../../shared/application/read/today.ts';
import { findingDays } from '../../../shared/application/read/today.ts';
import { stepsFor } from '../../../shared/domain/audit/finding-steps.ts';
import { findingWords } from '../../../shared/domain/audit/finding-words.ts';
import { isReference } from '../../../shared/domain/core/ids.ts';
import { formatDate } from '../../../shared/domain/policy/due.ts';
import { Reference } from '../app/components/reference.tsx';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { addressOf } from '../queue/filter-words.ts';
import { logPath } from './log-page.tsx';
import { RunName, runsPath } from './runs-page.tsx';

export const watchdogPath = '/findings';

/** So many findings stand on a page. */
const mostFindings = 10;

interface Props {
  readonly frame: Frame;
  readonly findings: Awaited<ReturnType<typeof recentFindings>>;
  readonly stuck: RunsPage;
  readonly repaired: RunsPage;
  /** Of the findings, from 1. */
  readonly page: number;
}

const Runs = ({
  frame,
  found: { runs, total },
  caption,
  all,
}: {
  readonly frame: Frame;
  readonly found: RunsPage;
  readonly caption: string;
  readonly all: string;
}) => (
  <>
    <Table
      caption={caption}
      heads={['Run', 'Referral', 'What became of it']}
      rows={runs.map((line) => [
        <RunName frame={frame} line={line} />,
        <Reference id={line.referralId} base={frame.base} />,
        line.says.join(' '),
      ])}
    />
    {total > runs.length && (
      <p>
        <a href={all}>All {total} runs of this list</a>
      </p>
    )}
  </>
);

export function WatchdogPage({ frame, findings, stuck, repaired, page }: Props) {
  const pages = Math.max(1, Math.ceil(findings.length / mostFindings));
  const at = Math.min(page, pages);
  const shown = findings.slice((at - 1) * mostFindings, at * mostFindings);
  const runsAt = (filters: Readonly<Record<string, string>>) => addressOf(`${frame.base}${runsPath}`, filters);
  return (
    <Page frame={frame} title="The watchdog">
      <h1>The watchdog</h1>
      <p>
        Every five minutes it looks for what was left undone. It repairs what it can, and tells the rest.{' '}
        <a href={addressOf(`${frame.base}${logPath}`, { door: 'watchdog' })}>What it committed to referrals</a> stands
        in the log.
      </p>
      <h2>What is stuck now</h2>
      {stuck.total === 0 ? (
        <p>No run is stuck.</p>
      ) : (
        <>
          <p>
            A lost run starts again within 15 minutes. If one stays here longer, open it and start it again. If that
            does not help, tell the person on call for this system.
          </p>
          <Runs frame={frame} found={stuck} caption="Stuck runs" all={runsAt({ state: 'failed' })} />
        </>
      )}
      <h2>What repaired itself in the last day</h2>
      {repaired.total === 0 ? (
        <p>No run had to be started again.</p>
      ) : (
        <Runs frame={frame} found={repaired} caption="Runs started again" all={runsAt({ time: 'lost-day' })} />
      )}
      <h2>What it cannot mend</h2>
      {findings.length === 0 ? (
        <p>The watchdog found nothing in the last {findingDays} days.</p>
      ) : (
        <>
          <p>A finding that lasts is listed again each day.</p>
          <Table
            caption={`The last ${findingDays} days, the latest first`}
            heads={['Day (UTC)', 'What was found', 'What to do', 'Record']}
            rows={shown.map(({ day, what, about }) => [
              formatDate(day),
              findingWords({ what, about }),
              stepsFor(what),
              isReference('CR', about) ? (
                <>
                  <a href={`${frame.base}/records/${about}`}>What was found</a>,{' '}
                  <a href={runsAt({ text: about })}>runs</a>,{' '}
                  <a href={`${frame.base}/referrals/${about}/audit`}>audit</a>
                </>
              ) : (
                '–'
              ),
            ])}
          />
          {at < pages && (
            <p>
              <a href={addressOf(`${frame.base}${watchdogPath}`, { page: String(at + 1) })} rel="next">
                Earlier findings
              </a>
            </p>
          )}
        </>
      )}
    </Page>
  );
}
