/** The people in an audit. */
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { Table } from '../app/components/table.tsx';
import { type ChapterProps, latestFirst, paged, withPrincipal } from './chapter.tsx';

/** Each person once: what they did and read, from the first time to the last. */
export function People(props: ChapterProps) {
  const { audit, nameOf } = props;
  const acts = [
    ...audit.commits.flatMap(({ actor, onBehalfOf, at }) =>
      actor.kind === 'person' ? [{ id: actor.id, onBehalfOf, at, isRead: false }] : [],
    ),
    ...audit.accesses.map(({ personId: id, onBehalfOf, at }) => ({ id, onBehalfOf, at, isRead: true })),
  ];
  const each = [...Map.groupBy(acts, ({ id, onBehalfOf }) => `${id} ${onBehalfOf ?? ''}`).values()].map((all) => {
    const times = all.map(({ at }) => at).toSorted();
    const [first] = all;
    return {
      name: withPrincipal(nameOf(first?.id ?? ''), first?.onBehalfOf, nameOf),
      acts: all.filter(({ isRead }) => !isRead).length,
      reads: all.filter(({ isRead }) => isRead).length,
      from: times[0] ?? '',
      at: times.at(-1) ?? '',
    };
  });
  const { rows, Pages } = paged(latestFirst(each), props);
  return each.length === 0 ? (
    <p>No person acted on it or read of it.</p>
  ) : (
    <>
      <Table
        caption="People who acted or read, the latest first"
        heads={['Person', 'Acts', 'Reads', 'First', 'Last']}
        rows={rows.map(({ name, acts: count, reads, from, at }) => [
          name,
          `${count}`,
          `${reads}`,
          formatInstant(from),
          formatInstant(at),
        ])}
      />
      <Pages />
    </>
  );
}
