/** The home page: what is wrong today, the calls, the reader's next steps, and the department's queue. */
import type { Child } from 'hono/jsx';
import { isOneOf, reporters } from '../../../shared/application/access/visitor.ts';
import { mostSorted, type QueueRows } from '../../../shared/application/read/queue.ts';
import type { Figure } from '../../../shared/application/read/today.ts';
import type { BoardRow } from '../../../shared/domain/board/board-row.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import type { BoardPage } from '../../../shared/store/board.ts';
import { ButtonLink } from '../app/components/button-link.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import type { WaitingCalls } from '../call/serve-calls.tsx';
import { hasSteps, ProgramStepLists, type ProgramSteps } from '../program/program-steps.tsx';
import { Unreached } from '../referral/mail-view.tsx';
import { figureWords } from './figure-words.ts';
import { QueueFilter, SavedFilters } from './filter-line.tsx';
import {
  addressOf,
  type Chosen,
  isUnfiltered,
  type Order,
  orderIn,
  orderWords,
  queueAddress,
  queueChoices,
  queueStages,
} from './filter-words.ts';
import { Keys } from './queue-keys.tsx';
import { QueueTable, type Sorting } from './queue-rows.tsx';
import { TaskList, type TaskRow } from './tasks-page.tsx';

/** So many agreements, and so many venue concerns, stand among them. */
const programStepsAtHome = 3;
/** So many of the reader's next steps stand on the home page. The others are one click away. */
export const tasksAtHome = 3;
/** So many referrals stand on the home page, and on each page of the whole queue. */
export const rowsOn = { home: 3, queue: 15 } as const;

interface ShownQueue {
  readonly page: QueueRows;
  readonly etag: string;
  /** Ended referrals that owe a duty of law. */
  readonly ended: BoardPage;
  /** The cursor of this page. Absent on the first. */
  readonly after?: string | undefined;
}

interface QueueProps {
  readonly frame: Frame;
  readonly policy: Policy;
  /** Whether the reader works on referrals. Others see the pathway alone. */
  readonly works: boolean;
  /** The filters of the queue. */
  readonly chosen: Chosen;
  readonly saved: readonly Chosen[];
}

interface HomePageProps extends QueueProps {
  /** Absent for readers who may not see the queue. */
  readonly queue?: ShownQueue | undefined;
  /** The first of the reader's next steps. */
  readonly tasks: Pick<BoardPage, 'next'> & { readonly rows: readonly TaskRow[] };
  /** The agreements and venue concerns that the reader sees to. */
  readonly program: ProgramSteps;
  readonly figures: readonly Figure[];
  /** Undelivered alerts. Empty for readers who may not see every referral. */
  readonly unreached: { readonly rows: readonly BoardRow[]; readonly isPart: boolean };
  /** The telephone number of the person on call. */
  readonly oncall?: string | undefined;
  /** The calls that no person has taken. */
  readonly calls: WaitingCalls;
}

const Title = ({ frame: { base, visitor }, children }: { readonly frame: Frame; readonly children: Child }) => (
  <div class="page-title">
    <h1>{children}</h1>
    {visitor && isOneOf(visitor, reporters) && <ButtonLink href={`${base}/reports/new`}>New report</ButtonLink>}
  </div>
);

export const HomePage = (props: HomePageProps) => {
  const { frame, policy, queue, tasks, program, figures, unreached, oncall, calls } = props;
  const { base } = frame;

  const title = queue ? 'Work queue' : 'Your referrals';
  return (
    <Page frame={frame} title={title}>
      <Title frame={frame}>{title}</Title>
      <div class={calls.count > 0 ? 'home home--calls' : 'home'}>
        <div class="home-calls">
          {calls.calls}
          <Unreached frame={frame} rows={unreached.rows} oncall={oncall} />
          {unreached.isPart && (
            <p>
              <a href={`${base}/referrals?bounced=yes`}>See all referrals with an undelivered alert</a>
            </p>
          )}
        </div>
        <div class="home-side">
          <section aria-labelledby="yours">
            <h2 id="yours">Your next steps</h2>
            {tasks.rows.length === 0 ? (
              !hasSteps(program) && <p>Nothing waits for you.</p>
            ) : (
              <TaskList frame={frame} policy={policy} rows={tasks.rows} />
            )}
            <ProgramStepLists frame={frame} steps={program} heading="h3" most={programStepsAtHome} />
            {tasks.next !== undefined && (
              <p>
                <a href={`${base}/deadlines`}>See all your next steps</a>
              </p>
            )}
          </section>
          <Figures base={base} figures={figures} />
        </div>
      </div>
      {queue && <Queue {...props} queue={queue} isHome />}
    </Page>
  );
};

/** The queue alone: all of it, or what the filters leave, page by page. */
export const WholeQueuePage = (props: QueueProps & { readonly queue: ShownQueue; readonly calls: WaitingCalls }) => (
  <Page frame={props.frame} title="Work queue">
    <Title frame={props.frame}>Work queue</Title>
    {props.calls.calls}
    <p>
      <a href={`${props.frame.base}/`}>What is wrong today, and your next steps</a>
    </p>
    <Queue {...props} isHome={false} />
  </Page>
);

/** What is wrong today, each figure with its list. What was counted as none is told in one quiet line. */
function Figures({ base, figures }: { readonly base: string; readonly figures: readonly Figure[] }) {
  if (figures.length === 0) return null;
  const link = ({ name }: Figure, before: Child) => {
    const { path, label } = figureWords[name];
    return (
      <a href={`${base}${path}`}>
        {before}
        <span>{label}</span>
      </a>
    );
  };
  const some = figures.filter(({ count }) => count > 0);
  const none = figures.filter(({ count }) => count === 0);
  return (
    <section aria-labelledby="today">
      <h2 id="today">Today</h2>
      {some.length > 0 && (
        <ul class="figures">
          {some.map((figure) => (
            <li class="figure">
              {link(
                figure,
                <>
                  <strong>
                    {figure.count}
                    {figure.isAtLeast && '+'}
                  </strong>{' '}
                </>,
              )}
            </li>
          ))}
        </ul>
      )}
      {none.length > 0 && (
        <p class="figures-none small">
          None:{' '}
          {none.map((figure, index) => (
            <>
              {index > 0 && ' · '}
              {link(figure, null)}
            </>
          ))}
        </p>
      )}
    </section>
  );
}

const small = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;

/** The orders that an index has, or that the page can sort by, for this reader and these filters. */
const offeredOrders = ({ stage = 'open', owner }: Chosen, works: boolean): readonly Order[] => {
  const byReport: readonly Order[] = owner === undefined && (stage === 'open' || !works) ? ['newest', 'oldest'] : [];
  return works ? ['harm', 'due', 'waits-on', 'office', ...byReport] : byReport;
};

function Queue({
  frame,
  policy,
  queue: { page, etag, ended, after },
  works,
  chosen,
  saved,
  isHome,
}: QueueProps & { readonly queue: ShownQueue; readonly isHome: boolean }) {
  const { base } = frame;
  const offered = offeredOrders(chosen, works);
  const asked = orderIn(chosen, works);
  const order = offered.includes(asked) ? asked : 'harm';
  const named = (chosen.stage ?? 'open') === 'open' ? 'Open referrals' : 'Ended referrals';
  const heading = `${named}, ${small(orderWords[order])}${page.isPart ? `, of the ${mostSorted} most urgent` : ''}`;
  const sorting: Sorting = { now: order, offered, addressOf: (next) => queueAddress(base, chosen, next) };
  return (
    <section aria-labelledby="open">
      <h2 id="open" tabindex={-1}>
        {heading}
      </h2>
      <SavedFilters frame={frame} chosen={chosen} saved={saved} />
      <div class="live">
        <QueueFilter frame={frame} choices={queueChoices(works)} chosen={chosen} />
        <p data-live-words>
          This list does not update by itself. <a href={addressOf(`${base}/`, chosen, { after })}>Load it again</a>
        </p>
        <p role="status" data-live-news></p>
        <button class="usa-button" type="button" data-live-show hidden>
          Show the changes
        </button>
        <button class="usa-button usa-button--unstyled" type="button" data-keys-open hidden>
          Keys
        </button>
      </div>
      {(!isHome || !works) && (
        <p class="small">
          Do first: the duty with the most harm. Calls come before missed duties, and those before the rest by day. Due
          next: the soonest other duty.
        </p>
      )}
      <QueueTable
        frame={frame}
        policy={policy}
        rows={page.rows}
        works={works}
        heading={heading}
        none={noneWords(chosen)}
        live={addressOf(`${base}/queue/rows`, chosen, { after })}
        etag={etag}
        sorting={sorting}
      />
      <nav class="pages" aria-label="Pages of the queue">
        {after !== undefined && <a href={queueAddress(base, chosen, order)}>First page</a>}
        {page.next !== undefined &&
          (isHome ? (
            <a href={queueAddress(base, {}, works ? 'harm' : 'newest')}>See all open referrals</a>
          ) : (
            <a href={addressOf(`${base}/`, chosen, { after: page.next })} rel="next">
              Next page of {small(named)}
            </a>
          ))}
        <a href={`${base}/referrals`}>All referrals, also closed</a>
      </nav>
      {ended.rows.length > 0 &&
        (isHome ? (
          <p>
            <a href={queueAddress(base, {}, 'harm').replace('#open', '#ended')}>
              {ended.rows.length}
              {ended.next !== undefined && '+'} ended, with a duty of law still open
            </a>
          </p>
        ) : (
          <section id="ended" tabindex={-1}>
            <QueueTable
              frame={frame}
              policy={policy}
              rows={ended.rows}
              works={works}
              caption="Ended, with a duty of law still open"
              none=""
            />
            {ended.next !== undefined && (
              <p>
                See all:{' '}
                {queueStages.options.map(([stage, label], index) => (
                  <>
                    {index > 0 && ', '}
                    <a href={queueAddress(base, { stage })}>{small(label)}</a>
                  </>
                ))}
              </p>
            )}
          </section>
        ))}
      <Keys />
    </section>
  );
}

/** What stands in the place of rows where there are none. */
export const noneWords = (chosen: Chosen): string =>
  isUnfiltered(chosen) ? 'No referral is open here.' : 'No referral fits these filters.';
