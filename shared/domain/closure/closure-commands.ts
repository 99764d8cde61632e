import * as z from 'zod';
import { tellThatItEnded } from '../alerts/alert-requests.ts';
import { answered, answerersOf, proposersOf } from '../approvals/questions.ts';
import { agreedBy } from '../approvals/second-person.ts';
import { command } from '../core/command.ts';
import type { Lookups } from '../core/command-lookups.ts';
import type { Decision } from '../core/decision.ts';
import { freeText, idInput } from '../core/fields.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { endAtClosing, endPolicyDeadlines, markKept } from '../deadlines/deadlines.ts';
import { isMissing } from '../missing/absences.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';
import { endMoved } from '../same-child/adopted-clocks.ts';
import { mergeBlockers } from '../same-child/merge-blockers.ts';
import { othersMergedHere, othersOwe, returnsOwed } from '../same-child/merges.ts';
import { callOffMeeting } from '../team/meeting.ts';
import { conditionsOfClosure } from './conditions-of-closure.ts';

/** A child must stay with an open referral, or with one that stayed open until it was closed. */
const servesTheChild = (stage: Referral['stage'] | undefined) => stage === 'open' || stage === 'closed';

/**
 * Why a withdrawal would lose something. It is checked when the withdrawal is proposed and again when a second person
 * agrees.
 */
const inTheWay = (
  decision: Decision,
  because: 'made-in-error' | 'duplicate',
  looked: Lookups['otherReferral'],
): Refusal | undefined =>
  (because === 'made-in-error' && isMissing(decision.state()) ? refuse('still-missing') : undefined) ??
  (because === 'duplicate' ? mergeBlockers(decision.state(), looked, decision.context.now) : undefined) ??
  returnsOwed(decision.state()) ??
  othersMergedHere(decision, looked);

export const closureCommands = {
  'propose-withdrawal': command({
    title: 'Propose to withdraw the referral as made in error or a duplicate',
    inEmergency: 'refused',
    roles: proposersOf.withdrawal,
    input: z.strictObject({
      because: z.enum(['made-in-error', 'duplicate'], {
        error:
          'A referral is withdrawn only as made-in-error or duplicate, never because a reporter changed their mind.',
      }),
      of: idInput().optional(),
      reason: freeText('decisionReasons'),
    }),
    needs: 'otherReferral',
    restsOn: ({ proposals }) => proposals.withdrawal,
    decide(decision, { of, ...input }, person, { otherReferral }) {
      const otherStage = otherReferral.other?.stage;
      if (input.because === 'duplicate' && (of === undefined || of === decision.state().id)) {
        return refuse('which-referral');
      }
      if (input.because === 'duplicate' && !servesTheChild(otherStage)) return refuse('other-gone');
      const standing = inTheWay(decision, input.because, otherReferral);
      if (standing) return standing;
      const duplicateOf = input.because === 'duplicate' && of !== undefined ? { of } : {};
      decision.add('withdrawal-proposed', { ...input, ...duplicateOf, proposedBy: person.id });
      return undefined;
    },
  }),
  'agree-withdrawal': command({
    title: 'Agree, as second person, to the withdrawal',
    inEmergency: 'refused',
    roles: answerersOf.withdrawal,
    input: z.strictObject({}),
    needs: 'otherReferral',
    mergesInto: (_, { proposals: { withdrawal } }, { otherReferral }) =>
      withdrawal?.of !== undefined && otherReferral?.other?.stage === 'open'
        ? { to: withdrawal.of, isSameReport: true }
        : undefined,
    restsOn: ({ proposals }) => proposals.withdrawal,
    decide(decision, _, person, { otherReferral }) {
      const otherStage = otherReferral.other?.stage;
      const none = refuse('nothing-proposed/withdrawal');
      const withdrawal = agreedBy(decision, 'withdrawal', person, {
        none,
        same: 'A withdrawal needs a second person, other than the one who proposed it.',
      });
      if (isRefusal(withdrawal)) return withdrawal;
      if (withdrawal.because === 'duplicate' && !servesTheChild(otherStage)) return refuse('other-gone');
      const standing = inTheWay(decision, withdrawal.because, otherReferral);
      if (standing) return standing;
      answered(decision, 'withdrawal');
      decision.add('withdrawn', { because: withdrawal.because, agreedBy: person.id });
      endPolicyDeadlines(decision, 'withdrawn');
      if (withdrawal.because === 'duplicate' && otherStage === 'open') endMoved(decision);
      callOffMeeting(decision, 'referral-ended');
      tellThatItEnded(decision);
      return undefined;
    },
  }),
  'close-referral': command({
    title: 'Close the referral after the final review',
    inEmergency: 'refused',
    // D33 belongs to the social worker, with the supervisor next (docs/policy.md#d33).
    roles: ['caseworker', 'area-supervisor', 'program-manager', 'careline-supervisor', 'careline-manager'],
    input: z.strictObject({ review: freeText('decisionReasons') }),
    needs: 'merged',
    decide(decision, { review }, _, { merged }) {
      const unmet = conditionsOfClosure(decision.state(), decision.context.policy);
      if (unmet.length > 0) return refuse('not-ready', { unmet: unmet.join(' ') });
      const owing = othersOwe(decision, merged);
      if (owing) return owing;
      decision.add('closed', { review });
      markKept(decision, 'closed', decision.context.now);
      endAtClosing(decision);
      callOffMeeting(decision, 'referral-ended');
      tellThatItEnded(decision);
      return undefined;
    },
  }),
};
