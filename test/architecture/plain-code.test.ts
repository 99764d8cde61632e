import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { longSentences, riddleWords } from '../support/plain-language.ts';
import { type Prose, proseOf } from '../support/source-prose.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Rooms, and files by their name without ending, that are reworded. Add a room here once its comments and strings are plain. */
const rooms = [
  'functions/api',
  'functions/ask-same-child',
  'functions/authorize-request',
  'functions/await-person',
  'functions/console',
  'functions/draw-roster',
  'functions/keep-vault',
  'functions/propose-eligibility',
  'functions/raise-checkpoint',
  'functions/react',
  'functions/record-delivery',
  'functions/record-lost-run',
  'functions/send-alerts',
  'functions/sweep',
  'functions/take-step',
  'infra/app',
  'infra/careline-stack',
  'infra/constructs',
  'infra/local',
  'infra/synth-command',
  'infra/synthesize',
  'shared/alerts',
  'shared/application',
  'shared/contracts',
  'shared/describe',
  'shared/domain',
  'shared/lambda',
  'shared/policy',
  'shared/reports',
  'shared/store',
  'test/alerts',
  'test/application',
  'test/bench',
  'test/console',
  'test/contracts',
  'test/describe',
  'test/domain',
  'test/fixtures',
  'test/functions',
  'test/infra',
  'test/long',
  'test/policy',
  'test/simulate',
  'test/store',
  'test/suite-command',
  'test/support',
  'test/vitest.config',
  'test/workflows',
];

/** Without indent, because Markdown takes four spaces for code. */
const atMargin = (text: string) => text.replace(/^\s+/gm, '');

const riddlesOf = ({ comments, strings }: Prose): readonly string[] =>
  [...comments, ...strings].flatMap((text) => riddleWords(atMargin(text)));

const longOf = ({ comments }: Prose): readonly string[] =>
  comments.flatMap((text) => longSentences(atMargin(text), 20));

describe.each(rooms)('the code of %s', (room) => {
  const files = globSync(`${room}{,/**/*}.{ts,tsx}`, { cwd: projectFolder }).map((file) => ({
    file,
    prose: proseOf(file, readFileSync(join(projectFolder, file), 'utf8')),
  }));
  const inAll = (find: (prose: Prose) => readonly string[]) =>
    files.flatMap(({ file, prose }) => find(prose).map((text) => `${file}: ${text}`));

  test('names who acts, in comments and strings', () => {
    expect(files.length).toBeGreaterThan(0);
    expect(inAll(riddlesOf)).toEqual([]);
  });

  test('has no sentence of more than 20 words in a comment', () => {
    expect(inAll(longOf)).toEqual([]);
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
    expect(riddlesOf(proseOf('a.ts', source))).toHaveLength(1);
  });

  test('in the text of a page', () => {
    expect(
      riddlesOf(proseOf('a.tsx', 'const a = <p title="Nobody here">Somebody is <b>on call</b></p>;')),
    ).toHaveLength(2);
  });

  test('but not in a name or a code', () => {
    expect(
      riddlesOf(proseOf('a.ts', "// As `nobody` has it.\nconst nobody = { everybody: 'nobody-answered' };")),
    ).toEqual([]);
  });
});

describe('a long sentence of a comment is found', () => {
  const words = Array.from({ length: 21 }, () => 'word').join(' ');

  test.each([
    ['in a docstring', `/** ${words}. */\nconst a = 1;`],
    ['over two lines of a docstring', `/**\n * ${words.slice(0, 30)}\n * ${words.slice(30)}.\n */\nconst a = 1;`],
    ['over two line comments', `// ${words.slice(0, 30)}\n// ${words.slice(30)}.\nconst a = 1;`],
  ])('%s', (_, source) => {
    expect(longOf(proseOf('a.ts', source))).toHaveLength(1);
  });

  test('but not in two comments together, nor in a string', () => {
    const half = words.slice(0, 60);
    expect(longOf(proseOf('a.ts', `// ${half}\nconst a = '${words}';\n// ${half}\nconst b = 1;`))).toEqual([]);
  });
});
