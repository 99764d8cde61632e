/** Lines of code by room: of the product, of its tests, and of the JSON that tests read. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** By room, of one kind. */
type ByRoom = Readonly<Record<string, number>>;
export interface Lines {
  readonly product: ByRoom;
  readonly tests: ByRoom;
  /** JSON that tests read. */
  readonly json: ByRoom;
}

/** Too large for one room: each folder in them is one. */
const divided = ['functions/console', 'shared/application', 'shared/domain', 'infra/local'];

const roomOf = (file: string): string => {
  const folders = file.split('/').slice(0, -1);
  return folders.slice(0, divided.includes(folders.slice(0, 2).join('/')) ? 3 : 2).join('/');
};

/** The room that a test mirrors. What mirrors none is a room of its own, such as `test/support`. */
function mirrored(file: string): string {
  const [, first = '', ...rest] = file.split('/');
  const home = ['', 'shared/', 'functions/'].find((each) => existsSync(join(project, each, first)));
  return roomOf(home === undefined ? file : [`${home}${first}`, ...rest].join('/'));
}

function count(files: string, room: (file: string) => string): ByRoom {
  const lines: Record<string, number> = {};
  for (const file of globSync(files, { cwd: project }).toSorted()) {
    const found = room(file);
    lines[found] = (lines[found] ?? 0) + readFileSync(join(project, file), 'utf8').split('\n').length - 1;
  }
  return lines;
}

/** Lines of every file of code, by room. The workflows are JSON. */
export const countLines = (): Lines => ({
  product: count('{{functions,infra,shared}/**/*.{ts,tsx,scss},workflows/*.json}', roomOf),
  tests: count('test/**/*.{ts,tsx}', mirrored),
  json: count('test/**/*.json', mirrored),
});
