/** The pack for another state: what is in it, and that it holds no case. */
import { describe, expect, test } from 'vitest';
import { packFiles } from '../../shared/describe/pack.ts';
import { commands } from '../../shared/domain/commands.ts';
import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';

describe('the pack for another state', () => {
  const files = packFiles();
  const parsed = (name: string) => JSON.parse(files[name] ?? '');

  test('has every file that its first page names, and each has words', () => {
    const named = [...(files['README.md'] ?? '').matchAll(/[a-z-]+[.](?:md|json|svg)/g)].map(([name]) => name);
    expect(new Set(named)).toEqual(new Set(Object.keys(files).filter((name) => name !== 'README.md')));
    for (const text of Object.values(files)) expect(text.length).toBeGreaterThan(400);
  });

  test('has every rule of the policy with its source', () => {
    const { deadlines } = parsed('policy.json') as { deadlines: { id: string; source: string }[] };
    expect(deadlines.map(({ id }) => id)).toEqual(connecticut20261.deadlines.map(({ id }) => id));
    for (const { source } of deadlines) expect(source).toMatch(/\S/);
  });

  test('has every form with its fields, and each field has a label', () => {
    const forms = parsed('forms.json') as { name: string; fields: Record<string, string>; schema: object }[];
    expect(forms.map(({ name }) => name)).toEqual(Object.keys(commands));
    for (const { fields } of forms) for (const label of Object.values(fields)) expect(label).toMatch(/\S/);
  });

  test('names no person and no referral beyond the examples of the documents', () => {
    const own = Object.entries(files).filter(([name]) => /^(policy|targets|scorecard|forms)[.]json$/.test(name));
    for (const [name, text] of own)
      expect([name, text.match(/CR-[0-9A-Z]{5}-|@(?!.*[.]example)/g)]).toEqual([name, null]);
  });
});
