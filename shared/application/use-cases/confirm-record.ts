/** Shows what is in doubt of a record. A supervisor's word lets people change it again. */
import * as z from 'zod';
import { emergencyAccessOf } from '../../domain/access/emergency-access.ts';
import { isReference } from '../../domain/core/ids.ts';
import { isRefusal, type Refusal } from '../../domain/core/refusal.ts';
import { confirmGrounds, type Role } from '../../domain/core/vocabulary.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { confirmers } from '../../domain/doubts/doubts.ts';
import type { Ledger } from '../../store/ledger.ts';
import { keyedFrame, personFrame, type Submission } from '../access/person-frame.ts';
import { auditors, isOneOf, mayRead, ownOf, seesWhole, type Visitor, within } from '../access/visitor.ts';
import type { Problem } from '../input/problems.ts';
import { readInput } from '../input/read-input.ts';

export interface RecordParts {
  readonly ledger: Pick<Ledger, 'referral' | 'lookAtDoubt' | 'unprovedIn' | 'confirmRecord'>;
  /** UTC instant. */
  readonly now: string;
  readonly requestId?: string | undefined;
}

/** A record: the reference of a referral, or a kind of chain with an id, such as `provider.PV-1`. */
export const recordPattern = /^(CR-[0-9A-Z]{5}-[0-9A-Z]{6}|[a-z]{3,12}[.][A-Za-z0-9.-]{1,60})$/;

export const confirmInput = z.strictObject({
  /** What was in doubt when the person looked, as the record was read. */
  seen: z.string().min(1, 'Read the record first, and send its "seen".').max(20_000),
  ground: z.enum(confirmGrounds),
});

const recordReaders: readonly Role[] = [...confirmers, ...auditors];

/** What people who may look see of a record. It has nothing of the case. */
export interface RecordDoubt {
  readonly record: string;
  readonly inDoubt: boolean;
  readonly found: readonly {
    readonly chain: string;
    readonly cause: string;
    readonly place?: number;
    readonly at: string;
  }[];
  /** Stored entries that no right code proves, of the chains in doubt: where, when and of which types. */
  readonly unproved: readonly {
    readonly chain: string;
    readonly place: number;
    readonly at: string;
    readonly types: readonly string[];
  }[];
  readonly words: readonly { readonly ground: string; readonly by: string; readonly at: string }[];
  /** Confirms exactly what was found. Empty where there is nothing that this person may confirm. */
  readonly seen: string;
  readonly mayConfirm: boolean;
}

interface Rights {
  readonly mayConfirm: boolean;
  /** Whether this person sees what was found. Members and providers learn only that the record is in doubt. */
  readonly seesFound: boolean;
}

/** What this person may do with the record. A referral that they may not read does not exist for them. */
async function rightsIn({ ledger, now }: RecordParts, visitor: Visitor, record: string): Promise<Rights | undefined> {
  if (!recordPattern.test(record)) return undefined;
  // A delegate does not give this word.
  const own = ownOf({ ...visitor, at: now });
  if (!record.startsWith('CR-'))
    return isOneOf(own, recordReaders) ? { mayConfirm: isOneOf(own, confirmers), seesFound: true } : undefined;
  if (!isReference('CR', record)) return undefined;
  const referral = await ledger.referral(record).catch(() => 'damaged' as const);
  // Of a referral that cannot be read, no seal is known. Only administrators and auditors learn of it, from their mail.
  if (referral === 'damaged') return isOneOf(own, auditors) ? { mayConfirm: false, seesFound: true } : undefined;
  if (!referral || !mayRead(referral.state, own)) return undefined;
  // Emergency access is for the child now, and this is not.
  const isGuest = emergencyAccessOf(referral.state, visitor.id, now) !== undefined;
  return {
    mayConfirm: !isGuest && isOneOf(within(referral.state, own), confirmers),
    seesFound: seesWhole(referral.state, own),
  };
}

/** Undefined where there is no such record for this person. */
export async function readRecord(
  parts: RecordParts,
  visitor: Visitor,
  record: string,
): Promise<RecordDoubt | undefined> {
  const rights = await rightsIn(parts, visitor, record);
  if (!rights) return undefined;
  const { mayConfirm, seesFound } = rights;
  const { doubt, seen } = await parts.ledger.lookAtDoubt(record);
  const found = doubt.open.map(({ chain, cause, place, at }) => ({ chain, cause, ...whereKnown({ place }), at }));
  const chains = [...new Set(doubt.open.map(({ chain }) => chain))];
  return {
    record,
    inDoubt: doubt.open.length > 0,
    found: seesFound ? found : [],
    unproved: seesFound ? await parts.ledger.unprovedIn(chains) : [],
    words: seesFound ? doubt.words.map(({ ground, by, at }) => ({ ground, by, at })) : [],
    seen: mayConfirm ? seen : '',
    mayConfirm,
  };
}

export type ConfirmAnswer =
  | { readonly kind: 'done'; readonly record: RecordDoubt }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal<'not-in-doubt' | 'record-moved' | 'id-reused'> };

/** Records the word of this supervisor about exactly what they saw. What is changed later is in doubt anew. */
export async function confirmRecord(
  parts: RecordParts,
  visitor: Visitor,
  record: string,
  input: unknown,
  submission?: Submission,
): Promise<ConfirmAnswer> {
  const rights = await rightsIn(parts, visitor, record);
  if (!rights) return { kind: 'unknown' };
  if (!rights.mayConfirm) return { kind: 'forbidden' };
  const parsed = readInput(confirmInput, input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const plain = personFrame(parts, visitor, 'confirm-record', `${record}.${Date.parse(parts.now)}`);
  const frame = submission ? keyedFrame(plain, record, parsed.data, submission) : plain;
  const after = await parts.ledger.confirmRecord(record, frame, parsed.data);
  if (isRefusal(after)) return { kind: 'refused', refusal: after };
  const shown = await readRecord(parts, visitor, record);
  return shown ? { kind: 'done', record: shown } : { kind: 'unknown' };
}
