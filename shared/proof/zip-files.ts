/** Texts as one zip. The same texts make the same bytes. */
import { strToU8, zipSync } from 'fflate';

/** A zip has a time for each file, from 1980 on. It is no part of what is in it. */
const mtime = new Date(Date.UTC(2000, 0, 1, 12));

/** The bytes of a zip of these texts, by their names, in their order. */
export const zipOf = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, [strToU8(text), { mtime }]])));
