/** Reads who the child is. Each read is written down first, with its purpose, and where it cannot be written down it does not happen. */
import * as z from 'zod';
import { identityPurposes } from '../../domain/core/vocabulary.ts';
import type { Referral } from '../../domain/referral.ts';
import type { Identities, KnownBy, Reporter } from '../../store/identities.ts';
import type { Ledger } from '../../store/ledger.ts';
import { sidesOf } from '../access/on-behalf.ts';
import { mayReadApart, type Visitor } from '../access/visitor.ts';
import { fieldsFor } from '../input/identity-fields.ts';
import { reporterNow } from './reporter-now.ts';
import { notesAmong, withheldNote } from './safe-contact.ts';

export const readPurpose = z.strictObject({
  purpose: z.enum(identityPurposes, { error: `Say what for: one of ${identityPurposes.join(', ')}.` }),
});
export type Purpose = z.infer<typeof readPurpose>['purpose'];

export interface IdentityView {
  /** When and on which ground who the child is was erased: then there is nothing else here. */
  readonly erased?: { readonly at: string; readonly ground: string } | undefined;
  readonly childName?: string | undefined;
  readonly birthDate?: string | undefined;
  /** A telephone of the child's own, and references of older records. */
  readonly phone?: string | undefined;
  readonly priorIds?: string | undefined;
  /** Every note that counts, a paragraph each: the referral's own first, then those of what is attached. */
  readonly safeContact?: string | undefined;
  /** What to do where there is a note that is not shown. */
  readonly safeContactWithheld?: string | undefined;
  readonly narrative?: string | undefined;
  /** Places outside the policy's towns, as they were reported. */
  readonly places?: string | undefined;
  readonly reporter?: Reporter | undefined;
  /** Why a withdrawal is proposed, for the second person. */
  readonly withdrawalReason?: string | undefined;
  /** The records that stand apart, oldest first. They must not be told on (42 CFR 2.32). */
  readonly apartRecords?: readonly string[] | undefined;
}

/**
 * `now` is a UTC instant; `others` are the referrals that count as one with it (`countedWith`), whose notes on safe contact are read as
 * well, and each such read is in that referral's record. Undefined for somebody who works with the referral but not with the child.
 */
export async function readIdentities(
  parts: {
    readonly ledger: Pick<Ledger, 'recordAccess'>;
    readonly identities: Pick<Identities, 'childName' | 'birthDate' | 'known' | 'text' | 'apart' | 'reporter'>;
    readonly now: string;
    readonly requestId?: string | undefined;
  },
  visitor: Visitor,
  state: Referral,
  purpose: Purpose,
  others: readonly Referral[],
): Promise<IdentityView | undefined> {
  const { ledger, identities, now, requestId } = parts;
  // In their own right where that shows as much, else on behalf of whoever handed it to them.
  const sides = sidesOf(visitor).map((side) => ({ onBehalfOf: side.onBehalfOf, fields: fieldsFor(state, side) }));
  const { fields, onBehalfOf } = sides.reduce((most, side) => (side.fields.size > most.fields.size ? side : most));
  if (fields.size === 0) return undefined;
  if (state.erased) {
    const { at, ground } = state.erased;
    return { erased: { at, ground } };
  }
  const withApart = state.apartRecords.length > 0 && mayReadApart(state, visitor);
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
      ...(requestId !== undefined && { requestId }),
    },
  } as const;
  await Promise.all([
    ledger.recordAccess(state.id, frame, [...fields, ...(withApart ? ['apartRecords'] : [])]),
    ...notes.readable.map((other) => ledger.recordAccess(other.id, frame, ['safeContact'])),
  ]);
  const text = (id: string | undefined, of = state.id) => (id === undefined ? undefined : identities.text(of, id));
  const { safeContact, narrative, places } = state.texts;
  const withdrawal = state.stage === 'open' ? state.withdrawal?.reason : undefined;
  const allowed = <Content>(field: Parameters<typeof fields.has>[0], read: () => Promise<Content> | undefined) =>
    fields.has(field) ? read() : undefined;
  const none: KnownBy = {};
  const { corrections = {} } = state;
  const [childName, birthDate, byPhone, byIds, safeContactText, placesText, narrativeText, reporter, withdrawalReason] =
    await Promise.all([
      allowed('childName', () => identities.childName(state.id, corrections.childName)),
      allowed('birthDate', () => identities.birthDate(state.id, state.birthCorrectedBy)),
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
  const noted = await Promise.all(notes.readable.map((other) => text(other.texts.safeContact, other.id)));
  const safeContactTexts = [safeContactText, ...noted].filter((note) => note !== undefined);
  const apart = await Promise.all(withApart ? state.apartRecords.map((id) => identities.apart(state.id, id)) : []);
  return {
    ...(withApart && { apartRecords: apart.filter((record) => record !== undefined) }),
    childName,
    birthDate,
    phone,
    priorIds,
    safeContact: safeContactTexts.length > 0 ? safeContactTexts.join('\n\n') : undefined,
    ...(notes.isWithheld && { safeContactWithheld: withheldNote }),
    places: placesText,
    narrative: narrativeText,
    reporter,
    withdrawalReason,
  };
}
