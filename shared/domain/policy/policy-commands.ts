/** Moves an open referral to another version of the policy. */
import * as z from 'zod';
import { command } from '../core/command.ts';
import { freeText } from '../core/fields.ts';
import { refuse } from '../refusals.ts';
import { lawLost, migrate } from './migration.ts';
import { releaseOf } from './policy.ts';

export const policyCommands = {
  'migrate-policy': command({
    title: 'Bring the referral under another version of the rules',
    inEmergency: 'refused',
    // The rules belong to the program. An administrator of the product carries out a decision of the program.
    roles: ['program-manager', 'administrator'],
    input: z.strictObject({
      policy: z.string().regex(/^[A-Za-z0-9.-]{1,64}$/, 'Name the version, such as connecticut-2026.1.'),
      reason: freeText('decisionReasons'),
    }),
    restsOn: ({ policy }) => policy,
    decide(decision, { policy: version, reason }) {
      const { policy: from } = decision.context;
      if (version === from.version) return refuse('same-version', { version });
      const to = releaseOf(from, version);
      if (!to || to.jurisdiction !== from.jurisdiction) {
        const known = (from.released?.() ?? [from]).map((each) => each.version).join(', ');
        return refuse('no-such-policy', { known });
      }
      const [lost] = lawLost(decision.state(), from, to);
      if (lost) {
        return refuse('law-lost', { id: lost.id, source: lost.source, version });
      }
      migrate(decision, to, reason);
      return undefined;
    },
  }),
};
