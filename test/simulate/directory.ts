/** The sample directory: no case changes it, so its answers are remembered within a case. */
import { marshall } from '@aws-sdk/util-dynamodb';
import { sampleDirectory } from '../../infra/local/samples/directory.ts';
import { createDirectory, type Directory } from '../../shared/store/directory-reads.ts';
import { entryCodesInProcess, withCode } from '../../shared/store/entries.ts';
import { createMemoryTables, type Item } from './memory-tables.ts';

const entries = entryCodesInProcess();
const writing = { writtenBy: 'the samples', writtenAt: '2026-01-01T00:00:00.000Z' };
const rows = await Promise.all(
  sampleDirectory().map((item): Promise<Item> => {
    return withCode(entries, marshall(item, { removeUndefinedValues: true }), writing);
  }),
);
export const directoryItems: ReadonlyMap<string, readonly Item[]> = Map.groupBy(rows, ({ pk }) => pk?.S ?? '');

const tables = createMemoryTables(directoryItems, () => undefined);
const created = (): Directory =>
  createDirectory({
    client: tables.client(
      () => 0,
      () => true,
    ),
    table: 'Directory',
    entries,
  });
let real = created();
const known = new Map<string, Promise<unknown>>();

/**
 * To be called before each case. A remembered answer comes some turns earlier than a new one, and an earlier case must
 * change nothing. The store remembers too, which codes of entries are right.
 */
export const forgetAnswers = (): void => {
  known.clear();
  real = created();
};

/** Asks the real store once for each question of a case. */
const remembering = (name: string) => [
  name,
  (...given: readonly unknown[]) => {
    const key = [name, ...given].join(' ');
    const ask = real[name as keyof Directory] as (...given: readonly unknown[]) => Promise<unknown>;
    const answer = known.get(key) ?? ask(...given);
    known.set(key, answer);
    return answer;
  },
];
export const directory = Object.fromEntries(Object.keys(real).map(remembering)) as Directory;
