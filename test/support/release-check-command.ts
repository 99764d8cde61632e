/**
 * `npm run release-check -- <commit of the running release>`: says whether that release could read what this one
 * writes. So the alias `live` may go back to it. It ends with status 1 where it could not.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { announcedEvents } from '../../shared/domain/announced-events.ts';
import { released } from '../../shared/policy/policies.ts';
import { frozenFile } from './frozen-shapes.ts';
import { type Readable, unreadable } from './release-check.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const definitionFiles = ['workflows/referral.asl.json', 'workflows/deadline.asl.json'];

function check(commit: string): readonly string[] {
  const git = (file: string) =>
    execFileSync('git', ['show', `${commit}:${file}`], { cwd: project, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const running = {
    readable: JSON.parse(git('test/fixtures/frozen-v1.json')) as Readable,
    contract: git('shared/contracts/tasks.ts'),
  };
  const next = {
    readable: JSON.parse(readFileSync(frozenFile, 'utf8')) as Readable,
    announced: announcedEvents,
    policies: released,
    definitions: definitionFiles.map((file) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')),
  };
  return unreadable(running, next, new Date().toISOString());
}

const [commit, ...more] = process.argv.slice(2);
if (commit === undefined || more.length > 0 || commit.startsWith('-')) {
  console.error('Name the commit of the release that runs now: npm run release-check -- <commit>');
  process.exitCode = 2;
} else {
  try {
    const found = check(commit);
    for (const sentence of found) console.log(sentence);
    if (found.length > 0) process.exitCode = 1;
    else console.log(`The release of ${commit} reads all that this one writes.`);
  } catch {
    console.error(`There is no release with frozen events at ${commit}.`);
    process.exitCode = 2;
  }
}
