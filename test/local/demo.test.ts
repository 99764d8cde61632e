import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { render, type Told } from '../../infra/local/demo/timeline.ts';
import { reportInput } from '../../shared/domain/report.ts';

const examples = fileURLToPath(new URL('../../docs/examples/', import.meta.url));
const exampleNamed = (name: string) => JSON.parse(readFileSync(join(examples, name), 'utf8'));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'careline-demo-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** Runs the demo as a person does, in a process of its own. */
async function demo(...words: readonly string[]) {
  const child = spawn(process.execPath, ['infra/local/demo.ts', ...words]);
  const [status, out, err] = await Promise.all([
    new Promise<number | null>((resolve) => child.on('exit', resolve)),
    child.stdout.toArray().then((parts) => Buffer.concat(parts).toString()),
    child.stderr.toArray().then((parts) => Buffer.concat(parts).toString()),
  ]);
  return { status, out, err };
}

describe('what cannot be played ends with status 2 and a sentence', () => {
  test('a report with wrong fields gets each of them listed, and none of their values', {
    timeout: 60_000,
  }, async () => {
    const report = exampleNamed('confirmed-living-at-home.json');
    report.channel = 'carrier-pigeon';
    report.children[0].population = 'CANARY-VALUE';
    report.children[0].birthDate = '2026-02-30';
    report.narative = 'Misspelt.';
    const { status, out, err } = await demo(file('wrong.json', JSON.stringify(report)), '--json');
    expect({ status, out }).toEqual({ status: 2, out: '' });
    for (const field of ['channel', 'children[0].population', 'children[0].birthDate', 'narative']) {
      expect(err).toContain(`  ${field}`);
    }
    expect(err).toContain('Nothing was stored.');
    expect(err).not.toContain('CANARY-VALUE');
  });

  test.each([
    ['a file that is not JSON', () => [file('not.json', '{ "channel": ')], 'is not JSON'],
    ['a file that is not there', () => [join(folder, 'nowhere.json')], 'cannot be read'],
    ['an act nobody knows', () => ['--act', 'sometimes'], '--act is one of on-time, late, never, decline.'],
    ['a flag nobody knows', () => ['--speed', '2'], 'Use: npm run demo'],
    ['two files', () => ['one.json', 'two.json'], 'Give one file.'],
  ])('%s', async (_, words, sentence) => {
    const { status, out, err } = await demo(...words());
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain(sentence);
  });
});

test('with --json it prints one object that tells all and holds nothing of the vault', {
  timeout: 120_000,
}, async () => {
  const { status, out, err } = await demo(join(examples, 'not-indicated.json'), '--json');
  expect({ status, err }).toEqual({ status: 0, err: '' });
  const told = JSON.parse(out) as Told;
  expect(told.referrals).toMatchObject([{ stage: 'closed', chainIntact: true }]);
  expect(told.lines.map(({ says }) => says).join('\n')).toMatch(
    /Kept: D29 .*due .*: 24 hours after the screening outcome/,
  );
  const { narrative, reporter, children } = exampleNamed('not-indicated.json');
  const kept = [narrative, ...Object.values(reporter ?? {}), children[0].name, children[0].birthDate].filter(Boolean);
  for (const text of kept) expect(out).not.toContain(text);
});

test.each(readdirSync(examples))('the example %s is a report that can be taken', (name) => {
  expect(reportInput.safeParse(exampleNamed(name)).error?.issues ?? []).toEqual([]);
});

test('the timeline puts what somebody did at one instant under them, and mails under what set them off', () => {
  const at = '2026-11-10T14:00:00.000Z';
  const line = (who: string, says: string) => ({ at, referralId: 'CR-1', who, says });
  const text = render({
    reportId: 'RP-1',
    lines: [
      line('A worker', 'One.'),
      line('A worker', `Two ${'and on '.repeat(20)}.`),
      line('e-mail', '✉ Three → b@c.example'),
    ],
    refused: [{ at, email: 'd@e.example', command: 'screen', sentence: 'Not you.' }],
    referrals: [
      {
        id: 'CR-1',
        stage: 'closed',
        deadlines: {
          kept: 1,
          doneLate: 0,
          missedAndOpen: 2,
          missedForGood: 0,
          notApplicableOrEnded: 0,
          open: 0,
        },
        commits: 3,
        chainIntact: false,
      },
    ],
    emails: 1,
    transitions: 4,
  });
  expect(text).toContain('Tue Nov 10, 2026, 9:00 AM EST · A worker\n    One.\n    Two and on');
  expect(text).toContain('    ✉ Three → b@c.example');
  expect(text).toContain('Chain of 3 commits: BROKEN.');
  expect(text).toContain('Refused on Tue Nov 10, 2026, 9:00 AM EST: screen by d@e.example. Not you.');
  expect(Math.max(...text.split('\n').map((row) => row.length))).toBeLessThanOrEqual(120);
});
