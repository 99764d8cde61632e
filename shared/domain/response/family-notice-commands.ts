/**
 * The notices to the parents (C.G.S. 17a-103b) and of the finding (17a-101k(b)). A person gives or withholds each, with
 * a reason. The product never mails them.
 */
import * as z from 'zod';
import { actAt, command, stillOwed } from '../core/command.ts';
import type { Decision } from '../core/decision.ts';
import { actInstant, freeText, policeAgreedInput, reasonText } from '../core/fields.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import type { Role } from '../core/vocabulary.ts';
import { answers, parentsNoticeMethods } from '../core/vocabulary.ts';
import { everOpened, markKept } from '../deadlines/deadlines.ts';
import { openDeadlineOf } from '../deadlines/open-deadlines.ts';
import { mayContact } from '../eligibility/eligibility.ts';
import { formatInstant } from '../policy/due.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';
import { type FamilyNotice, familyNotices, isConfirmed, unsafeToTell } from './family-notices.ts';
import { agreedByPolice, heldByPolice } from './outreach-pause.ts';

const deciders: readonly Role[] = ['caseworker', 'area-supervisor'];
const confirmers: readonly Role[] = ['area-supervisor', 'area-director'];

/**
 * The notice to the parents is owed once the report was accepted for investigation or assessment. The notice of the
 * finding is owed once an investigation substantiated the report.
 */
function notOwed(state: Referral, notice: FamilyNotice): Refusal | undefined {
  if (everOpened(state, familyNotices[notice].rule)) return undefined;
  return notice === 'parents' ? refuse('no-notice-owed/parents') : refuse('no-notice-owed/finding');
}

const given = z.strictObject({
  personTold: freeText(),
  method: z.enum(parentsNoticeMethods),
  at: actInstant(),
  /** Whether the person who was told is said to have had a part in it. */
  hadPart: z.enum(answers).optional(),
  policeAgreed: policeAgreedInput(),
  reason: freeText(),
});
const reasoned = z.strictObject({ reason: reasonText() });
type Reasoned = z.infer<typeof reasoned>;

function give(
  decision: Decision,
  notice: FamilyNotice,
  { hadPart, policeAgreed, ...input }: z.infer<typeof given>,
): Refusal | undefined {
  const refusal = notOwed(decision.state(), notice) ?? unsafeToTell(decision.state(), hadPart, notice);
  if (refusal) return refusal;
  const at = actAt(decision, input.at);
  if (isRefusal(at)) return at;
  const held = heldByPolice(decision, at, { policeAgreed, isStaff: true });
  if (held) return held;
  const { given: milestone } = familyNotices[notice];
  decision.add(milestone, { ...input, at, ...(hadPart && { hadPart }), ...agreedByPolice(decision, policeAgreed) });
  markKept(decision, milestone, at);
  return undefined;
}

/** A notice that was given cannot be withheld any more, unless it is owed once more. */
function withhold(decision: Decision, notice: FamilyNotice, { reason }: Reasoned): Refusal | undefined {
  const state = decision.state();
  const refusal = notOwed(state, notice);
  if (refusal) return refusal;
  const { rule, decided, withheld } = familyNotices[notice];
  const before = state.response[decided];
  if (before?.decision === 'given' && !openDeadlineOf(state, rule)) {
    return refuse('notice-given', { at: formatInstant(before.at) });
  }
  decision.add(withheld, { reason });
  markKept(decision, withheld, decision.context.now);
  return undefined;
}

function approve(decision: Decision, notice: FamilyNotice, { reason }: Reasoned): Refusal | undefined {
  const state = decision.state();
  const refusal = notOwed(state, notice);
  if (refusal) return refusal;
  if (mayContact(state) === 'as-usual' || isConfirmed(state, notice)) return refuse('nothing-to-confirm');
  decision.add(familyNotices[notice].approved, { reason });
  return undefined;
}

/** For a merged referral, the other one tells whether a caregiver had a part in it. So the notice is given there. */
const givenIn = ['open', 'withdrawn'] as const;
const withholdNote =
  'Give the reason, such as danger to the child or to the police investigation. The notice can still be given later. For a merged referral, the notice is given in the other one: say so here.';
const approveNote =
  'Only needed while a caregiver’s part in it is not ruled out. It lapses when a caregiver is named after it.';

export const familyNoticeCommands = {
  'record-parents-notice': command({
    title: 'Record the notice given to a parent or guardian',
    inEmergency: 'refused',
    roles: deciders,
    note: 'You give the notice yourself: this product never mails it. First read who must not be told.',
    stages: givenIn,
    input: given,
    decide: (decision, input) => give(decision, 'parents', input),
  }),
  'withhold-parents-notice': command({
    title: 'Withhold the notice to the parents',
    inEmergency: 'refused',
    roles: deciders,
    note: withholdNote,
    stages: stillOwed,
    input: reasoned,
    decide: (decision, input) => withhold(decision, 'parents', input),
  }),
  'approve-parents-notice': command({
    title: 'Confirm that the notice to the parents may be given',
    inEmergency: 'refused',
    roles: confirmers,
    note: approveNote,
    stages: givenIn,
    input: reasoned,
    decide: (decision, input) => approve(decision, 'parents', input),
  }),
  'record-finding-notice': command({
    title: 'Record the notice of the finding',
    inEmergency: 'refused',
    roles: deciders,
    note: 'You give the notice yourself, to the person found responsible: this product never mails it. First read who must not be told.',
    stages: givenIn,
    input: given,
    decide: (decision, input) => give(decision, 'finding', input),
  }),
  'withhold-finding-notice': command({
    title: 'Withhold the notice of the finding',
    inEmergency: 'refused',
    roles: deciders,
    note: withholdNote,
    stages: stillOwed,
    input: reasoned,
    decide: (decision, input) => withhold(decision, 'finding', input),
  }),
  'approve-finding-notice': command({
    title: 'Confirm that the notice of the finding may be given',
    inEmergency: 'refused',
    roles: confirmers,
    note: approveNote,
    stages: givenIn,
    input: reasoned,
    decide: (decision, input) => approve(decision, 'finding', input),
  }),
};
