/** Both runs of the bench, and what they write. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readTemplate } from '../../infra/local/template/template.ts';
import { synthesize } from '../../infra/synthesize.ts';
import { lastScore } from '../long/mutation/score.ts';
import { storedRun, toStore } from './aims.ts';
import { measureBundles } from './bundles.ts';
import { costsOfMonth, costsOfThousand, mostForMetrics } from './costs.ts';
import { describeBench } from './document.ts';
import { measureDomain } from './domain.ts';
import { measureDoors, measureHandler } from './doors.ts';
import { measureExecutions } from './executions.ts';
import { measureFacts } from './facts.ts';
import { describeFacts, factsIn, withFacts } from './facts-document.ts';
import { measureGrowth } from './growth.ts';
import { describeGrowth, growthIn, withGrowth } from './growth-document.ts';
import { measureMail } from './mail.ts';
import { countMails, measureAcceptance } from './mails.ts';
import { measureMatching } from './matching.ts';
import type { Measured } from './measured.ts';
import { profileDemo } from './profile-demo.ts';
import { measureCheckpoints, measureReferral } from './referral.ts';
import { measureSimulator } from './simulator.ts';
import { measureDemo, measureStart, measureSynthesis } from './start.ts';

const place = (name: string) => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
const present = () => (existsSync(place('bench.md')) ? readFileSync(place('bench.md'), 'utf8') : '');

/** Rows of facts and reports alone. Writes their part of docs/bench.md, and gives it. */
export async function benchFacts(): Promise<string> {
  console.error('Plays a history and writes 10,000 rows into memory: at most five minutes.');
  const part = describeFacts(await measureFacts(), new Date());
  writeFileSync(place('bench.md'), withFacts(present(), part));
  return part;
}

/** Growth and cost alone. Writes their part of docs/bench.md, and gives it. */
export async function benchGrowth(): Promise<string> {
  console.error('Loads 100,000 referrals into memory: at most 15 minutes, and 4 GB.');
  const at = new Date();
  const { folder } = await synthesize();
  const growth = await measureGrowth();
  const thousand = costsOfThousand(await measureReferral(folder));
  const template = readTemplate(folder);
  const month = costsOfMonth(template, growth.round[0]?.units ?? 0);
  const parts = describeGrowth({ growth, thousand, month, metrics: mostForMetrics(template) }, at);
  writeFileSync(place('bench.md'), withGrowth(present(), parts));
  return parts;
}

/** Everything but growth and facts. Writes docs/bench.md and docs/bench.json, and gives the document. */
export async function bench(): Promise<string> {
  console.error('Measures for about ten minutes; leave the machine alone meanwhile.');
  const at = new Date();
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
  const stored = place('bench.json');
  const before = existsSync(stored) ? storedRun.parse(JSON.parse(readFileSync(stored, 'utf8'))) : undefined;
  const growth = growthIn(present());
  const measuredText = describeBench(measured, at, before);
  const facts = factsIn(present());
  const withParts = facts === '' ? measuredText : withFacts(measuredText, facts);
  const text = growth === '' ? withParts : withGrowth(withParts, growth);
  writeFileSync(place('bench.md'), text);
  writeFileSync(stored, `${JSON.stringify(toStore(measured, at), null, 2)}\n`);
  return text;
}
