/** Compares instants of any precision: ISO 8601 with `Z` or an offset. Of two equal ones, the first is returned. */
export const isAfter = (one: string, other: string): boolean => Date.parse(one) > Date.parse(other);
export const isBefore = (one: string, other: string): boolean => Date.parse(one) < Date.parse(other);
export const earlier = (one: string, other: string): string => (isAfter(one, other) ? other : one);
export const dayAfter = (instant: string): string => new Date(Date.parse(instant) + 86_400_000).toISOString();
export const later = (one: string, other: string): string => (isBefore(one, other) ? other : one);
