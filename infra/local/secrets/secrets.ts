/** Secrets Manager with the one call the product makes: GetSecretValue. */
import { randomInt, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { openKept } from '../data-folder/kept-file.ts';
import { action, createJsonService } from '../endpoint/json.ts';
import { type Authorize, type AwsService, Refusal } from '../endpoint/service.ts';
import type { UseKey } from '../kms/kms.ts';
import { readProperties } from '../template/read-properties.ts';
import type { Resource, Template } from '../template/template.ts';

const storedForm = z.record(z.string(), z.object({ versionId: z.string(), secretString: z.string() }));
type Stored = Readonly<z.infer<typeof storedForm>[string]>;

/**
 * Serves GetSecretValue for the template's AWS::SecretsManager::Secret resources, by name, ARN, or ARN with AWS's
 * random suffix. A generated secret is made once and kept under `<folder>/secrets.json`, readable by its owner alone.
 * Without a folder it lasts as long as the process. Throws at creation for a secret that is made in another way.
 */
export function createSecrets(options: {
  template: Template;
  authorize: Authorize;
  useKey: UseKey;
  folder?: string;
}): AwsService {
  const secrets = options.template.ofType('AWS::SecretsManager::Secret');
  const stored = loadOrGenerate(secrets, options.folder);

  return createJsonService({
    client: 'secrets-manager',
    prefix: 'secretsmanager',
    title: 'Secrets Manager',
    target: 'secretsmanager.',
    authorize: options.authorize,
    actions: {
      GetSecretValue: action(z.strictObject({ SecretId: z.string() }), ({ SecretId }, { allow, principal }) => {
        const secret = secrets.find((candidate) => isNamed(candidate, SecretId));
        const value = secret && stored[secret.logicalId];
        allow(secret?.arn ?? SecretId);
        if (!value) throw new Refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
        const key = secret.properties.KmsKeyId;
        if (key !== undefined) {
          const context = { SecretARN: secret.arn, SecretVersionId: value.versionId };
          options.useKey(principal, { key: String(key), actions: ['Decrypt'], via: 'secretsmanager', context });
        }
        return {
          ARN: secret.arn,
          Name: secret.name,
          VersionId: value.versionId,
          VersionStages: ['AWSCURRENT'],
          SecretString: value.secretString,
        };
      }),
    },
  });
}

function isNamed(secret: Resource, id: string): boolean {
  return (
    id === secret.name || id === secret.arn || (id.startsWith(`${secret.arn}-`) && id.length === secret.arn.length + 7)
  );
}

function loadOrGenerate(secrets: readonly Resource[], folder: string | undefined): Readonly<Record<string, Stored>> {
  const { found = {}, keep } = openKept(folder, 'secrets.json', storedForm, { isSecret: true });
  const stored = Object.fromEntries(
    secrets.map((secret) => [
      secret.logicalId,
      found[secret.logicalId] ?? { versionId: randomUUID(), secretString: initialValue(secret) },
    ]),
  );
  if (secrets.some(({ logicalId }) => !(logicalId in found))) keep({ ...found, ...stored });
  return stored;
}

/** As the stack asks for it: letters and digits alone. Strict: another wish would be accepted and ignored. */
const recipe = z.strictObject({
  GenerateSecretString: z.strictObject({ PasswordLength: z.int().min(1), ExcludePunctuation: z.literal(true) }),
  Description: z.string().optional(),
  KmsKeyId: z.string().optional(),
  Name: z.string().optional(),
});
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

function initialValue(secret: Resource): string {
  const { PasswordLength: length } = readProperties(secret, recipe).GenerateSecretString;
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
}
