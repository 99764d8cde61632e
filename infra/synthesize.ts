/** Synthesizes the CDK app, with a cache by the content of all its input. */

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeBundles } from './constructs/bundle.ts';

export interface SynthesizeOptions {
  /** Added to the context in `cdk.json`, such as `{ stage: 'training' }`. */
  readonly context?: Readonly<Record<string, string>>;
  /** The folder of assemblies, each in a folder named for its fingerprint. Default: `cdk.out` of this project. */
  readonly outFolder?: string;
  /** Default: `functions` of this project. */
  readonly functionsFolder?: string;
  /**
   * For this machine alone: without the CDK's and cdk-nag's look at the template, a third of the time. Tests and deployments look.
   * An assembly that was looked at is taken where there is one.
   */
  readonly unchecked?: true;
}

const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/** The number of assemblies to keep: a running `npm start` reads its own bundles until it stops. */
const keptAssemblies = 8;
const assemblyName = /^[0-9a-f]{16}$/;
/** Bundles serve every context. Those of the last sources are kept, and those of one before. */
const keptBundles = 2;
const bundlesName = /^functions-[0-9a-f]{16}$/;

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
  const sources = await digestOfSources(functionsFolder);
  const checked = join(outFolder, digestOf(sources, given));
  if (existsSync(checked)) return { folder: checked, cached: true };
  const context = options.unchecked ? { ...given, unchecked: true } : given;
  const folder = join(outFolder, digestOf(sources, context));
  if (existsSync(folder)) return { folder, cached: true };

  await mkdir(outFolder, { recursive: true });
  const unfinished = await mkdtemp(join(outFolder, 'unfinished-'));
  try {
    const settings = JSON.parse(await readFile(join(projectFolder, 'cdk.json'), 'utf8'));
    const kept = join(outFolder, `functions-${sources.slice(0, 16)}`);
    const made = join(unfinished, 'bundles');
    const isKept = existsSync(kept);
    if (!isKept) await mkdir(made);
    const bundled = isKept ? Promise.resolve() : writeBundles({ projectFolder, functionsFolder, outFolder: made });
    const all = { ...settings.context, ...context, functionsFolder, bundlesFolder: isKept ? kept : made };
    await runApp(all, unfinished, bundled);
    if (!isKept) await finish(made, kept);
    // The assembly's assets have copies of the bundles.
    await rm(join(unfinished, 'functions'), { recursive: true });
    await finish(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  await removeOldest(outFolder, assemblyName, keptAssemblies);
  await removeOldest(outFolder, bundlesName, keptBundles);
  return { folder, cached: false };
}

/** Gives a finished folder its name. Where another process made the same meanwhile, that one stays: it is equal. */
async function finish(made: string, folder: string): Promise<void> {
  await rename(made, folder).catch((error: unknown) => {
    if (!existsSync(folder)) throw error;
  });
}

/**
 * Runs the app in a process of its own, as the CDK command line does. The CDK takes 500 MB, which this process would keep until
 * it ends. The CDK is read while the functions are `bundled`, each on a core of its own.
 */
async function runApp(
  context: Readonly<Record<string, unknown>>,
  outFolder: string,
  bundled: Promise<void>,
): Promise<void> {
  const app = spawn(process.execPath, [join(projectFolder, 'infra', 'app.ts'), '--when-bundled'], {
    cwd: projectFolder,
    env: {
      ...process.env,
      CDK_OUTDIR: outFolder,
      CDK_CONTEXT_JSON: JSON.stringify(context),
      ...(context.unchecked === true && { CDK_VALIDATION: 'false' }),
    },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let reason = '';
  app.stderr.setEncoding('utf8').on('data', (text: string) => {
    reason += text;
  });
  // It may have ended before it was told.
  app.stdin.on('error', () => undefined);
  const ended = once(app, 'close') as Promise<[number | null]>;
  try {
    await bundled;
    app.stdin.end();
  } catch (error) {
    app.kill();
    reason = error instanceof Error ? error.message : String(error);
  }
  const [status] = await ended;
  if (status !== 0) throw new Error(`The stack could not be synthesized. ${reason.trim()}`);
}

const digestOf = (sources: string, context: Readonly<Record<string, unknown>>): string => {
  const sorted = Object.entries(context).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(sources).update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
};

/** Over path and content of every file that synthesis reads. */
async function digestOfSources(functionsFolder: string): Promise<string> {
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
  for (const file of ['package-lock.json', 'tsconfig.json', 'cdk.json']) {
    hash
      .update(`${file}\0`)
      .update(await readFile(join(projectFolder, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function removeOldest(outFolder: string, isOne: RegExp, kept: number): Promise<void> {
  const names = (await readdir(outFolder)).filter((name) => isOne.test(name));
  const aged = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(outFolder, name))).mtimeMs })),
  );
  const old = aged.sort((one, other) => other.at - one.at).slice(kept);
  await Promise.all(old.map(({ name }) => rm(join(outFolder, name), { recursive: true, force: true })));
}
