/** Acts of a case review: to meet about several children at once, and to end a task. `record-meeting` has the rest. */
import * as z from 'zod';
import { actAt, command } from '../core/command.ts';
import { actInstant, idInput, reasonText } from '../core/fields.ts';
import { isAfter } from '../core/instants.ts';
import { isRefusal } from '../core/refusal.ts';
import { teamLeaders } from '../core/role-groups.ts';
import { agreedTasks, seatRoles, taskEnds } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { markKept } from '../deadlines/deadlines.ts';
import { formatInstant } from '../policy/due.ts';
import { refuse } from '../refusals.ts';
import { meetingAhead, setMeeting } from '../team/meeting.ts';
import { endTaskClock, tasksFor } from './agreed-tasks.ts';
import { noReview } from './review-state.ts';

export const reviewMeetingCommands = {
  'share-meeting': command({
    title: 'Meet together with another child of the report',
    inEmergency: 'refused',
    note: 'The team meets at the time and place of the other referral. Each child keeps an own agenda, record and calendar entry.',
    roles: teamLeaders,
    input: z.strictObject({ of: idInput() }),
    restsOn: meetingAhead,
    needs: 'otherReferral',
    decide(decision, { of }, _, { otherReferral: { other } }) {
      const state = decision.state();
      if (state.team.seats.length === 0) return refuse('no-team');
      const theirs = other && state.report.siblings.includes(of) ? meetingAhead(other) : undefined;
      if (!theirs) return refuse('not-of-this-report');
      if (other?.team.id !== state.team.id) return refuse('other-team');
      const { startsAt, minutes, place, way } = theirs;
      if (!isAfter(startsAt, decision.context.now)) {
        return refuse('in-the-past/meeting', { startsAt: formatInstant(startsAt) });
      }
      const own = meetingAhead(state);
      if (own?.startsAt === startsAt && own.minutes === minutes && own.place === place) return undefined;
      setMeeting(decision, { startsAt, minutes, place }, whereKnown({ way }));
      return undefined;
    },
  }),
  'end-task': command({
    title: 'Record how an agreed task ended',
    inEmergency: 'refused',
    roles: seatRoles,
    input: z.strictObject({
      task: z.enum(agreedTasks),
      end: z.enum(taskEnds),
      at: actInstant(),
      reason: reasonText('teamWords').optional(),
    }),
    decide(decision, { task, end, reason, ...input }, person) {
      const state = decision.state();
      const agreed = (state.review ?? noReview).tasks[task];
      if (!agreed || agreed.ended) return refuse('no-such-task');
      const leads = person.roles.some((role) => teamLeaders.includes(role));
      if (!tasksFor(state, person).includes(agreed)) return refuse('not-your-task', { owner: agreed.owner });
      if (end === 'task-dropped' && (!leads || reason === undefined)) return refuse('task-reason');
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      decision.add('task-ended', { task, end, at, ...whereKnown({ reason }) });
      if (end === 'task-dropped') endTaskClock(decision, task);
      else markKept(decision, 'agreed-task-done', at, task);
      return undefined;
    },
  }),
};
