/** The console's assets as the stack makes them, for tests without a cloud. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { consoleAssets } from '../../infra/constructs/console-assets.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

export const buildAssets = () => consoleAssets(projectFolder);

/** A script that runs one part of the console's script alone: `act` of `browser/<file>`. */
export function scriptOf(file: string, act: string): string {
  const [script] = buildSync({
    stdin: {
      contents: `import { ${act} } from './${file}'; ${act}();`,
      resolveDir: join(projectFolder, 'functions/console/browser'),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'iife',
  }).outputFiles;
  return script?.text ?? '';
}
