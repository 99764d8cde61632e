/**
 * Bundles with the options on standard input. It is a process of its own, because CDK cannot wait for esbuild's plugins. See
 * `bundle.ts`.
 */
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { lighterSources } from './lighter-sources.ts';

const lighter: Plugin = {
  name: 'lighter-sources',
  setup({ onLoad }) {
    for (const { path, lighten } of lighterSources) {
      onLoad({ filter: path }, ({ path: file }) => ({
        contents: lighten(readFileSync(file, 'utf8'), file.replaceAll('\\', '/')),
        loader: extname(file) === '.json' ? 'json' : 'js',
      }));
    }
  },
};

const options = JSON.parse(readFileSync(0, 'utf8')) as BuildOptions;
try {
  await build({ ...options, plugins: [lighter] });
} catch {
  // esbuild has told the errors.
  process.exitCode = 1;
}
