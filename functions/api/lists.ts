/** Routes that read more than one referral: the queue, tasks, searches and registers. */
import { Hono } from 'hono';
import type * as z from 'zod';
import { auditors, isOneOf, seesEveryReferral } from '../../shared/application/access/visitor.ts';
import { type Problem, problemsIn } from '../../shared/application/input/problems.ts';
import { directoryFilters, directoryReaders, whoIsOnDuty } from '../../shared/application/read/directory.ts';
import { findFilters, findReferrals } from '../../shared/application/read/find-referrals.ts';
import type { EncryptedLists } from '../../shared/application/read/page-cursors.ts';
import {
  deadlinesFilters,
  deadlinesOf,
  isTheirs,
  noFilters,
  type Paging,
  pageFor,
  queueFilters,
  queueFor,
  returnFilters,
  runFilters,
} from '../../shared/application/read/queue.ts';
import { runsFor } from '../../shared/application/read/runs.ts';
import { lineOf, returnQueues, returnReaders } from '../../shared/domain/missing/return-rows.ts';
import { policyInForce } from '../../shared/domain/policy/in-force.ts';
import { released } from '../../shared/policy/policies.ts';
import type { ApiEnv, ApiParts } from './api-parts.ts';
import { invalid, problem } from './problem.ts';

type Query = Record<string, string>;

type IsMark = (text: string) => Promise<boolean>;

async function pagingIn({ limit = '50', after }: Query, isMark: IsMark): Promise<Paging | readonly Problem[]> {
  const problems: Problem[] = [];
  if (after !== undefined && !(await isMark(after))) {
    problems.push({ path: 'after', sentence: 'Give what the page before gave as "next", or nothing.' });
  }
  if (!/^([1-9][0-9]?|100)$/.test(limit)) {
    problems.push({ path: 'limit', sentence: 'Give a whole number from 1 to 100, or nothing for 50.' });
  }
  return problems.length > 0 ? problems : { limit: Number(limit), after };
}

export function createLists(
  { ledger, directory, policyOf, now }: Pick<ApiParts, 'ledger' | 'directory' | 'policyOf' | 'now'>,
  board: EncryptedLists,
) {
  const app = new Hono<ApiEnv>();

  /** The filters and the page that a request asks for, or all problems of both. */
  const read = async <Schema extends z.ZodType>(
    query: Query,
    schema: Schema,
    isMark: IsMark,
  ): Promise<{ filters: z.output<Schema>; paging: Paging } | Response> => {
    const { limit: _limit, after: _after, ...rest } = query;
    const [paging, filters] = [await pagingIn(query, isMark), schema.safeParse(rest)];
    if ('limit' in paging && filters.success) return { filters: filters.data, paging };
    return invalid([...('limit' in paging ? [] : paging), ...(filters.success ? [] : problemsIn(filters.error))]);
  };

  app.get('/queue', async (context) => {
    const visitor = context.get('visitor');
    if (!seesEveryReferral(visitor)) {
      return problem(403, 'The queue is for staff of the department. What waits for you is at /api/v1/tasks.');
    }
    const asked = await read(context.req.query(), queueFilters, board.isPageCursor);
    if (asked instanceof Response) return asked;
    const at = now();
    return context.json(await queueFor(board, { ...asked, now: at }, visitor, policyInForce(released, at)));
  });

  app.get('/deadlines', async (context) => {
    const asked = await read(context.req.query(), deadlinesFilters, board.isListCursor);
    if (asked instanceof Response) return asked;
    return context.json(await deadlinesOf(board, { ...asked, now: now() }, context.get('visitor')));
  });

  app.get('/referrals', async (context) => {
    const visitor = context.get('visitor');
    if (!seesEveryReferral(visitor)) return problem(403, 'Looking for referrals is for staff of the department.');
    const asked = await read(context.req.query(), findFilters, board.isListCursor);
    if (asked instanceof Response) return asked;
    const parts = { board, ledger, policyOf, now: now() };
    return context.json(
      await findReferrals(parts, asked.filters, asked.paging, visitor, policyInForce(released, parts.now)),
    );
  });

  app.get('/tasks', async (context) => {
    const asked = await read(context.req.query(), noFilters, board.isPageCursor);
    if (asked instanceof Response) return asked;
    return context.json(await board.ownedBy(context.get('visitor').id, asked.paging));
  });

  app.get('/directory', async (context) => {
    if (!isOneOf(context.get('visitor'), directoryReaders)) {
      return problem(403, 'The people to call about a referral of yours are at /api/v1/referrals/{id}/people.');
    }
    const asked = directoryFilters.safeParse(context.req.query());
    if (!asked.success) return invalid(problemsIn(asked.error));
    return context.json({ people: await whoIsOnDuty(directory, asked.data, now()) });
  });

  app.get('/runs', async (context) => {
    const visitor = context.get('visitor');
    if (!isOneOf(visitor, auditors)) return problem(403, 'Runs are for administrators and auditors.');
    const asked = await read(context.req.query(), runFilters, board.isPageCursor);
    if (asked instanceof Response) return asked;
    const at = now();
    return context.json(await runsFor(board, { ...asked, now: at }, visitor, policyInForce(released, at)));
  });

  app.get('/returns', async (context) => {
    const visitor = context.get('visitor');
    if (!isOneOf(visitor, returnReaders)) {
      return problem(403, 'The register of returns is for supervisors, HART leads, administrators and auditors.');
    }
    const asked = await read(context.req.query(), returnFilters, board.isPageCursor);
    if (asked instanceof Response) return asked;
    const queue = asked.filters.undone ? returnQueues.undone : returnQueues.all;
    const at = now();
    const policy = policyInForce(released, at);
    const { rows, next } = await pageFor(board, queue, asked.paging, (row) =>
      isTheirs(row, visitor, returnReaders, policy),
    );
    return context.json({ rows: rows.map((row) => lineOf(row, at)), ...(next !== undefined && { next }) });
  });

  return app;
}
