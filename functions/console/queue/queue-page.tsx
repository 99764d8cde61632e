/** The page that people work from: the department's queue, and the deadlines that wait for the reader. */
import type { Child } from 'hono/jsx';
import type { BoardRow } from '../../../shared/domain/board/board-row.ts';
import { hasDue } from '../../../shared/domain/board/board-rows.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { doNotContact } from '../../../shared/domain/response/outreach-pause.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { offices } from '../../../shared/policy/places/geography.ts';
import type { BoardPage } from '../../../shared/store/board.ts';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { Left } from '../referral/deadline-view.tsx';
import { Unreached } from '../referral/mail-view.tsx';
import { addressOf, type Chosen, QueueFilter } from './queue-list-pages.tsx';

export interface QueuePageProps {
  readonly frame: Frame;
  readonly policy: Policy;
  /** Absent for readers who may not see it. */
  readonly queue?: BoardPage | undefined;
  /** Whether the reader works on referrals. Others see the pathway alone. */
  readonly works: boolean;
  readonly own: BoardPage;
  /** Undelivered alerts. Empty for readers who may not see every referral. */
  readonly unreached: readonly BoardRow[];
  /** The telephone number of the person on call. */
  readonly oncall?: string | undefined;
  /** The filters of the queue. */
  readonly chosen: Chosen;
  /** The calls that no person has taken. */
  readonly calls: Child;
}

export const QueuePage = ({ frame, policy, queue, works, own, unreached, oncall, chosen, calls }: QueuePageProps) => (
  <Page frame={frame} title="What waits">
    <h1>What waits</h1>
    {calls}
    <Unreached frame={frame} rows={unreached} oncall={oncall} />
    <h2>For you</h2>
    {own.rows.length === 0 ? (
      <p>No seat and no service waits for your answer.</p>
    ) : (
      <Table
        caption="Waiting for your answer, most urgent first"
        heads={['Referral', 'What', 'Due', 'Time left']}
        rows={own.rows.map((row) => [
          <Reference frame={frame} row={row} />,
          <>
            {whatWaits(row, policy)}
            {isPaused(row.pausedUntil, frame.now) && <strong> {doNotContact(row.pausedUntil)}</strong>}
          </>,
          dueWords(row),
          <TimeLeft row={row} now={frame.now} />,
        ])}
      />
    )}
    <Next frame={frame} page={own} name="own" chosen={chosen} />
    {queue && (
      <>
        <h2>Open referrals</h2>
        <QueueFilter frame={frame} chosen={chosen} />
        {queue.rows.length === 0 ? (
          <p>{Object.keys(chosen).length === 0 ? 'No referral is open here.' : 'None is open here that this fits.'}</p>
        ) : (
          <Table
            caption={works ? 'Open referrals, most urgent first' : 'Open referrals, the newest report first'}
            heads={[
              'Referral',
              ...(works ? ['The child now'] : []),
              'Most urgent duty',
              'Due',
              'Time left',
              ...(works ? ['Screening outcome'] : []),
              'Office',
              'Missed and still open',
            ]}
            rows={queue.rows.map((row) => [
              <Reference frame={frame} row={row} />,
              ...(works ? [<ChildNow row={row} now={frame.now} />] : []),
              obligationOf(row, policy),
              dueWords(row),
              <TimeLeft row={row} now={frame.now} />,
              ...(works ? [outcomeWords(row)] : []),
              offices.find(({ id }) => id === row.office)?.name ?? row.office ?? 'Not known yet',
              missedWords(row),
            ])}
          />
        )}
        <Next frame={frame} page={queue} name="after" chosen={chosen} />
        <p>
          A referral that is closed is not listed here. Find it by its reference, at the top of the page, or{' '}
          <a href={`${frame.base}/referrals`}>among all referrals</a>.
        </p>
      </>
    )}
  </Page>
);

/** An auditor of another office may have this row too, without its outcome. */
const outcomeWords = ({ outcome, danger }: BoardRow): string =>
  outcome === undefined && danger === undefined ? '–' : words(outcome ?? 'not screened yet');

const Reference = ({ frame, row }: { readonly frame: Frame; readonly row: BoardRow }) => (
  <a href={`${frame.base}/referrals/${row.referralId}`}>{row.referralId}</a>
);

const whatWaits = (row: BoardRow, policy: Policy): string => {
  if (row.kind === 'sealed') return `Sealed, and you are named: ${obligationOf(row, policy)}`;
  return `${row.kind === 'seat' ? 'Seat on the team' : 'Service'}: ${words(row.subject ?? '')}`;
};

const isPaused = (until: string | undefined, now: string): until is string =>
  until !== undefined && Date.parse(until) > Date.parse(now);

/** The first thing a worker looks for: whether the child is in danger or missing. */
const ChildNow = ({ row: { danger, missing, pausedUntil }, now }: { readonly row: BoardRow; readonly now: string }) => {
  const marks = [
    ...(danger === 'yes' ? ['In danger'] : danger === 'unknown' ? ['Danger unknown'] : []),
    ...(missing ? ['Missing'] : []),
    ...(isPaused(pausedUntil, now) ? [doNotContact(pausedUntil)] : []),
  ];
  return marks.length === 0 ? <>–</> : <strong>{marks.join(', ')}</strong>;
};

/** How many deadlines are missed. Also those whose next mail would pass the limit of e-mails to one person. */
const missedWords = ({ missed, atCap = [] }: BoardRow): string =>
  [
    missed === 0 ? 'None' : `${missed}`,
    ...(atCap.length > 0 ? [`the limit of e-mails to one person is reached for ${atCap.join(', ')}`] : []),
  ].join('; ');

/** A row without a deadline is sorted far behind. Its due instant means nothing. */
const dueWords = (row: BoardRow) => (hasDue(row) ? formatInstant(row.due) : 'No deadline runs');

const TimeLeft = ({ row, now }: { readonly row: BoardRow; readonly now: string }) =>
  hasDue(row) ? <Left due={row.due} now={now} /> : <>–</>;

function obligationOf({ rule }: BoardRow, policy: Policy): string {
  if (rule === undefined) return 'None';
  const known = policy.deadlines.find(({ id }) => id === rule);
  return known ? `${rule}: ${known.obligation}` : rule;
}

function Next({
  frame,
  page,
  name,
  chosen,
}: {
  readonly frame: Frame;
  readonly page: BoardPage;
  readonly name: 'after' | 'own';
  readonly chosen: Chosen;
}) {
  if (page.next === undefined) return null;
  return (
    <p>
      <a href={addressOf(`${frame.base}/`, chosen, { [name]: page.next })} rel="next">
        Next page of {name === 'own' ? 'what waits for you' : 'open referrals'}
      </a>
    </p>
  );
}
