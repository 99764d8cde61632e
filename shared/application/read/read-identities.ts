/** Reads who the child is. Each read is recorded first, with its purpose. Where the record fails, nothing is read. */

import * as z from 'zod';
import { hasWords } from '../../domain/card/card-state.ts';
import { identityPurposes, type Proposed } from '../../domain/core/vocabulary.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import type { Referral } from '../../domain/referral.ts';
import type { Identities, KnownBy, Reporter } from '../../store/identities.ts';
import type { Ledger } from '../../store/ledger.ts';
import { isUnreadable } from '../../store/sealed-content.ts';
import { sidesOf } from '../access/on-behalf.ts';
import type { Purpose } from '../access/purposes.ts';
import { mayReadPart2, type Visitor } from '../access/visitor.ts';
import { fieldsFor } from '../input/identity-fields.ts';
import { textsOf } from './child-card.ts';
import { reporterNow } from './reporter-now.ts';
import { notesAmong, withheldNote } from './safe-contact.ts';

export const readPurpose = z.strictObject({
  purpose: z.enum(identityPurposes, { error: `Say what for: one of ${identityPurposes.join(', ')}.` }).meta({
    description:
      'What it is read for: it must fit the role of the caller, is recorded before the read, and administrators see it.',
    example: 'work-on-referral',
  }),
});
/** The purpose of a read of facts, which a person with a part in the referral need not say. */
export const factsPurpose = z.strictObject({
  purpose: readPurpose.shape.purpose.optional().meta({
    description:
      'What the facts about the child are read for. It must fit the role of the caller, and is recorded once a person and UTC day. People with a part in the referral need not say it; without one, all others get no facts.',
    example: 'quality-review',
  }),
});
/** The child's own words: when and how to call, who must not know, and who should be there. */
export interface CardWords {
  readonly goodTimes?: string | undefined;
  readonly mustNotKnow?: string | undefined;
  readonly supportPerson?: string | undefined;
}
export interface PlanWords {
  readonly lookFirst?: string | undefined;
  readonly callFirst?: string | undefined;
  readonly safeWords?: string | undefined;
}
export interface CourtWords {
  readonly hearing: string;
  readonly docket?: string | undefined;
  readonly notes: readonly string[];
}
export interface IdentityView {
  /** When and on which ground the identity was erased. Then no other field is here. */
  readonly erased?: { readonly at: string; readonly ground: string } | undefined;
  readonly childName?: string | undefined;
  readonly birthDate?: string | undefined;
  /** The child's own telephone, and numbers in older systems. */
  readonly phone?: string | undefined;
  readonly priorIds?: string | undefined;
  /** All notes on safe contact, a paragraph each: the referral's own first, then those of merged ones. */
  readonly safeContact?: string | undefined;
  /** What to do about a note that the reader may not see. */
  readonly safeContactWithheld?: string | undefined;
  /** Of each hearing that has any: its docket number, and the notes in their order. */
  readonly courtWords?: readonly CourtWords[] | undefined;
  /** The words of the plan for the next time the child is missing. */
  readonly recoveryPlan?: PlanWords | undefined;
  /** What workers must know before they go there. */
  readonly safetyWords?: string | undefined;
  /** The child's words on the card. */
  readonly cardWords?: CardWords | undefined;
  readonly narrative?: string | undefined;
  /** What the caller said of the place and the people, and what was added later: a paragraph each, oldest first. */
  readonly callNotes?: string | undefined;
  /** Fields with content that cannot be read: its key is lost, or it was changed. */
  readonly unreadable?: readonly string[] | undefined;
  /** Places that are no town of the policy, as reported. */
  readonly places?: string | undefined;
  readonly reporter?: Reporter | undefined;
  /** The reason of a proposed withdrawal, for the second person. */
  readonly withdrawalReason?: string | undefined;
  /** Those of the other proposals that wait for a second person. */
  readonly proposalReasons?: readonly { readonly proposal: OtherProposal; readonly reason: string }[] | undefined;
  /** The records kept apart, oldest first. They must not be passed on (42 CFR 2.32). */
  readonly part2Records?: readonly string[] | undefined;
}

type OtherProposal = Exclude<Proposed, 'withdrawal'>;

/** The texts of why each proposal was made, but for a withdrawal. */
function reasonsOf({ stage, proposals }: Referral): readonly (readonly [OtherProposal, string])[] {
  if (stage !== 'open') return [];
  const { lowering, downgrade, clearance, erasure } = proposals;
  return [
    ...(lowering ? [['lowering', lowering.reason] as const] : []),
    ...(downgrade ? [['downgrade', downgrade.rationale] as const] : []),
    ...(clearance ? [['clearance', clearance.reason] as const] : []),
    ...(erasure ? [['erasure', erasure.reason] as const] : []),
  ];
}

/**
 * `now` is a UTC instant. `others` are the referrals merged with this one (`countedWith`). Their notes on safe contact are read
 * too, and each read is recorded there. Undefined for a person who does not work with the child.
 */
export async function readIdentities(
  parts: {
    readonly ledger: Pick<Ledger, 'recordAccess'>;
    readonly identities: Pick<Identities, 'childName' | 'birthDate' | 'known' | 'text' | 'part2' | 'reporter'>;
    readonly now: string;
    readonly requestId?: string | undefined;
    /** Is told once of content that cannot be read. The error names no one. */
    readonly onUnreadable?: ((error: unknown) => void) | undefined;
  },
  visitor: Visitor,
  state: Referral,
  purpose: Purpose,
  others: readonly Referral[],
): Promise<IdentityView | undefined> {
  const { ledger, identities, now, requestId } = parts;
  // The person's own roles count where they show as much, else those of the person on leave.
  const sides = sidesOf(visitor).map((side) => ({ onBehalfOf: side.onBehalfOf, fields: fieldsFor(state, side) }));
  const { fields, onBehalfOf } = sides.reduce((most, side) => (side.fields.size > most.fields.size ? side : most));
  if (fields.size === 0) return undefined;
  if (state.identity.erased) {
    const { at, ground } = state.identity.erased;
    return { erased: { at, ground } };
  }
  const withPart2 = state.services.part2Records.length > 0 && mayReadPart2(state, visitor);
  const notes = notesAmong(fields.has('safeContact') ? others : [], [visitor.id, onBehalfOf ?? visitor.id]);
  const frame = {
    now,
    actor: { kind: 'person', id: visitor.id },
    onBehalfOf,
    cause: {
      kind: 'command',
      name: 'read-identities',
      id: state.id,
      purpose,
      ...whereKnown({ requestId }),
    },
  } as const;
  await Promise.all([
    ledger.recordAccess(state.id, frame, [...fields, ...(withPart2 ? ['part2Records'] : [])]),
    ...notes.readable.map((other) => ledger.recordAccess(other.id, frame, ['safeContact'])),
  ]);
  const text = (id: string | undefined, of = state.id) => (id === undefined ? undefined : identities.text(of, id));
  const unreadable = new Set<string>();
  /** One part that cannot be read does not hide the others. */
  async function readable<Content>(field: string, read: Promise<Content> | undefined): Promise<Content | undefined> {
    try {
      return await read;
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      if (unreadable.size === 0) parts.onUnreadable?.(error);
      unreadable.add(field);
      return undefined;
    }
  }
  const { safeContact, narrative, places } = state.report.texts;
  const withdrawal = state.stage === 'open' ? state.proposals.withdrawal?.reason : undefined;
  const allowed = <Content>(field: Parameters<typeof fields.has>[0], read: () => Promise<Content> | undefined) =>
    fields.has(field) ? readable(field, read()) : undefined;
  const none: KnownBy = {};
  const {
    identity: { corrections = {} },
  } = state;
  const [childName, birthDate, byPhone, byIds, safeContactText, placesText, narrativeText, reporter, withdrawalReason] =
    await Promise.all([
      allowed('childName', () => identities.childName(state.id, corrections.childName)),
      allowed('birthDate', () => identities.birthDate(state.id, state.identity.birthCorrectedBy)),
      allowed('knownBy', () => identities.known(state.id, corrections.phone)),
      corrections.priorIds === corrections.phone
        ? undefined
        : allowed('knownBy', () => identities.known(state.id, corrections.priorIds)),
      allowed('safeContact', () => text(safeContact)),
      allowed('places', () => text(places)),
      allowed('narrative', () => text(narrative)),
      allowed('reporter', () => reporterNow(identities, state.id, corrections)),
      allowed('withdrawalReason', () => text(withdrawal)),
    ]);
  const { phone } = byPhone ?? none;
  const { priorIds } = (corrections.priorIds === corrections.phone ? byPhone : byIds) ?? none;
  const noted = await Promise.all(
    notes.readable.map((other) => readable('safeContact', text(other.report.texts.safeContact, other.id))),
  );
  const told = await Promise.all(
    fields.has('callNotes') ? (state.report.notes ?? []).map((id) => readable('callNotes', text(id))) : [],
  );
  const cardTexts = fields.has('cardWords') ? textsOf(state) : {};
  const [goodTimes, mustNotKnow, supportPerson] = await Promise.all(
    [cardTexts.goodTimes, cardTexts.mustNotKnow, cardTexts.supportPerson].map((id) => readable('cardWords', text(id))),
  );
  const plan = fields.has('recoveryPlan') ? state.recovery?.plan?.texts : undefined;
  const [lookFirst, callFirst, safeWords] = await Promise.all(
    [plan?.lookFirst, plan?.callFirst, plan?.safeWords].map((id) => readable('recoveryPlan', text(id))),
  );
  const safetyWords = await allowed('safetyWords', () => text(state.visits?.safetyWords));
  const ofCourt = fields.has('courtWords')
    ? (state.hearings ?? []).filter(({ docket, notes: noted }) => docket !== undefined || noted.length > 0)
    : [];
  const reasons = await Promise.all(
    (fields.has('proposalReasons') ? reasonsOf(state) : []).map(async ([proposal, id]) => ({
      proposal,
      reason: await readable('proposalReasons', text(id)),
    })),
  );
  const proposalReasons = reasons.flatMap(({ proposal, reason }) => (reason === undefined ? [] : { proposal, reason }));
  const courtWords = await Promise.all(
    ofCourt.map(async ({ id: hearing, docket, notes: noted }): Promise<CourtWords> => {
      const [number, ...all] = await Promise.all([docket, ...noted].map((each) => readable('courtWords', text(each))));
      return { hearing, ...whereKnown({ docket: number }), notes: all.filter((each) => each !== undefined) };
    }),
  );
  const callNotes = told.filter((note) => note !== undefined).join('\n\n');
  const safeContactTexts = [safeContactText, ...noted].filter((note) => note !== undefined);
  const part2 = await Promise.all(
    withPart2 ? state.services.part2Records.map((id) => readable('part2Records', identities.part2(state.id, id))) : [],
  );
  return {
    ...(withPart2 && { part2Records: part2.filter((record) => record !== undefined) }),
    childName,
    birthDate,
    phone,
    priorIds,
    safeContact: safeContactTexts.length > 0 ? safeContactTexts.join('\n\n') : undefined,
    ...(unreadable.size > 0 && { unreadable: [...unreadable].toSorted() }),
    ...(notes.isWithheld && { safeContactWithheld: withheldNote }),
    ...(hasWords({ texts: cardTexts }) && { cardWords: whereKnown({ goodTimes, mustNotKnow, supportPerson }) }),
    ...(plan && { recoveryPlan: whereKnown({ lookFirst, callFirst, safeWords }) }),
    ...whereKnown({ safetyWords }),
    ...(courtWords.length > 0 && { courtWords }),
    places: placesText,
    narrative: narrativeText,
    ...(callNotes !== '' && { callNotes }),
    reporter,
    withdrawalReason,
    ...(proposalReasons.length > 0 && { proposalReasons }),
  };
}
