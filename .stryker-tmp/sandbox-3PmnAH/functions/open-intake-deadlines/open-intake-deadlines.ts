// @ts-nocheck
import type { StepInput } from '../../shared/contracts/tasks.ts';
import type { Identities } from '../../shared/store/identities.ts';
import type { Ledger } from '../../shared/store/ledger.ts';

/** Other referrals of, as far as name and date of birth tell, the same child. Looked for after the report is stored, never before. */
export async function findCandidates(
  { ledger, identities }: { readonly ledger: Ledger; readonly identities: Pick<Identities, 'match'> },
  { referralId }: StepInput,
): Promise<readonly string[]> {
  const referral = await ledger.referral(referralId);
  const blindIndex = referral?.state.blindIndex;
  if (blindIndex === undefined) return [];
  const siblings = referral?.state.siblings ?? [];
  return (await identities.match(blindIndex, referralId)).filter((other) => !siblings.includes(other));
}
