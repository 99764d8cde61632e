import type { Request } from './parts.ts';

/** The fields of the address, by name. A field of a form that was left empty is none. */
export const givenIn = (context: Request): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(context.req.query()).filter(([, value]) => value !== ''));
