/**
 * `npm run audit`: prints runs, the log of operations, and one referral's history from a data folder of `npm start`, or writes its
 * proof file. It reads ledger and anchors alone, so nothing of the vault.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { heldIn, shownAct, shownRead } from '../application/read/shown-act.ts';
import { actOf, type LoggedAct, logOf, type Way, ways } from '../domain/audit/act-log.ts';
import { describe } from '../domain/audit/event-sentences.ts';
import { type RunState, runSentences, runStates, stateAt } from '../domain/audit/run-states.ts';
import { runNameOf, runsOf } from '../domain/board/run-rows.ts';
import { isReference } from '../domain/core/ids.ts';
import { fold } from '../domain/fold.ts';
import { formatInstant, startOfDay } from '../domain/policy/due.ts';
import { findRule } from '../domain/policy/policy.ts';
import { dutyTitle } from '../domain/words/duty-words.ts';
import { policyOf } from '../policy/policies.ts';
import {
  answerTo,
  CannotAnswer,
  type Command,
  dataFlag,
  type Given,
  jsonFlag,
  jsonText,
  print,
} from './command-line.ts';
import { proveFromFolder } from './prove-from-folder.ts';
import { type ChainsRead, readChains } from './read-chains.ts';
import { type FolderRead, readFolder } from './read-folder.ts';
import { type Machine, thisMachine } from './this-machine.ts';

type Read = Pick<FolderRead, 'now' | 'referrals' | 'reads'>;

export interface AuditParts extends Pick<Machine, 'write'> {
  readonly read: (folder: string) => Promise<Read>;
  readonly readChains: (folder: string) => Promise<ChainsRead>;
}

const flags = {
  state: { value: 'STATE', says: `Runs in one state: ${runStates.join(', ')}.` },
  referral: { value: 'CR-...', says: 'What is about one referral.' },
  day: { value: 'DAY', says: 'The acts of one day of New York, such as 2026-11-28.' },
  person: { value: 'P-...', says: 'The acts of one person.' },
  kind: { value: 'KIND', says: 'The acts of one kind, such as screen.' },
  request: { value: 'ID', says: 'The acts of one request.' },
  door: { value: 'DOOR', says: `The acts through one door: ${ways.join(', ')}.` },
  functions: { says: 'Also what functions did.' },
  out: { value: 'FILE.zip', says: 'The file to write.' },
  json: jsonFlag,
  data: dataFlag,
} as const;
type Values = Given<typeof flags>;

const printed = <Row>(rows: readonly Row[], line: (row: Row) => string, json: boolean): string =>
  json ? jsonText(rows) : rows.map((row) => `${line(row)}\n`).join('');

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
    throw new CannotAnswer(`There is no state "${asked}". There are: ${runStates.join(', ')}.`);
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

const isDay = (day: string): boolean => /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));

function dayOf(day: string | undefined): { readonly from?: string; readonly before?: string } {
  if (day === undefined) return {};
  if (!isDay(day)) throw new CannotAnswer(`Give the day as 2026-11-28, not "${day}".`);
  return { from: startOfDay(day), before: startOfDay(day, 1) };
}

function doorOf(asked: string | undefined): Way | undefined {
  const known = ways.find((each) => each === asked);
  if (asked !== undefined && known === undefined)
    throw new CannotAnswer(`There is no door "${asked}". There are: ${ways.join(', ')}.`);
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

function historyOf(folder: Read, id: string) {
  const found = folder.referrals.find((each) => each.id === id);
  const folded = found && stateOf(found);
  if (!found || !folded) throw new CannotAnswer(`The folder has no referral "${id}".`);
  return found.commits.map((commit) => ({
    ...actOf(found.id, commit),
    says: commit.events.map((event) => describe(event, folded.state, folded.policy)),
  }));
}

/** A command of the stack's folder makes it, because this room may not import that one. */
const verifyScript = (): string =>
  execFileSync(process.execPath, [
    fileURLToPath(new URL('../../infra/constructs/verify-script.ts', import.meta.url)),
  ]).toString('utf8');

const command: Command<typeof flags, AuditParts> = {
  run: 'npm run audit --',
  flags,
  acts: {
    runs: {
      usage: '[--state failed] [--referral CR-...] [--json] [--data DIR]',
      takes: ['state', 'referral', 'json', 'data'],
      answer: async ({ flags: asked }, { read }) =>
        printed(
          runsIn(await read(asked.data), asked),
          ({ run, state, duty, says }) => `${run}; ${state}; ${duty}; ${says.join(' ')}`,
          asked.json,
        ),
    },
    log: {
      usage:
        '[--day 2026-11-28] [--person P-...] [--referral CR-...] [--kind screen] [--request ID] [--door console] [--functions] [--json] [--data DIR]',
      takes: ['day', 'person', 'referral', 'kind', 'request', 'door', 'functions', 'json', 'data'],
      async answer({ flags: asked }, { read }) {
        const { referral, person, kind, request, functions } = asked;
        const filters = { referral, person, kind, request, functions, door: doorOf(asked.door), ...dayOf(asked.day) };
        return printed(logOf(actsOf(await read(asked.data)), filters), actLine, asked.json);
      },
    },
    referral: {
      usage: 'CR-... [--json] [--data DIR]',
      words: 1,
      takes: ['json', 'data'],
      answer: async ({ words: [id = ''], flags: { data, json } }, { read }) =>
        printed(
          historyOf(await read(data), id),
          ({ says, ...act }) => [actLine(act), ...says.map((sentence) => `    ${sentence}`)].join('\n'),
          json,
        ),
    },
    proof: {
      usage: 'CR-... --out FILE.zip [--data DIR]',
      words: 1,
      takes: ['out', 'data'],
      async answer({ words: [id = ''], flags: { out, data } }, { readChains, write }) {
        if (out === undefined) throw new CannotAnswer('Name the file with --out.');
        const { file, lines } = await proveFromFolder(await readChains(data), id, verifyScript());
        write(out, file);
        return [...lines, `Written to ${out}.`].join('\n');
      },
    },
  },
};

export const auditCommand = (args: readonly string[], parts: AuditParts) => answerTo(command, args, parts);

if (import.meta.main)
  await print(auditCommand(process.argv.slice(2), { ...thisMachine, read: readFolder, readChains }));
