/** Withdrawal and closure. */
import * as z from 'zod';
import { tellThatItEnded } from '../alerts/alert-requests.ts';
import { answered, answerersOf, proposersOf } from '../approvals/questions.ts';
import { proposedAs, sameAsFirst } from '../approvals/second-person.ts';
import { command } from '../core/command.ts';
import type { Draft } from '../core/draft.ts';
import { freeText, idInput } from '../core/fields.ts';
import type { Lookups } from '../core/lookups.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { endAtClosing, endPolicyDeadlines, keep } from '../deadlines/deadlines.ts';
import type { Referral } from '../referral.ts';
import { othersOwe, othersRest, returnsOwed } from '../same-child/attachments.ts';
import { knownOnlyHere } from '../same-child/known-only-here.ts';
import { callOffMeeting } from '../team/meeting.ts';
import { conditionsOfClosure } from './closure.ts';

/** A child must stay with a referral that is worked on, or was until it was closed. */
const servesTheChild = (stage: Referral['stage'] | undefined) => stage === 'open' || stage === 'closed';
const nobodyThere =
  'The other referral is not there, or is itself withdrawn or attached: nobody would work for this child. Check the reference.';

/** What a withdrawal would lose: asked when it is proposed and again when it is agreed to. */
const inTheWay = (
  draft: Draft,
  because: 'made-in-error' | 'duplicate',
  looked: Lookups['otherReferral'],
): Refusal | undefined =>
  (because === 'duplicate' ? knownOnlyHere(draft.state(), looked, draft.context.now) : undefined) ??
  returnsOwed(draft.state()) ??
  othersRest(draft, looked);

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
      reason: freeText(),
    }),
    needs: 'otherReferral',
    decide(draft, { of, ...input }, person, { otherReferral }) {
      const otherStage = otherReferral.other?.stage;
      if (input.because === 'duplicate' && (of === undefined || of === draft.state().id)) {
        return refuse('which-referral', 'Give the reference of the other referral in the field "of".');
      }
      if (input.because === 'duplicate' && !servesTheChild(otherStage)) return refuse('other-gone', nobodyThere);
      const standing = inTheWay(draft, input.because, otherReferral);
      if (standing) return standing;
      const duplicateOf = input.because === 'duplicate' && of !== undefined ? { of } : {};
      draft.add('withdrawal-proposed', { ...input, ...duplicateOf, proposedBy: person.id });
      return undefined;
    },
  }),
  'agree-withdrawal': command({
    title: 'Agree, as second person, to the withdrawal',
    inEmergency: 'refused',
    roles: answerersOf.withdrawal,
    input: z.strictObject({}),
    needs: 'otherReferral',
    decide(draft, _, person, { otherReferral }) {
      const otherStage = otherReferral.other?.stage;
      const {
        closure: { withdrawal },
      } = draft.state();
      if (!withdrawal)
        return refuse(
          'nothing-proposed',
          'No proposal to withdraw this referral stands: one lapses when the child is screened, found in danger or missing, and when somebody says no.',
        );
      const same = sameAsFirst(
        proposedAs(withdrawal),
        person,
        'A withdrawal needs a second person: somebody other than who proposed it.',
      );
      if (same) return same;
      if (withdrawal.because === 'duplicate' && !servesTheChild(otherStage)) return refuse('other-gone', nobodyThere);
      const standing = inTheWay(draft, withdrawal.because, otherReferral);
      if (standing) return standing;
      answered(draft, 'withdrawal');
      draft.add('withdrawn', { because: withdrawal.because, agreedBy: person.id });
      endPolicyDeadlines(draft, 'withdrawn');
      callOffMeeting(draft, 'referral-ended');
      tellThatItEnded(draft);
      return undefined;
    },
  }),
  'close-referral': command({
    title: 'Close the referral after the final review',
    inEmergency: 'refused',
    // D33 is the worker's, with the supervisor next (docs/policy.md#d33).
    roles: ['caseworker', 'area-supervisor', 'program-manager', 'careline-supervisor', 'careline-manager'],
    input: z.strictObject({ review: freeText() }),
    needs: 'resting',
    decide(draft, { review }, _, { resting }) {
      const unmet = conditionsOfClosure(draft.state(), draft.context.policy);
      if (unmet.length > 0) return refuse('not-ready', `The referral cannot be closed yet. ${unmet.join(' ')}`);
      const owing = othersOwe(draft, resting);
      if (owing) return owing;
      draft.add('closed', { review });
      keep(draft, 'closed', draft.context.now);
      endAtClosing(draft);
      callOffMeeting(draft, 'referral-ended');
      tellThatItEnded(draft);
      return undefined;
    },
  }),
};
