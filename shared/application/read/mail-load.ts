/** What mail costs its readers: the mails and interruptions of the last week. It names no person and no referral. */
import { type Noise, noiseOf } from '../../domain/alerts/noise.ts';
import { overseers } from '../../domain/core/role-groups.ts';
import { hoursBack } from '../../domain/core/spans.ts';
import type { Role } from '../../domain/core/vocabulary.ts';
import type { Ledger } from '../../store/ledger.ts';

/** The roles that answer for the work of others, and administrators. */
export const mailLoadReaders: readonly Role[] = [...overseers, 'administrator'];

const week = 7 * 24;

export interface MailLoad extends Noise {
  /** The start of the week, a UTC instant. The week ends now. */
  readonly since: string;
}

/** The counts of the mails that went out in the week before `now`, a UTC instant. It reads an index alone, no chain. */
export async function mailLoad(ledger: Pick<Ledger, 'mailsIn'>, now: string): Promise<MailLoad> {
  const span = hoursBack(now, 0, week);
  return { since: span.from, ...noiseOf(await ledger.mailsIn(span)) };
}
