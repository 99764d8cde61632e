/** Synthesizes the CDK app, with a cache by the content of all its input. */

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface SynthesizeOptions {
  /** Added to the context in `cdk.json`, such as `{ stage: 'training' }`. */
  readonly context?: Readonly<Record<string, string>>;
  /** The folder of assemblies, each in a folder named for its fingerprint. Default: `cdk.out` of this project. */
  readonly outFolder?: string;
  /** Default: `functions` of this project. */
  readonly functionsFolder?: string;
}

const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/** The number of assemblies to keep: a running `npm start` reads its own bundles until it stops. */
const keptAssemblies = 8;
const assemblyName = /^[0-9a-f]{16}$/;

/**
 * Synthesizes to a folder (absolute path) with `Careline.template.json`, `Careline.assets.json` and their assets. A repeat
 * returns the same folder at once (`cached`), without loading the CDK. A finished assembly never changes. Rejects with the reason
 * when synthesis fails, and then leaves nothing behind.
 */
export async function synthesize(
  options: SynthesizeOptions = {},
): Promise<{ readonly folder: string; readonly cached: boolean }> {
  const outFolder = options.outFolder ?? join(projectFolder, 'cdk.out');
  const functionsFolder = options.functionsFolder ?? join(projectFolder, 'functions');
  const given = options.context ?? {};
  const folder = join(outFolder, await fingerprint(functionsFolder, given));
  if (existsSync(folder)) return { folder, cached: true };

  await mkdir(outFolder, { recursive: true });
  const unfinished = await mkdtemp(join(outFolder, 'unfinished-'));
  try {
    const settings = JSON.parse(await readFile(join(projectFolder, 'cdk.json'), 'utf8'));
    await runApp({ ...settings.context, ...given, functionsFolder }, unfinished);
    // The assembly's assets have copies of the bundles.
    await rm(join(unfinished, 'functions'), { recursive: true });
    await rename(unfinished, folder).catch((error: unknown) => {
      // Another process synthesized the same meanwhile: its assembly is equal.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  await removeOldest(outFolder);
  return { folder, cached: false };
}

/**
 * Runs the app in a process of its own, as the CDK command line does. The CDK takes 500 MB, which this process would keep until
 * it ends.
 */
async function runApp(context: Readonly<Record<string, unknown>>, outFolder: string): Promise<void> {
  const app = spawn(process.execPath, [join(projectFolder, 'infra', 'app.ts')], {
    cwd: projectFolder,
    env: { ...process.env, CDK_OUTDIR: outFolder, CDK_CONTEXT_JSON: JSON.stringify(context) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let reason = '';
  app.stderr.setEncoding('utf8').on('data', (text: string) => {
    reason += text;
  });
  const [status] = (await once(app, 'close')) as [number | null];
  if (status !== 0) throw new Error(`The stack could not be synthesized. ${reason.trim()}`);
}

/** 16 hexadecimal digits over path and content of every file that synthesis reads, and over the context. */
async function fingerprint(functionsFolder: string, context: Readonly<Record<string, string>>): Promise<string> {
  const local = join(projectFolder, 'infra', 'local') + sep;
  const sources: readonly (readonly [name: string, folder: string])[] = [
    ['infra', join(projectFolder, 'infra')],
    ['workflows', join(projectFolder, 'workflows')],
    ['shared', join(projectFolder, 'shared')],
    ['functions', functionsFolder],
  ];
  const hash = createHash('sha256');
  for (const [name, folder] of sources) {
    for (const file of await filesBelow(folder)) {
      if (file.startsWith(local)) continue;
      hash
        .update(`${name}/${relative(folder, file)}\0`)
        .update(await readFile(file))
        .update('\0');
    }
  }
  for (const file of ['package-lock.json', 'tsconfig.json', 'cdk.json', 'docs/openapi.json']) {
    hash
      .update(`${file}\0`)
      .update(await readFile(join(projectFolder, file)))
      .update('\0');
  }
  const sorted = Object.entries(context).sort(([one], [other]) => (one < other ? -1 : 1));
  return hash.update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function removeOldest(outFolder: string): Promise<void> {
  const names = (await readdir(outFolder)).filter((name) => assemblyName.test(name));
  const aged = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(outFolder, name))).mtimeMs })),
  );
  const old = aged.sort((one, other) => other.at - one.at).slice(keptAssemblies);
  await Promise.all(old.map(({ name }) => rm(join(outFolder, name), { recursive: true, force: true })));
}
