/**
 * A data folder that was damaged, or written by another version, stops the start with one sentence. The folder stays as
 * it was.
 */
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCloud } from '../../../../infra/local/cloud.ts';
import { synthesize } from '../../../../infra/synthesize.ts';
import { report, reporter } from '../../../bench/referral.ts';
import { askApi } from '../../../support/stage-cloud.ts';

const root = mkdtempSync(join(tmpdir(), 'careline-damaged-'));
const whole = join(root, 'whole');
let assembly = '';
afterAll(() => rmSync(root, { recursive: true }));
beforeAll(async () => {
  assembly = (await synthesize()).folder;
  const cloud = await startCloud({ assembly, folder: whole });
  await askApi(cloud, reporter, '/reports', { body: report });
  await fetch(`${cloud.endpointUrl}/_local/clock`, { method: 'POST', body: '{"advance":"PT0S"}' });
  await cloud.rest();
  await cloud.stop();
}, 60_000);

describe('a start on a folder in which', () => {
  it.each([
    ['the format is a newer one', 'format.json', '{"format":99}', /was written by a newer version \(format 99\)/],
    ['the format is an older one', 'format.json', '{"format":2}', /was written by an older version \(format 2\)/],
    ['the clock is torn', 'clock.json', '{"offset":', /clock\.json is damaged/],
    ['a secret is of another shape', 'secrets/secrets.json', '{"Secret":1}', /secrets\.json is damaged/],
    ['a key has no kind', 'kms/keys.json', '{"LedgerKey":{}}', /keys\.json is damaged/],
    ['the keys of the sign-in are torn', 'identity/identity-keys.json', '{', /identity-keys\.json is damaged/],
    ['a checkpoint is no number', 'streams/*.checkpoint.json', '"x"', /checkpoint\.json is damaged/],
    [
      'executions are damaged',
      'stepfunctions/executions.jsonl',
      '{}\nno\n{}\n',
      /executions\.jsonl is damaged at line 2/,
    ],
    ['mail is damaged', 'ses/ses.jsonl', 'no\n{}\n', /ses\.jsonl is damaged at line 1/],
    ['the database is damaged', 'dynamodb/dynamodb/CURRENT', 'nothing\n', /The database in .* is damaged/],
  ])('%s says so in one sentence, and leaves it as it was', async (_, pattern, content, sentence) => {
    const folder = mkdtempSync(join(root, 'copy-'));
    cpSync(whole, folder, { recursive: true });
    const [found] = globSync(pattern, { cwd: folder });
    const file = join(folder, found ?? 'is not there');
    readFileSync(file);
    writeFileSync(file, content);
    const error = await startCloud({ assembly, folder }).then(
      async (cloud) => void (await cloud.stop()),
      (refused: Error) => refused,
    );
    expect(error?.message).toMatch(sentence);
    expect(error?.message.split('\n')).toHaveLength(1);
    expect(readFileSync(file, 'utf8')).toBe(content);
  });
});
