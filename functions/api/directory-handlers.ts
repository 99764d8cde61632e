/** Handlers of the directory: providers, unmet needs, delegations, tribes, police agencies. */

import { submissionUnder } from '../../shared/application/access/person-frame.ts';
import { isOneOf } from '../../shared/application/access/visitor.ts';
import type { EncryptedLists } from '../../shared/application/read/page-cursors.ts';
import { tribesFor } from '../../shared/application/read/shown-tribes.ts';
import { planners, unmetNeeds } from '../../shared/application/read/unmet-needs.ts';
import type { directoryRoutes } from '../../shared/application/routes/directory-routes.ts';
import type { providerRoutes } from '../../shared/application/routes/provider-routes.ts';
import { delegationsFor, endDelegate, nameDelegate } from '../../shared/application/use-cases/keep-delegations.ts';
import { historyOf, keepProvider, listProviders } from '../../shared/application/use-cases/keep-providers.ts';
import { policyInForce } from '../../shared/domain/policy/in-force.ts';
import { released } from '../../shared/policy/policies.ts';
import type { ApiParts } from './api-parts.ts';
import { done, type Handlers } from './handlers.ts';
import { decided, no } from './problem.ts';

export function directoryHandlers(
  parts: ApiParts,
  board: EncryptedLists,
): Handlers<keyof (typeof providerRoutes & typeof directoryRoutes)> {
  const { ledger, directory } = parts;

  return {
    'read-providers': async ({ params }) => done({ providers: await directory.providers(params.service) }),
    'list-providers': async ({ query }) => done({ providers: await listProviders(directory, query) }),

    async 'keep-provider'({ visitor, params, body, key, now, requestId }) {
      const door = { ...parts, now, requestId };
      const answer = await keepProvider(door, visitor, params, body, await submissionUnder(parts, key));
      switch (answer.kind) {
        case 'reused':
          return no('key-reused');
        case 'forbidden':
          return no('listing-for-keepers');
        case 'invalid':
          return no('invalid', { problems: answer.problems });
        case 'changed-meanwhile':
          return no('provider-moved', answer);
        case 'refused':
          return decided(answer.refusal);
        case 'done':
          return done({ ...params, revision: answer.revision, listing: answer.listing });
      }
    },

    async 'read-provider-history'({ visitor, params }) {
      const changes = await historyOf(ledger, visitor, params.id);
      return changes ? done({ changes }) : no('provider-history-for-keepers');
    },

    'count-unmet-needs': async ({ visitor }) =>
      isOneOf(visitor, planners) ? done({ cells: await unmetNeeds(board) }) : no('unmet-for-planners'),

    'read-delegations': async ({ visitor, now }) => done(await delegationsFor({ ...parts, now }, visitor)),

    async 'name-delegate'({ visitor, body, key, now, requestId }) {
      const answer = await nameDelegate({ ...parts, now, requestId }, visitor, body, await submissionUnder(parts, key));
      switch (answer.kind) {
        case 'forbidden':
          return no('delegating-for-roles');
        case 'invalid':
          return no('invalid', { problems: answer.problems });
        case 'refused':
          return decided(answer.refusal);
        case 'done':
          // A relative address, as for a report. A delegation is read in the list of its person.
          return done({ delegations: answer.delegations }, { status: 201, headers: { location: 'delegations' } });
      }
    },

    async 'end-delegation'({ visitor, params, now, requestId }) {
      const answer = await endDelegate({ ...parts, now, requestId }, visitor, params);
      switch (answer.kind) {
        case 'refused':
          return decided(answer.refusal);
        case 'done':
          return done({ delegations: answer.delegations });
      }
    },

    async 'read-tribes'({ visitor, now }) {
      const tribes = await tribesFor({ directory, policy: policyInForce(released, now) }, visitor);
      return tribes ? done({ tribes }) : no('tribes-for-staff');
    },
    'read-agencies': async ({ params }) => done({ agencies: await directory.agencies(params.town) }),
  };
}
