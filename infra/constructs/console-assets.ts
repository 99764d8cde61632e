/** The console's style sheet, script and icon, made from its sources. See docs/decisions/041-the-console-s-own-assets.md. */

import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, parse, relative } from 'node:path';
import { buildSync } from 'esbuild';
import { compile } from 'sass';
import { byUse } from './colors-by-use.ts';

/** A file that browsers may keep for a year, because its name changes with its content: `careline.3f2a9c01de.css`. */
export interface Asset {
  readonly file: string;
  readonly content: string;
}

/** Browsers of the last three years. */
const target = ['chrome115', 'edge115', 'firefox115', 'safari16.4'];

/**
 * Makes the assets of `functions/console`: `app/styles/careline.scss`, `browser/careline.ts`, and `app/careline.svg`.
 * Sass takes seconds, so its output is kept under `node_modules/.cache`, by the content of every source. Throws what Sass or
 * esbuild finds wrong.
 */
export function consoleAssets(projectFolder: string): readonly Asset[] {
  const consoleFolder = join(projectFolder, 'functions/console');
  const shared = { absWorkingDir: projectFolder, bundle: true, minify: true, write: false, target } as const;
  const [style] = buildSync({
    ...shared,
    // The design system's pictures become part of the style sheet.
    stdin: {
      contents: styleSheet(consoleFolder, projectFolder),
      loader: 'css',
      resolveDir: uswds(projectFolder, 'dist'),
    },
    loader: { '.svg': 'dataurl' },
    legalComments: 'none',
  }).outputFiles;
  const [script] = buildSync({
    ...shared,
    entryPoints: [join(consoleFolder, 'browser/careline.ts')],
    format: 'iife',
    legalComments: 'none',
  }).outputFiles;
  return [
    named('careline.css', style?.text ?? ''),
    named('careline.js', script?.text ?? ''),
    named('careline.svg', readFileSync(join(consoleFolder, 'app/careline.svg'), 'utf8')),
  ];
}

/** Writes the assets to the folder `assets` in `outFolder`, and gives its path. */
export function writeConsoleAssets({
  projectFolder,
  outFolder,
}: {
  readonly projectFolder: string;
  readonly outFolder: string;
}): string {
  const folder = join(outFolder, 'assets');
  mkdirSync(folder, { recursive: true });
  for (const { file, content } of consoleAssets(projectFolder)) writeFileSync(join(folder, file), content);
  return folder;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 10);

function named(name: string, content: string): Asset {
  const { name: stem, ext } = parse(name);
  return { file: `${stem}.${digest(content)}${ext}`, content };
}

const uswds = (projectFolder: string, ...path: readonly string[]) =>
  join(projectFolder, 'node_modules/@uswds/uswds', ...path);

/** The compiled Sass, with a custom property for every color. */
function styleSheet(consoleFolder: string, projectFolder: string): string {
  const sources = globSync('**/*.scss', { cwd: consoleFolder }).map((path) => join(consoleFolder, path));
  const read = [...sources.toSorted(), join(projectFolder, 'package-lock.json'), import.meta.filename];
  const content = read.map((path) => `${relative(projectFolder, path)}\0${readFileSync(path, 'utf8')}\0`);
  const folder = join(projectFolder, 'node_modules/.cache/console-styles');
  const kept = join(folder, `${digest(content.join(''))}.css`);
  if (existsSync(kept)) return byUse(readFileSync(kept, 'utf8'));
  const { css } = compile(join(consoleFolder, 'app/styles/careline.scss'), {
    loadPaths: [uswds(projectFolder, 'packages')],
    quietDeps: true,
    charset: false,
  });
  mkdirSync(folder, { recursive: true });
  // Another process may write the same now: a reader never meets half a file.
  const unfinished = `${kept}.${process.pid}`;
  writeFileSync(unfinished, css);
  renameSync(unfinished, kept);
  return byUse(css);
}
