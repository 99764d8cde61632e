/** Handlers that read lists of the department: the queue, deadlines, referrals found, duties, tasks, registers. */

import { isOneOf } from '../../shared/application/access/visitor.ts';
import { findReferrals } from '../../shared/application/read/find-referrals.ts';
import { mailLoad, mailLoadReaders } from '../../shared/application/read/mail-load.ts';
import type { EncryptedLists } from '../../shared/application/read/page-cursors.ts';
import { deadlinesOf, isTheirs, pageFor, queueFor } from '../../shared/application/read/queue.ts';
import { comingReviews } from '../../shared/application/read/reviews.ts';
import { readsToWork } from '../../shared/application/read/shown-row.ts';
import { teamGaps } from '../../shared/application/read/team-gaps.ts';
import { whoIsOnDuty } from '../../shared/application/read/who-is-on-duty.ts';
import type { listRoutes, registerRoutes } from '../../shared/application/routes/list-routes.ts';
import { whereKnown } from '../../shared/domain/core/where-known.ts';
import { lineOf, returnQueues, returnReaders } from '../../shared/domain/missing/return-rows.ts';
import { policyInForce } from '../../shared/domain/policy/in-force.ts';
import { released } from '../../shared/policy/policies.ts';
import type { ApiParts } from './api-parts.ts';
import { done, type Handlers } from './handlers.ts';
import { no } from './problem.ts';

export const listHandlers = (
  { ledger, directory, policyOf }: ApiParts,
  board: EncryptedLists,
): Handlers<keyof (typeof listRoutes & typeof registerRoutes)> => ({
  'read-queue': async ({ visitor, query: filters, paging, now }) =>
    done(await queueFor(board, { filters, paging, now }, visitor, policyInForce(released, now))),

  'read-deadlines': async ({ visitor, query: filters, paging, now }) =>
    done(await deadlinesOf(board, { filters, paging, now }, visitor)),

  'find-referrals': async ({ visitor, query, paging, now }) =>
    done(await findReferrals({ board, ledger, policyOf, now }, query, paging, visitor, policyInForce(released, now))),

  'read-directory': async ({ query, now }) => done({ people: await whoIsOnDuty(directory, query, now) }),

  'read-tasks': async ({ visitor, paging }) => done(await board.ownedBy(visitor.id, paging)),

  async 'read-returns'({ visitor, query, paging, now }) {
    const queue = query.undone ? returnQueues.undone : returnQueues.all;
    const policy = policyInForce(released, now);
    const { rows, next } = await pageFor(board, queue, paging, (row) => isTheirs(row, visitor, returnReaders, policy));
    return done({ rows: rows.map((row) => lineOf(row, now)), ...whereKnown({ next }) });
  },

  'read-mail-load': async ({ visitor, now }) =>
    isOneOf(visitor, mailLoadReaders)
      ? done(await mailLoad(ledger, now, readsToWork(visitor)))
      : no('mail-load-for-supervisors'),

  async 'read-reviews'({ visitor, query: filters, paging, now }) {
    const found = await comingReviews(board, { filters, paging, now }, visitor, policyInForce(released, now));
    return found ? done(found) : no('reviews-for-leaders');
  },

  async 'read-team-gaps'({ visitor, now }) {
    const gaps = await teamGaps(ledger, policyInForce(released, now), visitor);
    return gaps ? done(gaps) : no('gaps-for-leaders');
  },
});
