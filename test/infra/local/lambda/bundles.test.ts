import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBundles } from '../../../../infra/local/lambda/bundles.ts';
import { temporaryFolder } from './hand-written.ts';

describe('a bundle', () => {
  it('is read once, for all instances', () => {
    const file = join(temporaryFolder(), 'index.js');
    writeFileSync(file, 'exports.handler = 1;');
    const bundleOf = openBundles();
    const bundle = bundleOf(file);
    expect(Buffer.from(bundle.source ?? []).toString()).toBe('exports.handler = 1;');
    writeFileSync(file, 'changed');
    expect(bundleOf(file)).toBe(bundle);
  });

  it('that is not there has no source, and is looked for again', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'later', 'index.js');
    const bundleOf = openBundles();
    expect(bundleOf(file).source).toBeUndefined();
    mkdirSync(join(folder, 'later'));
    writeFileSync(file, '1');
    expect(bundleOf(file).source).toBeDefined();
  });
});
