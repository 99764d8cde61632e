/** Exports the audit of referrals from a data folder, for an operator. It reads the folder alone, so it records nothing. */

import type { Visitor } from '../application/access/visitor.ts';
import { type ExportFile, exportFile } from '../application/read/export-file.ts';
import { exportedRecords, exportedReferrals } from '../application/read/export-records.ts';
import { foldAlert, readAlertEvent } from '../domain/alerts/alerts.ts';
import type { Chosen } from '../domain/audit/exports.ts';
import { continued, mostChains } from '../domain/audit/findings.ts';
import { isIn } from '../domain/core/spans.ts';
import { noDoubt } from '../domain/doubts/doubts.ts';
import { readEvent } from '../domain/events.ts';
import { fold } from '../domain/fold.ts';
import { policyOf } from '../policy/policies.ts';
import { decodeCommit, verifyChain } from '../store/commit.ts';
import { CannotAnswer } from './command-line.ts';
import type { ChainsRead } from './read-chains.ts';

/** An operator sees what an auditor sees. A sealed referral names no operator, so it is in no such export. */
const operator: Visitor = {
  id: 'OPERATOR',
  name: 'Operator',
  title: 'Operator',
  roles: ['auditor'],
  scopes: [{ role: 'auditor', scope: 'state' }],
};

/** The chains of a folder, read as the ledger of a deployment is. No key proves them here: the hashes alone are checked. */
function ledgerOf({ chains }: ChainsRead) {
  const stored = (chain: string) => chains.get(chain) ?? [];
  const check = (chain: string) => verifyChain(chain, stored(chain));
  const state = (id: string) => {
    const commits = stored(`referral#${id}`).map((each) => decodeCommit(each, readEvent));
    const folded = fold(id, commits);
    const policy = folded?.policy ?? commits[0]?.policy;
    return folded && policy !== undefined ? { state: folded, commits, policy } : undefined;
  };
  return {
    referral: async (id: string) => state(id),
    async alert(id: string) {
      const commits = stored(`alert#${id}`).map((each) => decodeCommit(each, readAlertEvent));
      return { life: foldAlert(commits), commits };
    },
    accessRecords: async (id: string) =>
      Array.from({ length: mostChains }, (_, index) => continued(`access#${id}`, index + 1))
        .map((chain) => ({ commits: stored(chain), check: check(chain) }))
        .filter(({ commits }, index) => index === 0 || commits.length > 0),
    readChecked: async (chain: string) => ({ commits: stored(chain), check: check(chain) }),
    readAfresh: async (chain: string) => stored(chain),
    doubt: async () => noDoubt,
    openedIn: async (span: { readonly from: string; readonly before: string }) =>
      [...chains.keys()]
        .filter((chain) => chain.startsWith('referral#'))
        .flatMap((chain) => {
          const [first] = stored(chain);
          return first ? [{ id: chain.slice('referral#'.length), at: decodeCommit(first, readEvent).at }] : [];
        })
        .filter(({ at }) => isIn(span, at))
        .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
        .map(({ id }) => id),
  };
}

/** Throws `CannotAnswer` where the folder has no such referral, or none of the period. */
export async function exportFromFolder(folder: ChainsRead, chosen: Chosen): Promise<ExportFile> {
  const parts = {
    ledger: ledgerOf(folder),
    waits: { of: async () => [] },
    directory: { person: async () => undefined },
    policyOf,
  };
  const referrals = await exportedReferrals(parts, chosen, operator, folder.chains.size);
  const missing = 'referrals' in chosen ? chosen.referrals.find((id) => !referrals.includes(id)) : undefined;
  if (missing !== undefined)
    throw new CannotAnswer(`There is no referral ${missing} in the folder, or it is not for an operator to see.`);
  if (referrals.length === 0) throw new CannotAnswer('No referral was opened in this period.');
  return exportFile(await exportedRecords(parts, referrals, operator), { chosen, asOf: folder.now });
}
