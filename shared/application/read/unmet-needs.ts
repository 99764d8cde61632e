/** Counts unmet needs across referrals, for people who plan services. No count tells of one child. */

import type { BoardRow } from '../../domain/board/board-row.ts';
import type { Role, Service } from '../../domain/core/vocabulary.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { newYorkDate } from '../../domain/policy/due.ts';
import { disclosure } from '../../policy/disclosure.ts';
import type { Board } from '../../store/board.ts';

export const planners: readonly Role[] = ['administrator', 'auditor', 'program-manager', 'hart-director'];

type Unmet = NonNullable<BoardRow['unmet']>;

export interface UnmetCell {
  readonly service: Service;
  /** `unknown` where no office was known. */
  readonly region: string;
  /** `2026-11`, by New York dates. */
  readonly month: string;
  readonly reason: Unmet['reason'];
  readonly by: Unmet['by'];
  /** How many children: six refusals of one child count once. */
  readonly count: number;
  /** The median of the known waiting times, in days: the last one of each child. */
  readonly waitDays?: number;
}

const middle = (days: readonly number[]): number | undefined =>
  days.toSorted((one, other) => one - other)[Math.floor(days.length / 2)];

/**
 * Counts children by one fixed split, without totals. A second split or a total would let a reader compute a hidden cell. A cell of too
 * few children is not there: that it is would tell that someone lacks the service. Cells are sorted by month, region, service and reason.
 */
export function countUnmet(rows: readonly BoardRow[]): readonly UnmetCell[] {
  const keyOf = ({ due, subject = '', unmet }: BoardRow) =>
    [
      newYorkDate(due).slice(0, 7),
      String(unmet?.region ?? 'unknown'),
      subject,
      unmet?.reason ?? '',
      unmet?.by ?? '',
    ].join(' ');
  return [...Map.groupBy(rows, keyOf)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, cell]) => {
      type Parts = readonly [string, string, UnmetCell['service'], UnmetCell['reason'], UnmetCell['by']];
      const [month, region, service, reason, by] = key.split(' ') as unknown as Parts;
      const head = { service, region, month, reason, by };
      // A referral is one child: those merged into another have no row here.
      const children = new Set(cell.map(({ referralId }) => referralId));
      if (children.size < disclosure.fewest) return [];
      const known = cell.filter(({ unmet }) => unmet?.waitDays !== undefined);
      const inOrder = known.toSorted((one, other) => (one.due < other.due ? -1 : 1));
      const lastOfChild = new Map(inOrder.map(({ referralId, unmet }) => [referralId, unmet?.waitDays ?? 0]));
      const waitDays = lastOfChild.size < disclosure.fewest ? undefined : middle([...lastOfChild.values()]);
      return [{ ...head, count: children.size, ...whereKnown({ waitDays }) }];
    });
}

export async function unmetNeeds(board: Pick<Board, 'queue'>): Promise<readonly UnmetCell[]> {
  const rows: BoardRow[] = [];
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const page = await board.queue('unmet', { limit: 100, after });
    rows.push(...page.rows);
    after = page.next;
  }
  return countUnmet(rows);
}
