/**
 * `npm run training -- import|coverage`. The first sends a file of attendance to the API, which records who sent it. The other
 * prints the coverage from a data folder of `npm start`. What it cannot do is told on stderr with status 2. It holds no number of a person.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { coverageFile, type ShownCoverage, trainingView } from '../application/read/shown-training.ts';
import { formatDate } from '../domain/policy/due.ts';
import { allTraining, foldTraining, readTrainingEvent, type TrainingState } from '../domain/training/training.ts';
import type { Printed } from '../policy/policy-command.ts';
import { trainingRules } from '../policy/training-rules.ts';
import { decodeCommit, type StoredCommit, verifyChain } from '../store/commit.ts';
import { CannotReadFolder, linesOf } from './read-folder.ts';

const usage = [
  'npm run training -- import FILE.csv --api http://127.0.0.1:3000   (token of a trainer in CARELINE_TOKEN)',
  'npm run training -- coverage [--out FILE.csv] [--data .data]',
].join('\n');

/** What was asked cannot be done, in sentences. */
class CannotTrain extends Error {}

export interface TrainingCommandParts {
  /** The record of training in a folder, and the UTC instant of its clock. */
  readonly read: (folder: string) => Promise<{ readonly now: string; readonly state: TrainingState }>;
  readonly readFile: (path: string) => string;
  readonly write: (path: string, text: string) => void;
  /** Sends a file to the API at this address. Undefined where the API is not there. */
  readonly send: (api: string, csv: string) => Promise<{ readonly status: number; readonly body: unknown } | undefined>;
}

/** The record of training in the ledger of a data folder. Throws `CannotReadFolder`, also where its chain is damaged. */
export async function readTrainingFolder(folder: string) {
  const chain = `training#${allTraining}`;
  const stored: StoredCommit[] = [];
  let now = '';
  for await (const line of linesOf<StoredCommit & { now?: string; chain?: string }>('read-ledger-command', folder)) {
    if (line.now !== undefined) now = line.now;
    if (line.chain === chain) stored.push(line);
  }
  const check = verifyChain(chain, stored);
  if (stored.length > 0 && !check.intact)
    throw new CannotReadFolder(`The chain ${chain} is damaged: ${check.sentence}`);
  return { now, state: foldTraining(stored.map((each) => decodeCommit(each, readTrainingEvent))) };
}

const groupName = (group: string) => trainingRules.find((rule) => rule.group === group)?.name ?? group;

function coverageLine({ group, current, due, soon, headcount, share, withoutHeadcount }: ShownCoverage): string {
  const of =
    headcount !== undefined
      ? `of ${headcount}`
      : withoutHeadcount > 0
        ? `headcount unknown for ${withoutHeadcount}`
        : 'headcount unknown';
  const percent = share === undefined ? '' : ` (${share}%)`;
  return `${groupName(group)}: ${current} current, ${of}${percent}; ${soon} due soon; ${due} due again\n`;
}

const linesWords = (lines: readonly number[], words: string): string =>
  lines.length === 0 ? '' : `${words}: line ${lines.join(', ')}. Each counts once.\n`;

interface Answered {
  readonly detail?: string;
  readonly problems?: readonly { readonly path: string; readonly sentence: string }[];
  readonly lines?: number;
  readonly notCounted?: number;
  readonly doubles?: { readonly inFile: readonly number[]; readonly before: readonly number[] };
}

/** `Line 3, town: Give a town of Connecticut …`, of a problem of the API. */
function problemWords({ path, sentence }: { readonly path: string; readonly sentence: string }): string {
  const [, line, field] = /^lines\[(\d+)\](?:\.(.+))?$/.exec(path) ?? [];
  return line === undefined ? sentence : `Line ${line}${field === undefined ? '' : `, ${field}`}: ${sentence}`;
}

async function importFile(path: string | undefined, api: string | undefined, parts: TrainingCommandParts) {
  if (path === undefined || api === undefined) throw new CannotTrain(`Use:\n${usage}`);
  const answered = await parts.send(api, parts.readFile(path));
  if (!answered) throw new CannotTrain('The API could not be reached. Check its address, and whether it runs.');
  const { detail, problems = [], lines = 0, notCounted = 0, doubles } = answered.body as Answered;
  if (problems.length > 0) throw new CannotTrain(['Nothing was imported.', ...problems.map(problemWords)].join('\n'));
  if (answered.status !== 200) {
    throw new CannotTrain(`Nothing was imported. ${detail ?? 'Check your role, and that the token is not over.'}`);
  }
  return [
    lines === 1 ? '1 line is imported.\n' : `${lines} lines are imported.\n`,
    notCounted > 0 ? `Of a course that does not count for their group: ${notCounted}.\n` : '',
    linesWords(doubles?.inFile ?? [], 'Repeats of an earlier line'),
    linesWords(doubles?.before ?? [], 'Recorded before'),
  ].join('');
}

async function coverage(data: string, out: string | undefined, parts: TrainingCommandParts): Promise<string> {
  const { now, state } = await parts.read(data);
  const view = trainingView(state, now);
  if (out !== undefined) parts.write(out, coverageFile(view));
  return [
    `Current on ${formatDate(view.asOf)}. Each person counts once.\n`,
    ...view.groups.map(coverageLine),
    ...view.baselines.map(({ words, source }) => `Announced, and not counted above: ${words}. ${source}.\n`),
  ].join('');
}

const options = {
  data: { type: 'string', default: '.data' },
  out: { type: 'string' },
  api: { type: 'string' },
} as const;

/** Answers the words after `npm run training --`. It never rejects for what a person typed. */
export async function trainingCommand(args: readonly string[], parts: TrainingCommandParts): Promise<Printed> {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const { data, out, api } = values;
    const [name, path] = positionals;
    if (name === 'import') return { status: 0, out: await importFile(path, api, parts), err: '' };
    if (name === 'coverage') return { status: 0, out: await coverage(data, out, parts), err: '' };
    throw new CannotTrain(`Use:\n${usage}`);
  } catch (error) {
    const isTyped = error instanceof TypeError && 'code' in error;
    if (!(isTyped || error instanceof CannotTrain || error instanceof CannotReadFolder)) throw error;
    return { status: 2, out: '', err: `${error.message}\n` };
  }
}

if (import.meta.main) {
  const { status, out, err } = await trainingCommand(process.argv.slice(2), {
    read: readTrainingFolder,
    readFile(path) {
      try {
        return readFileSync(resolve(path), 'utf8');
      } catch {
        throw new CannotTrain(`The file ${path} cannot be read.`);
      }
    },
    write(path, text) {
      mkdirSync(dirname(resolve(path)), { recursive: true });
      writeFileSync(resolve(path), text);
    },
    async send(api, csv) {
      const path = '/api/v1/training/attendance';
      if (!URL.canParse(path, api))
        throw new CannotTrain('Give the address of the API, such as http://127.0.0.1:3000.');
      const answered = await fetch(new URL(path, api), {
        method: 'POST',
        headers: { authorization: `Bearer ${process.env.CARELINE_TOKEN ?? ''}`, 'content-type': 'application/json' },
        body: JSON.stringify({ csv }),
      }).catch(() => undefined);
      return answered && { status: answered.status, body: await answered.json().catch(() => ({})) };
    },
  });
  process.stdout.write(out);
  process.stderr.write(err);
  process.exitCode = status;
}
