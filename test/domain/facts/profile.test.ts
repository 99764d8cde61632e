/** Facts about a child are completed for numbers: nothing else follows from them, and what was reported stays. */
import { describe, expect, test } from 'vitest';
import { commandNamed } from '../../../shared/domain/commands.ts';
import { profileFacts } from '../../../shared/domain/facts/profile-events.ts';
import { asReported, profileOf } from '../../../shared/domain/facts/profile-state.ts';
import { learnedFacts } from '../../../shared/domain/intake/report-facts.ts';
import { referral } from '../../support/referral-builder.ts';

const everyFact = {
  gender: 'boy',
  race: ['black', 'hispanic'],
  placement: 'foster-home',
  exploitation: ['commercial-sex', 'explicit-images'],
  venue: ['hotel', 'online'],
  childLanguage: 'spanish',
  careTiming: 'during-care',
  identifiedBy: 'school',
  recruitment: ['internet', 'intimate-partner'],
  control: ['threats', 'takes-earnings', 'drugs-or-alcohol'],
};
const reported = {
  gender: 'girl',
  race: ['white'],
  placement: 'shelter',
  exploitation: ['familial'],
  venue: ['street'],
};
const told = reported as Parameters<typeof referral>[0];

describe('a completed fact', () => {
  test('counts as known now, and the report keeps what it said', () => {
    const { state } = referral(told).do('record-facts', everyFact);
    const { gender, race, placement, exploitation, venue, ...others } = everyFact;
    expect(state.child).toMatchObject({ gender, race, placement, exploitation, venue });
    expect(asReported(state)).toEqual(reported);
    expect(profileOf(state).known).toEqual(others);
  });

  test('is what the report said until it is learned', () => {
    const { state } = referral(told).do('record-facts', { childLanguage: 'polish' });
    expect(asReported(state)).toEqual(reported);
    expect(state.child).toMatchObject(reported);
  });

  test('replaces one that was learned before, and the report still keeps its own', () => {
    const story = referral(told).do('record-facts', { gender: 'boy', control: ['threats'] });
    const { state } = story.do('record-facts', { gender: 'nonbinary', control: ['debt-bondage'] });
    expect(state.child.gender).toBe('nonbinary');
    expect(asReported(state).gender).toBe('girl');
    expect(profileOf(state).known.control).toEqual(['debt-bondage']);
  });

  test('starts no clock, asks no one and changes no proposal', () => {
    const story = referral({ danger: 'no', age: 15 }).run().screen('confirmed').after('PT1H');
    const { deadlines, alerts, eligibility } = story.state;
    story.do('record-facts', everyFact);
    expect([story.state.deadlines, story.state.alerts, story.state.eligibility]).toEqual([
      deadlines,
      alerts,
      eligibility,
    ]);
    expect(story.commits.at(-1)?.events.map(({ type }) => type)).toEqual(['profile-learned']);
  });

  test('can come with one that starts a clock, which starts as it would alone', () => {
    const both = referral().do('record-facts', { tribalMember: 'yes', gender: 'girl' });
    const alone = referral().do('record-facts', { tribalMember: 'yes' });
    expect(both.open()).toEqual(alone.open());
    expect(both.commits.at(-1)?.events.map(({ type }) => type)).toContain('profile-learned');
  });

  test('is never unknown, and no list of them is empty', () => {
    for (const [field, schema] of Object.entries(profileFacts.shape)) {
      const unknown = schema.safeParse('unknown').success || schema.safeParse(['unknown']).success;
      expect([field, unknown, schema.safeParse([]).success]).toEqual([field, false, false]);
    }
  });

  test('is asked beside every other fact, the child first and those alleged last', () => {
    const asked = Object.keys(commandNamed('record-facts').input.shape);
    // `knownAt` is no fact: it says since when these are known.
    expect(asked.toSorted()).toEqual(
      [...Object.keys(learnedFacts.shape), ...Object.keys(profileFacts.shape), 'knownAt'].toSorted(),
    );
    expect(asked.slice(0, 4)).toEqual(['ageClass', 'gender', 'race', 'childLanguage']);
    expect(asked.indexOf('exploitation')).toBeLessThan(asked.indexOf('perpetrators'));
  });

  test('that says nothing is refused', () => {
    expect(referral().refused('record-facts', {})).toBe('nothing-said');
  });
});

describe('a move to another placement', () => {
  const move = (placement: string) => ({ placement, moveReason: 'planned-move' });

  test('is remembered with the placement before, and the report keeps its own', () => {
    const story = referral(told).do('record-placement-move', move('foster-home'));
    const { state } = story.after('P30D').do('record-placement-move', move('foster-home'));
    expect(profileOf(state).moves.map(({ from, placement }) => [from, placement])).toEqual([
      ['shelter', 'foster-home'],
      ['foster-home', 'foster-home'],
    ]);
    expect([state.child.placement, asReported(state).placement]).toEqual(['foster-home', 'shelter']);
  });

  test('in the future or before the report is refused', () => {
    const at = (day: string) =>
      referral().refused('record-placement-move', { ...move('relative'), at: `${day}T12:00:00Z` });
    expect([at('2026-11-12'), at('2026-11-01')]).toEqual(['in-the-future', 'before-the-report']);
  });
});

describe('the prosecution of traffickers', () => {
  test('is a list of steps, each of one trafficker by number', () => {
    const story = referral().do('record-prosecution', { prosecution: 'arrested' });
    story.do('record-prosecution', { prosecution: 'charged', trafficker: 2 });
    story.do('record-prosecution', { prosecution: 'charged' });
    const steps = profileOf(story.state).prosecutions.map(({ trafficker, prosecution }) => [trafficker, prosecution]);
    expect(steps).toEqual([
      [1, 'arrested'],
      [2, 'charged'],
      [1, 'charged'],
    ]);
  });

  test('leaves no number out', () => {
    expect(referral().refused('record-prosecution', { prosecution: 'charged', trafficker: 2 })).toBe(
      'no-such-trafficker',
    );
  });

  test('is no charge of the child', () => {
    const { state } = referral().do('record-prosecution', { prosecution: 'convicted' });
    expect(state.response.charged).toBe(false);
  });
});

describe('the end of charges of a child', () => {
  const charged = () => referral().do('record-charges', { reason: 'Told by the court.' });

  test('is recorded once there are charges, and a later end stands beside it', () => {
    expect(referral().refused('record-charges-end', { chargesEnd: 'diverted' })).toBe('no-charges');
    const story = charged().do('record-charges-end', { chargesEnd: 'adjudicated' }).after('P2D');
    story.do('record-charges-end', { chargesEnd: 'vacated' });
    expect(profileOf(story.state).chargeEnds?.map(({ chargesEnd }) => chargesEnd)).toEqual(['adjudicated', 'vacated']);
    expect(story.state.response.charged).toBe(true);
  });

  test('is absent where none is known, so that older states stay as they were', () => {
    expect(profileOf(charged().state)).not.toHaveProperty('chargeEnds');
    expect(charged().do('record-facts', { gender: 'boy' }).state.profile).not.toHaveProperty('chargeEnds');
  });

  test('in the future is refused', () => {
    expect(charged().refused('record-charges-end', { chargesEnd: 'withdrawn', at: '2027-11-12T12:00:00Z' })).toBe(
      'in-the-future',
    );
  });
});

test('moves, prosecutions and ends of charges are still recorded after the referral was closed', () => {
  for (const name of ['record-placement-move', 'record-prosecution', 'record-charges-end'] as const) {
    expect(commandNamed(name).stages).toContain('closed');
  }
});
