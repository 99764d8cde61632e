/** The notes that people leave on a referral for who works on it next. Their words are in the vault. */

/** How long a note stands on the pages of the referral, in milliseconds: fourteen days. This project's number. */
const standsFor = 14 * 24 * 3_600_000;

export interface ShiftNote {
  /** The id of its words in the vault. */
  readonly words: string;
  /** UTC instants, and ids of people. */
  readonly at: string;
  readonly by: string;
  readonly readBy: readonly { readonly by: string; readonly at: string }[];
}
/** Oldest first. */
export type ShiftNotesState = readonly ShiftNote[];

/** The notes that still stand at this UTC instant, oldest first. */
export const notesThatStand = (notes: ShiftNotesState | undefined, now: string): ShiftNotesState =>
  (notes ?? []).filter(({ at }) => Date.parse(now) - Date.parse(at) < standsFor);

/** The standing notes of others that this person has not marked as read. */
export const unreadNotes = (notes: ShiftNotesState | undefined, personId: string, now: string): ShiftNotesState =>
  notesThatStand(notes, now).filter(
    ({ by, readBy }) => by !== personId && readBy.every((mark) => mark.by !== personId),
  );
