import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { synthesize } from '../../infra/synthesize.ts';
import { apiDescriptionText } from '../support/api-description.ts';
import { makeFolder, writeHandler, writeHandlers } from './trivial-handlers.ts';

// The CDK's own look at the template takes longer than the synthesis; `nag.test.ts` holds the real template against it.
process.env.CDK_VALIDATION = 'false';

describe('synthesis', () => {
  const outFolder = makeFolder();
  const functionsFolder = makeFolder();
  let first: Awaited<ReturnType<typeof synthesize>>;
  beforeAll(async () => {
    writeHandlers(functionsFolder);
    first = await synthesize({ outFolder, functionsFolder });
  });

  test('leaves the template, the list of assets and a bundle for each function', () => {
    expect(first.cached).toBe(false);
    expect(readdirSync(first.folder)).toEqual(
      expect.arrayContaining(['Careline.template.json', 'Careline.assets.json', 'manifest.json']),
    );
    const bundles = readdirSync(first.folder).filter((name) => existsSync(join(first.folder, name, 'index.js')));
    expect(bundles.length).toBe(18);
    expect(readFileSync(join(first.folder, bundles[0] ?? '', 'index.js'), 'utf8')).toContain('module.exports');
  });

  test('gives the function of the API the description of today', () => {
    const carried = readdirSync(first.folder).filter((name) => existsSync(join(first.folder, name, 'openapi.json')));
    expect(carried).toHaveLength(1);
    expect(readFileSync(join(first.folder, carried[0] ?? '', 'index.js'), 'utf8')).toMatch(/"api"/);
    expect(readFileSync(join(first.folder, carried[0] ?? '', 'openapi.json'), 'utf8') === apiDescriptionText()).toBe(
      true,
    );
  });

  test('is not done again while nothing has changed', async () => {
    expect(await synthesize({ outFolder, functionsFolder })).toEqual({ folder: first.folder, cached: true });
  });

  test('for this machine alone takes an assembly that was looked at', async () => {
    const unchecked = await synthesize({ outFolder, functionsFolder, unchecked: true });
    expect(unchecked).toEqual({ folder: first.folder, cached: true });
    expect(readdirSync(outFolder).filter((name) => name.startsWith('functions-'))).toHaveLength(1);
  });

  test('says what esbuild finds wrong, and leaves nothing behind', async () => {
    const broken = makeFolder();
    const out = makeFolder();
    writeHandlers(broken);
    writeHandler(broken, 'react', 'export const handler = ;');
    await expect(synthesize({ outFolder: out, functionsFolder: broken })).rejects.toThrow('react/handler.ts:1:23');
    expect(readdirSync(out)).toEqual([]);
  });

  test('is done again for another context or another line of code, and leaves the earlier one as it was', async () => {
    const before = readFileSync(join(first.folder, 'Careline.template.json'), 'utf8');
    writeHandler(functionsFolder, 'react', "export const handler = async () => 'changed';");
    const second = await synthesize({
      outFolder,
      functionsFolder,
      context: {
        stage: 'training',
        consoleUrl: 'https://careline.example',
        oncallEmail: 'oncall@careline.example',
      },
    });
    expect(second.cached).toBe(false);
    expect(second.folder).not.toBe(first.folder);
    expect(readFileSync(join(second.folder, 'Careline.template.json'), 'utf8')).toContain('training-careline-referral');
    expect(readFileSync(join(first.folder, 'Careline.template.json'), 'utf8')).toBe(before);
  });

  test('says which function has no code, and leaves nothing behind', async () => {
    const empty = makeFolder();
    const out = makeFolder();
    await expect(synthesize({ outFolder: out, functionsFolder: empty })).rejects.toThrow(
      'write functions/ask-same-child/handler.ts',
    );
    expect(readdirSync(out)).toEqual([]);
  });
});
