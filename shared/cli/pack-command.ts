/** `npm run pack`: writes the pack for another state into a folder. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packFiles } from '../describe/pack.ts';
import { answerTo, CannotAnswer, type Command, print } from './command-line.ts';
import { type Machine, thisMachine } from './this-machine.ts';

const flags = { out: { value: 'FOLDER', says: 'A folder that is empty, or not there yet.' } } as const;

const command: Command<typeof flags, Pick<Machine, 'write'>> = {
  run: 'npm run pack --',
  flags,
  acts: {
    '': {
      usage: '--out FOLDER',
      takes: ['out'],
      answer({ flags: { out } }, { write }) {
        if (out === undefined) throw new CannotAnswer('Say where the pack goes with --out FOLDER.');
        if (existsSync(out) && readdirSync(out).length > 0)
          throw new CannotAnswer('The folder has files already. Choose one that is empty, or not there yet.');
        const files = Object.entries(packFiles());
        for (const [name, text] of files) write(join(out, name), text);
        return `Wrote ${files.length} files to ${out}. Begin with README.md.`;
      },
    },
  },
};

export const packCommand = (args: readonly string[]) => answerTo(command, args, thisMachine);

if (import.meta.main) await print(packCommand(process.argv.slice(2)));
