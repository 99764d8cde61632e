/** The acts of the notes for the next shift. */
import * as z from 'zod';
import { anyStage, command } from '../core/command.ts';
import { shortText } from '../core/fields.ts';
import { staff } from '../core/role-groups.ts';
import { refuse } from '../refusals.ts';
import { unreadNotes } from './shift-note-state.ts';

export const shiftNoteCommands = {
  'leave-note': command({
    title: 'Leave a note for the next shift',
    inEmergency: 'allowed',
    roles: staff,
    note: 'Three lines at most. It stands on the Overview for 14 days, with who has read it. It tells no one by mail, and it keeps no duty.',
    stages: anyStage,
    input: z.strictObject({
      shiftNote: shortText('shiftNotes', 300, 3),
    }),
    decide(decision, { shiftNote }) {
      decision.add('shift-note-left', { shiftNote });
      return undefined;
    },
  }),
  'read-notes': command({
    title: 'Mark the notes for the next shift as read',
    inEmergency: 'allowed',
    roles: staff,
    stages: anyStage,
    input: z.strictObject({}),
    decide(decision, _, person) {
      const { shiftNotes } = decision.state();
      if (unreadNotes(shiftNotes, person.id, decision.context.now).length === 0) return refuse('no-unread-note');
      decision.add('shift-notes-read', {});
      return undefined;
    },
  }),
};
