/** How many referrals the simulator plays in a second, with every fault on, over all processors. */
import { availableParallelism } from 'node:os';
import { wholeCase } from '../simulate/case.ts';
import { playCases } from '../simulate/play-cases.ts';

const days = 45;

/** The starts of the threads count; what is compiled while they warm up does too. */
export async function measureSimulator(cases = 100) {
  const choices = Array.from({ length: cases }, (_, index) => wholeCase(`bench/${index}`, days));
  const began = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  let referrals = 0;
  let commits = 0;
  for await (const result of playCases(choices)) {
    referrals += result.referrals;
    commits += result.commits;
  }
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const { user, system } = process.cpuUsage(cpu);
  return {
    days,
    cases,
    referrals,
    commits,
    threads: availableParallelism(),
    perSecond: referrals / seconds,
    perProcessorSecond: (referrals * 1e6) / (user + system),
  };
}
