/** `npm run describe`: writes what is generated of the doors, `docs/openapi.json` and `docs/access.md`, and names it. */
// @ts-nocheck

import { writeFileSync } from 'node:fs';
import { documents } from './documents.ts';

for (const { file, path, text } of documents) {
  writeFileSync(path, text());
  console.log(file);
}
