/**
 * Another implementation of CloudFormation, moto, creates the template. It is compared with what the embedded cloud makes of it.
 * And cfn-lint reads the template. Both programs are installed by hand: each test says how.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
import { type EventSourceMappingConfiguration, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cloud, startCloud } from '../../infra/local/cloud.ts';
import { localAccount } from '../../infra/local/endpoint/service.ts';
import { type Resource, readTemplate, type Template } from '../../infra/local/template/template.ts';
import { synthesize } from '../../infra/synthesize.ts';
import { createStack, forMoto, startMoto } from '../support/moto.ts';

const run = promisify(execFile);

let assembly = '';
let template: Template;
beforeAll(async () => {
  assembly = (await synthesize()).folder;
  template = readTemplate(assembly);
});

describe('what moto creates of the template', () => {
  let moto: Awaited<ReturnType<typeof startMoto>>;
  let cloud: Cloud;
  let physical: ReadonlyMap<string, string>;
  let embedded: typeof moto.settings;
  beforeAll(async () => {
    moto = await startMoto();
    cloud = await startCloud({ assembly, frozenAt: Date.parse('2026-11-10T14:00:00Z') });
    embedded = { ...moto.settings, endpoint: cloud.endpointUrl };
    physical = await createStack(moto.settings, assembly).catch((error: Error) => {
      throw new Error([error.message, ...moto.complaints().slice(-3)].join('\n'), { cause: error });
    });
  }, 120_000);
  afterAll(async () => {
    moto?.stop();
    await cloud?.stop();
  });

  /** With the logical id in the place of each name that moto made up. */
  function withOurNames<Value>(value: Value): Value {
    let text = JSON.stringify(value);
    for (const type of ['AWS::KMS::Key', 'AWS::Logs::LogGroup']) {
      for (const { logicalId } of template.ofType(type)) {
        text = text.replaceAll(physical.get(logicalId) ?? 'none', logicalId);
      }
    }
    return JSON.parse(text) as Value;
  }

  /** What `aws <command>` answers from moto. */
  async function aws(command: string, ...more: readonly string[]): Promise<Record<string, unknown>> {
    const { AWS_PROFILE: _, ...inherited } = process.env;
    const { stdout } = await run('aws', ['--endpoint-url', moto.settings.endpoint, ...command.split(' '), ...more], {
      maxBuffer: 64 * 1024 * 1024,
      env: {
        ...inherited,
        AWS_ACCESS_KEY_ID: 'operator',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_DEFAULT_REGION: moto.settings.region,
        AWS_CONFIG_FILE: '/dev/null',
        AWS_PAGER: '',
        AWS_DEFAULT_OUTPUT: 'json',
      },
    }).catch((error: unknown) => {
      const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
      throw new Error(code === 'ENOENT' ? 'There is no AWS CLI: install the Debian package awscli.' : stderr.trim());
    });
    return withOurNames(JSON.parse(stdout));
  }

  /** Asks both clouds the same for each resource of a type. */
  async function both<Answer>(
    type: string,
    ask: (settings: typeof embedded, resource: Resource) => Promise<Answer>,
  ): Promise<{ readonly theirs: object; readonly ours: object }> {
    const resources = template.ofType(type);
    const all = async (settings: typeof embedded) =>
      Object.fromEntries(
        await Promise.all(resources.map(async (each) => [each.logicalId, await ask(settings, each)] as const)),
      );
    return { theirs: withOurNames(await all(moto.settings)), ours: await all(embedded) };
  }
  const byName = <Item extends object>(items: readonly Item[] | undefined, name: keyof Item) =>
    (items ?? []).toSorted((one, other) => String(one[name]).localeCompare(String(other[name])));

  test('is every resource of a type that it knows', () => {
    const asked = Object.keys(forMoto(assembly).Resources);
    expect(asked.filter((id) => !physical.has(id))).toEqual([]);
    expect(asked.length).toBeGreaterThan(100);
  });

  test('has the same tables: keys, indexes, streams', async () => {
    const { theirs, ours } = await both('AWS::DynamoDB::Table', async (settings, { name }) => {
      const { Table: table } = await new DynamoDBClient(settings).send(new DescribeTableCommand({ TableName: name }));
      return {
        keys: table?.KeySchema,
        attributes: byName(table?.AttributeDefinitions, 'AttributeName'),
        indexes: byName(table?.GlobalSecondaryIndexes, 'IndexName').map(({ IndexName, KeySchema, Projection }) => ({
          IndexName,
          KeySchema,
          Projection,
        })),
        stream: table?.StreamSpecification,
        billing: table?.BillingModeSummary?.BillingMode,
      };
    });
    expect(theirs).toEqual(ours);
  });

  test('has the same functions: handler, runtime, memory, time, role, environment', async () => {
    const { theirs, ours } = await both('AWS::Lambda::Function', async (settings, { name }) => {
      const { Functions = [] } = await new LambdaClient(settings).send(new ListFunctionsCommand({}));
      const found = Functions.find(({ FunctionName }) => FunctionName === name);
      const { Handler, Runtime, MemorySize, Timeout, Role, Environment } = found ?? {};
      // The embedded cloud puts the addresses of this start in their place.
      const { CONSOLE_URL: _, OIDC_ISSUER: __, ...variables } = Environment?.Variables ?? {};
      return { Handler, Runtime, MemorySize, Timeout, Role, variables };
    });
    expect(theirs).toEqual(ours);
  });

  test('has the same state machines: definition and role', async () => {
    interface Machine {
      readonly definition?: string | undefined;
      readonly roleArn?: string | undefined;
    }
    const shown = ({ definition = '', roleArn }: Machine) => ({ definition: JSON.parse(definition), roleArn });
    const { theirs, ours } = await both('AWS::StepFunctions::StateMachine', async (settings, { arn, properties }) =>
      settings === embedded
        ? shown({ definition: String(properties.DefinitionString), roleArn: String(properties.RoleArn) })
        : shown(await aws('stepfunctions describe-state-machine --state-machine-arn', arn)),
    );
    expect(theirs).toEqual(ours);
  });

  test('has the same keys, with their policies', async () => {
    const { theirs, ours } = await both('AWS::KMS::Key', async (settings, { logicalId, properties }) => {
      if (settings === embedded) return properties.KeyPolicy as object;
      const asked = new GetKeyPolicyCommand({ KeyId: physical.get(logicalId) ?? '', PolicyName: 'default' });
      return JSON.parse((await new KMSClient(settings).send(asked)).Policy ?? '') as object;
    });
    expect(theirs).toEqual(ours);
  });

  test('has the same grants: who may take each role, and what it may do', async () => {
    // AWS's ARN of a log group ends in `:*`, and moto's does not. The ARN of a stream has the time of its creation.
    const alike = <Value>(value: Value): Value =>
      JSON.parse(
        JSON.stringify(value)
          .replaceAll(/(:log-group:[\w/-]+):\*/g, '$1')
          .replaceAll(/\/stream\/[^"*]+/g, '/stream'),
      ) as Value;
    interface Document {
      readonly PolicyDocument: unknown;
    }
    const policies = template.ofType('AWS::IAM::Policy').map(({ properties }) => properties);
    const ours = template.ofType('AWS::IAM::Role').map(({ name, properties }) => ({
      name,
      taken: properties.AssumeRolePolicyDocument,
      may: [
        ...((properties.Policies ?? []) as readonly Document[]).map(({ PolicyDocument }) => PolicyDocument),
        ...policies
          .filter(({ Roles }) => (Roles as readonly unknown[]).includes(name))
          .map(({ PolicyDocument }) => PolicyDocument),
      ],
    }));
    const { RoleDetailList: found } = (await aws('iam get-account-authorization-details --filter Role')) as {
      readonly RoleDetailList: readonly {
        readonly RoleName: string;
        readonly AssumeRolePolicyDocument: unknown;
        readonly RolePolicyList?: readonly Document[];
      }[];
    };
    const theirs = found.map(({ RoleName, AssumeRolePolicyDocument, RolePolicyList = [] }) => ({
      name: RoleName,
      taken: AssumeRolePolicyDocument,
      may: RolePolicyList.map(({ PolicyDocument }) => PolicyDocument),
    }));
    expect(alike(byName(theirs, 'name'))).toEqual(alike(byName(ours, 'name')));
  });

  test('has the same queues, rules and topics', async () => {
    const queues = await Promise.all(
      template.ofType('AWS::SQS::Queue').map(async ({ logicalId, properties }) => {
        const url = `${moto.settings.endpoint}/${localAccount}/${logicalId}`;
        const { Attributes } = await aws('sqs get-queue-attributes --attribute-names All --queue-url', url);
        const { MessageRetentionPeriod, QueueArn } = Attributes as Record<string, string>;
        return [
          { MessageRetentionPeriod, QueueArn },
          {
            MessageRetentionPeriod: String(properties.MessageRetentionPeriod),
            QueueArn: template.resources.get(logicalId)?.arn,
          },
        ];
      }),
    );
    const rules = await Promise.all(
      template.ofType('AWS::Events::Rule').map(async ({ name, properties }) => {
        const found = await aws('events describe-rule --name', name);
        const { Targets } = await aws('events list-targets-by-rule --rule', name);
        return [
          {
            schedule: found.ScheduleExpression,
            pattern: found.EventPattern === undefined ? undefined : JSON.parse(String(found.EventPattern)),
            state: found.State,
            targets: Targets,
          },
          {
            schedule: properties.ScheduleExpression,
            pattern: properties.EventPattern,
            state: properties.State,
            targets: properties.Targets,
          },
        ];
      }),
    );
    const { Topics } = await aws('sns list-topics');
    const topics = [
      byName(Topics as readonly { TopicArn: string }[], 'TopicArn'),
      byName(
        template.ofType('AWS::SNS::Topic').map(({ arn }) => ({ TopicArn: arn })),
        'TopicArn',
      ),
    ];
    const all = [...queues, ...rules, topics];
    expect(all.map(([theirs]) => theirs)).toEqual(all.map(([, ours]) => ours));
  });

  test('reads the same streams for the same functions', async () => {
    const shown = ({
      BatchSize,
      BisectBatchOnFunctionError,
      DestinationConfig,
      EventSourceArn,
      FunctionArn,
      StartingPosition,
    }: EventSourceMappingConfiguration) => ({
      BatchSize,
      BisectBatchOnFunctionError,
      DestinationConfig,
      // The time of a stream's creation.
      EventSourceArn: EventSourceArn?.replace(/\/stream\/.*/, '/stream'),
      FunctionArn: FunctionArn?.replace(/:live$/, ''),
      StartingPosition,
    });
    const sorted = (found: readonly EventSourceMappingConfiguration[] = []) => byName(found.map(shown), 'FunctionArn');
    const theirs = await aws('lambda list-event-source-mappings');
    const ours = template.ofType('AWS::Lambda::EventSourceMapping').map(({ properties }) => ({
      ...(properties as EventSourceMappingConfiguration),
      FunctionArn: template.resources.get(String(properties.FunctionName).replace(/:live$/, ''))?.arn,
    }));
    expect(sorted(theirs.EventSourceMappings as readonly EventSourceMappingConfiguration[])).toEqual(sorted(ours));
  });

  test('keeps logs as long', async () => {
    const { logGroups } = await aws('logs describe-log-groups');
    const theirs = new Map(
      (logGroups as readonly { logGroupName: string; retentionInDays?: number }[]).map((group) => [
        group.logGroupName,
        group.retentionInDays,
      ]),
    );
    const groups = template.ofType('AWS::Logs::LogGroup');
    expect(groups.map(({ logicalId }) => [logicalId, theirs.get(logicalId)])).toEqual(
      groups.map(({ logicalId, properties }) => [logicalId, properties.RetentionInDays]),
    );
  });
});

/** What cfn-lint says and needs no change. */
const accepted: readonly RegExp[] = [
  // Two waits take their time from an expression, where the rule knows numbers alone.
  /^E3601 Resources\.(Referral|Deadline)\..*\.(AwaitResolution|AwaitPerson)\.TimeoutSeconds: /,
  // CDK names the role beside its policy. The one waits for the other anyway.
  /^W3005 .* dependency already enforced by a 'GetAtt'/,
];

test('cfn-lint finds nothing else in the template', async () => {
  const file = join(assembly, 'Careline.template.json');
  const { stdout } = await run('cfn-lint', ['--format', 'json', '--regions', 'us-east-1', '--template', file], {
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: unknown) => {
    const { code, stdout: told = '' } = error as { code?: unknown; stdout?: string };
    if (code === 'ENOENT') throw new Error('There is no cfn-lint: install "cfn-lint" with pip.');
    return { stdout: told };
  });
  interface Finding {
    readonly Rule: { readonly Id: string };
    readonly Message: string;
    readonly Location: { readonly Path?: readonly unknown[] };
  }
  const found = (JSON.parse(stdout) as readonly Finding[]).map(
    ({ Rule, Message, Location }) => `${Rule.Id} ${(Location.Path ?? []).join('.')}: ${Message}`,
  );
  expect(found.filter((each) => !accepted.some((known) => known.test(each)))).toEqual([]);
});
