/**
 * Plays a year of referrals in which all people keep their duties in one manner, without faults. Prints each mail as
 * JSON, for `npm run policy -- noise`. Usage: noise-command.ts MANNER DAYS REFERRALS
 */
import type { SentNoise } from '../../shared/domain/alerts/noise.ts';
import type { CaseChoice } from './case.ts';
import { faultKinds } from './faults.ts';
import { manners } from './people.ts';
import { playCases } from './play-cases.ts';

const [asked, days = '', reports = ''] = process.argv.slice(2);
const manner = manners.find((each) => each === asked);
if (!manner) throw new Error(`The manner is one of ${manners.join(', ')}.`);
const faults = { limit: 0, without: new Set<number>(), off: new Set(faultKinds) };
const choices = Array.from(
  { length: Number(reports) },
  (_, index): CaseChoice => ({
    seed: `noise/${index}`,
    days: Number(days),
    acts: Number.POSITIVE_INFINITY,
    faults,
    manner,
  }),
);
const sent: SentNoise[] = [];
let referrals = 0;
for await (const result of playCases(choices)) {
  const [breach] = result.breaches;
  if (breach) throw new Error(`The history breaks an invariant: ${breach.sentence}`);
  referrals += result.referrals;
  sent.push(...result.noise);
}
console.log(JSON.stringify({ referrals, sent }));
