/** Handlers across referrals for people who audit. */

import { submissionUnder } from '../../shared/application/access/person-frame.ts';
import type { EncryptedLists } from '../../shared/application/read/page-cursors.ts';
import { runsFor } from '../../shared/application/read/run-list.ts';
import { viewRun } from '../../shared/application/read/shown-run.ts';
import type { auditRoutes } from '../../shared/application/routes/audit-routes.ts';
import {
  askForExport,
  decideExport,
  downloadExport,
  listExports,
} from '../../shared/application/use-cases/keep-exports.ts';
import { policyInForce } from '../../shared/domain/policy/in-force.ts';
import { exportRule } from '../../shared/policy/export-rules.ts';
import { released } from '../../shared/policy/policies.ts';
import type { ApiParts } from './api-parts.ts';
import { done, type Handlers } from './handlers.ts';
import { decided, no, notStored } from './problem.ts';

export const auditHandlers = (parts: ApiParts, board: EncryptedLists): Handlers<keyof typeof auditRoutes> => ({
  'read-runs': async ({ visitor, query: filters, now }) =>
    done(await runsFor(board, { filters, now }, visitor, policyInForce(released, now))),

  'read-log': async ({ visitor, query, paging, now }) =>
    done(await board.log({ ...parts, now }, query, paging, visitor)),

  async 'read-run'({ visitor, params, now }) {
    const run = await viewRun({ ...parts, now }, params.run, visitor);
    return run ? done(run) : no('no-such-run');
  },

  async 'read-exports'({ visitor, now, requestId }) {
    const exports = await listExports({ ...parts, rule: exportRule, now, requestId }, visitor);
    return exports ? done({ exports }) : no('exports-for-auditors');
  },

  async 'ask-export'({ visitor, body, key, now, requestId }) {
    const submission = await submissionUnder(parts, key);
    const answer = await askForExport({ ...parts, rule: exportRule, now, requestId }, visitor, body, submission);
    switch (answer.kind) {
      case 'forbidden':
        return no('exports-for-auditors');
      case 'done':
        return done(answer.request, { status: 201 });
      default:
        return notStored(answer);
    }
  },

  async 'answer-export'({ visitor, params, body, key, now, requestId }) {
    const submission = await submissionUnder(parts, key);
    const given = { ...parts, rule: exportRule, now, requestId };
    const answer = await decideExport(given, visitor, params.export, body, submission);
    switch (answer.kind) {
      case 'unknown':
        return no('no-such-export');
      case 'forbidden':
        return no('export-not-yours');
      case 'done':
        return done(answer.request);
      default:
        return notStored(answer);
    }
  },

  async 'download-export'({ visitor, params, now, requestId }) {
    const answer = await downloadExport({ ...parts, rule: exportRule, now, requestId }, visitor, params.export);
    switch (answer.kind) {
      case 'unknown':
        return no('no-such-export');
      case 'forbidden':
        return no('export-not-yours');
      case 'refused':
        return decided(answer.refusal);
      case 'done': {
        const { name, digest, referrals, zip } = answer.file;
        return done({ name, digest, referrals, zip: Buffer.from(zip).toString('base64') });
      }
    }
  },
});
