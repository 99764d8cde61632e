/** Steps without a clock stand in the lists of exactly the people whose page asks for them. */
import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../shared/domain/board/board-row.ts';
import { boardRows } from '../../../shared/domain/board/board-rows.ts';
import { isAfter } from '../../../shared/domain/core/instants.ts';
import type { Discipline } from '../../../shared/domain/core/vocabulary.ts';
import { dutyOwner, personOwner } from '../../../shared/domain/deadlines/deadline-rows.ts';
import { scopeOf } from '../../../shared/domain/directory/scopes.ts';
import { nextSteps } from '../../../shared/domain/next-steps/next-steps.ts';
import { visitor } from '../../support/desk.ts';
import { memberOf, referral, type Story } from '../../support/referral-builder.ts';
import { offer, signed } from '../../support/scenes.ts';

const people = ['caseworker', 'mdt-coordinator', 'legal', 'careline-worker'] as const;
const seats = ['victim-advocate', 'medical', 'law-enforcement', 'states-attorney', 'mental-health'] as const;
const teamed = () => signed(referral({ age: 14 }).run().screen('confirmed').tellTeam());
const tomorrow = '2026-11-12T15:00:00Z';
const need = (story: Story, practicalNeed: string, more: object = {}) =>
  story.do('ask-need', { practicalNeed, neededBy: '2026-11-11T15:00:00Z', ...more });
const book = (story: Story, more: object = {}) =>
  story.do('ask-booking', {
    service: 'forensic-interview',
    providerId: 'PV-1',
    advocate: 'advocate-comes',
    interpreter: 'none-needed',
    ...more,
  });
const hear = (story: Story) =>
  story.do('schedule-hearing', { hearingKind: 'delinquency-hearing', court: 'JUVENILE.HARTFORD', startsAt: tomorrow });

const askPlace = (story: Story) =>
  story.do('ask-place', { service: 'safe-placement', providerId: 'PV-1', placeFrom: '2026-11-09' }, 'caseworker');
const answer = (story: Story, placeAnswer: string) =>
  story.do('answer-place', { ask: story.state.needs?.places[0]?.ask, placeAnswer });

const stepRows = ({ state, policy }: Story): readonly BoardRow[] =>
  boardRows(state, policy).filter(({ kind }) => kind === 'step');
const keyOf = ({ id }: BoardRow) => id.split('#')[1];

/** What the lists of this reader have now, and what the page of the referral asks of them. */
function bothFor(story: Story, reader: string) {
  const { state, policy, now } = story;
  const seat = reader.startsWith('seat:') ? (reader.slice(5) as Discipline) : undefined;
  const person = visitor(reader);
  const caller = seat ? { ...person, id: memberOf(seat).personId } : person;
  const duties = caller.roles.flatMap((role) => {
    const scope = scopeOf(role, state);
    return scope === undefined ? [] : [dutyOwner(role, scope)];
  });
  const owners = [personOwner(caller.id), ...duties];
  const listed = stepRows(story).filter(({ owner = '', from = now }) => owners.includes(owner) && !isAfter(from, now));
  const asked = nextSteps(state, policy, caller, { now, invitedOnly: false });
  return {
    listed: [...new Set(listed.map(keyOf))].toSorted(),
    asked: asked.flatMap((step) => step.listed?.key ?? []).toSorted(),
  };
}

const stories: readonly (readonly [what: string, story: () => Story])[] = [
  ['a need of a seat', () => need(teamed(), 'replacement-phone', { owner: 'victim-advocate' })],
  ['a ride that a seat sees to', () => need(teamed(), 'ride', { owner: 'medical' })],
  ['a bed', () => need(teamed(), 'bed')],
  ['a need that is over', () => need(teamed(), 'food').do('end-need', { need: 'N1', needEnd: 'need-dropped' })],
  ['an appointment without a time', () => book(teamed())],
  ['an appointment to come', () => book(teamed(), { startsAt: tomorrow, advocate: 'no-advocate-yet' })],
  ['an appointment that was', () => book(teamed(), { startsAt: tomorrow, advocate: 'advocate-comes' }).after('P4D')],
  ['a hearing to come', () => hear(teamed())],
  ['a hearing that was', () => hear(teamed()).after('P4D')],
  [
    'a court that ordered services',
    () =>
      hear(teamed())
        .after('P4D')
        .do('record-hearing', {
          hearing: 'H1',
          hearingResult: 'hearing-held',
          outcome: 'no-decision-yet',
          orders: ['order-services'],
        }),
  ],
  ['a provider that was asked for a place', () => askPlace(teamed())],
  ['a provider that has a place', () => answer(askPlace(teamed()), 'can-take')],
  ['a provider without a place', () => answer(askPlace(teamed()), 'full-now')],
  ['a service that was accepted', () => offer(teamed(), 'safe-placement')],
];

describe('a step without a clock', () => {
  test.each(stories)('%s is in the lists of those whose page asks for it, and of no one else', (_, story) => {
    const told = story();
    for (const reader of [...people, ...seats.map((seat) => `seat:${seat}`)]) {
      const { listed, asked } = bothFor(told, reader);
      expect([reader, ...listed]).toEqual([reader, ...asked]);
    }
  });

  test('is a row of codes, due by its own time, which rings for no one', () => {
    const [row] = stepRows(need(teamed(), 'ride', { owner: 'medical' }));
    expect(row).toMatchObject({ step: 'meet-need', subject: 'ride', due: '2026-11-11T15:00:00.000Z', missed: 0 });
    expect(row?.owner).toBe(personOwner(memberOf('medical').personId));
    expect(row).not.toHaveProperty('danger');
  });

  test('about an appointment begins with it, and is due a day later', () => {
    const rows = stepRows(book(teamed(), { startsAt: tomorrow, advocate: 'advocate-comes' }));
    const kept = rows.filter(({ step }) => step === 'record-kept');
    expect(kept.length).toBeGreaterThan(1);
    for (const each of kept)
      expect([each.from, each.due]).toEqual(['2026-11-12T15:00:00.000Z', '2026-11-13T15:00:00.000Z']);
  });
});
