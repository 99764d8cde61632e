/** The script that checks a proof file: one readable file for Node, without dependencies. */
import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** Its text, from `shared/proof/verify-file.ts`. Throws what esbuild finds wrong. */
export function verifyScript(projectFolder: string): string {
  const [script] = buildSync({
    absWorkingDir: projectFolder,
    entryPoints: [join(projectFolder, 'shared/proof/verify-file.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    charset: 'utf8',
  }).outputFiles;
  return script?.text ?? '';
}

/** Writes the script as `verify.mjs` to `outFolder`, and gives its path. */
export function writeVerifyScript({
  projectFolder,
  outFolder,
}: {
  readonly projectFolder: string;
  readonly outFolder: string;
}): string {
  mkdirSync(outFolder, { recursive: true });
  const file = join(outFolder, 'verify.mjs');
  writeFileSync(file, verifyScript(projectFolder));
  return file;
}

/** The SHA-256 of the script in this file, as 64 digits. Witnesses get it apart from each proof file. */
export const digestOfScript = (file: string): string => hash('sha256', readFileSync(file));

// `npm run audit -- proof` asks for it so.
if (import.meta.main) process.stdout.write(verifyScript(fileURLToPath(new URL('../..', import.meta.url))));
