/**
 * Routes that search by name, and that list searches for auditors. A name is in the body, never in an address, because addresses
 * get logged.
 */
import { Hono } from 'hono';
import { accessesOf } from '../../shared/application/access/accesses.ts';
import { auditors, isOneOf } from '../../shared/application/access/visitor.ts';
import { submissionKey } from '../../shared/application/input/submission.ts';
import { createDigests } from '../../shared/application/matching/secret.ts';
import { searchByName, searchesOn, searchUnderKey } from '../../shared/application/read/search.ts';
import type { ApiEnv, ApiParts } from './api-parts.ts';
import { readBody } from './body.ts';
import { invalid, keyReused, problem } from './problem.ts';

/** Mounted behind the sign-in of the API. */
export function searchRoutes(parts: ApiParts) {
  const app = new Hono<ApiEnv>();

  app.post('/searches', async (context) => {
    const read = await readBody(context.req);
    if (read instanceof Response) return read;
    const door = {
      ...parts,
      digests: createDigests(await parts.secretKey()),
      now: parts.now(),
      requestId: context.get('requestId'),
    };
    const submission = submissionKey(context.req.header('Idempotency-Key'), () => '');
    if ('problem' in submission) return invalid([submission.problem]);
    const visitor = context.get('visitor');
    const answer = await (submission.key === ''
      ? searchByName(door, visitor, read.body)
      : searchUnderKey(door, visitor, read.body, submission.key));
    switch (answer.kind) {
      case 'forbidden':
        return problem(403, answer.sentence);
      case 'invalid':
        return invalid(answer.problems);
      case 'reused':
        return keyReused();
      case 'found':
        return context.json({ referrals: answer.referrals });
    }
  });

  app.get('/searches', async (context) => {
    if (!isOneOf(context.get('visitor'), auditors))
      return problem(403, 'Who searched, is for administrators and auditors.');
    const { day = parts.now().slice(0, 10) } = context.req.query();
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) {
      return invalid([{ path: 'day', sentence: 'Give a day as YYYY-MM-DD, or nothing for today (UTC).' }]);
    }
    return context.json({ searches: await accessesOf(parts, searchesOn(day)) });
  });
  return app;
}
