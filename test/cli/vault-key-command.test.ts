/** `npm run -s vault-key` on the data folder of `npm start`. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { claimFolder } from '../../infra/local/data-folder/claim-folder.ts';
import { createSecrets } from '../../infra/local/secrets/secrets.ts';
import { createDigests } from '../../shared/application/matching/secret.ts';
import { templateOf } from '../infra/local/dynamodb/cloud.ts';
import { newFolder } from '../infra/local/dynamodb/new-folder.ts';

const resources = {
  VaultSecret: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } },
  },
};

const vaultKey = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['shared/cli/vault-key-command.ts', ...args], {
    encoding: 'utf8',
    input: '',
  });
  return { status, stdout, stderr };
};
const secretIn = (file: string): string => JSON.parse(readFileSync(file, 'utf8')).VaultSecret.secretString;

test('the vault-key command gives the index of a stopped server a new key before the former one, and removes the former', async () => {
  const data = newFolder();
  const folder = join(data, 'secrets');
  await createSecrets({
    template: templateOf(resources),
    authorize: () => undefined,
    useKey: () => undefined,
    folder,
  }).stop();
  const file = join(folder, 'secrets.json');
  const before = createDigests(secretIn(file));
  expect(vaultKey('rotate', '--data', data)).toMatchObject({ status: 0, stderr: '' });
  const rotated = createDigests(secretIn(file));
  expect(rotated.index.map(({ name }) => name)).toEqual([expect.any(String), before.index[0].name]);
  expect(rotated.hex('id')).toBe(before.hex('id'));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(vaultKey('retire', '--data', data).status).toBe(0);
  expect(createDigests(secretIn(file)).index).toHaveLength(1);
});

test('the vault-key command leaves the folder of a running server as it is, and takes that of a stopped one', () => {
  const data = newFolder();
  mkdirSync(join(data, 'secrets'));
  const file = join(data, 'secrets', 'secrets.json');
  const before = JSON.stringify({ VaultSecret: { versionId: 'v', secretString: 'a-secret-of-the-vault' } });
  writeFileSync(file, before);
  const { release } = claimFolder(data);
  expect(vaultKey('rotate', '--data', data)).toEqual({
    status: 2,
    stdout: '',
    stderr: `${data} is in use by process ${process.pid}: stop that server first.\n`,
  });
  expect(readFileSync(file, 'utf8')).toBe(before);
  release();
  expect(vaultKey('rotate', '--data', data).status).toBe(0);
  expect(readFileSync(file, 'utf8')).not.toBe(before);
});

test('the vault-key command says in a sentence which folder it cannot work on', () => {
  const empty = newFolder();
  const damaged = newFolder();
  mkdirSync(join(damaged, 'secrets'));
  writeFileSync(join(damaged, 'secrets', 'secrets.json'), '{');
  for (const [args, words] of [
    [['rotate', '--data', empty], /^\S+ holds no secret \(.+\): give the data folder of a server that has run\.\n$/],
    [['rotate', '--data', damaged], /^\S+ is damaged: .+\.\n$/],
    [
      ['rotate', '--folder', empty],
      /^There is no flag "--folder" here: npm run -s vault-key -- rotate \[--data DIR\]\.\n$/,
    ],
    [['turn'], /^There is no command "turn"\. There are: rotate, retire\. See npm run -s vault-key -- help\.\n$/],
    [['retire'], /^Give the secret on stdin, or a data folder with --data DIR\.\n$/],
  ] as const) {
    expect(vaultKey(...args)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(words) });
  }
});
