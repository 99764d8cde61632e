/** Says which town a place is, where its words are not recognized. */
import * as z from 'zod';
import { tellThoseNowResponsible } from '../alerts/alert-requests.ts';
import { command } from '../core/command.ts';
import { idInput } from '../core/fields.ts';
import { areaOffice, careline } from '../core/role-groups.ts';
import { standingIn } from '../core/standing.ts';
import { places } from '../core/vocabulary.ts';
import { refuse } from '../refusals.ts';
import { followLiaison } from '../response/follow-liaison.ts';
import type { Routing } from './intake-state.ts';

const isSame = (one: Routing | undefined, other: Routing | undefined) =>
  one?.office === other?.office &&
  one?.team === other?.team &&
  (one?.responseOffice ?? one?.office) === (other?.responseOffice ?? other?.office);

export const placeCommands = {
  'correct-place': command({
    title: 'Say which town a place is, or that it is out of state',
    inEmergency: 'refused',
    roles: [...careline, ...areaOffice],
    // `townId`: a town of the state in capitals with hyphens, as in NEW-HAVEN, or OUT-OF-STATE, or UNKNOWN.
    input: z.strictObject({ place: z.enum(places), townId: idInput() }),
    restsOn: ({ child }, { place }) => standingIn(child, { [place]: true }),
    needs: 'place',
    decide(decision, { place }, _, { place: found }) {
      if (found.town === undefined) {
        const nearest = found.nearest;
        const meant = nearest.length > 0 ? ` The nearest names: ${nearest.join(', ')}.` : '';
        return refuse('no-such-town', { meant });
      }
      const before = decision.state();
      if (before.child[place] === found.town) return refuse('nothing-new/place');
      // A confirmed routing stays until a person confirms it again.
      const leads =
        found.routing && (before.places.routingSaid ? { suggested: found.routing } : { routing: found.routing });
      decision.add('place-corrected', {
        place,
        town: found.town,
        ...(before.places.routingSaid && isSame(before.places.routing, found.routing) ? {} : leads),
      });
      followLiaison(decision, before);
      tellThoseNowResponsible(decision, before);
      return undefined;
    },
  }),
};
