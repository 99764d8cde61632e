/** The stack with other settings than those of `npm start`, and with the least functions that can be deployed. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApp } from '../../infra/app.ts';
import { writeBundles } from '../../infra/constructs/bundle.ts';
import { type Assembly, assemblyIn } from './assembly.ts';
import { makeFolder, writeHandlers } from './trivial-handlers.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const [functionsFolder, bundlesFolder, made] = [makeFolder(), makeFolder(), makeFolder()];
writeHandlers(functionsFolder);
await writeBundles({ projectFolder, functionsFolder, outFolder: bundlesFolder });
const { context: flags } = JSON.parse(readFileSync(join(projectFolder, 'cdk.json'), 'utf8'));

/**
 * Made in this process, because reading the CDK takes longer than making a stack. No one looks for findings: `nag.test.ts` does.
 * `context`: settings of a deployment.
 */
export function stackWith(context: Readonly<Record<string, string>>): Assembly {
  const outFolder = mkdtempSync(join(made, 'stack-'));
  createApp({ outFolder, functionsFolder, context: { ...flags, ...context, bundlesFolder, unchecked: true } }).synth();
  return assemblyIn(outFolder);
}
