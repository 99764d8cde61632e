/**
 * `node infra/local/data-folder/read-anchors-command.ts DIR`: prints the anchors in a data folder of `npm start`, for rooms that may
 * not import the embedded cloud. One JSON object a line: the name of an object and its text. It only reads. Without a data folder it
 * ends with a sentence on stderr and status 2.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The journal of the objects, as `s3/objects.ts` writes it. */
interface Entry {
  readonly key: string;
  readonly file: string;
}

const [folder = ''] = process.argv.slice(2);
const journal = join(folder, 's3', 'objects.jsonl');
if (!existsSync(journal)) {
  console.error(`There is no data folder of npm start with anchors at ${folder}.`);
  process.exitCode = 2;
} else {
  const files = new Map<string, string>();
  for (const line of readFileSync(journal, 'utf8').split('\n').slice(0, -1)) {
    const { key, file } = JSON.parse(line) as Entry;
    // The first version counts: an anchor is written once.
    if (key.startsWith('anchors/') && !files.has(key)) files.set(key, file);
  }
  for (const [name, file] of [...files].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const text = readFileSync(join(folder, 's3', 'bodies', file), 'utf8');
    process.stdout.write(`${JSON.stringify({ name, text })}\n`);
  }
}
