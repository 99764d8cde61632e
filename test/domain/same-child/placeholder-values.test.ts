/** Words that people type where they know nothing. No child is matched by them. */
import { describe, expect, test } from 'vitest';
import { namePartsOf } from '../../../shared/domain/same-child/child-names.ts';
import {
  isPlaceholderReference,
  isPlaceholderTelephone,
} from '../../../shared/domain/same-child/placeholder-values.ts';

const none = { given: [], family: [], joined: { given: [], family: [] } };

describe('a name', () => {
  test.each([
    'unknown',
    'UNK',
    'N/A',
    'n.a.',
    'None',
    'No name',
    'Name not given',
    'name unknown',
    'Not provided',
    'not given',
    'Refused',
    'Refused to say',
    'Refused to give name',
    'Declined to give his name',
    'Would not say',
    "Didn't say",
    "don't know",
    'Prefers not to say',
    'Withheld',
    'TBD',
    'anonymous caller',
    'Unidentified minor',
    'Unknown, Unknown',
    'Jane Doe',
    'Doe, John',
    'Baby Girl',
    'xxx',
    'Desconocido',
    'Niña desconocida',
    'Sin nombre',
    'No sabe',
    'No se sabe',
    'No sé',
    'Ninguna',
    'No dio su nombre',
    'No quiso decir el nombre',
    'Se negó a dar el nombre',
    'Menor de edad no identificada',
    'Fulana de Tal',
  ])('that is none: %s', (name) => {
    expect(namePartsOf(name)).toEqual(none);
  });

  test.each([
    'Nina Vega',
    'Nina',
    'An Na',
    'Na Li',
    'See Her',
    'Will Say',
    'Noe Sinclair',
    'Grace Given',
    'Baby Garcia',
    'Child Rosario',
    'Star',
    'Mina No',
  ])('of a real person: %s', (name) => {
    expect(namePartsOf(name)).not.toEqual(none);
  });
});

describe('a reference of an older record', () => {
  test.each([
    'NONE',
    'UNKNOWN',
    'NA',
    'NINGUNO',
    'DESCONOCIDO',
    'SEENARRATIVE',
    'XXXX',
    '0000',
    '00000000',
    '12345',
    '9999',
  ])('that is none: %s', (id) => {
    expect(isPlaceholderReference(id)).toBe(true);
  });
  test.each(['L204511', 'CANARY1', 'L1234', '887766', 'LINK4', '20190301', '0001'])('that may be one: %s', (id) => {
    expect(isPlaceholderReference(id)).toBe(false);
  });
});

describe('a telephone', () => {
  test.each([
    '0000000000',
    '0000000',
    '1111111111',
    '9999999999',
    '5555555',
    '2035555555',
    '1234567',
    '1234567890',
    '8605551212',
  ])('that no person has: %s', (digits) => {
    expect(isPlaceholderTelephone(digits)).toBe(true);
  });
  test.each(['2035550142', '5550142', '8605551213', '529981234568'])('that a person may have: %s', (digits) => {
    expect(isPlaceholderTelephone(digits)).toBe(false);
  });
});
