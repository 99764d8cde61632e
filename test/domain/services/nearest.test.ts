/** The nearest hospital or center with openings: by the child's town, its office and its region. */
import { describe, expect, test } from 'vitest';
import { hasOpenings, isProtocolOnFile, nearestFirst, nearnessOf } from '../../../shared/domain/services/nearest.ts';
import type { ProviderPlace } from '../../../shared/domain/services/providers.ts';
import { referral } from '../../support/referral-builder.ts';

const place = (town: string, openings = 2, openUntil = '2026-11-30'): ProviderPlace => ({
  kind: 'advocacy-center',
  town,
  openings,
  openUntil,
});
const today = '2026-11-09';
const { state } = referral({ residenceTown: 'Hartford' });

describe('a child in Hartford', () => {
  test.each([
    ['Hartford', 'same-town'],
    ['West Hartford', 'same-office'],
    ['Manchester', 'same-region'],
    ['Bridgeport', 'farther'],
    ['Atlantis', 'distance-not-known'],
  ])('is %s: %s', (town, said) => {
    expect(state.child.residenceTown).toBe('Hartford');
    expect(nearnessOf(place(town), state)).toBe(said);
  });

  test('who is now elsewhere is near that place', () => {
    const away = { ...state, child: { ...state.child, presentTown: 'Bridgeport' } };
    expect(nearnessOf(place('Bridgeport'), away)).toBe('same-town');
  });

  test('of an unknown town goes by the office of the referral', () => {
    const unknown = { ...state, child: { ...state.child, residenceTown: 'unknown', presentTown: 'unknown' } };
    expect(nearnessOf(place('Hartford'), unknown)).toBe('same-office');
    expect(
      nearnessOf(place('Hartford'), { ...unknown, places: { ...state.places, routing: undefined } as never }),
    ).toBe('distance-not-known');
  });

  test('sees places with openings first, then the nearest, and the full ones last', () => {
    const all = [
      { id: 'full', place: place('Hartford', 0) },
      { id: 'old word', place: place('Hartford', 3, '2026-11-01') },
      { id: 'far', place: place('Bridgeport') },
      { id: 'near', place: place('Hartford') },
      { id: 'nothing said' },
    ];
    expect(nearestFirst(all, state, today).map(({ id }) => id)).toEqual([
      'near',
      'far',
      'old word',
      'nothing said',
      'full',
    ]);
  });
});

test.each([
  [undefined, 'unknown'],
  [place('Hartford', 1, today), 'yes'],
  [place('Hartford', 0), 'no'],
  [place('Hartford', 5, '2026-11-08'), 'unknown'],
])('openings of %o are %s today', (said, answer) => {
  expect(hasOpenings(said, today)).toBe(answer);
});

test.each([
  [undefined, false],
  ['2026-11-09', true],
  ['2026-11-08', false],
])('a protocol until %s is on file: %s', (protocolUntil, answer) => {
  expect(isProtocolOnFile({ ...place('Hartford'), ...(protocolUntil && { protocolUntil }) }, today)).toBe(answer);
});
