/** The notes for the next shift: who has read each, and how long each stands. */
import { expect, test } from 'vitest';
import { notesThatStand, unreadNotes } from '../../../shared/domain/shift-notes/shift-note-state.ts';
import { referral } from '../../support/referral-builder.ts';

const left = () => referral().do('leave-note', { shiftNote: 'Words.' }, 'careline-worker');
const days = (count: number, from: string) => new Date(Date.parse(from) + count * 24 * 3_600_000).toISOString();

test('a note is unread for everyone but its author, until they mark it', () => {
  const story = left();
  expect(story.refused('read-notes', {}, 'careline-worker')).toBe('no-unread-note');
  story.do('read-notes', {}, 'caseworker');
  expect(story.refused('read-notes', {}, 'caseworker')).toBe('no-unread-note');
  const [note] = story.state.shiftNotes ?? [];
  expect(note?.readBy.map(({ by }) => by)).toEqual(['CASEWORKER']);
  story.do('leave-note', { shiftNote: 'More.' }, 'area-supervisor').do('read-notes', {}, 'caseworker');
  expect(story.state.shiftNotes?.map(({ readBy }) => readBy.length)).toEqual([1, 1]);
});

test('a note stands for fourteen days', () => {
  const { shiftNotes } = left().state;
  const at = shiftNotes?.[0]?.at ?? '';
  const standing = [0, 13.99, 14].map((count) => [
    notesThatStand(shiftNotes, days(count, at)).length,
    unreadNotes(shiftNotes, 'P-OTHER', days(count, at)).length,
  ]);
  expect(standing).toEqual([
    [1, 1],
    [1, 1],
    [0, 0],
  ]);
});
