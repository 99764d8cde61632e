/** Who of a recipient group a call is for: the person on shift, the next on shift, or both. */
export const turns = ['first', 'next', 'both'] as const;
export type Turn = (typeof turns)[number];
