/** Where the child is and who is there, in words: the fields of every act that tells it. */
import * as z from 'zod';
import { textId } from '../core/event-fields.ts';
import { freeText } from '../core/fields.ts';

/** As people write it. `kind`: who reads it in the history. The present place is read by `stayField`. */
export const placeTexts = (kind: 'callNotes' | 'safePlace') =>
  ({ whereExactly: freeText(kind).optional(), withWhom: freeText(kind).optional() }) as const;

const ids = z.object({ whereExactly: textId.optional(), withWhom: textId.optional() });
/** As events hold it: the ids of the texts in the vault. */
export const placeIds = ids.shape;
export type PlaceIds = z.infer<typeof ids>;

/** The two fields alone, each where it is there. */
export const placeIn = ({ whereExactly, withWhom }: PlaceIds): PlaceIds => ({
  ...(whereExactly !== undefined && { whereExactly }),
  ...(withWhom !== undefined && { withWhom }),
});
