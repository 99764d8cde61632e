import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writeApiDescription } from '../../infra/constructs/api-description.ts';

/** The text of `docs/openapi.json`, made first where it is missing or stale. */
export const apiDescriptionText = (): string =>
  readFileSync(writeApiDescription(fileURLToPath(new URL('../..', import.meta.url))), 'utf8');
