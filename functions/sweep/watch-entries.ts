/**
 * Looks at every entry of the directory, in each round. An entry without a right code counts for nothing, and is told all the
 * same. So is an older one that was put back with its right code, and one that is gone.
 */
import type { Finding } from '../../shared/domain/audit/findings.ts';
import type { Cursors, SeenEntry } from '../../shared/store/cursors.ts';
import type { Directory, StoredRow } from '../../shared/store/directory.ts';
import type { Ledger } from '../../shared/store/ledger.ts';

export interface EntryWatchParts {
  readonly ledger: Pick<Ledger, 'provider'>;
  readonly directory: Pick<Directory, 'rows' | 'isRight'>;
  readonly cursors: Pick<Cursors, 'entries' | 'putEntries'>;
  readonly entries: EntryMemory;
}

/** What this process has seen. */
export interface EntryMemory {
  /** By key. A note that is deleted is not forgotten with it. */
  readonly seen: Map<string, SeenEntry>;
  /** The bytes of entries without a right code, so that they use up no later round. */
  readonly wrong: Set<string>;
}

export const nothingSeen = (): EntryMemory => ({ seen: new Map(), wrong: new Set() });

/** So many codes are asked about in one round. Those of entries that are not as before come first. */
const mostAsked = 200;
/** So many findings name their entry. One more stands for the rest. */
const mostNamed = 20;

const keyOf = ({ pk, sk }: Pick<StoredRow, 'pk' | 'sk'>): string => JSON.stringify([pk, sk]);

/** `person.P-1`, `duty.legal.state.1.P-1`: the key of an entry in the letters of a finding. */
function nameOf(key: string): string {
  const [pk = '', sk = ''] = JSON.parse(key) as readonly string[];
  const whole = pk.startsWith('person#') ? pk : `${pk}.${sk}`;
  return whole.replaceAll(/[^A-Za-z0-9.-]/g, '.').slice(0, 64) || 'directory';
}

const later = (one: SeenEntry, other: SeenEntry | undefined): SeenEntry => (other && other.at > one.at ? other : one);

/** Gives what an administrator must know. */
export async function watchEntries(parts: EntryWatchParts): Promise<readonly Finding[]> {
  const { directory, cursors, entries: memory } = parts;
  // The notes first: no entry is older than its note.
  const noted = await cursors.entries();
  const isDamaged = noted?.isDamaged ?? memory.seen.size > 0;
  const before = new Map(noted?.seen);
  for (const [key, entry] of memory.seen) before.set(key, later(entry, before.get(key)));
  const { rows, isWhole } = await directory.rows();
  const entries = new Map(rows.filter(({ namesDelegation }) => !namesDelegation).map((row) => [keyOf(row), row]));
  const { seen, wrong } = await compare(parts, before, entries);
  const gone = isWhole ? [...before.keys()].filter((key) => !entries.has(key)) : [];
  await cursors.putEntries(seen, isDamaged ? undefined : noted?.seen);
  for (const [key, entry] of seen) memory.seen.set(key, entry);
  for (const key of memory.seen.keys()) if (!seen.has(key)) memory.seen.delete(key);
  const found = [...wrong, ...gone].map(nameOf);
  const others = isDamaged || !isWhole || found.length > mostNamed ? ['directory'] : [];
  return [...found.slice(0, mostNamed), ...others].map((about) => ({ what: 'chain-broken', about }));
}

/** The entries as they are to be noted, and the keys of those that are not as they were written. */
async function compare(
  { ledger, directory, entries: memory }: EntryWatchParts,
  before: ReadonlyMap<string, SeenEntry>,
  entries: ReadonlyMap<string, StoredRow>,
): Promise<{ readonly seen: ReadonlyMap<string, SeenEntry>; readonly wrong: readonly string[] }> {
  const seen = new Map(before);
  const wrong: string[] = [];
  const others = [...entries].filter(([key, { bytes }]) => before.get(key)?.bytes !== bytes);
  const inOrder = others.toSorted(([one], [other]) => Number(before.has(other)) - Number(before.has(one)));
  const uncoded = inOrder.filter(([, { mac }]) => mac === '');
  const coded = inOrder.filter(([, { mac }]) => mac !== '');
  const known = coded.filter(([, { bytes }]) => memory.wrong.has(bytes));
  const asked = coded.filter(([, { bytes }]) => !memory.wrong.has(bytes)).slice(0, mostAsked);
  const answers = await Promise.all(asked.map(([, { digest, mac, keyId }]) => directory.isRight(digest, mac, keyId)));
  wrong.push(...known.map(([key]) => key));
  for (const [index, [key, { bytes, writtenAt: at }]] of asked.entries()) {
    const isRight = answers[index] === true;
    if (!isRight) memory.wrong.add(bytes);
    // A right code of an older writing: the entry was put back.
    if (isRight && at > (before.get(key)?.at ?? '')) seen.set(key, { at, bytes });
    else wrong.push(key);
  }
  for (const [key, { pk, sk }] of uncoded) {
    // React writes the row of a provider that has a chain, and the chain counts.
    const isProvider = pk.startsWith('provider#');
    if (isProvider && (await ledger.provider(sk)).state) seen.delete(key);
    else wrong.push(key);
  }
  return { seen, wrong };
}
