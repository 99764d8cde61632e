/** Who may use a key: its own policy and the caller's, with the conditions that key policies use. */
import { DecryptCommand, GenerateDataKeyCommand, GenerateMacCommand, VerifyMacCommand } from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { functionWith } from '../dynamodb/cloud.ts';
import { bytesOf, key, startKms } from './kms-over-http.ts';

const account = { AWS: { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root` } };
const role = (id: string) => ({ AWS: { 'Fn::GetAtt': [`${id}Role`, 'Arn'] } });
const statement = (Principal: unknown, Action: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action,
  Resource: '*',
  ...more,
});
const withPolicy = (...Statement: readonly object[]) =>
  key('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', { KeyPolicy: { Version: '2012-10-17', Statement } });
const grant = (Action: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: { 'Fn::GetAtt': ['VaultKey', 'Arn'] },
  ...more,
});

/** May this function, with these identity statements, have a data key of a key of this policy? */
async function mayGenerate(
  keyPolicy: readonly object[] | undefined,
  identity: readonly object[],
  EncryptionContext: Record<string, string> = {},
): Promise<true | string> {
  const { as, stop } = await startKms({
    VaultKey: keyPolicy ? withPolicy(...keyPolicy) : key(),
    ...functionWith('Api', ...identity),
    ...functionWith('Sweep'),
  });
  const answer = await as('Api')
    .send(new GenerateDataKeyCommand({ KeyId: 'VaultKey', KeySpec: 'AES_256', EncryptionContext }))
    .then(
      () => true as const,
      (error: Error) => `${error.name}: ${error.message}`,
    );
  await stop();
  return answer;
}

const leftToAccount = statement(account, 'kms:*');
const unlike = { StringNotEquals: { 'kms:EncryptionContext:purpose': 'seal' } };

describe('a function may use a key', () => {
  test.each([
    ['where the key leaves it to the account, and its role allows it', [leftToAccount], [grant('kms:GenerateDataKey')]],
    ['where the key has AWS’s own policy, and its role allows it', undefined, [grant('kms:GenerateDataKey')]],
    ['where the key names its role', [statement(role('Api'), 'kms:GenerateDataKey')], []],
    ['where the key names everyone', [statement('*', 'kms:GenerateDataKey')], []],
    ['where its role may use any key', [leftToAccount], [grant('kms:Generate*', { Resource: '*' })]],
  ])('%s', async (_, policy, identity) => {
    expect(await mayGenerate(policy, identity)).toBe(true);
  });
});

describe('a function may not use a key', () => {
  test.each([
    [
      'where its role does not allow it',
      [leftToAccount],
      [],
      /no identity-based policy allows the kms:GenerateDataKey action/,
    ],
    ['where its role allows something else', [leftToAccount], [grant('kms:Decrypt')], /no identity-based policy/],
    [
      'where the key does not leave it to the account',
      [statement(role('Sweep'), 'kms:*')],
      [grant('kms:*')],
      /no resource-based policy allows the kms:GenerateDataKey action/,
    ],
    [
      'where the key leaves other actions to the account',
      [statement(account, 'kms:Describe*')],
      [grant('kms:*')],
      /no resource-based policy/,
    ],
    [
      'where the key denies it',
      [leftToAccount, statement(role('Api'), 'kms:GenerateDataKey', { Effect: 'Deny' })],
      [grant('kms:*')],
      /explicit deny in a resource-based policy/,
    ],
    [
      'where the key denies it to everyone under a condition that holds',
      [leftToAccount, statement('*', 'kms:*', { Effect: 'Deny', Condition: unlike })],
      [grant('kms:*')],
      /explicit deny in a resource-based policy/,
    ],
    [
      'where its role denies it',
      [statement(role('Api'), 'kms:*')],
      [grant('kms:*', { Effect: 'Deny' })],
      /explicit deny in an identity-based policy/,
    ],
    [
      'where the key is for another account',
      [statement({ AWS: '111111111111' }, 'kms:*')],
      [grant('kms:*')],
      /no resource-based policy/,
    ],
    [
      'where its role may only use it through DynamoDB',
      [leftToAccount],
      [grant('kms:*', { Condition: { StringEquals: { 'kms:ViaService': 'dynamodb.us-east-1.amazonaws.com' } } })],
      /no identity-based policy/,
    ],
  ] as const)('%s', async (_, policy, identity, sentence) => {
    const answer = await mayGenerate(policy, identity);
    expect(answer).toMatch(/^AccessDeniedException: User: arn:aws:sts::000000000000:assumed-role\/ApiRole\/Api /);
    expect(answer).toMatch(sentence);
  });
});

describe('a condition on the encryption context', () => {
  const only = (operator: string, condition: object) => [
    grant('kms:GenerateDataKey', { Condition: { [operator]: condition } }),
  ];
  test.each([
    ['StringEquals', { 'kms:EncryptionContext:purpose': 'seal' }, { purpose: 'seal' }, true],
    ['StringEquals', { 'kms:EncryptionContext:purpose': 'seal' }, { purpose: 'open' }, false],
    ['StringEquals', { 'kms:EncryptionContext:purpose': 'seal' }, {}, false],
    ['StringEquals', { 'kms:encryptioncontext:Purpose': 'seal' }, { purpose: 'seal' }, true],
    ['StringLike', { 'kms:EncryptionContext:chain': 'referral#*' }, { chain: 'referral#1' }, true],
    ['StringLike', { 'kms:EncryptionContext:chain': 'referral#*' }, { chain: 'delegation#1' }, false],
    ['ForAllValues:StringEquals', { 'kms:EncryptionContextKeys': ['chain', 'purpose'] }, { chain: 'x' }, true],
    ['ForAllValues:StringEquals', { 'kms:EncryptionContextKeys': ['chain'] }, { chain: 'x', more: 'y' }, false],
    ['Null', { 'kms:EncryptionContextKeys': 'false' }, {}, false],
  ] as const)('%s %j of %j is %s', async (operator, condition, context, expected) => {
    const answer = await mayGenerate([leftToAccount], only(operator, condition), context);
    expect(answer === true).toBe(expected);
  });
});

test('one function makes authentication codes, another only checks them, and a third does neither', async () => {
  const on = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
  const { as } = await startKms({
    CodeKey: key('HMAC_256', 'GENERATE_VERIFY_MAC'),
    ...functionWith('Api', { Effect: 'Allow', Action: 'kms:GenerateMac', Resource: on('CodeKey') }),
    ...functionWith('Sweep', { Effect: 'Allow', Action: 'kms:VerifyMac', Resource: on('CodeKey') }),
    ...functionWith('React'),
  });
  const code = { KeyId: 'CodeKey', MacAlgorithm: 'HMAC_SHA_256', Message: bytesOf('text') } as const;
  const { Mac } = await as('Api').send(new GenerateMacCommand(code));
  expect((await as('Sweep').send(new VerifyMacCommand({ ...code, Mac }))).MacValid).toBe(true);
  const denied = { name: 'AccessDeniedException' };
  await expect(as('Sweep').send(new GenerateMacCommand(code))).rejects.toMatchObject(denied);
  await expect(as('Api').send(new VerifyMacCommand({ ...code, Mac }))).rejects.toMatchObject(denied);
  await expect(as('React').send(new GenerateMacCommand(code))).rejects.toMatchObject(denied);
});

test('a ciphertext tells a caller without permission nothing of what it holds', async () => {
  const { as, operator } = await startKms({ VaultKey: key(), ...functionWith('React') });
  const { CiphertextBlob } = await operator.send(new GenerateDataKeyCommand({ KeyId: 'VaultKey', KeySpec: 'AES_256' }));
  await expect(as('React').send(new DecryptCommand({ KeyId: 'VaultKey', CiphertextBlob }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});
