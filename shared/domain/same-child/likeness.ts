/**
 * How alike two records of a child are, from keyed digests, so that no one reads a name. The weights and the threshold
 * are this project's assumption, measured on invented pairs (`npm run bench`). A person gives the answer.
 */
import * as z from 'zod';

const digest = z.string();
const nameMarks = z.object({
  /** Digests of the names it may stand for, of their sounds, and of its pairs of letters. */
  roots: z.array(digest),
  sounds: z.array(digest),
  pairs: z.array(digest),
});
type NameMarks = z.infer<typeof nameMarks>;

/** Digests of one record of a child, one for each part. */
export const marks = z.object({
  given: z.array(nameMarks),
  family: z.array(nameMarks),
  /** The record has a single name, which may be a given or a family name and stands as both. */
  oneName: z.literal(true).optional(),
  born: z
    .object({
      date: digest,
      /** Day and month in order of size, so that swapped ones are equal. */
      swapped: digest,
      monthDay: digest,
      yearMonth: digest,
      yearDay: digest,
      /** The year with the one before, and with the one after. */
      years: z.array(digest),
    })
    .optional(),
  /** Of a record with a single name: each hour, town and age of its report. */
  recent: z.array(digest).optional(),
  phones: z.array(digest),
  priorIds: z.array(digest),
});
export type Marks = z.infer<typeof marks>;
type Born = NonNullable<Marks['born']>;

const shares = (one: readonly string[], other: readonly string[]) => one.some((each) => other.includes(each));

/** Dice's coefficient, 0 to 1. */
function common(one: readonly string[], other: readonly string[]): number {
  const both = one.filter((each) => other.includes(each)).length;
  return (2 * both) / Math.max(1, one.length + other.length);
}

/** The weight of two equal names. */
const sameName = 3;

/** `sameName` for equal names, less for another spelling, `otherwise` for another name. */
function nameWeight(one: readonly NameMarks[], other: readonly NameMarks[], otherwise: number): number {
  if (one.length === 0 || other.length === 0) return 0;
  const weights = one.flatMap((a) =>
    other.map((b) => {
      if (shares(a.roots, b.roots)) return sameName;
      const pairs = common(a.pairs, b.pairs);
      if (pairs >= 0.6) return 2;
      if (shares(a.sounds, b.sounds) && pairs >= 0.25) return 2;
      return pairs >= 0.45 ? 0.5 : otherwise;
    }),
  );
  return Math.max(...weights);
}

/** A single name has the weight of the kind that it is taken for. */
function nameWeights(one: Marks, other: Marks): readonly [given: number, family: number] {
  const given = nameWeight(one.given, other.given, -4);
  const family = nameWeight(one.family, other.family, -1.5);
  if (!one.oneName && !other.oneName) return [given, family];
  return family > Math.max(given, 0) ? [0, family] : [given, 0];
}

function birthWeight(one: Born | undefined, other: Born | undefined): number {
  if (!one || !other) return 0;
  if (one.date === other.date) return 5;
  if (one.swapped === other.swapped) return 4;
  if (one.monthDay === other.monthDay) return shares(one.years, other.years) ? 4 : 1;
  return one.yearMonth === other.yearMonth || one.yearDay === other.yearDay ? 2 : -4;
}

/** From this likeness on, a person is asked whether it is the same child. */
export const nameScoreThreshold = 0.5;

/**
 * The maximum for another spelling of the given name, even if all else is equal. Names of twins often differ by a
 * letter, so the two are likely the same and not certain. Only a reference of an older record tells more.
 */
export const likelyAtMost = 0.9;

/**
 * The minimum for one equal reference of an older record, or one equal telephone with an equal date of birth. A street
 * name in the place of a name is usual here. The price is a question about twins who share a telephone.
 */
const askedAtLeast = 0.6;

/** 0 to 1. Siblings share surname, telephone and, as twins, the birthday, so another given name weighs most. */
export function likeness(one: Marks, other: Marks): number {
  const [given, family] = nameWeights(one, other);
  const sharesPhone = shares(one.phones, other.phones);
  const phone = given >= 0 && sharesPhone ? 2 : 0;
  const known = shares(one.priorIds, other.priorIds) ? 10 : 0;
  const weight = given + family + birthWeight(one.born, other.born) + phone + known;
  const score = Math.round(100 / (1 + Math.exp(-(weight - 4.75) / 1.2))) / 100;
  if (known > 0) return Math.max(score, askedAtLeast);
  const isOneBirthday = one.born !== undefined && one.born.date === other.born?.date;
  // The same name, age and town within the hour: one call may have been entered twice.
  const isEnteredTwice = given >= sameName && shares(one.recent ?? [], other.recent ?? []);
  const least = (sharesPhone && isOneBirthday) || isEnteredTwice ? askedAtLeast : 0;
  return Math.max(least, given < sameName ? Math.min(score, likelyAtMost) : score);
}
