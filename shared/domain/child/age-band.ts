/** The age of a child in broad bands. A working code: it tells how to respond, and does not tell the child apart. */
import type { AgeBand } from '../core/age-bands.ts';
import type { Referral } from '../referral.ts';

const bandOf = (years: number): AgeBand =>
  years < 12 ? 'under-12' : years < 15 ? '12-to-14' : years < 18 ? '15-to-17' : '18-and-over';

/** An age that lies in two bands of a minor is `under-18`. One that may be a minor's or an adult's is `not-known`. */
export function ageBandOf({ age }: Pick<Referral['child'], 'age'>): AgeBand {
  if (age.known === 'unknown') return 'not-known';
  if (age.known === 'exact') return bandOf(age.years);
  const [from, to] = [bandOf(age.from), bandOf(age.to)];
  if (from === to) return from;
  return to === '18-and-over' ? 'not-known' : 'under-18';
}
