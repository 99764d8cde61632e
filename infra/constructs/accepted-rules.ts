/**
 * Accepted findings of three packs: HIPAA.Security, NIST.800-53.R5 and PCI.DSS.321. Each rule has its reason. The page
 * docs/controls.md lists them by rule and resource. A test holds that list, so a new finding fails it.
 */
import { CfnResource, type Stack, Validations } from 'aws-cdk-lib';
import { type NagRuleCompliance, rules } from 'cdk-nag';

interface Accepted {
  readonly reason: string;
  /** cdk-nag's own rule: what it does not find is not accepted. */
  readonly rule: (resource: CfnResource) => NagRuleCompliance | unknown;
  readonly packs: readonly ('HIPAA.Security' | 'NIST.800.53.R5' | 'PCI.DSS.321')[];
}

const all = ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'] as const;
const two = ['HIPAA.Security', 'NIST.800.53.R5'] as const;

export const acceptedRules = {
  IAMNoInlinePolicy: {
    reason:
      'Each policy belongs to one role and no other may take it. A managed policy could be attached to a second role by mistake.',
    rule: rules.iam.IAMNoInlinePolicy,
    packs: all,
  },
  LambdaInsideVPC: {
    reason:
      'Functions reach AWS services alone, over TLS and by permission. A network of its own needs endpoints or a gateway, and keeps no one out who has the permission.',
    rule: rules.lambda.LambdaInsideVPC,
    packs: all,
  },
  LambdaConcurrency: {
    reason: 'A new account has ten places in all and none to reserve. reservedConcurrency=on reserves them.',
    rule: rules.lambda.LambdaConcurrency,
    packs: two,
  },
  LambdaDLQ: {
    reason:
      'Lambda uses a dead-letter queue for asynchronous invocations only; here the caller waits, or a stream retries into a queue.',
    rule: rules.lambda.LambdaDLQ,
    packs: two,
  },
  APIGWCacheEnabledAndEncrypted: {
    reason: 'A cache would keep answers about children, and one person must never get the answer to another.',
    rule: rules.apigw.APIGWCacheEnabledAndEncrypted,
    packs: all,
  },
  APIGWSSLEnabled: {
    reason: 'A client certificate is for servers behind the gateway. Here functions are, which it calls by permission.',
    rule: rules.apigw.APIGWSSLEnabled,
    packs: all,
  },
  APIGWXrayEnabled: {
    reason: 'The ledger tells what happened. A trace would be another copy of case activity.',
    rule: rules.apigw.APIGWXrayEnabled,
    packs: ['HIPAA.Security'],
  },
  WAFv2LoggingEnabled: {
    reason:
      'The gateway keeps a line for each request. A log of the web ACL would be another copy, with the cookies and addresses of people in it.',
    rule: rules.waf.WAFv2LoggingEnabled,
    packs: all,
  },
  DynamoDBInBackupPlan: {
    reason: 'A working table is rebuilt from the ledger. Point-in-time recovery keeps 35 days of it.',
    rule: rules.dynamodb.DynamoDBInBackupPlan,
    packs: two,
  },
  SecretsManagerRotationEnabled: {
    reason:
      'A new key of the blind index needs every part of the vault indexed again. A person starts that: npm run vault-key -- rotate.',
    rule: rules.secretsmanager.SecretsManagerRotationEnabled,
    packs: two,
  },
  SNSEncryptedKMS: {
    reason:
      'An alarm holds the name of a resource and no data. A key that is disabled would silence the alarm that tells of it.',
    rule: rules.sns.SNSEncryptedKMS,
    packs: all,
  },
  S3DefaultEncryptionKMS: {
    reason:
      'Anchors are hashes alone. Under a key of ours, a person who deletes the key makes the proof unreadable. The store encrypts them with its own.',
    rule: rules.s3.S3DefaultEncryptionKMS,
    packs: all,
  },
  S3BucketLoggingEnabled: {
    reason: 'The bucket is itself a log. Its objects are locked, and CloudTrail signs their digests.',
    rule: rules.s3.S3BucketLoggingEnabled,
    packs: all,
  },
  S3BucketReplicationEnabled: {
    reason: 'One stack is one region, by the rule that data stays there. The objects are locked against deletion.',
    rule: rules.s3.S3BucketReplicationEnabled,
    packs: all,
  },
} as const satisfies Readonly<Record<string, Accepted>>;

const nonCompliant = 'Non-Compliant';

/** Every accepted finding, as `<pack>-<rule> <path of the resource>`, in order. */
export function acceptedIn(stack: Stack): readonly { readonly id: string; readonly resource: CfnResource }[] {
  const resources = stack.node.findAll().filter((each) => CfnResource.isCfnResource(each)) as CfnResource[];
  return Object.entries(acceptedRules).flatMap(([name, { rule, packs }]: [string, Accepted]) =>
    resources
      .filter((resource) => rule(resource) === nonCompliant)
      .flatMap((resource) => packs.map((pack) => ({ id: `${pack}-${name}`, resource }))),
  );
}

/** Accepts what these rules find in the stack. Called once the stack is whole. */
export function acceptByRule(stack: Stack): void {
  const reasons: Readonly<Record<string, Accepted>> = acceptedRules;
  for (const { id, resource } of acceptedIn(stack)) {
    const reason = reasons[id.slice(id.lastIndexOf('-') + 1)]?.reason ?? '';
    Validations.of(resource).acknowledge({ id, reason });
  }
}
