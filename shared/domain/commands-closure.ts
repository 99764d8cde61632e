/** Withdrawal and closure. */
import * as z from 'zod';
import { conditionsOfClosure } from './closure.ts';
import { command, freeText, idInput } from './command.ts';
import { endPolicyDeadlines, keep, requestAlert } from './deadlines.ts';
import { refuse } from './refusal.ts';

export const closureCommands = {
  'propose-withdrawal': command({
    title: 'Propose to withdraw the referral as made in error or a duplicate',
    roles: ['careline-supervisor'],
    input: z.strictObject({
      because: z.enum(['made-in-error', 'duplicate'], {
        error:
          'A referral is withdrawn only as made-in-error or duplicate, never because a reporter changed their mind.',
      }),
      of: idInput().optional(),
      reason: freeText(),
    }),
    decide(draft, { of, ...input }, person) {
      if (input.because === 'duplicate' && (of === undefined || of === draft.state().id)) {
        return refuse('which-referral', 'Give the reference of the other referral in the field "of".');
      }
      draft.add('withdrawal-proposed', { ...input, ...(of !== undefined && { of }), proposedBy: person.id });
      requestAlert(draft, { kind: 'answer-needed', to: ['careline-supervisor', 'careline-manager'] });
      return undefined;
    },
  }),
  'agree-withdrawal': command({
    title: 'Agree, as second person, to the withdrawal',
    roles: ['careline-supervisor', 'careline-manager'],
    input: z.strictObject({}),
    decide(draft, _, person) {
      const { withdrawal } = draft.state();
      if (!withdrawal) return refuse('nothing-proposed', 'Nobody has proposed to withdraw this referral.');
      if (withdrawal.proposedBy === person.id) {
        return refuse('second-person', 'A withdrawal needs a second person: somebody other than who proposed it.');
      }
      draft.add('withdrawn', { because: withdrawal.because, agreedBy: person.id });
      endPolicyDeadlines(draft, 'withdrawn');
      return undefined;
    },
  }),
  'close-referral': command({
    title: 'Close the referral after the final review',
    roles: ['area-supervisor', 'program-manager', 'careline-supervisor', 'careline-manager'],
    input: z.strictObject({ review: freeText() }),
    decide(draft, { review }) {
      const unmet = conditionsOfClosure(draft.state(), draft.context.policy);
      if (unmet.length > 0) return refuse('not-ready', `The referral cannot be closed yet. ${unmet.join(' ')}`);
      draft.add('closed', { review });
      keep(draft, 'closed', draft.context.now);
      return undefined;
    },
  }),
};
