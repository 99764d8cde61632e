/** Practical needs, and the search for a place to stay without a name. */
import { describe, expect, test } from 'vitest';
import { makesSense } from '../../../shared/application/read/available-commands.ts';
import { type Discipline, placeAnswers, practicalNeeds } from '../../../shared/domain/core/vocabulary.ts';
import { factRow } from '../../../shared/domain/facts/fact-row.ts';
import { needSteps } from '../../../shared/domain/needs/need-steps.ts';
import { nextSteps } from '../../../shared/domain/next-steps/next-steps.ts';
import { visitor } from '../../support/desk.ts';
import { memberOf, referral, type Story } from '../../support/referral-builder.ts';
import { signed } from '../../support/scenes.ts';

/** The story begins on Monday, November 9, 2026. */
const tonight = '2026-11-10T03:00:00Z';
const place = { service: 'safe-placement', providerId: 'PV-1', placeFrom: '2026-11-09' };
const suspected = () => referral({ age: 14 }).run().screen('high-risk');
const teamed = () => signed(referral({ age: 14 }).run().screen('confirmed').tellTeam());
const need = (story: Story, practicalNeed = 'bed', more: object = {}, as?: string) =>
  story.do('ask-need', { practicalNeed, neededBy: tonight, ...more }, as);
const stepsOf = ({ state }: Story, as = 'caseworker', isDepartment = as === 'caseworker', findsPlaces = false) =>
  needSteps(state, visitor(as), { isDepartment, findsPlaces }).map(({ acts }) => acts.map(({ command }) => command));
/** A person as the directory of a story has them. */
const readerOf = (as: string) => {
  const person = visitor(as);
  return as.startsWith('seat:') ? { ...person, id: memberOf(as.slice(5) as Discipline).personId } : person;
};
const askedOf = ({ state, policy, now }: Story, as: string) =>
  nextSteps(state, policy, readerOf(as), { now, invitedOnly: false }).filter(({ acts }) =>
    acts.some(({ command }) => command === 'end-need' || command === 'ask-place'),
  );

describe('a need', () => {
  test.each(practicalNeeds)('of %s is noted, is a next step, and is met', (practicalNeed) => {
    const story = need(suspected(), practicalNeed);
    expect(story.state.needs?.asked).toMatchObject([{ id: 'N1', practicalNeed, neededBy: '2026-11-10T03:00:00.000Z' }]);
    expect(stepsOf(story)).toEqual([practicalNeed === 'bed' ? ['ask-place', 'end-need'] : ['end-need']]);
    story.do('end-need', { need: 'N1', needEnd: 'need-met', metBy: 'victim-advocate' });
    expect(story.state.needs?.asked[0]?.ended).toMatchObject({ needEnd: 'need-met', metBy: 'victim-advocate' });
    expect(stepsOf(story)).toEqual([]);
  });

  test.each([
    ['in the past', { neededBy: '2026-11-02T15:00:00Z' }, 'in-the-past'],
    ['a year ahead', { neededBy: '2027-11-02T15:00:00Z' }, 'too-far-ahead'],
    ['for a seat that the team lacks', { owner: 'love146' }, 'no-seat-for-need'],
    ['for the department, without a team', { owner: 'dcf' }, 'accepted'],
  ])('%s', (_, more, said) => {
    expect(suspected().refused('ask-need', { practicalNeed: 'food', neededBy: tonight, ...more })).toBe(said);
  });

  test('is open once, and asked for again after its end', () => {
    const story = need(suspected(), 'food');
    expect(story.refused('ask-need', { practicalNeed: 'food', neededBy: tonight })).toBe('need-open-already');
    expect(story.refused('ask-need', { practicalNeed: 'ride', neededBy: tonight })).toBe('accepted');
    story.do('end-need', { need: 'N1', needEnd: 'need-dropped' });
    expect(story.refused('end-need', { need: 'N1', needEnd: 'need-dropped' })).toBe('need-over');
    need(story, 'food');
    expect(story.state.needs?.asked.map(({ id }) => id)).toEqual(['N1', 'N2', 'N3']);
  });

  test.each([
    ['met by no one', { needEnd: 'need-met' }, 'need-met-by-whom'],
    ['not met, by a provider', { needEnd: 'need-not-met', metBy: 'provider' }, 'need-not-met'],
    ['of another number', { need: 'N2', needEnd: 'need-dropped' }, 'unknown-need'],
  ])('does not end %s', (_, input, said) => {
    expect(need(suspected()).refused('end-need', { need: 'N1', ...input })).toBe(said);
  });

  test('is seen to by its seat, else by the person who asked and the department', () => {
    const owned = need(teamed(), 'ride', { owner: 'victim-advocate' });
    expect(askedOf(owned, 'seat:victim-advocate')).toHaveLength(1);
    expect(askedOf(owned, 'caseworker')).toEqual([]);
    expect(askedOf(owned, 'seat:medical')).toEqual([]);
    const asked = need(teamed(), 'ride', {}, 'seat:medical');
    expect(askedOf(asked, 'seat:medical')).toHaveLength(1);
    expect(askedOf(asked, 'caseworker')).toHaveLength(1);
    expect(askedOf(asked, 'seat:victim-advocate')).toEqual([]);
  });

  test('is overdue after its time, and has no clock', () => {
    const story = need(suspected(), 'ride');
    const before = Object.keys(story.state.deadlines).length;
    expect(askedOf(story, 'caseworker')[0]).toMatchObject({ status: 'open', due: '2026-11-10T03:00:00.000Z' });
    story.at('2026-11-10T04:00:00Z');
    expect(askedOf(story, 'caseworker')[0]).toMatchObject({ status: 'overdue' });
    expect(Object.keys(story.state.deadlines)).toHaveLength(before);
  });
});

describe('the search for a place', () => {
  test('holds the ages, the needs and the days, and nothing of the child', () => {
    const story = suspected().do('ask-place', { ...place, placeUntil: '2026-11-16', bedNeeds: ['with-sibling'] });
    const [asked] = story.all('place-asked');
    expect(asked).toEqual({
      type: 'place-asked',
      v: 1,
      ask: 'PQ-1',
      ...place,
      ageBand: '12-to-14',
      placeUntil: '2026-11-16',
      bedNeeds: ['with-sibling'],
    });
    expect(JSON.stringify(asked)).not.toContain(story.state.id);
    expect(stepsOf(story)).toEqual([['answer-place']]);
    expect(Object.values(story.state.alerts).flatMap(({ people }) => people)).not.toContain('PV-1.CONTACT');
  });

  test.each([
    ['from yesterday on', { placeFrom: '2026-11-08' }, 'in-the-past'],
    ['in a year', { placeFrom: '2027-11-09' }, 'too-far-ahead'],
    ['with an end before its beginning', { placeFrom: '2026-11-10', placeUntil: '2026-11-09' }, 'place-ends-before'],
    ['of a provider that the directory lacks', { providerId: 'NO-ONE' }, 'no-such-provider'],
    ['of a second provider', { providerId: 'PV-2' }, 'accepted'],
    ['of the same provider again', {}, 'place-asked-already'],
  ])('%s', (_, more, said) => {
    const story = suspected().do('ask-place', place);
    expect(story.refused('ask-place', { ...place, ...more })).toBe(said);
  });

  test('leads to the referral where a provider has a place', () => {
    const story = suspected().do('ask-place', place).do('answer-place', { ask: 'PQ-1', placeAnswer: 'can-take' });
    expect(story.refused('answer-place', { ask: 'PQ-1', placeAnswer: 'full-now' })).toBe('ask-over');
    expect(story.refused('answer-place', { ask: 'PQ-7', placeAnswer: 'full-now' })).toBe('no-such-ask');
    expect(stepsOf(story)).toEqual([['offer-linkage']]);
    story.do('offer-linkage', { service: 'safe-placement', providerId: 'PV-1' });
    expect(stepsOf(story)).toEqual([]);
  });

  test('counts five full houses as one unmet need, and only once a person records it', () => {
    const story = suspected();
    const nos = placeAnswers.filter((answer) => answer !== 'can-take');
    for (const [index, placeAnswer] of nos.entries()) {
      story.do('ask-place', { ...place, providerId: `PV-${index + 1}` });
      story.do('answer-place', { ask: `PQ-${index + 1}`, placeAnswer });
    }
    expect(story.state.services.unmetNeeds).toEqual([]);
    expect(stepsOf(story)).toEqual([['ask-place', 'decline-linkage']]);
    story.do('decline-linkage', { service: 'safe-placement', reasonCode: 'no-capacity' });
    expect(story.state.services.unmetNeeds).toHaveLength(1);
    expect(stepsOf(story)).toEqual([]);
  });

  test('is in no figure', () => {
    const figuresOf = ({ state, commits, policy }: Story) => JSON.stringify(factRow({ state, commits }, policy));
    const story = suspected();
    const before = figuresOf(story);
    story.do('ask-place', place).do('answer-place', { ask: 'PQ-1', placeAnswer: 'full-now' });
    need(story, 'food').do('end-need', { need: 'N1', needEnd: 'need-not-met' });
    const head = /"seq":\d+/g;
    expect(figuresOf(story).replace(head, '')).toBe(before.replace(head, ''));
  });
});

test('a page offers to end a need, and to record an answer, once there is one', () => {
  const offered = ({ state }: Story) =>
    (['ask-need', 'end-need', 'ask-place', 'answer-place', 'record-handoff'] as const).filter((name) =>
      makesSense(name, state, visitor('caseworker')),
    );
  expect(offered(suspected())).toEqual(['ask-need', 'ask-place']);
  expect(offered(need(suspected()).do('ask-place', place))).toEqual([
    'ask-need',
    'end-need',
    'ask-place',
    'answer-place',
  ]);
});
