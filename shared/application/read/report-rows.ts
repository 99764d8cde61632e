/** The rows of facts that reports are made of. One reading serves for a while, so that its figures have one watermark. */
import type { FactRow } from '../../domain/facts/fact-row-shape.ts';
import { newYorkDate } from '../../domain/policy/due.ts';
import type { Facts } from '../../store/facts.ts';

export interface RowsRead {
  /** The watermark, a UTC instant. A row may be an hour behind it. */
  readonly asOf: string;
  readonly rows: readonly FactRow[];
}
/** `now`: a UTC instant. */
export type ReadRows = (now: string) => Promise<RowsRead>;

/** So long one reading is used, in milliseconds. Watermarks are full multiples of it, so that both doors have the same. */
const keptFor = 5 * 60_000;
const monthsAtOnce = 12;

/** `2026-11` and the eleven months before it. */
function monthsUpTo(month: string): readonly string[] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return Array.from({ length: monthsAtOnce }, (_, back) => {
    const at = year * 12 + number - 1 - back;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  });
}

/** All rows, back to a whole year in which no referral was received. */
async function allRows(facts: Pick<Facts, 'ofMonth'>, asOf: string): Promise<readonly FactRow[]> {
  const found: FactRow[] = [];
  for (let month = newYorkDate(asOf).slice(0, 7); ; ) {
    const months = monthsUpTo(month);
    const rows = (await Promise.all(months.map((each) => facts.ofMonth(each)))).flat();
    if (rows.length === 0) return found;
    found.push(...rows);
    month = monthsUpTo(months.at(-1) ?? month)[1] ?? month;
  }
}

/** A reading that was begun in these minutes is shared by all who ask. One that failed is not kept. */
export function createReportRows(facts: Pick<Facts, 'ofMonth'>): ReadRows {
  let kept: { readonly asOf: string; readonly read: Promise<RowsRead> } | undefined;
  return (now) => {
    const asOf = new Date(Math.floor(Date.parse(now) / keptFor) * keptFor).toISOString();
    if (kept?.asOf === asOf) return kept.read;
    const read = allRows(facts, asOf).then((rows) => ({
      asOf,
      rows: rows.filter(({ receivedAt }) => Date.parse(receivedAt) <= Date.parse(asOf)),
    }));
    kept = { asOf, read };
    read.catch(() => {
      if (kept?.read === read) kept = undefined;
    });
    return read;
  };
}
