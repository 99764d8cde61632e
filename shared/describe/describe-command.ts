/** `npm run describe`: writes the generated documents (`documents.ts` lists them) and prints their names. */
import { writeFileSync } from 'node:fs';
import { documents } from './documents.ts';

for (const { file, path, text } of documents) {
  writeFileSync(path, text());
  console.log(file);
}
