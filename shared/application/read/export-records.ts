/** What an export of the audit is made of: the referrals that it has for this person, with their records. */
import type { Chosen } from '../../domain/audit/exports.ts';
import { startOfDay } from '../../domain/policy/due.ts';
import type { Ledger } from '../../store/ledger.ts';
import { unlessDamaged } from '../../store/reading-room.ts';
import { mayRead, type Visitor } from '../access/visitor.ts';
import type { Exported } from './export-tables.ts';
import { chainsToProve, recordOfReferral } from './proof.ts';
import { showAudit } from './shown-audit.ts';

export type ExportParts = Parameters<typeof showAudit>[0] &
  Parameters<typeof recordOfReferral>[0] & { readonly ledger: Pick<Ledger, 'openedIn'> };

/** Whether this person may read it. Of a damaged one no seal is known, so it is in no export. The watchdog names it. */
async function isOpenTo(
  { ledger }: { readonly ledger: Pick<Ledger, 'referral'> },
  id: string,
  visitor: Visitor,
): Promise<boolean> {
  const read = await unlessDamaged(ledger.referral(id), undefined);
  return read !== undefined && mayRead(read.state, visitor);
}

/**
 * The chosen referrals that this person may read, at most one more than `most`, the earliest first. Those that are closed to the
 * person are as unknown, and count for no limit.
 */
export async function exportedReferrals(
  parts: { readonly ledger: Pick<Ledger, 'openedIn' | 'referral'> },
  chosen: Chosen,
  visitor: Visitor,
  most: number,
): Promise<readonly string[]> {
  const asked =
    'referrals' in chosen
      ? chosen.referrals
      : await parts.ledger.openedIn({ from: startOfDay(chosen.from), before: startOfDay(chosen.to, 1) });
  const found: string[] = [];
  for (const id of asked) {
    if (found.length > most) break;
    if (await isOpenTo(parts, id, visitor)) found.push(id);
  }
  return found;
}

/** The record of each of these referrals, one after the other, so that they need little memory at once. */
export async function exportedRecords(
  parts: Omit<ExportParts, 'ledger'> & { readonly ledger: Omit<ExportParts['ledger'], 'openedIn'> },
  referrals: readonly string[],
  viewer: { readonly id: string },
): Promise<readonly Exported[]> {
  const found: Exported[] = [];
  for (const id of referrals) {
    const [audit, record] = await Promise.all([showAudit(parts, id, viewer), recordOfReferral(parts, id, viewer)]);
    if (!audit || !record || record.isShut) continue;
    found.push({ audit, policy: record.policy, chains: chainsToProve(record) });
  }
  return found;
}
