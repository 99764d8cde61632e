import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('./worker.ts', import.meta.url));

async function build(): Promise<string> {
  // Loaded only here: most of those who read this room start no function.
  const esbuild = await import('esbuild');
  const { outputFiles } = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    // A worker evaluates it as a script, whose variables would all be global ones of the function.
    banner: { js: '(() => {' },
    footer: { js: '})();' },
  });
  const code = outputFiles[0]?.text;
  if (code === undefined) throw new Error('esbuild gave no code for the Lambda worker.');
  return code;
}

let code: Promise<string> | undefined;

/** The source text of `worker.ts` with what it imports, as CommonJS, for `new Worker(text, { eval: true })`. */
export function workerCode(): Promise<string> {
  code ??= build();
  return code;
}
