/** The notice to the parents (C.G.S. 17a-103b): a person gives or withholds it, with a reason. The product never mails it. */
import * as z from 'zod';
import { actAt, command, stillOwed } from '../core/command.ts';
import { actInstant, freeText, policeAgreedInput, reasonText } from '../core/fields.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import type { Role } from '../core/vocabulary.ts';
import { answers, parentsNoticeMethods } from '../core/vocabulary.ts';
import { everOpened, markKept } from '../deadlines/deadlines.ts';
import { mayContact } from '../eligibility/eligibility.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';
import { agreedByPolice, heldByPolice } from './outreach-pause.ts';
import { unsafeToTell } from './parents-notice.ts';

const deciders: readonly Role[] = ['caseworker', 'area-supervisor'];

/** A notice is owed once the report was accepted for investigation or assessment. */
const notOwed = (state: Referral): Refusal | undefined =>
  everOpened(state, 'D38') ? undefined : refuse('no-notice-owed');

export const parentsCommands = {
  'record-parents-notice': command({
    title: 'Record the notice given to a parent or guardian',
    inEmergency: 'refused',
    roles: deciders,
    note: 'You give the notice yourself: this product never mails it. First read who must not be told.',
    // For a merged referral, the other one tells whether a caregiver had a part in it.
    stages: ['open', 'withdrawn'],
    input: z.strictObject({
      personTold: freeText(),
      method: z.enum(parentsNoticeMethods),
      at: actInstant(),
      /** Whether the parent who was told is said to have had a part in it. */
      hadPart: z.enum(answers).optional(),
      policeAgreed: policeAgreedInput(),
      reason: freeText(),
    }),
    decide(decision, { hadPart, policeAgreed, ...input }) {
      const refusal = notOwed(decision.state()) ?? unsafeToTell(decision.state(), hadPart);
      if (refusal) return refusal;
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      const held = heldByPolice(decision, at, { policeAgreed, isStaff: true });
      if (held) return held;
      decision.add('parents-notified', {
        ...input,
        at,
        ...(hadPart && { hadPart }),
        ...agreedByPolice(decision, policeAgreed),
      });
      markKept(decision, 'parents-notified', at);
      return undefined;
    },
  }),
  'withhold-parents-notice': command({
    title: 'Withhold the notice to the parents',
    inEmergency: 'refused',
    roles: deciders,
    note: 'Give the reason, such as danger to the child or to the police investigation. The notice can still be given later. For a merged referral, the notice is given in the other one: say so here.',
    stages: stillOwed,
    input: z.strictObject({ reason: reasonText() }),
    decide(decision, { reason }) {
      const refusal = notOwed(decision.state());
      if (refusal) return refusal;
      decision.add('parents-notice-withheld', { reason });
      markKept(decision, 'parents-notice-withheld', decision.context.now);
      return undefined;
    },
  }),
  'approve-parents-notice': command({
    title: 'Confirm that the notice to the parents may be given',
    inEmergency: 'refused',
    roles: ['area-supervisor', 'area-director'],
    note: 'Only needed while a caregiver’s part in it is not ruled out. It lapses when a caregiver is named after it.',
    stages: ['open', 'withdrawn'],
    input: z.strictObject({ reason: reasonText() }),
    decide(decision, { reason }) {
      const state = decision.state();
      const refusal = notOwed(state);
      if (refusal) return refusal;
      if (mayContact(state) === 'as-usual' || state.response.parentsNoticeApproved) {
        return refuse('nothing-to-confirm');
      }
      decision.add('parents-notice-approved', { reason });
      return undefined;
    },
  }),
};
