/** The documents that are generated from the code: each with its file and the function that writes its text. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { refusals } from '../domain/refusals.ts';
import { accessDocument } from './access-document.ts';
import { mailDocument } from './mail-document.ts';
import { measuresDocument } from './measures-document.ts';
import { describeApi } from './openapi.ts';
import { refusalsIn } from './refusal-codes.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const domainFolder = join(projectFolder, 'shared', 'domain');

export const knownRefusals = () =>
  refusalsIn(
    Object.fromEntries(
      globSync('**/*.ts', { cwd: domainFolder })
        .toSorted()
        .map((file) => [file, readFileSync(join(domainFolder, file), 'utf8')]),
    ),
    refusals,
  );

export interface GeneratedDocument {
  /** The path from the top of the project. */
  readonly file: string;
  readonly path: string;
  readonly text: () => string;
}

const document = (file: string, text: () => string): GeneratedDocument => ({
  file,
  path: join(projectFolder, file),
  text,
});

/** JSON with short lists on one line each, so that a change shows as one line of a diff. */
const json = (value: unknown) =>
  `${JSON.stringify(value, undefined, 1)}\n`.replaceAll(
    /([[{])\n\s+([^[\]{}\n]*(?:,\n[^[\]{}\n]*){0,40})\n\s+([\]}])/g,
    (_, open: string, inside: string, close: string) => `${open}${inside.replaceAll(/,\n\s+/g, ', ')}${close}`,
  );

/** Made where it is needed, and not under version control: all of it is in the sources. */
export const apiDescription = document('docs/openapi.json', () => json(describeApi(knownRefusals())));

/** Kept under version control, for people who read them there. */
export const documents: readonly GeneratedDocument[] = [
  document('docs/access.md', accessDocument),
  document('docs/mail.md', mailDocument),
  document('docs/measures.md', measuresDocument),
];
