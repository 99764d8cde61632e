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
  const others = (await identities.match(blindIndex, referralId)).filter((other) => !siblings.includes(other));
  // A sealed one is no candidate: that it is there would be told to whoever took this report.
  const found = await Promise.all(others.map(async (other) => ({ other, is: await ledger.referral(other) })));
  return found.flatMap(({ other, is }) =>
    is?.state.seal === undefined && is?.state.erased === undefined ? [other] : [],
  );
}
