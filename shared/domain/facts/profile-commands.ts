/** Commands that complete the facts about a child for numbers. No clock starts, and no one is told. */
import * as z from 'zod';
import { actAt, anyStage, command } from '../core/command.ts';
import { actInstant } from '../core/fields.ts';
import { isRefusal } from '../core/refusal.ts';
import { areaOffice } from '../core/role-groups.ts';
import { standingIn } from '../core/standing.ts';
import { refuse } from '../refusals.ts';
import { placeTexts } from '../whereabouts/place-told.ts';
import { profileEvents } from './profile-events.ts';
import { profileOf } from './profile-state.ts';

const { placement, moveReason } = profileEvents['placement-moved'].shape;
const { prosecution } = profileEvents['prosecution-recorded'].shape;
const { chargesEnd } = profileEvents['charges-ended'].shape;

export const profileCommands = {
  'record-placement-move': command({
    title: 'Record that the child moved to another placement',
    inEmergency: 'refused',
    stages: anyStage,
    roles: [...areaOffice, 'hart-liaison'],
    note: 'A move within one kind of placement, as to another foster home, is a move too.',
    input: z.strictObject({ placement, moveReason, at: actInstant(), ...placeTexts('safePlace') }),
    restsOn: ({ child }) => standingIn(child, { placement: true }),
    decide(decision, input) {
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      decision.add('placement-moved', { ...input, at });
      return undefined;
    },
  }),
  'record-prosecution': command({
    title: 'Record a step in the prosecution of a trafficker',
    inEmergency: 'refused',
    stages: anyStage,
    roles: [...areaOffice, 'hart-liaison', 'legal', 'aag-liaison'],
    note: 'Never about charges of the child. Who the trafficker is stays with the police: give a number.',
    input: z.strictObject({
      prosecution,
      trafficker: z.int().min(1).max(99).optional(),
      at: actInstant(),
    }),
    decide(decision, { trafficker = 1, ...input }) {
      const { prosecutions } = profileOf(decision.state());
      const next = Math.max(0, ...prosecutions.map((each) => each.trafficker)) + 1;
      if (trafficker > next) return refuse('no-such-trafficker', { next });
      const at = actAt(decision, input.at, true);
      if (isRefusal(at)) return at;
      decision.add('prosecution-recorded', { ...input, trafficker, at });
      return undefined;
    },
  }),
  'record-charges-end': command({
    title: 'Record how charges of the child ended',
    inEmergency: 'refused',
    stages: anyStage,
    roles: [...areaOffice, 'hart-liaison', 'legal', 'aag-liaison'],
    note: 'Charges for acts done while exploited. A later end counts, as where a finding is vacated.',
    input: z.strictObject({ chargesEnd, at: actInstant() }),
    decide(decision, input) {
      if (!decision.state().response.charged) return refuse('no-charges');
      const at = actAt(decision, input.at, true);
      if (isRefusal(at)) return at;
      decision.add('charges-ended', { ...input, at });
      return undefined;
    },
  }),
};
