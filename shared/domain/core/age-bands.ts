/** The bands of the age of a child. */

export const ageBands = ['under-12', '12-to-14', '15-to-17', 'under-18', '18-and-over', 'not-known'] as const;
export type AgeBand = (typeof ageBands)[number];
