/** Names in a form to compare: several people write them, over a phone, in two languages. */
import { rootsOf } from './nicknames.ts';
import { isPlaceholderName, wordsOf } from './placeholder-values.ts';

/** Letters that stay the same without their accent marks. */
const letters: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  þ: 'th',
};

/** Words that follow a person's names or stand between them, and are no names. */
const besides = wordsOf('y jr sr ii iii iv');

/** Particles before a name, which some people leave out or join to it: `De la Cruz`, `Cruz`, `Delacruz`. */
const particles = wordsOf('de del la las los da dos van von');

/** The same behind a given name alone. In front, such a word may be a name or an initial: `O Connell`, `Al Green`. */
const innerParticles = wordsOf('o d mc mac al el der den ter');

const cyrillic: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...'а:a б:b в:v г:g д:d е:e ё:e ж:zh з:z и:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh'.split(
      ' ',
    ),
    ...'щ:shch ъ: ы:y ь: э:e ю:yu я:ya і:i ї:i є:e ґ:g'.split(' '),
  ].map((pair) => pair.split(':') as [string, string]),
);

/**
 * Apostrophes, and characters typed for one. Some count as letters, and one counts as an accent with a space before it.
 */
const apostrophes = /['’‘`´ʻʼʹʾʿ′＇]/g;

/**
 * Lower case, in letters of the usual width, without accents, apostrophes and full stops inside a name. Other scripts
 * are covered as far as they are spelled out here.
 */
const plain = (text: string): string =>
  Array.from(
    text.replaceAll(apostrophes, '').normalize('NFKC').toLowerCase(),
    (letter) => letters[letter] ?? cyrillic[letter] ?? letter,
  )
    .join('')
    .normalize('NFD')
    .replaceAll(/[\p{Mark}.]/gu, '');

export interface NameParts {
  /** The given name and, where there are more than two names, the middle ones. The child may be called by either. */
  readonly given: readonly string[];
  /** Every name after the first: people write only one of two surnames, or use a middle name as one. */
  readonly family: readonly string[];
  /**
   * The first name and the family names, joined to the word beside, as some people write them: `vanderberg` for `berg`.
   */
  readonly joined: Readonly<Record<'given' | 'family', readonly string[]>>;
}

interface Word {
  readonly alone: string;
  readonly joined: string;
}

/** The names among these words. Initials side by side become one name, as if written without a space. */
function namesAmong(words: readonly string[]): readonly Word[] {
  const names: Word[] = [];
  let before = '';
  for (const [index, word] of words.entries()) {
    const next = words[index + 1] ?? '';
    const last = names.at(-1);
    const follows = word.length === 1 && words[index - 1]?.length === 1 && last?.alone.length === 1;
    const isInner = innerParticles.has(word) && index > 0 && next.length > 1;
    if (follows) names[names.length - 1] = { ...last, joined: `${last.joined}${word}` };
    else if (besides.has(word)) before = '';
    else if (particles.has(word) || isInner) before += word;
    else {
      names.push({ alone: word, joined: `${before}${word}` });
      before = '';
    }
  }
  return names;
}

/**
 * Parts of a name. `Garcia, Maria Elena` and `Maria Elena Garcia` give the same. At most two names of each kind count.
 */
export function namePartsOf(name: string): NameParts {
  const [before = '', after = ''] = plain(name).split(',');
  const words = `${after} ${before}`.split(/[^\p{Letter}]+/u).filter((word) => word !== '');
  const names = isPlaceholderName(words.filter((word) => !particles.has(word) && !besides.has(word)))
    ? []
    : namesAmong(words);
  const [first, ...rest] = names;
  const kinds = { given: first ? [first, ...rest.slice(0, -1).slice(0, 1)] : [], family: rest.slice(-2) };
  const alone = (some: readonly Word[]) => some.map((word) => word.alone);
  const joined = (some: readonly Word[]) =>
    some.filter((word) => word.joined !== word.alone).map((word) => word.joined);
  return {
    given: alone(kinds.given),
    family: alone(kinds.family),
    joined: { given: joined(kinds.given.slice(0, 1)), family: joined(kinds.family) },
  };
}

/**
 * A name of two words with the family name in front, as many people write it: `Linh Tran` for `Tran Linh`. Undefined
 * for any other.
 */
export function turnedRound(name: string): string | undefined {
  const { given, family } = namePartsOf(name);
  return given.length === 1 && family.length === 1 ? `${family[0]} ${given[0]}` : undefined;
}

/** How a name sounds, roughly, to an English or Spanish ear: `Sarah` and `Sara`, `Hernández` and `Ernandes`. */
export function soundOf(name: string): string {
  const consonants = name
    .replace(/^(kn|gn|pn)/, 'n')
    .replace(/^x/, 's')
    .replaceAll(/ph/g, 'f')
    .replaceAll(/sch|sh|ch/g, 'x')
    .replaceAll(/ck|qu|q/g, 'k')
    .replaceAll(/c(?=[eiy])/g, 's')
    .replaceAll('c', 'k')
    .replaceAll(/g(?=[eiy])/g, 'j')
    .replaceAll(/[hw]/g, '')
    .replaceAll('z', 's')
    .replaceAll('v', 'b')
    .replaceAll('y', 'i');
  const [first = ''] = consonants;
  const skeleton = consonants.slice(1).replaceAll(/[aeiou]/g, '');
  // Different ears hear different vowels at the start of a name, so all vowels count as one.
  return `${/[aeiou]/.test(first) ? 'a' : first}${skeleton}`.replaceAll(/(.)\1+/g, '$1');
}

/** The sounds of the names that a given name may stand for. */
export const soundsOfGiven = (name: string): readonly string[] => [...new Set(rootsOf(name).map(soundOf))];

/** Pairs of neighboring letters, with the ends: two spellings of one name share most of them. */
export function pairsOf(name: string): readonly string[] {
  const framed = `^${name}$`;
  return [...new Set(Array.from({ length: framed.length - 1 }, (_, index) => framed.slice(index, index + 2)))];
}
