/** Concerns about venues: who may answer in which order, and weeks of the year. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRefusal } from '../../../shared/domain/core/refusal.ts';
import { venueSteps } from '../../../shared/domain/core/vocabulary.ts';
import { addDays } from '../../../shared/domain/policy/due.ts';
import {
  answerVenue,
  equalsOf,
  foldVenues,
  isLicense,
  isoWeekOf,
  mondayOf,
  takeFile,
  type VenueAnswer,
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
const answerOf = (step: (typeof venueSteps)[number]): VenueAnswer =>
  step === 'approved' || step === 'declined' ? { step } : { step, agency: 'PD-1', answeredOn: '2026-11-28' };
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
        const events = answerVenue(concerns, 'VC-1', answerOf(step), person);
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
    const events = answerVenue(concerns, 'VC-1', answerOf(step), person);
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

test('the word of police has its agency, its day, and until when it asks to wait', () => {
  let concerns = foldVenues([by('P-1', 1, [raised])]);
  const said = (answer: VenueAnswer) => {
    const events = answerVenue(concerns, 'VC-1', answer, 'P-2');
    if (isRefusal(events)) throw new Error(events.refused);
    concerns = foldVenues([by('P-2', 2, events)], concerns);
    return concerns[0]?.police;
  };
  expect(said({ step: 'police-hold', agency: 'PD-1', answeredOn: '2026-11-27', until: '2026-12-04' })).toEqual({
    by: 'P-2',
    on: '2026-11-29',
    agrees: false,
    agency: 'PD-1',
    answeredOn: '2026-11-27',
    until: '2026-12-04',
  });
  // The next answer takes its place whole.
  expect(said({ step: 'police-clear', agency: 'PD-2', answeredOn: '2026-11-28' })).toEqual({
    ...{ by: 'P-2', on: '2026-11-29', agrees: true, agency: 'PD-2', answeredOn: '2026-11-28' },
  });
});

test('an answer of police of the first days still counts', () => {
  const old: VenueEvent = { type: 'venue-answered', v: 1, id: 'VC-1', step: 'police-clear' };
  const concerns = foldVenues([by('P-1', 1, [raised]), by('P-2', 2, [old])]);
  expect(concerns.map(venueStateOf)).toEqual(['waits-for-approval']);
  expect(concerns[0]?.police).toEqual({ by: 'P-2', on: '2026-11-29', agrees: true });
});

test('a concern that was handed over says so, and only the same file is taken again', () => {
  let concerns = foldVenues([by('P-1', 1, [raised])]);
  const takes = (person: string, digest: string) => {
    const events = takeFile(concerns, 'VC-1', () => digest);
    if (isRefusal(events)) return events.refused;
    concerns = foldVenues([by(person, 3, events)], concerns);
    return concerns.map(venueStateOf)[0];
  };
  expect(takes('P-1', 'one')).toBe('venue-not-approved');
  for (const step of ['police-clear', 'approved'] as const) {
    const events = answerVenue(concerns, 'VC-1', answerOf(step), step === 'approved' ? 'P-3' : 'P-2');
    if (!isRefusal(events)) concerns = foldVenues([by(step === 'approved' ? 'P-3' : 'P-2', 2, events)], concerns);
  }
  expect(concerns.map(venueStateOf)).toEqual(['approved']);
  expect(takes('P-1', 'one')).toBe('handed-over');
  expect(takes('P-4', 'two')).toBe('venue-file-changed');
  expect(takes('P-4', 'one')).toBe('handed-over');
  expect(concerns[0]?.handovers.map((each) => [each.by, each.digest])).toEqual([
    ['P-1', 'one'],
    ['P-4', 'one'],
  ]);
});

test('equal concerns have one kind, license and town, and are at most four weeks apart', () => {
  const concern = (id: string, more: Partial<VenueEvent & { type: 'venue-raised' }>): VenueEvent => ({
    ...raised,
    ...more,
    id,
  });
  const concerns = foldVenues([
    by('P-1', 1, [concern('VC-1', { week: '2026-W48' })]),
    by('P-1', 2, [concern('VC-2', { week: '2026-W48', license: 'HOT.0001234' })]),
    by('P-1', 3, [concern('VC-3', { week: '2026-W48', town: 'Hartford' })]),
    by('P-1', 4, [concern('VC-4', { week: '2026-W48', kind: 'casino' })]),
    by('P-1', 5, [concern('VC-5', { week: '2027-W02', concern: 'locked-or-guarded' })]),
  ]);
  const equalTo = (week: string) =>
    equalsOf(concerns, { kind: 'massage-establishment', town: 'Meriden', week }).map(({ id }) => id);
  expect(equalTo('2026-W43')).toEqual([]);
  expect(equalTo('2026-W44')).toEqual(['VC-1']);
  expect(equalTo('2026-W48')).toEqual(['VC-1']);
  // The year before has 53 weeks.
  expect(equalTo('2026-W51')).toEqual(['VC-1', 'VC-5']);
  expect(equalTo('2027-W02')).toEqual(['VC-5']);
});

test('an ISO week begins on its Monday, in every year', () => {
  expect(mondayOf('2026-W48')).toBe('2026-11-23');
  for (let day = '2020-01-01'; day < '2032-01-01'; day = addDays(day, 1)) {
    const monday = mondayOf(isoWeekOf(day));
    expect([day, monday <= day && day < addDays(monday, 7)]).toEqual([day, true]);
  }
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
