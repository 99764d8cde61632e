/** The deadlines of a referral, as its page and its audit show them. Words lead, and codes of rules are small print. */

import type { Child } from 'hono/jsx';
import type { ShownDeadline } from '../../../shared/application/read/shown-view.ts';
import type { ReadText } from '../../../shared/application/read/written-texts.ts';
import { whyLines } from '../../../shared/domain/deadlines/deadlines.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { DueTime } from '../app/components/due-time.tsx';
import { Explained } from '../app/components/explained.tsx';
import { Table } from '../app/components/table.tsx';
import { Why } from '../app/components/why.tsx';
import type { linesOf } from '../app/group-lines.ts';
import { dutyTitleIn, recipientWords } from '../app/page-words.ts';
import { Words } from './words-view.tsx';

interface Shown {
  readonly state: Pick<Referral, 'deadlines'>;
  readonly policy: Policy;
  /** UTC instant. */
  readonly now: string;
  /** What people wrote as they settled the duties. */
  readonly texts: readonly ReadText[];
}

/** The duties of one task, which share a line. */
export type DutyLine = ReturnType<typeof linesOf<ShownDeadline>>[number];

export function Deadlines({ lines, ...shown }: Shown & { readonly lines: readonly DutyLine[] }) {
  if (lines.length === 0) {
    return <p>The clocks of this referral start in a moment: load this page again to see them.</p>;
  }
  return (
    <Table
      caption="Deadlines"
      heads={['Deadline', 'State', 'Asked of', 'When, and why then']}
      rows={lines.map((duties) => rowOf(inOrder(duties), shown))}
    />
  );
}

/** The duty in words. */
function Duty({ deadline, policy }: Pick<Shown, 'policy'> & { readonly deadline: ShownDeadline }) {
  const { subject } = deadline;
  return (
    <>
      <Explained text={dutyTitleIn(policy, deadline)} />
      {subject !== undefined && ` (${wordsInside(subject)})`}
    </>
  );
}

/** The duties of a task in the order of their numbers, whatever is urgent. */
const inOrder = ([first, ...others]: readonly [ShownDeadline, ...ShownDeadline[]]) =>
  [first, ...others].toSorted((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true })) as [
    ShownDeadline,
    ...ShownDeadline[],
  ];

/** What tells the duties of one task apart: the service or discipline, or the act. */
const shortName = (deadline: ShownDeadline, policy: Policy): string =>
  deadline.subject === undefined ? dutyTitleIn(policy, deadline) : words(deadline.subject);

/** The row of one deadline, or of a task with a tick for each of its duties. */
function rowOf(
  duties: readonly [ShownDeadline, ...ShownDeadline[]],
  { state, policy, now, texts }: Shown,
): readonly Child[] {
  const [{ group }] = duties;
  const isTask = group !== undefined && duties.length > 1;
  const each = (show: (deadline: ShownDeadline) => Child, isNamed = true) =>
    isTask ? (
      <ul>
        {duties.map((deadline) => (
          <li>
            {isNamed && `${shortName(deadline, policy)}: `}
            {show(deadline)}
          </li>
        ))}
      </ul>
    ) : (
      show(duties[0])
    );
  const reasonsOf = ({ id, why: reason }: ShownDeadline) => {
    const deadline = state.deadlines[id];
    return reason !== undefined && deadline ? whyLines(deadline, policy) : [];
  };
  /** When it is due. The reason and the source open by a click. */
  const why = (duty: ShownDeadline) => (
    <>
      Due {formatInstant(duty.due)}{' '}
      <Why rule={[...reasonsOf(duty)]}>
        <p class="small">
          {duty.source.replaceAll('; ', ' · ')}
          {` · rule ${duty.rule}`}
        </p>
      </Why>
    </>
  );
  return [
    <>
      {isTask && words(group.kind)}
      {each(
        (deadline) => (
          <Duty deadline={deadline} policy={policy} />
        ),
        false,
      )}
    </>,
    each((deadline) => (
      <>
        <DeadlineState deadline={deadline} now={now} />
        <Words texts={texts.filter(({ deadlineIds }) => deadlineIds.includes(deadline.id))} />
      </>
    )),
    [...new Set(duties.map((duty) => waitsOn(duty)))]
      .filter((roles, _, all) => all.length === 1 || roles !== '–')
      .join('; '),
    each(why),
  ];
}

/** Who must keep an open deadline. A settled one waits on no one. */
export const waitsOn = ({ status, waitsOn: roles }: ShownDeadline): string =>
  status !== 'open' ? '–' : roles.map(recipientWords).join(', ');

export function DeadlineState({ deadline, now }: { readonly deadline: ShownDeadline; readonly now: string }) {
  const owes = deadline.owesExplanation ? '; still needs an explanation' : '';
  if (deadline.status === 'open') {
    return (
      <>
        {deadline.missed ? 'Open, missed' : 'Open'}: <DueTime due={deadline.due} now={now} short />
        {owes}
      </>
    );
  }
  const kept = deadline.keptAt === undefined ? '' : ` ${formatInstant(deadline.keptAt)}`;
  const status = words(deadline.status);
  return (
    <>
      {status}
      {deadline.late ? ' late' : ''}
      {kept}
      {owes}
    </>
  );
}
