/** Moving, excusing and explaining deadlines, and acknowledging alerts. */

import * as z from 'zod';
import { answerCall } from '../alerts/alert-commands.ts';
import { groupsLeftTo, ownGroups, supervisors } from '../alerts/recipient-groups.ts';
import { sameAsFirst } from '../approvals/second-person.ts';
import { owesExplanation } from '../closure/closure.ts';
import { anyStage, command } from '../core/command.ts';
import type { Decision } from '../core/decision.ts';
import { freeText, idInput, instantInput, reasonText } from '../core/fields.ts';
import { isAfter } from '../core/instants.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { missReasons, rolesOfWork } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { formatInstant } from '../policy/due.ts';
import { ruleIn } from '../policy/policy.ts';
import { refuse } from '../refusals.ts';
import { isWatch, watchLinkages } from '../services/linkage-clocks.ts';
import { followReviews } from '../services/outcome-reviews.ts';
import { offerAfterWindow, respondAtLatest } from './clocks.ts';
import type { Deadline } from './deadline-state.ts';
import { extensionFor, isStatutory } from './deadlines.ts';

function openOne(decision: Decision, deadlineId: string): Deadline | Refusal {
  const deadline = decision.state().deadlines[deadlineId];
  if (!deadline) return refuse('no-such-deadline/command');
  if (deadline.status === 'open') return deadline;
  return refuse('deadline-closed/open', { rule: deadline.rule, status: deadline.status });
}

export const deadlineCommands = {
  'extend-deadline': command({
    title: 'Give a policy deadline more time',
    inEmergency: 'refused',
    roles: supervisors,
    // A duty that outlives the referral is owed after its end as well.
    stages: anyStage,
    input: z.strictObject({
      deadlineId: idInput(),
      due: instantInput('Give date, time and zone of the new due instant.'),
      reason: reasonText('decisionReasons'),
    }),
    restsOn: ({ deadlines }, { deadlineId }) => deadlines[deadlineId]?.moved,
    decide(decision, { due, ...input }, person) {
      const deadline = openOne(decision, input.deadlineId);
      if (isRefusal(deadline)) return deadline;
      const { policy } = decision.context;
      const rule = ruleIn(policy, deadline.rule);
      const extension = extensionFor(deadline, policy);
      if (!extension) {
        return refuse('statutory', { id: rule.id, source: rule.source });
      }
      if (!person.roles.some((role) => extension.by.includes(role))) {
        return refuse('not-theirs', { id: rule.id, by: extension.by.join(' or ') });
      }
      if (deadline.missed || !isAfter(deadline.due, decision.context.now)) {
        return refuse('missed-already', { id: rule.id, due: formatInstant(deadline.due) });
      }
      if (!isAfter(due, deadline.due) || !isAfter(due, decision.context.now)) {
        return refuse('not-later', { due: formatInstant(deadline.due) });
      }
      if (isAfter(due, extension.until)) {
        return refuse('too-far', { id: rule.id, until: formatInstant(extension.until) });
      }
      decision.add('deadline-extended', { deadlineId: deadline.id, due, reason: input.reason });
      return undefined;
    },
  }),
  'find-not-applicable': command({
    title: 'Find, as a lawyer, that a deadline does not apply',
    inEmergency: 'refused',
    roles: ['legal'],
    stages: anyStage,
    input: z.strictObject({ deadlineId: idInput(), reason: reasonText('decisionReasons') }),
    decide(decision, { deadlineId, reason }) {
      const deadline = openOne(decision, deadlineId);
      if (isRefusal(deadline)) return deadline;
      decision.add('deadline-not-applicable', { deadlineId, because: 'found-by-lawyer', reason });
      if (deadline.rule === 'D6') respondAtLatest(decision);
      // The service is still needed: another clock asks for it from here on, at once.
      if (!isWatch(deadline.rule)) watchLinkages(decision);
      followReviews(decision);
      return undefined;
    },
  }),
  'explain-miss': command({
    title: 'Explain a missed deadline',
    inEmergency: 'refused',
    roles: [...supervisors, 'caseworker', 'careline-worker', 'hart-liaison', 'mdt-coordinator', 'legal'],
    stages: anyStage,
    input: z.strictObject({
      deadlineId: idInput(),
      reasonCode: z.enum(missReasons),
      reason: freeText('decisionReasons').optional(),
      willBeKept: z.boolean(),
    }),
    restsOn: ({ deadlines }, { deadlineId }) => deadlines[deadlineId]?.explanation,
    decide(decision, { reason, ...input }, person) {
      const deadline = decision.state().deadlines[input.deadlineId];
      if (!deadline) return refuse('no-such-deadline/command');
      const { policy } = decision.context;
      if (!deadline.missed && deadline.late !== true) {
        return refuse('not-missed', { rule: deadline.rule });
      }
      if (deadline.status !== 'open' && !owesExplanation(deadline, policy)) {
        return refuse('deadline-closed/explain', { rule: deadline.rule });
      }
      if (input.reasonCode === 'other' && reason === undefined) {
        return refuse('reason-missing/other');
      }
      // A late act is done, whatever the form says about the future. A deadline closed by its hard stop is not.
      const willBeKept = deadline.status === 'open' ? input.willBeKept : deadline.status !== 'missed-closed';
      decision.add('miss-explained', { ...input, willBeKept, ...whereKnown({ reason }) });
      const maySettle = person.roles.some((role) => supervisors.includes(role));
      if (deadline.status === 'open' && !input.willBeKept && !isStatutory(deadline, policy)) {
        const { hardStop } = ruleIn(policy, deadline.rule);
        if (hardStop && deadline.hardStop !== undefined && isAfter(deadline.hardStop, decision.context.now)) {
          return refuse('window-open', { rule: deadline.rule, hardStop: formatInstant(deadline.hardStop) });
        }
        if (!maySettle) return refuse('supervisor-needed');
        decision.add('deadline-closed-missed', { deadlineId: deadline.id });
        offerAfterWindow(decision, deadline);
        // A service that is neither started nor declined is still asked for.
        watchLinkages(decision);
        followReviews(decision);
      }
      return undefined;
    },
  }),
  'countersign-miss': command({
    title: 'Countersign the explanation of a missed statutory deadline',
    inEmergency: 'refused',
    roles: supervisors,
    stages: anyStage,
    input: z.strictObject({ deadlineId: idInput() }),
    restsOn: ({ deadlines }, { deadlineId }) => deadlines[deadlineId]?.explanation,
    decide(decision, { deadlineId }, person) {
      const deadline = decision.state().deadlines[deadlineId];
      if (!deadline?.explanation) return refuse('not-explained');
      if (deadline.countersignedBy !== undefined) return refuse('already-signed/explanation');
      const same = sameAsFirst(
        deadline.explanation,
        person,
        'A person other than the one who explained must countersign.',
      );
      if (same) return same;
      decision.add('miss-countersigned', { deadlineId });
      if (deadline.status === 'open' && !deadline.explanation.willBeKept) {
        decision.add('deadline-closed-missed', { deadlineId });
        if (deadline.rule === 'D6') respondAtLatest(decision);
      }
      return undefined;
    },
  }),
  'acknowledge-alert': command({
    title: 'Acknowledge an alert',
    inEmergency: 'allowed',
    note: 'Acknowledging a call says that you are handling this, and no one else is called. It counts for you, and for those in whose place you got the mail. It tells no other recipient: if you told one by telephone, record the call.',
    needs: 'writtenAs',
    roles: rolesOfWork.filter((role) => !['administrator', 'auditor'].includes(role)),
    stages: ['open', 'closed', 'withdrawn', 'merged'],
    input: z.strictObject({ alertId: idInput() }),
    decide(decision, { alertId }, person, { writtenAs }) {
      const alert = decision.state().alerts[alertId];
      if (!alert) return refuse('no-such-alert/command');
      const own = ownGroups(person, alert, decision.state(), writtenAs);
      if (own.length === 0) {
        return refuse('not-to-you/acknowledge');
      }
      const groups = groupsLeftTo(person, alert, decision.state(), writtenAs);
      if (groups.length > 0) decision.add('alert-acknowledged', { alertId, groups: [...groups] });
      answerCall(decision, alert, own);
      return undefined;
    },
  }),
};
