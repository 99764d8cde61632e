/** What CloudFormation knows of each resource type that the stack may name: its name, ARN, `Ref` and attributes. */
import { localAccount, localRegion } from '../endpoint/service.ts';

/** The part of a resource that its identity is made of. */
interface Identity {
  readonly logicalId: string;
  readonly type: string;
  readonly name: string;
  readonly arn: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

type Of<Result> = (resource: Identity) => Result;

export interface Kind {
  /** The property that holds an explicit physical name. */
  readonly nameProperty?: string;
  readonly arn?: Of<string>;
  /** What `Ref` gives; the name without it. */
  readonly ref?: Of<string>;
  readonly attributes?: Readonly<Record<string, Of<unknown>>>;
  /** Finishes the properties after their intrinsics are resolved. */
  readonly complete?: (properties: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  /** True for a type that the embedded cloud runs: all of its properties must resolve at start. */
  readonly embedded?: true;
}

const regional =
  (service: string, prefix = ''): Of<string> =>
  ({ name }) =>
    `arn:aws:${service}:${localRegion}:${localAccount}:${prefix}${name}`;
const global =
  (service: string, prefix: string): Of<string> =>
  ({ name }) =>
    `arn:aws:${service}::${localAccount}:${prefix}${name}`;
const arn: Of<string> = (resource) => resource.arn;
const ownId: Of<string> = ({ logicalId }) => logicalId;
const poolId: Of<string> = ({ logicalId }) => `${localRegion}_${logicalId}`;
const functionArn = (of: unknown) =>
  String(of).startsWith('arn:') ? String(of) : `arn:aws:lambda:${localRegion}:${localAccount}:function:${of}`;

const kinds: Readonly<Record<string, Kind>> = {
  'AWS::DynamoDB::Table': {
    embedded: true,
    nameProperty: 'TableName',
    arn: regional('dynamodb', 'table/'),
    attributes: { StreamArn: (table) => `${table.arn}/stream/2026-01-01T00:00:00.000` },
  },
  'AWS::Lambda::Function': { embedded: true, nameProperty: 'FunctionName', arn: regional('lambda', 'function:') },
  'AWS::Lambda::EventSourceMapping': { embedded: true },
  'AWS::Lambda::Version': {
    embedded: true,
    arn: ({ properties }) => `${functionArn(properties.FunctionName)}:1`,
    ref: arn,
    attributes: { Version: () => '1' },
  },
  'AWS::Lambda::Alias': {
    embedded: true,
    nameProperty: 'Name',
    arn: ({ name, properties }) => `${functionArn(properties.FunctionName)}:${name}`,
    ref: arn,
  },
  'AWS::StepFunctions::StateMachine': {
    embedded: true,
    nameProperty: 'StateMachineName',
    arn: regional('states', 'stateMachine:'),
    ref: arn,
    complete: substituteDefinition,
  },
  'AWS::SNS::Topic': {
    embedded: true,
    nameProperty: 'TopicName',
    arn: regional('sns'),
    ref: arn,
  },
  'AWS::SNS::Subscription': { embedded: true },
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    arn: regional('sqs'),
    ref: ({ name }) => `https://sqs.${localRegion}.amazonaws.com/${localAccount}/${name}`,
    attributes: { QueueName: ({ name }) => name },
  },
  'AWS::SecretsManager::Secret': {
    embedded: true,
    nameProperty: 'Name',
    arn: regional('secretsmanager', 'secret:'),
    ref: arn,
  },
  'AWS::KMS::Key': {
    embedded: true,
    arn: ({ logicalId }) => `arn:aws:kms:${localRegion}:${localAccount}:key/${logicalId}`,
    ref: ownId,
  },
  'AWS::IAM::Role': {
    embedded: true,
    nameProperty: 'RoleName',
    arn: global('iam', 'role/'),
  },
  'AWS::IAM::Policy': { embedded: true, nameProperty: 'PolicyName' },
  'AWS::IAM::ManagedPolicy': {
    embedded: true,
    nameProperty: 'ManagedPolicyName',
    arn: global('iam', 'policy/'),
    ref: arn,
  },
  'AWS::SES::EmailIdentity': {
    embedded: true,
    nameProperty: 'EmailIdentity',
    arn: regional('ses', 'identity/'),
    attributes: Object.fromEntries(
      [1, 2, 3].flatMap((n) => [
        [`DkimDNSTokenName${n}`, ({ name }: Identity) => `token${n}._domainkey.${name}`],
        [`DkimDNSTokenValue${n}`, () => `token${n}.dkim.amazonses.com`],
      ]),
    ),
  },
  'AWS::SES::ConfigurationSet': { embedded: true, nameProperty: 'Name', arn: regional('ses', 'configuration-set/') },
  'AWS::SES::ConfigurationSetEventDestination': { embedded: true },
  'AWS::Events::Rule': { embedded: true, nameProperty: 'Name', arn: regional('events', 'rule/') },
  'AWS::ApiGateway::RestApi': {
    embedded: true,
    nameProperty: 'Name',
    arn: ({ logicalId }) => `arn:aws:apigateway:${localRegion}::/restapis/${logicalId}`,
    ref: ownId,
    attributes: { RootResourceId: ({ logicalId }) => `${logicalId}Root` },
  },
  'AWS::ApiGateway::Resource': { embedded: true },
  'AWS::ApiGateway::Method': { embedded: true },
  'AWS::ApiGateway::Authorizer': { embedded: true, ref: ownId },
  'AWS::ApiGateway::Deployment': { ref: ownId },
  'AWS::ApiGateway::Stage': {
    embedded: true,
    nameProperty: 'StageName',
    arn: ({ name, properties }) =>
      `arn:aws:apigateway:${localRegion}::/restapis/${properties.RestApiId}/stages/${name}`,
  },
  'AWS::Cognito::UserPool': {
    embedded: true,
    nameProperty: 'UserPoolName',
    arn: (pool) => `arn:aws:cognito-idp:${localRegion}:${localAccount}:userpool/${poolId(pool)}`,
    ref: poolId,
  },
  'AWS::Cognito::UserPoolClient': {
    nameProperty: 'ClientName',
    ref: ownId,
  },
  'AWS::Cognito::UserPoolDomain': { nameProperty: 'Domain' },
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    arn: ({ name }) => `arn:aws:logs:${localRegion}:${localAccount}:log-group:${name}:*`,
  },
  'AWS::S3::Bucket': {
    embedded: true,
    nameProperty: 'BucketName',
    arn: ({ name }) => `arn:aws:s3:::${name.toLowerCase()}`,
    ref: ({ name }) => name.toLowerCase(),
  },
  'AWS::CloudWatch::Alarm': { nameProperty: 'AlarmName', arn: regional('cloudwatch', 'alarm:') },
  'AWS::WAFv2::WebACL': {
    nameProperty: 'Name',
    arn: ({ name, logicalId }) => `arn:aws:wafv2:${localRegion}:${localAccount}:regional/webacl/${name}/${logicalId}`,
  },
};

/** Nothing runs for these here. A reference to one is refused where it is resolved. */
const withoutEffect: ReadonlySet<string> = new Set([
  // Policies of resources, permissions and answers of the gateway, which are read by type.
  ...['AWS::Lambda::Permission', 'AWS::SNS::TopicPolicy', 'AWS::SQS::QueuePolicy', 'AWS::S3::BucketPolicy'],
  'AWS::ApiGateway::GatewayResponse',
  // What the account has besides: addresses, copies, records, counters and walls.
  ...['AWS::ApiGateway::Account', 'AWS::ApiGateway::DomainName', 'AWS::ApiGateway::BasePathMapping'],
  ...['AWS::Backup::BackupVault', 'AWS::Backup::BackupPlan', 'AWS::Backup::BackupSelection'],
  ...['AWS::CloudTrail::Trail', 'AWS::Logs::MetricFilter', 'AWS::Budgets::Budget', 'AWS::CloudWatch::Dashboard'],
  ...['AWS::WAFv2::WebACLAssociation', 'AWS::Cognito::ManagedLoginBranding'],
]);

/** The types that the embedded cloud runs, or can leave out without running something else. */
export const knownTypes: readonly string[] = [...Object.keys(kinds), ...withoutEffect];

const unknownKind: Kind = {};

export function kindOf(type: string): Kind {
  return kinds[type] ?? unknownKind;
}

/** What `Ref` gives for the resource. */
export function identify(resource: Identity): string {
  return (kindOf(resource.type).ref ?? (({ name }: Identity) => name))(resource);
}

/** What `Fn::GetAtt` gives for the resource, or undefined where the attribute is not known. */
export function attributeOf(resource: Identity, attribute: string): unknown {
  const kind = kindOf(resource.type);
  if (attribute === 'Arn') return kind.arn?.(resource);
  return kind.attributes?.[attribute]?.(resource);
}

/** CloudFormation replaces `${key}` in a definition by DefinitionSubstitutions after it has resolved both. */
function substituteDefinition(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { DefinitionSubstitutions: substitutions = {}, ...rest } = properties;
  if (typeof rest.DefinitionString !== 'string') return properties;
  let definition = rest.DefinitionString;
  for (const [key, value] of Object.entries(substitutions as Record<string, unknown>)) {
    definition = definition.replaceAll(`\${${key}}`, () => String(value));
  }
  return { ...rest, DefinitionString: definition };
}
