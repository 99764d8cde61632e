/**
 * `npm run bench`: measures one referral, every bundle, the start, the simulator and the API. Prints the figures beside
 * the last run's, and stores them in docs/bench.md and docs/bench.json. `-- --growth` measures growth
 * and cost alone, `-- --facts` rows of facts and reports, `-- --weight` lines of code and calls of AWS.
 */
import { parseArgs } from 'node:util';
import { helpOption, sentenceOf } from '../../infra/local/options.ts';

const usage = `npm run bench                 measures for about twenty minutes, and writes docs/bench.md and docs/bench.json
npm run bench -- --go-on      does so, and takes what a run measured in the last three hours before it was interrupted
npm run bench -- --growth     measures growth and cost alone, for at most 15 minutes, and writes their part of docs/bench.md
npm run bench -- --facts      measures rows of facts and pages of reports alone, for at most eight minutes
npm run bench -- --weight     counts lines by room and the demo's calls by function alone, for about two minutes`;

/** Undefined where the words are wrong. That is said. */
function readOptions() {
  try {
    return parseArgs({
      options: {
        growth: { type: 'boolean', default: false },
        facts: { type: 'boolean', default: false },
        weight: { type: 'boolean', default: false },
        'go-on': { type: 'boolean', default: false },
        ...helpOption,
      },
    }).values;
  } catch (error) {
    console.error(`${sentenceOf(error)} "npm run bench -- --help" shows the options.`);
    process.exitCode = 2;
    return undefined;
  }
}

const options = readOptions();
if (options?.help) {
  console.log(usage);
} else if (options) {
  // What measures takes seconds to load, and help needs none of it.
  const { bench, benchFacts, benchGrowth, benchWeight } = await import('./bench.ts');
  const alone = options.growth ? benchGrowth : options.facts ? benchFacts : options.weight && benchWeight;
  console.log(await (alone ? alone() : bench(options['go-on'])));
  process.exit();
}
