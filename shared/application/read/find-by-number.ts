/**
 * Finds referrals by the receipt of a mandated reporter (DCF-136), a police case, or a part of a reference. It is
 * recorded first, and answered at a boundary of time. A wrong number has the same
 * answer as a referral that is closed to the reader.
 */
import { readReference } from '../../domain/core/ids.ts';
import { staff } from '../../domain/core/role-groups.ts';
import type { Referral } from '../../domain/referral.ts';
import type { Ledger } from '../../store/ledger.ts';
import { unlessDamaged } from '../../store/reading-room.ts';
import type { VaultIndex } from '../../store/vault-index.ts';
import { personFrame } from '../access/person-frame.ts';
import { isOneOf, mayRead, type Visitor } from '../access/visitor.ts';
import { referralsUnder } from '../matching/blind-index.ts';
import { referralOfReceipt } from '../matching/receipts.ts';
import type { Digests } from '../matching/secret.ts';
import type { Evenly } from './evenly.ts';
import { searchesOn } from './search.ts';

/** Each staff member reads the notices to the police. The written report comes to the Careline or to an area office. */
export const numberFinders = staff;

export interface NumberParts {
  readonly ledger: Pick<Ledger, 'referral' | 'recordAccess'>;
  readonly identities: Pick<VaultIndex, 'lookUp'>;
  readonly digests: Digests;
  readonly evenly: Evenly;
  /** UTC instant. */
  readonly now: string;
  readonly requestId?: string | undefined;
}

type Found = { readonly kind: 'found'; readonly referralIds: readonly string[] };

export type FoundByNumber =
  | Found
  /** `typed`: how many characters stand after the mark of a receipt. A whole one has eleven. */
  | { readonly kind: 'no-receipt'; readonly typed: number }
  | { readonly kind: 'forbidden' };

/** So many at most. A case of the police may be about several children. */
const mostFound = 20;
/** Five characters and six. */
export const receiptLength = 11;
const looksLikeReceipt = (typed: string): boolean => /^\s*r\s*c\s*-/i.test(typed) || /^\s*r\s*c.*\d/i.test(typed);

/**
 * The referrals with this number that the visitor may read. For a receipt: those of the report, the first child first. Empty where
 * there is none. `no-receipt`: it begins like a receipt, and a character is wrong or missing. A whole receipt may lack its mark.
 */
export async function findByNumber(parts: NumberParts, visitor: Visitor, typed: string): Promise<FoundByNumber> {
  if (!isOneOf(visitor, numberFinders)) return { kind: 'forbidden' };
  const receipt = readReference('RC', typed);
  if (receipt === undefined && looksLikeReceipt(typed)) {
    return { kind: 'no-receipt', typed: typed.replaceAll(/[^a-z\d]/gi, '').length - 2 };
  }
  return parts.evenly(async () => {
    if (receipt !== undefined) return findReported(parts, visitor, receipt);
    const found = await findUnder(parts, visitor, typed);
    const withoutMark = readReference('RC', `RC${typed}`);
    return found.referralIds.length > 0 || withoutMark === undefined
      ? found
      : findReported(parts, visitor, withoutMark);
  });
}

async function findReported(parts: NumberParts, visitor: Visitor, receipt: string): Promise<Found> {
  const { record, read, shown } = begin(parts, visitor, 'receipt');
  // A keyed digest. Who holds the key can find each question for a receipt.
  const asked = `receipt:${parts.digests.hex('asked receipt', receipt).slice(0, 32)}`;
  await record(searchesOn(parts.now), ['receipt', asked]);
  const first = await read(referralOfReceipt(receipt, parts.digests) ?? '');
  return shown([first, ...(await Promise.all((first?.report.siblings ?? []).map(read)))]);
}

async function findUnder(parts: NumberParts, visitor: Visitor, typed: string): Promise<Found> {
  const { record, read, shown } = begin(parts, visitor, 'number');
  const asked = `number:${parts.digests.hex('asked number', typed.trim().toUpperCase()).slice(0, 32)}`;
  await record(searchesOn(parts.now), ['number', asked]);
  const ids = await referralsUnder(parts, typed);
  return shown(await Promise.all(ids.slice(0, mostFound).map(read)));
}

/** What is found by either kind of number is read, judged and recorded in one way. */
function begin(parts: NumberParts, visitor: Visitor, by: 'receipt' | 'number') {
  const { ledger, now } = parts;
  const record = (of: string, read: readonly string[]) =>
    ledger.recordAccess(of, personFrame(parts, visitor, `find-by-${by}`, of, numberFinders), read);
  const isOpen = (state: Referral | undefined): state is Referral =>
    state !== undefined && state.identity.erased === undefined && mayRead(state, { ...visitor, at: now });
  return {
    record,
    read: async (id: string) => (await unlessDamaged(ledger.referral(id), undefined))?.state,
    shown: async (states: readonly (Referral | undefined)[]): Promise<Found> => {
      const referralIds = states.filter(isOpen).map(({ id }) => id);
      await Promise.all(referralIds.map((id) => record(id, [by === 'receipt' ? 'foundByReceipt' : 'foundByNumber'])));
      return { kind: 'found', referralIds };
    },
  };
}
