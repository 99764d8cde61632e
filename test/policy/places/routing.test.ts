/**
 * Each of the four places decides something of its own. A text that names no town goes to a person with the nearest
 * names.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearestTowns } from '../../../shared/policy/places/nearest-towns.ts';
import { findPlace, routingOf } from '../../../shared/policy/places/routing.ts';
import { towns } from '../../../shared/policy/places/towns.ts';

const today = '2026-11-25';
const at = (residenceTown: string, occurrenceTown = 'unknown', presentTown = 'unknown') => ({
  residenceTown,
  occurrenceTown,
  presentTown,
});

describe('for a child of New Haven who was harmed in Avon and is in Norwich now', () => {
  const routing = routingOf(at('New Haven', 'Avon', 'Norwich'), today);

  it("the office of the child's home is responsible", () => {
    expect(routing).toMatchObject({ town: 'New Haven', office: 'NEW-HAVEN', region: 2 });
  });

  it('prosecutor and team are those of the place of the harm', () => {
    expect(routing).toMatchObject({ districtTown: 'Avon', judicialDistrict: 'Litchfield', team: 'MDT-LITCHFIELD' });
  });

  it('the office of the place where the child is now responds', () => {
    expect(routing).toMatchObject({ responseOffice: 'NORWICH' });
  });
});

describe('where a place is not known', () => {
  it.each([
    ["it happened in an unknown place: the team of the child's home", at('Avon'), 'Litchfield', 'NEW-BRITAIN'],
    [
      "the child is in an unknown place: the office of the child's home responds",
      at('Avon', 'Norwich'),
      'New London',
      'NEW-BRITAIN',
    ],
    ['only where it happened is known: everything goes by that', at('other', 'Norwich'), 'New London', 'NORWICH'],
    [
      'only where the child is now is known: everything goes by that',
      at('unknown', 'out-of-state', 'Norwich'),
      'New London',
      'NORWICH',
    ],
  ])('%s', (_, places, judicialDistrict, responseOffice) => {
    expect(routingOf(places, today)).toMatchObject({ judicialDistrict, responseOffice });
  });

  it('and where none is, a person chooses', () => {
    expect(routingOf(at('unknown', 'other', 'out-of-state'), today)).toBeUndefined();
  });
});

describe('by the date of the report', () => {
  it.each(['Avon', 'Burlington', 'Canton', 'Farmington', 'Granby', 'Simsbury'])(
    'what happened in %s goes to Litchfield from October 1, 2025 on, and to the district before until then',
    (town) => {
      const districtOn = (date: string) => routingOf(at('New Haven', town), date)?.judicialDistrict;
      expect(districtOn('2025-10-01')).toBe('Litchfield');
      expect(districtOn('2025-09-30')).not.toBe('Litchfield');
    },
  );
});

it('a routing is confirmed only where every part of it was seen in a source', () => {
  expect(routingOf(at('Avon'), today)?.confirmed).toBe(true);
  expect(routingOf(at('Avon', 'unknown', 'New Haven'), today)?.confirmed).toBe(false);
});

describe('a text that names no town', () => {
  it.each([
    ['Hartfrod', 'Hartford'],
    ['New Havn', 'New Haven'],
    ['wethersfeild', 'Wethersfield'],
    ['12 Main Street, Simsbery', 'Simsbury'],
    ['Hartford, CT', 'Hartford'],
    ['Stonnington', 'Stonington'],
    ['E. Hartford', 'East Hartford'],
    ['E.Hartfrod', 'East Hartford'],
    ['w haven', 'West Haven'],
    ['No. Branford', 'North Branford'],
    ['So. Windsor', 'South Windsor'],
    ['Norwalc', 'Norwalk'],
  ])('%s is nearest to %s', (written, town) => {
    expect(nearestTowns(written)[0]).toBe(town);
  });

  it.each(['', 'CT', 'Poughkeepsie, NY', '12 Main Street', 'xxxxxxxxxxxx'])('%j is near none', (written) => {
    expect(nearestTowns(written)).toEqual([]);
  });

  it('is answered with three names at most, and with nothing of itself', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (written) => {
        const names = towns.map(({ name }) => name);
        const nearest = nearestTowns(written);
        expect(nearest.length).toBeLessThanOrEqual(3);
        for (const name of nearest) expect(names).toContain(name);
      }),
    );
  });

  it('is found again through one slip of the pen, for every town', () => {
    for (const { name } of towns) {
      const slipped = `${name.slice(0, 2)}${name.slice(3)}`;
      expect(nearestTowns(slipped, 5), name).toContain(name);
    }
  });

  it('is told apart by the letters to put, take, change or swap', () => {
    const pairs = [
      ['', 'abc'],
      ['abc', 'abc'],
      ['abc', 'acb'],
      ['abc', 'ab'],
      ['kitten', 'sitting'],
    ] as const;
    expect(pairs.map(([one, other]) => editDistance(one, other))).toEqual([3, 0, 1, 1, 3]);
  });
});

describe('a person says which place it is', () => {
  it.each([
    ['AVON', 'Avon'],
    ['NEW-HAVEN', 'New Haven'],
    ['OUT-OF-STATE', 'out-of-state'],
    ['UNKNOWN', 'unknown'],
  ])('%s is %s', (written, town) => {
    expect(findPlace(at('other'), 'residenceTown', written, today)).toMatchObject({ town, nearest: [] });
  });

  it('and what they say decides the routing; another slip gives the nearest names', () => {
    expect(findPlace(at('other', 'Norwich'), 'residenceTown', 'AVON', today).routing).toMatchObject({
      office: 'NEW-BRITAIN',
      judicialDistrict: 'New London',
    });
    expect(findPlace(at('other'), 'residenceTown', 'AVONN', today)).toEqual({ nearest: ['Avon'] });
  });
});
