/** `npm run policy -- preview` on a data folder that `npm start` has left, beside one that is in use. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCloud } from '../../infra/local/cloud.ts';
import { claimFolder } from '../../infra/local/data-folder/claim-folder.ts';
import { claimFormat } from '../../infra/local/data-folder/kept-file.ts';
import { synthesize } from '../../infra/synthesize.ts';
import { policyCommand } from '../../shared/cli/policy-command.ts';
import { askApi } from '../support/stage-cloud.ts';
import { reportOf } from '../support/story.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const place = mkdtempSync(join(tmpdir(), 'careline-preview-'));
const folder = join(place, 'data');
const draft = join(place, 'draft.ts');
let referralId: string;
let sentMails: number;

beforeAll(async () => {
  const released = JSON.stringify(join(project, 'shared/policy/connecticut-2026-1.ts'));
  writeFileSync(
    draft,
    `import { connecticut20261 as base } from ${released};
     export const drafted = { ...base, version: 'draft', deadlines: base.deadlines.map((rule) => rule.id === 'D8' ? { ...rule, duration: { unit: 'hours', amount: 16 } } : rule) };`,
  );
  const cloud = await startCloud({ assembly: (await synthesize()).folder, folder });
  try {
    const { body } = await askApi(cloud, 'careline.worker@dcf.example', '/reports', { body: reportOf({}) });
    [referralId = ''] = (body.referralIds ?? []) as string[];
    await cloud.rest();
    sentMails = cloud.sent().length;
  } finally {
    await cloud.stop();
  }
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

interface Said {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}
/** As a person runs it. */
const previewProcess = (...args: readonly string[]): Promise<Said> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      ['shared/cli/policy-command.ts', 'preview', ...args],
      { cwd: project },
      (error, stdout, stderr) => resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
const preview = async (...args: readonly string[]): Promise<Said> => {
  const { status, out: stdout, err: stderr } = await policyCommand(['preview', ...args]);
  return { status, stdout, stderr };
};

/** Name and content of every file in the folder. */
const contents = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted()
    .map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')]);

describe('npm run policy -- preview', () => {
  it('shows what would differ under a draft, and changes nothing in the folder', async () => {
    const before = contents();
    const { status, stdout, stderr } = await previewProcess(draft, '--data', folder, '--json');
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      policy: 'draft',
      running: 1,
      differing: [{ referral: referralId, policy: 'connecticut-2026.1', deadlines: [{ rule: 'D8' }] }],
    });
    const [{ dueNow, dueThen }] = JSON.parse(stdout).differing[0].deadlines;
    expect(Date.parse(dueThen) - Date.parse(dueNow)).toBe(12 * 3_600_000);
    expect(contents()).toEqual(before);
  });

  it('says so where nothing would', async () => {
    expect((await preview('connecticut-2026.1', '--data', folder)).stdout).toBe(
      'Nothing would differ under connecticut-2026.1, for 1 running referral.\n',
    );
  });

  it('refuses in one sentence a folder in use, an older one, one that is none, and one without a ledger', async () => {
    const made = (name: string) => {
      const data = join(place, name);
      mkdirSync(data);
      claimFormat(data);
      mkdirSync(join(data, 'dynamodb', 'dynamodb'), { recursive: true });
      return data;
    };
    const used = made('used');
    const { release } = claimFolder(used);
    const nowhere = join(place, 'nowhere');
    const empty = made('empty');
    const older = made('older');
    writeFileSync(join(older, 'format.json'), '{"format":1}');
    for (const [data, sentence] of [
      [used, `${used} is in use by process ${process.pid}: stop that one, or give a folder that is not in use.\n`],
      [nowhere, `There is no data folder of npm start at ${nowhere}.\n`],
      [older, expect.stringMatching(/^\S+ was written by an older version \(format 1\).+--data\.\n$/)],
      [empty, 'There is no ledger in this data folder.\n'],
    ] as const) {
      expect(await preview(draft, '--data', data)).toEqual({ status: 2, stdout: '', stderr: sentence });
    }
    expect(existsSync(nowhere)).toBe(false);
    release();
  });
});

describe('npm run policy -- noise --data', () => {
  it('counts the mail that the folder recorded, one for each message', async () => {
    const { status, out, err } = await policyCommand(['noise', '--data', folder, '--json']);
    expect([status, err]).toEqual([0, '']);
    const { days, referrals, mails, byRule } = JSON.parse(out);
    expect([days, referrals]).toEqual([7, 1]);
    expect(mails).toBe(sentMails);
    expect(sentMails).toBeGreaterThan(0);
    expect(byRule.map(({ about }: { about: string }) => about)).toContain('D1');
  });
});
