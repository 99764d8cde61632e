/**
 * Plays a history, and prints rows of the tables for the embedded cloud, which may not import the domain. Each line of JSON is one
 * referral. It has the commits, and the rows that say what is over. The first line asks the key service for the code of a text, `code`.
 * Its answer comes as one line of JSON on stdin: `mac` and `keyId`.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { noteOfAct } from '../domain/audit/act-log.ts';
import { whereKnown } from '../domain/core/where-known.ts';
import { openRuns } from '../domain/deadlines/deadline-runs.ts';
import type { Event } from '../domain/events.ts';
import { fold } from '../domain/fold.ts';
import { connecticut20261 } from '../policy/connecticut-2026-1.ts';
import { shiftYears } from '../reports/calendars.ts';
import { playHistory } from '../reports/played/play-referrals.ts';
import type { Recorded } from '../reports/whole-report.ts';
import { type Commit, encodeCommit, noHash } from '../store/commit.ts';
import { type CommitCodes, createCommitCodes, type KeyHolder } from '../store/commit-codes.ts';
import { codedRow } from '../store/cursors.ts';
import { createProcessKeys, type KeyService, type Mac } from '../store/process-keys.ts';
import { answerTo, CannotAnswer, type Command, print } from './command-line.ts';

/** The codes of one key, coded by who reads stdout. `at`: epoch milliseconds, in whose day the rows come into the tables. */
const codesOfReader = (at: number): CommitCodes => {
  const service: KeyService<KeyHolder> = {
    async macOf(_, code): Promise<Mac> {
      process.stdout.write(`${JSON.stringify({ code })}\n`);
      const answers = createInterface({ input: process.stdin });
      const [answer] = (await once(answers, 'line')) as [string];
      answers.close();
      return JSON.parse(answer) as Mac;
    },
    // It reads no code.
    holderOf: async () => undefined,
  };
  return createCommitCodes('door', createProcessKeys<KeyHolder>({ holder: 'door', service }), () => at);
};

/** What led to a played commit: a person's command, or a step of a run. */
const causeOf = (id: string, { seq, actor }: Recorded['commits'][number]) =>
  actor.kind === 'person'
    ? ({ kind: 'command', name: 'played', id: `${id}.P${seq}` } as const)
    : ({ kind: 'task', run: `${id}-g1` } as const);

/** The commits of a referral as rows of the ledger, chained. The first is found by its instant, as each report is. */
async function ledgerRows({ id, commits }: Recorded, codes: CommitCodes) {
  const chain = `referral#${id}`;
  let prev = noHash;
  const rows = commits.map((commit) => {
    const { seq, at, actor, policy } = commit;
    const events = commit.events as readonly Event[];
    const content = { chain, seq, at, actor, cause: causeOf(id, commit), policy, events: [...events] };
    const stored = encodeCommit(content, prev);
    prev = stored.hash;
    const note = noteOfAct(content);
    const found =
      seq === 1 || note !== undefined
        ? { foundAs: seq === 1 ? 'referral' : 'act', foundAt: new Date(at).toISOString(), ...whereKnown({ note }) }
        : {};
    // As a door does: it vouches for the chain before. Then no reader asks about each commit.
    const vouches = actor.kind === 'person';
    const row = { pk: chain, seq, at, body: stored.text, prev: stored.prev, hash: stored.hash, ...found };
    return { ...row, ...(vouches && { vouches }) };
  });
  return Promise.all(
    rows.map(async (row) => ({ ...row, ...(await codes.codeOf(row.hash, row.vouches ? 'vouching' : 'commit')) })),
  );
}

/**
 * The row that says that a reader of the stream is done up to the last commit. The mail of years ago does not go out now, and no
 * run of a referral that is over starts. Layout 0 leaves the rows of lists to be written.
 */
const isOver = (reader: 'react' | 'send-alerts', { id, commits }: Recorded, head: string, codes: CommitCodes) =>
  codedRow(codes, id, reader, { seq: commits.length, head, layout: 0 });

/** Whether no one owes anything any more. After a withdrawal, clocks of law run on. */
function hasEnded({ id, commits }: Recorded): boolean {
  const state = fold(id, commits as readonly Commit<Event>[]);
  return state !== undefined && state.stage !== 'open' && openRuns(state).length === 0;
}

const flags = {
  until: { value: 'INSTANT', says: 'Up to when.' },
  years: { value: 'N', says: 'How many years before.', otherwise: '2' },
  referrals: { value: 'N', says: 'How many referrals.', otherwise: '240' },
  seed: { value: 'WORD', says: 'Another word plays another history.', otherwise: 'invented' },
} as const;

const command: Command<typeof flags, undefined> = {
  run: 'node shared/cli/history-command.ts',
  flags,
  acts: {
    '': {
      usage: '--until INSTANT [--years 2] [--referrals 240] [--seed invented]',
      takes: ['until', 'years', 'referrals', 'seed'],
      async answer({ flags: { until: end = '', years, referrals, seed } }) {
        if (Number.isNaN(Date.parse(end))) throw new CannotAnswer('Say up to when with --until, as an instant.');
        const until = new Date(end).toISOString();
        const asked = { seed, referrals: Number(referrals), from: shiftYears(until, -Number(years)), until };
        // Line by line, because all of them would not fit into one text.
        const codes = codesOfReader(Date.parse(until));
        for (const recorded of playHistory(asked, connecticut20261)) {
          const commits = await ledgerRows(recorded, codes);
          const readers = hasEnded(recorded) ? (['send-alerts', 'react'] as const) : (['send-alerts'] as const);
          const head = String(commits.at(-1)?.hash);
          const cursors = await Promise.all(readers.map((reader) => isOver(reader, recorded, head, codes)));
          process.stdout.write(`${JSON.stringify({ id: recorded.id, commits, cursors })}\n`);
        }
        return { status: 0, out: '', err: '' };
      },
    },
  },
};

await print(answerTo(command, process.argv.slice(2), undefined));
