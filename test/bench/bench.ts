/** The runs of the bench, and what they write. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readTemplate } from '../../infra/local/template/template.ts';
import { synthesize } from '../../infra/synthesize.ts';
import { lastScore } from '../long/mutation/score.ts';
import { lastTimes } from '../support/suite-times.ts';
import { type StoredRun, storedRun, toStore, weightOf } from './aims.ts';
import { measureBundles } from './bundles.ts';
import { costsOfMonth, costsOfThousand, mostForMetrics } from './costs.ts';
import { describeBench } from './document.ts';
import { partsIn, withParts } from './document-parts.ts';
import { measureDomain } from './domain.ts';
import { measureDoors, measureHandler } from './doors.ts';
import { measureExecutions } from './executions.ts';
import { measureFacts } from './facts.ts';
import { describeFacts } from './facts-document.ts';
import { measureGrowth } from './growth.ts';
import { describeGrowth } from './growth-document.ts';
import { keepPart, keptPart } from './kept-parts.ts';
import { countLines } from './lines.ts';
import { measureMail } from './mail.ts';
import { countMails, measureAcceptance } from './mails.ts';
import { measureMatching } from './matching.ts';
import type { Measured } from './measured.ts';
import { measurePages } from './pages.ts';
import { profileDemo } from './profile-demo.ts';
import { measureCheckpoints, measureReferral } from './referral.ts';
import { measureSimulator } from './simulator.ts';
import { measureDemo, measureStart, measureSynthesis } from './start.ts';
import { describeWeight } from './weight-document.ts';
import { measureYardstick } from './yardstick.ts';

const place = (name: string) => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
const present = () => (existsSync(place('bench.md')) ? readFileSync(place('bench.md'), 'utf8') : '');

/** The figures of the last run; undefined where none is stored. */
const lastRun = () =>
  existsSync(place('bench.json')) ? storedRun.parse(JSON.parse(readFileSync(place('bench.json'), 'utf8'))) : undefined;
const store = (run: StoredRun) => writeFileSync(place('bench.json'), `${JSON.stringify(run, null, 2)}\n`);

/** Lines by room and calls of AWS alone. Writes their part of docs/bench.md and docs/bench.json, and gives it. */
export async function benchWeight(): Promise<string> {
  console.error('Counts lines and plays the demo once: about two minutes.');
  const weight = weightOf({ lines: countLines(), demo: await measureDemo() }, new Date());
  const before = lastRun();
  const part = describeWeight(weight, before?.weight);
  writeFileSync(place('bench.md'), withParts(present(), part));
  store({ date: weight.date, measured: {}, ...before, weight });
  return part;
}

/** Rows of facts and reports alone. Writes their part of docs/bench.md, and gives it. */
export async function benchFacts(): Promise<string> {
  console.error('Plays a history, writes 10,000 rows into memory and asks for every page: at most eight minutes.');
  const { folder } = await synthesize();
  const part = describeFacts(await measureFacts(folder), new Date());
  writeFileSync(place('bench.md'), withParts(present(), part));
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
  writeFileSync(place('bench.md'), withParts(present(), parts));
  return parts;
}

/** Each part, in the order in which they are measured. What takes long comes last, so that a fault shows early. */
const measures: { readonly [Part in keyof Measured]: (assembly: string) => Measured[Part] | Promise<Measured[Part]> } =
  {
    yardstick: measureYardstick,
    lines: () => countLines(),
    handler: () => measureHandler(),
    mail: measureMail,
    domain: measureDomain,
    mutation: lastScore,
    suites: lastTimes,
    acceptance: measureAcceptance,
    mails: async (assembly) => ({
      onTime: await countMails(assembly, 'on-time'),
      never: await countMails(assembly, 'never'),
    }),
    start: measureStart,
    demo: measureDemo,
    synthesis: measureSynthesis,
    profile: profileDemo,
    bundles: measureBundles,
    executions: measureExecutions,
    checkpoints: measureCheckpoints,
    referral: measureReferral,
    matching: measureMatching,
    doors: measureDoors,
    pages: measurePages,
    simulator: () => measureSimulator(),
  };

/**
 * Everything but growth and facts. Writes docs/bench.md and docs/bench.json, and gives the document. `isContinued` takes
 * the parts that a run measured in the last three hours, and measures the others.
 */
export async function bench(isContinued: boolean): Promise<string> {
  console.error('Measures for about twenty minutes; leave the machine alone meanwhile.');
  const at = new Date();
  // Before everything else, so that no start has to do it.
  const { folder } = await synthesize();
  const measured: Record<string, unknown> = {};
  for (const part of Object.keys(measures) as (keyof Measured)[]) {
    const began = performance.now();
    const kept = isContinued ? keptPart(part, at) : undefined;
    measured[part] = kept ? kept.measured : await measures[part](folder);
    if (!kept) keepPart(part, measured[part]);
    console.error(`${part}: ${kept ? 'measured before' : `${((performance.now() - began) / 1000).toFixed(0)} s`}`);
  }
  const whole = measured as unknown as Measured;
  const before = lastRun();
  const text = withParts(
    describeBench(whole, at, before),
    ...partsIn(present()),
    describeWeight(weightOf(whole, at), before?.weight),
  );
  writeFileSync(place('bench.md'), text);
  store(toStore(whole, at));
  return text;
}
