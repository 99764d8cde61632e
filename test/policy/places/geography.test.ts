import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  judicialDistricts,
  mdtTeams,
  needsConfirmation,
  offices,
  type Route,
  regions,
  routeTown,
  teamsOf,
} from '../../../shared/policy/places/geography.ts';
import { towns } from '../../../shared/policy/places/towns.ts';

const route = (town: string, date = '2026-11-25'): Route => {
  const found = routeTown(town, date);
  if (found === undefined) throw new Error(`No route for ${town}.`);
  return found;
};

describe('the towns', () => {
  it('are 169, each with its own name and code, in order', () => {
    expect(towns).toHaveLength(169);
    expect(new Set(towns.map(({ fips }) => fips)).size).toBe(169);
    expect(towns.every(({ fips }) => /^09\d{8}$/.test(fips))).toBe(true);
    const names = towns.map(({ name }) => name);
    expect(new Set(names.map((name) => name.replaceAll(' ', '').toLowerCase())).size).toBe(169);
    expect(names).toEqual(names.toSorted());
  });

  it('number 23 in region 4, as the department says', () => {
    expect(towns.filter(({ region }) => region === 4)).toHaveLength(23);
  });

  it('are served by an office of some region, and use every region, office and district', () => {
    expect(new Set(towns.map(({ region }) => region))).toEqual(new Set(regions.map(({ id }) => id)));
    expect(new Set(towns.map(({ office }) => office))).toEqual(new Set(offices.map(({ id }) => id)));
    expect(new Set(towns.map(({ district }) => district))).toEqual(new Set(judicialDistricts));
    expect(new Set(towns.map(({ districtBefore }) => districtBefore))).toEqual(new Set(judicialDistricts));
    for (const { id, region } of offices) {
      expect(
        towns.filter(({ office }) => office === id).every((town) => town.region === region),
        id,
      ).toBe(true);
    }
  });
});

describe('the route of a town', () => {
  it('names region, office and district with their confidence', () => {
    expect(route('Avon')).toEqual({
      town: 'Avon',
      region: { value: 6, name: 'Central', confidence: 'verified' },
      office: { value: 'NEW-BRITAIN', name: 'New Britain', confidence: 'verified' },
      judicialDistrict: { value: 'Litchfield', confidence: 'verified' },
    });
  });

  it('changes district on October 1, 2025 for six towns only', () => {
    const moved = towns.filter(
      ({ name }) =>
        route(name, '2025-09-30').judicialDistrict.value !== route(name, '2025-10-01').judicialDistrict.value,
    );
    expect(moved.map(({ name }) => name)).toEqual(['Avon', 'Burlington', 'Canton', 'Farmington', 'Granby', 'Simsbury']);
    expect(moved.map(({ name }) => route(name).judicialDistrict.value)).toEqual(Array(6).fill('Litchfield'));
  });

  it('is as sure of a district as the sources are on that date', () => {
    expect(route('Canton', '2025-09-30').judicialDistrict).toEqual({ value: 'Hartford', confidence: 'believed' });
    expect(route('Canton', '2025-10-01').judicialDistrict).toEqual({ value: 'Litchfield', confidence: 'verified' });
  });

  it('does not mind case and spaces', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...towns),
        fc.boolean(),
        fc.constantFrom('', ' ', '  ', '\t'),
        (town, upper, space) => {
          const spelled = space + town.name.replaceAll(' ', space) + space;
          expect(route(upper ? spelled.toUpperCase() : spelled.toLowerCase()).town).toBe(town.name);
        },
      ),
    );
  });

  it.each(['', 'Springfield', 'New', 'Hartford, VT', '__proto__'])('is unknown for %j', (town) => {
    expect(routeTown(town, '2026-11-25')).toBeUndefined();
  });

  it('is asked for by a New York date: an instant is refused', () => {
    expect(() => routeTown('Avon', '2025-10-01T02:00:00Z')).toThrow(RangeError);
  });

  it('needs confirming unless every part was seen in a source', () => {
    expect(needsConfirmation(route('Avon'))).toBe(false);
    expect(needsConfirmation(route('New Haven'))).toBe(true);
    expect(towns.filter(({ name }) => !needsConfirmation(route(name)))).toHaveLength(10);
  });
});

describe('the teams', () => {
  it('are 17, each with its own id and name', () => {
    expect(new Set(mdtTeams.map(({ id }) => id)).size).toBe(17);
    expect(new Set(mdtTeams.map(({ name }) => name)).size).toBe(17);
    expect(mdtTeams.every(({ id }) => /^MDT-[A-Z-]+$/.test(id))).toBe(true);
  });

  it('serve all 13 districts, some with two', () => {
    expect(judicialDistricts).toHaveLength(13);
    expect(judicialDistricts.filter((district) => teamsOf(district).length === 0)).toEqual([]);
    expect(judicialDistricts.filter((district) => teamsOf(district).length > 1)).toEqual([
      'Hartford',
      'New Haven',
      'New London',
      'Stamford-Norwalk',
    ]);
    expect(teamsOf('Gotham')).toEqual([]);
  });

  it('are assumed where no source names them', () => {
    expect(mdtTeams.filter(({ confidence }) => confidence === 'verified').map(({ id }) => id)).toEqual([
      'MDT-ANSONIA-MILFORD',
      'MDT-GREATER-BRIDGEPORT',
      'MDT-NEW-HAVEN',
      'MDT-GREATER-NORWALK',
    ]);
    expect(mdtTeams.filter(({ confidence }) => confidence === 'assumed')).toHaveLength(13);
  });
});
