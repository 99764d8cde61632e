/** Names of children as they are compared: heard over a phone, by an English or a Spanish ear. */
import { describe, expect, test } from 'vitest';
import { namePartsOf, pairsOf, soundOf } from '../../../shared/domain/same-child/child-names.ts';

const sound = (name: string) => soundOf(name.toLowerCase());

describe('the parts of a name', () => {
  test.each([
    ['Maria Garcia', ['maria'], ['garcia']],
    ['Garcia, Maria Elena', ['maria', 'elena'], ['elena', 'garcia']],
    // One of several surnames is left out by many, and of more than two names those in front.
    ['Maria Elena Luz Garcia Ortiz', ['maria', 'elena'], ['garcia', 'ortiz']],
    ['María  de los Ángeles O’Neill', ['maria', 'angeles'], ['angeles', 'oneill']],
    ['Wren', ['wren'], []],
  ])('of %s are at most two of each kind', (name, given, family) => {
    expect(namePartsOf(name)).toMatchObject({ given, family });
  });

  test.each([
    ["Siobhan O'Connell", ['oconnell'], []],
    ['Siobhan O Connell', ['connell'], ['oconnell']],
    ['O Connell, Siobhan', ['connell'], ['oconnell']],
    ['Elizabeth Van der Berg', ['berg'], ['vanderberg']],
    ['Elizabeth Vanderberg', ['vanderberg'], []],
    ['Rosa de la Cruz y Ortega', ['cruz', 'ortega'], ['delacruz']],
    ['Luis Ortega Jr.', ['ortega'], []],
    ['Maria R Garcia', ['r', 'garcia'], []],
    ['Minh Al', ['al'], []],
    ['Ｍａｒｉａ　Ｏ＇Ｎｅｉｌｌ', ['oneill'], []],
  ])('of %s are a surname, and one as others write it in one word', (name, family, joined) => {
    expect(namePartsOf(name)).toMatchObject({ family, joined: { given: [], family: joined } });
  });

  test.each([
    ['J. Q. Public', ['j'], ['jq'], ['public']],
    ['J.Q. Public', ['jq'], [], ['public']],
    ['J. D. Public', ['j'], ['jd'], ['public']],
    ['J. Y. Public', ['j'], ['jy'], ['public']],
    ['De Andre Cook', ['andre'], ['deandre'], ['cook']],
    ['Al Green', ['al'], [], ['green']],
  ])('of %s are given names, and one as others write it in one word', (name, given, joined, family) => {
    expect(namePartsOf(name)).toEqual({ given, family, joined: { given: joined, family: [] } });
  });

  test.each(['', ' - ', 'Jane Doe', 'Doe, Baby', 'Unknown Female', 'not known'])(
    'of "%s" are none: no child is matched by it',
    (name) => {
      expect(namePartsOf(name)).toMatchObject({ given: [], family: [] });
    },
  );

  test('are kept where only one of the words stands for an unknown name', () => {
    expect(namePartsOf('Baby Garcia')).toMatchObject({ given: ['baby'], family: ['garcia'] });
  });
});

test.each([
  ['Sarah', 'Sara'],
  ['Hernandez', 'Ernandes'],
  ['Knox', 'Nox'],
  ['Wrenna', 'Renna'],
  ['Lawrence', 'Larence'],
  ['Xavier', 'Savier'],
  ['Cecilia', 'Sesilia'],
  ['Carla', 'Karla'],
  ['Gilberto', 'Jilberto'],
  ['Villa', 'Vila'],
  ['Lloyd', 'Loyd'],
  ['Nanna', 'Nana'],
  ['Sara', 'Sera'],
  ['Elena', 'Ilena'],
  ['Philip', 'Filip'],
])('%s sounds as %s does', (one, other) => {
  expect(sound(one)).toBe(sound(other));
});

test.each([
  ['Agnes', 'Annes', 'the g is heard inside a name'],
  ['Alexa', 'Alesa', 'the x is heard inside a name'],
  ['Carla', 'Sarla', 'a c before an a is hard'],
  ['Garla', 'Jarla', 'a g before an a is hard'],
  ['Elena', 'Lena', 'that it begins with a vowel is heard'],
  ['Maria', 'Marta', 'a consonant is heard'],
])('%s does not sound as %s: %s', (one, other) => {
  expect(sound(one)).not.toBe(sound(other));
});

test('a name is compared by its pairs of letters and its ends, each once', () => {
  expect(pairsOf('nana')).toEqual(['^n', 'na', 'an', 'a$']);
});
