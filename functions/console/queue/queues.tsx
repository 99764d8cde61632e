/** The home page with the queue, and the lists beside it. A GET never acts. */
import { Hono } from 'hono';
import { isOneOf, seesEveryReferral, type Visitor } from '../../../shared/application/access/visitor.ts';
import { problemsIn } from '../../../shared/application/input/problems.ts';
import { findFilters, findReferrals } from '../../../shared/application/read/find-referrals.ts';
import type { EncryptedLists } from '../../../shared/application/read/page-cursors.ts';
import {
  type Asked,
  deadlinesFilters,
  isTheirs,
  pageFor,
  pageOf,
  type QueueFilters,
  queueFilters,
  queueFor,
  rowFor,
  tasksOf,
} from '../../../shared/application/read/queue.ts';
import { etagOf } from '../../../shared/application/read/row-version.ts';
import { readsToWork } from '../../../shared/application/read/shown-row.ts';
import { figuresFor, unmetToday } from '../../../shared/application/read/today.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import { unreachedQueue } from '../../../shared/domain/alerts/unreached-rows.ts';
import { owedList } from '../../../shared/domain/board/list-rows.ts';
import { anyStage } from '../../../shared/domain/core/command.ts';
import { readReference } from '../../../shared/domain/core/ids.ts';
import { staff } from '../../../shared/domain/core/role-groups.ts';
import { returnQueues, returnReaders } from '../../../shared/domain/missing/return-rows.ts';
import { policyInForce } from '../../../shared/domain/policy/in-force.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { released } from '../../../shared/policy/policies.ts';
import type { BoardPage } from '../../../shared/store/board.ts';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { createCallLists } from '../call/calls.tsx';
import type { Chosen } from './filter-words.ts';
import { FindPage } from './find-page.tsx';
import { QueuePage, tasksAtHome } from './queue-page.tsx';
import { QueueRows } from './queue-rows.tsx';
import { ReturnsPage } from './returns-page.tsx';
import { filtersIn, savedFilters, saveFilters, withFilter } from './saved-filters.ts';
import { TasksPage } from './tasks.tsx';
import { UnmetPage } from './unmet-page.tsx';

const limit = 25;
/** So many ended referrals stand under the open ones. The filter of stages has all. */
const endedShown = 10;

/** The chosen filters. A field that was left empty is no filter. */
export const chosenIn = (context: Request): Chosen =>
  Object.fromEntries(Object.entries(context.req.query()).filter(([, value]) => value !== ''));

/** The cursor of the address was damaged, so the first page is shown. Throws any other fault on. */
function undefinedWhereMarkIsDamaged(fault: unknown): undefined {
  if (!(fault instanceof RangeError)) throw fault;
}

export function createQueuePages(
  parts: Omit<ConsoleParts, 'board'> & { readonly board: EncryptedLists },
  place: Place,
): Hono<ConsoleEnv> {
  const { board, ledger, policyOf, now } = parts;
  const { frameOf, visitorIn, url, notice, forbidden } = place;
  const calls = createCallLists(parts, place);
  const app = new Hono<ConsoleEnv>();

  /** The list that the page shows: open referrals, unless another stage was asked for. */
  const queueOf = (visitor: Visitor, { filters, ...asked }: Asked<QueueFilters>, policy: Policy) =>
    queueFor(board, { ...asked, filters: { stage: 'open', ...filters } }, visitor, policy);

  /** Ended referrals with an open duty of law, by harm, for people who work on them. */
  const endedFor = async (visitor: Visitor, policy: Policy): Promise<BoardPage> =>
    readsToWork(visitor)
      ? pageOf(
          (reading) => board.queues(anyStage.filter((stage) => stage !== 'open').map(owedList), reading),
          { limit: endedShown },
          (row) => isTheirs(row, visitor, staff, policy),
        )
      : { rows: [] };

  const rowsOf = (context: Request, visitor: Visitor, page: BoardPage, policy: Policy, isPlain: boolean) =>
    String(
      <QueueRows
        frame={frameOf(context)}
        policy={policy}
        rows={page.rows}
        works={readsToWork(visitor)}
        none={isPlain ? 'No referral is open here.' : 'No referral fits these filters.'}
      />,
    );

  app.get('/', async (context) => {
    const visitor = visitorIn(context);
    const { after, ...chosen } = chosenIn(context);
    const filters = queueFilters.safeParse(chosen);
    if (!filters.success) return context.redirect(url('/'), 302);
    const frame = frameOf(context);
    const policy = policyInForce(released, frame.now);
    const asked = { filters: filters.data, paging: { limit, after }, now: frame.now };
    const tasksAsked = { filters: {}, paging: { limit: tasksAtHome }, now: frame.now };
    const sees = seesEveryReferral(visitor);
    const read = await Promise.all([
      sees ? queueOf(visitor, asked, policy) : undefined,
      sees && chosen.stage === undefined && after === undefined ? endedFor(visitor, policy) : { rows: [] },
      tasksOf(board, tasksAsked, visitor),
      sees ? board.queue(unreachedQueue, { limit }) : { rows: [] },
      figuresFor({ board, ledger, policy, now: frame.now }, visitor),
      calls.waiting(context),
    ]).catch(undefinedWhereMarkIsDamaged);
    if (!read) return context.redirect(url('/'), 302);
    const [page, ended, tasks, unreached, figures, head] = read;
    const isPlain = Object.keys(chosen).length === 0;
    const rows = page && rowsOf(context, visitor, page, policy, isPlain);
    return context.html(
      <QueuePage
        frame={frame}
        policy={policy}
        queue={page && rows !== undefined ? { page, etag: etagOf(rows), ended: ended.rows } : undefined}
        works={readsToWork(visitor)}
        tasks={tasks}
        figures={figures}
        unreached={unreached.rows.map(rowFor(visitor, policy))}
        oncall={unreached.rows.length > 0 ? await parts.oncall(frame.now, visitor.id) : undefined}
        chosen={chosen}
        saved={savedFilters(context)}
        calls={head}
      />,
    );
  });

  // For the script of the page, which sends the tag of the rows that it has.
  app.get('/queue/rows', async (context) => {
    const visitor = visitorIn(context);
    const { after: _, ...chosen } = chosenIn(context);
    const filters = queueFilters.safeParse(chosen);
    if (!seesEveryReferral(visitor) || !filters.success) return context.body(null, 404);
    const policy = policyInForce(released, now());
    const asked = { filters: filters.data, paging: { limit }, now: now() };
    const page = await queueOf(visitor, asked, policy);
    const rows = rowsOf(context, visitor, page, policy, Object.keys(chosen).length === 0);
    const etag = etagOf(rows);
    context.header('etag', etag);
    return context.req.header('if-none-match') === etag ? context.body(null, 304) : context.html(rows);
  });

  app.post('/queue/filters', (context) => {
    const form = context.get('form');
    const chosen = filtersIn(form.get('filters') ?? '');
    if (!chosen) return context.redirect(url('/'), 303);
    const kept = withFilter(savedFilters(context), chosen, form.get('act') === 'remove' ? 'remove' : 'keep');
    saveFilters(context, kept, url('').startsWith('https:'));
    return context.redirect(url(`/?${new URLSearchParams(chosen as Record<string, string>)}#open`), 303);
  });

  app.get('/deadlines', async (context) => {
    const { after, ...chosen } = chosenIn(context);
    const filters = deadlinesFilters.safeParse(chosen);
    if (!filters.success || (after !== undefined && !(await board.isListCursor(after)))) {
      return context.redirect(url('/deadlines'), 302);
    }
    const asked = { filters: filters.data, paging: { limit, after }, now: now() };
    const page = await tasksOf(board, asked, visitorIn(context));
    const policy = policyInForce(released, asked.now);
    return context.html(<TasksPage frame={frameOf(context)} policy={policy} page={page} chosen={chosen} />);
  });

  app.get('/referrals', async (context) => {
    const visitor = visitorIn(context);
    if (!seesEveryReferral(visitor)) return forbidden(context, 'Looking for referrals is for staff of the department.');
    const { after, ...chosen } = chosenIn(context);
    const frame = frameOf(context);
    const door = { board, ledger, policyOf, now: now() };
    const policy = policyInForce(released, door.now);
    const shown = { frame, policy, chosen };
    if (after !== undefined && !(await board.isListCursor(after))) return context.redirect(url('/referrals'), 302);
    const filters = findFilters.safeParse(chosen);
    if (!filters.success) {
      const problems = problemsIn(filters.error).map(({ sentence }) => sentence);
      return context.html(<FindPage {...shown} chosen={{}} problems={problems} />, 400);
    }
    const found = await findReferrals(door, filters.data, { limit, after }, visitor, policy);
    return context.html(<FindPage {...shown} found={found} problems={[]} />);
  });

  app.get('/returns', async (context) => {
    const visitor = visitorIn(context);
    if (!isOneOf(visitor, returnReaders)) return forbidden(context, doorRefusals['returns-for-supervisors'].sentence);
    const { after } = context.req.query();
    const undone = context.req.query('undone') === 'yes';
    const queue = undone ? returnQueues.undone : returnQueues.all;
    const policy = policyInForce(released, now());
    const page = await pageFor(board, queue, { limit, after }, (row) =>
      isTheirs(row, visitor, returnReaders, policy),
    ).catch(undefinedWhereMarkIsDamaged);
    if (!page) return context.redirect(url('/returns'), 302);
    return context.html(<ReturnsPage frame={frameOf(context)} page={page} undone={undone} />);
  });

  app.get('/unmet-today', async (context) => {
    const visitor = visitorIn(context);
    if (!isOneOf(visitor, staff)) return forbidden(context, 'Needs that were not met are for staff of the department.');
    const policy = policyInForce(released, now());
    const { rows } = await unmetToday({ board, policy, now: now() }, visitor);
    return context.html(<UnmetPage frame={frameOf(context)} rows={rows} />);
  });

  app.get('/find', (context) => {
    const reference = readReference('CR', context.req.query('reference') ?? '');
    return reference === undefined
      ? notice(
          context,
          404,
          'This is no reference',
          'A reference looks like CR-7F3KD-9QXMTQ. Check each character: one of them is wrong or missing.',
        )
      : context.redirect(url(`/referrals/${reference}`), 303);
  });

  return app;
}
