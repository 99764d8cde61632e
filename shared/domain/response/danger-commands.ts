/**
 * Whether the child is in danger now. One person raises danger at once. Lowering it, to no or from yes to unknown,
 * takes a reason and a second person. Until then every clock of danger runs (docs/domain.md#lowered-danger).
 */

import * as z from 'zod';
import { isRinging } from '../alerts/alarms.ts';
import { ring } from '../alerts/calling.ts';
import { answered, answerersOf, proposersOf } from '../approvals/questions.ts';
import { agreedBy } from '../approvals/second-person.ts';
import { actAt, command } from '../core/command.ts';
import type { Decision } from '../core/decision.ts';
import { knownInstant, reasonText } from '../core/fields.ts';
import { isAfter } from '../core/instants.ts';
import { isRefusal } from '../core/refusal.ts';
import { type Answer, answers } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { respondAtLatest } from '../deadlines/clocks.ts';
import { openDeadline, tightenForDanger } from '../deadlines/deadlines.ts';
import { openDeadlineOf, openDeadlines } from '../deadlines/open-deadlines.ts';
import { refuse } from '../refusals.ts';

/**
 * A "no" that is taken back within the two hours gains no time. Danger that is new later has two hours from when it was
 * known.
 */
function reopenImmediateResponse(decision: Decision, knownAt: string): void {
  const ruledOut = Object.values(decision.state().deadlines).findLast(
    ({ rule, status }) => rule === 'D6' && status === 'not-applicable',
  );
  const start = ruledOut && isAfter(ruledOut.due, knownAt) ? ruledOut.start : knownAt;
  openDeadline(decision, 'D6', { start, startedBy: 'danger-said' });
}

/** Ends what a "no" of two people ends: the two hours, where they are not over, and no other duty. */
function endImmediateResponse(decision: Decision): void {
  // A deadline missed before danger was lowered stays missed. Staff explain it, and it is not excused.
  for (const { id, rule, due } of openDeadlines(decision.state())) {
    if (rule === 'D6' && !isAfter(decision.context.now, due))
      decision.add('deadline-not-applicable', { deadlineId: id, because: 'no-danger' });
  }
  respondAtLatest(decision, true);
}

/** Whether an answer needs a second person. */
const isLowered = (danger: Answer, before: Answer): danger is Exclude<Answer, 'yes'> =>
  danger === 'no' || (danger === 'unknown' && before === 'yes');

export const dangerCommands = {
  'assess-danger': command({
    title: 'Say whether the child is in danger now',
    inEmergency: { unless: ({ danger }) => danger !== 'yes' },
    note: 'Say when it was known: the two hours start then, and not when you type it. Yes counts at once, and so does unknown after no. No, or unknown after yes, needs a reason and a second person. Until they agree, nothing changes and every clock runs. New information that speaks of danger cancels the request.',
    roles: proposersOf.lowering,
    input: z.strictObject({
      danger: z.enum(answers),
      knownAt: knownInstant(),
      reason: reasonText('decisionReasons').optional(),
    }),
    // Danger is raised by each person who sees it, whatever others wrote.
    restsOn: ({ response: { danger: before }, proposals: { lowering } }, { danger }) =>
      isLowered(danger, before) ? { before, lowering } : undefined,
    decide(decision, { danger, reason, ...input }, person) {
      const knownAt = actAt(decision, input.knownAt);
      if (isRefusal(knownAt)) return knownAt;
      const {
        response: { danger: before },
        proposals: { lowering },
      } = decision.state();
      // Repeating that there is danger is new while a proposal says that there is none.
      if (before === danger && !lowering) {
        return refuse('nothing-new/danger', { danger });
      }
      if (isLowered(danger, before)) {
        if (reason === undefined) {
          return refuse('reason-missing/lower-danger');
        }
        decision.add('lowering-proposed', { danger, knownAt, reason, proposedBy: person.id });
        return undefined;
      }
      decision.add('danger-assessed', { danger, knownAt, ...whereKnown({ reason }) });
      // Repeated, it cancels a proposal and asks for nothing new.
      if (before === danger) return undefined;
      const immediate = openDeadlineOf(decision.state(), 'D6');
      // A "yes" asks for a response of its own, whatever began while danger was unknown.
      if (!immediate && (before === 'no' || danger === 'yes')) reopenImmediateResponse(decision, knownAt);
      // The person who has the child by an earlier call knew less.
      if (immediate && danger === 'yes' && !isRinging(immediate)) ring(decision, immediate.id);
      // A "yes" after unknown shortens nothing: unknown never counted as "no".
      if (before === 'no') tightenForDanger(decision, knownAt);
      return undefined;
    },
  }),
  'agree-lowering': command({
    title: 'Agree, as second person, to the lower danger',
    inEmergency: 'refused',
    roles: answerersOf.lowering,
    input: z.strictObject({}),
    restsOn: ({ proposals }) => proposals.lowering,
    decide(decision, _, person) {
      const none = refuse('nothing-proposed/lowering');
      const lowering = agreedBy(decision, 'lowering', person, { none, same: 'Lowering danger needs a second person.' });
      if (isRefusal(lowering)) return lowering;
      const { danger, knownAt, reason, proposedBy } = lowering;
      answered(decision, 'lowering');
      decision.add('danger-assessed', { danger, knownAt, reason, proposedBy });
      // The two hours run while danger is not ruled out.
      if (danger === 'no') endImmediateResponse(decision);
      return undefined;
    },
  }),
};
