import { runCase, wholeCase } from './case.ts';
const from = Number(process.argv[2] ?? 0), to = Number(process.argv[3] ?? 5);
const off = process.argv[4] === 'none' ? { limit: 0, without: new Set<number>(), off: new Set<never>() } : undefined;
const c0 = process.cpuUsage(); const t0 = performance.now(); let refs = 0;
for (let i = from; i < to; i++) {
  const t = performance.now();
  const r = await runCase({ ...wholeCase(`42/${i}`), ...(off && { faults: off }) });
  refs += r.referrals;
  console.log(i, r.ledger.slice(0, 8), r.commits, 'acts', r.done.length, 'faults', r.faults.length, 'mails', r.mails, r.stages.join(), r.outcomes.join(), (r.worstDelay/60000).toFixed(1)+'min', (performance.now() - t).toFixed(0) + ' ms');
  for (const b of r.breaches) console.log('   ', b.invariant, b.sentence.slice(0, 300));
}
const c = process.cpuUsage(c0); console.log('refs', refs, 'cpu ms/ref', ((c.user + c.system) / 1000 / refs).toFixed(1), 'wall refs/s', (refs / ((performance.now() - t0) / 1000)).toFixed(2));
