import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createVaultSecret } from '../../shared/store/read-vault-secret.ts';

const secrets = mockClient(SecretsManagerClient);
// The mock stands in the prototype, which the other files of this worker share.
afterAll(() => secrets.restore());
let now = 0;
const open = () =>
  createVaultSecret({ client: secrets as unknown as SecretsManagerClient, arn: 'arn:secret', now: () => now });
beforeEach(() => {
  now = 0;
  secrets.reset();
});

test('the key is read once, however many callers ask at the same time', async () => {
  secrets.on(GetSecretValueCommand, { SecretId: 'arn:secret' }).resolves({ SecretString: 'the key' });
  const secret = open();
  expect(await Promise.all([secret.key(), secret.key(), secret.key()])).toEqual(['the key', 'the key', 'the key']);
  expect(secrets.calls()).toHaveLength(1);
});

test('another key is read within five minutes', async () => {
  secrets.on(GetSecretValueCommand).resolvesOnce({ SecretString: 'the key' }).resolves({ SecretString: 'another' });
  const secret = open();
  expect(await secret.key()).toBe('the key');
  now = 299_999;
  expect(await secret.key()).toBe('the key');
  now = 300_000;
  expect(await secret.key()).toBe('another');
});

test('a read that failed is tried again by the next caller', async () => {
  secrets.on(GetSecretValueCommand).rejectsOnce(new Error('Not now.')).resolves({ SecretString: 'the key' });
  const secret = open();
  await expect(secret.key()).rejects.toThrow('Not now.');
  expect(await secret.key()).toBe('the key');
});

test('an empty secret is no key', async () => {
  secrets.on(GetSecretValueCommand).resolves({ SecretString: '' });
  await expect(open().key()).rejects.toThrow('empty');
});
