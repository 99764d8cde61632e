/** Handlers across referrals for people who audit. */

import type { EncryptedLists } from '../../shared/application/read/page-cursors.ts';
import { runsFor } from '../../shared/application/read/run-list.ts';
import { viewRun } from '../../shared/application/read/shown-run.ts';
import type { auditRoutes } from '../../shared/application/routes/audit-routes.ts';
import { policyInForce } from '../../shared/domain/policy/in-force.ts';
import { released } from '../../shared/policy/policies.ts';
import type { ApiParts } from './api-parts.ts';
import { done, type Handlers } from './handlers.ts';
import { no } from './problem.ts';

export const auditHandlers = (parts: ApiParts, board: EncryptedLists): Handlers<keyof typeof auditRoutes> => ({
  'read-runs': async ({ visitor, query: filters, now }) =>
    done(await runsFor(board, { filters, now }, visitor, policyInForce(released, now))),

  'read-log': async ({ visitor, query, paging, now }) =>
    done(await board.log({ ...parts, now }, query, paging, visitor)),

  async 'read-run'({ visitor, params, now }) {
    const run = await viewRun({ ...parts, now }, params.run, visitor);
    return run ? done(run) : no('no-such-run');
  },
});
