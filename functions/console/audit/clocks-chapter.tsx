/** The clocks in an audit. */
import type { ShownAudit } from '../../../shared/application/read/shown-audit.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { Table } from '../app/components/table.tsx';
import { dutyTitleIn } from '../app/page-words.ts';
import { DeadlineState, waitsOn } from '../referral/deadline-view.tsx';
import { type ChapterProps, paged } from './chapter.tsx';

/** Every deadline, the open ones first. */
export function Clocks(props: ChapterProps) {
  const { audit, frame, policy } = props;
  const isOver = ({ status }: ShownAudit['deadlines'][number]) => Number(status !== 'open');
  const { rows, Pages } = paged(
    audit.deadlines.toSorted(
      (one, other) => isOver(one) - isOver(other) || Date.parse(one.due) - Date.parse(other.due),
    ),
    props,
  );
  return (
    <>
      <Table
        caption="Deadlines, the open ones first"
        heads={['Deadline', 'State', 'Began', 'Due', 'Waits on']}
        rows={rows.map((deadline) => [
          `${dutyTitleIn(policy, deadline)} (${deadline.id.slice(audit.referralId.length + 1)})`,
          <DeadlineState deadline={deadline} now={frame.now} />,
          formatInstant(deadline.start),
          formatInstant(deadline.due),
          waitsOn(deadline),
        ])}
      />
      <Pages />
    </>
  );
}
