/** Obvious second computations that several tests of figures share. They use no function of `shared/reports`. */
import type { FactRow } from '../../shared/domain/facts/fact-row-shape.ts';

export const ms = (at: string | undefined): number => Date.parse(at ?? '');

/** The New York date, by the clock of the platform. */
const newYork = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' });
export const dateOf = (at: string): string => newYork.format(new Date(at));

export interface SlowChild {
  /** Its rows of the period, and all its rows, oldest first. */
  readonly own: readonly FactRow[];
  readonly all: readonly FactRow[];
}

const byTime = (rows: readonly FactRow[]): readonly FactRow[] =>
  rows.toSorted((one, other) => ms(one.receivedAt) - ms(other.receivedAt) || (one.id < other.id ? -1 : 1));

/** The children among rows without the sealed ones, by repeated marking, with a referral in the span that was no error. */
export function slowChildren(given: readonly FactRow[], from: string, before: string): readonly SlowChild[] {
  const rows = given.filter(({ sealed }) => !sealed);
  const mark = new Map(rows.map(({ id }) => [id, id]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const { id, links } of rows) {
      for (const other of [links.mergedInto, links.duplicateOf, ...links.earlier]) {
        const [mine, theirs] = [mark.get(id), mark.get(other ?? '')];
        if (mine === undefined || theirs === undefined || mine === theirs) continue;
        const [least = ''] = [mine, theirs].toSorted();
        mark.set(id, least).set(other ?? '', least);
        changed = true;
      }
    }
  }
  return [...new Set(mark.values())].toSorted().flatMap((child) => {
    const all = byTime(rows.filter(({ id }) => mark.get(id) === child));
    const own = all.filter(({ receivedAt }) => dateOf(receivedAt) >= from && dateOf(receivedAt) < before);
    return own.some((row) => row.withdrawnBecause !== 'made-in-error') ? [{ own, all }] : [];
  });
}

export const isOwn = ({ stage }: FactRow): boolean => stage === 'open' || stage === 'closed';
