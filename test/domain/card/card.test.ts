/** The child's card: each change is made with the child, and the child says who reads its words. */
import { describe, expect, test } from 'vitest';
import { makesSense } from '../../../shared/application/read/available-commands.ts';
import { viewCard } from '../../../shared/application/read/child-card.ts';
import { consentAt, mayReadWords, noCard } from '../../../shared/domain/card/card-state.ts';
import { cardAudiences, everyDiscipline } from '../../../shared/domain/core/vocabulary.ts';
import { visitor } from '../../support/desk.ts';
import { personOf, referral, type Story } from '../../support/referral-builder.ts';
import { signed } from '../../support/scenes.ts';

const wanted = { limitsSaid: 'yes', madeBy: 'written-together', interviewer: 'a-woman', mustNotKnow: 'My uncle.' };
const carded = (): Story => referral().do('note-card', wanted);
const inAYear = (story: Story, days: number) => new Date(Date.parse(story.now) + days * 86_400_000).toISOString();
const yes = (story: Story, audience: string, days = 30) => ({
  audience,
  mayReadWords: 'yes',
  until: inAYear(story, days),
});
const cardOf = ({ state }: Story) => state.card ?? noCard;

describe('a change of the card', () => {
  test('is refused before the limits of confidentiality were said, and nothing is kept', () => {
    const story = referral();
    expect(story.refused('note-card', { ...wanted, limitsSaid: 'no' })).toBe('limits-first');
    expect(story.state.card).toBeUndefined();
  });

  test('with nothing that the child wants is refused', () => {
    expect(referral().refused('note-card', { limitsSaid: 'yes', madeBy: 'child-wrote' })).toBe('empty-card');
  });

  test('keeps what is left out, and replaces what is said again', () => {
    const story = carded().do('note-card', {
      ...wanted,
      interviewer: 'a-man',
      mustNotKnow: undefined,
      askFirst: 'yes',
    });
    const { answers, texts, changed } = cardOf(story);
    expect(answers).toEqual({ interviewer: 'a-man', askFirst: 'yes' });
    expect(texts.mustNotKnow).toBeDefined();
    expect(changed).toEqual({ madeBy: 'written-together', at: story.now });
  });

  test('starts no clock and tells no one', () => {
    const { deadlines, alerts } = referral().state;
    const story = carded();
    expect([story.state.deadlines, story.state.alerts]).toEqual([deadlines, alerts]);
  });

  test('is for seats that talk with the child, and not for the police', () => {
    const story = signed(referral().run().screen('confirmed').tellTeam());
    expect(story.refused('note-card', wanted, 'seat:law-enforcement')).toBe('not-with-the-child');
    expect(story.refused('note-card', wanted, 'seat:states-attorney')).toBe('not-with-the-child');
    story.do('note-card', wanted, 'seat:victim-advocate');
    expect(story.refused('record-card-consent', yes(story, 'police'), 'seat:law-enforcement')).toBe(
      'not-with-the-child',
    );
  });
});

test('a page offers consent and review once there is a card', () => {
  const offered = (story: Story, who = 'caseworker') =>
    (['note-card', 'record-card-consent', 'review-card'] as const).filter((name) =>
      makesSense(name, story.state, { ...visitor(who), id: personOf(who).id }),
    );
  expect(offered(referral())).toEqual(['note-card']);
  expect(offered(carded())).toEqual(['note-card', 'record-card-consent', 'review-card']);
  const confirmed = signed(referral().run().screen('confirmed').tellTeam()).do('note-card', wanted);
  const writes = (who: string) => offered(confirmed, who).filter((name) => name !== 'review-card');
  for (const who of ['seat:law-enforcement', 'seat:states-attorney', 'mdt-coordinator', 'mdt-chair'])
    expect([who, writes(who)]).toEqual([who, []]);
  expect(writes('seat:victim-advocate')).toEqual(['note-card', 'record-card-consent']);
});

describe('who reads the words', () => {
  test('is asked of the child one by one, and no one is asked about before there is a card', () => {
    const story = referral();
    expect(story.refused('record-card-consent', yes(story, 'police'))).toBe('no-card');
    expect(story.refused('review-card', { parentMayRead: 'yes', reason: 'An invented reason.' })).toBe('no-card');
  });

  test.each([
    ['a yes without an end', { mayReadWords: 'yes' }, 'consent-without-end'],
    ['a yes until yesterday', { mayReadWords: 'yes', days: -1 }, 'consent-past'],
    ['a yes for two years', { mayReadWords: 'yes', days: 730 }, 'consent-past'],
    ['a yes for a month', { mayReadWords: 'yes', days: 30 }, 'accepted'],
    ['a no, which has no end', { mayReadWords: 'no' }, 'accepted'],
  ])('%s', (_, { mayReadWords: answer, days }: { mayReadWords: string; days?: number }, said) => {
    const story = carded();
    const input = { audience: 'medical', mayReadWords: answer, ...(days && { until: inAYear(story, days) }) };
    expect(story.refused('record-card-consent', input)).toBe(said);
  });

  test('a yes counts until its end, and then the child is asked again', () => {
    const story = carded();
    story.do('record-card-consent', yes(story, 'police', 10));
    expect(consentAt(cardOf(story), 'police', story.now)).toBe('yes');
    expect(consentAt(cardOf(story), 'police', inAYear(story, 10))).toBe('not-asked');
    expect(viewCard(story.state, inAYear(story, 11))?.mayReadWords).toMatchObject([{ answer: 'not-asked' }]);
  });

  test('a no takes a yes back at once', () => {
    const story = carded();
    story.do('record-card-consent', yes(story, 'police')).do('record-card-consent', {
      audience: 'police',
      mayReadWords: 'no',
    });
    expect(consentAt(cardOf(story), 'police', story.now)).toBe('no');
  });

  test('every seat but those of the department waits for a yes to its own audience', () => {
    const story = carded();
    const reads = () => everyDiscipline.filter((seat) => mayReadWords(cardOf(story), seat, story.now));
    const ofDepartment = ['dcf', 'hart-liaison'];
    expect(reads()).toEqual(ofDepartment);
    story.do('record-card-consent', yes(story, 'police'));
    expect(new Set(reads())).toEqual(new Set([...ofDepartment, 'law-enforcement', 'federal-law-enforcement']));
    for (const audience of cardAudiences.filter((each) => each !== 'parent-or-guardian'))
      story.do('record-card-consent', yes(story, audience));
    // No audience is the coordinator's or the chair's: the child was never asked about them.
    expect(reads()).toEqual(everyDiscipline.filter((seat) => seat !== 'team-lead'));
    expect(everyDiscipline.filter((seat) => mayReadWords(cardOf(story), seat, undefined)).toSorted()).toEqual(
      ofDepartment.toSorted(),
    );
  });

  test('a parent is asked about after counsel agreed, and each change takes the agreement back', () => {
    const story = carded();
    const ask = () => story.refused('record-card-consent', yes(story, 'parent-or-guardian'));
    const agree = () => story.do('review-card', { parentMayRead: 'yes', reason: 'An invented reason.' });
    expect(ask()).toBe('counsel-first');
    agree();
    expect(ask()).toBe('accepted');
    story.do('note-card', { ...wanted, askFirst: 'yes' });
    expect(ask()).toBe('counsel-first');
    agree();
    story.do('note-safe-contact', { safeContact: 'Another invented note.' });
    expect(ask()).toBe('counsel-first');
    agree();
    story.do('review-card', { parentMayRead: 'no', reason: 'An invented reason.' });
    expect(ask()).toBe('counsel-first');
  });

  const agree = { parentMayRead: 'yes', reason: 'An invented reason.' };
  test.each<[string, (story: Story) => Story]>([
    ['the card', (story) => story.do('note-card', { ...wanted, askFirst: 'yes' })],
    ['safe contact', (story) => story.do('note-safe-contact', { safeContact: 'Another invented note.' })],
    ['the answer of counsel', (story) => story.do('review-card', { ...agree, parentMayRead: 'no' })],
  ])('a yes to a parent ends with a change of %s, and does not come back by itself', (_, change) => {
    const story = carded().do('review-card', agree);
    story.do('record-card-consent', yes(story, 'parent-or-guardian')).do('record-card-consent', yes(story, 'police'));
    const said = () => viewCard(change(story).state, story.now)?.mayReadWords.map(({ audience }) => audience);
    expect(said()).toEqual(['police']);
    story.do('review-card', agree);
    expect(consentAt(cardOf(story), 'parent-or-guardian', story.now)).toBe('not-asked');
  });

  test('a no to a parent stays', () => {
    const story = carded().do('record-card-consent', { audience: 'parent-or-guardian', mayReadWords: 'no' });
    story.do('note-card', { ...wanted, askFirst: 'yes' });
    expect(consentAt(cardOf(story), 'parent-or-guardian', story.now)).toBe('no');
  });
});
