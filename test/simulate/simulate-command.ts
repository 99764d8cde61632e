/** `npm run simulate -- --cases 1000 --seed 42`: plays cases, says what broke and ends with 1; with 2 on a wrong flag. */
import type { CaseChoice, CaseResult } from './case.ts';
import { describeBreaches } from './describe-case.ts';
import { readOptions, type SimulateOptions, WrongFlag } from './options.ts';
import { playCases } from './play-cases.ts';

/** After this many the picture is clear. */
const enough = 10;

/** What plays cases is loaded in this thread only where a case broke: the threads that play have it already. */
async function shortestOf(result: CaseResult): Promise<CaseResult> {
  const { shrink } = await import('./shrink.ts');
  return shrink(result);
}

async function simulate(options: SimulateOptions): Promise<number> {
  const { seed, days, only } = options;
  const choiceOf = (of: string): CaseChoice => ({
    seed: of,
    days,
    acts: options.acts,
    faults: { limit: options.faults, without: options.without, off: options.off },
  });
  const began = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  const total = { cases: 0, referrals: 0, commits: 0, mails: 0, acts: 0, faults: 0, broken: 0, known: 0, delay: 0 };
  const count = only === undefined ? options.cases : 1;
  console.log(only === undefined ? `${count} cases of ${days} days, seed ${seed}.` : `The case ${only}, ${days} days.`);
  const choices = Array.from({ length: count }, (_, index) => choiceOf(only ?? `${seed}/${index}`));
  for await (const result of playCases(choices, options.threads)) {
    total.cases += 1;
    total.referrals += result.referrals;
    total.commits += result.commits;
    total.mails += result.mails;
    total.acts += result.done.length;
    total.faults += result.faults.length;
    total.known += result.known.length;
    total.delay = Math.max(total.delay, result.worstDelay);
    if (result.breaches.length === 0) continue;
    total.broken += 1;
    console.log(`Case ${result.choice.seed} breaks:`);
    console.log(result.breaches.map(({ invariant, sentence }) => `  Invariant ${invariant}: ${sentence}`).join('\n'));
    const shortest = only === undefined ? await shortestOf(result) : result;
    console.log(`The shortest that was found:\n${describeBreaches(shortest)}`);
    if (total.broken >= enough) break;
  }
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const used = process.cpuUsage(cpu);
  const busy = (used.user + used.system) / 1e6;
  const { referrals } = total;
  console.log(
    `${total.cases} cases, ${referrals} referrals, ${total.acts} acts, ${total.faults} faults, ${total.commits} commits, ${total.mails} mails; the latest alert of a due deadline came ${(total.delay / 60_000).toFixed(1)} minutes late.`,
  );
  console.log(
    `${seconds.toFixed(1)} s in ${Math.min(options.threads, count)} threads: ${(referrals / seconds).toFixed(1)} referrals/s, ${(referrals / busy).toFixed(1)} for each second of processor time.`,
  );
  if (total.known > 0)
    console.log(`${total.known} times what is known and not yet mended (test/simulate/known-gaps.ts).`);
  console.log(total.broken === 0 ? 'Every invariant held.' : `${total.broken} cases broke.`);
  return total.broken === 0 ? 0 : 1;
}

try {
  process.exitCode = await simulate(readOptions(process.argv.slice(2), String(Date.now())));
} catch (error) {
  if (!(error instanceof WrongFlag)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
