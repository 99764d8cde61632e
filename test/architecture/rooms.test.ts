import { existsSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const rooms = ['infra', 'functions', 'shared', 'test'];

/** Reads every module below the rooms of `baseDir` and holds them against the table. */
async function cruiseRooms(baseDir: string): Promise<ICruiseResult> {
  const { options, ...ruleSet } = await extractDepcruiseConfig(join(projectFolder, '.dependency-cruiser.mjs'));
  const there = rooms.filter((room) => existsSync(join(baseDir, room)));
  const { output } = await cruise(there, { ...options, ruleSet, validate: true, baseDir });
  if (typeof output === 'string') throw new Error('dependency-cruiser answered text instead of its findings.');
  return output;
}

const sentences = ({ summary }: ICruiseResult) =>
  summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} imports ${to}`);

describe('the rooms of the house', () => {
  let result: ICruiseResult;
  beforeAll(async () => {
    result = await cruiseRooms(projectFolder);
  });

  test('no room imports what it may not', () => {
    expect(sentences(result)).toEqual([]);
  });

  test.each(rooms)('every file of %s was read', (room) => {
    const onDisk = globSync(`${room}/**/*.{ts,tsx}`, { cwd: projectFolder }).filter((file) => !file.endsWith('.d.ts'));
    const read = new Set(result.modules.map(({ source }) => source));
    expect(onDisk.filter((file) => !read.has(file))).toEqual([]);
    expect(onDisk.length > 0).toBe(existsSync(join(projectFolder, room)));
  });

  test('more than fifty modules were read', () => {
    expect(result.modules.filter(({ source }) => /[.]tsx?$/.test(source)).length).toBeGreaterThan(50);
  });
});

describe('the table bites', () => {
  const cases: readonly (readonly [rule: string, from: string, line: string, to?: string, back?: string])[] = [
    ['domain-and-policy-are-pure', 'shared/domain/one.ts', "import 'node:fs';"],
    ['contracts-know-the-domain', 'shared/contracts/one.ts', "import '../store/two.ts';", 'shared/store/two.ts'],
    ['store-talks-to-its-tables', 'shared/store/one.ts', "import '../policy/two.ts';", 'shared/policy/two.ts'],
    ['composing-is-pure', 'shared/alerts/compose/one.ts', "import '../send/two.ts';", 'shared/alerts/send/two.ts'],
    [
      'sending-talks-to-its-services',
      'shared/alerts/send/one.ts',
      "import '../../store/two.ts';",
      'shared/store/two.ts',
    ],
    ['lambda-wraps-handlers', 'shared/lambda/one.ts', "import '../alerts/two.ts';", 'shared/alerts/two.ts'],
    [
      'application-does-what-both-doors-do',
      'shared/application/one.ts',
      "import '../lambda/two.ts';",
      'shared/lambda/two.ts',
    ],
    ['commands-answer-at-the-terminal', 'shared/cli/one.ts', "import '../lambda/two.ts';", 'shared/lambda/two.ts'],
    ['nothing-imports-commands', 'functions/api/handler.ts', "import '../../shared/cli/two.ts';", 'shared/cli/two.ts'],
    ['reports-are-pure', 'shared/reports/one.ts', "import '../store/two.ts';", 'shared/store/two.ts'],
    ['handlers-wire', 'functions/api/handler.ts', "import '../react/react.ts';", 'functions/react/react.ts'],
    [
      'functions-take-everything-as-arguments',
      'functions/api/api.ts',
      "import '../react/react.ts';",
      'functions/react/react.ts',
    ],
    [
      'functions-use-only-types-of-store-and-send',
      'functions/api/api.ts',
      "import '../../shared/store/two.ts';",
      'shared/store/two.ts',
    ],
    [
      'policy-knows-only-types-of-the-domain',
      'shared/policy/one.ts',
      "import '../domain/two.ts';",
      'shared/domain/two.ts',
    ],
    [
      'only-the-command-line-reads-drafts',
      'shared/policy/one.ts',
      "import './law/candidate-policy.ts';",
      'shared/policy/law/candidate-policy.ts',
    ],
    ['law-is-checked-at-release', 'shared/policy/policies.ts', "import './law/law.ts';", 'shared/policy/law/law.ts'],
    [
      'scripts-of-pages-stand-alone',
      'functions/console/browser/one.ts',
      "import '../app/two.ts';",
      'functions/console/app/two.ts',
    ],
    ['infra-describes', 'infra/app.ts', "import '../functions/react/react.ts';", 'functions/react/react.ts'],
    [
      'embedded-cloud-runs-the-template',
      'infra/local/one.ts',
      "import '../../shared/domain/two.ts';",
      'shared/domain/two.ts',
    ],
    ['nothing-imports-tests', 'shared/domain/one.ts', "import '../../test/two.ts';", 'test/two.ts'],
    ['nothing-imports-infra', 'shared/lambda/one.ts', "import '../../infra/two.ts';", 'infra/two.ts'],
    ['everything-imported-is-there', 'infra/one.ts', "import './two.ts';"],
    [
      'no-circles',
      'shared/domain/one.ts',
      "import type { Two } from './two.ts';\nexport interface One { readonly two?: Two }",
      'shared/domain/two.ts',
      "import type { One } from './one.ts';\nexport interface Two { readonly one?: One }",
    ],
  ];

  test.each(cases)('%s', async (rule, from, line, to, back = 'export {};') => {
    const folder = mkdtempSync(join(tmpdir(), 'careline-rooms-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const [file, text] of [[from, line], ...(to ? [[to, back]] : [])] as const) {
      mkdirSync(dirname(join(folder, file ?? '')), { recursive: true });
      writeFileSync(join(folder, file ?? ''), text ?? '');
    }
    const rules = (await cruiseRooms(folder)).summary.violations.map((violation) => violation.rule.name);
    expect(rules).toContain(rule);
  });

  test('a handler may import its own work and its shared rooms', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'careline-rooms-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const file of ['functions/api/api.ts', 'functions/api/handler.ts', 'shared/store/ledger.ts']) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), 'export type Ledger = string;');
    }
    writeFileSync(
      join(folder, 'functions/api/handler.ts'),
      "import './api.ts';\nimport '../../shared/store/ledger.ts';\nexport {};",
    );
    writeFileSync(
      join(folder, 'functions/api/api.ts'),
      "import type { Ledger } from '../../shared/store/ledger.ts';\nexport const ledger: Ledger = '';",
    );
    expect(sentences(await cruiseRooms(folder))).toEqual([]);
  });
});
