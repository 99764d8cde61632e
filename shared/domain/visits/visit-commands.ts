/** The act of the note on the safety of workers. */
import * as z from 'zod';
import { command } from '../core/command.ts';
import { freeText, someOf } from '../core/fields.ts';
import { areaOffice, careline, teamLeaders } from '../core/role-groups.ts';
import { visitConcerns } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';

export const visitCommands = {
  'note-worker-safety': command({
    title: 'Note what workers must know before they go there',
    // Fewer concerns lower what protects workers.
    inEmergency: { unless: ({ concerns }) => concerns.length === 0 },
    roles: [...careline, ...areaOffice, 'area-director', 'hart-liaison', 'hart-lead', ...teamLeaders, 'mdt-member'],
    note: 'It stands on every page of the referral, for all who may go there. It takes the place of the note before. Never name the reporter.',
    input: z.strictObject({ concerns: someOf(visitConcerns).default([]), safetyWords: freeText().optional() }),
    decide(decision, { concerns, safetyWords }) {
      decision.add('worker-safety-noted', { concerns, ...whereKnown({ safetyWords }) });
      return undefined;
    },
  }),
};
