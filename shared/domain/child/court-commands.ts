/** The ex parte order of temporary custody, and the preliminary hearing after it (docs/domain.md#preliminary-hearing). */
import * as z from 'zod';
import { actAt, command, stillOwed } from '../core/command.ts';
import { actInstant } from '../core/fields.ts';
import { isAfter } from '../core/instants.ts';
import { isRefusal } from '../core/refusal.ts';
import { custodyRecorders } from '../core/role-groups.ts';
import { beganEarlier, markKept, openAgain } from '../deadlines/deadlines.ts';
import { openDeadlineOf } from '../deadlines/open-deadlines.ts';
import { isInCare } from '../intake/report-facts.ts';
import { formatInstant } from '../policy/due.ts';
import { refuse } from '../refusals.ts';
import { factsOfCare, followCare } from './entry-to-care.ts';

export const courtCommands = {
  'record-ex-parte-order': command({
    title: 'Record an ex parte order of temporary custody',
    inEmergency: 'refused',
    roles: custodyRecorders,
    note: 'When the court gave the order. The preliminary hearing is due ten days after it. If an order is recorded whose hearing is still due, an earlier time corrects it.',
    input: z.strictObject({ at: actInstant() }),
    decide(decision, input) {
      const before = decision.state();
      const running = openDeadlineOf(before, 'D43');
      if (running && (input.at === undefined || !isAfter(running.start, input.at))) return refuse('ordered-already');
      const at = actAt(decision, input.at, true);
      if (isRefusal(at)) return at;
      decision.add('ex-parte-ordered', { at });
      if (running) {
        beganEarlier(decision, running, at);
        // The evaluation counts from the entry to care, which was this order.
        const evaluation = openDeadlineOf(before, 'D26');
        if (evaluation?.start === running.start) beganEarlier(decision, evaluation, at);
        return undefined;
      }
      openAgain(decision, 'D43', { start: at });
      if (!isInCare(before.child)) {
        decision.add('facts-learned', { ...factsOfCare(before.child), legalStatus: 'order-of-temporary-custody' });
        followCare(decision, before, { start: at });
      }
      return undefined;
    },
  }),
  'record-preliminary-hearing': command({
    title: 'Record that the preliminary hearing was held',
    inEmergency: 'refused',
    roles: custodyRecorders,
    stages: stillOwed,
    input: z.strictObject({ at: actInstant() }),
    decide(decision, input) {
      const order = decision.state().response.exParteOrderAt;
      if (order === undefined) return refuse('no-order');
      const at = actAt(decision, input.at, true);
      if (isRefusal(at)) return at;
      if (isAfter(order, at)) return refuse('before-the-order', { order: formatInstant(order) });
      decision.add('preliminary-hearing-held', { at });
      markKept(decision, 'preliminary-hearing-held', at);
      return undefined;
    },
  }),
};
