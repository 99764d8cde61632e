/**
 * `npm run synth [-- name=value …]`: synthesizes with this context and prints the folder of the template. Warns of
 * what a state machine refers to and nothing defines. Step Functions takes that, and fails once it comes to it.
 */

import { spawnSync } from 'node:child_process';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { synthesize } from './synthesize.ts';

const context = Object.fromEntries(
  process.argv.slice(2).map((argument) => {
    const [, name, value] = /^([A-Za-z]+)=(.*)$/.exec(argument) ?? [];
    if (name === undefined || value === undefined) {
      throw new Error(`"${argument}" is not understood; give context as name=value, such as stage=training.`);
    }
    return [name, value];
  }),
);
const { folder, cached } = await synthesize({ context });
console.log(`${relative('', join(folder, 'Careline.template.json'))}${cached ? ' (unchanged)' : ''}`);

const check = fileURLToPath(new URL('local/stepfunctions/check-definitions-command.ts', import.meta.url));
spawnSync(process.execPath, [check, folder], { stdio: 'inherit' });
