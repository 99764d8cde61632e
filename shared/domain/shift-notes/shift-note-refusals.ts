/** The refusals of the notes for the next shift. */
export const shiftNoteRefusals = {
  'no-unread-note': 'No note is here that you have not read. Load the page again to see who read which.',
} as const;
