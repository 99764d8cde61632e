import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const project = fileURLToPath(new URL('../../..', import.meta.url));
const entry = fileURLToPath(new URL('./worker.ts', import.meta.url));
/** What decides about the code beside what is bundled: the options below, and the version of esbuild. */
const settings = [relative(project, fileURLToPath(import.meta.url)), 'package-lock.json'];

/** Digests of the files that the code was made of, by their paths in this project. */
const kept = z.object({ files: z.record(z.string(), z.string()), code: z.string(), digest: z.string() });

const digestOf = (content: string | Uint8Array) => hash('sha256', content, 'hex');
const digestOfFile = (file: string) => digestOf(readFileSync(join(project, file)));

/** The code that is kept in `place`, where all that it was made of is as it was. */
function readKept(place: string): string | undefined {
  try {
    const { files, code, digest } = kept.parse(JSON.parse(readFileSync(place, 'utf8')));
    const isSame = Object.entries(files).every(([file, before]) => digestOfFile(file) === before);
    return isSame && digestOf(code) === digest ? code : undefined;
  } catch {
    // Nothing is there, or it cannot be read.
    return undefined;
  }
}

async function build(): Promise<z.infer<typeof kept>> {
  // Loaded only here: a start that finds the code does not need it.
  const esbuild = await import('esbuild');
  const { outputFiles, metafile } = await esbuild.build({
    entryPoints: [entry],
    absWorkingDir: project,
    bundle: true,
    write: false,
    metafile: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    // A worker evaluates it as a script, whose variables would all be global ones of the function.
    banner: { js: '(() => {' },
    footer: { js: '})();' },
  });
  const code = outputFiles[0]?.text;
  if (code === undefined) throw new Error('esbuild gave no code for the Lambda worker.');
  const files = [...Object.keys(metafile.inputs), ...settings];
  return { files: Object.fromEntries(files.map((file) => [file, digestOfFile(file)])), code, digest: digestOf(code) };
}

/** What cannot be kept is built again. */
function write(place: string, content: z.infer<typeof kept>): void {
  try {
    mkdirSync(dirname(place), { recursive: true });
    const unfinished = `${place}.${process.pid}`;
    writeFileSync(unfinished, JSON.stringify(content), { mode: 0o600 });
    renameSync(unfinished, place);
  } catch {
    // A folder that this process may not write to.
  }
}

/** The code as `workerCode` gives it, kept in the file `place` for the next process. */
export async function openWorkerCode(place: string): Promise<string> {
  const found = readKept(place);
  if (found !== undefined) return found;
  const made = await build();
  write(place, made);
  return made.code;
}

let code: Promise<string> | undefined;

/** The source text of `worker.ts` with what it imports, as CommonJS, for `new Worker(text, { eval: true })`. */
export function workerCode(): Promise<string> {
  code ??= openWorkerCode(join(project, '.cache', 'worker-code.json'));
  return code;
}
