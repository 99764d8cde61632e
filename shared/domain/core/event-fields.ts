/** Fields of stored events: never a person's data, only ids, codes and instants. */
import * as z from 'zod';

/** UTC. */
export const instant = z.iso.datetime({ offset: false });
export const id = z.string().regex(/^[A-Z0-9.-]{1,64}$/);
/** The id of a text in the vault. */
export const textId = z.string().regex(/^[A-Z0-9.-]{1,64}$/);

/** Where a paper is held, who has it and its number, as texts of the vault. */
export const heldPaper = { heldAt: textId, heldBy: textId, paperNumber: textId.optional() } as const;
