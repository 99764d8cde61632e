/**
 * What the vault keeps to find the same child again: keyed digests alone. A record is found under its keys, and compared by its
 * marks; nothing is decrypted that is not shown.
 */

import type { ChildInput } from '../../domain/intake/report.ts';
import {
  type NameParts,
  namePartsOf,
  pairsOf,
  soundOf,
  soundsOfGiven,
  turnedRound,
} from '../../domain/same-child/child-names.ts';
import { likeEnough, likelyAtMost, likeness, type Marks, marks } from '../../domain/same-child/likeness.ts';
import { rootsOf } from '../../domain/same-child/nicknames.ts';
import { isNoReference, isNoTelephone } from '../../domain/same-child/nothing-known.ts';
import type { Identities } from '../../store/identities.ts';
import type { Indexed } from '../../store/vault-index.ts';
import type { Digests, Hmac, IndexKey } from './secret.ts';

export type Known = Pick<ChildInput, 'name' | 'birthDate' | 'phone' | 'priorIds'>;

/** A number of North America, with or without its country code, however it is written. */
const tenDigits = /(?<!\d)(?:\+?1[\s.-]*)?\(?\d{3}\)?[\s./–-]*\d{3}[\s./–-]*\d{4}(?!\d)/g;

/** Each number that is written here, those of North America as ten digits; beside numbers people write whose they are. At most five. */
const phonesIn = (text = ''): readonly string[] => {
  const written = text.normalize('NFKC');
  const numbers = [...(written.match(tenDigits) ?? []), ...written.replaceAll(tenDigits, ';').split(/[,;]/)]
    .map((each) => each.replaceAll(/\D/g, '').replace(/^1(?=\d{10}$)/, ''))
    .filter((digits) => digits.length >= 7 && !isNoTelephone(digits));
  return [...new Set(numbers)].slice(0, 5);
};
const idsIn = (text = ''): readonly string[] =>
  text
    .normalize('NFKC')
    .split(/[,;]/)
    .map((id) => id.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
    .filter((id) => id.length >= 4 && !isNoReference(id))
    .slice(0, 5);

/** The parts of a name; one name alone may be a given or a family name, and stands as both. */
function namesOf({ name = '' }: Known): NameParts & { readonly isOneName: boolean } {
  const { given, family, joined } = namePartsOf(name);
  const isOneName = given.length === 1 && family.length === 0;
  return isOneName
    ? { given, family: given, joined: { given: joined.given, family: joined.given }, isOneName }
    : { given, family, joined, isOneName };
}

/** Digests of the parts of a record: short ones, which tell apart what was found under a key and nothing more. */
export function marksOf(known: Known, digests: Pick<Hmac, 'hex'>): Marks {
  const short = (kind: string, ...parts: readonly string[]) => digests.hex('mark', kind, ...parts).slice(0, 10);
  const nameMarks = (kind: 'given' | 'family', name: string, pairs: readonly string[]) => {
    const [roots, sounds] = kind === 'given' ? [rootsOf(name), soundsOfGiven(name)] : [[name], [soundOf(name)]];
    return {
      roots: roots.map((each) => short(kind, each)),
      sounds: sounds.map((each) => short(`${kind}-sound`, each)),
      pairs: pairs.map((each) => short(`${kind}-pair`, each)),
    };
  };
  const { joined, isOneName, ...names } = namesOf(known);
  const marksOfKind = (kind: 'given' | 'family') => [
    ...names[kind].map((name) => nameMarks(kind, name, pairsOf(name))),
    // Whole or not at all: `vanderberg` and `vandermeer` have most of their letters in common.
    ...joined[kind].map((name) => nameMarks(kind, name, [name])),
  ];
  return {
    given: marksOfKind('given'),
    family: marksOfKind('family'),
    ...(isOneName && { oneName: true }),
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

const crossed = <Item>(one: readonly Item[], other: readonly Item[]) =>
  one.flatMap((a) => other.map((b) => [a, b] as const));

type KeyKind = 'names' | 'born-given' | 'born-family' | 'born-initials' | 'phone' | 'prior-id';

/** What each key of a record is made of. */
function keyParts(known: Known): readonly (readonly [kind: KeyKind, ...parts: readonly string[]])[] {
  const { joined, isOneName, ...names } = namesOf(known);
  const given = [...names.given, ...joined.given];
  const family = [...names.family, ...joined.family];
  const givenSounds = [...new Set(given.flatMap(soundsOfGiven))];
  const familySounds = [...new Set(family.map(soundOf))];
  // One name is no pair of names.
  const pairs = <Item>(one: readonly Item[], other: readonly Item[]) => (isOneName ? [] : crossed(one, other));
  const initials = pairs(names.given, names.family).map(([a, b]) => `${a.charAt(0)}${b.charAt(0)}`);
  const born = known.birthDate === undefined ? [] : [known.birthDate];
  return [
    ...pairs(givenSounds, familySounds).map(([a, b]) => ['names', a, b] as const),
    ...born.flatMap((date) => [
      ...givenSounds.map((sound) => ['born-given', date, sound] as const),
      ...familySounds.map((sound) => ['born-family', date, sound] as const),
      ...[...new Set(initials)].map((pair) => ['born-initials', date, pair] as const),
    ]),
    ...phonesIn(known.phone).map((phone) => ['phone', phone] as const),
    ...idsIn(known.priorIds).map((id) => ['prior-id', id] as const),
  ];
}

const keysFrom = (parts: ReturnType<typeof keyParts>, digests: Pick<Hmac, 'hex'>): readonly string[] => [
  ...new Set(parts.map((part) => digests.hex('key', ...part).slice(0, 32))),
];

/**
 * The keys a record is found under. A name alone, or a date alone, is none: a report without an identity is never matched by
 * guess.
 */
export const keysOf = (known: Known, digests: Pick<Hmac, 'hex'>): readonly string[] =>
  keysFrom(keyParts(known), digests);

/** As it was said and, where the name may stand the other way round, as it may have been meant. */
function readingsOf(known: Known): readonly Known[] {
  const name = turnedRound(known.name ?? '');
  return name === undefined ? [known] : [known, { ...known, name }];
}

/** Enough to find a name that stands the other way round; each costs a look at the vault. */
const kindsTurned: readonly KeyKind[] = ['names', 'born-initials'];

/** The keys that others are looked for under: more than it is found under itself, so that nothing has to be indexed anew. */
export function soughtUnder(known: Known, digests: Pick<Hmac, 'hex'>): readonly string[] {
  const [own = known, ...turned] = readingsOf(known);
  const more = turned.flatMap(keyParts).filter(([kind]) => kindsTurned.includes(kind));
  return keysFrom([...keyParts(own), ...more], digests);
}

type Accepts = (own: Marks, theirs: Marks) => boolean;

/** How far a record is like another, by that one's marks, 0 to 1: with its names turned round, likely at most. Undefined where no reading is accepted. */
export function likenessTo(known: Known, digests: Pick<Hmac, 'hex'>, accepts: Accepts = () => true) {
  const readings = readingsOf(known).map((reading) => marksOf(reading, digests));
  return (theirs: Marks): number | undefined => {
    const scores = readings.flatMap((own, index) =>
      accepts(own, theirs) ? [Math.min(likeness(own, theirs), index === 0 ? 1 : likelyAtMost)] : [],
    );
    return scores.length > 0 ? Math.max(...scores) : undefined;
  };
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
  likenessOf: ReturnType<typeof likenessTo>,
  found: readonly Readonly<Record<string, string>>[],
): ReadonlyMap<string, number> {
  const scores = new Map<string, number>();
  for (const [id, text] of found.flatMap((members) => Object.entries(members))) {
    // The set of those with an equal name and date of birth has no marks.
    if (text === '') continue;
    const score = likenessOf(marks.parse(JSON.parse(text)));
    if (score !== undefined) scores.set(id, Math.max(scores.get(id) ?? 0, score));
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
  const keys = keysOf(known, current);
  // Before it stands there: what nobody wrote down, nobody could take out again.
  await identities.mayStandUnder(referralId, keys);
  const text = JSON.stringify(marksOf(known, current));
  const others = soughtUnder(known, current).filter((key) => !keys.includes(key));
  const found = await Promise.all([
    ...keys.map((key) => identities.index(key, referralId, text)),
    ...others.map((key) => identities.lookUp(key)),
  ]);
  return { keys, scores: scoresOf(likenessTo(known, current), found) };
}

/** How like each of those is that stand where this record would stand, by these keys of the index. Nothing is put. */
export async function scoresBy(
  index: readonly IndexKey[],
  identities: Pick<Identities, 'lookUp'>,
  known: Known,
  accepts?: Accepts,
): Promise<readonly ReadonlyMap<string, number>[]> {
  return Promise.all(
    index.map(async (key) => {
      const found = await Promise.all(soughtUnder(known, key).map((each) => identities.lookUp(each)));
      return scoresOf(likenessTo(known, key, accepts), found);
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
