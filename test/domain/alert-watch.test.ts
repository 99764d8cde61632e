import { describe, expect, test } from 'vitest';
import { deliveryPatience, isMoot, isToldAnew } from '../../shared/domain/alert-watch.ts';
import { memberOf, referral, type Story } from '../support/referral-builder.ts';

const sentAt = '2026-11-09T15:00:00.000Z';
const minute = 60_000;

test.each([
  [15, 'nothing is due', undefined],
  [15, 'it is due in three hours', '2026-11-09T18:00:00.000Z'],
  [12, 'it is due in two hours', '2026-11-09T17:00:00.000Z'],
  [3, 'it is due in half an hour', '2026-11-09T15:30:00.000Z'],
  [1, 'it is due in five minutes', '2026-11-09T15:05:00.000Z'],
  [1, 'it is overdue', '2026-11-09T12:00:00.000Z'],
] as const)('a mail may take %i minutes to arrive where %s', (minutes, _, due) => {
  expect(deliveryPatience(sentAt, due)).toBe(minutes * minute);
});

describe('an alert about a meeting', () => {
  const suspected = () => referral().run().screen('high-risk');
  const set = (story: Story, startsAt: string) => story.do('schedule-meeting', { startsAt, place: 'virtual' });
  const moot = ({ state }: Story) =>
    Object.values(state.alerts)
      .filter(({ kind }) => kind.startsWith('meeting-'))
      .map((alert) => [alert.kind, isMoot(alert, state)]);

  test('is moot once a later one tells the same people how the meeting is now', () => {
    const story = set(suspected(), '2026-11-13T15:00:00Z');
    expect(moot(story)).toEqual([['meeting-scheduled', false]]);
    set(story, '2026-11-13T16:00:00Z');
    expect(moot(story)).toEqual([
      ['meeting-scheduled', true],
      ['meeting-moved', false],
    ]);
  });

  test('is told to those alone whom no later one tells, and another meeting tells nobody of this one', () => {
    const story = set(suspected(), '2026-11-13T15:00:00Z');
    story.do('answer-seat', { discipline: 'medical', answer: 'declined' }, 'seat:medical');
    const { personId, deputyId } = memberOf('medical');
    const [first] = Object.values(story.state.alerts).filter(({ kind }) => kind === 'meeting-scheduled');
    const isTold = (word: string) => first && isToldAnew(first, story.state, word);
    expect([isTold(`person:${personId}`), isTold(`person:${deputyId}`), isTold('mdt-coordinator')]).toEqual([
      true,
      true,
      false,
    ]);
    story.do('cancel-meeting', { because: 'other' });
    set(story, '2026-11-18T15:00:00Z');
    expect(moot(story)).toEqual([
      ['meeting-scheduled', true],
      ['meeting-left', false],
      ['meeting-scheduled', true],
      ['meeting-cancelled', false],
      ['meeting-scheduled', false],
    ]);
  });
});
