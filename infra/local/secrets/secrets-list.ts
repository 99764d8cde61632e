/** What Secrets Manager tells of secrets without their values: ListSecrets and DescribeSecret. */
import type { Authorize, Principal } from '../endpoint/service.ts';
import type { Resource } from '../template/template.ts';

type Input = Readonly<Record<string, unknown>>;

interface ListOptions {
  readonly secrets: readonly Resource[];
  readonly authorize: Authorize;
  readonly find: (id: string) => Resource | undefined;
  readonly versionIdOf: (secret: Resource) => string;
}

/** Each throws `AccessDenied`; DescribeSecret gives undefined for a secret that does not exist. */
export function createSecretsList({ secrets, authorize, find, versionIdOf }: ListOptions) {
  const told = (secret: Resource) => {
    const { Description, KmsKeyId } = secret.properties;
    return {
      ARN: secret.arn,
      Name: secret.name,
      ...(Description === undefined ? {} : { Description }),
      ...(KmsKeyId === undefined ? {} : { KmsKeyId }),
    };
  };
  return {
    ListSecrets(_input: Input, principal: Principal) {
      authorize(principal, 'secretsmanager:ListSecrets', '*');
      const stages = (secret: Resource) => ({ SecretVersionsToStages: { [versionIdOf(secret)]: ['AWSCURRENT'] } });
      return { SecretList: secrets.map((secret) => ({ ...told(secret), ...stages(secret) })) };
    },
    DescribeSecret({ SecretId }: Input, principal: Principal) {
      const secret = find(String(SecretId));
      authorize(principal, 'secretsmanager:DescribeSecret', secret?.arn ?? String(SecretId));
      return secret && { ...told(secret), VersionIdsToStages: { [versionIdOf(secret)]: ['AWSCURRENT'] } };
    },
  };
}
