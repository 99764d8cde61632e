/**
 * What the vault keeps to find the same child again: keyed digests alone. A record is found under its keys, and compared by its
 * marks; nothing is decrypted that is not shown.
 */
import { type NameParts, namePartsOf, pairsOf, soundOf, soundsOfGiven } from '../domain/child-names.ts';
import { likeEnough, likeness, type Marks, marks } from '../domain/likeness.ts';
import { rootsOf } from '../domain/nicknames.ts';
import type { ChildInput } from '../domain/report.ts';
import type { Identities } from '../store/identities.ts';
import type { Digests } from './secret.ts';

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
export function marksOf(known: Known, digests: Digests): Marks {
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
export function keysOf(known: Known, digests: Digests): readonly string[] {
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

/** Puts a referral under its keys and gives the others that are alike, the likest first. Once or many times, it comes to the same. */
export async function findAlike(
  { identities, digests }: { readonly identities: Pick<Identities, 'index'>; readonly digests: Digests },
  referralId: string,
  known: Known,
): Promise<readonly Candidate[]> {
  const own = marksOf(known, digests);
  const text = JSON.stringify(own);
  const found = await Promise.all(keysOf(known, digests).map((key) => identities.index(key, referralId, text)));
  const others = new Map(found.flatMap((members) => Object.entries(members)));
  others.delete(referralId);
  return [...others]
    .map(([id, theirs]) => ({ id, score: likeness(own, marks.parse(JSON.parse(theirs))) }))
    .filter(({ score }) => score >= likeEnough)
    .toSorted((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1))
    .slice(0, mostShown);
}
