/**
 * What auditors save as a file: the log, the runs, and the chapters of a referral's audit. A file has ids, codes and UTC instants,
 * as its page has. It has nothing of the vault, and no fact about the child. Each is recorded as a read before it goes out.
 */
import { personFrame } from '../../../shared/application/access/person-frame.ts';
import type { Visitor } from '../../../shared/application/access/visitor.ts';
import type { readLog } from '../../../shared/application/read/log.ts';
import type { RunsPage } from '../../../shared/application/read/run-list.ts';
import type { ShownAudit } from '../../../shared/application/read/shown-audit.ts';
import { findRule, type Policy } from '../../../shared/domain/policy/policy.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { dutyTitle } from '../../../shared/domain/words/duty-words.ts';
import { labelOf } from '../../../shared/domain/words/field-words.ts';
import { type Cell, csvOf } from '../../../shared/reports/csv.ts';
import type { Ledger } from '../../../shared/store/ledger.ts';
import type { Chapter, NameOf } from './chapter.tsx';
import { kindWords, wayWords } from './log-page.tsx';
import { stateWords } from './runs-page.tsx';

/** So many rows are in a file of the log, and of the runs. */
export const mostInFile = { log: 1000, runs: 5000 } as const;

/** The chain of a UTC day's files that belong to no referral, of the log and of runs: `AUDITS-2026-11-25`. */
const auditsOn = (instant: string): string => `AUDITS-${instant.slice(0, 10)}`;

/** Records that this person saves a file. It rejects where the read cannot be recorded. `of`: the referral that it is about. */
export const recordSaved = (
  { ledger, now }: { readonly ledger: Pick<Ledger, 'recordAccess'>; readonly now: string },
  visitor: Visitor,
  read: readonly string[],
  of = auditsOn(now),
): Promise<void> => ledger.recordAccess(of, personFrame({ now }, visitor, 'save-as-csv', of), read);

const yes = (value: boolean | undefined): string => (value ? 'yes' : 'no');
const list = (values: readonly string[]): string => values.join('; ');

export function logFile({ acts, next }: Awaited<ReturnType<typeof readLog>>, nameOf: NameOf): string {
  const heads = ['At (UTC)', 'By', 'Name', 'On behalf of', 'What', 'About', 'Through', 'Run', 'Alert', 'Request'];
  const rows = acts.map((line): readonly Cell[] => [
    ...[line.at, line.by, line.isPerson ? nameOf(line.by) : '', line.onBehalfOf, kindWords(line), line.referralId],
    ...[wayWords[line.door], line.run, line.alertId, line.requestId, yes(line.isDoubtful)],
  ]);
  const more = next === undefined ? [] : [['Earlier acts are not in this file. Choose a day to save them.']];
  return csvOf([[...heads, 'In doubt'], ...rows, ...more]);
}

export function runsFile({ runs, total, isAtLeast }: RunsPage): string {
  const heads = ['Run', 'Execution', 'Referral', 'State', 'Duty', 'Since (UTC)', 'Due (UTC)', 'Overdue', 'Next'];
  const rows = runs.map((line): readonly Cell[] => [
    ...[line.run, line.execution, line.referralId, stateWords[line.state], line.duty, line.since, line.due],
    ...[yes(line.overdue), line.next && words(line.next), line.nextAt, line.office, line.says.join(' ')],
  ]);
  const hasMore = isAtLeast || total > runs.length;
  const more = hasMore ? [['More runs are not in this file. Filter the list to save them.']] : [];
  return csvOf([[...heads, 'Next at (UTC)', 'Office', 'Says'], ...rows, ...more]);
}

const dutyOf = (rule: string, policy: Policy): string => {
  const known = findRule(policy, rule);
  return known ? dutyTitle(known) : '';
};

interface ChapterTable {
  readonly heads: readonly string[];
  readonly rows: (audit: ShownAudit, policy: Policy) => readonly (readonly Cell[])[];
}

/** The chapters that are lists. The others count what these have. */
const tables = {
  clocks: {
    heads: [
      ...['Deadline', 'Rule', 'Duty', 'Status', 'Missed', 'Late', 'Began (UTC)', 'Due (UTC)', 'Kept (UTC)'],
      'Waits on',
    ],
    rows: ({ deadlines }, policy) =>
      deadlines.map(({ id, rule, status, missed, late, start, due, keptAt, waitsOn }) => [
        ...[id, rule, dutyOf(rule, policy), words(status), yes(missed), yes(late), start, due, keptAt],
        status === 'open' ? list(waitsOn.map(wordsInside)) : '',
      ]),
  },
  runs: {
    heads: ['Run', 'Execution', 'Waits for', 'Since (UTC)', 'Next', 'Next at (UTC)'],
    rows: ({ runs, waits }) =>
      runs.map(({ run, execution, waitsFor }) => {
        const wait = waits.find((each) => each.run === run);
        return [run, execution, waitsFor, wait?.since, wait?.next && words(wait.next.kind), wait?.next?.at];
      }),
  },
  mail: {
    heads: [
      ...['Alert', 'Requested (UTC)', 'Kind', 'Checkpoint', 'Channel', 'Person', 'Addressed as', 'Status', 'Because'],
      ...['At (UTC)', 'Acknowledged by'],
    ],
    rows: ({ alerts }) =>
      alerts.flatMap(({ id, requestedAt, kind, checkpoint, deliveries, texts, acknowledgedBy }) => {
        const alert: readonly Cell[] = [id, requestedAt, kind && words(kind), checkpoint];
        const sent = [
          ...deliveries.map((each) => ({ ...each, channel: 'email', addressedAs: words(each.addressedAs) })),
          ...texts.map((each) => ({ ...each, channel: 'text', addressedAs: '' })),
        ];
        if (sent.length === 0) return [[...alert, '', '', '', 'None yet', '', '', acknowledgedBy]];
        return sent.map(({ channel, personId, addressedAs, status, because, at }) => [
          ...alert,
          ...[channel, personId, addressedAs, words(status), because, at, acknowledgedBy],
        ]);
      }),
  },
  reads: {
    heads: ['At (UTC)', 'Person', 'On behalf of', 'What', 'What for', 'Request'],
    rows: ({ accesses }) =>
      accesses.map(({ at, personId, onBehalfOf, read, purpose, requestId }) => [
        ...[at, personId, onBehalfOf, list(read.map(labelOf)), purpose && words(purpose), requestId],
      ]),
  },
  commits: {
    heads: ['No.', 'At (UTC)', 'By', 'On behalf of', 'Set off by', 'Run', 'Request', 'Events', 'What', 'Hash'],
    rows: ({ commits }) =>
      commits.map(({ seq, at, actor, onBehalfOf, cause, events, says, hash }) => [
        ...[seq, at, actor.id, onBehalfOf, words(cause.kind === 'command' ? cause.name : cause.kind)],
        ...[cause.kind === 'task' ? cause.run : '', 'requestId' in cause ? cause.requestId : ''],
        ...[list(events.map(({ type }) => type)), says.join(' '), hash],
      ]),
  },
} as const satisfies Partial<Readonly<Record<Chapter, ChapterTable>>>;

export const isSaved = (chapter: string): chapter is keyof typeof tables => Object.hasOwn(tables, chapter);

export const chapterFile = (chapter: keyof typeof tables, audit: ShownAudit, policy: Policy): string =>
  csvOf([tables[chapter].heads, ...tables[chapter].rows(audit, policy)]);
