/** The act of a warm handoff: who introduced the child to the provider, and whether the child met the person. */
import * as z from 'zod';
import { actAt, command } from '../core/command.ts';
import { actInstant } from '../core/fields.ts';
import { isRefusal } from '../core/refusal.ts';
import { linkers, teamLeaders } from '../core/role-groups.ts';
import { everyDiscipline, handoffWays, services } from '../core/vocabulary.ts';
import { refuse } from '../refusals.ts';
import { handoffServices } from './handoff-services.ts';

export const handoffCommands = {
  'record-handoff': command({
    title: 'Record a warm handoff to a provider',
    inEmergency: 'refused',
    roles: [...linkers, 'careline-supervisor', ...teamLeaders, 'mdt-member', 'provider'],
    note: 'Ask the child first who should come along. Record who introduced the child, and never what was said.',
    input: z.strictObject({
      service: z.enum(services),
      handedBy: z.enum(everyDiscipline),
      handoffWay: z.enum(handoffWays),
      at: actInstant(),
    }),
    decide(decision, { service, handedBy, handoffWay, ...input }, person) {
      const state = decision.state();
      const { providerId } = handoffServices(state, person).find((each) => each.service === service) ?? {};
      // The same answer for each other service, so that it tells nothing of the child's needs.
      if (providerId === undefined) return refuse('not-your-linkage');
      const isThere = handedBy === 'dcf' || state.team.seats.some(({ discipline }) => discipline === handedBy);
      if (!isThere) return refuse('no-seat-for-handoff', { handedBy });
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      decision.add('handoff-recorded', { service, providerId, handedBy, handoffWay, at });
      return undefined;
    },
  }),
};
