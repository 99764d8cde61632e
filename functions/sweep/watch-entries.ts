/**
 * Looks at every row of the directory, in each round. An entry without a right code counts for nothing, and is told all the
 * same. So is an older one that was put back with its right code, and one that is gone. The older one loses its code. Of rows
 * that follow from a chain, it tells where the chain says something else.
 */
import { dayOf, type Finding } from '../../shared/domain/audit/findings.ts';
import type { Cursors, SeenEntry } from '../../shared/store/cursors.ts';
import type { Directory } from '../../shared/store/directory-reads.ts';
import type { StoredRow } from '../../shared/store/directory-rows.ts';
import type { DirectoryWrites } from '../../shared/store/directory-writes.ts';
import type { Ledger } from '../../shared/store/ledger.ts';

export interface EntryWatchParts {
  readonly ledger: Pick<Ledger, 'provider' | 'delegations' | 'findings'>;
  readonly directory: Pick<Directory, 'rows' | 'isRight' | 'isBorneOut'> & Pick<DirectoryWrites, 'takeCode'>;
  readonly cursors: Pick<Cursors, 'entries' | 'putEntries'>;
  readonly entries: EntryMemory;
  /** UTC instant. */
  readonly now: string;
}

/** What this process has seen. */
export interface EntryMemory {
  /** By key. A note that is deleted is not forgotten with it. */
  readonly seen: Map<string, SeenEntry>;
  /** The bytes of rows that are not as they were written, so that they use up no later round. */
  readonly wrong: Set<string>;
  /** By key: what was told of a wrong row, and its bytes then. A row that is right again is forgotten. */
  readonly told: Map<string, { readonly about: string; readonly bytes: string }>;
  /** What the last round told of all together. */
  whole: string | undefined;
}

export const nothingSeen = (): EntryMemory => ({
  seen: new Map(),
  wrong: new Set(),
  told: new Map(),
  whole: undefined,
});

/** So many codes, and so many chains, are asked about in one round. Rows that are not as before come first. */
const mostAsked = 200;
/** So many findings name their row in one round. One more stands for the rest. */
const mostNamed = 20;
/** So many rows under keys that were never noted are named in a day. They count for nothing. */
const mostStrangers = 20;

/** More older entries than this in one round are taken for a restore. They are told, and go on to count. */
const mostTakenOff = 5;

const keyOf = ({ pk, sk }: Pick<StoredRow, 'pk' | 'sk'>): string => JSON.stringify([pk, sk]);

/** `person.P-1`, `duty.legal.state.1.P-1`: the key of an entry in the letters of a finding. */
function nameOf(key: string): string {
  const [pk = '', sk = ''] = JSON.parse(key) as readonly string[];
  const whole = pk.startsWith('person#') && sk === 'profile' ? pk : `${pk}.${sk}`;
  return whole.replaceAll(/[^A-Za-z0-9.-]/g, '.').slice(0, 59) || 'directory';
}

const later = (one: SeenEntry, other: SeenEntry | undefined): SeenEntry => (other && other.at > one.at ? other : one);

/** A row that is not as it was written, or is gone. */
interface Wrong {
  readonly key: string;
  readonly bytes: string;
}

/** Gives what an administrator must know. `onFault` hears of a code that could not be taken off: the next round tries again. */
export async function watchEntries(
  parts: EntryWatchParts,
  onFault: (fault: unknown) => void,
): Promise<readonly Finding[]> {
  const { directory, cursors, entries: memory, ledger, now } = parts;
  // The notes first: no entry is older than its note.
  const noted = await cursors.entries();
  const isDamaged = noted?.isDamaged ?? memory.seen.size > 0;
  const before = new Map(noted?.seen);
  for (const [key, entry] of memory.seen) before.set(key, later(entry, before.get(key)));
  const { rows, isWhole } = await directory.rows();
  const stored = new Map(rows.map((row) => [keyOf(row), row]));
  const { seen, wrong: found, older } = await compare(parts, before, stored);
  const taken = await takeCodes(parts, stored, seen, older).catch(onFault);
  const wrong = found.map((each) => ({ ...each, bytes: taken?.get(each.key) ?? each.bytes }));
  const gone = isWhole ? [...before.keys()].filter((key) => !stored.has(key)) : [];
  await cursors.putEntries(seen, isDamaged ? undefined : noted?.seen);
  for (const [key, entry] of seen) memory.seen.set(key, entry);
  for (const key of memory.seen.keys()) if (!seen.has(key)) memory.seen.delete(key);
  const all = [...wrong, ...gone.map((key) => ({ key, bytes: 'gone' }))];
  const made = await ledger.findings(dayOf(now)).catch(() => []);
  const today = new Set(made.filter(({ what }) => what === 'chain-broken').map(({ about }) => about));
  return nameEach(memory, now, today, all, { before, isInPart: isDamaged || !isWhole });
}

/**
 * The findings of a round, with those first of rows that were noted before. A finding of the same name is told once a day. So
 * what changed since it was told has the time of this round in its name. `today`: what was told since midnight.
 */
function nameEach(
  memory: EntryMemory,
  now: string,
  today: ReadonlySet<string>,
  wrong: readonly Wrong[],
  { before, isInPart }: { readonly before: ReadonlyMap<string, SeenEntry>; readonly isInPart: boolean },
): readonly Finding[] {
  const still = new Set(wrong.map(({ key }) => key));
  for (const key of memory.told.keys()) if (!still.has(key)) memory.told.delete(key);
  const isNew = ({ key, bytes }: Wrong) => {
    const told = memory.told.get(key);
    return told?.bytes !== bytes || !today.has(told.about);
  };
  const time = now.slice(11, 16).replace(':', '');
  const used = new Set(today);
  const unlessUsed = (name: string) => (used.has(name) ? `${name}.${time}` : name);
  const fresh = wrong.filter(isNew);
  const [known, strangers] = [fresh.filter(({ key }) => before.has(key)), fresh.filter(({ key }) => !before.has(key))];
  const toldStrangers = [...memory.told].filter(([key, { about }]) => !before.has(key) && today.has(about)).length;
  const named = [...known, ...strangers.slice(0, Math.max(0, mostStrangers - toldStrangers))].slice(0, mostNamed);
  const found = named.map(({ key, bytes }) => {
    const about = unlessUsed(nameOf(key));
    used.add(about);
    memory.told.set(key, { about, bytes });
    return about;
  });
  if (!isInPart && named.length === fresh.length) memory.whole = undefined;
  else if (memory.whole === undefined || !today.has(memory.whole)) {
    memory.whole = unlessUsed('directory');
    found.push(memory.whole);
  }
  return found.map((about) => ({ what: 'chain-broken', about }));
}

/**
 * Takes the codes off older entries, so that they count for nothing. Many at once are a restore, and keep theirs. So does the
 * last administrator. Gives the bytes that these rows have now, by key.
 */
async function takeCodes(
  { directory }: Pick<EntryWatchParts, 'directory'>,
  stored: ReadonlyMap<string, StoredRow>,
  seen: ReadonlyMap<string, SeenEntry>,
  older: readonly (readonly [key: string, row: StoredRow])[],
): Promise<ReadonlyMap<string, string>> {
  if (older.length > mostTakenOff) return new Map();
  const current = [...stored].filter(([key, { bytes }]) => seen.get(key)?.bytes === bytes);
  const staying = new Set(current.map(([, { ofAdministrators }]) => ofAdministrators));
  const off = older.filter(([, { ofAdministrators: of }]) => of === undefined || staying.has(of));
  return new Map(await Promise.all(off.map(async ([key, row]) => [key, await directory.takeCode(row)] as const)));
}

/** The rows as they are to be noted, and those that are not as they were written. Of these, `older` has an older code. */
async function compare(
  { ledger, directory, entries: memory, now }: EntryWatchParts,
  before: ReadonlyMap<string, SeenEntry>,
  stored: ReadonlyMap<string, StoredRow>,
): Promise<{
  readonly seen: ReadonlyMap<string, SeenEntry>;
  readonly wrong: readonly Wrong[];
  readonly older: readonly (readonly [key: string, row: StoredRow])[];
}> {
  const seen = new Map(before);
  const others = [...stored].filter(([key, { bytes }]) => before.get(key)?.bytes !== bytes);
  const inOrder = others.toSorted(([one], [other]) => Number(before.has(other)) - Number(before.has(one)));
  const isKnown = ({ bytes }: StoredRow) => memory.wrong.has(bytes);
  const wrong = inOrder.filter(([, row]) => isKnown(row));
  const open = inOrder.filter(([, row]) => !isKnown(row));
  const following = open.filter(([, row]) => row.follows !== undefined).slice(0, mostAsked);
  const coded = open.filter(([, row]) => row.follows === undefined && row.signature !== '').slice(0, mostAsked);
  wrong.push(...open.filter(([, row]) => row.follows === undefined && row.signature === ''));
  const answers = await Promise.all(coded.map(([, row]) => directory.isRight(row)));
  const older: [string, StoredRow][] = [];
  for (const [index, [key, row]] of coded.entries()) {
    const { bytes, writtenAt: at } = row;
    if (answers[index] && at < (before.get(key)?.at ?? '')) older.push([key, row]);
    if (!answers[index]) memory.wrong.add(bytes);
    // A right code of an older writing: the entry was put back.
    if (answers[index] && at > (before.get(key)?.at ?? '')) seen.set(key, { at, bytes });
    else wrong.push([key, row]);
  }
  for (const [key, row] of following) {
    const answer = await directory.isBorneOut(ledger, row, now);
    // An entry of before stays older than this row.
    if (answer === 'yes') seen.set(key, { at: before.get(key)?.at ?? '', bytes: row.bytes });
    if (answer !== 'no') continue;
    memory.wrong.add(row.bytes);
    wrong.push([key, row]);
  }
  return { seen, wrong: wrong.map(([key, { bytes }]) => ({ key, bytes })), older };
}
