/**
 * `npm run describe [-- <file> …]`: writes the generated documents and prints their names. Words name the ones to write.
 * `documents.ts` lists them.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { apiDescription, documents } from './documents.ts';

const all = [apiDescription, ...documents];
const named = process.argv.slice(2);
const unknown = named.filter((name) => all.every(({ file }) => file !== name));
if (unknown.length > 0) {
  console.error(`Not generated: ${unknown.join(', ')}. Name one of ${all.map(({ file }) => file).join(', ')}.`);
  process.exitCode = 2;
} else
  for (const { file, path, text } of all.filter(({ file }) => named.length === 0 || named.includes(file))) {
    // Another process may write or read the same now: a reader never meets half a file.
    const unfinished = `${path}.${process.pid}`;
    writeFileSync(unfinished, text());
    renameSync(unfinished, path);
    console.log(file);
  }
