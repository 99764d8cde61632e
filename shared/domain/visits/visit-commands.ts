/** The act of the note on the safety of workers. */
import * as z from 'zod';
import { command } from '../core/command.ts';
import { freeText, someOf } from '../core/fields.ts';
import { areaOffice, careline, teamLeaders } from '../core/role-groups.ts';
import { visitConcerns } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { refuse } from '../refusals.ts';

export const visitCommands = {
  'note-worker-safety': command({
    title: 'Note what workers must know before they go there',
    // Fewer concerns lower what protects workers.
    inEmergency: { unless: ({ concerns }) => concerns.length === 0 },
    roles: [...careline, ...areaOffice, 'area-director', 'hart-liaison', 'hart-lead', ...teamLeaders, 'mdt-member'],
    note: 'It stands on every page of the referral, for all who may go there. Your choices take the place of those before. Words stay until someone writes others. Never name the reporter.',
    input: z.strictObject({
      concerns: someOf(visitConcerns).default([]),
      safetyWords: freeText('safetyWords').optional(),
      safetyOver: z.enum(['yes']).optional(),
    }),
    restsOn: ({ visits }) => visits,
    decide(decision, { concerns, safetyWords: written, safetyOver }) {
      const isEmpty = concerns.length === 0 && written === undefined;
      if (isEmpty && safetyOver === undefined) return refuse('empty-safety');
      if (!isEmpty && safetyOver !== undefined) return refuse('safety-both');
      const safetyWords = isEmpty ? undefined : (written ?? decision.state().visits?.safetyWords);
      decision.add('worker-safety-noted', { concerns, ...whereKnown({ safetyWords }) });
      return undefined;
    },
  }),
};
