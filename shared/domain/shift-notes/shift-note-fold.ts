/** The fold of the notes for the next shift. Notes that stand no more leave the state with the next one. */
import type { PartFold } from '../part-fold.ts';
import { notesThatStand, unreadNotes } from './shift-note-state.ts';

export const shiftNoteFold: PartFold<'shiftNotes'> = {
  'shift-note-left': (notes, { shiftNote: words }, { at, actor }) => [
    ...notesThatStand(notes, at),
    { words, at, by: actor.id, readBy: [] },
  ],
  'shift-notes-read': (notes, _, { at, actor }) => {
    const unread = unreadNotes(notes, actor.id, at);
    return notes?.map((note) =>
      unread.includes(note) ? { ...note, readBy: [...note.readBy, { by: actor.id, at }] } : note,
    );
  },
};
