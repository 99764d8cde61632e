/**
 * `node shared/reports/played/history-command.ts --until INSTANT [--years 2] [--referrals 240] [--seed invented]` plays a history.
 * It prints rows of the tables, for the embedded cloud, which may not import the domain. Each line of JSON is one referral. It has
 * the commits, and the row that says that all mail is over. A row lacks its code alone, which is made of its `message`.
 */
import { parseArgs } from 'node:util';
import type { Event } from '../../domain/events.ts';
import { connecticut20261 } from '../../policy/connecticut-2026-1.ts';
import { encodeCommit, noHash } from '../../store/commit.ts';
import { messageOf } from '../../store/commit-codes.ts';
import { codedRow } from '../../store/cursors.ts';
import type { Recorded } from '../report.ts';
import { playHistory } from './play-history.ts';

interface PlayedRow {
  readonly row: Readonly<Record<string, string | number>>;
  readonly message: string;
}

/** What led to a played commit: a person's command, or a step of a run. */
const causeOf = (id: string, { seq, actor }: Recorded['commits'][number]) =>
  actor.kind === 'person'
    ? ({ kind: 'command', name: 'played', id: `${id}.P${seq}` } as const)
    : ({ kind: 'task', run: `${id}-g1` } as const);

/** The commits of a referral as rows of the ledger, chained. The first is found by its instant, as each report is. */
function ledgerRows({ id, commits }: Recorded): readonly PlayedRow[] {
  const chain = `referral#${id}`;
  let prev = noHash;
  return commits.map((commit) => {
    const { seq, at, actor, policy } = commit;
    const events = commit.events as readonly Event[];
    const stored = encodeCommit(
      { chain, seq, at, actor, cause: causeOf(id, commit), policy, events: [...events] },
      prev,
    );
    prev = stored.hash;
    const found = seq === 1 ? { foundAs: 'referral', foundAt: new Date(at).toISOString() } : {};
    const row = { pk: chain, seq, at, body: stored.text, prev: stored.prev, hash: stored.hash, ...found };
    return { row, message: messageOf(stored.hash) };
  });
}

/** The row that says that all mail up to the last commit was sent. So no alert of years ago goes out now. */
async function mailIsOver({ id, commits }: Recorded, head: string): Promise<PlayedRow> {
  let message = '';
  const codes = {
    codeOf: async (name: string) => {
      message = messageOf(name);
      return { mac: '', keyId: '' };
    },
  };
  const {
    mac: _,
    keyId: __,
    ...row
  } = await codedRow(codes, id, 'send-alerts', { seq: commits.length, head, layout: 0 });
  return { row: row as PlayedRow['row'], message };
}

const { values } = parseArgs({
  options: {
    until: { type: 'string' },
    years: { type: 'string', default: '2' },
    referrals: { type: 'string', default: '240' },
    seed: { type: 'string', default: 'invented' },
  },
});
const until = new Date(values.until ?? '').toISOString();
const from = `${Number(until.slice(0, 4)) - Number(values.years)}${until.slice(4)}`.replace('-02-29', '-02-28');
const asked = { seed: values.seed, referrals: Number(values.referrals), from, until };
for (const recorded of playHistory(asked, connecticut20261)) {
  const commits = ledgerRows(recorded);
  const cursor = await mailIsOver(recorded, String(commits.at(-1)?.row.hash));
  process.stdout.write(`${JSON.stringify({ id: recorded.id, commits, cursor })}\n`);
}
