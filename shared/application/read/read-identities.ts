/** Reads who the child is. Each read is recorded first, with its purpose. Where the record fails, nothing is read. */

import * as z from 'zod';
import { hasWords } from '../../domain/card/card-state.ts';
import type { IdentityPart } from '../../domain/core/identity-parts.ts';
import { identityPurposes, type Proposed } from '../../domain/core/vocabulary.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { noteOf } from '../../domain/intake/call-answers.ts';
import type { CallNote } from '../../domain/intake/intake-state.ts';
import type { Referral } from '../../domain/referral.ts';
import { placesOf, presentPlace, stayField } from '../../domain/whereabouts/moves.ts';
import { labelOf } from '../../domain/words/field-words.ts';
import { type IdentityField, identityFields } from '../../policy/identity-fields.ts';
import type { Identities, KnownBy, Reporter } from '../../store/identities.ts';
import type { Ledger } from '../../store/ledger.ts';
import { isUnreadable, named, namedAmong } from '../../store/sealed-content.ts';
import { sidesOf } from '../access/on-behalf.ts';
import type { Purpose } from '../access/purposes.ts';
import { mayReadPart2, type Visitor } from '../access/visitor.ts';
import { fieldsFor } from '../input/readable-fields.ts';
import { textsOf } from './child-card.ts';
import { once } from './once.ts';
import { reporterNow } from './reporter-now.ts';
import { notesAmong, openTo, withheldNote } from './safe-contact.ts';
import { type ReadText, textsFor, type WrittenText } from './written-texts.ts';

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
/**
 * Where the child was from `at` on, a UTC instant, in words. `of` and `number`: the referral that told it, and its place among all
 * there, from 0.
 */
export interface StayWords {
  readonly of: string;
  readonly number: number;
  readonly at: string;
  readonly whereExactly?: string | undefined;
  readonly withWhom?: string | undefined;
}
/** What the report said of who the child is, of the parts that were corrected since. `birthDate`: `YYYY-MM-DD`. */
export interface ReportedParts {
  readonly childName?: string | undefined;
  readonly birthDate?: string | undefined;
  readonly phone?: string | undefined;
  readonly priorIds?: string | undefined;
}
/** What was said at one time of the place and the people. `at` is a UTC instant. */
export interface CallWords {
  readonly at: string;
  readonly words: string;
}
export interface IdentityView {
  /** When and on which ground the identity was erased. Then no other field is here. */
  readonly erased?: { readonly at: string; readonly ground: string } | undefined;
  readonly childName?: string | undefined;
  readonly birthDate?: string | undefined;
  /** The child's own telephone, and numbers in older systems. */
  readonly phone?: string | undefined;
  readonly priorIds?: string | undefined;
  /** Words that were replaced can be read again. */
  readonly asReported?: ReportedParts | undefined;
  /** All notes on safe contact, a paragraph each: the referral's own first, then those of merged ones. */
  readonly safeContact?: string | undefined;
  /** The referral's own note, where merged ones have notes as well. Empty where it has none. */
  readonly safeContactHere?: string | undefined;
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
  /** What the caller said of the place and the people, and what was added later, oldest first. */
  readonly callNotes?: readonly CallWords[] | undefined;
  /**
   * Where the child was and is, of the places that this reader may read, the latest last. Of merged referrals the present place
   * alone.
   */
  readonly whereabouts?: readonly StayWords[] | undefined;
  /** The number of a child who called, and what the caller said that workers must know. */
  readonly childsNumber?: string | undefined;
  readonly callersWarning?: string | undefined;
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
  /** Of the texts asked for, those that the reader may read, in the order of their acts. */
  readonly texts?: readonly ReadText[] | undefined;
}

/** What to read: who the child is, and which texts that people wrote in their acts. */
export interface Asked {
  readonly who: boolean;
  readonly texts: readonly WrittenText[];
}

type OtherProposal = Exclude<Proposed, 'withdrawal'>;

/** The texts of why each proposal was made, but for a withdrawal. An erasure is proposed for an ended referral. */
function reasonsOf({
  stage,
  proposals,
}: Referral): readonly (readonly [OtherProposal, string, order?: string | undefined])[] {
  const { lowering, downgrade, clearance, erasure } = proposals;
  const ofOpen = [
    ...(lowering ? [['lowering', lowering.reason] as const] : []),
    ...(downgrade ? [['downgrade', downgrade.rationale] as const] : []),
    ...(clearance ? [['clearance', clearance.reason] as const] : []),
  ];
  return [
    ...(stage === 'open' ? ofOpen : []),
    ...(erasure ? [['erasure', erasure.reason, erasure.orderReference] as const] : []),
  ];
}

const reporterParts = {
  name: 'reporterName',
  phone: 'reporterPhone',
  email: 'reporterEmail',
  relation: 'reporterRelation',
  safeNumber: 'safeNumber',
} as const satisfies Record<keyof Reporter, IdentityPart>;

const whoItIs: Asked = { who: true, texts: [] };

/**
 * `now` is a UTC instant. `others` are the referrals merged with this one (`countedWith`). Their notes on safe contact are read
 * too, and their place of the child where it is newer. Each read is recorded there. All that is read here is one record. Undefined
 * for a person who does not work with the child.
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
  asked: Asked = whoItIs,
): Promise<IdentityView | undefined> {
  const { ledger, identities, now, requestId } = parts;
  // The person's own roles count where they show as much, else those of the person on leave.
  const sides = sidesOf(visitor).map((side) => ({ side, onBehalfOf: side.onBehalfOf, all: fieldsFor(state, side) }));
  const { side, all, onBehalfOf } = sides.reduce((most, each) => (each.all.size > most.all.size ? each : most));
  if (all.size === 0) return undefined;
  const fields: ReadonlySet<IdentityField> = new Set(asked.who ? identityFields.filter((each) => all.has(each)) : []);
  if (state.identity.erased) {
    const { at, ground } = state.identity.erased;
    return { erased: { at, ground } };
  }
  const written = textsFor(state, side, asked.texts);
  const withPart2 = asked.who && state.services.part2Records.length > 0 && mayReadPart2(state, visitor);
  const recorded = new Set([...fields, ...(withPart2 ? ['part2Records'] : []), ...written.map(({ kind }) => kind)]);
  if (recorded.size === 0) return {};
  const reader = { id: visitor.id, onBehalfOf };
  const notes = notesAmong(reader, fields.has('safeContact') ? others : []);
  const { now: placedNow, last: placedLast } = presentPlace(state, openTo(reader, others));
  const toldElsewhere = [placedLast, placedNow].flatMap((place) => (place && place.of !== state.id ? place : []));
  const placed = [...placesOf(state), ...toldElsewhere].filter(({ stay }) => fields.has(stayField(stay)));
  const readElsewhere = Map.groupBy(
    [
      ...notes.readable.map(({ id }) => ({ of: id, field: 'safeContact' })),
      ...placed.flatMap(({ of, stay }) => (of === state.id ? [] : { of, field: stayField(stay) })),
    ],
    ({ of }) => of,
  );
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
    ledger.recordAccess(state.id, frame, [...recorded]),
    ...Array.from(readElsewhere, ([other, read]) =>
      ledger.recordAccess(other, frame, [...new Set(read.map(({ field }) => field))]),
    ),
  ]);
  const text = (id: string | undefined, of = state.id) =>
    id === undefined ? undefined : named(identities.text(of, id));
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
    identity: { corrections = {}, given = [] },
  } = state;
  const isOneRow = corrections.priorIds === corrections.phone;
  const isGiven = (part: IdentityPart) => given.includes(part);
  /** The ledger says that the vault has these members. Without one of them, none is told as if it were unknown. */
  const whole = async <Content extends object>(
    read: Promise<Content | undefined>,
    members: Readonly<Partial<Record<keyof Content, IdentityPart>>>,
  ) => {
    const content = await read;
    const asked = Object.keys(members) as (keyof Content)[];
    const lacks = asked.some((member) => {
      const part = members[member];
      return part !== undefined && isGiven(part) && content?.[member] === undefined;
    });
    return lacks ? named(Promise.resolve(undefined)) : content;
  };
  const part = namedAmong<IdentityPart>(given);
  // Two parts may stand in one row, and the row of the report may still hold the other one.
  const known = once((correctedBy: string | undefined) => identities.known(state.id, correctedBy));
  const [childName, birthDate, byPhone, byIds, safeContactText, placesText, narrativeText, reporter, withdrawalReason] =
    await Promise.all([
      allowed('childName', () => part('childName', identities.childName(state.id, corrections.childName))),
      allowed('birthDate', () => part('birthDate', identities.birthDate(state.id, state.identity.birthCorrectedBy))),
      allowed('knownBy', () =>
        whole(known(corrections.phone), {
          phone: 'phone',
          ...(isOneRow && { priorIds: 'priorIds' }),
        }),
      ),
      isOneRow ? undefined : allowed('knownBy', () => whole(known(corrections.priorIds), { priorIds: 'priorIds' })),
      allowed('safeContact', () => text(safeContact)),
      allowed('places', () => text(places)),
      allowed('narrative', () => text(narrative)),
      allowed('reporter', () => whole(reporterNow(identities, state.id, corrections), reporterParts)),
      allowed('withdrawalReason', () => text(withdrawal)),
    ]);
  const { phone } = byPhone ?? none;
  const { priorIds } = (isOneRow ? byPhone : byIds) ?? none;
  const { birthCorrectedBy } = state.identity;
  const wasKnown = corrections.phone !== undefined || corrections.priorIds !== undefined;
  const [firstName, firstBirthDate, firstKnown] = await Promise.all([
    corrections.childName === undefined ? undefined : allowed('childName', () => identities.childName(state.id)),
    birthCorrectedBy === undefined ? undefined : allowed('birthDate', () => identities.birthDate(state.id, undefined)),
    wasKnown ? allowed('knownBy', () => known(undefined)) : undefined,
  ]);
  const asReported = whereKnown({
    childName: firstName,
    birthDate: firstBirthDate,
    phone: corrections.phone === undefined ? undefined : firstKnown?.phone,
    priorIds: corrections.priorIds === undefined ? undefined : firstKnown?.priorIds,
  });
  const noted = await Promise.all(
    notes.readable.map((other) => readable('safeContact', text(other.report.texts.safeContact, other.id))),
  );
  const said = async ({ at, ...ids }: CallNote) => {
    const { notes, ...own } = Object.fromEntries(
      await Promise.all(
        Object.entries(ids).map(async ([field, id]) => [field, await readable('callNotes', text(id))] as const),
      ),
    );
    return { at, own, words: [noteOf(own, labelOf), notes].filter(Boolean).join('\n') };
  };
  const told = await Promise.all(fields.has('callNotes') ? (state.report.notes ?? []).map(said) : []);
  const whereabouts = await Promise.all(
    placed.map(async ({ of, number, stay }): Promise<StayWords> => {
      const [whereExactly, withWhom] = await Promise.all(
        [stay.whereExactly, stay.withWhom].map((id) => readable(stayField(stay), text(id, of))),
      );
      return { of, number, at: stay.at, ...whereKnown({ whereExactly, withWhom }) };
    }),
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
    (fields.has('proposalReasons') ? reasonsOf(state) : []).map(async ([proposal, id, order]) => {
      const [reason, reference] = await Promise.all([id, order].map((each) => readable('proposalReasons', text(each))));
      return { proposal, reason: reason && reference ? `${reason}\n\nOrder: ${reference}` : reason };
    }),
  );
  const proposalReasons = reasons.flatMap(({ proposal, reason }) => (reason === undefined ? [] : { proposal, reason }));
  const courtWords = await Promise.all(
    ofCourt.map(async ({ id: hearing, docket, notes: noted }): Promise<CourtWords> => {
      const [number, ...all] = await Promise.all([docket, ...noted].map((each) => readable('courtWords', text(each))));
      return { hearing, ...whereKnown({ docket: number }), notes: all.filter((each) => each !== undefined) };
    }),
  );
  const callNotes = told.flatMap(({ at, words }) => (words === '' ? [] : [{ at, words }]));
  const lastOwn = (field: 'childsNumber' | 'workerSafety') =>
    told.findLast(({ own }) => own[field] !== undefined)?.own[field];
  const safeContactTexts = [safeContactText, ...noted].filter((note) => note !== undefined);
  const part2 = await Promise.all(
    withPart2
      ? state.services.part2Records.map((id) => readable('part2Records', named(identities.part2(state.id, id))))
      : [],
  );
  const texts = await Promise.all(
    written.map(async (each): Promise<ReadText> => {
      const { kind, id } = each;
      const read = kind === 'part2Records' ? identities.part2(state.id, id) : identities.text(state.id, id);
      const words = await readable('texts', named(read));
      return { ...each, ...whereKnown({ words }) };
    }),
  );
  return {
    ...(asked.texts.length > 0 && { texts }),
    ...(withPart2 && { part2Records: part2.filter((record) => record !== undefined) }),
    childName,
    birthDate,
    phone,
    priorIds,
    ...(Object.keys(asReported).length > 0 && { asReported }),
    safeContact: safeContactTexts.length > 0 ? safeContactTexts.join('\n\n') : undefined,
    ...(unreadable.size > 0 && { unreadable: [...unreadable].toSorted() }),
    ...(notes.readable.length > 0 && { safeContactHere: safeContactText ?? '' }),
    ...(notes.isWithheld && { safeContactWithheld: withheldNote }),
    ...(hasWords({ texts: cardTexts }) && { cardWords: whereKnown({ goodTimes, mustNotKnow, supportPerson }) }),
    ...(plan && { recoveryPlan: whereKnown({ lookFirst, callFirst, safeWords }) }),
    ...whereKnown({ safetyWords }),
    ...(courtWords.length > 0 && { courtWords }),
    places: placesText,
    narrative: narrativeText,
    ...(callNotes.length > 0 && { callNotes }),
    ...(whereabouts.length > 0 && { whereabouts }),
    ...whereKnown({ childsNumber: lastOwn('childsNumber'), callersWarning: lastOwn('workerSafety') }),
    reporter,
    withdrawalReason,
    ...(proposalReasons.length > 0 && { proposalReasons }),
  };
}
