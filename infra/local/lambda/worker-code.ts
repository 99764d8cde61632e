import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

let code: string | undefined;

/** The source text of `worker.ts` with what it imports, as CommonJS, for `new Worker(text, { eval: true })`. */
export function workerCode(): string {
  code ??= buildSync({
    entryPoints: [fileURLToPath(new URL('./worker.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    // A worker evaluates it as a script, whose variables would all be global ones of the function.
    banner: { js: '(() => {' },
    footer: { js: '})();' },
  }).outputFiles[0]?.text;
  if (code === undefined) throw new Error('esbuild gave no code for the Lambda worker.');
  return code;
}
