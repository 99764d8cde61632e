/** Handlers of records in doubt. */
import { submissionUnder } from '../../shared/application/access/person-frame.ts';
import type { recordRoutes } from '../../shared/application/routes/record-routes.ts';
import { confirmRecord, readRecord } from '../../shared/application/use-cases/confirm-record.ts';
import type { ApiParts } from './api-parts.ts';
import { done, type Handlers } from './handlers.ts';
import { decided, no } from './problem.ts';

export const recordHandlers = (parts: ApiParts): Handlers<keyof typeof recordRoutes> => ({
  async 'read-record'({ visitor, params, now, requestId }) {
    const record = await readRecord({ ...parts, now, requestId }, visitor, params.record);
    return record ? done(record) : no('no-such-record');
  },

  async 'confirm-record'({ visitor, params, body, key, now, requestId }) {
    const submission = await submissionUnder(parts, key);
    const answer = await confirmRecord({ ...parts, now, requestId }, visitor, params.record, body, submission);
    switch (answer.kind) {
      case 'unknown':
        return no('no-such-record');
      case 'forbidden':
        return no('record-not-yours');
      case 'invalid':
        return no('invalid', { problems: answer.problems });
      case 'refused':
        return decided(answer.refusal);
      case 'done':
        return done(answer.record);
    }
  },
});
