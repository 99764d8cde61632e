/** Concerns about venues: who may answer in which order, and weeks of the year. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRefusal } from '../../../shared/domain/core/refusal.ts';
import { venueSteps } from '../../../shared/domain/core/vocabulary.ts';
import {
  answerVenue,
  foldVenues,
  isLicense,
  isoWeekOf,
  type VenueConcern,
  type VenueEvent,
  venueStateOf,
  weekPattern,
} from '../../../shared/domain/venues/venues.ts';

const raised: VenueEvent = {
  type: 'venue-raised',
  v: 1,
  id: 'VC-1',
  kind: 'massage-establishment',
  town: 'Meriden',
  concern: 'no-license-shown',
  week: '2026-W48',
};
const by = (id: string, seq: number, events: readonly VenueEvent[]) => ({
  seq,
  at: '2026-11-29T00:00:00.000Z',
  actor: { kind: 'person', id } as const,
  events,
});

test('no order of answers lets one pass without the word of police and another person', () => {
  const people = ['P-1', 'P-2', 'P-3'];
  const acts = fc.array(fc.tuple(fc.constantFrom(...people), fc.constantFrom(...venueSteps)), { maxLength: 12 });
  let approved = 0;
  fc.assert(
    fc.property(acts, (all) => {
      let concerns: readonly VenueConcern[] = foldVenues([by('P-1', 1, [raised])]);
      let lastPolice: { readonly by: string; readonly agrees: boolean } | undefined;
      let isDecided = false;
      for (const [index, [person, step]] of all.entries()) {
        const events = answerVenue(concerns, 'VC-1', step, person);
        const isDone = !isRefusal(events);
        if (step === 'approved' && isDone) {
          approved += 1;
          expect(lastPolice?.agrees).toBe(true);
          expect([lastPolice?.by, 'P-1']).not.toContain(person);
        }
        if (isDecided) expect(isDone).toBe(false);
        if (!isDone) continue;
        concerns = foldVenues([by(person, index + 2, events)], concerns);
        if (step.startsWith('police-')) lastPolice = { by: person, agrees: step === 'police-clear' };
        else isDecided = true;
      }
    }),
    { numRuns: 2000 },
  );
  expect(approved).toBeGreaterThan(20);
});

test('a concern that police hold waits, and goes on when they agree', () => {
  let concerns = foldVenues([by('P-1', 1, [raised])]);
  const answer = (person: string, step: (typeof venueSteps)[number]) => {
    const events = answerVenue(concerns, 'VC-1', step, person);
    if (!isRefusal(events)) concerns = foldVenues([by(person, 2, events)], concerns);
    return isRefusal(events) ? events.refused : concerns.map(venueStateOf)[0];
  };
  expect(answer('P-2', 'approved')).toBe('venue-before-police');
  expect(answer('P-2', 'police-hold')).toBe('held-by-police');
  expect(answer('P-3', 'approved')).toBe('venue-before-police');
  expect(answer('P-2', 'police-clear')).toBe('waits-for-approval');
  expect(answer('P-2', 'approved')).toBe('venue-own');
  expect(answer('P-3', 'approved')).toBe('approved');
  expect(answer('P-3', 'declined')).toBe('venue-answered');
});

test.each([
  ['2026-11-29', '2026-W48'],
  ['2026-11-30', '2026-W49'],
  ['2026-01-01', '2026-W01'],
  ['2027-01-01', '2026-W53'],
  ['2027-01-04', '2027-W01'],
  ['2024-12-30', '2025-W01'],
  ['2023-01-01', '2022-W52'],
])('%s is in the ISO week %s', (day, week) => {
  expect(isoWeekOf(day)).toBe(week);
  expect(week).toMatch(weekPattern);
});

test('no name has the form of a license', () => {
  for (const name of ['AMANDA WREN', 'WREN', 'WREN-2011', 'ANA.0002011', 'ORTEGA-1', 'LARK 2011-03-04', 'DOB20110304X'])
    expect(isLicense(name)).toBe(false);
  for (const license of ['HOT.0001234', 'LIR.0012345', 'MT.0004711']) expect(isLicense(license)).toBe(true);
});
