import { describe, expect, it } from 'vitest';
import { routeTown } from '../../../shared/policy/places/geography.ts';
import { nearestTowns } from '../../../shared/policy/places/nearest-towns.ts';
import { towns } from '../../../shared/policy/places/towns.ts';
import { villages } from '../../../shared/policy/places/villages.ts';

describe('a place as people write it', () => {
  it.each(['NEW HAVEN, CT', 'New Haven CT', 'new haven, Connecticut', 'New Haven, Conn.'])(
    'is the town, with its state behind it: %s',
    (written) => {
      expect(routeTown(written, '2026-11-09')?.town).toBe('New Haven');
    },
  );

  it('of another state is none of this one', () => {
    expect(routeTown('New Haven, VT', '2026-11-09')).toBeUndefined();
  });

  it.each([
    ['Storrs', ['Mansfield']],
    ['Mystic, CT', ['Groton', 'Stonington']],
    ['WINSTED', ['Winchester']],
    ['Willimantic', ['Windham']],
    ['Jewett City', ['Griswold']],
  ])('that is a village asks for its town and is never routed by it: %s', (village, expected) => {
    expect(routeTown(village, '2026-11-09')).toBeUndefined();
    expect(nearestTowns(village).slice(0, expected.length)).toEqual(expected);
  });

  it('lies in towns of the state, and has the name of none', () => {
    const names = towns.map(({ name }) => name);
    for (const [village, of] of Object.entries(villages)) {
      for (const town of of) expect(names).toContain(town);
      expect(routeTown(village, '2026-11-09')).toBeUndefined();
    }
  });
});
