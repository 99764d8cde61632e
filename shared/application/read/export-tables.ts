/**
 * The chapters of an export of the audit, as tables. Codes have their words beside. Pure. They hold ids, codes and instants alone: nothing of the vault, and no fact about a child.
 */

import { findRule, type Policy } from '../../domain/policy/policy.ts';
import { words, wordsInside } from '../../domain/words/code-words.ts';
import { dutyTitle } from '../../domain/words/duty-words.ts';
import { labelOf } from '../../domain/words/field-words.ts';
import type { ChainToProve } from '../../proof/proved-chains.ts';
import type { Cell } from '../../reports/csv.ts';
import type { ShownAudit } from './shown-audit.ts';

/** A referral as it is exported. */
export interface Exported {
  readonly audit: ShownAudit;
  readonly policy: Policy;
  readonly chains: readonly ChainToProve[];
}

export interface ExportTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

interface Chapter {
  readonly name: string;
  /** What a row is, for the manifest. */
  readonly says: string;
  readonly columns: readonly string[];
  readonly rows: (exported: Exported) => readonly (readonly Cell[])[];
}

const yes = (value: boolean): string => (value ? 'yes' : 'no');
const list = (values: readonly string[]): string => values.join('; ');

const dutyOf = (rule: string, policy: Policy): string => {
  const known = findRule(policy, rule);
  return known ? dutyTitle(known) : '';
};

const headOf = ({ commits }: ChainToProve): string => commits.at(-1)?.hash ?? '';

/** The rows of each chapter. Each begins with the reference. */
export const exportChapters: readonly Chapter[] = [
  {
    name: 'referrals',
    says: 'One row a referral: its stage, its rules, and whether its chains are as they were written.',
    columns: ['stage', 'stage_words', 'opened_at', 'policy', 'commits', 'chain_intact', 'mail_intact', 'reads_intact'],
    rows: ({ audit: { stage, commits, policy, chain, alertChainsIntact, accessChainIntact } }) => [
      [
        ...[stage, words(stage), commits[0]?.at, policy, commits.length],
        ...[chain.intact, alertChainsIntact, accessChainIntact].map(yes),
      ],
    ],
  },
  {
    name: 'deadlines',
    says: 'One row a clock: the duty, when it began and was due, and how it stands.',
    columns: [
      ...['deadline', 'rule', 'duty', 'status', 'status_words', 'missed', 'late', 'began_at', 'due_at', 'kept_at'],
      ...['waits_on', 'waits_on_words'],
    ],
    rows: ({ audit, policy }) =>
      audit.deadlines.map(({ id, rule, status, missed, late, start, due, keptAt, waitsOn }) => [
        ...[id, rule, dutyOf(rule, policy), status, words(status), yes(missed), yes(late), start, due, keptAt],
        ...(status === 'open' ? [list(waitsOn), list(waitsOn.map(wordsInside))] : ['', '']),
      ]),
  },
  {
    name: 'runs',
    says: 'One row a run: its execution, and what it waits for.',
    columns: ['run', 'execution', 'waits_for', 'waits_since', 'next', 'next_words', 'next_at'],
    rows: ({ audit: { runs, waits } }) =>
      runs.map(({ run, execution, waitsFor }) => {
        const wait = waits.find((each) => each.run === run);
        const next = wait?.next;
        return [run, execution, waitsFor, wait?.since, next?.kind, next && words(next.kind), next?.at];
      }),
  },
  {
    name: 'mail',
    says: 'One row an e-mail or text message, by person, with its result. An alert that no mail left yet has one row.',
    columns: [
      ...['alert', 'asked_at', 'kind', 'kind_words', 'checkpoint', 'channel', 'person', 'addressed_as'],
      ...['addressed_as_words', 'status', 'status_words', 'because', 'at', 'acknowledged_by'],
    ],
    rows: ({ audit }) =>
      audit.alerts.flatMap(({ id, requestedAt, kind, checkpoint, deliveries, texts, acknowledgedBy }) => {
        const alert = [id, requestedAt, kind, kind && words(kind), checkpoint];
        const sent = [
          ...deliveries.map((each) => ({ channel: 'email', ...each })),
          ...texts.map((each) => ({ channel: 'text', addressedAs: '', ...each })),
        ];
        if (sent.length === 0) return [[...alert, '', '', '', '', 'none', 'None yet', '', '', acknowledgedBy]];
        return sent.map(({ channel, personId, addressedAs, status, because, at }) => [
          ...alert,
          ...[channel, personId, addressedAs, addressedAs === '' ? '' : words(addressedAs)],
          ...[status, words(status), because, at, acknowledgedBy],
        ]);
      }),
  },
  {
    name: 'reads',
    says: 'One row a read of facts or of who the child is: which person, when, what and what for. It was recorded before.',
    columns: [
      ...[
        'at',
        'person',
        'on_behalf_of',
        'fields',
        'fields_words',
        'purpose',
        'purpose_words',
        'approved_by',
        'request',
      ],
    ],
    rows: ({ audit }) =>
      audit.accesses.map(({ at, personId, onBehalfOf, read, purpose, approvedBy, requestId }) => [
        ...[at, personId, onBehalfOf, list(read), list(read.map(labelOf))],
        ...[purpose, purpose && words(purpose), approvedBy, requestId],
      ]),
  },
  {
    name: 'commits',
    says: 'One row a commit of each chain, with its hash. A proof file shows that they are as they were anchored.',
    columns: ['chain', 'seq', 'hash', 'prev'],
    rows: ({ chains }) =>
      chains.flatMap(({ chain, commits }) => commits.map(({ seq, hash, prev }) => [chain, seq, hash, prev])),
  },
  {
    name: 'acts',
    says: 'One row a commit of the referral: who did what, when, and what set it off.',
    columns: [
      ...[
        'seq',
        'at',
        'actor_kind',
        'actor',
        'on_behalf_of',
        'cause',
        'cause_words',
        'run',
        'request',
        'events',
        'says',
      ],
    ],
    rows: ({ audit }) =>
      audit.commits.map(({ seq, at, actor, onBehalfOf, cause, events, says }) => {
        const name = cause.kind === 'command' ? cause.name : cause.kind;
        return [
          ...[seq, at, actor.kind, actor.id, onBehalfOf, name, words(name)],
          ...[cause.kind === 'task' ? cause.run : '', 'requestId' in cause ? cause.requestId : ''],
          ...[list(events.map(({ type }) => type)), says.join(' ')],
        ];
      }),
  },
];

/** The tables of these referrals, in their order. */
export const exportTables = (referrals: readonly Exported[]): readonly ExportTable[] =>
  exportChapters.map(({ name, columns, rows }) => ({
    name,
    columns: ['reference', ...columns],
    rows: referrals.flatMap((each) => rows(each).map((cells) => [each.audit.referralId, ...cells])),
  }));

export interface ExportHead {
  readonly reference: string;
  readonly chain: string;
  readonly commits: number;
  /** The hash of its last commit. */
  readonly head: string;
}

/** The head of each chain of these referrals. */
export const exportHeads = (referrals: readonly Exported[]): readonly ExportHead[] =>
  referrals.flatMap(({ audit, chains }) =>
    chains.map((each) => ({
      reference: audit.referralId,
      chain: each.chain,
      commits: each.commits.length,
      head: headOf(each),
    })),
  );
