import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** A long-running function reads a new key within this time. */
const milliseconds = 300_000;

/** Reads the vault's secret, and again every five minutes by `now`, in milliseconds. Throws where it is missing. */
export function createVaultSecret({
  client,
  arn,
  now,
}: {
  readonly client: SecretsManagerClient;
  readonly arn: string;
  readonly now: () => number;
}) {
  let known: Promise<string> | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  const read = async () => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    if (!SecretString) throw new Error('The secret of the vault is empty.');
    return SecretString;
  };
  return {
    key(): Promise<string> {
      if (now() - readAt >= milliseconds) {
        known = undefined;
        readAt = now();
      }
      known ??= read();
      known.catch(() => {
        known = undefined;
      });
      return known;
    },
  };
}
