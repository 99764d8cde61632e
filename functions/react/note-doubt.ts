import { aboutChain, dayOf, newFindings } from '../../shared/domain/audit/findings.ts';
import type { Ledger } from '../../shared/store/ledger.ts';

/**
 * Notes as a finding of the day that this chain is not as it was written. The finding makes the mail to an
 * administrator. `now` is a UTC instant.
 */
export async function noteDoubt(
  { ledger }: { readonly ledger: Pick<Ledger, 'referral' | 'changeFindings'> },
  chain: string,
  now: string,
): Promise<void> {
  const subject = aboutChain(chain);
  // Where the referral cannot be read, whether it is sealed is unknown, and the damage weighs more.
  const referral = await ledger.referral(subject).catch(() => undefined);
  const about = referral?.state.access.seal ? 'sealed' : subject;
  const frame = { now, actor: { kind: 'function', id: 'react' }, cause: { kind: 'delivery' } } as const;
  await ledger.changeFindings(dayOf(now), frame, (made) => newFindings(made, [{ what: 'chain-broken', about }]));
}
