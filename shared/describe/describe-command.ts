/** `npm run describe`: writes the generated documents, `docs/openapi.json` and `docs/access.md`, and prints their names. */
import { writeFileSync } from 'node:fs';
import { documents } from './documents.ts';

for (const { file, path, text } of documents) {
  writeFileSync(path, text());
  console.log(file);
}
