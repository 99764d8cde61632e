/**
 * `npm run release -- show | back | forward | prune`: the versions of the functions and the alias `live`, through which
 * everything calls them. It changes nothing without `--yes`. What to do with it: docs/runbooks/release-and-rollback.md.
 */
import { parseArgs } from 'node:util';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { sentenceOfAws } from './deploy/account.ts';
import { type Clients, deployedFunctions, lastDeployment, move, removeVersion } from './release/deployed-functions.ts';
import {
  back,
  type DeployedFunction,
  forward,
  newestRelease,
  type Plan,
  staying,
  superfluous,
} from './release/version-moves.ts';

const usage = `npm run release -- show                              versions of each function, and which one is live
npm run release -- back [--before INSTANT] [--yes]   every function to its version from before the newest release
npm run release -- forward [--yes]                   every function to its newest version
npm run release -- prune [--keep 5] [--yes]          removes older versions
With --endpoint http://127.0.0.1:4566 it asks npm start. Else it asks the account and region of your AWS settings.`;

/** Ends the command with one sentence. */
class CannotDo extends Error {}

function checkInstant(instant: string): void {
  if (!Number.isNaN(Date.parse(instant)) && /(Z|[+-]\d\d:\d\d)$/.test(instant)) return;
  throw new CannotDo(`--before needs an instant with its zone, such as 2027-03-01T12:00:00Z, not "${instant}".`);
}

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        before: { type: 'string' },
        keep: { type: 'string', default: '5' },
        yes: { type: 'boolean', default: false },
        endpoint: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.endpoint !== undefined && !URL.canParse(values.endpoint)) {
      throw new CannotDo(`--endpoint needs an address, such as http://127.0.0.1:4566, not "${values.endpoint}".`);
    }
    if (values.before !== undefined) checkInstant(values.before);
    return { ...values, act: positionals[0], more: positionals.slice(1) };
  } catch (error) {
    if (error instanceof CannotDo) throw error;
    throw new CannotDo(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}
type Options = ReturnType<typeof readOptions>;

/** npm start takes any credentials, and has one region. */
const settingsOf = ({ endpoint }: Options) =>
  endpoint === undefined
    ? {}
    : { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'operator', secretAccessKey: 'local' } };

function shown(deployed: readonly DeployedFunction[]): string {
  return deployed
    .map(({ functionName, live, versions }) =>
      [
        functionName,
        ...versions.map(({ number, at }) => `  ${number}  ${at}${number === live ? '  live' : ''}`),
        ...(live === undefined ? ['  no alias live: deploy the stack'] : []),
      ].join('\n'),
    )
    .join('\n');
}

async function carryOut(
  clients: Clients,
  deployed: readonly DeployedFunction[],
  plan: Plan,
  { yes }: Options,
): Promise<void> {
  const { moves } = plan;
  for (const sentence of staying(deployed, plan)) console.log(sentence);
  for (const each of moves) {
    console.log(`${each.functionName}: ${each.from ?? 'none'} to ${each.to.number} (of ${each.to.at})`);
    if (yes) await move(clients, each);
  }
  if (moves.length === 0) console.log('Nothing to move: each function is there already.');
  else console.log(yes ? `Moved: ${moves.length}.` : 'Nothing was moved. Add --yes to move.');
}

async function instantBefore(
  clients: Clients,
  deployed: readonly DeployedFunction[],
  { before }: Options,
): Promise<string> {
  const instant = before ?? newestRelease(deployed, await lastDeployment(clients));
  if (instant === undefined)
    throw new CannotDo('The functions were deployed only once: there is no release before it.');
  return instant;
}

const acts: Readonly<Record<string, (clients: Clients, options: Options) => Promise<void>>> = {
  async show(clients) {
    console.log(shown(await deployedFunctions(clients)));
    console.log(`Last deployment: ${(await lastDeployment(clients)) ?? 'the first one'}`);
  },
  async back(clients, options) {
    const deployed = await deployedFunctions(clients);
    const before = await instantBefore(clients, deployed, options);
    console.log(`Back to before ${before}:`);
    await carryOut(clients, deployed, back(deployed, before), options);
  },
  async forward(clients, options) {
    const deployed = await deployedFunctions(clients);
    await carryOut(clients, deployed, forward(deployed), options);
  },
  async prune(clients, options) {
    const keep = Number(options.keep);
    if (!Number.isInteger(keep) || keep < 2) {
      throw new CannotDo('--keep needs a whole number from 2 on: one version is in use, and one is the way back.');
    }
    const removed = superfluous(await deployedFunctions(clients), keep);
    for (const { functionName, number } of removed) {
      console.log(`${functionName}: version ${number}`);
      if (options.yes) await removeVersion(clients, functionName, number);
    }
    console.log(
      options.yes ? `Removed: ${removed.length}.` : `To remove: ${removed.length}. Add --yes to remove them.`,
    );
  },
};

try {
  const options = readOptions();
  const act = options.act === undefined ? undefined : acts[options.act];
  if (options.help) console.log(usage);
  else if (!act || options.more.length > 0) throw new CannotDo(usage);
  else {
    const settings = settingsOf(options);
    const clients = { cloudFormation: new CloudFormationClient(settings), lambda: new LambdaClient(settings) };
    await act(clients, options).catch((error: unknown) => {
      if (options.endpoint === undefined || !/ECONNREFUSED|ENOTFOUND/.test(String(error))) throw error;
      throw new CannotDo(
        `Nothing answers at ${options.endpoint}: run "npm start", and give the AWS endpoint it shows.`,
      );
    });
  }
} catch (error) {
  const sentence = error instanceof CannotDo ? error.message : sentenceOfAws(error);
  console.error(sentence ?? `${(error as Error).name}: ${(error as Error).message}`);
  process.exitCode = sentence === undefined ? 1 : 2;
}
