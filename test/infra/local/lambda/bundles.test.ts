import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBundles } from '../../../../infra/local/lambda/bundles.ts';
import { startFunctions, temporaryFolder } from './hand-written.ts';

function written(text: string) {
  const folder = temporaryFolder();
  const file = join(folder, 'index.js');
  writeFileSync(file, text);
  return { file, kept: join(folder, 'compiled') };
}
const code = Buffer.from('what the engine compiled');

describe('a bundle', () => {
  it('is read once, and what was compiled of it is found again in the folder', () => {
    const { file, kept } = written('exports.handler = 1;');
    const bundleOf = openBundles(kept);
    const bundle = bundleOf(file);
    expect(Buffer.from(bundle.source ?? []).toString()).toBe('exports.handler = 1;');
    expect(bundle.compiled).toBeUndefined();
    bundle.keep(code);
    expect(bundleOf(file).compiled).toEqual(new Uint8Array(code));
    writeFileSync(file, 'changed');
    expect(bundleOf(file)).toBe(bundle);

    writeFileSync(file, 'exports.handler = 1;');
    expect(openBundles(kept)(file).compiled).toEqual(new Uint8Array(code));
    writeFileSync(file, 'exports.handler = 2;');
    expect(openBundles(kept)(file).compiled).toBeUndefined();
  });

  it('is compiled again where the file in the folder is damaged', () => {
    const { file, kept } = written('exports.handler = 1;');
    openBundles(kept)(file).keep(code);
    const [name = ''] = readdirSync(kept);
    const bytes = readFileSync(join(kept, name));
    bytes[bytes.length - 1] = 0;
    writeFileSync(join(kept, name), bytes);
    expect(openBundles(kept)(file).compiled).toBeUndefined();
  });

  it('is kept in memory alone where the folder cannot be written', () => {
    const { file, kept } = written('exports.handler = 1;');
    writeFileSync(kept, 'a file stands where the folder would be');
    const bundle = openBundles(kept)(file);
    bundle.keep(code);
    expect(bundle.compiled).toEqual(new Uint8Array(code));
  });

  it('that is not there has no source, and is looked for again', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'later', 'index.js');
    const bundleOf = openBundles(undefined);
    expect(bundleOf(file).source).toBeUndefined();
    mkdirSync(join(folder, 'later'));
    writeFileSync(file, '1');
    expect(bundleOf(file).source).toBeDefined();
  });
});

it('an instance begins with what the one before it compiled', async () => {
  const folder = temporaryFolder();
  const { lambda } = startFunctions(
    { Crash: 'exports.handler = async ({ crash }) => { if (crash) process.exit(1); return "well"; };' },
    { options: { compiledFolder: folder } },
  );
  expect(await lambda.invoke('Crash', {})).toEqual({ ok: true, payload: 'well' });
  await expect.poll(() => readdirSync(folder)).toHaveLength(1);
  const [name = ''] = readdirSync(folder);
  const before = readFileSync(join(folder, name));
  await lambda.invoke('Crash', { crash: true });
  expect(await lambda.invoke('Crash', {})).toEqual({ ok: true, payload: 'well' });
  await lambda.stop();
  // The second would have written its own, had the engine refused this one.
  expect(readFileSync(join(folder, name))).toEqual(before);
});
