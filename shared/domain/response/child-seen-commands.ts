/** Seeing the child. A response that has begun is not a child who was seen (docs/domain.md#child-seen). */
import * as z from 'zod';
import { actAt, command } from '../core/command.ts';
import { actInstant } from '../core/fields.ts';
import { isRefusal } from '../core/refusal.ts';
import { areaOffice, careline } from '../core/role-groups.ts';
import { seers, sightings } from '../core/vocabulary.ts';
import { markKept } from '../deadlines/deadlines.ts';
import { absenceAt } from '../missing/absences.ts';
import { refuse } from '../refusals.ts';

export const childSeenCommands = {
  'record-child-seen': command({
    title: 'Record that the child was seen, or an attempt to see the child',
    inEmergency: 'allowed',
    roles: [...careline, ...areaOffice, 'area-director', 'hart-liaison'],
    note: 'Only a child who was seen keeps the deadline. An attempt shows when people tried, and the time runs on.',
    input: z.strictObject({ sighting: z.enum(sightings), seenBy: z.enum(seers), at: actInstant() }),
    decide(decision, { sighting, seenBy, ...input }) {
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      if (sighting === 'seen' && absenceAt(decision.state(), at)) return refuse('seen-while-missing');
      decision.add('child-seen', { sighting, seenBy, at });
      if (sighting === 'seen') markKept(decision, 'child-seen', at);
      return undefined;
    },
  }),
};
