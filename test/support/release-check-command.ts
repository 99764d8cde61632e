/**
 * `npm run release-check -- <commit of the running release>`: says whether that release could read what this one
 * writes. So the alias `live` may go back to it. It ends with status 1 where it could not.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { released } from '../../shared/policy/policies.ts';
import { type Readable, unreadable } from './release-check.ts';
import { shapesFile } from './shapes.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const definitionFiles = ['workflows/referral.asl.json', 'workflows/deadline.asl.json'];

/** What the release of that commit reads, and the contract of its tasks. Undefined where git has no such release. */
function releaseAt(commit: string) {
  const git = (file: string) =>
    execFileSync('git', ['show', `${commit}:${file}`], {
      cwd: project,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      // Git's own line tells a person nothing that the sentence below does not.
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  try {
    return {
      readable: JSON.parse(git('test/fixtures/shapes.json')) as Readable,
      contract: git('shared/contracts/tasks.ts'),
    };
  } catch {
    return undefined;
  }
}

const next = () => ({
  readable: JSON.parse(readFileSync(shapesFile, 'utf8')) as Readable,
  policies: released,
  definitions: definitionFiles.map((file) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')),
});

function say(status: number, ...sentences: readonly string[]): void {
  for (const sentence of sentences) (status === 2 ? console.error : console.log)(sentence);
  process.exitCode = status;
}

const usage = 'Name the commit of the release that runs now: npm run release-check -- <commit>';
const [commit, ...more] = process.argv.slice(2);
if (commit === '--help' || commit === '-h') say(0, usage);
else if (commit === undefined || more.length > 0 || commit.startsWith('-')) {
  say(2, usage);
} else {
  const running = releaseAt(commit);
  const found = running && unreadable(running, next(), new Date().toISOString());
  if (!found) {
    say(2, `There is no release with a file of shapes at "${commit}": name a commit or a tag that "git log" shows.`);
  } else if (found.length > 0) say(1, ...found);
  else say(0, `The release of ${commit} reads all that this one writes.`);
}
