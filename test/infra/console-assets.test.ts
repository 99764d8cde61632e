/** The console's style sheet and script: small, whole, and of one palette for light and dark pages. */
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { byUse } from '../../infra/constructs/colors-by-use.ts';
import { consoleAssets } from '../../infra/constructs/console-assets.ts';

const assets = consoleAssets(fileURLToPath(new URL('../..', import.meta.url)));
const contentOf = (pattern: RegExp) => assets.find(({ file }) => pattern.test(file))?.content ?? '';
const css = contentOf(/^careline\.[0-9a-f]{10}\.css$/);
const script = contentOf(/^careline\.[0-9a-f]{10}\.js$/);

describe('the assets of the console', () => {
  test.each([
    ['the style sheet', css, 60],
    ['the script', script, 40],
  ])('%s is small', (_, content, kilobytes) => {
    expect(content.length).toBeGreaterThan(1000);
    expect(gzipSync(content).length).toBeLessThan(kilobytes * 1024);
  });

  test('load no other file, and no font', () => {
    expect(
      [...css.matchAll(/url\(([^)]{1,6})/g)]
        .map(([, start]) => start?.replace(/^['"]/, ''))
        .filter((start) => !start?.startsWith('data')),
    ).toEqual([]);
    expect(css).not.toMatch(/@font-face|@import/);
    expect(script).not.toMatch(/https?:\/\//);
  });

  test('have every color as a custom property, and each that the dark page changes is in use', () => {
    const dark = css.slice(css.indexOf('prefers-color-scheme:dark'));
    const changed = [...dark.matchAll(/(--(?:text|ground|line)-[0-9a-f]+):/g)].map(([, name]) => name ?? '');
    expect(changed.length).toBeGreaterThan(20);
    expect(changed.filter((name) => !css.includes(`var(${name})`))).toEqual([]);
  });

  // So a look in the dark need not ask again what no color decides.
  test('differ in the dark by custom properties alone', () => {
    const dark = [...css.matchAll(/@media[^{]*prefers-color-scheme:\s?dark\)\{(:root\{[^}]*\}|)(.?)/g)];
    expect(dark.length).toBeGreaterThan(1);
    for (const [, properties = '', end] of dark) {
      expect(properties.match(/(?<=[{;])[a-z-]+(?=:)/g)?.filter((name) => !name.startsWith('--')) ?? []).toEqual([]);
      expect([properties !== '', end]).toEqual([true, '}']);
    }
  });
});

describe('a color', () => {
  test('has a property for text, another for grounds, and another for lines', () => {
    const [root, ...rules] = byUse('a{color:#fff;background-color:#FFF;border:1px solid #fff}').split('\n');
    expect(root).toBe(':root{--ground-fff:#fff;--line-fff:#fff;--text-fff:#fff;}');
    expect(rules).toEqual([
      'a{color:var(--text-fff);background-color:var(--ground-fff);border:1px solid var(--line-fff)}',
    ]);
  });

  test('by name counts like its digits', () => {
    expect(byUse('a{color:white;background:black}')).toBe(
      ':root{--ground-000:#000;--text-fff:#fff;}\na{color:var(--text-fff);background:var(--ground-000)}',
    );
  });

  test('of a ground that a mask cuts to a picture is one of text', () => {
    const mask = 'a{background-color:#1b1b1b;mask-image:url(x.svg)}';
    expect(byUse(mask)).toContain('background-color:var(--text-1b1b1b)');
  });

  test('in a picture or in the value of a custom property stays', () => {
    const css = 'a{background:url(x.svg#fff) #000;--own:#123456}';
    expect(byUse(css)).toContain('a{background:url(x.svg#fff) var(--ground-000);--own:#123456}');
  });

  test('that is wholly transparent stays', () => {
    expect(byUse('a{background:#0000}')).toBe(':root{}\na{background:#0000}');
  });
});
