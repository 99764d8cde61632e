/** Routes of on-call shifts: the people on call, changes of shifts, and the history. */
import { Hono } from 'hono';
import { problemsIn } from '../../shared/application/input/problems.ts';
import { submissionKey } from '../../shared/application/input/submission.ts';
import { createDigests } from '../../shared/application/matching/secret.ts';
import { onCallFilters, onCallFor, shiftFaults, shiftHistory } from '../../shared/application/read/on-call.ts';
import {
  handShiftOver,
  importShiftFile,
  type ShiftAnswer,
  swapTwoShifts,
  takeShiftOut,
} from '../../shared/application/use-cases/keep-shifts.ts';
import { isAhead } from '../../shared/domain/directory/shifts.ts';
import { policyInForce } from '../../shared/domain/policy/in-force.ts';
import { released } from '../../shared/policy/policies.ts';
import type { ApiEnv, ApiParts } from './api-parts.ts';
import { readBody } from './body.ts';
import { invalid, keyReused, problem } from './problem.ts';

const acts = {
  import: importShiftFile,
  swap: swapTwoShifts,
  'hand-over': handShiftOver,
  remove: takeShiftOut,
} as const;

/** Mounted behind the sign-in of the API. */
export function shiftRoutes(parts: ApiParts) {
  const app = new Hono<ApiEnv>();
  const door = (requestId: string) => {
    const now = parts.now();
    return { ...parts, policy: policyInForce(released, now), now, requestId };
  };

  const answered = (answer: ShiftAnswer, now: string): Response => {
    switch (answer.kind) {
      case 'forbidden':
        return problem(403, answer.sentence);
      case 'invalid':
        return invalid(answer.problems);
      case 'reused':
        return keyReused();
      case 'refused':
        return answer.refusal.refused === 'no-such-shift'
          ? problem(404, answer.refusal.sentence)
          : problem(409, answer.refusal.sentence, { code: answer.refusal.refused });
      case 'done': {
        const { schedule, imported } = answer;
        const { shifts } = schedule;
        const ahead = shifts.filter((each) => isAhead(each, now)).length;
        return Response.json({
          ...(imported !== undefined && { imported }),
          shifts: ahead,
          faults: shiftFaults(shifts, policyInForce(released, now), now),
        });
      }
    }
  };

  app.get('/on-call', async (context) => {
    const asked = onCallFilters.safeParse(context.req.query());
    if (!asked.success) return invalid(problemsIn(asked.error));
    const view = await onCallFor(door(context.get('requestId')), context.get('visitor'), asked.data.hours);
    return view
      ? context.json(view)
      : problem(403, 'Who is on call is for staff of the department, administrators and auditors.');
  });
  app.get('/shifts/history', async (context) => {
    const changes = await shiftHistory(parts, context.get('visitor'));
    return changes
      ? context.json({ changes })
      : problem(403, 'Who changed the shifts is for those who keep them, and for auditors.');
  });
  for (const [name, act] of Object.entries(acts)) {
    app.post(`/shifts/${name}`, async (context) => {
      const read = await readBody(context.req);
      if (read instanceof Response) return read;
      const submission = submissionKey(context.req.header('Idempotency-Key'), parts.newId);
      if ('problem' in submission) return invalid([submission.problem]);
      const sent = { ...submission, digests: createDigests(await parts.secretKey()) };
      const at = door(context.get('requestId'));
      return answered(await act(at, context.get('visitor'), read.body, sent), at.now);
    });
  }
  return app;
}
