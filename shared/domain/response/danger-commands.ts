/**
 * Whether the child is in danger now. One person raises danger at once. Lowering it, to no or from yes to unknown,
 * takes a reason and a second person. Until then every clock of danger runs (docs/domain.md#lowered-danger).
 */

import * as z from 'zod';
import { isRinging } from '../alerts/alarms.ts';
import { ring } from '../alerts/calling.ts';
import { answered, answerersOf, proposersOf } from '../approvals/questions.ts';
import { agreedBy } from '../approvals/second-person.ts';
import { command } from '../core/command.ts';
import type { Decision } from '../core/decision.ts';
import { reasonText } from '../core/fields.ts';
import { isAfter } from '../core/instants.ts';
import { isRefusal } from '../core/refusal.ts';
import { answers } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { respondAtLatest } from '../deadlines/clocks.ts';
import { openDeadline, tightenForDanger } from '../deadlines/deadlines.ts';
import { openDeadlineOf } from '../deadlines/open-deadlines.ts';
import { refuse } from '../refusals.ts';

/** A "no" that is taken back within the two hours gains no time. Danger that is new later has two hours from now. */
function reopenImmediateResponse(decision: Decision): void {
  const { now } = decision.context;
  const ruledOut = Object.values(decision.state().deadlines).findLast(
    ({ rule, status }) => rule === 'D6' && status === 'not-applicable',
  );
  const start = ruledOut && isAfter(ruledOut.due, now) ? ruledOut.start : now;
  openDeadline(decision, 'D6', { start, startedBy: 'danger-said' });
}

/** Ends what a "no" of two people ends: the two hours, where they are not over, and no other duty. */
function endImmediateResponse(decision: Decision): void {
  const immediate = openDeadlineOf(decision.state(), 'D6');
  // A deadline missed before danger was lowered stays missed. Staff explain it, and it is not excused.
  if (immediate && !isAfter(decision.context.now, immediate.due)) {
    decision.add('deadline-not-applicable', { deadlineId: immediate.id, because: 'no-danger' });
  }
  respondAtLatest(decision, true);
}

export const dangerCommands = {
  'assess-danger': command({
    title: 'Say whether the child is in danger now',
    inEmergency: { unless: ({ danger }) => danger !== 'yes' },
    note: 'Yes counts at once, and so does unknown after no. No, or unknown after yes, needs a reason and a second person. Until they agree, nothing changes and every clock runs. New information that speaks of danger cancels the request.',
    roles: proposersOf.lowering,
    input: z.strictObject({ danger: z.enum(answers), reason: reasonText().optional() }),
    decide(decision, { danger, reason }, person) {
      const {
        response: { danger: before },
        proposals: { lowering },
      } = decision.state();
      // Repeating that there is danger is new while a proposal says that there is none.
      if (before === danger && !lowering) {
        return refuse('nothing-new/danger', { danger });
      }
      if (danger === 'no' || (danger === 'unknown' && before === 'yes')) {
        if (reason === undefined) {
          return refuse('reason-missing/lower-danger');
        }
        decision.add('lowering-proposed', { danger, reason, proposedBy: person.id });
        return undefined;
      }
      decision.add('danger-assessed', { danger, ...whereKnown({ reason }) });
      // Repeated, it cancels a proposal and asks for nothing new.
      if (before === danger) return undefined;
      const immediate = openDeadlineOf(decision.state(), 'D6');
      // A "yes" asks for a response of its own, whatever began while danger was unknown.
      if (!immediate && (before === 'no' || danger === 'yes')) reopenImmediateResponse(decision);
      // The person who has the child by an earlier call knew less.
      if (immediate && danger === 'yes' && !isRinging(immediate)) ring(decision, immediate.id);
      // A "yes" after unknown shortens nothing: unknown never counted as "no".
      if (before === 'no') tightenForDanger(decision);
      return undefined;
    },
  }),
  'agree-lowering': command({
    title: 'Agree, as second person, to the lower danger',
    inEmergency: 'refused',
    roles: answerersOf.lowering,
    input: z.strictObject({}),
    decide(decision, _, person) {
      const none = refuse('nothing-proposed/lowering');
      const lowering = agreedBy(decision, 'lowering', person, { none, same: 'Lowering danger needs a second person.' });
      if (isRefusal(lowering)) return lowering;
      const { danger, reason, proposedBy } = lowering;
      answered(decision, 'lowering');
      decision.add('danger-assessed', { danger, reason, proposedBy });
      // The two hours run while danger is not ruled out.
      if (danger === 'no') endImmediateResponse(decision);
      return undefined;
    },
  }),
};
