/** What a person does about an alert that its mail does not settle. */
import * as z from 'zod';
import { isAcknowledgedFor, linesAnsweredBy, linesAsked } from './alert-lines.ts';
import { actAt, command } from './command.ts';
import { actInstant, idInput } from './fields.ts';
import { isRefusal, refuse } from './refusal.ts';
import { everyDiscipline, roles } from './vocabulary.ts';

export const alertCommands = {
  'record-alert-call': command({
    title: 'Record a telephone call that settles an alert',
    // Members and providers answer for themselves; who telephones them is of the department or convenes the team.
    roles: roles.filter((role) => !['administrator', 'auditor', 'mdt-member', 'provider'].includes(role)),
    stages: ['open', 'closed', 'withdrawn', 'attached'],
    /** `discipline`: whose seat the call was with, where the alert was for several. */
    input: z.strictObject({ alertId: idInput(), at: actInstant(), discipline: z.enum(everyDiscipline).optional() }),
    decide(draft, { alertId, at: given, discipline }, person) {
      const state = draft.state();
      const alert = state.alerts[alertId];
      if (!alert)
        return refuse('no-such-alert', 'This referral has no alert of this id: take it from the page or the mail.');
      const convenes = person.roles.includes('mdt-coordinator') && alert.to.some((word) => /^seats?\b/.test(word));
      const own = linesAnsweredBy(person, alert, state);
      const seats = convenes ? linesAsked(alert, state).filter((line) => line.startsWith('seat:')) : [];
      if (!convenes && own.length === 0) {
        return refuse(
          'not-to-you',
          'This alert was not to you: somebody it was sent to, or a supervisor, records the call.',
        );
      }
      const at = actAt(draft, given);
      if (isRefusal(at)) return at;
      // Of a call with one seat the others heard nothing: who convenes the team says which it was, where it may be several.
      const told =
        discipline === undefined
          ? [...own, ...(seats.length === 1 ? seats : [])]
          : [...own, ...seats].filter((line) => line === `seat:${discipline}`);
      if (discipline !== undefined && told.length === 0)
        return refuse(
          'not-that-seat',
          'The field discipline names a seat that this alert does not ask, or not of you.',
        );
      const lines = [...new Set(told)].filter((line) => !isAcknowledgedFor(line, alert));
      if (lines.length > 0 || alert.acknowledgedBy === undefined)
        draft.add('alert-acknowledged', { alertId, calledAt: at, lines });
      return undefined;
    },
  }),
};
