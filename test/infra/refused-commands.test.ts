/** What each command says to bad input, in a process of its own. Each is a sentence with a way out, and nothing is half-done. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let above: string;
beforeAll(() => {
  above = mkdtempSync(join(tmpdir(), 'careline-refused-'));
});
afterAll(() => rmSync(above, { recursive: true, force: true }));

const project = fileURLToPath(new URL('../..', import.meta.url));

/** No settings of AWS, whatever this machine has. */
const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))),
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
};

interface Ended {
  readonly status: number;
  readonly told: readonly string[];
}

const run = (file: string, words: readonly string[], more: Readonly<Record<string, string>> = {}) =>
  new Promise<Ended>((resolve) => {
    const child = execFile(
      process.execPath,
      [join(project, file), ...words],
      { cwd: above, env: { ...environment, ...more } },
      (_error, _output, errors) => resolve({ status: child.exitCode ?? -1, told: errors.trim().split('\n') }),
    );
  });

const deploy = (...words: readonly string[]) => run('infra/deploy-command.ts', words);
const nothingCreated = 'Nothing was created or changed.';

describe('npm run deploy', { timeout: 60_000 }, () => {
  test('judges the settings that were given before it asks for region and credentials', async () => {
    expect(await deploy('--check', 'mailFrom=desk@other.example', 'mailDomain=agency.example')).toEqual({
      status: 2,
      told: [expect.stringContaining('must be an address at "mailDomain" (agency.example)'), nothingCreated],
    });
    expect(await deploy('--check', 'oncallEmail=desk', 'codeKeys=none')).toEqual({
      status: 2,
      told: [expect.stringContaining('"oncallEmail"'), expect.stringContaining('"codeKeys"'), nothingCreated],
    });
  });

  test('says what a first deployment lacks where there is no region', async () => {
    expect(await deploy('--check', 'stage=training', 'mailDomain=agency.example')).toEqual({
      status: 2,
      told: [
        expect.stringMatching(/^For a first deployment: The setting "oncallEmail" is missing/),
        expect.stringContaining('set AWS_REGION'),
        nothingCreated,
      ],
    });
  });

  test('says how to give credentials', async () => {
    const { status, told } = await deploy(
      'stage=training',
      'mailDomain=agency.example',
      'oncallEmail=oncall@agency.example',
      'region=us-east-1',
    );
    expect([status, ...told]).toEqual([2, expect.stringContaining('There are no AWS credentials'), nothingCreated]);
  });

  test('names the profile that gives no credentials', async () => {
    const words = ['stage=training', 'mailDomain=agency.example', 'oncallEmail=oncall@agency.example'];
    const { told } = await run('infra/deploy-command.ts', [...words, 'region=us-east-1'], { AWS_PROFILE: 'trainig' });
    expect(told).toEqual([expect.stringContaining('The AWS profile "trainig" (AWS_PROFILE)'), nothingCreated]);
  });
});

describe('another command', { timeout: 60_000 }, () => {
  test.each([
    ['npm run release, without a region', 'infra/release-command.ts', ['show'], 'set AWS_REGION'],
    [
      'npm run release, where nothing answers',
      'infra/release-command.ts',
      ['show', '--endpoint', 'http://127.0.0.1:1'],
      'run "npm start"',
    ],
    [
      'npm run release, with half an address',
      'infra/release-command.ts',
      ['show', '--endpoint', 'foo'],
      '--endpoint needs',
    ],
    ['npm run release, with a day', 'infra/release-command.ts', ['back', '--before', 'yesterday'], '--before needs'],
    ['npm run restore-drill, with a word', 'test/support/restore-drill-command.ts', ['now'], 'takes no options'],
    [
      'npm run bench, with a misspelled option',
      'test/bench/bench-command.ts',
      ['--grow'],
      'There is no option --grow.',
    ],
    ['npm run bench, with a word', 'test/bench/bench-command.ts', ['growth'], 'Every word must be an option'],
    ['npm run release-check', 'test/support/release-check-command.ts', ['nosuch'], 'no release with a file of shapes'],
  ])('%s', async (_name, file, words, sentence) => {
    expect(await run(file, words)).toEqual({ status: 2, told: [expect.stringContaining(sentence)] });
  });

  test.each([
    ['npm run bench', 'test/bench/bench-command.ts'],
    ['npm run release-check', 'test/support/release-check-command.ts'],
  ])('%s -- --help does nothing else', async (_name, file) => {
    expect(await run(file, ['--help'])).toEqual({ status: 0, told: [''] });
  });

  test.each([
    ['npm run destroy', 'infra/destroy-command.ts', [], 'Nothing was destroyed.'],
    [
      'npm run first-administrator',
      'infra/first-administrator-command.ts',
      ['email=pat@agency.example', 'name=Pat Example', 'phone=203-555-0100'],
      'No person was created.',
    ],
  ])('%s', async (_name, file, words, ending) => {
    expect(await run(file, words)).toEqual({ status: 2, told: [expect.stringContaining('set AWS_REGION'), ending] });
  });
});

test.each([
  [
    'npm run synth, without the address for alarms',
    'infra/synth-command.ts',
    ['stage=training'],
    '"oncallEmail" is missing',
  ],
  ['npm run synth, with an unknown setting', 'infra/synth-command.ts', ['stag=training'], 'There is no setting "stag"'],
  [
    'npm run destroy, with a misspelled region',
    'infra/destroy-command.ts',
    ['regin=us-west-2'],
    '"regin" is not understood',
  ],
  ['npm run destroy, with half a region', 'infra/destroy-command.ts', ['region=mars'], 'a region such as us-east-1'],
  [
    'npm run deploy, with a setting given twice',
    'infra/deploy-command.ts',
    ['stage=one', 'stage=two'],
    'is given twice',
  ],
])('%s', { timeout: 60_000 }, async (_name, file, words, sentence) => {
  expect(await run(file, words)).toEqual({
    status: 2,
    told: [expect.stringContaining(sentence), expect.stringMatching(/^Nothing was /)],
  });
});

describe('npm start', { timeout: 120_000 }, () => {
  const start = (folder: string, ports: Readonly<Record<string, number>> = {}) =>
    run('infra/local/main.ts', [
      '--data',
      folder,
      ...['web', 'endpoint', 'mail', 'sign-in'].flatMap((name) => [`--${name}-port`, String(ports[name] ?? 0)]),
    ]);

  test('says where the data folder is a file, and leaves the file', async () => {
    const file = join(above, 'file');
    writeFileSync(file, 'kept');
    expect(await start(file)).toEqual({
      status: 1,
      told: [`${file} is no folder: give the path of a folder with --data.`],
    });
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });

  test('leaves the data folder of an older version as it is', async () => {
    const folder = join(above, 'older');
    mkdirSync(folder);
    writeFileSync(join(folder, 'format.json'), '{"format":1}');
    expect(await start(folder)).toEqual({
      status: 1,
      told: [expect.stringContaining('give another folder with --data')],
    });
    expect(readdirSync(folder)).toEqual(['format.json']);
  });

  test('names the option of a port that is in use, and leaves no half-made folder', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const folder = join(above, 'deeper', 'new');
    try {
      expect(await start(folder, { 'sign-in': port })).toEqual({
        status: 1,
        told: [`Port ${port} is already in use: choose another with --sign-in-port.`],
      });
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
    expect(existsSync(join(above, 'deeper'))).toBe(false);
  });
});
