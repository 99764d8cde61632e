import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from 'vitest';
import { createSecrets } from '../../../../infra/local/secrets/secrets.ts';
import { whereKnown } from '../../../../shared/domain/core/where-known.ts';
import { functionWith } from '../dynamodb/cloud.ts';
import { newFolder } from '../dynamodb/new-folder.ts';
import { partsOver, serveOver } from '../endpoint/over-http.ts';

const arn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:VaultSecret';
const read = { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: { Ref: 'VaultSecret' } };
const useKey = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': ['VaultKey', 'Arn'] } };
const resources = {
  VaultKey: { Type: 'AWS::KMS::Key', Properties: {} },
  VaultSecret: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: {
      KmsKeyId: { 'Fn::GetAtt': ['VaultKey', 'Arn'] },
      GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
    },
  },
  ...functionWith('Api', read, useKey),
  ...functionWith('Keyless', read),
  ...functionWith('Sweep', useKey),
};

async function start(folder?: string) {
  const parts = partsOver(resources, whereKnown({ folder }));
  return serveOver([createSecrets(parts)], SecretsManagerClient);
}

describe('a generated secret', () => {
  test('is the same by name, ARN and ARN with a suffix, and follows its recipe', async () => {
    const { as } = await start();
    const get = (SecretId: string) => as('Api').send(new GetSecretValueCommand({ SecretId }));
    const secret = await get(arn);
    expect(secret).toMatchObject({ ARN: arn, Name: 'VaultSecret', VersionStages: ['AWSCURRENT'] });
    expect(secret.SecretString).toMatch(/^[A-Za-z0-9]{64}$/);
    expect((await get('VaultSecret')).SecretString).toBe(secret.SecretString);
    expect((await get(`${arn}-AbCdEf`)).SecretString).toBe(secret.SecretString);
  });

  test('survives a restart in a file that only its owner can read, and differs between folders', async () => {
    const folder = newFolder();
    const get = async (in_: string) => {
      const { operator } = await start(in_);
      return (await operator.send(new GetSecretValueCommand({ SecretId: arn }))).SecretString;
    };
    const first = await get(folder);
    expect(await get(folder)).toBe(first);
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(await get(newFolder())).not.toBe(first);
  });

  test('needs a grant on the secret and on its key', async () => {
    const { as } = await start();
    for (const [who, action] of [
      ['Sweep', 'secretsmanager:GetSecretValue'],
      ['Keyless', 'kms:Decrypt'],
    ]) {
      await expect(as(String(who)).send(new GetSecretValueCommand({ SecretId: arn }))).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringContaining(`not authorized to perform: ${action}`),
      });
    }
  });

  test('an unknown secret is not found, a stage or another call is not offered', async () => {
    const { operator } = await start();
    const notFound = { name: 'ResourceNotFoundException' };
    await expect(operator.send(new GetSecretValueCommand({ SecretId: 'Other' }))).rejects.toMatchObject(notFound);
    const previous = new GetSecretValueCommand({ SecretId: arn, VersionStage: 'AWSPREVIOUS' });
    await expect(operator.send(previous)).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(operator.send(new DeleteSecretCommand({ SecretId: arn }))).rejects.toMatchObject({
      message: 'The embedded Secrets Manager does not offer DeleteSecret: it has GetSecretValue.',
    });
  });
});
