/**
 * The register of returns from missing: when the child was back, and whether the return interview and screening were
 * done.
 */

import type { Child } from 'hono/jsx';
import { shortDate } from '../../../shared/domain/core/local-time.ts';
import { lineOf, type ReturnLine } from '../../../shared/domain/missing/return-rows.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import type { BoardPage } from '../../../shared/store/board.ts';
import { DueTime } from '../app/components/due-time.tsx';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { officeWords } from './queue-rows.tsx';

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
  // What is not done comes first. Each page is in the order of the list otherwise.
  const lines = page.rows
    .map((row) => lineOf(row, frame.now))
    .toSorted((one, other) => Number(other.status === 'undone') - Number(one.status === 'undone'));
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
          caption={undone ? 'Returns not done, soonest due first' : 'Every absence and return, those not done first'}
          heads={['Referral', 'To do', 'Missing', 'Return interview', 'Screened on return']}
          rows={lines.map((line) => [
            <Whose line={line} base={frame.base} />,
            <ToDo line={line} now={frame.now} />,
            <Missing line={line} now={frame.now} />,
            interviewCell(line, frame.now),
            screeningCell(line, frame.now),
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

interface Told {
  readonly line: ReturnLine;
  readonly now: string;
}

function Whose({
  line: { referralId, stage, mergedInto, office },
  base,
}: Pick<Told, 'line'> & { readonly base: string }) {
  return (
    <>
      <a class="reference" href={`${base}/referrals/${referralId}#screening`}>
        {referralId}
      </a>
      <span class="small row-note">
        {words(stage)}
        {mergedInto !== undefined && ` to ${mergedInto}`} · {officeWords(office)}
      </span>
    </>
  );
}

/** What the law still asks for, and by when. */
function ToDo({ line: { status, undone, late, due }, now }: Told) {
  if (status === 'away') return <>Still missing</>;
  if (status === 'done') return <>{late ? 'Done late' : 'Done in time'}</>;
  return (
    <>
      <strong>{listed(undone)}</strong>
      {due !== undefined && (
        <span class="row-note">
          <DueTime due={due} now={now} short />
        </span>
      )}
    </>
  );
}

/** `Return interview, screening`. */
function listed(undone: ReturnLine['undone']): string {
  const [first = '', ...others] = undone.map((each) => (each === 'debrief' ? 'return interview' : 'screening'));
  return [`${first.charAt(0).toUpperCase()}${first.slice(1)}`, ...others].join(', ');
}

/** A date on one line. */
const At = ({ at, now, before }: { readonly at: string; readonly now: string; readonly before: string }) => (
  <span class="row-note one-line">
    {before}
    {shortDate(at, now)}
  </span>
);

function Missing({ line: { missingSince, returnedAt }, now }: Told) {
  return (
    <>
      <At at={missingSince} now={now} before="Since " />
      {returnedAt === undefined ? 'Not back yet' : <At at={returnedAt} now={now} before="Back " />}
    </>
  );
}

function interviewCell({ status, debriefedAt, deadline }: ReturnLine, now: string): Child {
  if (status === 'away') return '–';
  if (debriefedAt !== undefined) return <At at={debriefedAt} now={now} before="" />;
  return deadline === undefined || deadline === 'open' ? 'Not done' : `Not done: ${wordsInside(deadline)}`;
}

function screeningCell({ status, screenedAt, outcome }: ReturnLine, now: string): Child {
  if (status === 'away') return '–';
  if (screenedAt === undefined) return 'Not done';
  return (
    <>
      <At at={screenedAt} now={now} before="" />
      {wordsInside(outcome ?? '')}
    </>
  );
}
