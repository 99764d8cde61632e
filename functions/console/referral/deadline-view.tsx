/** The deadlines of a referral, as its page and its audit show them. */

import type { Child } from 'hono/jsx';
import type { ShownDeadline } from '../../../shared/application/read/shown-view.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { Table } from '../app/components/table.tsx';
import { linesOf } from '../app/group-lines.ts';
import { recipientWords, timeLeft } from '../app/words.ts';

export function Left({ due, now }: { readonly due: string; readonly now: string }) {
  const text = timeLeft(due, now);
  return text.startsWith('overdue') ? <span class="late">{text}</span> : text;
}

export function Deadlines({
  view,
  now,
}: {
  readonly view: { readonly deadlines: readonly ShownDeadline[] };
  readonly now: string;
}) {
  if (view.deadlines.length === 0)
    return <p>The clocks of this referral start in a moment: load this page again to see them.</p>;
  return (
    <Table
      caption="Deadlines"
      heads={['Deadline', 'State', 'Asked of', 'When, and why then', 'Source']}
      rows={linesOf(view.deadlines).map((duties) => rowOf(inOrder(duties), now))}
    />
  );
}

const nameOf = ({ rule, obligation, subject }: ShownDeadline): string =>
  `${rule}: ${obligation}${subject === undefined ? '' : ` (${wordsInside(subject)})`}`;

/** The duties of a task in the order of their numbers, whatever is urgent. */
const inOrder = ([first, ...others]: readonly [ShownDeadline, ...ShownDeadline[]]) =>
  [first, ...others].toSorted((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true })) as [
    ShownDeadline,
    ...ShownDeadline[],
  ];

/** The row of one deadline, or of a task with a tick for each of its duties. */
function rowOf(duties: readonly [ShownDeadline, ...ShownDeadline[]], now: string): readonly Child[] {
  const [{ group }] = duties;
  const isTask = group !== undefined && duties.length > 1;
  const each = (show: (deadline: ShownDeadline) => Child, name = 'rule' as 'rule' | 'none') =>
    isTask ? (
      <ul>
        {duties.map((deadline) => (
          <li>
            {name === 'rule' && `${deadline.subject === undefined ? deadline.rule : words(deadline.subject)}: `}
            {show(deadline)}
          </li>
        ))}
      </ul>
    ) : (
      show(duties[0])
    );
  return [
    <>
      {isTask && words(group.kind)}
      {each(nameOf, 'none')}
    </>,
    each((deadline) => <DeadlineState deadline={deadline} now={now} />),
    [...new Set(duties.map(waitsOn))].filter((roles, _, all) => all.length === 1 || roles !== '–').join('; '),
    each(({ why, due }) => why ?? `Due ${formatInstant(due)}`),
    each(({ source }) => source),
  ];
}

/** Who must keep an open deadline. A settled one waits on no one. */
export const waitsOn = ({ status, waitsOn: roles }: ShownDeadline): string =>
  status === 'open' ? roles.map(recipientWords).join(', ') : '–';

export function DeadlineState({ deadline, now }: { readonly deadline: ShownDeadline; readonly now: string }) {
  const owes = deadline.owesExplanation ? '; still needs an explanation' : '';
  if (deadline.status === 'open') {
    return (
      <>
        {deadline.missed ? 'Open, missed: ' : 'Open: '}
        <Left due={deadline.due} now={now} />
        {owes}
      </>
    );
  }
  const kept = deadline.keptAt === undefined ? '' : ` ${formatInstant(deadline.keptAt)}`;
  return (
    <>
      {words(deadline.status)}
      {deadline.late ? ' late' : ''}
      {kept}
      {owes}
    </>
  );
}
