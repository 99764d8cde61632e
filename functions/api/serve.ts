/** Serves one row of the route table: its checks in their order, then its handler. */
import type { Context } from 'hono';
import type * as z from 'zod';
import { isOneOf } from '../../shared/application/access/visitor.ts';
import { type Problem, problemsIn } from '../../shared/application/input/problems.ts';
import { readInput } from '../../shared/application/input/read-input.ts';
import { submissionKey } from '../../shared/application/input/submission.ts';
import type { EncryptedLists } from '../../shared/application/read/page-cursors.ts';
import { noFilters, type Paging } from '../../shared/application/read/queue.ts';
import type { DoorRefusal } from '../../shared/application/routes/door-refusals.ts';
import { pagingInput } from '../../shared/application/routes/paging.ts';
import type { Route } from '../../shared/application/routes/route.ts';
import type { RouteName, RouteTable } from '../../shared/application/routes/route-table.ts';
import type { ApiEnv, ApiParts } from './api-parts.ts';
import { readBody } from './body.ts';
import type { Asked, Condition, Done, Handler } from './handlers.ts';
import { type Decided, type No, no, problemOf } from './problem.ts';

const needsKey = 'Give the Idempotency-Key that the report will be sent with: it is how the two belong together.';

type Invalid = { readonly problems: readonly Problem[] };

/** The sequence numbers that a client accepts, from its If-Match. A weak tag matches none. */
function conditionIn(ifMatch: string | undefined): { readonly condition: Condition } | Invalid {
  const tags = ifMatch?.split(',').map((tag) => tag.trim()) ?? ['*'];
  if (tags.length === 1 && tags[0] === '*') return { condition: undefined };
  if (!tags.every((tag) => /^(W\/)?"[\x21\x23-\x7e]*"$/.test(tag))) {
    const sentence = 'Give the ETag of the referral as it came, with its quotes.';
    return { problems: [{ path: 'If-Match', sentence }] };
  }
  const exactly = tags.flatMap((tag) => (/^"\d{1,9}"$/.test(tag) ? [Number(tag.slice(1, -1))] : []));
  return { condition: { exactly } };
}

/** The key that a client gave. Undefined where it is missing or blank. */
function keyIn({ key }: Route, given: string | undefined): { readonly key: string | undefined } | Invalid {
  if (key === undefined) return { key: undefined };
  const read = submissionKey(given, () => '');
  if ('problem' in read) return { problems: [read.problem] };
  if (key === 'required' && read.key === '') {
    return { problems: [{ path: 'Idempotency-Key', sentence: needsKey }] };
  }
  return { key: read.key || undefined };
}

/** The page that a list is asked for. A cursor of another list is none. */
async function pagingIn(
  { limit, after }: Readonly<Record<string, string>>,
  isCursor: (text: string) => Promise<boolean>,
): Promise<{ readonly paging: Paging } | Invalid> {
  const isKnown = after === undefined || (await isCursor(after));
  const sentence = 'Give what the page before gave as "next", or nothing.';
  const read = pagingInput.safeParse({ limit, after });
  const problems = [...(isKnown ? [] : [{ path: 'after', sentence }]), ...(read.error ? problemsIn(read.error) : [])];
  return read.success && isKnown ? { paging: { limit: Number(limit ?? 50), after } } : { problems };
}

const parsed = (schema: z.ZodType | undefined, given: unknown): { readonly data: unknown } | Invalid => {
  if (!schema) return { data: undefined };
  const read = readInput(schema, given);
  return read.problems ? { problems: read.problems } : { data: read.data };
};

const problemsOf = (...each: readonly (object | Invalid)[]): readonly Problem[] =>
  each.flatMap((one) => ('problems' in one ? (one as Invalid).problems : []));

type Outcome = Done | No | Decided;

/** The paging, where the row has any, and the filters; the rest of the query. A parameter that the row does not have is a problem. */
async function queryIn(row: Route, query: Readonly<Record<string, string>>, board: EncryptedLists) {
  const known = row.query ?? noFilters;
  if (row.paging === undefined) return [{ paging: undefined }, parsed(known, query)] as const;
  const { limit: _limit, after: _after, ...filters } = query;
  const isCursor = { page: board.isPageCursor, list: board.isListCursor, log: board.isLogCursor }[row.paging];
  return [await pagingIn(query, isCursor), parsed(known, filters)] as const;
}

/** Reads a request by its row. The first check that fails is the answer. */
async function read<Name extends RouteName>(
  row: Route,
  { req, get }: Context<ApiEnv>,
  { now, board }: Pick<ApiParts, 'now'> & { readonly board: EncryptedLists },
): Promise<Asked<RouteTable[Name]> | No> {
  const invalid = (problems: readonly Problem[]) => no('invalid', { problems });
  const plain = no as (name: DoorRefusal) => No;
  const visitor = get('visitor');
  if (row.forbidden && !isOneOf(visitor, row.roles)) return plain(row.forbidden);
  const params = parsed(row.params, req.param());
  if ('problems' in params) {
    const misfit = row.misfit?.[params.problems[0]?.path ?? ''];
    return misfit ? plain(misfit) : invalid(params.problems);
  }
  const [paging, query] = await queryIn(row, req.query(), board);
  const amiss = problemsOf(paging, query);
  if ('problems' in paging || 'problems' in query || amiss.length > 0) return invalid(amiss);
  const sent = row.body === undefined ? { body: undefined } : await readBody(req);
  if ('no' in sent) return sent;
  const key = keyIn(row, req.header('Idempotency-Key'));
  if ('problems' in key) return invalid(key.problems);
  const condition = row.ifMatch ? conditionIn(req.header('If-Match')) : { condition: undefined };
  if ('problems' in condition) return invalid(condition.problems);
  return {
    visitor,
    requestId: get('requestId'),
    now: now(),
    params: params.data,
    query: query.data,
    ...paging,
    ...sent,
    ...key,
    ...condition,
  } as Asked<RouteTable[Name]>;
}

const answerOf = (outcome: Outcome): Response => {
  if (!('done' in outcome)) return problemOf(outcome);
  const { status = 200, headers = {} } = outcome;
  const text = typeof outcome.done === 'string' ? outcome.done : JSON.stringify(outcome.done);
  return new Response(text, { status, headers: { 'content-type': 'application/json', ...headers } });
};

/** The function of the router for the row of this name. What the row asks is what its handler gets. */
export const serve =
  <Name extends RouteName>(
    row: Route,
    handler: Handler<Name>,
    parts: Pick<ApiParts, 'now'> & { readonly board: EncryptedLists },
  ) =>
  async (context: Context<ApiEnv>): Promise<Response> => {
    const asked = await read<Name>(row, context, parts);
    return 'no' in asked ? problemOf(asked) : answerOf(await handler(asked));
  };
