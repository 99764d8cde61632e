/**
 * `npm run deploy -- [name=value …] [--check] [--yes]`: checks the settings and the account, and then deploys the stack. Nothing is
 * created before every check has passed. See docs/runbooks/first-deployment.md.
 */
import { settingTable } from './constructs/settings.ts';
import { type Place, readFacts, readPlace, readUnfinished, sentenceOfAws, stackName } from './deploy/account.ts';
import {
  adviceOf,
  hasSucceeded,
  refusalsOf,
  rememberedSettings,
  unreadableSettings,
  withReservations,
} from './deploy/account-checks.ts';
import { nextSteps } from './deploy/after-deployment.ts';
import {
  deployProblems,
  earlyProblems,
  firstDeploymentProblems,
  type Given,
  mergeSettings,
  readWords,
} from './deploy/given-settings.ts';
import { Refused, refuseIf, runCommand } from './deploy/refused.ts';
import { runCdk } from './deploy/run-cdk.ts';
import { readResources, reservedIn } from './deploy/synthesized.ts';
import { synthesize } from './synthesize.ts';

const help = () =>
  [
    'npm run deploy -- [name=value …] [--check] [--yes]',
    '',
    'Checks the settings and the AWS account, and then creates or updates the stack. The stack remembers its settings:',
    'a later run needs only what changes, and name= takes a setting back. A first deployment needs stage, oncallEmail',
    'and mailDomain. The runbook is docs/runbooks/first-deployment.md.',
    '',
    '  --check   only checks, and creates nothing',
    '  --yes     does not ask before new permissions are created',
    '',
    ...Object.entries(settingTable).map(([name, { what, example }]) => `  ${`${name}=${example}`}\n      ${what}`),
    '',
    'Other commands: npm run first-administrator, npm run release, npm run destroy.',
  ].join('\n');

const options = ['--check', '--yes', '--help'] as const;

function readArguments(words: readonly string[]) {
  const isOption = (word: string) => word.startsWith('-');
  const unknown = words.filter((word) => isOption(word) && !(options as readonly string[]).includes(word));
  const { given, problems } = readWords(words.filter((word) => !isOption(word)));
  refuseIf([
    ...unknown.map((word) => `There is no option ${word}. The options are ${options.join(', ')}.`),
    ...problems,
    // What is wrong with the words alone is said before AWS is asked.
    ...earlyProblems(given),
  ]);
  return { given, has: (option: (typeof options)[number]) => words.includes(option) };
}

/** Protection comes with the second run: a protected table refuses the rollback of a first deployment. */
const withProtection = (settings: Given, given: Given, { stack }: Place): Given => ({
  ...settings,
  protection: given.protection || (hasSucceeded(stack) ? 'on' : 'off'),
});

/** Where AWS cannot be asked, all that a first deployment lacks is told at once. */
async function askForPlace(given: Given): Promise<Place> {
  try {
    return await readPlace(given);
  } catch (error) {
    const sentence = sentenceOfAws(error);
    if (sentence === undefined) throw error;
    throw new Refused([...firstDeploymentProblems(given), sentence]);
  }
}

async function deploy(words: readonly string[]): Promise<number> {
  const { given, has } = readArguments(words);
  if (has('--help')) {
    console.log(help());
    return 0;
  }
  const place = await askForPlace(given);
  refuseIf(unreadableSettings(place));
  const merged = mergeSettings(rememberedSettings(place), given);
  const where = { region: place.region, account: given.account ?? place.account };
  const wanted = withProtection({ ...merged, ...where }, given, place);
  refuseIf(deployProblems(wanted));

  console.log(`Checking ${wanted.stage} in the account ${place.account}, ${place.region} …`);
  const facts = await readFacts(wanted, place);
  const settings = withReservations(wanted, facts);
  // The template is the same for every account and region, as the one that runs here.
  const { region: _, account: __, ...context } = settings;
  const { folder } = await synthesize({ context });
  const asked = { settings, place, facts, reserved: reservedIn(readResources(folder)) };
  refuseIf(refusalsOf(asked));
  const advice = adviceOf(asked);
  if (has('--check')) {
    console.log(['Every check has passed, and nothing was created.', ...advice].join('\n'));
    return 0;
  }

  const approval = has('--yes') ? ['--require-approval', 'never'] : [];
  const status = await runCdk(['deploy', stackName, '--app', folder, ...approval], place);
  if (status !== 0) {
    console.error(
      'CloudFormation did not finish, and took back what it had begun. Its reason is above: mend that, and run the same command again.',
    );
    return status;
  }
  const outputs: Given = (await readPlace(settings)).stack?.outputs ?? {};
  const [after, unfinished] = await Promise.all([
    readFacts(settings, place),
    readUnfinished(place, {
      addresses: [settings.oncallEmail, settings.pageUrl],
      // A first deployment does without, and the output says so.
      isProtected: outputs.Protection === 'on',
    }),
  ]);
  const isMailVerified = after.mailDomain === 'verified';
  const steps = nextSteps({ outputs, isMailVerified, ...unfinished, advice });
  console.log(`\nDeployed. Sign in at ${outputs.SignInAt}`);
  console.log(steps.length === 0 ? 'Nothing is left to do.' : ['Still to do:', ...steps].join('\n  - '));
  return 0;
}

await runCommand(() => deploy(process.argv.slice(2)), 'Nothing was created or changed.');
