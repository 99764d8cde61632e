/**
 * `npm run audit -- runs|log|referral|proof|export`: prints runs, the log of operations, and one referral's history from a data folder of
 * `npm start`, or writes its proof file or an export. What it cannot answer is one sentence on stderr and status 2, and nothing is written. It
 * reads ledger and anchors alone, so nothing of the vault.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { heldIn, shownAct, shownRead } from '../application/read/shown-act.ts';
import { actOf, type LoggedAct, logOf, type Way, ways } from '../domain/audit/act-log.ts';
import { describe } from '../domain/audit/event-sentences.ts';
import type { Chosen } from '../domain/audit/exports.ts';
import { type RunState, runSentences, runStates, stateAt } from '../domain/audit/run-states.ts';
import { runNameOf, runsOf } from '../domain/board/run-rows.ts';
import { isReference } from '../domain/core/ids.ts';
import { fold } from '../domain/fold.ts';
import { formatInstant, startOfDay } from '../domain/policy/due.ts';
import { findRule } from '../domain/policy/policy.ts';
import { dutyTitle } from '../domain/words/duty-words.ts';
import { policyOf } from '../policy/policies.ts';
import type { Printed } from '../policy/policy-command.ts';
import { CannotReadFolder, type FolderRead, readFolder } from '../reports/read-folder.ts';
import { exportFromFolder } from './export-from-folder.ts';
import { proveFromFolder } from './prove-from-folder.ts';
import { type ChainsRead, readChains } from './read-chains.ts';

const usage = [
  'npm run audit -- runs [--state failed] [--referral CR-...] [--json] [--data .data]',
  'npm run audit -- log [--day 2026-11-28] [--person P-...] [--referral CR-...] [--kind screen] [--request ID]',
  '                 [--door console] [--functions] [--json] [--data .data]',
  'npm run audit -- referral CR-... [--json] [--data .data]',
  'npm run audit -- proof CR-... --out FILE.zip [--data .data]',
  'npm run audit -- export CR-... [CR-...] --out FILE.zip [--data .data]',
  'npm run audit -- export --from 2026-03-01 --to 2026-03-31 --out FILE.zip [--data .data]',
].join('\n');

/** What was asked cannot be answered, in one sentence. */
class CannotAudit extends Error {}

type Read = Pick<FolderRead, 'now' | 'referrals' | 'reads'>;

export interface AuditParts {
  readonly read: (folder: string) => Promise<Read>;
  readonly readChains: (folder: string) => Promise<ChainsRead>;
  readonly write: (path: string, content: Uint8Array) => void;
}

const options = {
  data: { type: 'string', default: '.data' },
  out: { type: 'string' },
  state: { type: 'string' },
  referral: { type: 'string' },
  day: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  person: { type: 'string' },
  kind: { type: 'string' },
  door: { type: 'string' },
  request: { type: 'string' },
  functions: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;
type Values = ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>['values'];

const printed = (rows: readonly object[], line: (row: never) => string, json: boolean): string =>
  json ? `${JSON.stringify(rows, undefined, 2)}\n` : rows.map((row) => `${line(row as never)}\n`).join('');

const stateOf = ({ id, commits }: FolderRead['referrals'][number]) => {
  const state = fold(id, commits);
  const first = commits[0];
  return state && first && { state, policy: policyOf(state.policy ?? first.policy) };
};

interface PrintedRun {
  readonly run: string;
  readonly state: RunState;
  readonly generation: number;
  readonly duty: string;
  readonly says: readonly string[];
}

function runsIn({ now, referrals }: Read, { state: asked, referral }: Values): readonly PrintedRun[] {
  if (asked !== undefined && !runStates.some((each) => each === asked))
    throw new CannotAudit(`There is no state "${asked}". There are: ${runStates.join(', ')}.`);
  return referrals
    .filter(({ id }) => referral === undefined || id === referral)
    .flatMap((each) => {
      const folded = stateOf(each);
      if (!folded || folded.state.access.seal) return [];
      return runsOf(folded.state, folded.policy).map((run): PrintedRun => {
        const known = findRule(folded.policy, run.rule ?? '');
        return {
          run: runNameOf(each.id, run),
          state: stateAt(run, now),
          generation: run.generation,
          duty: known ? dutyTitle(known) : 'The pathway of the referral',
          says: runSentences(run, folded.policy, now),
        };
      });
    })
    .filter(({ state }) => (asked === undefined ? state !== 'ended' : state === asked))
    .toSorted((one, other) => runStates.indexOf(one.state) - runStates.indexOf(other.state));
}

/** The lines of the log as auditors read them: without sealed referrals, and without what is kept apart. */
function actsOf({ referrals, reads }: Read): readonly LoggedAct[] {
  const seen = new Map(
    referrals.flatMap(({ id, commits }) => {
      const folded = stateOf({ id, commits });
      if (!folded || folded.state.access.seal) return [];
      return [[id, { commits, held: heldIn({ state: folded.state, commits }, folded.policy) }] as const];
    }),
  );
  const heldReaders = (id: string): ReadonlySet<string> => {
    const merged = (seen.get(id)?.commits ?? []).flatMap(({ events }) =>
      events.flatMap((each) => (each.type === 'merged' ? [each.to] : [])),
    );
    return new Set([id, ...merged].flatMap((each) => [...(seen.get(each)?.held.people ?? [])]));
  };
  return [
    ...[...seen].flatMap(([id, { commits, held }]) => commits.map((commit) => shownAct(id, commit, held))),
    ...reads.flatMap(({ id, commits }) =>
      seen.has(id) || !isReference('CR', id) ? commits.map((commit) => shownRead(id, commit, heldReaders(id))) : [],
    ),
  ];
}

function dayOf(day: string | undefined): { readonly from?: string; readonly before?: string } {
  if (day === undefined) return {};
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day)))
    throw new CannotAudit(`Give the day as 2026-11-28, not "${day}".`);
  return { from: startOfDay(day), before: startOfDay(day, 1) };
}

function doorOf(asked: string | undefined): Way | undefined {
  const known = ways.find((each) => each === asked);
  if (asked !== undefined && known === undefined)
    throw new CannotAudit(`There is no door "${asked}". There are: ${ways.join(', ')}.`);
  return known;
}

function actLine({
  at,
  by,
  onBehalfOf,
  kind,
  referralId,
  seq,
  door,
  requestId,
  purpose,
  alertId,
  read,
}: LoggedAct): string {
  return [
    formatInstant(at),
    onBehalfOf === undefined ? by : `${by} on behalf of ${onBehalfOf}`,
    kind,
    `${referralId} ${kind === 'read' ? 'read' : 'commit'} ${seq}`,
    `through ${door}`,
    ...(read ? [`fields ${read.join(', ')}`] : []),
    ...(purpose === undefined ? [] : [`for ${purpose}`]),
    ...(alertId === undefined ? [] : [`alert ${alertId}`]),
    ...(requestId === undefined ? [] : [`request ${requestId}`]),
  ].join('; ');
}

function historyOf(folder: Read, id: string | undefined) {
  const found = folder.referrals.find((each) => each.id === id);
  const folded = found && stateOf(found);
  if (!found || !folded) throw new CannotAudit(`The folder has no referral "${id ?? ''}".`);
  return found.commits.map((commit) => ({
    ...actOf(found.id, commit),
    says: commit.events.map((event) => describe(event, folded.state, folded.policy)),
  }));
}

const isDay = (day: string): boolean => /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));

/** The referrals or the period that the words name. */
function chosenIn(referrals: readonly string[], { from, to }: Values): Chosen {
  if (from === undefined && to === undefined) {
    if (referrals.length === 0) throw new CannotAudit('Name referrals, or give --from and --to.');
    return { referrals: [...new Set(referrals)] };
  }
  if (referrals.length > 0) throw new CannotAudit('Name referrals, or give a period, not both.');
  if (from === undefined || to === undefined || !isDay(from) || !isDay(to))
    throw new CannotAudit('Give both days as 2026-11-28, with --from and --to.');
  if (from > to) throw new CannotAudit('The last day is before the first one.');
  return { from, to };
}

/** A command of the stack's folder makes it, because this room may not import that one. */
const verifyScript = (): string =>
  execFileSync(process.execPath, [
    fileURLToPath(new URL('../../infra/constructs/verify-script.ts', import.meta.url)),
  ]).toString('utf8');

async function answer(args: readonly string[], { read, readChains, write }: AuditParts): Promise<string> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [command, subject] = positionals;
  const { json, data } = values;
  switch (command) {
    case 'runs':
      return printed(
        runsIn(await read(data), values),
        ({ run, state, duty, says }: PrintedRun) => `${run}; ${state}; ${duty}; ${says.join(' ')}`,
        json,
      );
    case 'log': {
      const filters = { ...values, door: doorOf(values.door), ...dayOf(values.day) };
      return printed(logOf(actsOf(await read(data)), filters), actLine, json);
    }
    case 'referral':
      return printed(
        historyOf(await read(data), subject),
        ({ says, ...act }: ReturnType<typeof historyOf>[number]) =>
          [actLine(act), ...says.map((sentence) => `    ${sentence}`)].join('\n'),
        json,
      );
    case 'proof': {
      if (subject === undefined || values.out === undefined)
        throw new CannotAudit('Name the referral, and the file with --out.');
      const { file, lines } = await proveFromFolder(await readChains(data), subject, verifyScript());
      write(values.out, file);
      return [...lines, `Written to ${values.out}.`, ''].join('\n');
    }
    case 'export': {
      const chosen = chosenIn(positionals.slice(1), values);
      if (values.out === undefined) throw new CannotAudit('Name the file with --out.');
      const { zip, digest, referrals } = await exportFromFolder(await readChains(data), chosen);
      write(values.out, zip);
      return [
        `${referrals} ${referrals === 1 ? 'referral' : 'referrals'}. SHA-256: ${digest}.`,
        'Nothing was recorded: a folder is only read. Write down who asked, what for, and who approved it.',
        `Written to ${values.out}.`,
        '',
      ].join('\n');
    }
    default:
      throw new CannotAudit(`Use:\n${usage}`);
  }
}

/** Answers the words after `npm run audit --`. It never rejects for what a person typed. */
export async function auditCommand(args: readonly string[], parts: AuditParts): Promise<Printed> {
  try {
    return { status: 0, out: await answer(args, parts), err: '' };
  } catch (error) {
    const isTyped = error instanceof TypeError && 'code' in error;
    if (!(isTyped || error instanceof CannotAudit || error instanceof CannotReadFolder)) throw error;
    return { status: 2, out: '', err: `${error.message}\n` };
  }
}

if (import.meta.main) {
  const { status, out, err } = await auditCommand(process.argv.slice(2), {
    read: readFolder,
    readChains,
    write: writeFileSync,
  });
  process.stdout.write(out);
  process.stderr.write(err);
  process.exitCode = status;
}
