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
  policeOf,
  standingHolds,
  takeFile,
  type VenueAnswer,
  type VenueConcern,
  type VenueEvent,
  venueStateOf,
  venueStepOf,
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

test('no order of answers passes without another person, or while an agency asks to wait', () => {
  const people = ['P-1', 'P-2', 'P-3', 'P-4', 'P-5'];
  const acts = fc.array(
    fc.tuple(fc.constantFrom(...people), fc.constantFrom(...venueSteps, 'taken'), fc.constantFrom('PD-1', 'PD-2')),
    { maxLength: 16 },
  );
  const seen = { approved: 0, taken: 0, canceled: 0 };
  fc.assert(
    fc.property(acts, (all) => {
      let concerns: readonly VenueConcern[] = foldVenues([by('P-1', 1, [raised])]);
      // The last word of each agency, by a second and simpler account.
      const last = new Map<string, boolean>();
      const spoke = new Set(['P-1']);
      let [isApproved, isOver] = [false, false];
      for (const [index, [person, step, agency]] of all.entries()) {
        const answer = step === 'taken' ? undefined : answerOf(step);
        const events = answer
          ? answerVenue(concerns, 'VC-1', 'agency' in answer ? { ...answer, agency } : answer, person)
          : takeFile(concerns, 'VC-1', () => 'digest');
        if (isRefusal(events)) continue;
        concerns = foldVenues([by(person, index + 2, events)], concerns);
        if (step === 'approved') {
          seen.approved += 1;
          expect([isOver, [...last.values()], spoke.has(person)]).toEqual([false, [...last].map(() => true), false]);
          expect(last.size).toBeGreaterThan(0);
          isApproved = true;
        } else if (step === 'taken') {
          seen.taken += 1;
          expect([isApproved, [...last.values()].every(Boolean)]).toEqual([true, true]);
          isOver = true;
        } else if (step === 'declined') {
          expect([isApproved, isOver]).toEqual([false, false]);
          isOver = true;
        } else {
          expect(isOver).toBe(false);
          last.set(agency, step === 'police-clear');
          spoke.add(person);
          if (isApproved && step === 'police-hold') {
            seen.canceled += 1;
            isApproved = false;
          }
        }
      }
    }),
    { numRuns: 5000 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20);
});

/** What becomes of these words and acts in their order, each as its state or its refusal. */
function following(acts: readonly (readonly [person: string, act: VenueAnswer | 'taken'])[]): readonly string[] {
  let concerns = foldVenues([by('P-1', 1, [raised])]);
  return acts.map(([person, act]) => {
    const events =
      act === 'taken' ? takeFile(concerns, 'VC-1', () => 'digest') : answerVenue(concerns, 'VC-1', act, person);
    if (isRefusal(events)) return events.refused;
    concerns = foldVenues([by(person, 2, events)], concerns);
    return concerns.map(venueStateOf)[0] ?? '';
  });
}
const word = (
  agency: string,
  step: 'police-clear' | 'police-hold',
  answeredOn = '2026-11-28',
  until?: string,
): readonly [string, VenueAnswer] => ['P-2', { step, agency, answeredOn, ...(until !== undefined && { until }) }];
const approval = ['P-3', { step: 'approved' }] as const;

test('a hold of one agency stays when another agency says clear to send', () => {
  expect(
    following([
      word('PD-HARTFORD', 'police-hold', '2026-11-28', '2026-12-01'),
      word('A-STATE-POLICE', 'police-clear'),
      approval,
      ['P-4', 'taken'],
      word('PD-HARTFORD', 'police-clear'),
      approval,
      ['P-4', 'taken'],
    ]),
  ).toEqual([
    ...['held-by-police', 'held-by-police', 'venue-held', 'venue-held'],
    ...['waits-for-approval', 'approved', 'handed-over'],
  ]);
});

test('a concern waits for police, for police again once a day of theirs is over, and for an approval', () => {
  const waitsFor = (words: readonly (readonly [string, VenueAnswer])[], today: string) => {
    const concerns = words.reduce<readonly VenueConcern[]>(
      (all, [person, answer]) => {
        const events = answerVenue(all, 'VC-1', answer, person);
        return isRefusal(events) ? all : foldVenues([by(person, 2, events)], all);
      },
      foldVenues([by('P-1', 1, [raised])]),
    );
    return concerns.map((each) => venueStepOf(each, today))[0];
  };
  const held = word('PD-1', 'police-hold', '2026-11-28', '2026-12-01');
  expect(waitsFor([], '2026-11-29')).toBe('ask-police');
  expect(waitsFor([held], '2026-12-01')).toBeUndefined();
  expect(waitsFor([held], '2026-12-02')).toBe('ask-police-again');
  expect(waitsFor([word('PD-1', 'police-hold')], '2027-11-29')).toBeUndefined();
  expect(waitsFor([word('PD-1', 'police-clear')], '2026-11-29')).toBe('approve');
  expect(waitsFor([word('PD-1', 'police-clear'), approval], '2026-11-29')).toBeUndefined();
});

test('an older answer that is recorded later ends no hold', () => {
  expect(
    following([word('PD-1', 'police-hold', '2026-11-28'), word('PD-1', 'police-clear', '2026-11-26'), approval]),
  ).toEqual(['held-by-police', 'held-by-police', 'venue-held']);
});

test('once the day of a hold is over, it still waits until police say clear to send', () => {
  const held = word('PD-1', 'police-hold', '2026-11-20', '2026-11-25');
  expect(following([held, word('PD-2', 'police-clear', '2026-11-25'), approval])).toEqual([
    ...['held-by-police', 'held-by-police', 'venue-held'],
  ]);
  expect(following([held, word('PD-2', 'police-clear', '2026-11-26')])).toEqual([
    ...['held-by-police', 'waits-for-approval'],
  ]);
  // A hold without a day waits for its own agency.
  expect(following([word('PD-1', 'police-hold', '2026-11-20'), word('PD-2', 'police-clear', '2026-11-26')])).toEqual([
    ...['held-by-police', 'held-by-police'],
  ]);
});

test('a hold after the approval cancels it, and after the handover police record nothing', () => {
  expect(
    following([
      word('PD-1', 'police-clear'),
      approval,
      word('PD-2', 'police-hold'),
      ['P-4', 'taken'],
      word('PD-2', 'police-clear'),
      ['P-4', 'taken'],
      approval,
      ['P-4', 'taken'],
      word('PD-2', 'police-hold'),
      ['P-4', 'taken'],
    ]),
  ).toEqual([
    ...['waits-for-approval', 'approved', 'held-by-police', 'venue-held', 'waits-for-approval', 'venue-not-approved'],
    ...['approved', 'handed-over', 'venue-answered', 'handed-over'],
  ]);
});

test('a concern that was handed over in spite of a hold stays so, and its file is taken again', () => {
  const hold: VenueEvent = {
    ...{ type: 'venue-police-answered', v: 1, id: 'VC-1', agency: 'PD-1', answer: 'police-hold' },
    answeredOn: '2026-11-28',
  };
  const concerns = foldVenues([
    by('P-1', 1, [raised]),
    by('P-2', 2, [hold, { ...hold, agency: 'PD-2', answer: 'police-clear' }]),
    by('P-3', 3, [{ type: 'venue-answered', v: 1, id: 'VC-1', step: 'approved' }]),
    by('P-4', 4, [{ type: 'venue-handed-over', v: 1, id: 'VC-1', digest: 'digest' }]),
  ]);
  expect(concerns.map(venueStateOf)).toEqual(['handed-over']);
  expect(concerns[0]?.canceledApprovals).toEqual([{ by: 'P-3', on: '2026-11-29' }]);
  expect(isRefusal(takeFile(concerns, 'VC-1', () => 'digest'))).toBe(false);
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
  expect(answer('P-3', 'approved')).toBe('venue-held');
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
    return concerns[0]?.policeWords.at(-1);
  };
  expect(said({ step: 'police-hold', agency: 'PD-1', answeredOn: '2026-11-27', until: '2026-12-04' })).toEqual({
    by: 'P-2',
    on: '2026-11-29',
    agrees: false,
    agency: 'PD-1',
    answeredOn: '2026-11-27',
    until: '2026-12-04',
  });
  // Another agency's answer stands beside it. The hold still counts.
  expect(said({ step: 'police-clear', agency: 'PD-2', answeredOn: '2026-11-28' })).toEqual({
    ...{ by: 'P-2', on: '2026-11-29', agrees: true, agency: 'PD-2', answeredOn: '2026-11-28' },
  });
  expect(concerns[0] && standingHolds(concerns[0]).map(({ agency }) => agency)).toEqual(['PD-1']);
  expect(concerns[0] && policeOf(concerns[0])?.agency).toBe('PD-1');
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
