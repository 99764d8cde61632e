/** Handlers of drafts of reports, and of searches by name. */

import { accessesOf } from '../../shared/application/access/accesses.ts';
import { createDigests } from '../../shared/application/matching/secret.ts';
import type { EncryptedLists } from '../../shared/application/read/page-cursors.ts';
import { searchByName, searchesOn, searchUnderKey } from '../../shared/application/read/search.ts';
import type { draftRoutes } from '../../shared/application/routes/draft-routes.ts';
import type { searchRoutes } from '../../shared/application/routes/search-routes.ts';
import {
  auditDrafts,
  discardDraft,
  draftsFor,
  readDraft,
  saveDraft,
} from '../../shared/application/use-cases/report-drafts.ts';
import { whereKnown } from '../../shared/domain/core/where-known.ts';
import type { ApiParts } from './api-parts.ts';
import { type Asked, done, type Handlers } from './handlers.ts';
import { decided, no } from './problem.ts';

export function draftHandlers(
  parts: ApiParts,
  board: EncryptedLists,
): Handlers<keyof (typeof draftRoutes & typeof searchRoutes)> {
  const doorOf = async ({ now, requestId }: Pick<Asked, 'now' | 'requestId'>) => ({
    ...parts,
    digests: createDigests(await parts.secretKey()),
    now,
    requestId,
  });

  return {
    async 'read-drafts'(asked) {
      const lists = { ledger: parts.ledger, board };
      const page = await draftsFor(lists, asked.visitor, asked.query.status ?? 'open', asked.paging);
      return page ? done(page) : no('drafts-for-careline');
    },

    async 'save-draft'(asked) {
      const answer = await saveDraft(await doorOf(asked), asked.visitor, asked.key, asked.body);
      switch (answer.kind) {
        case 'forbidden':
          return no('reports-for-careline');
        case 'invalid':
          return no('invalid', { problems: answer.problems });
        case 'refused':
          return decided(answer.refusal);
        case 'changed-meanwhile':
          return no('draft-moved', { revision: answer.revision });
        case 'unknown':
          return no('no-such-draft');
        case 'done': {
          const { draft, revision, begun } = answer;
          // A relative address, as for a report.
          const more = begun ? ({ status: 201, headers: { location: `drafts/${draft.id}` } } as const) : {};
          return done({ ...draft, revision }, more);
        }
      }
    },

    async 'audit-drafts'({ visitor, query: { hour }, now }) {
      const drafts = await auditDrafts(parts, visitor, hour ?? now.slice(0, 13));
      return drafts ? done({ drafts }) : no('audits-for-auditors');
    },

    async 'read-draft'(asked) {
      const answer = await readDraft(await doorOf(asked), asked.visitor, asked.params.id);
      switch (answer.kind) {
        case 'forbidden':
          return no('reports-for-careline');
        case 'unknown':
          return no('no-such-draft');
        case 'done': {
          const { draft, revision, content, isLost } = answer;
          return done({ ...draft, revision, key: draft.id, content, ...whereKnown({ isLost }) });
        }
      }
    },

    async 'discard-draft'(asked) {
      const door = await doorOf(asked);
      const submission = { key: asked.key ?? parts.newId(), digests: door.digests };
      const answer = await discardDraft(door, asked.visitor, asked.params.id, asked.body, submission);
      switch (answer.kind) {
        case 'forbidden':
          return no('reports-for-careline');
        case 'invalid':
          return no('invalid', { problems: answer.problems });
        case 'refused':
          return decided(answer.refusal);
        case 'unknown':
          return no('no-such-draft');
        case 'done':
          return done(answer.draft);
      }
    },

    async 'search-by-name'(asked) {
      const { visitor, body, key } = asked;
      const door = await doorOf(asked);
      const answer = await (key === undefined
        ? searchByName(door, visitor, body)
        : searchUnderKey(door, visitor, body, key));
      switch (answer.kind) {
        case 'forbidden':
          return no('search-for-staff');
        case 'invalid':
          return no('invalid', { problems: answer.problems });
        case 'reused':
          return no('key-reused');
        case 'found':
          return done({ referrals: answer.referrals });
      }
    },

    'read-searches': async ({ query: { day }, now }) =>
      done({ searches: await accessesOf(parts, searchesOn(day ?? now.slice(0, 10))) }),
  };
}
