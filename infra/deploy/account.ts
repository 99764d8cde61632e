/** What the deployment needs to know of the AWS account, read and never changed. */
import { ACMClient, DescribeCertificateCommand, ResourceNotFoundException } from '@aws-sdk/client-acm';
import { BackupClient, DescribeRegionSettingsCommand } from '@aws-sdk/client-backup';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetAccountCommand, GetEmailIdentityCommand, NotFoundException, SESv2Client } from '@aws-sdk/client-sesv2';
import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Given } from './given-settings.ts';

/** One deployment an account and region, so its name is fixed. */
export const stackName = 'Careline';

export interface DeployedStack {
  readonly status: string;
  readonly outputs: Given;
}

/** Who deploys, where, and what is there already. */
export interface Place {
  readonly account: string;
  /** The ARN of who deploys. */
  readonly caller: string;
  readonly region: string;
  readonly stack: DeployedStack | undefined;
}

export interface Certificate {
  /** `ISSUED`, `PENDING_VALIDATION`, …; `MISSING` where there is none. */
  readonly status: string;
  readonly names: readonly string[];
  /** The DNS records that prove the domain, while it is pending. */
  readonly records: readonly string[];
}

export interface AccountFacts {
  /** The version of the CDK's bootstrap stack. */
  readonly bootstrap: number | undefined;
  /** Undefined where the settings name none. */
  readonly certificate: Certificate | undefined;
  /** The pool that has the sign-in prefix. Only pools of this account are seen. */
  readonly prefixOwner: string | undefined;
  /** Whether SES knows the mail domain, and whether its DNS records were seen. */
  readonly mailDomain: 'absent' | 'unverified' | 'verified';
  /** SES delivers to verified addresses alone until AWS lets the account out. */
  readonly mailSandbox: boolean;
  /** SES sends for this account: AWS has not paused it. */
  readonly mailEnabled: boolean;
  readonly mailsADay: number;
  /** How many functions run at once in this account. */
  readonly concurrency: number;
  /** AWS Backup manages copies of tables itself, under the key of their vault and not under that of the table. */
  readonly copiesApart: boolean;
}

/** Where the CDK writes what it prepared the account with. */
const bootstrapVersion = '/cdk-bootstrap/hnb659fds/version';

const patience = { maxAttempts: 2 };

const nameOf = (error: unknown) => (error instanceof Error ? error.name : '');

/** Undefined where the call fails for want of the thing, which AWS tells by one of these names. */
async function whereThere<Found>(call: Promise<Found>, ...absent: readonly string[]): Promise<Found | undefined> {
  try {
    return await call;
  } catch (error) {
    if (absent.includes(nameOf(error))) return undefined;
    throw error;
  }
}

/** Whose credentials these are, the region, and the deployed stack. Rejects with AWS's error; see `sentenceOfAws`. */
export async function readPlace(given: Given): Promise<Place> {
  const where = { ...patience, ...(given.region !== undefined && { region: given.region }) };
  const sts = new STSClient(where);
  const region = await sts.config.region();
  const { Account: account = '', Arn: caller = '' } = await sts.send(new GetCallerIdentityCommand({}));
  const found = await findStack(region);
  return { account, caller, region, stack: found && stateOf(found) };
}

async function findStack(region: string): Promise<Stack | undefined> {
  const cloudformation = new CloudFormationClient({ ...patience, region });
  // AWS has no error of its own for a stack that is not there.
  const found = await cloudformation
    .send(new DescribeStacksCommand({ StackName: stackName }))
    .catch((error: unknown) => {
      if (nameOf(error) === 'ValidationError' && /does not exist/.test((error as Error).message)) return undefined;
      throw error;
    });
  return found?.Stacks?.[0];
}

const stateOf = ({ StackStatus, Outputs = [] }: Stack): DeployedStack => ({
  status: StackStatus ?? '',
  outputs: Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue])),
});

/** Everything else that the checks need, for these settings. */
export async function readFacts(settings: Given, { region }: Place): Promise<AccountFacts> {
  const where = { ...patience, region };
  const { certificateArn, signInPrefix = `careline-${settings.stage}`, mailDomain = '' } = settings;
  const ses = new SESv2Client(where);
  const [bootstrapped, certificate, domain, identity, sending, lambda, copies] = await Promise.all([
    whereThere(new SSMClient(where).send(new GetParameterCommand({ Name: bootstrapVersion })), ParameterNotFound.name),
    certificateArn === undefined ? undefined : readCertificate(certificateArn, where),
    new CognitoIdentityProviderClient(where).send(new DescribeUserPoolDomainCommand({ Domain: signInPrefix })),
    whereThere(ses.send(new GetEmailIdentityCommand({ EmailIdentity: mailDomain })), NotFoundException.name),
    ses.send(new GetAccountCommand({})),
    new LambdaClient(where).send(new GetAccountSettingsCommand({})),
    new BackupClient(where).send(new DescribeRegionSettingsCommand({})),
  ]);
  return {
    bootstrap: bootstrapped && Number(bootstrapped.Parameter?.Value),
    certificate,
    prefixOwner: domain.DomainDescription?.UserPoolId,
    mailDomain: identity === undefined ? 'absent' : identity.VerifiedForSendingStatus ? 'verified' : 'unverified',
    mailSandbox: sending.ProductionAccessEnabled !== true,
    mailEnabled: sending.SendingEnabled !== false,
    mailsADay: sending.SendQuota?.Max24HourSend ?? 0,
    concurrency: lambda.AccountLimit?.ConcurrentExecutions ?? 0,
    copiesApart: copies.ResourceTypeManagementPreference?.DynamoDB === true,
  };
}

async function readCertificate(arn: string, where: { readonly region: string }): Promise<Certificate> {
  const asked = new ACMClient(where).send(new DescribeCertificateCommand({ CertificateArn: arn }));
  const { Certificate: found } = (await whereThere(asked, ResourceNotFoundException.name)) ?? {};
  if (!found) return { status: 'MISSING', names: [], records: [] };
  return {
    status: found.Status ?? '',
    names: [found.DomainName ?? '', ...(found.SubjectAlternativeNames ?? [])],
    records: (found.DomainValidationOptions ?? []).flatMap(({ ResourceRecord: record }) =>
      record ? [`${record.Name} ${record.Type} ${record.Value}`] : [],
    ),
  };
}

/** The names of the resources of a type, in the order of the stack. */
type NamesInStack = (type: string) => readonly string[];

/** Asks once for all resources of the deployed stack. */
export async function namesInStack(client: CloudFormationClient): Promise<NamesInStack> {
  const found: (readonly [type: string | undefined, name: string])[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName: stackName }))
    for (const { ResourceType, PhysicalResourceId } of page.StackResourceSummaries ?? [])
      if (PhysicalResourceId) found.push([ResourceType, PhysicalResourceId]);
  return (type) => found.flatMap(([each, name]) => (each === type ? [name] : []));
}

/**
 * What is unfinished in the deployed stack. One list of its resources serves both. `unprotected`: the names of what a person could
 * still delete, where the stack is protected (`isProtected`). `unconfirmed`: those of `addresses` that have not confirmed that
 * they want what a topic tells. An address that is not given is none.
 */
export async function readUnfinished(
  { region }: Pick<Place, 'region'>,
  { addresses, isProtected }: { readonly addresses: readonly (string | undefined)[]; readonly isProtected: boolean },
) {
  const where = { ...patience, region };
  const named = await namesInStack(new CloudFormationClient(where));
  const [unprotected, unconfirmed] = await Promise.all([
    isProtected ? unprotectedIn(named, where) : [],
    unconfirmedOf(addresses, named, where),
  ]);
  return { unprotected, unconfirmed };
}

async function unconfirmedOf(
  addresses: readonly (string | undefined)[],
  named: NamesInStack,
  where: Pick<Place, 'region'>,
): Promise<readonly string[]> {
  const client = new SNSClient(where);
  const confirmed = new Set<string | undefined>();
  for (const TopicArn of named('AWS::SNS::Topic'))
    for await (const page of paginateListSubscriptionsByTopic({ client }, { TopicArn }))
      for (const { Endpoint, SubscriptionArn } of page.Subscriptions ?? [])
        if (SubscriptionArn?.startsWith('arn:')) confirmed.add(Endpoint);
  return addresses.filter((address) => address !== undefined).filter((address) => !confirmed.has(address));
}

/** Of the tables, the pool of people and the stack itself. */
async function unprotectedIn(named: NamesInStack, where: Pick<Place, 'region'>): Promise<readonly string[]> {
  const [tables, pools] = [new DynamoDBClient(where), new CognitoIdentityProviderClient(where)];
  const protectedTable = async (TableName: string) =>
    (await tables.send(new DescribeTableCommand({ TableName }))).Table?.DeletionProtectionEnabled === true;
  const protectedPool = async (UserPoolId: string) =>
    (await pools.send(new DescribeUserPoolCommand({ UserPoolId }))).UserPool?.DeletionProtection === 'ACTIVE';
  const protectedStack = async () => (await findStack(where.region))?.EnableTerminationProtection === true;
  const asked = [
    ...named('AWS::DynamoDB::Table').map((name) => ({ name, isProtected: protectedTable(name) })),
    ...named('AWS::Cognito::UserPool').map((name) => ({ name, isProtected: protectedPool(name) })),
    { name: stackName, isProtected: protectedStack() },
  ];
  const found = await Promise.all(asked.map(async ({ name, isProtected }) => ((await isProtected) ? [] : [name])));
  return found.flat();
}

/**
 * One sentence for an error of AWS, with the way out. Undefined for an error that is none of these. `profile`: the one
 * that the settings of AWS name.
 */
export function sentenceOfAws(error: unknown, profile = process.env.AWS_PROFILE): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const known = awsErrors.find(([pattern]) => pattern.test(`${error.name} ${error.message}`));
  return known?.[1](error, profile);
}

const awsErrors: readonly (readonly [
  pattern: RegExp,
  sentence: (error: Error, profile: string | undefined) => string,
])[] = [
  [
    /^CredentialsProviderError|Could not load credentials/,
    (_, profile) =>
      profile === undefined
        ? 'There are no AWS credentials: sign in (aws sso login) and set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'
        : `The AWS profile "${profile}" (AWS_PROFILE) gives no credentials: set one that "aws configure list-profiles" shows, and sign in (aws sso login).`,
  ],
  [/Region is missing/, () => 'No AWS region is set: set AWS_REGION, such as AWS_REGION=us-east-1.'],
  [
    /^(ExpiredToken|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidSignatureException)/,
    () => 'AWS did not accept the credentials, which may have expired: sign in again (aws sso login).',
  ],
  [
    /^(AccessDenied|AuthorizationError|UnauthorizedOperation)/,
    ({ message }) =>
      `This AWS profile may not look at what the checks need: use one with administrator access. AWS said: ${message}`,
  ],
  [
    /^ValidationError Stack .*does not exist/,
    () =>
      `There is no stack ${stackName} in this account and region: deploy it first, or set AWS_PROFILE and AWS_REGION to where it is.`,
  ],
  [
    /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|TimeoutError/,
    () => 'AWS cannot be reached: check the network, and the name of the region.',
  ],
];
