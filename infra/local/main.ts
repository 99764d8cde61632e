/** `npm start`: the whole product on this machine, for evaluation, training and development. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { synthesize } from '../synthesize.ts';
import { type Cloud, startCloud } from './cloud.ts';
import { claimFolder } from './data-folder/claim-folder.ts';
import { checkFormat } from './data-folder/kept-file.ts';
import { helpOption, sentenceOf } from './options.ts';
import { samplePeople } from './samples/directory.ts';
import { importSampleShifts } from './samples/import-shifts.ts';
import type { AskedHistory } from './samples/play-history.ts';

const usage =
  'npm start -- [--data DIR] [--web-port 3000] [--endpoint-port 4566] [--mail-port 8005] [--sign-in-port 3001] [--with-history 2y] [--referrals 240] [--seed invented]';

/** Ends the start with one sentence. */
class CannotStart extends Error {}

/** More than a person waits for. */
const mostPlayed = 1000;

function historyOf(values: {
  readonly 'with-history'?: string | undefined;
  readonly referrals: string;
  readonly seed: string;
}): AskedHistory | undefined {
  const length = values['with-history'];
  if (length === undefined) return undefined;
  const [, years] = /^([1-5])y$/.exec(length) ?? [];
  if (years === undefined) throw new CannotStart('--with-history needs a number of years from 1y to 5y.');
  const referrals = Number(values.referrals);
  if (!Number.isInteger(referrals) || referrals < 1 || referrals > mostPlayed) {
    throw new CannotStart(`--referrals needs a number from 1 to ${mostPlayed}.`);
  }
  return { years: Number(years), referrals, seed: values.seed };
}

/** Undefined where help was asked for. */
function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: 'string', default: '.data' },
        'web-port': { type: 'string', default: '3000' },
        'endpoint-port': { type: 'string', default: '4566' },
        'mail-port': { type: 'string', default: '8005' },
        'sign-in-port': { type: 'string', default: '3001' },
        'with-history': { type: 'string' },
        referrals: { type: 'string', default: '240' },
        seed: { type: 'string', default: 'invented' },
        ...helpOption,
      },
    });
    if (values.help) return undefined;
    const port = (flag: 'web-port' | 'endpoint-port' | 'mail-port' | 'sign-in-port') => {
      const number = Number(values[flag]);
      if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number;
      throw new CannotStart(`--${flag} needs a port number from 0 (any free one) to 65535.`);
    };
    return {
      folder: resolve(values.data),
      history: historyOf(values),
      ports: {
        web: port('web-port'),
        endpoint: port('endpoint-port'),
        mail: port('mail-port'),
        signIn: port('sign-in-port'),
      },
    };
  } catch (error) {
    throw new CannotStart(`${sentenceOf(error)} Use: ${usage}`);
  }
}

/**
 * This cloud has no walls: any user of this machine can sign in as any person. So it must never stand where real
 * referrals are.
 */
function refuseElsewhere(): void {
  const sign = [
    'AWS_LAMBDA_FUNCTION_NAME',
    'AWS_EXECUTION_ENV',
    'ECS_CONTAINER_METADATA_URI_V4',
    'KUBERNETES_SERVICE_HOST',
  ].find((name) => process.env[name] !== undefined);
  if (sign !== undefined) {
    throw new CannotStart(
      `The embedded cloud is for one person's machine, and ${sign} says that this is a server. Deploy the stack instead: npm run deploy.`,
    );
  }
}

const shown: readonly (readonly [email: string, does: string])[] = [
  ['careline.worker@dcf.example', 'enters reports, works the queue'],
  ['careline.supervisor@dcf.example', 'confirms routing, withdraws (with careline.supervisor2)'],
  ['hart.liaison.south-central@dcf.example', 'screens'],
  ['area.supervisor.new-haven@dcf.example', 'decides eligibility, closes'],
  ['mdt.coordinator.new-haven@team.example', 'convenes the team'],
  ['mdt.medical.new-haven@team.example', 'a member of the team'],
  ['provider.victim-advocacy@provider.example', 'a provider'],
  ['administrator@dcf.example', 'audits every run'],
];

function table({ webUrl, mailUrl, endpointUrl, issuer }: Cloud, folder: string): string {
  const people = samplePeople();
  const rows = shown.map(
    ([email, does]) => `  ${email.padEnd(42)} ${people.find((person) => person.email === email)?.title ?? ''}: ${does}`,
  );
  return [
    'Careline referrals, on this machine only. All people and cases in it are invented: never enter a real person.',
    '',
    `  Console and API   ${webUrl}   (API under /api/v1)`,
    `  Mail              ${mailUrl}`,
    `  Text messages     ${endpointUrl}/_local/texts`,
    `  Sign-in           ${issuer}`,
    `  AWS endpoint      ${endpointUrl}   (clock: GET, POST /_local/clock; people: GET /_local/people)`,
    `  Data              ${folder}`,
    '',
    'Sign in as (no password; search the sign-in page for all others):',
    ...rows,
    '',
  ].join('\n');
}

/** Starts the cloud on the folder. Rejects with one sentence, with nothing left running and nothing half-made on disk. */
async function startOn({ folder, ports, history }: NonNullable<ReturnType<typeof readOptions>>) {
  checkFormat(folder);
  const claim = claimFolder(folder);
  let cloud: Cloud | undefined;
  try {
    const { folder: assembly, cached } = await synthesize({ unchecked: true });
    if (!cached) console.log('The stack was synthesized; next time that is remembered.');
    if (history)
      console.log(`Playing ${history.referrals} invented referrals, years back: ${history.years}. This takes minutes.`);
    cloud = await startCloud({ assembly, folder, ports, history });
    if (history) await cloud.rest();
    await importSampleShifts(cloud, folder);
    const vacant = await cloud.check();
    if (vacant.length > 0) {
      throw new CannotStart(`The policy alerts roles that no person in the directory holds: ${vacant.join(', ')}.`);
    }
    return { cloud, release: claim.release };
  } catch (error) {
    await cloud?.stop();
    claim.undo();
    throw error;
  }
}

async function start(): Promise<void> {
  const options = readOptions();
  if (!options) {
    console.log(usage);
    return;
  }
  refuseElsewhere();
  const { folder } = options;
  const { cloud, release } = await startOn(options);
  console.log(table(cloud, folder));
  console.log('ready');

  let stopping = false;
  const stop = async () => {
    // A second Ctrl-C does not wait.
    if (stopping) process.exit(130);
    stopping = true;
    console.log('Stopping …');
    await cloud.stop();
    release();
    console.log('stopped');
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
}

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
