import { shortDate } from '../../../../shared/domain/core/local-time.ts';
import { dueIn } from '../page-words.ts';

/**
 * When something is due: `Fri, Nov 27, 4:18 PM (in 11 h 59 min)`, New York time. `due` and `now` are UTC instants. `short` leaves the
 * date to the tooltip: `in 11 h 59 min`. `sentence` is short too, and begins a line: `Due in 11 h 59 min`.
 */
export function DueTime({
  due,
  now,
  short = false,
  sentence = false,
}: {
  readonly due: string;
  readonly now: string;
  readonly short?: boolean;
  readonly sentence?: boolean;
}) {
  const date = shortDate(due, now);
  const left = dueIn(due, now);
  const isOverdue = Date.parse(due) <= Date.parse(now);
  const told = isOverdue ? `${left.charAt(0).toUpperCase()}${left.slice(1)}` : `Due ${left}`;
  const text = sentence ? told : left;
  const words = isOverdue ? <strong>{text}</strong> : text;
  const isShort = short || sentence;
  return (
    <span class="due">
      <time datetime={due} title={isShort ? date : undefined}>
        {isShort ? words : date}
      </time>
      {!isShort && <span class="due-left"> ({words})</span>}
    </span>
  );
}
