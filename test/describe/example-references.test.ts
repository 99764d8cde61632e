/** A person may type an example reference to try it. So each one in the documents and the sentences has its right check character. */
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isReference, type Prefix } from '../../shared/domain/core/ids.ts';

const root = new URL('../../', import.meta.url).pathname;
const places = [
  'README.md',
  '{docs,workflows}/**/*.{md,json}',
  'functions/**/*.{ts,tsx}',
  'shared/{application,contracts,describe,domain,policy}/**/*.ts',
];

it('gives only references that are right', () => {
  const given = globSync(places, { cwd: root }).flatMap((file) =>
    [...readFileSync(`${root}${file}`, 'utf8').matchAll(/\b(CR|RP|DR)-[0-9A-Z]{5}-[0-9A-Z]{6}\b/g)].map(
      ([reference, prefix]) => ({ file, reference, prefix: prefix as Prefix }),
    ),
  );
  expect(new Set(given.map(({ file }) => file)).size).toBeGreaterThan(5);
  expect(given.filter(({ prefix, reference }) => !isReference(prefix, reference))).toEqual([]);
});
