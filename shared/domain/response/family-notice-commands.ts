/**
 * The notices to the parents (C.G.S. 17a-103b): a person gives or withholds each, with a reason. The notice of the finding
 * (17a-101k(b)): a person mails it, and counsel answers a question of safety. The product never sends one.
 */
import * as z from 'zod';
import { actAt, command, stillOwed } from '../core/command.ts';
import type { Decision } from '../core/decision.ts';
import { actInstant, freeText, policeAgreedInput, reasonText } from '../core/fields.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import type { Role } from '../core/vocabulary.ts';
import { answers, parentsNoticeMethods, withholdingGrounds } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { everOpened, markKept, openAgain } from '../deadlines/deadlines.ts';
import { openDeadlineOf } from '../deadlines/open-deadlines.ts';
import { mayContact } from '../eligibility/eligibility.ts';
import { formatInstant } from '../policy/due.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';
import {
  type FamilyNotice,
  familyNotices,
  findingRule,
  isConfirmed,
  unsafeToMail,
  unsafeToTell,
} from './family-notices.ts';
import { agreedByPolice, heldByPolice } from './outreach-pause.ts';

const deciders: readonly Role[] = ['caseworker', 'area-supervisor'];
const confirmers: readonly Role[] = ['area-supervisor', 'area-director'];

/** The first is owed once the report was accepted, the second once an investigation substantiated it. */
function notOwed(state: Referral, notice: FamilyNotice): Refusal | undefined {
  if (familyNotices[notice].rules.some((rule) => everOpened(state, rule))) return undefined;
  return notice === 'parents' ? refuse('no-notice-owed/parents') : refuse('no-notice-owed/finding');
}

const noFinding = (state: Referral): Refusal | undefined =>
  everOpened(state, findingRule) ? undefined : refuse('no-notice-owed/finding');

const given = z.strictObject({
  personTold: freeText('familyNotices'),
  method: z.enum(parentsNoticeMethods),
  at: actInstant(),
  /** Whether the person who was told is said to have had a part in it. */
  hadPart: z.enum(answers).optional(),
  /** The notice was given before, and this says of it what was so. No one is told by it, and it keeps no duty. */
  corrects: z.enum(['yes']).optional(),
  policeAgreed: policeAgreedInput(),
  reason: freeText('familyNotices'),
});
const reasoned = z.strictObject({ reason: reasonText('familyNotices') });
type Reasoned = z.infer<typeof reasoned>;
const withheld = reasoned.extend({ ground: z.enum(withholdingGrounds) });

/** Speech and writing are two duties of the notice that an investigation opened. */
const milestoneOf = (notice: FamilyNotice, method: (typeof parentsNoticeMethods)[number]) =>
  notice === 'parents' && method !== 'letter' ? 'parents-told' : familyNotices[notice].given;

function give(
  decision: Decision,
  notice: FamilyNotice,
  { hadPart, corrects, policeAgreed, ...input }: z.infer<typeof given>,
): Refusal | undefined {
  const state = decision.state();
  const before = state.response[familyNotices[notice].decided];
  if (corrects && before?.decision !== 'given') return refuse('no-notice-to-correct');
  const refusal = notOwed(state, notice) ?? (corrects ? undefined : unsafeToTell(state, hadPart, notice));
  if (refusal) return refusal;
  const at = actAt(decision, input.at ?? (corrects && before?.at));
  if (isRefusal(at)) return at;
  const held = corrects ? undefined : heldByPolice(decision, at, { policeAgreed, isStaff: true });
  if (held) return held;
  const said = whereKnown({ hadPart, corrects });
  decision.add(familyNotices[notice].given, { ...input, at, ...said, ...agreedByPolice(decision, policeAgreed) });
  if (!corrects) markKept(decision, milestoneOf(notice, input.method), at);
  return undefined;
}

/** A notice that was given cannot be withheld any more, unless it is owed once more. */
function givenAlready(state: Referral, notice: FamilyNotice): Refusal | undefined {
  const { rules, decided } = familyNotices[notice];
  const before = state.response[decided];
  return before?.decision === 'given' && !rules.some((rule) => openDeadlineOf(state, rule))
    ? refuse('notice-given', { at: formatInstant(before.at) })
    : undefined;
}

/** `add` records it: the two events differ by the ground that the law asks for. */
function withhold(decision: Decision, notice: FamilyNotice, add: () => void): Refusal | undefined {
  const state = decision.state();
  const refusal = notOwed(state, notice) ?? givenAlready(state, notice);
  if (refusal) return refusal;
  add();
  markKept(decision, familyNotices[notice].withheld, decision.context.now);
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
const giveNote = 'You give the notice yourself: this product never mails it. First read who must not be told.';
const approveNote =
  'Only needed while a caregiver’s part in it is not ruled out. It lapses when a caregiver is named after it.';

/** What was decided and confirmed about this notice. */
const decidedOn =
  (notice: FamilyNotice) =>
  ({ response }: Referral): unknown => {
    const { decided, confirmation } = familyNotices[notice];
    return response[decided] ?? response[confirmation];
  };

export const familyNoticeCommands = {
  'record-parents-notice': command({
    title: 'Record the notice given to a parent or guardian',
    inEmergency: 'refused',
    roles: deciders,
    note: `${giveNote} An investigation asks for both: speech at once, and a letter within five business days. Record each.`,
    stages: givenIn,
    input: given,
    restsOn: decidedOn('parents'),
    decide: (decision, input) => give(decision, 'parents', input),
  }),
  'withhold-parents-notice': command({
    title: 'Withhold the notice to the parents',
    inEmergency: 'refused',
    roles: deciders,
    note: 'The law knows these three grounds alone (C.G.S. 17a-103b(a)). The notice can still be given later.',
    stages: stillOwed,
    input: withheld,
    restsOn: decidedOn('parents'),
    decide: (decision, input) => withhold(decision, 'parents', () => decision.add('parents-notice-withheld', input)),
  }),
  'approve-parents-notice': command({
    title: 'Confirm that the notice to the parents may be given',
    inEmergency: 'refused',
    roles: confirmers,
    note: approveNote,
    stages: givenIn,
    input: reasoned,
    restsOn: decidedOn('parents'),
    decide: (decision, input) => approve(decision, 'parents', input),
  }),
  'record-substantiation-notice': command({
    title: 'Record the notice to a parent that the complaint was substantiated',
    inEmergency: 'refused',
    roles: deciders,
    note: `${giveNote} Ask counsel who receives it: the text names a child with one custodial parent or a guardian.`,
    stages: givenIn,
    input: given,
    restsOn: decidedOn('substantiation'),
    decide: (decision, input) => give(decision, 'substantiation', input),
  }),
  'withhold-substantiation-notice': command({
    title: 'Withhold the notice that the complaint was substantiated',
    inEmergency: 'refused',
    roles: deciders,
    note: 'The law knows one ground: it is not in the best interests of the child (C.G.S. 17a-103b(b)). It can still be given later.',
    stages: stillOwed,
    input: reasoned,
    restsOn: decidedOn('substantiation'),
    decide: (decision, input) =>
      withhold(decision, 'substantiation', () => decision.add('substantiation-notice-withheld', input)),
  }),
  'approve-substantiation-notice': command({
    title: 'Confirm that the notice of substantiation may be given',
    inEmergency: 'refused',
    roles: confirmers,
    note: approveNote,
    stages: givenIn,
    input: reasoned,
    restsOn: decidedOn('substantiation'),
    decide: (decision, input) => approve(decision, 'substantiation', input),
  }),
  'record-finding-notice': command({
    title: 'Record that the notice of the finding was mailed, first class',
    inEmergency: 'refused',
    roles: deciders,
    note: 'You mail it yourself, to the person alleged to be responsible. A call or a talk does not replace the letter (C.G.S. 17a-101k(b)). First check the address: the child must not open the letter.',
    stages: givenIn,
    input: z.strictObject({
      personTold: freeText('familyNotices'),
      /** The address itself is not kept. The person who mails the letter compares it with where the child is. */
      childLivesThere: z.enum(answers),
      at: actInstant(),
      policeAgreed: policeAgreedInput(),
    }),
    restsOn: ({ response: { findingNotice } }) => findingNotice,
    decide(decision, { policeAgreed, ...input }) {
      const refusal = noFinding(decision.state()) ?? unsafeToMail(decision.state(), input.childLivesThere);
      if (refusal) return refusal;
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      const held = heldByPolice(decision, at, { policeAgreed, isStaff: true });
      if (held) return held;
      decision.add('finding-notified', { ...input, at, ...agreedByPolice(decision, policeAgreed) });
      markKept(decision, 'finding-notified', at);
      return undefined;
    },
  }),
  'ask-finding-safety': command({
    title: 'Ask counsel whether the notice of the finding is safe to mail',
    inEmergency: 'refused',
    roles: deciders,
    note: 'Ask before the fifth business day: the law writes no exception, and your question stops no clock.',
    stages: stillOwed,
    input: reasoned,
    decide(decision, input) {
      const state = decision.state();
      const refusal = noFinding(state);
      if (refusal) return refusal;
      if (openDeadlineOf(state, 'D37j')) return refuse('counsel-asked-already');
      decision.add('finding-safety-asked', input);
      openAgain(decision, 'D37j', { start: decision.context.now });
      return undefined;
    },
  }),
  'answer-finding-safety': command({
    title: 'Say whether the notice of the finding may be mailed',
    inEmergency: 'refused',
    roles: ['legal'],
    note: 'A no stops the letter and ends no duty. Where the law does not ask for it here, find that the duty does not apply.',
    stages: stillOwed,
    input: z.strictObject({ mayMail: z.enum(['yes', 'no']), reason: reasonText('familyNotices') }),
    restsOn: ({ response: { findingSafety } }) => findingSafety,
    decide(decision, input) {
      const state = decision.state();
      const refusal = noFinding(state);
      if (refusal) return refusal;
      if (state.response.findingSafety?.mayMail === input.mayMail) return refuse('nothing-to-confirm');
      decision.add('finding-safety-answered', input);
      markKept(decision, 'finding-safety-answered', decision.context.now);
      return undefined;
    },
  }),
};
