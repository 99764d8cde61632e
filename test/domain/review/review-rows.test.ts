/** Which case reviews stand in the list of a team, and what their rows say. */
import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../shared/domain/board/board-row.ts';
import { boardRows } from '../../../shared/domain/board/board-rows.ts';
import { reviewLine, reviewList } from '../../../shared/domain/review/review-rows.ts';
import { referral, type Story } from '../../support/referral-builder.ts';
import { signed } from '../../support/scenes.ts';

const startsAt = '2026-11-19T15:00:00.000Z';
const team = () => signed(referral().run().screen('high-risk').tellTeam());
const set = (story: Story, at = startsAt) => story.do('schedule-meeting', { startsAt: at, place: 'virtual' });
const rowIn = ({ state, policy }: Story): BoardRow | undefined =>
  boardRows(state, policy).find(({ kind }) => kind === 'review');
const listOf = (story: Story) => rowIn(story)?.queue;

describe('a case review', () => {
  test('is in the list of its team by its instant, from the act that sets it', () => {
    const story = team();
    expect(listOf(story)).toBeUndefined();
    set(story);
    expect(rowIn(story)).toMatchObject({
      queue: reviewList(story.state.team.id ?? ''),
      due: startsAt,
      order: startsAt,
      frozen: false,
      seats: { all: story.state.team.seats.length, unanswered: story.state.team.seats.length },
    });
  });

  test('says that its agenda is frozen, and counts a seat that answered', () => {
    const story = set(team()).do('answer-seat', { discipline: 'medical', answer: 'accepted' }, 'seat:medical');
    story.at('2026-11-14T15:00:00Z').looksAtAgenda();
    const { frozen, seats } = rowIn(story) ?? {};
    expect([frozen, (seats?.all ?? 0) - (seats?.unanswered ?? 0)]).toEqual([true, 1]);
  });

  test('stays after its time until it is recorded', () => {
    const story = set(team()).at('2026-11-19T15:00:00.000Z');
    const line = (now: string) => reviewLine(rowIn(story) as BoardRow, now);
    expect(line('2026-11-19T14:59:59.999Z').isOver).toBe(false);
    expect(line(startsAt).isOver).toBe(true);
    story.do('record-meeting', { attended: story.state.team.seats.map(({ discipline }) => discipline) });
    expect(listOf(story)).toBeUndefined();
  });

  test.each<[string, (story: Story) => Story]>([
    ['was called off', (story) => story.do('cancel-meeting', { because: 'no-quorum' })],
    [
      'is of a referral that was sealed',
      (story) =>
        story.do(
          'seal-referral',
          { because: 'colleague-involved', forPeople: ['CARELINE-SUPERVISOR', 'CARELINE-SUPERVISOR.2'] },
          'hart-director',
        ),
    ],
    [
      'is of a referral that was withdrawn',
      (story) =>
        story
          .do('propose-withdrawal', { because: 'made-in-error' })
          .do('agree-withdrawal', {}, 'careline-supervisor/2'),
    ],
  ])('leaves the list where it %s', (_, then) => {
    const story = set(team());
    expect(listOf(story)).toBeDefined();
    expect(listOf(then(story))).toBeUndefined();
  });
});
