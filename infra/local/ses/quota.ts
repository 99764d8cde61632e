/** How much may be sent: what GetSendQuota tells, and when SES answers that it is too much. */
import type { Clock } from '../clock/clock.ts';
import { Refusal } from '../endpoint/service.ts';

/** What a person at the machine may switch on; what is left out stays as it is. */
export interface SendLimits {
  /** So many of the next sends are refused, as where mail comes faster than the account's rate. */
  readonly throttleNext?: number;
  /** Recipients in 24 hours of the movable clock. */
  readonly dailyQuota?: number;
}

/** What AWS gives an account that has left the sandbox. */
const firstDailyQuota = 50_000;
const day = 86_400_000;

export function createQuota(clock: Clock, { throttleNext = 0, dailyQuota = firstDailyQuota }: SendLimits = {}) {
  let left = throttleNext;
  let most = dailyQuota;
  const sent: { readonly at: number; readonly recipients: number }[] = [];
  let total = 0;

  const lastDay = () => {
    const gone = sent.findIndex(({ at }) => at > clock.now() - day);
    for (const { recipients } of sent.splice(0, gone === -1 ? sent.length : gone)) total -= recipients;
    return total;
  };
  return {
    limit(limits: SendLimits) {
      left = limits.throttleNext ?? left;
      most = limits.dailyQuota ?? most;
    },
    /** What is switched on now. */
    limits: (): Required<SendLimits> => ({ throttleNext: left, dailyQuota: most }),
    /** Throws a refusal where the mail may not be sent now. */
    check(recipients: number) {
      if (lastDay() + recipients > most) throw new Refusal('Throttling', 'Daily message quota exceeded.');
      if (left === 0) return;
      left -= 1;
      throw new Refusal('Throttling', 'Maximum sending rate exceeded.');
    },
    /** Counts what was accepted at this instant, epoch milliseconds. */
    count(recipients: number, at: number) {
      sent.push({ at, recipients });
      total += recipients;
    },
  };
}
