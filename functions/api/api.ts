/** The API: each row of the route table with its handler, behind the sign-in and its rate limit. */
import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { visitorAt } from '../../shared/application/access/on-behalf.ts';
import type { RateClass } from '../../shared/application/access/rate-limit.ts';
import { fieldName, type Problem } from '../../shared/application/input/problems.ts';
import { encryptCursors } from '../../shared/application/read/page-cursors.ts';
import type { Route } from '../../shared/application/routes/route.ts';
import { type RouteName, routeNames, routes } from '../../shared/application/routes/route-table.ts';
import { hasEnded } from '../../shared/domain/directory/access-ends.ts';
import type { ApiEnv, ApiParts } from './api-parts.ts';
import { auditHandlers } from './audit-handlers.ts';
import { directoryHandlers } from './directory-handlers.ts';
import { draftHandlers } from './draft-handlers.ts';
import type { Handlers } from './handlers.ts';
import { done } from './handlers.ts';
import { listHandlers } from './list-handlers.ts';
import { no, problemOf } from './problem.ts';
import { programHandlers } from './program-handlers.ts';
import { recordHandlers } from './record-handlers.ts';
import { referralHandlers } from './referral-handlers.ts';
import { reportHandlers } from './report-handlers.ts';
import { serve } from './serve.ts';
import { shiftHandlers } from './shift-handlers.ts';
import { trainingHandlers } from './training-handlers.ts';

const basePath = '/api/v1';

/** 256 KB: ten times the longest report of one child. */
const largestBody = 262_144;

/** A parameter of the address that came more than once. */
const givenTwice = (name: string): Problem => ({
  path: fieldName.test(name) ? name : '',
  sentence: 'This parameter is given more than once: give it once.',
});

/** `/referrals/:id` of `/referrals/{id}` */
const pattern = (path: string) => path.replaceAll(/\{(\w+)\}/g, ':$1');

export function createApi(parts: ApiParts) {
  const { ledger, directory, now } = parts;
  const board = encryptCursors(parts.board, parts.secretKey);
  const handlers: Handlers = {
    ...referralHandlers(parts),
    ...listHandlers(parts, board),
    ...reportHandlers(parts),
    ...shiftHandlers(parts),
    ...trainingHandlers(parts),
    ...directoryHandlers(parts, board),
    ...draftHandlers(parts, board),
    ...recordHandlers(parts),
    ...auditHandlers(parts, board),
    ...programHandlers(parts),
    // The description is public: a client reads it before it has a token.
    'read-description': () => done(parts.description()),
  };

  const app = new Hono<ApiEnv>()
    // For every answer, even a refusal, because it may be about a child. Addresses that leave the API by dots count too.
    .use(async (context, next) => {
      const requestId = parts.requestIdOf(context.env.requestContext) ?? parts.newId();
      context.set('requestId', requestId);
      await next();
      context.header('x-request-id', requestId);
      context.header('cache-control', 'no-store');
      context.header('x-content-type-options', 'nosniff');
      // Browsers heed it over TLS alone, so that the local cloud may say it too.
      context.header('strict-transport-security', 'max-age=63072000; includeSubDomains');
    })
    .basePath(basePath);

  app.onError((error) => {
    parts.onFault(error);
    return problemOf(no('fault'));
  });
  app.notFound(() => problemOf(no('no-such-address')));
  app.use(bodyLimit({ maxSize: largestBody, onError: () => problemOf(no('too-large')) }));

  /** Lets a person in who is known and within the rate of the class. A class of the gateway lets all in. */
  const admit =
    (rate: RateClass): MiddlewareHandler<ApiEnv> =>
    async (context, next) => {
      if (rate === 'gateway') return next();
      const personId = parts.personIdOf(context.env.requestContext);
      if (personId === undefined) return problemOf(no('not-signed-in'));
      const wait = rate === 'person' ? await parts.waitFor(personId) : 0;
      if (wait > 0) return problemOf(no('too-many', undefined, { 'retry-after': String(wait) }));
      const visitor = await visitorAt({ ledger, directory }, personId, now());
      if (!visitor) {
        const ended = hasEnded((await directory.person(personId))?.ending);
        return problemOf(no(ended ? 'access-ended' : 'not-signed-in'));
      }
      // A person who was let in again signs in again: the older token may be on a lost device.
      const isOlder =
        visitor.endedAt !== undefined &&
        parts.signedInAtOf(context.env.requestContext) * 1000 <= Date.parse(visitor.endedAt);
      if (isOlder) return problemOf(no('not-signed-in'));
      context.set('visitor', visitor);
      const repeated = Object.entries(context.req.queries()).filter(([, values]) => values.length > 1);
      if (repeated.length > 0) {
        return problemOf(no('invalid', { problems: repeated.map(([name]) => givenTwice(name)) }));
      }
      return next();
    };

  const rows = routeNames.map((name) => routes[name] as Route);
  /** The row and the handler of one name: a handler of another row does not compile. */
  function register<Name extends RouteName>(name: Name): void {
    const row: Route = routes[name];
    app.on(row.method, pattern(row.path), admit(row.rate), serve<Name>(row, handlers[name], { now, board }));
  }
  for (const name of routeNames) register(name);
  // Known addresses with another method than those of the table, and then all other addresses.
  for (const [path, served] of Map.groupBy(rows, ({ path: each }) => each)) {
    const allow = served.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : ['POST'])).join(', ');
    app.all(pattern(path), admit('person'), () => problemOf(no('wrong-method', { allow }, { allow })));
  }
  app.use(admit('person'));
  return app;
}
