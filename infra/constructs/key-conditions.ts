/** Conditions on grants of KMS keys: through which service a key may be used. */
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** The key serves this AWS service alone, such as `dynamodb`. The function cannot use the key by itself. */
export const onlyThrough = (scope: Construct, service: 'dynamodb' | 's3' | 'secretsmanager') => ({
  StringEquals: { 'kms:ViaService': `${service}.${Stack.of(scope).region}.amazonaws.com` },
});
