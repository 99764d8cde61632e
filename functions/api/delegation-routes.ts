/** Routes that name a delegate, end a delegation, and list delegations. */
import { Hono } from 'hono';
import { submissionKey } from '../../shared/application/input/submission.ts';
import { createDigests } from '../../shared/application/matching/secret.ts';
import {
  type DelegationAnswer,
  delegationsFor,
  endDelegate,
  nameDelegate,
} from '../../shared/application/use-cases/keep-delegations.ts';
import type { ApiEnv, ApiParts } from './api-parts.ts';
import { readBody } from './body.ts';
import { invalid, keyReused, problem } from './problem.ts';

/** Mounted behind the sign-in of the API. */
export function delegationRoutes(parts: ApiParts) {
  const app = new Hono<ApiEnv>();
  const door = (requestId: string) => ({ ...parts, now: parts.now(), requestId });
  const answered = (answer: DelegationAnswer, status: 200 | 201) => {
    switch (answer.kind) {
      case 'forbidden':
        return problem(403, answer.sentence);
      case 'invalid':
        return invalid(answer.problems);
      case 'refused':
        if (answer.refusal.refused === 'id-reused') return keyReused();
        return answer.refusal.refused === 'no-such-delegation'
          ? problem(404, answer.refusal.sentence)
          : problem(409, answer.refusal.sentence, { code: answer.refusal.refused });
      case 'done':
        // A relative address, as for a report. A delegation is read in the list of its person.
        return Response.json(
          { delegations: answer.delegations },
          { status, ...(status === 201 && { headers: { location: 'delegations' } }) },
        );
    }
  };

  app.get('/delegations', async (context) =>
    context.json(await delegationsFor(door(context.get('requestId')), context.get('visitor'))),
  );
  app.post('/delegations', async (context) => {
    const read = await readBody(context.req);
    if (read instanceof Response) return read;
    const submission = submissionKey(context.req.header('Idempotency-Key'), parts.newId);
    if ('problem' in submission) return invalid([submission.problem]);
    const sent = { ...submission, digests: createDigests(await parts.secretKey()) };
    return answered(await nameDelegate(door(context.get('requestId')), context.get('visitor'), read.body, sent), 201);
  });
  app.post('/delegations/:personId/:id/end', async (context) => {
    const { personId, id } = context.req.param();
    return answered(await endDelegate(door(context.get('requestId')), context.get('visitor'), { personId, id }), 200);
  });
  return app;
}
