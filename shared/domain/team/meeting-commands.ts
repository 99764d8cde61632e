/** Sets, moves and calls off the meeting of the team. `record-meeting` records that it was held. */
import * as z from 'zod';
import { command } from '../core/command.ts';
import { freeText, instantInput } from '../core/fields.ts';
import { isAfter } from '../core/instants.ts';
import { teamLeaders } from '../core/role-groups.ts';
import { meetingEnds, meetingPlaces, meetingWays } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { formatInstant } from '../policy/due.ts';
import { refuse } from '../refusals.ts';
import { callOffMeeting, meetingAhead, saysPlace, setMeeting } from './meeting.ts';

/** In milliseconds: a meeting is planned within half a year. A later date is a typing error. */
const furthest = 183 * 86_400_000;

export const meetingCommands = {
  'schedule-meeting': command({
    title: 'Set or change the time of the team meeting',
    inEmergency: 'refused',
    roles: teamLeaders,
    input: z.strictObject({
      startsAt: instantInput('Give date, time and zone of the meeting.'),
      minutes: z.int().min(15, 'Give at least 15 minutes.').max(480, 'Give at most 480 minutes.').default(60),
      place: z.enum(meetingPlaces),
      way: z.enum(meetingWays).optional(),
      directions: freeText('directions').optional(),
    }),
    restsOn: meetingAhead,
    decide(decision, input) {
      const {
        team: { seats },
      } = decision.state();
      const { now } = decision.context;
      if (seats.length === 0) return refuse('no-team');
      if (!isAfter(input.startsAt, now)) {
        return refuse('in-the-past/meeting', { startsAt: formatInstant(input.startsAt) });
      }
      if (Date.parse(input.startsAt) - Date.parse(now) > furthest) {
        return refuse('too-far-ahead/meeting', { startsAt: formatInstant(input.startsAt) });
      }
      const before = meetingAhead(decision.state());
      const { startsAt, minutes, place, way, directions } = input;
      if (way !== undefined && (way === 'in-person') !== (place === 'office')) return refuse('other-place');
      const said = whereKnown({ way: way === before?.way && before?.place === place ? undefined : way, directions });
      const isSameTime = before?.startsAt === startsAt && before.minutes === minutes && before.place === place;
      if (isSameTime && !saysPlace(said)) return undefined;
      setMeeting(decision, { startsAt, minutes, place }, said);
      return undefined;
    },
  }),
  'cancel-meeting': command({
    title: "Call off the team's meeting",
    inEmergency: 'refused',
    roles: teamLeaders,
    input: z.strictObject({ because: z.enum(meetingEnds).exclude(['held-earlier', 'referral-ended']) }),
    restsOn: meetingAhead,
    decide(decision, { because }) {
      if (!meetingAhead(decision.state())) {
        return refuse('no-meeting-ahead');
      }
      callOffMeeting(decision, because);
      return undefined;
    },
  }),
};
