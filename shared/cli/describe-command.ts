/** `npm run describe`: writes the generated documents, or those that are named, and prints their names. */
import { renameSync, writeFileSync } from 'node:fs';
import { apiDescription, documents } from '../describe/documents.ts';
import { answerTo, CannotAnswer, type Command, print } from './command-line.ts';

const all = [apiDescription, ...documents];

const command: Command<Record<never, never>, undefined> = {
  run: 'npm run describe --',
  flags: {},
  acts: {
    '': {
      usage: '[FILE]...',
      words: [0, all.length],
      takes: [],
      answer({ words }) {
        const unknown = words.filter((name) => all.every(({ file }) => file !== name));
        if (unknown.length > 0)
          throw new CannotAnswer(
            `Not generated: ${unknown.join(', ')}. Name one of ${all.map(({ file }) => file).join(', ')}.`,
          );
        const named = all.filter(({ file }) => words.length === 0 || words.includes(file));
        for (const { path, text } of named) {
          // Another process may write or read the same now: a reader never meets half a file.
          const unfinished = `${path}.${process.pid}`;
          writeFileSync(unfinished, text());
          renameSync(unfinished, path);
        }
        return named.map(({ file }) => file).join('\n');
      },
    },
  },
};

await print(answerTo(command, process.argv.slice(2), undefined));
