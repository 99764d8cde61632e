/** The deadlines of a referral, as its page and its audit show them. */

import type { ReferralView } from '../../../shared/application/read/view.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { Table } from '../app/layout.tsx';
import { recipientWords, timeLeft } from '../app/words.ts';

export function Left({ due, now }: { readonly due: string; readonly now: string }) {
  const text = timeLeft(due, now);
  return text.startsWith('overdue') ? <span class="late">{text}</span> : text;
}

export function Deadlines({ view, now }: { readonly view: Pick<ReferralView, 'deadlines'>; readonly now: string }) {
  if (view.deadlines.length === 0)
    return <p>The clocks of this referral start in a moment: load this page again to see them.</p>;
  return (
    <Table
      caption="Deadlines"
      heads={['Deadline', 'State', 'Asked of', 'Due', 'Why then', 'Source']}
      rows={view.deadlines.map((deadline) => [
        <>
          {deadline.rule}: {deadline.obligation}
          {deadline.subject !== undefined && ` (${wordsInside(deadline.subject)})`}
        </>,
        <DeadlineState deadline={deadline} now={now} />,
        waitsOn(deadline),
        formatInstant(deadline.due),
        deadline.why,
        deadline.source,
      ])}
    />
  );
}

/** Who must keep an open deadline. A settled one waits on no one. */
export const waitsOn = ({ status, waitsOn: roles }: ReferralView['deadlines'][number]): string =>
  status === 'open' ? roles.map(recipientWords).join(', ') : '–';

export function DeadlineState({
  deadline,
  now,
}: {
  readonly deadline: ReferralView['deadlines'][number];
  readonly now: string;
}) {
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
