import { describe, expect, test } from 'vitest';
import { type CommandName, commands, decide } from '../../../shared/domain/commands.ts';
import { isRefusal } from '../../../shared/domain/core/refusal.ts';
import type { Role } from '../../../shared/domain/core/vocabulary.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { noToAll, referral, type Story } from '../../support/referral-builder.ts';

interface Pair {
  /** Who signs first, for themselves or for a colleague on leave, and what they sign. */
  readonly by: Role;
  readonly first: (story: Story, as: string) => Story;
  /** How another first signature takes its place. Without it, as the first one. */
  readonly again?: (story: Story, as: string) => Story;
  /** The role of the second, and what they sign. */
  readonly second: Role;
  readonly input?: (story: Story) => object;
}

const withdrawn = (story: Story) =>
  story.do('propose-withdrawal', { because: 'made-in-error' }).do('agree-withdrawal', {}, 'careline-manager');
const police = (story: Story) => ({ deadlineId: story.deadline('D3').id });

const pairs: Readonly<Partial<Record<CommandName, Pair>>> = {
  'agree-downgrade': {
    by: 'hart-lead',
    first: (story, as) => story.screen('high-risk').do('screen', { outcome: 'at-risk' }, as),
    second: 'hart-director',
  },
  'agree-withdrawal': {
    by: 'careline-supervisor',
    first: (story, as) => story.do('propose-withdrawal', { because: 'made-in-error' }, as),
    second: 'careline-supervisor',
  },
  'agree-clearance': {
    by: 'hart-lead',
    first: (story, as) => story.do('record-facts', { caregiverNamed: 'yes' }).do('propose-clearance', {}, as),
    second: 'hart-lead',
  },
  'agree-lowering': {
    by: 'area-supervisor',
    first: (story, as) => story.do('assess-danger', { danger: 'no', reason: 'An invented reason.' }, as),
    second: 'area-supervisor',
  },
  'agree-erasure': {
    by: 'legal',
    first: (story, as) =>
      withdrawn(story).do('propose-erasure', { ground: 'court-order', orderReference: 'An invented court' }, as),
    again: (story, as) =>
      story.do('propose-erasure', { ground: 'court-order', orderReference: 'Another invented court' }, as),
    second: 'legal',
  },
  'sign-off-screening': {
    by: 'hart-lead',
    first: (story, as) =>
      story.do('answer-checklist', { answers: noToAll }).do('screen', { outcome: 'not-indicated' }, as),
    second: 'area-supervisor',
  },
  'countersign-miss': {
    by: 'hart-lead',
    first: (story, as) =>
      story.after('P1D').do('explain-miss', { ...police(story), reasonCode: 'staffing', willBeKept: true }, as),
    second: 'hart-lead',
    input: police,
  },
};

test('every command with a second signature is in the table', () => {
  const seconds = Object.keys(commands).filter((name) => /^(agree|countersign|sign-off)-/.test(name));
  expect(Object.keys(pairs).toSorted()).toEqual(seconds.toSorted());
});

const lookups = { otherReferral: { other: undefined }, mergeTarget: { heldThere: false, isReadThere: true } };
const answerOf = (answer: ReturnType<typeof decide>) => (isRefusal(answer) ? answer.refused : 'accepted');

describe.each(Object.entries(pairs) as [CommandName, Pair][])(
  '%s',
  (name, { by, first, again = first, second, input }) => {
    const role = second;
    const there = by.toUpperCase();
    const own = by;
    const delegate = `one for ${by}`;
    test.each([
      ['the same person', own, { id: there }, 'second-person'],
      ['the same person, for a colleague on leave', own, { id: there, onBehalfOf: 'OTHER' }, 'second-person'],
      ['their delegate', own, { id: 'ONE', onBehalfOf: there }, 'second-person'],
      ['another person', own, { id: 'ONE' }, 'accepted'],
      ['another person, for a third', own, { id: 'ONE', onBehalfOf: 'OTHER' }, 'accepted'],
      ['a delegate, and then the person on leave', delegate, { id: there }, 'second-person'],
      ['a delegate, and then in their own right', delegate, { id: 'ONE' }, 'second-person'],
      ['a delegate of two', delegate, { id: 'ONE', onBehalfOf: 'OTHER' }, 'second-person'],
      ['two delegates of one person', delegate, { id: 'TWO', onBehalfOf: there }, 'second-person'],
      ['a delegate, and then theirs', delegate, { id: 'TWO', onBehalfOf: 'ONE' }, 'second-person'],
      ['two delegates of two persons', delegate, { id: 'TWO', onBehalfOf: 'OTHER' }, 'accepted'],
      [
        'the delegate of both persons',
        own,
        { id: 'ONE', onBehalfOf: 'OTHER', delegateOf: [there, 'OTHER'] },
        'second-person',
      ],
      [
        'the delegate of both, after another delegate',
        `two for ${by}`,
        { id: 'ONE', onBehalfOf: 'OTHER', delegateOf: [there, 'OTHER'] },
        'second-person',
      ],
      ['the delegate of a third', own, { id: 'ONE', onBehalfOf: 'OTHER', delegateOf: ['OTHER', 'THIRD'] }, 'accepted'],
    ])('%s', (_, as, second, answer) => {
      const story = first(referral().run(), as);
      const { state, policy, now } = story;
      const person = { ...second, roles: [role] };
      const decided = decide(state, name, input?.(story) ?? {}, { now, policy, person, lookups, seen: state });
      expect(answerOf(decided)).toBe(answer);
    });

    test('counts for what the second person read, and for no other', () => {
      const story = first(referral().run(), own);
      const read = story.state;
      const { state, policy, now } = again(story, own);
      const ask = (seen?: Referral) =>
        answerOf(
          decide(state, name, input?.(story) ?? {}, {
            now,
            policy,
            person: { id: 'ONE', roles: [role] },
            lookups,
            seen,
          }),
        );
      expect(ask(read)).toBe('changed-since-read');
      expect(ask()).toBe('read-first');
      expect(ask(state)).toBe('accepted');
    });
  },
);

test('the person on leave takes back what was proposed for them', () => {
  const story = referral().run().do('propose-withdrawal', { because: 'made-in-error' }, 'one for careline-supervisor');
  const { state, policy, now } = story;
  const order = { proposal: 'withdrawal', reason: 'CR-7F3KD-9QXMT2.T9' };
  const ask = (id: string) =>
    decide(state, 'refuse-proposal', order, { now, policy, person: { id, roles: ['hart-lead'] }, seen: state });
  expect(ask('OTHER')).toMatchObject({ refused: 'not-yours-to-answer' });
  expect(ask('CARELINE-SUPERVISOR')).toContainEqual(expect.objectContaining({ type: 'proposal-refused' }));
});
