/**
 * `npm run training`: sends a file of attendance to the API, which records who sent it, or prints the coverage of a data folder.
 * It holds no number of a person.
 */
import { coverageFile, type ShownCoverage, trainingView } from '../application/read/shown-training.ts';
import { formatDate } from '../domain/policy/due.ts';
import { allTraining, foldTraining, readTrainingEvent, type TrainingState } from '../domain/training/training.ts';
import { trainingRules } from '../policy/training-rules.ts';
import { decodeCommit, type StoredCommit, verifyChain } from '../store/commit.ts';
import { answerTo, CannotAnswer, type Command, dataFlag, print } from './command-line.ts';
import { linesOf } from './read-folder.ts';
import { type Machine, thisMachine } from './this-machine.ts';

export interface TrainingParts extends Machine {
  /** The record of training in a folder, and the UTC instant of its clock. */
  readonly read: (folder: string) => Promise<{ readonly now: string; readonly state: TrainingState }>;
}

const flags = {
  api: { value: 'URL', says: 'The address of the API. The token of a trainer is in CARELINE_TOKEN.' },
  out: { value: 'FILE.csv', says: 'Also writes the coverage by town and agency.' },
  data: dataFlag,
} as const;

/** The record of training in the ledger of a data folder. Throws `CannotAnswer`, also where its chain is damaged. */
async function readTrainingFolder(folder: string) {
  const chain = `training#${allTraining}`;
  const stored: StoredCommit[] = [];
  let now = '';
  for await (const line of linesOf<StoredCommit & { now?: string; chain?: string }>('read-ledger-command', folder)) {
    if (line.now !== undefined) now = line.now;
    if (line.chain === chain) stored.push(line);
  }
  const check = verifyChain(chain, stored);
  if (stored.length > 0 && !check.intact) throw new CannotAnswer(`The chain ${chain} is damaged: ${check.sentence}`);
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

/** Sends the file. Throws `CannotAnswer` with each problem that the API found, by its line. */
async function importFile(path: string, api: string, { ask, readFile }: Machine): Promise<string> {
  const { status, body } = await ask(api, '/api/v1/training/attendance', { csv: readFile(path) });
  const { detail, problems = [], lines = 0, notCounted = 0, doubles } = body as Answered;
  if (problems.length > 0) throw new CannotAnswer(['Nothing was imported.', ...problems.map(problemWords)].join('\n'));
  if (status !== 200) {
    throw new CannotAnswer(`Nothing was imported. ${detail ?? 'Check your role, and that the token is not over.'}`);
  }
  return [
    lines === 1 ? '1 line is imported.\n' : `${lines} lines are imported.\n`,
    notCounted > 0 ? `Of a course that does not count for their group: ${notCounted}.\n` : '',
    linesWords(doubles?.inFile ?? [], 'Repeats of an earlier line'),
    linesWords(doubles?.before ?? [], 'Recorded before'),
  ].join('');
}

const command: Command<typeof flags, TrainingParts> = {
  run: 'npm run training --',
  flags,
  acts: {
    import: {
      usage: 'FILE.csv --api http://127.0.0.1:3000',
      words: 1,
      takes: ['api'],
      answer({ words: [file = ''], flags: { api } }, parts) {
        if (api === undefined) throw new CannotAnswer('Give the address of the API with --api.');
        return importFile(file, api, parts);
      },
    },
    coverage: {
      usage: '[--out FILE.csv] [--data DIR]',
      takes: ['out', 'data'],
      async answer({ flags: { data, out } }, { read, write }) {
        const { now, state } = await read(data);
        const view = trainingView(state, now);
        if (out !== undefined) write(out, coverageFile(view));
        return [
          `Current on ${formatDate(view.asOf)}. Each person counts once.\n`,
          ...view.groups.map(coverageLine),
          ...view.baselines.map(({ words, source }) => `Announced, and not counted above: ${words}. ${source}.\n`),
        ].join('');
      },
    },
  },
};

export const trainingCommand = (args: readonly string[], parts: TrainingParts) => answerTo(command, args, parts);

if (import.meta.main) await print(trainingCommand(process.argv.slice(2), { ...thisMachine, read: readTrainingFolder }));
