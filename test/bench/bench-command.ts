/** `npm run bench`: measures one referral, every bundle, the start, the simulator and the API's door, prints the figures and stores them in docs/bench.md. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { synthesize } from '../../infra/synthesize.ts';
import { lastScore } from '../long/mutation/score.ts';
import { measureBundles } from './bundles.ts';
import { describeBench } from './document.ts';
import { measureDomain } from './domain.ts';
import { measureDoors, measureHandler } from './doors.ts';
import { measureExecutions } from './executions.ts';
import { measureMail } from './mail.ts';
import { countMails, measureAcceptance } from './mails.ts';
import { measureMatching } from './matching.ts';
import { measureCheckpoints, measureReferral } from './referral.ts';
import { measureSimulator } from './simulator.ts';
import { measureDemo, measureStart } from './start.ts';

console.error('Measures for about five minutes; leave the machine alone meanwhile.');
// Before everything else, so that no start has to do it.
const { folder } = await synthesize();
const text = describeBench(
  {
    mail: measureMail(),
    acceptance: await measureAcceptance(folder),
    mails: { onTime: await countMails(folder, 'on-time'), never: await countMails(folder, 'never') },
    domain: measureDomain(),
    mutation: lastScore(),
    start: await measureStart(),
    demo: await measureDemo(),
    bundles: measureBundles(folder),
    executions: await measureExecutions(),
    checkpoints: await measureCheckpoints(folder),
    referral: await measureReferral(folder),
    simulator: await measureSimulator(),
    matching: await measureMatching(),
    handler: await measureHandler(),
    doors: await measureDoors(folder),
  },
  new Date(),
);
writeFileSync(fileURLToPath(new URL('../../docs/bench.md', import.meta.url)), text);
console.log(text);
