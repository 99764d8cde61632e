import { RemovalPolicy } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { accept } from './accepted-findings.ts';
import { allow } from './careline-function.ts';
import type { DataTable } from './data-table.ts';
import { nameExactly } from './kept-resources.ts';
import { onlyThrough } from './key-conditions.ts';

/** The key of the digests over vault content. It is generated, never seen by a person, and encrypted with the vault's own key. */
export function createVaultSecret(
  scope: Construct,
  vault: Pick<DataTable, 'key'>,
): { allowRead(grantee: LambdaFunction): void } {
  const key = vault.key;
  if (key === undefined) throw new Error('The vault has no key to encrypt its secret with.');
  const secret = new Secret(scope, 'VaultSecret', {
    description: 'Careline: key of the HMACs over vault content',
    encryptionKey: key,
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
    removalPolicy: RemovalPolicy.RETAIN,
  });
  nameExactly(secret, 'VaultSecret');
  accept(secret, 'AwsSolutions-SMG4');
  return {
    allowRead(grantee) {
      allow(grantee, ['secretsmanager:GetSecretValue'], [secret.secretArn]);
      allow(grantee, ['kms:Decrypt', 'kms:DescribeKey'], [key.keyArn], onlyThrough(scope, 'secretsmanager'));
      grantee.addEnvironment('VAULT_SECRET_ARN', secret.secretArn);
    },
  };
}
