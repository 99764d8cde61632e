import { aboutChain, aboutReferral, dayOf, newFindings } from '../../shared/domain/audit/findings.ts';
import type { Ledger } from '../../shared/store/ledger.ts';

export interface DoubtParts {
  readonly ledger: Pick<Ledger, 'referral' | 'firstInDoubt' | 'changeFindings'>;
  /** Counts the chain for an alarm, and logs it. */
  readonly onDoubt: (chain: string) => void;
  /** The finding could not be noted. The alarm tells of the chain all the same. */
  readonly onFault: (fault: unknown) => void;
}

/**
 * Counts a chain that is not as it was written, and notes it as a finding of the day. The finding makes the mail to an
 * administrator. Never rejects: the work on the chain goes on, with its calls and clocks. `now` is a UTC instant.
 */
export async function noteDoubt({ ledger, onDoubt, onFault }: DoubtParts, chain: string, now: string): Promise<void> {
  onDoubt(chain);
  try {
    const subject = aboutChain(chain);
    // Where the referral cannot be read, whether it is sealed is unknown, and the damage weighs more.
    const referral = await ledger.referral(subject).catch(() => undefined);
    const about = aboutReferral(subject, referral?.state);
    const frame = { now, actor: { kind: 'function', id: 'react' }, cause: { kind: 'delivery' } } as const;
    await ledger.changeFindings(dayOf(now), frame, (made) => newFindings(made, [{ what: 'chain-broken', about }]));
  } catch (fault) {
    onFault(fault);
  }
}

/** Notes the chain of this referral where a commit that this process has read is in doubt. Never rejects. */
export async function checkReferral(parts: DoubtParts, referralId: string, now: string): Promise<void> {
  const seq = await parts.ledger.firstInDoubt(referralId).catch((fault: unknown) => parts.onFault(fault));
  if (seq !== undefined) await noteDoubt(parts, `referral#${referralId}`, now);
}
