/**
 * Finds a referral by the receipt that a mandated reporter wrote on the paper form (DCF-136). It is recorded first, and answered at a
 * boundary of time. A wrong number has the same answer as a referral that is closed to the reader.
 */
import { staff } from '../../domain/core/role-groups.ts';
import type { Referral } from '../../domain/referral.ts';
import { unlessDamaged } from '../../store/reading-room.ts';
import { personFrame } from '../access/person-frame.ts';
import { isOneOf, mayRead, type Visitor } from '../access/visitor.ts';
import type { Problem } from '../input/problems.ts';
import { readInput } from '../input/read-input.ts';
import { referralOfReceipt } from '../matching/receipts.ts';
import { askedReceipt, type ReceiptParts, receiptInput } from './ask-receipt.ts';
import { searchesOn } from './search.ts';

/** The written report comes to the Careline or to an area office. */
export const receiptFinders = staff;

export type FoundByReceipt =
  | { readonly kind: 'found'; readonly referralIds: readonly string[] }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'forbidden' };

/** The referrals of the report with this receipt that the visitor may read, the first child first. Empty where there is none. */
export async function findByReceipt(parts: ReceiptParts, visitor: Visitor, input: unknown): Promise<FoundByReceipt> {
  if (!isOneOf(visitor, receiptFinders)) return { kind: 'forbidden' };
  const parsed = readInput(receiptInput, input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  return parts.evenly(() => find(parts, visitor, parsed.data.receipt));
}

async function find(parts: ReceiptParts, visitor: Visitor, receipt: string): Promise<FoundByReceipt> {
  const { ledger, digests, now } = parts;
  const record = (of: string, read: readonly string[]) =>
    ledger.recordAccess(of, personFrame(parts, visitor, 'find-by-receipt', of, receiptFinders), read);
  await record(searchesOn(now), askedReceipt(receipt, digests));
  const read = async (id: string) => (await unlessDamaged(ledger.referral(id), undefined))?.state;
  const first = await read(referralOfReceipt(receipt, digests) ?? '');
  const others = await Promise.all((first?.report.siblings ?? []).map(read));
  const isOpen = (state: Referral | undefined): state is Referral =>
    state !== undefined && state.identity.erased === undefined && mayRead(state, { ...visitor, at: now });
  const referralIds = [first, ...others].filter(isOpen).map(({ id }) => id);
  await Promise.all(referralIds.map((id) => record(id, ['foundByReceipt'])));
  return { kind: 'found', referralIds };
}
