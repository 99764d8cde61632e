/** The home page with the queue, and the lists beside it. A GET never acts. */
import { Hono } from 'hono';
import {
  isOneOf,
  queueReaders,
  seesEveryReferral,
  seesNoReferral,
  type Visitor,
} from '../../../shared/application/access/visitor.ts';
import { problemsIn } from '../../../shared/application/input/problems.ts';
import { createDigests } from '../../../shared/application/matching/secret.ts';
import { findByNumber, receiptLength } from '../../../shared/application/read/find-by-number.ts';
import { findFilters, findReferrals } from '../../../shared/application/read/find-referrals.ts';
import type { EncryptedLists } from '../../../shared/application/read/page-cursors.ts';
import {
  type Asked,
  deadlinesFilters,
  isTheirs,
  pageFilters,
  pageFor,
  pageOf,
  type QueueFilters,
  queueFor,
  rowFor,
  tasksOf,
} from '../../../shared/application/read/queue.ts';
import { comingReviews, teamsOf } from '../../../shared/application/read/reviews.ts';
import { etagOf } from '../../../shared/application/read/row-version.ts';
import { searchers } from '../../../shared/application/read/search.ts';
import { readsToWork } from '../../../shared/application/read/shown-row.ts';
import { figuresFor, mostRows, tasksAtHomeFor, unmetToday } from '../../../shared/application/read/today.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import { agreementStepsFor } from '../../../shared/application/use-cases/keep-agreements.ts';
import { venueStepsFor } from '../../../shared/application/use-cases/keep-venues.ts';
import { unreachedQueue } from '../../../shared/domain/alerts/unreached-rows.ts';
import { owedList } from '../../../shared/domain/board/list-rows.ts';
import { anyStage } from '../../../shared/domain/core/command.ts';
import { readReference } from '../../../shared/domain/core/ids.ts';
import { staff } from '../../../shared/domain/core/role-groups.ts';
import { returnQueues, returnReaders } from '../../../shared/domain/missing/return-rows.ts';
import { policyInForce } from '../../../shared/domain/policy/in-force.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { reviewReaders } from '../../../shared/domain/review/review-rows.ts';
import { released } from '../../../shared/policy/policies.ts';
import type { BoardPage } from '../../../shared/store/board.ts';
import { givenIn } from '../app/given.ts';
import { navigationFor } from '../app/navigation.ts';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { createCallLists } from '../call/serve-calls.tsx';
import type { ProgramSteps } from '../program/program-steps.tsx';
import { type Chosen, isUnfiltered, orderIn, queueAddress } from './filter-words.ts';
import { FindPage, NotFoundByPage, SeveralFoundPage } from './find-page.tsx';
import { HomePage, noneWords, rowsOn, tasksAtHome, WholeQueuePage } from './queue-page.tsx';
import { QueueRows } from './queue-rows.tsx';
import { ReturnsPage } from './returns-register.tsx';
import { ReviewsPage } from './reviews-page.tsx';
import { filtersIn, savedFilters, saveFilters, withFilter } from './saved-filters.ts';
import { SearchPage } from './serve-search.tsx';
import { TasksPage, withContacts, withOwnProposals } from './tasks-page.tsx';
import { UnmetPage } from './unmet-page.tsx';

const limit = 25;
/** So many ended referrals stand under the open ones. The filter of stages has all. */
const endedShown = 10;

/** The chosen filters. Beside a filter, the usual order needs no name. */
export const chosenIn = (context: Request): Chosen => {
  const given = Object.entries(givenIn(context));
  return Object.fromEntries(given.length > 1 ? given.filter(([, value]) => value !== 'harm') : given);
};

const noRows: BoardPage = { rows: [] };

/** The cursor of the address was damaged, so the first page is shown. Throws any other fault on. */
function undefinedWhereMarkIsDamaged(fault: unknown): undefined {
  if (!(fault instanceof RangeError)) throw fault;
}

/** Letters alone, as people are called. References and receipts have digits, or begin with their mark and a hyphen. */
const isName = (typed: string): boolean =>
  /^[\p{L}\s.'’-]{2,}$/u.test(typed.trim()) && !/^\s*(?:[a-z]{2}-|cr\s)/i.test(typed);

export function createQueuePages(
  parts: Omit<ConsoleParts, 'board'> & { readonly board: EncryptedLists },
  place: Place,
): Hono<ConsoleEnv> {
  const { board, ledger, policyOf, now } = parts;
  const { frameOf, visitorIn, url, notice, forbidden, notFound } = place;
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
      : noRows;

  /** A page of the queue, with its rows as the script of the page gets them. Undefined where its cursor is damaged. */
  const shownQueue = async (context: Request, { after, ...chosen }: Chosen, isHome: boolean) => {
    const visitor = visitorIn(context);
    const frame = frameOf(context);
    const filters = pageFilters.safeParse(chosen);
    if (!filters.success) return undefined;
    const policy = policyInForce(released, frame.now);
    const asked = {
      filters: filters.data,
      paging: { limit: rowsOn[isHome ? 'home' : 'queue'], after },
      now: frame.now,
    };
    const page = await queueOf(visitor, asked, policy).catch(undefinedWhereMarkIsDamaged);
    if (!page) return undefined;
    const shown = { frame, policy, rows: page.rows, works: readsToWork(visitor), none: noneWords(chosen) };
    const rows = String(<QueueRows {...shown} />);
    return { page, rows, etag: etagOf(rows), after };
  };

  app.get('/', async (context) => {
    const visitor = visitorIn(context);
    const { after, ...chosen } = chosenIn(context);
    const isHome = after === undefined && Object.keys(chosen).length === 0;
    if (seesNoReferral(visitor)) return context.redirect(url(navigationFor(visitor).primary[0]?.path ?? '/help'), 302);
    const sees = seesEveryReferral(visitor);
    if (!isHome && !sees) return context.redirect(url('/'), 302);
    const frame = frameOf(context);
    const policy = policyInForce(released, frame.now);
    const [shown, ended, head, home] = await Promise.all([
      sees ? shownQueue(context, { ...chosen, after }, isHome) : undefined,
      sees && after === undefined && isUnfiltered(chosen) ? endedFor(visitor, policy) : noRows,
      calls.waiting(context, isHome ? 'queue' : 'lines'),
      isHome ? atHome(context, policy, frame.now) : undefined,
    ]);
    if (sees && !shown) return context.redirect(url('/'), 302);
    const page = {
      frame,
      policy,
      works: readsToWork(visitor),
      chosen,
      saved: savedFilters(context),
      calls: head,
    };
    const queue = shown && { ...shown, ended };
    if (!home) return context.html(queue ? <WholeQueuePage {...page} queue={queue} /> : '');
    const oncall = home.unreached.rows.length > 0 ? await parts.oncall(frame.now, visitor.id) : undefined;
    return context.html(<HomePage {...page} {...home} queue={queue} oncall={oncall} />);
  });

  /** The tasks of this reader, with their own proposals, which another person answers. */
  const forReader = async (context: Request, page: BoardPage, policy: Policy) => {
    const { ledger } = calls.reading(context);
    const stateOf = async (id: string) => (await ledger.referral(id))?.state;
    const rows = await withOwnProposals(page.rows, visitorIn(context), policy, stateOf);
    return { ...page, rows: await withContacts(rows, parts.directory) };
  };

  /** None where it cannot be read: these pages never fail for the steps of the program. */
  const orNone = <Step,>(steps: Promise<readonly Step[]>): Promise<readonly Step[]> =>
    steps.catch((error: unknown) => {
      parts.onFault(error, 'program-away');
      return [];
    });

  /** The agreements and venue concerns that this reader sees to. */
  const programOf = async (context: Request): Promise<ProgramSteps> => {
    const [door, visitor] = [{ ledger, now: now() }, visitorIn(context)];
    const [agreements, concerns] = await Promise.all([
      orNone(agreementStepsFor(door, visitor)),
      orNone(venueStepsFor(door, visitor)),
    ]);
    return { agreements, concerns };
  };

  /** What the home page has beside the queue. The reader's own tasks are read once. */
  const atHome = async (context: Request, policy: Policy, now: string) => {
    const visitor = visitorIn(context);
    const { queue } = calls.reading(context).board;
    const own = tasksAtHomeFor({ board, now }, visitor, tasksAtHome);
    const [tasks, program, figures, unreached] = await Promise.all([
      own,
      programOf(context),
      figuresFor({ board: { queue }, ledger, policy, now }, visitor, own),
      seesEveryReferral(visitor) ? queue(unreachedQueue, { limit: mostRows }) : noRows,
    ]);
    const theirs = unreached.rows.filter((row) => isTheirs(row, visitor, queueReaders, policy));
    return {
      tasks: await forReader(context, tasks.first, policy),
      program,
      figures,
      unreached: {
        rows: theirs.slice(0, limit).map(rowFor(visitor, policy)),
        isPart: theirs.length > limit,
      },
    };
  };

  // For the script of the page, which sends the tag of the rows that it has.
  app.get('/queue/rows', async (context) => {
    const chosen = chosenIn(context);
    const shown = seesEveryReferral(visitorIn(context))
      ? await shownQueue(context, chosen, Object.keys(chosen).length === 0)
      : undefined;
    if (!shown) return context.body(null, 404);
    context.header('etag', shown.etag);
    return context.req.header('if-none-match') === shown.etag ? context.body(null, 304) : context.html(shown.rows);
  });

  app.post('/queue/filters', (context) => {
    const form = context.get('form');
    const chosen = filtersIn(form.get('filters') ?? '');
    if (!chosen) return context.redirect(url('/'), 303);
    const kept = withFilter(savedFilters(context), chosen, form.get('act') === 'remove' ? 'remove' : 'keep');
    saveFilters(context, kept, url('').startsWith('https:'));
    return context.redirect(url(queueAddress('', chosen, orderIn(chosen, true))), 303);
  });

  app.get('/deadlines', async (context) => {
    const { after, ...chosen } = chosenIn(context);
    const filters = deadlinesFilters.safeParse(chosen);
    if (!filters.success || (after !== undefined && !(await board.isListCursor(after)))) {
      return context.redirect(url('/deadlines'), 302);
    }
    const asked = { filters: filters.data, paging: { limit, after }, now: now() };
    const policy = policyInForce(released, asked.now);
    const [page, program] = await Promise.all([
      tasksOf(board, asked, visitorIn(context)).then((read) => forReader(context, read, policy)),
      after === undefined ? programOf(context) : { agreements: [], concerns: [] },
    ]);
    const frame = frameOf(context);
    return context.html(<TasksPage {...{ frame, policy, page, chosen, program }} />);
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

  app.get('/reviews', async (context) => {
    const visitor = visitorIn(context);
    if (!isOneOf(visitor, reviewReaders)) return forbidden(context, doorRefusals['reviews-for-leaders'].sentence);
    const { team: asked, after } = context.req.query();
    const teams = teamsOf(visitor);
    const team = teams.find(({ id }) => id === asked) ?? (teams.length === 1 ? teams[0] : undefined);
    if (asked !== undefined && team?.id !== asked) return notFound(context);
    const shown = { frame: frameOf(context), teams };
    if (!team) return context.html(<ReviewsPage {...shown} />);
    const of = { filters: { team: team.id }, paging: { limit, after }, now: shown.frame.now };
    const policy = policyInForce(released, shown.frame.now);
    const coming = await comingReviews(board, of, visitor, policy).catch(undefinedWhereMarkIsDamaged);
    if (!coming) return context.redirect(url(`/reviews?team=${team.id}`), 302);
    return context.html(<ReviewsPage {...shown} chosen={{ team, coming }} />);
  });

  app.get('/unmet-today', async (context) => {
    const visitor = visitorIn(context);
    if (!isOneOf(visitor, staff)) return forbidden(context, 'Needs that were not met are for staff of the department.');
    const policy = policyInForce(released, now());
    const { after } = context.req.query();
    const reading = unmetToday({ board, policy, now: now() }, visitor, { limit, after });
    const page = await reading.catch(undefinedWhereMarkIsDamaged);
    if (!page) return context.redirect(url('/unmet-today'), 302);
    return context.html(<UnmetPage frame={frameOf(context)} page={page} />);
  });

  const open = (context: Request, reference: string) => context.redirect(url(`/referrals/${reference}`), 303);
  const deadEnd = (context: Request) => context.html(<NotFoundByPage frame={frameOf(context)} />, 404);
  app.get('/find', (context) => {
    const reference = readReference('CR', context.req.query('reference') ?? '');
    return reference === undefined ? deadEnd(context) : open(context, reference);
  });
  // A receipt leads from a reporter to a child, so it is never in an address. Nor is a case number.
  app.post('/find', async (context) => {
    const typed = context.get('form').get('reference') ?? '';
    const draft = readReference('DR', typed);
    if (draft !== undefined) return context.redirect(url(`/drafts/${draft}`), 303);
    if (isName(typed) && isOneOf(visitorIn(context), searchers)) {
      // The person says first what the search is for. A name is in no address, so the form comes with the answer.
      const named = new URLSearchParams({ name: typed.trim(), spelling: 'approximate' });
      return context.html(<SearchPage frame={frameOf(context)} typed={named} isBegun />);
    }
    const reference = readReference('CR', typed);
    if (reference !== undefined) return open(context, reference);
    const digests = createDigests(await parts.secretKey());
    const answer = await findByNumber({ ...parts, digests, now: now() }, visitorIn(context), typed);
    switch (answer.kind) {
      case 'forbidden':
        return readReference('RC', typed) === undefined
          ? deadEnd(context)
          : forbidden(context, doorRefusals['receipts-for-staff'].sentence);
      case 'no-receipt': {
        const isPart = answer.typed < receiptLength;
        return notice(
          context,
          404,
          isPart ? 'Type the whole receipt' : 'This is no receipt',
          isPart
            ? `A receipt has ${receiptLength} characters after RC, such as RC-4K7QX-M2D8A1. Here are ${answer.typed}. A part of it finds nothing: ask the caller for the rest, or search by name.`
            : 'A receipt looks like RC-4K7QX-M2D8A1. Check each character with the caller: one of them is wrong, or is too many.',
        );
      }
      case 'found': {
        const [first, ...others] = answer.referralIds;
        if (first === undefined) return deadEnd(context);
        return others.length === 0
          ? open(context, first)
          : context.html(<SeveralFoundPage frame={frameOf(context)} referralIds={answer.referralIds} />);
      }
    }
  });

  return app;
}
