/** One shift: who answers for a role in a scope, from when to when. */
import * as z from 'zod';
import { rolesOfWork } from '../core/vocabulary.ts';

export const shiftEntry = z.object({
  id: z.string(),
  role: z.enum(rolesOfWork),
  /** `state` or `office-NEW-HAVEN`. */
  scope: z.string(),
  personId: z.string(),
  /** The first instant, and the first one after it. UTC with milliseconds. */
  from: z.string(),
  to: z.string(),
  /** Absent where the number of the directory counts. */
  phone: z.string().exactOptional(),
  order: z.int(),
});
/** `removed`: it was taken out, so no person is on it. */
export interface Shift extends Readonly<z.infer<typeof shiftEntry>> {
  readonly removed?: true;
}
/** A shift that has no id yet. */
export type NewShift = Omit<Shift, 'id' | 'removed'>;
