/** Routes of drafts of reports: save with the key of the later report, list, read, end. */
import { Hono } from 'hono';
import { submissionKey } from '../../shared/application/input/submission.ts';
import { createDigests } from '../../shared/application/matching/secret.ts';
import {
  auditDrafts,
  auditHour,
  type DraftAnswer,
  discardDraft,
  draftsFor,
  readDraft,
  saveDraft,
} from '../../shared/application/use-cases/report-drafts.ts';
import type { ApiEnv, ApiParts } from './api-parts.ts';
import { readBody } from './body.ts';
import { invalid, keyReused, problem } from './problem.ts';

const needsKey = 'Give the Idempotency-Key that the report will be sent with: it is how the two belong together.';

/** Mounted behind the sign-in of the API. */
export function draftRoutes(parts: ApiParts) {
  const app = new Hono<ApiEnv>();
  const door = async (requestId: string) => ({
    ...parts,
    digests: createDigests(await parts.secretKey()),
    now: parts.now(),
    requestId,
  });
  const answered = <Done extends object>(
    answer: DraftAnswer<Done>,
    shown: (done: Done) => object,
    made: (done: Done) => ResponseInit = () => ({}),
  ) => {
    switch (answer.kind) {
      case 'forbidden':
        return problem(403, answer.sentence);
      case 'invalid':
        return invalid(answer.problems);
      case 'refused':
        if (answer.refusal.refused === 'id-reused') return keyReused();
        return problem(409, answer.refusal.sentence, { code: answer.refusal.refused });
      case 'changed-meanwhile':
        return problem(
          409,
          `What you sent is not kept: the draft is at revision ${answer.revision}, which another person or window wrote. Read it, combine the two, and save the result with a greater revision and "after": ${answer.revision}.`,
          { code: 'draft-moved', revision: answer.revision },
        );
      case 'unknown':
        return problem(404, 'There is no draft of this id that is open and yours to see.');
      case 'done':
        return Response.json(shown(answer), made(answer));
    }
  };

  app.get('/drafts', async (context) => {
    const drafts = await draftsFor(await door(context.get('requestId')), context.get('visitor'));
    return drafts ? context.json({ drafts }) : problem(403, 'Drafts of reports are for Careline staff.');
  });
  app.post('/drafts', async (context) => {
    const read = await readBody(context.req);
    if (read instanceof Response) return read;
    const submission = submissionKey(context.req.header('Idempotency-Key'), () => '');
    if ('problem' in submission) return invalid([submission.problem]);
    if (submission.key === '') return invalid([{ path: 'Idempotency-Key', sentence: needsKey }]);
    const given = await door(context.get('requestId'));
    return answered(
      await saveDraft(given, context.get('visitor'), submission.key, read.body),
      ({ draft, revision }) => ({ ...draft, revision }),
      // A relative address, as for a report.
      ({ draft, begun }) => (begun ? { status: 201, headers: { location: `drafts/${draft.id}` } } : {}),
    );
  });
  app.get('/drafts/audit', async (context) => {
    const { hour = parts.now().slice(0, 13) } = context.req.query();
    if (!auditHour.test(hour)) {
      return invalid([{ path: 'hour', sentence: 'Give an hour as YYYY-MM-DDTHH, or nothing for this one (UTC).' }]);
    }
    const drafts = await auditDrafts(parts, context.get('visitor'), hour);
    return drafts ? context.json({ drafts }) : problem(403, 'Audits are for administrators and auditors.');
  });
  app.get('/drafts/:id', async (context) =>
    answered(
      await readDraft(await door(context.get('requestId')), context.get('visitor'), context.req.param('id')),
      ({ draft, revision, content }) => ({ ...draft, revision, key: draft.id, content }),
    ),
  );
  app.post('/drafts/:id/discard', async (context) => {
    const read = await readBody(context.req);
    if (read instanceof Response) return read;
    const submission = submissionKey(context.req.header('Idempotency-Key'), parts.newId);
    if ('problem' in submission) return invalid([submission.problem]);
    const given = await door(context.get('requestId'));
    const sent = { ...submission, digests: given.digests };
    return answered(
      await discardDraft(given, context.get('visitor'), context.req.param('id'), read.body, sent),
      ({ draft }) => draft,
    );
  });
  return app;
}
