/** When something is due, as people say it, with the full date behind it. */
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { dueIn } from '../app/words.ts';

/** `isSentence`: it begins a line, as in `Due in 2 h`. */
export function Due({
  due,
  now,
  isSentence = false,
}: {
  readonly due: string;
  readonly now: string;
  readonly isSentence?: boolean;
}) {
  const text = dueIn(due, now);
  const isLate = text.startsWith('overdue');
  const sentence = isLate ? `O${text.slice(1)}` : `Due ${text}`;
  return (
    <time class={isLate ? 'late' : undefined} dateTime={due} title={formatInstant(due)}>
      {isSentence ? sentence : text}
    </time>
  );
}
