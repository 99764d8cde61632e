/**
 * What the vault keeps to find the same child again: keyed digests alone. A record is found under its keys, and compared by its
 * marks; nothing is decrypted that is not shown.
 */
import { type NameParts, namePartsOf, pairsOf, soundOf, soundsOfGiven } from '../domain/child-names.ts';
import { likeEnough, likeness, type Marks, marks } from '../domain/likeness.ts';
import { rootsOf } from '../domain/nicknames.ts';
import type { ChildInput } from '../domain/report.ts';
import type { Identities } from '../store/identities.ts';
import type { Indexed } from '../store/vault-index.ts';
import type { Digests, Hmac, IndexKey } from './secret.ts';

export type Known = Pick<ChildInput, 'name' | 'birthDate' | 'phone' | 'priorIds'>;

/** The ten digits of a number of North America, without its country code. */
const phonesIn = (text = ''): readonly string[] => {
  const digits = text.replaceAll(/\D/g, '').replace(/^1(?=\d{10}$)/, '');
  return digits.length >= 7 ? [digits] : [];
};
const idsIn = (text = ''): readonly string[] =>
  text
    .split(/[,;]/)
    .map((id) => id.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
    .filter((id) => id.length >= 4)
    .slice(0, 5);

/** Digests of the parts of a record: short ones, which tell apart what was found under a key and nothing more. */
export function marksOf(known: Known, digests: Pick<Hmac, 'hex'>): Marks {
  const short = (kind: string, ...parts: readonly string[]) => digests.hex('mark', kind, ...parts).slice(0, 10);
  const nameMarks = (kind: string, roots: readonly string[], sounds: readonly string[], name: string) => ({
    roots: roots.map((each) => short(kind, each)),
    sounds: sounds.map((each) => short(`${kind}-sound`, each)),
    pairs: pairsOf(name).map((each) => short(`${kind}-pair`, each)),
  });
  const { given, family } = namePartsOf(known.name ?? '');
  return {
    given: given.map((name) => nameMarks('given', rootsOf(name), soundsOfGiven(name), name)),
    family: family.map((name) => nameMarks('family', [name], [soundOf(name)], name)),
    ...(known.birthDate !== undefined && { born: bornMarks(known.birthDate, short) }),
    phones: phonesIn(known.phone).map((phone) => short('phone', phone)),
    priorIds: idsIn(known.priorIds).map((id) => short('prior-id', id)),
  };
}

function bornMarks(birthDate: string, short: (kind: string, ...parts: readonly string[]) => string) {
  const [year = '', month = '', day = ''] = birthDate.split('-');
  return {
    date: short('date', birthDate),
    swapped: short('swapped', year, ...[month, day].toSorted()),
    monthDay: short('month-day', month, day),
    yearMonth: short('year-month', year, month),
    yearDay: short('year-day', year, day),
    years: [Number(year) - 1, Number(year)].map((first) => short('years', String(first))),
  };
}

const crossed = (one: readonly string[], other: readonly string[]) =>
  one.flatMap((a) => other.map((b) => [a, b] as const));

/**
 * The keys a record is found under. A name alone, or a date alone, is none: a report without an identity is never matched by
 * guess.
 */
export function keysOf(known: Known, digests: Pick<Hmac, 'hex'>): readonly string[] {
  const key = (kind: string, ...parts: readonly string[]) => digests.hex('key', kind, ...parts).slice(0, 32);
  const { given, family }: NameParts = namePartsOf(known.name ?? '');
  const givenSounds = [...new Set(given.flatMap(soundsOfGiven))];
  const familySounds = [...new Set(family.map(soundOf))];
  const { birthDate } = known;
  const keys = crossed(givenSounds, familySounds).map(([a, b]) => key('names', a, b));
  if (birthDate !== undefined) {
    keys.push(...givenSounds.map((sound) => key('born-given', birthDate, sound)));
    keys.push(...familySounds.map((sound) => key('born-family', birthDate, sound)));
    const initials = crossed(given, family).map(([a, b]) => `${a.charAt(0)}${b.charAt(0)}`);
    keys.push(...[...new Set(initials)].map((pair) => key('born-initials', birthDate, pair)));
  }
  keys.push(...phonesIn(known.phone).map((phone) => key('phone', phone)));
  keys.push(...idsIn(known.priorIds).map((id) => key('prior-id', id)));
  return [...new Set(keys)];
}

export interface Candidate {
  readonly id: string;
  /** 0 to 1. */
  readonly score: number;
}

/** At most so many are shown: a person compares them. */
const mostShown = 10;

type IndexParts = {
  readonly identities: Pick<Identities, 'index' | 'lookUp' | 'mayStandUnder'>;
  readonly digests: Pick<Digests, 'index'>;
};

/** Who is like enough, the likest first; one that was found by several keys counts as its likest. */
export function likest(found: readonly ReadonlyMap<string, number>[], except: string): readonly Candidate[] {
  const best = new Map<string, number>();
  for (const [id, score] of found.flatMap((scores) => [...scores])) best.set(id, Math.max(best.get(id) ?? 0, score));
  return [...best]
    .map(([id, score]) => ({ id, score }))
    .filter(({ id, score }) => id !== except && score >= likeEnough)
    .toSorted((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1))
    .slice(0, mostShown);
}

/** How like each of these records is, by their reference; one that stands under several keys counts as its likest. */
function scoresOf(
  own: Marks,
  found: readonly Readonly<Record<string, string>>[],
  accepts: (own: Marks, theirs: Marks) => boolean = () => true,
): ReadonlyMap<string, number> {
  const scores = new Map<string, number>();
  for (const [id, text] of found.flatMap((members) => Object.entries(members))) {
    // The set of those with an equal name and date of birth has no marks.
    if (text === '') continue;
    const theirs = marks.parse(JSON.parse(text));
    if (accepts(own, theirs)) scores.set(id, Math.max(scores.get(id) ?? 0, likeness(own, theirs)));
  }
  return scores;
}

/** Puts a referral under its keys of the index key that counts, and gives the marks that stand there. */
export async function putInIndex(
  { identities, digests }: IndexParts,
  referralId: string,
  known: Known,
): Promise<{ readonly keys: readonly string[]; readonly scores: ReadonlyMap<string, number> }> {
  const [current] = digests.index;
  const own = marksOf(known, current);
  const keys = keysOf(known, current);
  // Before it stands there: what nobody wrote down, nobody could take out again.
  await identities.mayStandUnder(referralId, keys);
  const text = JSON.stringify(own);
  const found = await Promise.all(keys.map((key) => identities.index(key, referralId, text)));
  return { keys, scores: scoresOf(own, found) };
}

/** How like each of those is that stand where this record would stand, by these keys of the index. Nothing is put. */
export async function scoresBy(
  index: readonly IndexKey[],
  identities: Pick<Identities, 'lookUp'>,
  known: Known,
  accepts?: (own: Marks, theirs: Marks) => boolean,
): Promise<readonly ReadonlyMap<string, number>[]> {
  return Promise.all(
    index.map(async (key) => {
      const found = await Promise.all(keysOf(known, key).map((each) => identities.lookUp(each)));
      return scoresOf(marksOf(known, key), found, accepts);
    }),
  );
}

/**
 * Puts a referral under its keys and gives the others that are alike, the likest first, and where it stands now, to be noted. Once or
 * many times, it comes to the same.
 */
export async function findAlike(
  parts: IndexParts,
  referralId: string,
  known: Known,
): Promise<{ readonly alike: readonly Candidate[]; readonly indexed: Indexed }> {
  const [{ keys, scores }, before] = await Promise.all([
    putInIndex(parts, referralId, known),
    // What stands under a former key until it is indexed anew.
    scoresBy(parts.digests.index.slice(1), parts.identities, known),
  ]);
  const indexed = { by: parts.digests.index[0].name, keys, mark: '' };
  return { alike: likest([scores, ...before], referralId), indexed };
}
