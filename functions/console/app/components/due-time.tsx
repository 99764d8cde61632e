import { shortDate } from '../../../../shared/domain/core/local-time.ts';
import { dueIn } from '../words.ts';

/**
 * When something is due: `Fri, Nov 27, 4:18 PM (in 11 h 59 min)`, New York time. `due` and `now` are UTC instants. `short` leaves the
 * date to the tooltip.
 */
export function DueTime({
  due,
  now,
  short = false,
}: {
  readonly due: string;
  readonly now: string;
  readonly short?: boolean;
}) {
  const date = shortDate(due, now);
  const left = dueIn(due, now);
  const isOverdue = Date.parse(due) <= Date.parse(now);
  const words = isOverdue ? <strong>{left}</strong> : left;
  return (
    <span class="due">
      <time datetime={due} title={short ? date : undefined}>
        {short ? words : date}
      </time>
      {!short && <span class="due-left"> ({words})</span>}
    </span>
  );
}
