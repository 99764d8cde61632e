/**
 * `npm run bench`: measures one referral, every bundle, the start, the simulator and the API. Prints the figures beside
 * the last run's, and stores them in docs/bench.md and docs/bench.json.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { synthesize } from '../../infra/synthesize.ts';
import { lastScore } from '../long/mutation/score.ts';
import { storedRun, toStore } from './aims.ts';
import { measureBundles } from './bundles.ts';
import { describeBench } from './document.ts';
import { measureDomain } from './domain.ts';
import { measureDoors, measureHandler } from './doors.ts';
import { measureExecutions } from './executions.ts';
import { measureMail } from './mail.ts';
import { countMails, measureAcceptance } from './mails.ts';
import { measureMatching } from './matching.ts';
import type { Measured } from './measured.ts';
import { profileDemo } from './profile-demo.ts';
import { measureCheckpoints, measureReferral } from './referral.ts';
import { measureSimulator } from './simulator.ts';
import { measureDemo, measureStart, measureSynthesis } from './start.ts';

console.error('Measures for about ten minutes; leave the machine alone meanwhile.');
// Before everything else, so that no start has to do it.
const { folder } = await synthesize();
const measured: Measured = {
  mail: measureMail(),
  acceptance: await measureAcceptance(folder),
  mails: { onTime: await countMails(folder, 'on-time'), never: await countMails(folder, 'never') },
  domain: measureDomain(),
  mutation: lastScore(),
  start: await measureStart(),
  demo: await measureDemo(),
  synthesis: await measureSynthesis(),
  profile: await profileDemo(),
  bundles: measureBundles(folder),
  executions: await measureExecutions(),
  checkpoints: await measureCheckpoints(folder),
  referral: await measureReferral(folder),
  simulator: await measureSimulator(),
  matching: await measureMatching(),
  handler: await measureHandler(),
  doors: await measureDoors(folder),
};
const at = new Date();
const place = (name: string) => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
const stored = place('bench.json');
const before = existsSync(stored) ? storedRun.parse(JSON.parse(readFileSync(stored, 'utf8'))) : undefined;
const text = describeBench(measured, at, before);
writeFileSync(place('bench.md'), text);
writeFileSync(stored, `${JSON.stringify(toStore(measured, at), null, 2)}\n`);
console.log(text);
