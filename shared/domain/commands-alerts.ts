/** What a person does about an alert that its mail does not settle. */
import * as z from 'zod';
import { actAt, command } from './command.ts';
import { mayAcknowledge } from './commands-deadline.ts';
import { actInstant, idInput } from './fields.ts';
import { isRefusal, refuse } from './refusal.ts';
import { roles } from './vocabulary.ts';

export const alertCommands = {
  'record-alert-call': command({
    title: 'Record a telephone call that settles an alert',
    // Members and providers answer for themselves; who telephones them is of the department or convenes the team.
    roles: roles.filter((role) => !['administrator', 'auditor', 'mdt-member', 'provider'].includes(role)),
    stages: ['open', 'closed', 'withdrawn', 'attached'],
    input: z.strictObject({ alertId: idInput(), at: actInstant() }),
    decide(draft, { alertId, at: given }, person) {
      const alert = draft.state().alerts[alertId];
      if (!alert)
        return refuse('no-such-alert', 'This referral has no alert of this id: take it from the page or the mail.');
      const convenes = person.roles.includes('mdt-coordinator') && alert.to.some((word) => /^seats?\b/.test(word));
      if (!convenes && !mayAcknowledge(alert, draft.state(), person)) {
        return refuse(
          'not-to-you',
          'This alert was not to you: somebody it was sent to, or a supervisor, records the call.',
        );
      }
      const at = actAt(draft, given);
      if (isRefusal(at)) return at;
      if (alert.acknowledgedBy === undefined) draft.add('alert-acknowledged', { alertId, calledAt: at });
      return undefined;
    },
  }),
};
