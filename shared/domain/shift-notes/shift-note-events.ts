/** The events of the notes for the next shift. */
import * as z from 'zod';
import { textId } from '../core/event-fields.ts';

export const shiftNoteEvents = {
  'shift-note-left': z.object({ shiftNote: textId }),
  /** The person has read every note that stood then. */
  'shift-notes-read': z.object({}),
} as const;
