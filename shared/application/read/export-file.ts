/** The file of an export: one zip with each chapter as CSV and as JSON, and a manifest. Pure, but for the digests. */
import { hash } from 'node:crypto';
import { words } from '../../domain/words/code-words.ts';
import { zipOf } from '../../proof/zip-files.ts';
import { csvOf } from '../../reports/csv.ts';
import { type Exported, type ExportTable, exportChapters, exportHeads, exportTables } from './export-tables.ts';

/** What an export says of itself. */
export interface ExportTold {
  /** Absent where the command of an operator made it. */
  readonly request?: {
    readonly id: string;
    readonly purpose: string;
    readonly askedBy: string;
    readonly askedAt: string;
    readonly approvedBy: string;
    readonly approvedAt: string;
  };
  readonly chosen: { readonly referrals: readonly string[] } | { readonly from: string; readonly to: string };
  /** The watermark: what came later is not in it. A UTC instant. */
  readonly asOf: string;
}

export interface ExportFile {
  readonly name: string;
  readonly zip: Uint8Array;
  /** The SHA-256 of the zip, in hex. */
  readonly digest: string;
  readonly referrals: number;
}

const digestOf = (content: string | Uint8Array): string => hash('sha256', content, 'hex');

/** Said in every file, whatever is in it. */
const notes = [
  'This export holds ids, codes and instants. It names no child and no reporter, and has no free text and no fact about a child.',
  'Identities stay in the vault. To read one, open the referral in the console and say your purpose. The read is recorded.',
  'A period means the New York days in which a referral was opened. Each referral is here with its whole record so far.',
  'Restricted referrals are only in exports of people who may see them.',
  'A referral whose chain cannot be read is not here. The watchdog names it.',
  'All instants are UTC. An empty cell means that nothing is recorded.',
];

/** Of an export that an operator made. */
const notRecorded = 'An operator made this from a data folder. The ledger has no record of it.';

/** A row as an object: what the CSV has in these columns. An empty cell is an empty text in both. */
const objectsOf = ({ columns, rows }: ExportTable) =>
  rows.map((cells) => Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])));

const jsonOf = (value: unknown): string => `${JSON.stringify(value, undefined, 1)}\n`;

export function exportFile(referrals: readonly Exported[], told: ExportTold): ExportFile {
  const tables = exportTables(referrals);
  const contents = tables.flatMap((table): readonly (readonly [string, string])[] => [
    [`${table.name}.csv`, csvOf([table.columns, ...table.rows])],
    [`${table.name}.json`, jsonOf(objectsOf(table))],
  ]);
  const { request, chosen, asOf } = told;
  const manifest = jsonOf({
    format: 1,
    what: 'Export of the audit of referrals',
    request: request ? { ...request, purposeWords: words(request.purpose) } : notRecorded,
    chosen,
    asOf,
    policies: [...new Set(referrals.map(({ audit }) => audit.policy))].toSorted(),
    referrals: referrals.length,
    chapters: exportChapters.map(({ name, says }) => ({
      name,
      says,
      rows: tables.find((table) => table.name === name)?.rows.length ?? 0,
    })),
    notes,
    files: contents.map(([name, text]) => ({ name, sha256: digestOf(text) })),
    heads: exportHeads(referrals),
  });
  const zip = zipOf({ ...Object.fromEntries(contents), 'manifest.json': manifest });
  return {
    name: `audit-export-${request?.id ?? asOf.slice(0, 10)}.zip`,
    zip,
    digest: digestOf(zip),
    referrals: referrals.length,
  };
}
