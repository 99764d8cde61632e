import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { standInsName } from './lighter-sources.ts';

const standIns = fileURLToPath(new URL('./sdk-stand-ins.ts', import.meta.url));
const bundler = fileURLToPath(new URL('./bundle-in-process.ts', import.meta.url));

/** The bundled functions: one folder for each, with `index.js` in it. */
export interface Bundles {
  /**
   * The folder of one function's bundle. `assets` (paths of files and folders) are copied beside its `index.js`. Throws where the function
   * has no handler.
   */
  folderOf(name: string, assets?: readonly string[]): string;
}

/**
 * Bundles every `<name>/handler.ts` under `functionsFolder` to `<outFolder>/<name>/index.js` with one call of esbuild. The bundle
 * is CommonJS for Node 24, minified, with the AWS SDK, without a source map. See docs/decisions/004-one-esbuild-call.md.
 */
export function bundleFunctions(options: {
  readonly functionsFolder: string;
  readonly outFolder: string;
  readonly projectFolder: string;
}): Bundles {
  const handlerOf = (name: string) => join(options.functionsFolder, name, 'handler.ts');
  const names = existsSync(options.functionsFolder)
    ? readdirSync(options.functionsFolder).filter((name) => existsSync(handlerOf(name)))
    : [];
  const build = {
    entryPoints: names.map((name) => ({ in: handlerOf(name), out: `${name}/index` })),
    outdir: options.outFolder,
    absWorkingDir: options.projectFolder,
    tsconfig: join(options.projectFolder, 'tsconfig.json'),
    nodePaths: [join(options.projectFolder, 'node_modules')],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    alias: {
      '@aws-sdk/credential-provider-node': standIns,
      '@aws-sdk/endpoint-cache': standIns,
      '@smithy/core/event-streams': standIns,
      [standInsName]: standIns,
    },
    // `import('node:http')` in the SDK becomes `require`, so no function starts Node's loader of ES modules (35 ms).
    supported: { 'dynamic-import': false },
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  } as const;
  execFileSync(process.execPath, [bundler], { input: JSON.stringify(build), stdio: ['pipe', 'inherit', 'inherit'] });
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
