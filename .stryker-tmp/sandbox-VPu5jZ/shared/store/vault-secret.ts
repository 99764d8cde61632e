// @ts-nocheck
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** Reads the vault's secret once for the life of this function. Throws where it is not there. */
export function createVaultSecret({ client, arn }: { readonly client: SecretsManagerClient; readonly arn: string }) {
  let known: Promise<string> | undefined;
  const read = async () => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    if (!SecretString) throw new Error('The secret of the vault is empty.');
    return SecretString;
  };
  return {
    key(): Promise<string> {
      known ??= read();
      known.catch(() => {
        known = undefined;
      });
      return known;
    },
  };
}
