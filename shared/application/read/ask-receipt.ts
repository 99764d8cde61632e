/**
 * Answers a mandated reporter who calls the Careline with a receipt number: one category, and nothing else. Each question is recorded
 * first. A restricted referral and a number that was never given have the same answer, at a boundary of time.
 */
import * as z from 'zod';
import { readReference } from '../../domain/core/ids.ts';
import type { receiptAnswers } from '../../domain/core/vocabulary.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import type { Referral } from '../../domain/referral.ts';
import type { Ledger, ReferralRead } from '../../store/ledger.ts';
import { unlessDamaged } from '../../store/reading-room.ts';
import { principalFor } from '../access/on-behalf.ts';
import { isClosedTo, isOneOf, reporters, type Visitor } from '../access/visitor.ts';
import type { Problem } from '../input/problems.ts';
import { readInput } from '../input/read-input.ts';
import { referralOfReceipt } from '../matching/receipts.ts';
import type { Digests } from '../matching/secret.ts';
import type { Evenly } from './evenly.ts';
import { searchesOn } from './search.ts';

/** Who answers the telephone of the Careline. */
export const receiptReaders = reporters;

const looksLike = 'A receipt looks like RC-4K7QX-M2D8A1. Read it back: one of its characters is wrong.';

export const receiptInput = z.strictObject({
  receipt: z
    .string()
    .max(40, looksLike)
    .transform((typed) => readReference('RC', typed) ?? '')
    .refine((receipt) => receipt !== '', looksLike)
    .meta({ description: 'The number that the reporter reads out.', example: 'RC-4K7QX-M2D8A1' }),
});

export interface ReceiptParts {
  readonly ledger: Pick<Ledger, 'referral' | 'recordAccess'>;
  readonly digests: Digests;
  readonly evenly: Evenly;
  /** Whether counsel agreed that reporters may ask. A setting of the deployment. */
  readonly receiptAsks?: boolean | undefined;
  /** UTC instant. */
  readonly now: string;
  readonly requestId?: string | undefined;
}

/** What was asked, as a keyed digest. Who holds the key can find each question for a receipt. */
export const askedReceipt = (receipt: string, { hex }: Pick<Digests, 'hex'>): readonly string[] => [
  'receipt',
  `receipt:${hex('asked receipt', receipt).slice(0, 32)}`,
];

type ReceiptCategory = (typeof receiptAnswers)[number];
export type ReceiptAnswer =
  | { readonly kind: 'answered'; readonly category: ReceiptCategory }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'off' };

const acceptedTracks: readonly string[] = ['investigation', 'assessment'];

/** How far one child's referral is: by what was decided, else by whether work has begun. */
function categoryOf({ state: { stage, screening }, commits }: ReferralRead): ReceiptCategory {
  const events = commits.flatMap((commit) => commit.events);
  const classified = events.findLast((event) => event.type === 'report-classified');
  if (classified && acceptedTracks.includes(classified.track)) return 'report-accepted';
  if (classified || stage === 'closed' || stage === 'withdrawn') return 'report-not-accepted';
  const isBegun =
    screening.list.length > 0 || stage === 'merged' || events.some(({ type }) => type === 'response-started');
  return isBegun ? 'report-looked-at' : 'report-received';
}

/** Of several children the first that applies is the answer for the report. */
const inOrder = ['report-accepted', 'report-looked-at', 'report-received', 'report-not-accepted'] as const;

/** Whether anything may be said of it: by a mandated reporter, restricted to no one, and open to this reader. */
const isSaid = (state: Referral, visitor: Visitor): boolean =>
  state.report.facts.mandated === 'yes' &&
  state.access.seal === undefined &&
  state.identity.erased === undefined &&
  !isClosedTo(state, visitor);

/** One category of the report with this receipt. Nothing is mailed, and nothing else is told. */
export async function askReceipt(parts: ReceiptParts, visitor: Visitor, input: unknown): Promise<ReceiptAnswer> {
  if (!isOneOf(visitor, receiptReaders)) return { kind: 'forbidden' };
  if (parts.receiptAsks !== true) return { kind: 'off' };
  const parsed = readInput(receiptInput, input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  return parts.evenly(() => answer(parts, visitor, parsed.data.receipt));
}

async function answer(
  { ledger, digests, now, requestId }: ReceiptParts,
  visitor: Visitor,
  receipt: string,
): Promise<ReceiptAnswer> {
  const frame = (id: string) => ({
    now,
    actor: { kind: 'person', id: visitor.id } as const,
    onBehalfOf: principalFor(visitor, receiptReaders),
    cause: { kind: 'command', name: 'ask-receipt', id, ...whereKnown({ requestId }) } as const,
  });
  const day = searchesOn(now);
  await ledger.recordAccess(day, frame(day), askedReceipt(receipt, digests));
  const nothing = { kind: 'answered', category: 'cannot-say-more' } as const;
  const id = referralOfReceipt(receipt, digests) ?? '';
  const read = (of: string) => unlessDamaged(ledger.referral(of), undefined);
  const first = await read(id);
  const others = await Promise.all((first?.state.report.siblings ?? []).map(read));
  const all = [first, ...others];
  if (!all.every((each) => each !== undefined && isSaid(each.state, visitor))) return nothing;
  const reports = all.filter((each) => each !== undefined);
  await Promise.all(reports.map(({ state }) => ledger.recordAccess(state.id, frame(state.id), ['outcomeCategory'])));
  const categories = reports.map(categoryOf);
  return { kind: 'answered', category: inOrder.find((each) => categories.includes(each)) ?? 'cannot-say-more' };
}
