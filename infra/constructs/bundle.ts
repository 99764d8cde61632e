import { cpSync, existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, buildSync } from 'esbuild';

const standIns = fileURLToPath(new URL('./sdk-stand-ins.ts', import.meta.url));

/** The bundled functions: one folder for each, with `index.js` in it. */
export interface Bundles {
  /**
   * The folder of one function's bundle. `assets` (paths of files and folders) are copied beside its `index.js`. Throws where the function
   * has no handler.
   */
  folderOf(name: string, assets?: readonly string[]): string;
}

interface Bundling {
  readonly functionsFolder: string;
  readonly outFolder: string;
  readonly projectFolder: string;
}

const handlerOf = (functionsFolder: string, name: string) => join(functionsFolder, name, 'handler.ts');

/** The functions that have a handler, by the names of their folders. */
const namesIn = (functionsFolder: string): readonly string[] =>
  existsSync(functionsFolder)
    ? readdirSync(functionsFolder).filter((name) => existsSync(handlerOf(functionsFolder, name)))
    : [];

/** What esbuild is asked for. */
function orderOf({ functionsFolder, outFolder, projectFolder }: Bundling): BuildOptions {
  return {
    entryPoints: namesIn(functionsFolder).map((name) => ({
      in: handlerOf(functionsFolder, name),
      out: `${name}/index`,
    })),
    outdir: outFolder,
    absWorkingDir: projectFolder,
    tsconfig: join(projectFolder, 'tsconfig.json'),
    nodePaths: [join(projectFolder, 'node_modules')],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    alias: {
      '@aws-sdk/credential-provider-node': standIns,
      '@aws-sdk/endpoint-cache': standIns,
      '@smithy/core/event-streams': standIns,
    },
    // `import('node:http')` in the SDK becomes `require`, so no function starts Node's loader of ES modules (35 ms).
    supported: { 'dynamic-import': false },
    minify: true,
    legalComments: 'none',
    // What it finds wrong is in its error.
    logLevel: 'silent',
  };
}

/**
 * Bundles every `<name>/handler.ts` under `functionsFolder` to `<outFolder>/<name>/index.js` with one call of esbuild. The bundle
 * is CommonJS for Node 24, minified, with the AWS SDK, without a source map. Rejects with what esbuild finds wrong. See
 * docs/decisions/004-one-esbuild-call.md.
 */
export async function writeBundles(options: Bundling): Promise<void> {
  await build(orderOf(options));
}

/**
 * The bundles in `outFolder`, made as by `writeBundles` while the caller waits. Where they lie in `written` already, they are copied.
 */
export function bundleFunctions({
  written,
  ...options
}: Bundling & { readonly written?: string | undefined }): Bundles {
  const names = namesIn(options.functionsFolder);
  if (written !== undefined) cpSync(written, options.outFolder, { recursive: true });
  else buildSync(orderOf(options));
  return {
    folderOf(name, assets = []) {
      if (!names.includes(name)) {
        throw new Error(`The function ${name} has no code: write functions/${name}/handler.ts exporting "handler".`);
      }
      const folder = join(options.outFolder, name);
      for (const asset of assets) cpSync(asset, join(folder, basename(asset)), { recursive: true });
      return folder;
    },
  };
}
