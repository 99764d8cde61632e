/** The home page: what is wrong today, the calls, the reader's next steps, and the department's queue. */
import type { Child } from 'hono/jsx';
import { isOneOf, reporters } from '../../../shared/application/access/visitor.ts';
import type { Figure } from '../../../shared/application/read/today.ts';
import type { BoardRow } from '../../../shared/domain/board/board-row.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import type { BoardPage } from '../../../shared/store/board.ts';
import { ButtonLink } from '../app/components/button-link.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { Unreached } from '../referral/mail-view.tsx';
import { figureWords } from './figure-words.ts';
import { QueueFilter, SavedFilters } from './filter-line.tsx';
import { addressOf, type Chosen, queueChoices } from './filter-words.ts';
import { Keys } from './keys.tsx';
import { QueueTable } from './queue-rows.tsx';
import { TaskTable } from './tasks.tsx';

/** So many of the reader's next steps stand on the home page. The others are one click away. */
export const tasksAtHome = 5;

export interface QueuePageProps {
  readonly frame: Frame;
  readonly policy: Policy;
  /** Absent for readers who may not see the queue. */
  readonly queue?: { readonly page: BoardPage; readonly etag: string; readonly ended: readonly BoardRow[] } | undefined;
  /** Whether the reader works on referrals. Others see the pathway alone. */
  readonly works: boolean;
  readonly tasks: BoardPage;
  readonly figures: readonly Figure[];
  /** Undelivered alerts. Empty for readers who may not see every referral. */
  readonly unreached: readonly BoardRow[];
  /** The telephone number of the person on call. */
  readonly oncall?: string | undefined;
  /** The filters of the queue. */
  readonly chosen: Chosen;
  readonly saved: readonly Chosen[];
  /** The calls that no person has taken. */
  readonly calls: Child;
}

export const QueuePage = (props: QueuePageProps) => {
  const { frame, policy, queue, works, tasks, figures, unreached, oncall, calls } = props;
  const { base, visitor } = frame;
  const title = queue ? 'Work queue' : 'Your referrals';
  return (
    <Page frame={frame} title={title}>
      <div class="page-title">
        <h1>{title}</h1>
        {visitor && isOneOf(visitor, reporters) && <ButtonLink href={`${base}/reports/new`}>Enter a report</ButtonLink>}
      </div>
      {calls}
      <Unreached frame={frame} rows={unreached} oncall={oncall} />
      <Figures base={base} figures={figures} />
      <section class="headed" aria-labelledby="yours">
        <h2 id="yours">Your next steps</h2>
        {tasks.rows.length === 0 ? (
          <p>Nothing waits for you.</p>
        ) : (
          <>
            <TaskTable frame={frame} policy={policy} rows={tasks.rows} />
            {tasks.next !== undefined && (
              <p>
                <a href={`${base}/deadlines`}>See all your next steps</a>
              </p>
            )}
          </>
        )}
      </section>
      {queue && <Queue {...props} queue={queue} works={works} />}
    </Page>
  );
};

/** What is wrong today, each figure with its list. A figure of none stays, so that a reader knows that it was counted. */
const Figures = ({ base, figures }: { readonly base: string; readonly figures: readonly Figure[] }) =>
  figures.length === 0 ? null : (
    <section aria-labelledby="today">
      <h2 id="today">Today</h2>
      <ul class="figures">
        {figures.map(({ name, count, isAtLeast }) => (
          <li class={count > 0 ? 'figure figure--some' : 'figure'}>
            <a href={`${base}${figureWords[name].path}`}>
              <strong>
                {count}
                {isAtLeast && '+'}
              </strong>{' '}
              <span>{figureWords[name].label}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );

function Queue({
  frame,
  policy,
  queue: { page, etag, ended },
  works,
  chosen,
  saved,
}: QueuePageProps & { readonly queue: NonNullable<QueuePageProps['queue']> }) {
  const { base } = frame;
  const isPlain = Object.keys(chosen).length === 0;
  const isOpen = (chosen.stage ?? 'open') === 'open';
  const byReport = !works || (isOpen && chosen.order === 'newest' && chosen.owner === undefined);
  const named = isOpen ? 'Open referrals' : 'Ended referrals';
  return (
    <section aria-labelledby="open">
      <h2 id="open" tabindex={-1}>
        {named}
      </h2>
      <QueueFilter frame={frame} choices={queueChoices(works)} chosen={chosen} />
      <SavedFilters frame={frame} chosen={chosen} saved={saved} />
      <div class="live">
        <p data-live-words>
          This list does not update by itself. <a href={addressOf(`${base}/`, chosen)}>Load it again</a>
        </p>
        <p role="status" data-live-news></p>
        <button class="usa-button" type="button" data-live-show hidden>
          Show the changes
        </button>
        <button class="usa-button usa-button--unstyled" type="button" data-keys-open hidden>
          Keys
        </button>
      </div>
      <QueueTable
        frame={frame}
        policy={policy}
        rows={page.rows}
        works={works}
        caption={`${named}, ${byReport ? 'the newest report first' : 'most urgent first'}`}
        none={isPlain ? 'No referral is open here.' : 'No referral fits these filters.'}
        live={addressOf(`${base}/queue/rows`, chosen)}
        etag={etag}
      />
      {page.next !== undefined && (
        <p>
          <a href={addressOf(`${base}/`, chosen, { after: page.next })} rel="next">
            Next page of open referrals
          </a>
        </p>
      )}
      {ended.length > 0 && (
        <QueueTable
          frame={frame}
          policy={policy}
          rows={ended}
          works={works}
          caption="Ended, with a duty of law still open"
          none=""
        />
      )}
      <p>
        Closed referrals are in <a href={`${base}/referrals`}>all referrals</a>.
      </p>
      <Keys />
    </section>
  );
}
