/**
 * `npm run destroy -- [--confirm STAGE] [region=…]`: says what a destroyed stack leaves behind and, with the stage's name to
 * confirm, destroys it.
 */
import {
  CloudFormationClient,
  DeleteStackCommand,
  GetTemplateCommand,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { shapeProblems } from './constructs/settings.ts';
import { type Place, readPlace, stackName } from './deploy/account.ts';
import { rememberedSettings } from './deploy/account-checks.ts';
import { readPairs } from './deploy/given-settings.ts';
import { Refused, refuseIf, runCommand } from './deploy/refused.ts';
import { type Resources, staying } from './deploy/synthesized.ts';

const help =
  'npm run destroy -- [region=REGION]                     says what would stay and what would go\n' +
  'npm run destroy -- --confirm STAGE [region=REGION]     destroys the stack of that stage';

async function deployedResources({ region }: Place): Promise<Resources> {
  const cloudformation = new CloudFormationClient({ region });
  const { TemplateBody = '{}' } = await cloudformation.send(
    new GetTemplateCommand({ StackName: stackName, TemplateStage: 'Original' }),
  );
  return (JSON.parse(TemplateBody) as { readonly Resources?: Resources }).Resources ?? {};
}

function report(resources: Resources): string {
  const kept = Object.entries(staying(resources));
  const going = Object.keys(resources).length - kept.reduce((sum, [, ids]) => sum + ids.length, 0);
  return [
    `${going} resources go: functions, state machines, doors, mail and alarms.`,
    'These stay in the account, cost money, and are removed by hand alone:',
    ...kept.map(([type, ids]) => `  ${type}: ${ids.length > 9 ? `${ids.length} of them` : ids.join(', ')}`),
    'The keys must stay as long as the tables: without its key no table can be read again.',
    'A state machine goes once its last run has ended, and its name is not free before: while the stack is destroyed, stop its runs (aws stepfunctions stop-execution).',
  ].join('\n');
}

async function destroy(words: readonly string[]): Promise<number> {
  if (words.includes('--help')) {
    console.log(help);
    return 0;
  }
  const at = words.indexOf('--confirm');
  const confirmed = at === -1 ? undefined : words[at + 1];
  const { given, problems } = readPairs(words.filter((_, index) => at === -1 || (index !== at && index !== at + 1)));
  const unknown = Object.keys(given).filter((name) => name !== 'region');
  // A misspelled region would destroy the stack of another one.
  refuseIf([
    ...problems,
    ...unknown.map((name) => `"${name}" is not understood: give region=REGION, or nothing.`),
    ...shapeProblems(given),
  ]);
  const place = await readPlace(given);
  if (!place.stack) throw new Refused([`There is no stack in ${place.account}/${place.region}: nothing to destroy.`]);
  const { stage = '', protection } = rememberedSettings(place);
  console.log(report(await deployedResources(place)));
  if (confirmed === undefined) {
    console.log(`Nothing was destroyed. To do it: npm run destroy -- --confirm ${stage || stackName}`);
    return 0;
  }
  refuseIf([
    ...(confirmed === (stage || stackName) ? [] : [`The stage here is "${stage || stackName}", not "${confirmed}".`]),
    ...(protection === 'on'
      ? ['The stack is protected: run "npm run deploy -- protection=off" first, and think once more.']
      : []),
  ]);
  const cloudformation = new CloudFormationClient({ region: place.region });
  await cloudformation.send(new DeleteStackCommand({ StackName: stackName }));
  console.log('Destroying …');
  await waitUntilStackDeleteComplete({ client: cloudformation, maxWaitTime: 3600 }, { StackName: stackName });
  console.log('Destroyed. What stays is listed above.');
  return 0;
}

await runCommand(() => destroy(process.argv.slice(2)), 'Nothing was destroyed.');
