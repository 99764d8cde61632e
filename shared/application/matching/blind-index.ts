/**
 * The blind index: finds the same child again by keyed digests, without decrypting a name. A record is found under its keys, and
 * compared by its marks.
 */

import { readPart } from '../../domain/core/ids.ts';
import type { ChildInput } from '../../domain/intake/report.ts';
import { ageOn } from '../../domain/policy/due.ts';
import {
  type NameParts,
  namePartsOf,
  pairsOf,
  soundOf,
  soundsOfGiven,
  turnedRound,
} from '../../domain/same-child/child-names.ts';
import { likelyAtMost, likeness, type Marks, marks, nameScoreThreshold } from '../../domain/same-child/likeness.ts';
import { rootsOf } from '../../domain/same-child/nicknames.ts';
import { isPlaceholderReference, isPlaceholderTelephone } from '../../domain/same-child/placeholder-values.ts';
import type { Indexed, VaultIndex } from '../../store/vault-index.ts';
import type { Digests, Hmac, IndexKey } from './secret.ts';

/**
 * `heardAt`: when the report was received, a UTC instant. It is known of a new report alone. `reference`: the referral's own.
 * `caseNumbers`: those of the police.
 */
export type Known = Pick<ChildInput, 'name' | 'birthDate' | 'phone' | 'priorIds'> &
  Partial<Pick<ChildInput, 'approximateAge' | 'residenceTown' | 'occurrenceTown' | 'presentTown'>> & {
    readonly heardAt?: string;
    readonly reference?: string;
    readonly caseNumbers?: readonly string[];
  };

const hourLength = 3_600_000;

/** The hour of the report and the next one, counted. Two reports within an hour have one of them in common. */
function hoursOf({ heardAt }: Known): readonly string[] {
  if (heardAt === undefined) return [];
  const hour = Math.floor(Date.parse(heardAt) / hourLength);
  return [hour, hour + 1].map(String);
}

/** Each age that may be meant, in years: a range of a few at most. */
function agesOf({ approximateAge: age, birthDate, heardAt }: Known): readonly number[] {
  if (birthDate !== undefined) return heardAt === undefined ? [] : [ageOn(birthDate, heardAt)];
  if (age === undefined) return [];
  const { from, to = Number.POSITIVE_INFINITY } = typeof age === 'number' ? { from: age, to: age } : age;
  return Array.from({ length: Math.min(6, to - from + 1) }, (_, index) => from + index);
}

const townsOf = ({ residenceTown, occurrenceTown, presentTown }: Known): readonly string[] => [
  ...new Set(
    [residenceTown, occurrenceTown, presentTown]
      .map((town = '') => town.trim().toLowerCase())
      .filter((town) => town !== '' && town !== 'unknown'),
  ),
];

/** A North American number in any spelling, with or without the country code. */
const tenDigits = /(?<!\d)(?:\+?1[\s.-]*)?\(?\d{3}\)?[\s./–-]*\d{3}[\s./–-]*\d{4}(?!\d)/g;

/**
 * Up to five numbers in a text, the North American ones as ten digits. People write words beside numbers, such as the owner's
 * name.
 */
const phonesIn = (text = ''): readonly string[] => {
  const written = text.normalize('NFKC');
  const numbers = [...(written.match(tenDigits) ?? []), ...written.replaceAll(tenDigits, ';').split(/[,;]/)]
    .map((each) => each.replaceAll(/\D/g, '').replace(/^1(?=\d{10}$)/, ''))
    .filter((digits) => digits.length >= 7 && !isPlaceholderTelephone(digits));
  return [...new Set(numbers)].slice(0, 5);
};
const idsIn = (text = ''): readonly string[] =>
  text
    .normalize('NFKC')
    .split(/[,;]/)
    .map((id) => id.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
    .filter((id) => id.length >= 4 && !isPlaceholderReference(id))
    .slice(0, 5);

/** The parts of a name. A single name may be a given or a family name, so it counts as both. */
function namesOf({ name = '' }: Known): NameParts & { readonly isOneName: boolean } {
  const { given, family, joined } = namePartsOf(name);
  const isOneName = given.length === 1 && family.length === 0;
  return isOneName
    ? { given, family: given, joined: { given: joined.given, family: joined.given }, isOneName }
    : { given, family, joined, isOneName };
}

/** Short digests of a record's parts. They compare records found under the same key, and are of no other use. */
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
    // A joined name matches whole or not at all: `vanderberg` and `vandermeer` share most of their letters.
    ...joined[kind].map((name) => nameMarks(kind, name, [name])),
  ];
  return {
    given: marksOfKind('given'),
    family: marksOfKind('family'),
    ...(isOneName && { oneName: true }),
    ...(known.birthDate !== undefined && { born: bornMarks(known.birthDate, short) }),
    ...(isOneName && { recent: recentParts(known).map((parts) => short('recent', ...parts)) }),
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

/** Each hour, town and age of a new report. */
const recentParts = (known: Known): readonly (readonly string[])[] =>
  hoursOf(known).flatMap((hour) =>
    townsOf(known).flatMap((town) => agesOf(known).map((age) => [hour, town, String(age)])),
  );

type KeyKind =
  | 'recent'
  | 'names'
  | 'born-given'
  | 'born-family'
  | 'born-initials'
  | 'phone'
  | 'prior-id'
  | 'case'
  | 'reference';

type KeyPart = readonly [kind: KeyKind, ...parts: readonly string[]];

/** The parts of which each key of a record is made, by which it is compared with others. */
function keyParts(known: Known): readonly KeyPart[] {
  const { joined, isOneName, ...names } = namesOf(known);
  const given = [...names.given, ...joined.given];
  const family = [...names.family, ...joined.family];
  const givenSounds = [...new Set(given.flatMap(soundsOfGiven))];
  const familySounds = [...new Set(family.map(soundOf))];
  // A single name makes no pair of names.
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
    // A given name alone finds only reports of the same hour. One call may have been entered twice.
    ...(isOneName && recentParts(known).length > 0
      ? crossed(hoursOf(known), givenSounds).map(([hour, sound]) => ['recent', hour, sound] as const)
      : []),
    ...phonesIn(known.phone).map((phone) => ['phone', phone] as const),
    ...idsIn(known.priorIds).map((id) => ['prior-id', id] as const),
  ];
}

/** A person looks for these. No record is compared by them: one case of the police may be about several children. */
const numberParts = ({ reference, caseNumbers = [] }: Known): readonly KeyPart[] => [
  ...(reference?.split('-').slice(1) ?? []).map((group) => ['reference', group] as const),
  ...caseNumbers.flatMap(idsIn).map((number) => ['case', number] as const),
];

const keysFrom = (parts: readonly KeyPart[], digests: Pick<Hmac, 'hex'>): readonly string[] => [
  ...new Set(parts.map((part) => digests.hex('key', ...part).slice(0, 32))),
];

/**
 * The keys under which a record is found. A name alone or a date alone makes none: a record without an identity is never matched
 * by guess.
 */
export const keysOf = (known: Known, digests: Pick<Hmac, 'hex'>): readonly string[] =>
  keysFrom([...keyParts(known), ...numberParts(known)], digests);

/** The record as reported and, where its name may be in the wrong order, with the names swapped. */
function readingsOf(known: Known): readonly Known[] {
  const name = turnedRound(known.name ?? '');
  return name === undefined ? [known] : [known, { ...known, name }];
}

/** Enough kinds to find a swapped name. Each costs a lookup in the vault. */
const kindsTurned: readonly KeyKind[] = ['names', 'born-initials'];

/** The keys under which to look for others. They include those of a swapped name, so that no record has to be indexed for it. */
export function soughtUnder(known: Known, digests: Pick<Hmac, 'hex'>): readonly string[] {
  const [own = known, ...turned] = readingsOf(known);
  const more = turned.flatMap(keyParts).filter(([kind]) => kindsTurned.includes(kind));
  return keysFrom([...keyParts(own), ...more], digests);
}

type Accepts = (own: Marks, theirs: Marks) => boolean;

/**
 * Returns a scorer of other records by their marks, from 0 to 1. A swapped name is at most likely. Undefined where `accepts`
 * takes no reading.
 */
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
  /** From 0 to 1. */
  readonly score: number;
}

/** At most this many, because a person compares them. */
const mostShown = 10;

type IndexParts = {
  readonly identities: Pick<VaultIndex, 'index' | 'lookUp' | 'mayStandUnder'>;
  readonly digests: Pick<Digests, 'index'>;
};

/** The candidates with a high enough score, the highest first. A record found under several keys has its highest score. */
export function likest(found: readonly ReadonlyMap<string, number>[], except: string): readonly Candidate[] {
  const best = new Map<string, number>();
  for (const [id, score] of found.flatMap((scores) => [...scores])) best.set(id, Math.max(best.get(id) ?? 0, score));
  return [...best]
    .map(([id, score]) => ({ id, score }))
    .filter(({ id, score }) => id !== except && score >= nameScoreThreshold)
    .toSorted((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1))
    .slice(0, mostShown);
}

function marksIn(text: string): Marks | undefined {
  try {
    return marks.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The score of each record, by reference. A record found under several keys has its highest score. */
function scoresOf(
  likenessOf: ReturnType<typeof likenessTo>,
  found: readonly Readonly<Record<string, string>>[],
): ReadonlyMap<string, number> {
  const scores = new Map<string, number>();
  for (const [id, text] of found.flatMap((members) => Object.entries(members))) {
    // Records found by an equal name and date of birth have no marks.
    if (text === '') continue;
    // A row that no function wrote hides none of the others.
    const theirs = marksIn(text);
    const score = theirs && likenessOf(theirs);
    if (score !== undefined) scores.set(id, Math.max(scores.get(id) ?? 0, score));
  }
  return scores;
}

/** Puts a referral under its keys of the current index key. Returns the keys, and the scores of the records already there. */
export async function putInIndex(
  { identities, digests }: IndexParts,
  referralId: string,
  known: Known,
): Promise<{ readonly keys: readonly string[]; readonly scores: ReadonlyMap<string, number> }> {
  const [current] = digests.index;
  const keys = keysOf(known, current);
  // First note the keys, then write them: without the note, no later step could remove them.
  await identities.mayStandUnder(referralId, keys);
  const text = JSON.stringify(marksOf(known, current));
  // Written before the others are read, so of two at the same time at least one finds the other.
  await Promise.all(keys.map((key) => identities.index(key, referralId, text)));
  const found = await Promise.all(soughtUnder(known, current).map((key) => identities.lookUp(key)));
  return { keys, scores: scoresOf(likenessTo(known, current), found) };
}

/** The scores of records that would share a key with this one, by these index keys. Writes nothing. */
export async function scoresBy(
  index: readonly IndexKey[],
  identities: Pick<VaultIndex, 'lookUp'>,
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

/** Puts a referral under its case numbers of the police, once more for each notice. A repeat gives the same. */
export async function putUnderCase(
  {
    identities,
    digests: { index },
  }: Pick<IndexParts, 'digests'> & {
    readonly identities: Pick<VaultIndex, 'index' | 'mayStandUnder'>;
  },
  referralId: string,
  caseNumber: string,
): Promise<void> {
  const keys = keysOf({ caseNumbers: [caseNumber] }, index[0]);
  await identities.mayStandUnder(referralId, keys);
  await Promise.all(keys.map((key) => identities.index(key, referralId, '')));
}

/** The referrals with this case number of the police, or with this part of a reference. */
export async function referralsUnder(
  { identities, digests }: Omit<IndexParts, 'identities'> & { readonly identities: Pick<VaultIndex, 'lookUp'> },
  typed: string,
): Promise<readonly string[]> {
  const part = readPart('CR', typed);
  const groups =
    part === undefined ? [] : [part.slice(0, 5), part.slice(-6)].map((each) => ['reference', each] as const);
  const cases = idsIn(typed).map((number) => ['case', number] as const);
  const under = async (sought: readonly KeyPart[]) => {
    const keys = digests.index.flatMap((key) => keysFrom(sought, key));
    return (await Promise.all(keys.map((key) => identities.lookUp(key)))).flatMap((members) => Object.keys(members));
  };
  const [byReference, byCase] = await Promise.all([under(groups), under(cases)]);
  const hasPart = (id: string) => part !== undefined && id.replaceAll('-', '').slice(2).includes(part);
  return [...new Set([...byReference.filter(hasPart), ...byCase])];
}

/** Whether it is a single name, which may be a given or a family name. */
export const isOneName = (known: Known): boolean => namesOf(known).isOneName;

/** A report stands under two hours, so every other hour finds each of a day. */
const hoursSought = Array.from({ length: 13 }, (_, index) => index * 2);

/**
 * The scores of reports of the last 24 hours whose single name sounds like this one. `now` is a UTC instant. Each sound and index
 * key costs thirteen lookups.
 */
export async function scoresOfOneName(
  index: readonly IndexKey[],
  identities: Pick<VaultIndex, 'lookUp'>,
  known: Known,
  now: string,
  accepts?: Accepts,
): Promise<readonly ReadonlyMap<string, number>[]> {
  const hour = Math.floor(Date.parse(now) / hourLength) + 1;
  const sounds = [...new Set(namesOf(known).given.flatMap(soundsOfGiven))];
  const hours = hoursSought.map((back) => String(hour - back));
  const parts = crossed(hours, sounds).map(([each, sound]) => ['recent', each, sound] as const);
  return Promise.all(
    index.map(async (key) => {
      const found = await Promise.all(keysFrom(parts, key).map((each) => identities.lookUp(each)));
      return scoresOf(likenessTo(known, key, accepts), found);
    }),
  );
}

/**
 * Puts a referral under its keys, and returns similar referrals, the most similar first. Also returns its keys, for the caller to
 * note. A repeat gives the same.
 */
export async function findAlike(
  parts: IndexParts,
  referralId: string,
  known: Known,
): Promise<{ readonly alike: readonly Candidate[]; readonly indexed: Indexed }> {
  const [{ keys, scores }, before] = await Promise.all([
    putInIndex(parts, referralId, known),
    // Records still under a former index key, until they are indexed again.
    scoresBy(parts.digests.index.slice(1), parts.identities, known),
  ]);
  const indexed = { by: parts.digests.index[0].name, keys, mark: '' };
  return { alike: likest([scores, ...before], referralId), indexed };
}
