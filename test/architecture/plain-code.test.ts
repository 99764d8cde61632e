import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { riddleWords } from '../support/plain-language.ts';
import { proseOf } from '../support/source-prose.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Rooms whose comments and strings name the actor. A room is added here once it is reworded. */
const rooms = [
  'shared/alerts',
  'shared/application',
  'shared/contracts',
  'shared/describe',
  'shared/lambda',
  'shared/policy',
];

/** The riddle words of a source file. Lines lose their indent, because Markdown takes four spaces for code. */
const riddlesOf = (name: string, source: string) =>
  proseOf(name, source).flatMap((text) => riddleWords(text.replace(/^\s+/gm, '')));

describe('comments and strings name who acts', () => {
  test.each(rooms)('in %s', (room) => {
    const files = globSync(`${room}{,/**/*}.{ts,tsx}`, { cwd: projectFolder });
    expect(files.length).toBeGreaterThan(0);
    const found = files.flatMap((file) =>
      riddlesOf(file, readFileSync(join(projectFolder, file), 'utf8')).map((word) => `${file}: ${word}`),
    );
    expect(found).toEqual([]);
  });
});

describe('a riddle word is found', () => {
  test.each([
    ['in a docstring', '/**\n * One.\n *\n *   Nobody knows.\n */\nconst a = 1;'],
    ['in a comment before a bracket', 'const a = [\n  1,\n  // Whoever asks.\n];'],
    ['in a comment behind code', 'const a = 1; // whom'],
    ['in a string', "const a = { text: 'Ask somebody.' };"],
    ['in a template', `const a = (n: number) => \`\${n} are for everybody, \${n}.\`;`],
  ])('%s', (_, source) => {
    expect(riddlesOf('a.ts', source)).toHaveLength(1);
  });

  test('in the text of a page', () => {
    expect(riddlesOf('a.tsx', 'const a = <p title="Nobody here">Somebody is <b>on call</b></p>;')).toHaveLength(2);
  });

  test('but not in a name or a code', () => {
    expect(riddlesOf('a.ts', "// As `nobody` has it.\nconst nobody = { everybody: 'nobody-answered' };")).toEqual([]);
  });
});
