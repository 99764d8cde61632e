/** When the description of the API is made anew, with a small project in place of this one. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { writeApiDescription } from '../../infra/constructs/api-description.ts';
import { makeFolder } from './trivial-handlers.ts';

const maker = `
import { appendFileSync, writeFileSync } from 'node:fs';
import { words } from '../words.ts';
appendFileSync('made', 'x');
writeFileSync(process.argv[2], JSON.stringify({ words }));
`;

describe('the description of the API', () => {
  let project: string;
  const write = (path: string, text: string) => writeFileSync(join(project, path), text);
  const described = () => JSON.parse(readFileSync(writeApiDescription(project), 'utf8'));
  const timesMade = () => readFileSync(join(project, 'made'), 'utf8').length;
  beforeEach(() => {
    project = makeFolder();
    for (const folder of ['docs', 'shared/cli']) mkdirSync(join(project, folder), { recursive: true });
    write('package.json', '{ "type": "module" }');
    write('package-lock.json', '{}');
    write('shared/words.ts', "export const words = 'first';");
    write('shared/cli/describe-command.ts', maker);
  });

  test('is made in a fresh clone, and not again while nothing changed', () => {
    expect(described()).toEqual({ words: 'first' });
    expect(described()).toEqual({ words: 'first' });
    expect(timesMade()).toBe(1);
    expect(readdirSync(join(project, 'node_modules/.cache'))).toEqual(['api-description']);
  });

  test('is made again where a source or a package changed', () => {
    described();
    write('shared/words.ts', "export const words = 'second';");
    expect(described()).toEqual({ words: 'second' });
    write('package-lock.json', '{ "name": "other" }');
    described();
    expect(timesMade()).toBe(3);
  });

  test('is made again where the file is gone or was written by hand', () => {
    rmSync(join(project, 'docs/openapi.json'), { force: true });
    described();
    write('docs/openapi.json', '{ "words": "by hand" }');
    expect(described()).toEqual({ words: 'first' });
    rmSync(join(project, 'docs/openapi.json'));
    expect(described()).toEqual({ words: 'first' });
  });

  test('is not taken from before where it cannot be made, and the reason is told', () => {
    described();
    write('shared/words.ts', 'export const other = 1;');
    expect(() => writeApiDescription(project)).toThrow("does not provide an export named 'words'");
    expect(() => writeApiDescription(project)).toThrow("does not provide an export named 'words'");
  });
});
