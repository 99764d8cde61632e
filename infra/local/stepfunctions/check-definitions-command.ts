/**
 * `node infra/local/stepfunctions/check-definitions-command.ts FOLDER`: warns of the state machines of a synthesized
 * assembly, for rooms that may not import the embedded cloud. Each warning is a line on stderr. The status is 0: what a
 * person wrote is still synthesized.
 */
import { readTemplate } from '../template/template.ts';
import { definitionWarnings } from './definition-warnings.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Give the folder of a synthesized assembly.');
  process.exitCode = 2;
} else {
  for (const sentence of definitionWarnings(readTemplate(folder))) console.error(`Warning: ${sentence}`);
}
