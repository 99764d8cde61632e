/** The policies that stand at a resource: of topics, queues, keys, buckets and functions. */
import { localAccount, localRegion } from '../endpoint/service.ts';
import { identify } from '../template/resource-kinds.ts';
import type { Resource, Template } from '../template/template.ts';
import { accountRoot } from './principal-pattern.ts';
import { asList, type Plain, type ResourceStatement, readResourceStatement } from './statement.ts';

export interface ResourcePolicy {
  readonly owner: string;
  readonly statements: readonly ResourceStatement[];
}

interface Written {
  /** The ARN of the resource. */
  readonly owner: string;
  readonly statements: readonly Plain[];
  readonly where: string;
}

/** What a key without a policy has: the account decides by its identity policies. */
const defaultKeyPolicy: readonly Plain[] = [
  { Effect: 'Allow', Principal: { AWS: accountRoot }, Action: 'kms:*', Resource: '*' },
];

const statementsIn = (document: unknown) => asList((document as Plain | undefined)?.Statement) as readonly Plain[];

/** Each policy with the ARNs of the resources that it stands at. */
function attached(
  template: Template,
  policyType: string,
  owners: (properties: Plain) => readonly (string | undefined)[],
): readonly Written[] {
  return template.ofType(policyType).flatMap(({ logicalId, properties }) =>
    owners(properties).map((owner) => {
      if (owner === undefined)
        throw new Error(`The policy ${logicalId} stands at a resource that is not in the stack.`);
      return { owner, statements: statementsIn(properties.PolicyDocument), where: `the policy ${logicalId}` };
    }),
  );
}

/** A permission of Lambda is a statement of the function's own policy. */
function permissionOf({ logicalId, properties }: Resource): Written {
  const { Action, FunctionName, Principal, SourceArn, ...unknown } = properties;
  const [unknownProperty] = Object.keys(unknown);
  if (unknownProperty !== undefined) {
    throw new Error(`The permission ${logicalId} has ${unknownProperty}, which the embedded cloud does not evaluate.`);
  }
  const name = String(FunctionName);
  const owner = name.startsWith('arn:') ? name : `arn:aws:lambda:${localRegion}:${localAccount}:function:${name}`;
  const statement = {
    Effect: 'Allow',
    Principal: { Service: Principal },
    Action,
    Resource: owner,
    Condition: SourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': SourceArn } },
  };
  return { owner, statements: [statement], where: `the permission ${logicalId}` };
}

/**
 * Every resource's own policy. A key always has one: without a policy in the template, AWS's default. Throws a sentence for
 * an element that is not evaluated here.
 */
export function resourcePoliciesOf(template: Template): readonly ResourcePolicy[] {
  /** The ARN of the resource of this type that a `Ref` or an ARN names. */
  const arnOf = (type: string) => (reference: unknown) =>
    template.ofType(type).find((resource) => [identify(resource), resource.arn].includes(String(reference)))?.arn;
  const bucketOf = arnOf('AWS::S3::Bucket');
  const written = [
    ...attached(template, 'AWS::SNS::TopicPolicy', ({ Topics }) => asList(Topics).map(arnOf('AWS::SNS::Topic'))),
    ...attached(template, 'AWS::SQS::QueuePolicy', ({ Queues }) => asList(Queues).map(arnOf('AWS::SQS::Queue'))),
    ...attached(template, 'AWS::S3::BucketPolicy', ({ Bucket }) => [bucketOf(Bucket)]),
    ...template.ofType('AWS::Lambda::Permission').map(permissionOf),
    ...template.ofType('AWS::KMS::Key').map(({ logicalId, arn, properties }) => ({
      owner: arn,
      statements: properties.KeyPolicy === undefined ? defaultKeyPolicy : statementsIn(properties.KeyPolicy),
      where: `the policy of the key ${logicalId}`,
    })),
  ];
  return written.map(({ owner, statements, where }) => ({
    owner,
    statements: statements.map((statement, index) =>
      readResourceStatement(statement, `Statement ${index + 1} of ${where}`),
    ),
  }));
}

/** True of the owner itself and of a part of it, such as an object. Also of a secret's ARN with AWS's suffix. */
export const standsAt = (owner: string, resource: string): boolean =>
  resource === owner ||
  resource.startsWith(`${owner}/`) ||
  resource.startsWith(`${owner}:`) ||
  (resource.startsWith(`${owner}-`) && resource.length === owner.length + 7);
