import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { policyCommand } from '../../shared/cli/policy-command.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const drafts = mkdtempSync(join(tmpdir(), 'careline-policy-'));
afterAll(() => rmSync(drafts, { recursive: true }));

interface Said {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** In this process: the same words, the same streams and status, without half a second for each start. */
const run = async (...args: readonly string[]): Promise<Said> => {
  const { status, out: stdout, err: stderr } = await policyCommand(args);
  return { status, stdout, stderr };
};

/** As a person runs it. */
const runProcess = (...args: readonly string[]): Promise<Said> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['shared/cli/policy-command.ts', ...args], { cwd: project }, (error, stdout, stderr) =>
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });

/** A draft that takes the released version and changes it in one line. */
function draft(name: string, change: string): string {
  const file = join(drafts, `${name}.ts`);
  const released = join(project, 'shared/policy/connecticut-2026-1.ts');
  writeFileSync(file, `import { connecticut20261 as base } from ${JSON.stringify(released)};\n${change}\n`);
  return file;
}

const withRule = (id: string, change: string) =>
  `export const drafted = { ...base, version: 'draft', deadlines: base.deadlines.map((rule) => rule.id === '${id}' ? { ...rule, ${change} } : rule) };`;

describe('npm run policy', () => {
  it('is a script of the package', () => {
    const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
    expect(scripts.policy).toBe('node shared/cli/policy-command.ts');
  });

  it('prints the answer and ends with status 0', async () => {
    const { status, stdout, stderr } = await runProcess('due', 'D3', '--from', '2026-11-09T15:00:00Z', '--json');
    expect([status, stderr]).toEqual([0, '']);
    expect(Object.keys(JSON.parse(stdout))).toEqual([
      'id',
      'startsAt',
      'dueAt',
      'kind',
      'explanation',
      'source',
      'confidence',
      'policy',
      'inForceFrom',
    ]);
  });

  it.each([
    ['an unknown id', ['due', 'D99', '--from', '2026-11-09T15:00:00Z']],
    ['a date that is none', ['due', 'D3', '--from', '2026-02-30T10:00:00-05:00']],
    ['a date far beyond the calendar', ['due', 'D15', '--from', '+275760-09-13T00:00:00Z']],
    ['a file that is not there', ['diff', 'connecticut-2026.1', 'nowhere.ts']],
    ['no command', []],
  ])('says on stderr, in one line, what was wrong, with status 2: %s', async (_, args) => {
    const { status, stdout, stderr } = await run(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^[^\n]+\n$/);
  });

  it.each([
    ['a question', ['due', 'D99', '--from', '2026-11-09T15:00:00Z']],
    ['a draft that throws', ['diff', 'connecticut-2026.1', draft('throws-alone', "throw new Error('boom');")]],
  ])('says the same as a process of its own: %s', async (_, args) => {
    const said = await runProcess(...args);
    expect(said).toEqual(await run(...args));
    expect(said.status).toBe(2);
  });
});

describe('check', () => {
  const january = (name: string, change: string) =>
    draft(
      name,
      `export const drafted = { ...base, version: 'connecticut-2027.1', inForceFrom: '2027-01-01', ${change} };`,
    );
  const withNotice = (amount: number) =>
    `deadlines: base.deadlines.map((rule) => rule.id === 'D3' ? { ...rule, duration: { unit: 'hours', amount: ${amount} } } : rule)`;
  const first = 'connecticut-2026.1: in force from Thu Jan 1, 2026, 12:00 AM EST, within the law.';

  it('says of each released version since when it is in force, and that it is within the law', async () => {
    expect(await run('check')).toEqual({ status: 0, stdout: `${first}\n`, stderr: '' });
    expect(await runProcess('check')).toEqual(await run('check'));
  });

  it('checks a candidate after them', async () => {
    expect(await run('check', january('ten-hours', withNotice(10)))).toEqual({
      status: 0,
      stdout: `${first}\nconnecticut-2027.1: in force from Fri Jan 1, 2027, 12:00 AM EST, within the law.\n`,
      stderr: '',
    });
  });

  it.each([
    [
      'loosens the law',
      withNotice(24),
      'The policy connecticut-2027.1 is refused: D3 gives 24 hours, and C.G.S. 17a-101b and 17a-103(c) allows 12 hours.',
    ],
    [
      'begins on no day that exists',
      "inForceFrom: '2027-02-29'",
      '2027-02-29 in inForceFrom is no day and no instant.',
    ],
    [
      'begins before the version before it',
      "inForceFrom: '2025-01-01'",
      'it is in force from 2025-01-01, and connecticut-2026.1 before it from 2026-01-01. Give it a later day in inForceFrom.',
    ],
  ])('ends with status 2 and says what is wrong where a candidate %s', async (name, change, sentence) => {
    const file = january(`check-${name.replaceAll(' ', '-')}`, change);
    const { status, stdout, stderr } = await run('check', file);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
    // No due time is given under a candidate that could not be released.
    const due = await run('due', 'D3', '--from', '2027-01-01T10:00:00-05:00', '--with', file);
    expect([due.status, due.stdout]).toEqual([2, '']);
    expect(due.stderr).toContain(sentence);
  });

  it('shows when a duty is due by the instant at which the report was received', async () => {
    const file = january('due-ten-hours', withNotice(10));
    const due = async (...more: readonly string[]) => {
      const { stdout, stderr } = await run('due', 'D3', '--with', file, ...more);
      const lines = stdout.trim().split('\n');
      return stderr === '' ? [lines[0], lines.at(-1)] : [stderr];
    };
    const newYear = ['--from', '2027-01-01T10:00:00-05:00'] as const;
    expect(await due(...newYear)).toEqual([
      '2027-01-02T01:00:00Z',
      'Policy: connecticut-2027.1, in force from Fri Jan 1, 2027, 12:00 AM EST.',
    ]);
    expect(await due('--received', '2026-12-31T23:00:00-05:00')).toEqual([
      '2027-01-01T16:00:00Z',
      'Policy: connecticut-2026.1, in force from Thu Jan 1, 2026, 12:00 AM EST.',
    ]);
    expect(await due('--received', 'yesterday')).toEqual([
      expect.stringMatching(/^"yesterday" is no instant that exists: /),
    ]);
    expect(await due(...newYear, '--received', '2026-12-31T23:00:00-05:00')).toEqual([
      'The clock of D3 starts with the receipt of the report: give the same instant in --from and --received, or one of them.\n',
    ]);
    expect(await due(...newYear, '--policy', 'connecticut-2026.1')).toEqual([
      'Give either --policy, or --received and --with: each says which policy counts.\n',
    ]);
  });
});

describe('a draft in a file', () => {
  it('is compared with a version', async () => {
    const file = draft('tighter', withRule('D3', "duration: { unit: 'hours', amount: 6 }"));
    expect(await run('diff', 'connecticut-2026.1', file)).toEqual({
      status: 0,
      stdout: 'D3 changed: duration: 12 hours; now 6 hours.\n',
      stderr: '',
    });
  });

  it('is refused where it loosens the law, with the clause named', async () => {
    const file = draft('looser', withRule('D3', "duration: { unit: 'hours', amount: 24 }"));
    const { status, stdout, stderr } = await run('diff', 'connecticut-2026.1', file);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'The policy draft is refused: D3 gives 24 hours, and C.G.S. 17a-101b and 17a-103(c) allows 12 hours.\n',
    );
  });

  it.each([
    [
      'D3 is gone',
      "export const drafted = { ...base, version: 'draft', deadlines: base.deadlines.filter(({ id }) => id !== 'D3') };",
      'D3 is law by C.G.S. 17a-101b and 17a-103(c), and this policy does not run it.',
    ],
    [
      'a duty of law tells no one',
      withRule('D5', 'alert: []'),
      'D5 (42 U.S.C. 671(a)(34): immediately, never later than 24 hours) alerts none of the staff, against this product',
    ],
    [
      'a group merges duties away',
      withRule('D4', "alert: ['hart-liaison']"),
      'D4 and D3 are in one group of duties, police-notice, and tell different people.',
    ],
    [
      'a part is missing',
      "export const drafted = { ...base, version: 'draft', team: undefined };",
      "a-part-is-missing.ts could not be checked: Cannot read properties of undefined (reading 'seats'). Check its types with npx tsc.",
    ],
    ['it is a fragment', "export const policy = { version: 'x' };", 'it-is-a-fragment.ts exports no policy.'],
    ['it throws', "throw new Error('boom');", 'it-throws.ts could not be loaded: boom.'],
    ['it throws nothing', 'throw undefined;', 'it-throws-nothing.ts could not be loaded: undefined.'],
    [
      'there are two',
      'export const one = base; export const two = { ...base };',
      'exports 2 policies: give each its own.',
    ],
  ])('is refused in one line where %s', async (name, change, sentence) => {
    const { status, stdout, stderr } = await run(
      'diff',
      'connecticut-2026.1',
      draft(name.replaceAll(' ', '-'), change),
    );
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).toContain(sentence);
  });

  it('may not bear the name of a released version and have another content', async () => {
    const renamed = draft('namesake', 'export const drafted = { ...base, mostAlerts: 5 };');
    expect(await run('diff', 'connecticut-2026.1', renamed)).toEqual({
      status: 2,
      stdout: '',
      stderr: 'The policy connecticut-2026.1 is refused: Another version bears this name: give it one of its own.\n',
    });
    const unlawful = draft(
      'namesake-without',
      'export const drafted = { ...base, deadlines: base.deadlines.slice(9) };',
    );
    expect((await run('diff', 'connecticut-2026.1', unlawful)).stderr).toContain('D3 is law by C.G.S. 17a-101b');
    const same = await run('diff', 'connecticut-2026.1', 'shared/policy/connecticut-2026-1.ts');
    expect(same.status).toBe(0);
  });

  it('is refused where it holds no policy', async () => {
    const { status, stderr } = await run(
      'diff',
      'connecticut-2026.1',
      draft('empty', 'export const nothing = base.version;'),
    );
    expect(status).toBe(2);
    expect(stderr).toMatch(/exports no policy\.\n$/);
  });
});

describe('noise', () => {
  it('plays a history in a process of its own, and counts its mail', async () => {
    const { status, stdout, stderr } = await run('noise', '--reports', '1', '--days', '1', '--json');
    expect([status, stderr]).toEqual([0, '']);
    const { mails, byClass } = JSON.parse(stdout);
    expect(mails).toBeGreaterThan(0);
    expect(byClass.now + byClass.today + byClass.routine).toBe(mails);
  }, 60_000);
});
