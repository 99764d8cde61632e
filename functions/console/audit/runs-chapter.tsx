/** The runs in an audit, and what they wait for. */
import type { ShownAudit } from '../../../shared/application/read/shown-audit.ts';
import { checkpointName, peopleIn } from '../../../shared/domain/audit/run-states.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { Table } from '../app/components/table.tsx';
import { type ChapterProps, dutyIn, paged } from './chapter.tsx';
import { runPath } from './runs-page.tsx';

/** Every run, those that wait first. */
export function Runs(props: ChapterProps) {
  const { audit, frame } = props;
  const duty = dutyIn(props);
  const nameOfRun = ({ run, ...its }: ShownAudit['runs'][number]) => {
    if (run === audit.referralId) return 'The pathway of the referral';
    const ids = 'deadlineIds' in its ? its.deadlineIds : [run];
    return `${duty(ids[0] ?? run)}${ids.length > 1 ? ` and ${ids.length - 1} more` : ''}`;
  };
  const { rows, Pages } = paged(
    audit.runs.toSorted((one, other) => Number(one.waitsFor === 'nothing') - Number(other.waitsFor === 'nothing')),
    props,
  );
  return (
    <>
      {audit.waits.length === 0 && <p>No run waits for anything now.</p>}
      <Table
        caption="Runs, those that wait first"
        heads={['Run', 'Generation', 'State', 'What happens next']}
        rows={rows.map((each) => {
          const wait = audit.waits.find(({ run }) => run === each.run);
          return [
            <a href={`${frame.base}${runPath(each.run)}`}>{nameOfRun(each)}</a>,
            /-g(\d+)$/.exec(each.execution)?.[1] ?? '',
            runState(each, audit),
            wait?.next
              ? `${checkpointName(wait.next.kind)} ${formatInstant(wait.next.at)}`
              : each.waitsFor === 'nothing'
                ? '–'
                : 'Goes on when a person acts',
          ];
        })}
      />
      <Pages />
    </>
  );
}

/** Since its first open duty began, as the page of runs says. A wait itself begins again after each reminder. */
export function runState({ run, waitsFor, ...its }: ShownAudit['runs'][number], audit: ShownAudit): string {
  if (waitsFor === 'nothing') return 'Has ended, or is about to';
  const wait = audit.waits.find((each) => each.run === run);
  if (!wait) return 'Runs';
  const ids = 'deadlineIds' in its ? its.deadlineIds : [run];
  const starts = audit.deadlines
    .filter(({ id, status }) => ids.includes(id) && status === 'open')
    .map(({ start }) => start);
  const since = starts.toSorted()[0] ?? wait.since;
  return `Waits for ${peopleIn(wait.on.join(' '))} since ${formatInstant(since)}`;
}
