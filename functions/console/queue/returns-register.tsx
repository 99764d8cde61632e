/**
 * The register of returns from missing: when the child was back, and whether the return interview and screening were
 * done.
 */

import { lineOf, type ReturnLine } from '../../../shared/domain/missing/return-rows.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { offices } from '../../../shared/policy/places/geography.ts';
import type { BoardPage } from '../../../shared/store/board.ts';
import { DueTime } from '../app/components/due-time.tsx';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';

export function ReturnsPage({
  frame,
  page,
  undone,
}: {
  readonly frame: Frame;
  readonly page: BoardPage;
  /** Whether only undone ones are shown. */
  readonly undone: boolean;
}) {
  const lines = page.rows.map((row) => lineOf(row, frame.now));
  const here = `${frame.base}/returns`;
  return (
    <Page frame={frame} title="Returns from missing">
      <h1>Returns from missing</h1>
      <p>
        Each return needs a return interview and a screening (42 U.S.C. 671(a)(35)(A)). A return stays on this list
        after its referral is closed, withdrawn or merged.
      </p>
      <p>
        {undone ? 'Returns that still need an interview or a screening. ' : 'All returns. '}
        {undone ? <a href={here}>Show all</a> : <a href={`${here}?undone=yes`}>Show only those not done</a>}
      </p>
      {lines.length === 0 ? (
        <p>{undone ? 'Everything is done.' : 'No absence is recorded.'}</p>
      ) : (
        <Table
          caption={undone ? 'Returns not done, soonest due first' : 'Every absence and return'}
          heads={[
            'Referral',
            'Stage',
            'Office',
            'Missing since',
            'Returned',
            'Due',
            'Talked with (D13)',
            'Screened on return',
            'State',
          ]}
          rows={lines.map((line) => [
            <a href={`${frame.base}/referrals/${line.referralId}#screening`}>{line.referralId}</a>,
            `${words(line.stage)}${line.mergedInto === undefined ? '' : ` to ${line.mergedInto}`}`,
            offices.find(({ id }) => id === line.office)?.name ?? line.office ?? 'Not known yet',
            formatInstant(line.missingSince),
            line.returnedAt === undefined ? 'Not yet' : formatInstant(line.returnedAt),
            line.due === undefined ? '–' : formatInstant(line.due),
            debriefWords(line),
            screeningWords(line),
            <State line={line} now={frame.now} />,
          ])}
        />
      )}
      {page.next !== undefined && (
        <p>
          <a href={`${here}?${undone ? 'undone=yes&' : ''}after=${encodeURIComponent(page.next)}`} rel="next">
            Next page
          </a>
        </p>
      )}
    </Page>
  );
}

function debriefWords({ status, debriefedAt, deadline }: ReturnLine): string {
  if (status === 'away') return '–';
  if (debriefedAt !== undefined) return formatInstant(debriefedAt);
  return deadline === undefined || deadline === 'open' ? 'Undone' : `Undone; D13: ${wordsInside(deadline)}`;
}

function screeningWords({ status, screenedAt, outcome }: ReturnLine): string {
  if (status === 'away') return '–';
  return screenedAt === undefined ? 'Undone' : `${formatInstant(screenedAt)}: ${wordsInside(outcome ?? '')}`;
}

function State({ line: { status, late, due }, now }: { readonly line: ReturnLine; readonly now: string }) {
  if (status === 'away') return <>Still missing</>;
  if (status === 'done') return <>{late ? 'Done late' : 'Done in time'}</>;
  return (
    <strong>
      Undone{due !== undefined && ': '}
      {due !== undefined && <DueTime due={due} now={now} short />}
    </strong>
  );
}
