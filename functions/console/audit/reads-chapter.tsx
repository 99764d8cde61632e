/** The reads in an audit. */
import type { ShownAudit } from '../../../shared/application/read/shown-audit.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { labelOf } from '../../../shared/domain/words/field-words.ts';
import { Table } from '../app/components/table.tsx';
import { type ChapterProps, type NameOf, paged, withPrincipal } from './chapter.tsx';

interface FoldedRead {
  readonly personId: string;
  readonly onBehalfOf: string | undefined;
  readonly read: readonly string[];
  readonly purpose: string | undefined;
  readonly times: readonly string[];
}

/** The same read by the same person for the same purpose is one entry with its times. */
export function foldReads(accesses: ShownAudit['accesses']): readonly FoldedRead[] {
  const same = Map.groupBy(accesses, ({ personId, onBehalfOf, read, purpose }) =>
    JSON.stringify([personId, onBehalfOf, read, purpose]),
  );
  return [...same.values()]
    .flatMap((all) => {
      const [first] = all;
      const times = all.map(({ at }) => at).toSorted();
      return first ? [{ ...first, onBehalfOf: first.onBehalfOf, purpose: first.purpose, times }] : [];
    })
    .toSorted((one, other) => Date.parse(other.times.at(-1) ?? '') - Date.parse(one.times.at(-1) ?? ''));
}

const timesWords = (times: readonly string[]): string => {
  const [first = ''] = times;
  return times.length === 1
    ? formatInstant(first)
    : `${times.length} times, from ${formatInstant(first)} to ${formatInstant(times.at(-1) ?? first)}`;
};

/** A table of reads. */
export const ReadsTable = ({ reads, nameOf }: { readonly reads: readonly FoldedRead[]; readonly nameOf: NameOf }) =>
  reads.length === 0 ? (
    <p>No one has read of the child.</p>
  ) : (
    <Table
      caption="Reads of facts and of who the child is, each written down before it happened"
      heads={['Who', 'What', 'What for', 'When']}
      rows={reads.map(({ times, personId, onBehalfOf, read, purpose }) => [
        withPrincipal(nameOf(personId), onBehalfOf, nameOf),
        read.map(labelOf).join(', '),
        purpose === undefined ? 'Not recorded' : words(purpose),
        timesWords(times),
      ])}
    />
  );

/** Every read of facts about the child, and of who the child is, the latest first. */
export function Reads(props: ChapterProps) {
  const { rows, Pages } = paged(foldReads(props.audit.accesses), props);
  return (
    <>
      <h2>Who read of the child</h2>
      <ReadsTable reads={rows} nameOf={props.nameOf} />
      <Pages />
    </>
  );
}
