/**
 * The API: reports, referrals, their commands, the lists and the audit. Each has one route, and the commands share one route by
 * the command table.
 */

import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { visitorAt } from '../../shared/application/access/on-behalf.ts';
import { redactContent, redactUnreadable } from '../../shared/application/access/redact-sealed.ts';
import { auditors, isOneOf, mayRead, reporters, type Visitor } from '../../shared/application/access/visitor.ts';
import { hasControl } from '../../shared/application/input/control-characters.ts';
import { fieldName, type Problem, problemsIn } from '../../shared/application/input/problems.ts';
import { submissionKey } from '../../shared/application/input/submission.ts';
import { createDigests } from '../../shared/application/matching/secret.ts';
import { auditReferral } from '../../shared/application/read/audit.ts';
import { encryptCursors } from '../../shared/application/read/page-cursors.ts';
import { peopleOf } from '../../shared/application/read/people.ts';
import { readCalls } from '../../shared/application/read/read-calls.ts';
import { readIdentities, readPurpose } from '../../shared/application/read/read-identities.ts';
import { countedWith } from '../../shared/application/read/safe-contact.ts';
import { teamGaps } from '../../shared/application/read/team-gaps.ts';
import { planners, unmetNeeds } from '../../shared/application/read/unmet-needs.ts';
import { viewFor } from '../../shared/application/read/view.ts';
import {
  historyOf,
  keepProvider,
  listingFilters,
  listProviders,
} from '../../shared/application/use-cases/keep-providers.ts';
import { noteSeen } from '../../shared/application/use-cases/note-seen.ts';
import { performCommand } from '../../shared/application/use-cases/perform-command.ts';
import { takeReport } from '../../shared/application/use-cases/take-report.ts';
import { isShutTo } from '../../shared/domain/access/seal.ts';
import { isCommandName } from '../../shared/domain/commands.ts';
import { idPattern, isReference } from '../../shared/domain/core/ids.ts';
import { services } from '../../shared/domain/core/vocabulary.ts';
import { policyInForce } from '../../shared/domain/policy/in-force.ts';
import { released } from '../../shared/policy/policies.ts';
import type { ApiEnv, ApiParts } from './api-parts.ts';
import { readBody } from './body.ts';
import { delegationRoutes } from './delegation-routes.ts';
import { draftRoutes } from './draft-routes.ts';
import { createLists } from './lists.ts';
import { invalid, keyReused, notFound, problem } from './problem.ts';
import { searchRoutes } from './search-routes.ts';
import { shiftRoutes } from './shift-routes.ts';

const basePath = '/api/v1';

/** The key of the vault's digests. */
/** The id of the person that the authorizer let in, read from the gateway's request. */
/** The gateway's id of the request. */
/** UTC instant. */
/** The text of docs/openapi.json. */
/** Seconds until this person may send the next request. 0 lets the request in, and counts it. */
/** 256 KB: ten times the longest report of one child. */
const largestBody = 262_144;

const etagOf = ({ seq }: { readonly seq: number }) => ({ etag: `"${seq}"` });

/** The sequence numbers that a client accepts, from its If-Match. A weak tag matches none. */
function seenIn(ifMatch: string | undefined): { seen?: { exactly: readonly number[] } } | { problem: Problem } {
  const tags = ifMatch?.split(',').map((tag) => tag.trim()) ?? ['*'];
  if (tags.length === 1 && tags[0] === '*') return {};
  if (!tags.every((tag) => /^(W\/)?"[\x21\x23-\x7e]*"$/.test(tag))) {
    return { problem: { path: 'If-Match', sentence: 'Give the ETag of the referral as it came, with its quotes.' } };
  }
  return { seen: { exactly: tags.flatMap((tag) => (/^"\d{1,9}"$/.test(tag) ? [Number(tag.slice(1, -1))] : [])) } };
}

/** A parameter of the address that came more than once. */
const givenTwice = (name: string): Problem => ({
  path: fieldName.test(name) ? name : '',
  sentence: 'This parameter is given more than once: give it once.',
});

export function createApi(parts: ApiParts) {
  const { ledger, directory, policyOf, now } = parts;
  const board = encryptCursors(parts.board, parts.secretKey);
  const app = new Hono<ApiEnv>()
    // For every answer, even a refusal, because it may be about a child. Addresses that leave the API by dots count too.
    .use(async (context, next) => {
      const requestId = parts.requestIdOf(context.env.requestContext) ?? parts.newId();
      context.set('requestId', requestId);
      await next();
      context.header('x-request-id', requestId);
      context.header('cache-control', 'no-store');
      context.header('x-content-type-options', 'nosniff');
    })
    .basePath(basePath);

  const keyIn = (request: { header(name: string): string | undefined }) =>
    submissionKey(request.header('Idempotency-Key'), parts.newId);
  const digests = async () => createDigests(await parts.secretKey());

  app.onError((error) => {
    parts.onFault(error);
    return problem(
      500,
      'This was not your mistake, and a part may have been stored. Send the same request again with the same Idempotency-Key: it is completed, and nothing is stored twice.',
    );
  });
  app.notFound(() => problem(404, 'There is no such address in this API.'));
  app.use(bodyLimit({ maxSize: largestBody, onError: () => problem(413, 'The body is larger than 256 KB.') }));
  // The description is public: a client reads it before it has a token.
  app.get('/openapi.json', (context) => context.body(parts.description(), 200, { 'content-type': 'application/json' }));
  app.use(async (context, next) => {
    const personId = parts.personIdOf(context.env.requestContext);
    const signIn = () => problem(401, 'Sign in and send the access token as "Authorization: Bearer …".');
    if (personId === undefined) return signIn();
    const wait = parts.waitFor(personId);
    if (wait > 0) {
      return problem(
        429,
        'You have sent more requests than one person may in so short a time, and this one was not looked at. Send it again when the time in Retry-After, in seconds, has passed.',
        {},
        { 'retry-after': String(wait) },
      );
    }
    const visitor = await visitorAt({ ledger, directory }, personId, now());
    if (!visitor) return signIn();
    context.set('visitor', visitor);
    const repeated = Object.entries(context.req.queries()).filter(([, values]) => values.length > 1);
    if (repeated.length > 0) return invalid(repeated.map(([name]) => givenTwice(name)));
    await next();
    return undefined;
  });

  app.post('/reports', async (context) => {
    const visitor = context.get('visitor');
    if (!isOneOf(visitor, reporters)) return problem(403, 'Reports are entered by Careline staff.');
    const read = await readBody(context.req);
    if (read instanceof Response) return read;
    const submission = keyIn(context.req);
    if ('problem' in submission) return invalid([submission.problem]);
    const door = { ...parts, digests: await digests(), now: now(), requestId: context.get('requestId') };
    const answer = await takeReport(door, visitor, submission.key, read.body);
    if (answer.kind === 'invalid') return invalid(answer.problems);
    if (answer.kind === 'reused') return keyReused();
    const { reportId, referralIds, unclear, candidates } = answer;
    // A relative address, because a stage of the gateway may come before it. The first child's referral names its siblings.
    return context.json({ reportId, referralIds, unclear, candidates }, 201, {
      location: `referrals/${referralIds[0]}`,
    });
  });

  const readable = async (id: string, visitor: Visitor) => {
    const referral = isReference('CR', id) ? await ledger.referral(id) : undefined;
    if (!referral || !mayRead(referral.state, visitor)) return undefined;
    const [state, others] = await Promise.all([
      redactUnreadable(ledger, referral.state, visitor),
      countedWith(ledger, referral.state),
    ]);
    return { state, others, policy: policyOf(referral.policy) };
  };
  type Found = NonNullable<Awaited<ReturnType<typeof readable>>>;
  const viewOf = ({ state, policy, others }: Found, visitor: Visitor) => viewFor(state, policy, visitor, others);

  app.get('/referrals/:id', async (context) => {
    const visitor = context.get('visitor');
    const found = await readable(context.req.param('id'), visitor);
    return found ? context.json(viewOf(found, visitor), 200, etagOf(found.state)) : notFound();
  });

  app.get('/referrals/:id/identities', async (context) => {
    const visitor = context.get('visitor');
    const found = await readable(context.req.param('id'), visitor);
    if (!found) return notFound();
    const asked = readPurpose.safeParse(context.req.query());
    if (!asked.success) return invalid(problemsIn(asked.error));
    const identities = await readIdentities(
      { ...parts, now: now(), requestId: context.get('requestId') },
      visitor,
      found.state,
      asked.data.purpose,
      found.others,
    );
    return identities
      ? context.json(identities)
      : problem(403, 'Who the child is, is for those who work with the child.');
  });

  app.get('/referrals/:id/people', async (context) => {
    const visitor = context.get('visitor');
    const found = await readable(context.req.param('id'), visitor);
    return found ? context.json(await peopleOf(directory, found.state, found.policy, visitor, now())) : notFound();
  });

  app.get('/referrals/:id/calls', async (context) => {
    const visitor = context.get('visitor');
    const found = await readable(context.req.param('id'), visitor);
    if (!found) return notFound();
    const tasks = await readCalls(directory, found.state, found.policy, visitor, now());
    return context.json({ tasks }, 200, etagOf(found.state));
  });

  app.get('/referrals/:id/audit', async (context) => {
    const visitor = context.get('visitor');
    if (!isOneOf(visitor, auditors)) return problem(403, 'Audits are for administrators and auditors.');
    const id = context.req.param('id');
    const audit = isReference('CR', id) ? await auditReferral(parts, id, visitor) : undefined;
    if (!audit) return notFound();
    return context.json(isShutTo({ access: audit }, visitor.id) ? redactContent(audit) : audit);
  });

  app.post('/referrals/:id/alerts/:alertId/seen', async (context) => {
    const { id, alertId } = context.req.param();
    const visitor = context.get('visitor');
    const found = await readable(id, visitor);
    if (!found) return notFound();
    const alerts: readonly { readonly id: string }[] = viewOf(found, visitor).alerts;
    if (!alerts.some((alert) => alert.id === alertId)) return problem(404, 'This referral has no such alert for you.');
    const seenAt = await noteSeen(ledger, alertId, visitor.id, now());
    return seenAt === undefined
      ? problem(409, 'No mail of this alert went to you, so there is nothing to note.', { code: 'not-written-to' })
      : context.json({ alertId, seenAt });
  });

  app.post('/referrals/:id/commands/:name', async (context) => {
    const { id, name } = context.req.param();
    if (!isCommandName(name)) return problem(404, 'There is no such command.');
    if (!isReference('CR', id)) return notFound();
    const read = await readBody(context.req);
    if (read instanceof Response) return read;
    const visitor = context.get('visitor');
    const [submission, condition] = [keyIn(context.req), seenIn(context.req.header('If-Match'))];
    if ('problem' in submission) return invalid([submission.problem]);
    if ('problem' in condition) return invalid([condition.problem]);
    const order = { referralId: id, name, input: read.body, key: submission.key, ...condition };
    const door = { ...parts, digests: await digests(), now: now(), requestId: context.get('requestId') };
    const answer = await performCommand(door, visitor, order);
    switch (answer.kind) {
      case 'unknown':
        return notFound();
      case 'forbidden':
        return problem(403, answer.sentence);
      case 'invalid':
        return invalid(answer.problems);
      case 'reused':
        return keyReused();
      case 'changed-meanwhile':
        return problem(
          412,
          'The referral has moved since you read it with this ETag, so nothing was done. Read it again, and send the command with its new ETag if it still holds.',
          {},
          etagOf(answer.state),
        );
      case 'refused':
        return problem(409, answer.refusal.sentence, { code: answer.refusal.refused });
      case 'done': {
        const found = await readable(id, visitor);
        return found ? context.json(viewOf(found, visitor), 200, etagOf(found.state)) : context.json({ id });
      }
    }
  });

  app.get('/team-gaps', async (context) => {
    const gaps = await teamGaps(ledger, policyInForce(released, now()), context.get('visitor'));
    return gaps
      ? context.json(gaps)
      : problem(
          403,
          'The gaps in the teams are for administrators, and for the coordinator and the chair of each team.',
        );
  });

  app.get('/unmet-needs', async (context) =>
    isOneOf(context.get('visitor'), planners)
      ? context.json({ cells: await unmetNeeds(board) })
      : problem(403, `Counts of unmet needs are for ${planners.join(', ')}.`),
  );

  app.get('/providers', async (context) => {
    const filters = listingFilters.safeParse(context.req.query());
    return filters.success
      ? context.json({ providers: await listProviders(directory, filters.data) })
      : invalid(problemsIn(filters.error));
  });

  app.post('/providers/:service/:id', async (context) => {
    const service = services.find((known) => known === context.req.param('service'));
    const id = context.req.param('id');
    if (!service || !idPattern.test(id)) return problem(404, 'There is no such service, or this can be no id.');
    const read = await readBody(context.req);
    if (read instanceof Response) return read;
    const submission = keyIn(context.req);
    if ('problem' in submission) return invalid([submission.problem]);
    const door = { ...parts, now: now(), requestId: context.get('requestId') };
    const sent = { ...submission, digests: await digests() };
    const answer = await keepProvider(door, context.get('visitor'), { service, id }, read.body, sent);
    switch (answer.kind) {
      case 'reused':
        return keyReused();
      case 'forbidden':
        return problem(403, answer.sentence);
      case 'invalid':
        return invalid(answer.problems);
      case 'changed-meanwhile':
        return problem(
          409,
          `Another person has changed this provider: it is at revision ${answer.revision}. Read it again and send the change with that revision if it still holds.`,
          { code: 'provider-moved' },
        );
      case 'done':
        return context.json({ service, id, revision: answer.revision, listing: answer.listing });
    }
  });

  app.get('/providers/:service/:id/history', async (context) => {
    if (!idPattern.test(context.req.param('id'))) return problem(404, 'This can be no id of a provider.');
    const history = await historyOf(ledger, context.get('visitor'), context.req.param('id'));
    return history
      ? context.json({ changes: history })
      : problem(403, 'Who changed a provider is for those who keep the listing, and for auditors.');
  });

  app.get('/providers/:service', async (context) => {
    const service = services.find((known) => known === context.req.param('service'));
    return service
      ? context.json({ providers: await directory.providers(service) })
      : problem(404, 'There is no such service.');
  });

  app.get('/agencies/:town', async (context) => {
    const town = context.req.param('town');
    return town.length > 100 || hasControl(town)
      ? invalid([
          { path: 'town', sentence: 'The name of a town has at most 100 characters, and no control characters.' },
        ])
      : context.json({ agencies: await directory.agencies(town) });
  });

  app.route('/', createLists(parts, board));
  app.route('/', delegationRoutes(parts));
  app.route('/', shiftRoutes(parts));
  app.route('/', searchRoutes(parts));
  app.route('/', draftRoutes(parts));

  // Known addresses with another method than the routes above.
  const known = Object.groupBy(app.routes, ({ path }) => path);
  for (const [path, routes = []] of Object.entries(known)) {
    const methods = routes.map(({ method }) => method).filter((method) => method !== 'ALL');
    const allow = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
    if (allow === '') continue;
    app.all(path.slice(basePath.length), () => problem(405, `This address answers to ${allow} alone.`, {}, { allow }));
  }
  return app;
}
