/**
 * `npm run synth [-- name=value …]`: synthesizes with these settings and prints the file of the template. Warns of a state
 * machine that the embedded cloud refuses, such as for a reference to what nothing defines.
 */

import { spawnSync } from 'node:child_process';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { settingProblems } from './constructs/settings.ts';
import { mergeSettings, readWords } from './deploy/given-settings.ts';
import { refuseIf, runCommand } from './deploy/refused.ts';
import { synthesize } from './synthesize.ts';

const help = `npm run synth [-- name=value …]
Prints the file of the template, and needs no account. Without settings it is that of npm start, stage=local.
The settings are those of npm run deploy -- --help.`;

async function synth(words: readonly string[]): Promise<number> {
  if (words.includes('--help')) {
    console.log(help);
    return 0;
  }
  const { given, problems } = readWords(words);
  const context = mergeSettings({}, given);
  refuseIf([...problems, ...settingProblems(context)]);
  const { folder, cached } = await synthesize({ context });
  console.log(`${relative('', join(folder, 'Careline.template.json'))}${cached ? ' (unchanged)' : ''}`);
  const check = fileURLToPath(new URL('local/stepfunctions/check-definitions-command.ts', import.meta.url));
  spawnSync(process.execPath, [check, folder], { stdio: 'inherit' });
  return 0;
}

await runCommand(() => synth(process.argv.slice(2)), 'Nothing was synthesized.');
