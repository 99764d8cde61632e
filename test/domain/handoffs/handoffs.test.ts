/** Warm handoffs: an accepted service asks that the child is introduced, until the child was there. */
import { describe, expect, test } from 'vitest';
import { asKnownTo } from '../../../shared/application/access/part-2-records.ts';
import { type Discipline, handoffWays } from '../../../shared/domain/core/vocabulary.ts';
import { nextSteps } from '../../../shared/domain/next-steps/next-steps.ts';
import { visitor } from '../../support/desk.ts';
import { memberOf, referral, type Story } from '../../support/referral-builder.ts';
import { signed } from '../../support/scenes.ts';

const teamed = () => signed(referral().run().screen('confirmed').tellTeam());
const accepted = (service = 'victim-advocacy', story = teamed()) =>
  story.do('offer-linkage', { service, providerId: 'PV-1' }).do('accept-linkage', { service }, 'contact:PV-1');
const handoff = { service: 'victim-advocacy', handedBy: 'victim-advocate', handoffWay: 'met-in-person' };
/** A person as the directory of a story has them. */
const readerOf = (as: string) => {
  const person = visitor(as);
  return as.startsWith('seat:') ? { ...person, id: memberOf(as.slice(5) as Discipline).personId } : person;
};
const asked = ({ state, policy, now }: Story, as: string) => {
  const reader = readerOf(as);
  return nextSteps(asKnownTo(state, policy, reader), policy, reader, { now, invitedOnly: false }).flatMap(({ acts }) =>
    acts.flatMap(({ command, input }) => (command === 'record-handoff' ? [input?.service] : [])),
  );
};

describe('an accepted service', () => {
  test('asks the advocate and the caseworker to introduce the child', () => {
    expect(asked(teamed(), 'caseworker')).toEqual([]);
    const story = accepted();
    expect(asked(story, 'caseworker')).toEqual(['victim-advocacy']);
    expect(asked(story, 'seat:victim-advocate')).toEqual(['victim-advocacy']);
    expect(asked(story, 'seat:law-enforcement')).toEqual([]);
  });

  test.each(handoffWays)('is handed over: %s', (handoffWay) => {
    const story = accepted().do('record-handoff', { ...handoff, handoffWay }, 'seat:victim-advocate');
    expect(story.state.handoffs).toMatchObject([{ ...handoff, handoffWay, providerId: 'PV-1' }]);
    const isThere = handoffWay === 'met-in-person' || handoffWay === 'by-telephone-with-child';
    expect(asked(story, 'caseworker')).toEqual(isThere ? [] : ['victim-advocacy']);
  });

  test('of another provider is handed over anew', () => {
    const story = accepted().do('record-handoff', handoff, 'seat:victim-advocate');
    story.do('decline-linkage', { service: 'victim-advocacy', reasonCode: 'no-capacity' }, 'contact:PV-1');
    story
      .do('offer-linkage', { service: 'victim-advocacy', providerId: 'PV-2' })
      .do('accept-linkage', { service: 'victim-advocacy' }, 'contact:PV-2');
    expect(asked(story, 'caseworker')).toEqual(['victim-advocacy']);
  });

  test('that is an exam or an interview asks for none', () => {
    expect(asked(accepted('medical-nonacute'), 'caseworker')).toEqual([]);
  });
});

describe('a handoff', () => {
  test.each([
    ['of a service that no provider accepted', { service: 'education' }, 'caseworker', 'not-your-linkage'],
    ['by a seat that the team lacks', { handedBy: 'love146' }, 'caseworker', 'no-seat-for-handoff'],
    ['by the department', { handedBy: 'dcf' }, 'caseworker', 'accepted'],
    ['in the future', { at: '2026-12-09T15:00:00Z' }, 'caseworker', 'in-the-future'],
    ['told by the provider itself', {}, 'contact:PV-1', 'accepted'],
    ['told by another provider', {}, 'contact:PV-2', 'not-your-linkage'],
  ])('%s', (_, more, as, said) => {
    expect(accepted().refused('record-handoff', { ...handoff, ...more }, as)).toBe(said);
  });

  test('of substance use is known to the people of that service alone (42 CFR Part 2)', () => {
    const story = teamed().do('record-consent', {
      service: 'substance-use',
      consentKind: 'written-part-2',
      consentAnswer: 'given',
    });
    accepted('substance-use', story);
    const input = { ...handoff, service: 'substance-use' };
    for (const as of ['seat:victim-advocate', 'mdt-coordinator', 'careline-supervisor', 'contact:PV-2']) {
      expect([as, story.refused('record-handoff', input, as)]).toEqual([as, 'not-your-linkage']);
    }
    expect(asked(story, 'caseworker')).toEqual(['substance-use']);
    expect(asked(story, 'seat:victim-advocate')).toEqual([]);
    story.do('record-handoff', input, 'caseworker');
    expect(asKnownTo(story.state, story.policy, readerOf('seat:victim-advocate')).handoffs).toBeUndefined();
    expect(asKnownTo(story.state, story.policy, visitor('caseworker')).handoffs).toHaveLength(1);
  });
});
