/**
 * Invented children in pairs, labelled. A pair is one child as two people wrote it down, or two children who are easily
 * confused. Seeded, so that it is the same set each time.
 */
import type { Known } from '../../shared/application/matching/blind-index.ts';
import { randomFrom } from './dice.ts';

export interface Pair {
  readonly kind: string;
  readonly same: boolean;
  readonly one: Known;
  readonly other: Known;
}

const givenNames =
  'maria jose aiden jayden sofia isabella emma olivia mia luna camila valentina ximena daniela gabriela alejandro santiago mateo sebastian diego luis carlos juan miguel angel jesus david daniel michael christopher anthony joshua matthew nicholas elizabeth katherine jessica jennifer samantha alexandra victoria stephanie nicole amanda ashley brianna destiny jasmine kayla alyssa madison abigail hannah emily grace zoe chloe lily ava aaliyah nevaeh serenity trinity imani kiara tiana precious shanice deandre malik tyrone darius xavier isaiah elijah noah liam mason logan ethan lucas wei mei anh linh minh priya aarav fatima aisha omar ahmed ibrahim olga natalia ivan dmitri'.split(
    ' ',
  );
const familyNames =
  'garcia rodriguez martinez hernandez lopez gonzalez perez sanchez ramirez torres flores rivera gomez diaz cruz morales reyes ortiz gutierrez chavez ramos ruiz alvarez mendoza vasquez castillo jimenez moreno romero santiago colon figueroa rosario vega smith johnson williams brown jones davis miller wilson moore taylor anderson thomas jackson white harris martin thompson robinson clark lewis lee walker hall allen young king wright scott green baker adams nelson hill campbell mitchell roberts carter phillips evans turner parker collins edwards stewart morris murphy cook rogers morgan peterson cooper reed bailey bell kelly howard ward cox nguyen tran pham patel singh khan chen wang kowalski nowak dubois lefebvre okafor mensah'.split(
    ' ',
  );
const shortForms: Readonly<Record<string, string>> = {
  jose: 'pepe',
  alejandro: 'alex',
  francisco: 'paco',
  guadalupe: 'lupe',
  elizabeth: 'liz',
  katherine: 'katie',
  jessica: 'jess',
  jennifer: 'jenny',
  samantha: 'sam',
  alexandra: 'lexi',
  victoria: 'vicky',
  stephanie: 'steph',
  michael: 'mike',
  christopher: 'chris',
  anthony: 'tony',
  joshua: 'josh',
  matthew: 'matt',
  nicholas: 'nick',
  daniel: 'danny',
  gabriela: 'gabi',
  isabella: 'bella',
  jesus: 'chuy',
  madison: 'maddie',
  abigail: 'abby',
  valentina: 'vale',
};

/** Two children that people are asked about all the same. A street name looks like the name of a twin. */
export const twinsOnOneTelephone = 'twin, with one telephone';

/** What children are called on the street. */
const streetNames =
  'star princess diamond candy cookie angelface bambi cinnamon honey kitten peaches sparkle lollipop mercedes porsche'.split(
    ' ',
  );

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const two = (number: number) => String(number).padStart(2, '0');

interface Child {
  readonly given: string;
  readonly middle: string;
  readonly family: string;
  readonly mothers: string;
  readonly born: readonly [number, number, number];
  readonly phone: string;
  readonly reference: string;
}

/** What is typed for an apostrophe. */
const apostrophes = "'’ʻ´ʼ`";

const spoken = (phone: string) => phone.replace(/^(...)(...)/, '$1-$2-');

/** In the letters that an East Asian keyboard types. */
const wide = (text: string) =>
  text.replaceAll(/[!-~]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0));

const swapped = ({ born: [year, month, day], ...one }: Child): Child => ({
  ...one,
  born: day <= 12 ? [year, day, month] : [year, month, day],
});

const written = ({ given, family, born: [year, month, day] }: Child): Known => ({
  name: `${capital(given)} ${capital(family)}`,
  birthDate: `${year}-${two(month)}-${two(day)}`,
});

/** `count` pairs, half of them of one child. */
export function inventedPairs(count: number, seed = 2026): readonly Pair[] {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  const another = (items: readonly string[], than: string): string => {
    const found = pick(items);
    return found === than ? another(items, than) : found;
  };
  const child = (): Child => ({
    given: pick(givenNames),
    middle: pick(givenNames),
    family: pick(familyNames),
    mothers: pick(familyNames),
    born: [2009 + below(9), 1 + below(12), 1 + below(28)],
    phone: `203555${String(below(10_000)).padStart(4, '0')}`,
    reference: `L-${String(below(1_000_000)).padStart(6, '0')}`,
  });
  /** One slip of the finger: a letter left out, doubled, swapped with its neighbour or replaced. */
  const slip = (word: string): string => {
    const at = 1 + below(word.length - 1);
    const letter = 'abcdefghijklmnopqrstuvwxyz'.charAt(below(26));
    return pick([
      word.slice(0, at) + word.slice(at + 1),
      word.slice(0, at) + word.charAt(at) + word.slice(at),
      word.slice(0, at - 1) + word.charAt(at) + word.charAt(at - 1) + word.slice(at + 1),
      word.slice(0, at) + letter + word.slice(at + 1),
    ]);
  };
  const heard = (word: string): string =>
    pick([
      word.replaceAll('z', 's'),
      word.replaceAll('h', ''),
      word.replaceAll('v', 'b'),
      word.replaceAll('ph', 'f'),
      word.replace(/y/, 'i'),
      word.replace(/c(?=[aou])/, 'k'),
      word.replace(/([lnst])\1?/, '$1$1'),
    ]);

  const ofOneChild: Readonly<Record<string, (one: Child) => Known>> = {
    'written alike': (one) => ({ ...written(one), name: `${one.given.toUpperCase()}  ${one.family.toUpperCase()}` }),
    'surname first': (one) => ({ ...written(one), name: `${capital(one.family)}, ${capital(one.given)}` }),
    'with a middle name': (one) => ({
      ...written(one),
      name: `${capital(one.given)} ${capital(one.middle)} ${capital(one.family)}`,
    }),
    'with both surnames': (one) => ({ ...written(one), name: `${one.given} ${one.family}-${one.mothers}` }),
    'a slip in the given name': (one) => written({ ...one, given: slip(one.given) }),
    'a slip in the surname': (one) => written({ ...one, family: slip(one.family) }),
    'given name as heard': (one) => written({ ...one, given: heard(one.given) }),
    'surname as heard': (one) => written({ ...one, family: heard(one.family) }),
    'a short form': (one) => written({ ...one, given: shortForms[one.given] ?? one.given }),
    'day and month swapped': (one) => written(swapped(one)),
    'year one off': ({ born: [year, month, day], ...one }) => written({ ...one, born: [year + 1, month, day] }),
    'day wrong': ({ born: [year, month, day], ...one }) => written({ ...one, born: [year, month, (day % 28) + 1] }),
    'date unknown': ({ ...one }) => ({ name: written(one).name }),
    'another surname': (one) => written({ ...one, family: one.mothers }),
    'short form and year off': ({ born: [year, month, day], ...one }) =>
      written({ ...one, given: shortForms[one.given] ?? one.given, born: [year - 1, month, day] }),
    'heard, and day and month swapped': (one) => written(swapped({ ...one, family: heard(one.family) })),
  };
  const alias = () => capital(pick(streetNames));
  /** Under a street name: what both reports have beside it. */
  const underAlias: Readonly<Record<string, (one: Child) => readonly [one: Known, other: Known]>> = {
    'a street name and an older reference': (one) => [
      { ...written(one), priorIds: one.reference },
      { name: alias(), priorIds: one.reference },
    ],
    'a street name, an older reference and the telephone': (one) => {
      const both = { priorIds: one.reference, phone: one.phone };
      return [
        { name: written(one).name, ...both },
        { name: `${alias()} ${capital(one.mothers)}`, ...both },
      ];
    },
    'a street name, the telephone and the date': (one) => [
      { ...written(one), phone: one.phone },
      { ...written(one), name: `${alias()} ${capital(one.mothers)}`, phone: one.phone },
    ],
    'a surname with an apostrophe or a space, and day and month swapped': (one) => {
      const family = capital(one.family);
      return [
        { ...written(one), name: `${capital(one.given)} O${pick([...apostrophes])}${family}` },
        { ...written(swapped(one)), name: `${capital(one.given)} O ${family}` },
      ];
    },
    'a surname as one word or several, and day and month swapped': (one) => {
      const before = pick(['Van der', 'De la', 'Al', 'Mc']);
      return [
        { ...written(one), name: `${capital(one.given)} ${before} ${capital(one.family)}` },
        {
          ...written(swapped(one)),
          name: `${capital(one.given)} ${capital(before.replaceAll(' ', '').toLowerCase())}${one.family}`,
        },
      ];
    },
    'initials with spaces and without': (one) => {
      const [first, second] = [one.given, one.middle].map((name) => name.charAt(0).toUpperCase());
      return [
        { ...written(one), name: `${first}. ${second}. ${capital(one.family)}` },
        { ...written(one), name: `${first}.${second}. ${capital(one.family)}` },
      ];
    },
    'one name alone, and the date': (one) => [
      { ...written(one), name: `${capital(one.given)} ${capital(one.family)} ${capital(one.mothers)}` },
      { ...written(one), name: capital(pick([one.given, one.family, one.mothers])) },
    ],
    'one of several telephones, and the date': (one) => [
      { ...written(one), phone: `860-555-0122 (mother), ${spoken(one.phone)} (own)` },
      { birthDate: written(one).birthDate, phone: one.phone },
    ],
    'letters and digits of full width': (one) => [
      { ...written(one), phone: one.phone },
      { name: wide(written(one).name ?? ''), phone: wide(one.phone) },
    ],
    'names turned round': (one) => [
      written(one),
      { ...written(one), name: `${capital(one.family)} ${capital(one.given)}` },
    ],
  };
  const ofTwo: Readonly<Record<string, (one: Child) => Child>> = {
    twin: (one) => ({ ...one, given: another(givenNames, one.given) }),
    'brother or sister': (one) => ({ ...one, given: another(givenNames, one.given), born: child().born }),
    'same name, other birth date': (one) => ({ ...one, born: child().born }),
    'same birthday, other child': (one) => ({ ...child(), born: one.born }),
    'same given name, other child': (one) => ({ ...child(), given: one.given }),
    'one telephone, other child': (one) => ({ ...child(), phone: one.phone }),
    'same birthday, and a street name': (one) => ({ ...child(), given: pick(streetNames), born: one.born }),
    'same birthday, one name alone': (one) => ({ ...child(), family: '', born: one.born }),
    stranger: () => child(),
  };

  const kindsOfOne = [...Object.keys(ofOneChild), ...Object.keys(underAlias)];
  const kindsOfTwo = Object.keys(ofTwo);
  return Array.from({ length: count }, (_, index) => {
    const one = child();
    // The family's telephone is known for a third of them.
    const phone = random() < 1 / 3 ? { phone: one.phone } : {};
    if (index % 2 === 0) {
      const kind = kindsOfOne[(index / 2) % kindsOfOne.length] ?? '';
      const both = underAlias[kind]?.(one);
      if (both) return { kind, same: true, one: both[0], other: both[1] };
      return { kind, same: true, one: { ...written(one), ...phone }, other: { ...ofOneChild[kind]?.(one), ...phone } };
    }
    const kind = kindsOfTwo[((index - 1) / 2) % kindsOfTwo.length] ?? '';
    const second = ofTwo[kind]?.(one) ?? one;
    const family = second.phone === one.phone ? phone : {};
    const isAsked = kind === 'twin' && family.phone !== undefined;
    return {
      kind: isAsked ? twinsOnOneTelephone : kind,
      same: false,
      one: { ...written(one), ...phone },
      other: { ...written(second), ...family },
    };
  });
}
