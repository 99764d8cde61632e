import { standingMeetings, wordsOfForums } from '../../shared/domain/forums/forums.ts';
import type { Identities, PendingPart } from '../../shared/store/identities.ts';
import type { Ledger, ReferralRead } from '../../shared/store/ledger.ts';

export interface VaultWatchParts {
  readonly ledger: Pick<Ledger, 'referral' | 'draft' | 'forums'>;
  readonly identities: Pick<Identities, 'pendingSince' | 'confirm' | 'removePending'>;
  /** UTC instant. */
  readonly now: string;
}

const hour = 3_600_000;

/**
 * Whether a commit names this part, as the text of an act or by the act that corrected it. The parts of the first report have
 * no such name: the first commit stands for them.
 */
function isNamed(key: string, commits: ReferralRead['commits']): boolean {
  const [, , name = 'NARRATIVE'] = key.split('#');
  if (name === 'NARRATIVE') return commits.length > 0;
  return commits.some(({ cause, events }) => {
    const isCause = cause.kind === 'command' && cause.id === name;
    return isCause || JSON.stringify(events).includes(JSON.stringify(name));
  });
}

/** Whether the ledger has what this pending part belongs to. So it stays. Rejects where the ledger cannot be read. */
async function isWanted(
  ledger: VaultWatchParts['ledger'],
  { key, commandId }: Pick<PendingPart, 'key' | 'commandId'>,
): Promise<boolean> {
  // The key of the item says whose part it is. What else the row says may be forged.
  const [kind, owner = ''] = key.split('#');
  // Only a draft that ended loses its words.
  if (kind === 'draft') return (await ledger.draft(owner))?.status === 'open';
  if (owner === wordsOfForums) {
    const [, , textId] = key.split('#');
    // The words of a withdrawn meeting go.
    return (await ledger.forums()).some((forum) => standingMeetings(forum).some((each) => each.textId === textId));
  }
  const commits = (await ledger.referral(owner))?.commits ?? [];
  return isNamed(key, commits) || commits.some(({ cause }) => cause.kind === 'command' && cause.id === commandId);
}

/**
 * Parts of the vault that stayed pending for an hour: confirmed where their commit is there, else removed. A row says of itself
 * that it is pending, and of which command. A person with access to the table may have written that. So a part that the
 * ledger names is never removed. Gives how many. One that fails does not delay the others. `hasTime`: for one more.
 */
export async function watchVault(
  { identities, ledger, now }: VaultWatchParts,
  onFault: (fault: unknown) => void,
  hasTime = () => true,
): Promise<number> {
  const pending = await identities.pendingSince(new Date(Date.parse(now) - hour).toISOString());
  let settled = 0;
  for (const part of pending) {
    if (!hasTime()) break;
    try {
      await ((await isWanted(ledger, part)) ? identities.confirm(part.key) : identities.removePending(part));
      settled += 1;
    } catch (fault) {
      onFault(fault);
    }
  }
  return settled;
}
