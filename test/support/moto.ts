/**
 * The stack as another implementation of CloudFormation creates it: moto's server, in a process of its own. It stands in for
 * an AWS account where only the reading of the template is asked about.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { localAccount, localRegion } from '../../infra/local/endpoint/service.ts';
import { attributeOf, identify } from '../../infra/local/template/resource-kinds.ts';
import { readTemplate } from '../../infra/local/template/template.ts';

const stackName = 'Careline';

/** Types of resources that moto's CloudFormation does not create. A resource of another type must be there. */
const lacking: readonly string[] = [
  'AWS::ApiGateway::Account',
  'AWS::ApiGateway::Authorizer',
  'AWS::ApiGateway::GatewayResponse',
  'AWS::ApiGateway::Stage',
  'AWS::Backup::BackupPlan',
  'AWS::Backup::BackupSelection',
  'AWS::Backup::BackupVault',
  'AWS::CloudTrail::Trail',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Cognito::ManagedLoginBranding',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolDomain',
  'AWS::Lambda::Alias',
  'AWS::Logs::MetricFilter',
  'AWS::S3::BucketPolicy',
  'AWS::SES::ConfigurationSet',
  'AWS::SES::ConfigurationSetEventDestination',
  'AWS::SES::EmailIdentity',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::SecretsManager::Secret',
  'AWS::WAFv2::WebACL',
  'AWS::WAFv2::WebACLAssociation',
];

/** A version is published of code, and here each function has an empty archive. */
const ofCode = 'AWS::Lambda::Version';

/** Moto looks for the function that these name, and has no alias. So they name the function behind the alias. */
const namingFunctions: readonly string[] = ['AWS::Lambda::Permission', 'AWS::Lambda::EventSourceMapping'];

/** Moto makes names at random. With its logical id as its name, a resource has the ARN that it has in the embedded cloud. */
const nameProperties: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
};

/** The parts of a JSON text in which the functions of CloudFormation still stand, for `Fn::Join`. */
function textWithFunctions(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [JSON.stringify(value)];
  if (Array.isArray(value)) {
    return ['[', ...value.flatMap((each, index) => [...(index > 0 ? [','] : []), ...textWithFunctions(each)]), ']'];
  }
  const entries = Object.entries(value);
  if (entries.some(([name]) => name === 'Ref' || name.startsWith('Fn::'))) return ['"', value, '"'];
  const members = entries.flatMap(([name, each], index) => [
    `${index > 0 ? ',' : ''}${JSON.stringify(name)}:`,
    ...textWithFunctions(each),
  ]);
  return ['{', ...members, '}'];
}

/** Properties that moto reads in another way, and what it is given instead. */
const otherwise: Readonly<Record<string, (properties: Plain) => Plain>> = {
  // Moto keeps the policy as it stands, and its own KMS then expects text.
  'AWS::KMS::Key': ({ KeyPolicy, ...properties }) => ({
    ...properties,
    KeyPolicy: { 'Fn::Join': ['', textWithFunctions(KeyPolicy)] },
  }),
  // Moto leaves the substitutions out. `Fn::Sub` puts the same values in.
  'AWS::StepFunctions::StateMachine': ({ DefinitionString, DefinitionSubstitutions, ...properties }) => ({
    ...properties,
    DefinitionString: { 'Fn::Sub': [DefinitionString, DefinitionSubstitutions] },
  }),
};

/** They name what is left out. */
const noOutputs = { Outputs: {} };

interface SourceResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
}
interface Source {
  readonly Resources: Readonly<Record<string, SourceResource>>;
}
type Plain = Readonly<Record<string, unknown>>;

const readJson = (assembly: string, name: string): unknown => JSON.parse(readFileSync(join(assembly, name), 'utf8'));

/**
 * The template of the assembly without what moto lacks. What referred to such a resource has the value that the embedded cloud
 * resolves. Throws where a reference cannot be resolved.
 */
export function forMoto(assembly: string): Source {
  const { Resources, ...source } = readJson(assembly, `${stackName}.template.json`) as Source;
  const embedded = readTemplate(assembly);
  const isLeftOut = (id: unknown) => [...lacking, ofCode].includes(Resources[String(id)]?.Type ?? '');
  const left = (id: string) => {
    const resource = embedded.resources.get(id);
    if (!resource) throw new Error(`The embedded cloud has no resource ${id}.`);
    return resource;
  };
  const replaced = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replaced);
    if (typeof value !== 'object' || value === null) return value;
    const { Ref: ref, 'Fn::GetAtt': got } = value as Plain;
    if (isLeftOut(ref)) return identify(left(String(ref)));
    if (Array.isArray(got) && isLeftOut(got[0])) return attributeOf(left(got[0]), got[1]);
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replaced(each)]));
  };
  const functionBehind = (value: unknown) => {
    const alias = [...JSON.stringify(value).matchAll(/"Ref":"(\w+)"/g)].find(([, id]) => isLeftOut(id))?.[1] ?? '';
    return Resources[alias]?.Properties?.FunctionName ?? value;
  };
  const resources = Object.entries(Resources).flatMap(([id, resource]) => {
    if (isLeftOut(id)) return [];
    const { Type: type, Properties: given = {}, DependsOn: on = [] } = resource;
    const name = nameProperties[type];
    const properties = {
      ...(name !== undefined && { [name]: id }),
      ...(otherwise[type]?.(given) ?? given),
      ...(namingFunctions.includes(type) && { FunctionName: functionBehind(given.FunctionName) }),
    };
    const after = [on].flat().filter((each) => !isLeftOut(each));
    return [[id, { ...resource, Properties: replaced(properties), DependsOn: after }]];
  });
  return { ...source, ...noOutputs, Resources: Object.fromEntries(resources) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts moto's server on a free port. Rejects with a sentence where this machine has none. */
export async function startMoto() {
  const port = await freePort();
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, MOTO_ACCOUNT_ID: localAccount, AWS_DEFAULT_REGION: localRegion },
  });
  const failed = new Promise<never>((_, reject) => {
    const sentence = 'There is no moto_server: install the Debian package python3-moto, or "moto[server]" with pip.';
    child.once('error', () => reject(new Error(sentence)));
    child.once('exit', (status) => reject(new Error(`moto_server ended with the status ${status}.`)));
  });
  const lines: string[] = [];
  const listening = new Promise<void>((resolve) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      if (line.includes('Running on')) resolve();
    });
  });
  await Promise.race([listening, failed]);
  failed.catch(() => undefined);
  return {
    settings: {
      endpoint: `http://127.0.0.1:${port}`,
      region: localRegion,
      credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
    },
    /** What it complained of, without its log of requests. */
    complaints: () => lines.filter((line) => !/HTTP\/1|Running on|WARNING: This is a development|CTRL\+C/.test(line)),
    stop: () => void child.kill(),
  };
}

type Settings = Awaited<ReturnType<typeof startMoto>>['settings'];

/** An archive of nothing: moto wants a zip, and looks for no handler in it. */
const emptyZip = Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex');

/**
 * Uploads the template, and what its functions name as their code. Then creates the stack. Gives the physical ids of its resources
 * by logical id. Rejects with the service's reason.
 */
export async function createStack(settings: Settings, assembly: string): Promise<ReadonlyMap<string, string>> {
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  // A second try would find the first one's stack, and hide its reason.
  const formation = new CloudFormationClient({ ...settings, maxAttempts: 1 });
  const { files } = readJson(assembly, `${stackName}.assets.json`) as {
    readonly files: Readonly<
      Record<string, { readonly destinations: Readonly<Record<string, { bucketName: string; objectKey: string }>> }>
    >;
  };
  const places = Object.values(files).flatMap(({ destinations }) => Object.values(destinations));
  const resolved = (name: string) =>
    name.replace(`\${AWS::AccountId}`, localAccount).replace(`\${AWS::Region}`, localRegion);
  for (const bucket of new Set(['templates', ...places.map(({ bucketName }) => resolved(bucketName))])) {
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  }
  for (const { bucketName, objectKey } of places) {
    await s3.send(new PutObjectCommand({ Bucket: resolved(bucketName), Key: objectKey, Body: emptyZip }));
  }
  const body = JSON.stringify(forMoto(assembly));
  await s3.send(new PutObjectCommand({ Bucket: 'templates', Key: 'careline.json', Body: body }));
  const bootstrap = { Name: '/cdk-bootstrap/hnb659fds/version', Value: '28', Type: 'String' } as const;
  await new SSMClient(settings).send(new PutParameterCommand(bootstrap));
  const TemplateURL = 'https://templates.s3.amazonaws.com/careline.json';
  await formation.send(new CreateStackCommand({ StackName: stackName, TemplateURL, Capabilities: ['CAPABILITY_IAM'] }));
  const { Stacks: [stack] = [] } = await formation.send(new DescribeStacksCommand({ StackName: stackName }));
  if (stack?.StackStatus !== 'CREATE_COMPLETE') throw new Error(`${stack?.StackStatus}: ${stack?.StackStatusReason}`);
  const created = new Map<string, string>();
  for await (const page of paginateListStackResources({ client: formation }, { StackName: stackName })) {
    for (const { LogicalResourceId: id = '', PhysicalResourceId: physical = '' } of page.StackResourceSummaries ?? []) {
      created.set(id, physical);
    }
  }
  return created;
}
