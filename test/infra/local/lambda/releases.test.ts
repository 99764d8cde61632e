/** Versions and aliases over two deployments of hand-written functions, through the AWS SDK. */
import {
  DeleteFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import { startEndpoint } from '../../../../infra/local/endpoint/endpoint.ts';
import { createAuthorize } from '../../../../infra/local/iam/iam.ts';
import { type Cloud, judgeResources, permission, released, startFunctions, temporaryFolder } from './hand-written.ts';

const says = (word: string) => `exports.handler = async (event, context) => ['${word}', context.functionVersion];`;
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** One deployment: the functions as they are now, on the data folder of the deployments before. */
async function deploy(folder: string, code: Readonly<Record<string, string>>) {
  const cloud: Cloud = startFunctions(code, {
    resources: Object.assign({}, ...Object.keys(code).map(released)),
    options: { folder },
    // The CDK names code by its content. Here the code has the name of its function, so its description differs.
    properties: Object.fromEntries(Object.entries(code).map(([name, Description]) => [name, { Description }])),
  });
  const endpoint = await startEndpoint({ port: 0, services: [cloud.lambda.service], activity: cloud.activity });
  const client = new LambdaClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
  });
  const end = async () => {
    client.destroy();
    await endpoint.stop();
    await cloud.lambda.stop();
  };
  ends.push(end);
  return {
    cloud,
    client,
    async end() {
      ends.splice(ends.indexOf(end), 1);
      await end();
    },
  };
}

const answerOf = async (cloud: Cloud, name: string) => {
  const result = await cloud.lambda.invoke(name, {});
  return result.ok ? result.payload : result.errorType;
};
const toVersion = (FunctionVersion: string, more: object = {}) =>
  new UpdateAliasCommand({ FunctionName: 'Greet', Name: 'live', FunctionVersion, ...more });

describe('a deployment', () => {
  it('publishes version 1 of each function, and live names it', async () => {
    const { cloud, client } = await deploy(temporaryFolder(), { Greet: says('one') });
    expect(await answerOf(cloud, 'Greet:live')).toEqual(['one', '1']);
    expect(await answerOf(cloud, 'Greet:1')).toEqual(['one', '1']);
    expect(await answerOf(cloud, 'Greet')).toEqual(['one', '$LATEST']);
    expect(await answerOf(cloud, 'Greet:2')).toBe('Lambda.ResourceNotFoundException');
    expect(await answerOf(cloud, 'Greet:other')).toBe('Lambda.ResourceNotFoundException');
    const { Aliases } = await client.send(new ListAliasesCommand({ FunctionName: 'Greet' }));
    expect(Aliases).toMatchObject([
      {
        AliasArn: 'arn:aws:lambda:us-east-1:000000000000:function:Greet:live',
        Name: 'live',
        FunctionVersion: '1',
      },
    ]);
  });

  it('publishes a version of what changed alone, in code or settings', async () => {
    const folder = temporaryFolder();
    await (await deploy(folder, { Greet: says('one'), Wave: says('hand') })).end();
    const { cloud, client } = await deploy(folder, { Greet: says('two'), Wave: says('hand') });
    expect(await answerOf(cloud, 'Greet:live')).toEqual(['two', '2']);
    expect(await answerOf(cloud, 'Greet:1')).toEqual(['one', '1']);
    expect(await answerOf(cloud, 'Wave:live')).toEqual(['hand', '1']);
    const { Versions = [] } = await client.send(new ListVersionsByFunctionCommand({ FunctionName: 'Greet' }));
    expect(Versions.map(({ Version }) => Version)).toEqual(['$LATEST', '1', '2']);
    expect(Versions[2]).toMatchObject({
      FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:Greet:2',
      LastModified: '2027-03-01T12:00:00.000+0000',
    });
  });

  it('of the same template changes nothing, so that an alias stays where an operator moved it', async () => {
    const folder = temporaryFolder();
    await (await deploy(folder, { Greet: says('one') })).end();
    const second = await deploy(folder, { Greet: says('two') });
    await second.client.send(toVersion('1'));
    await second.end();
    const { cloud } = await deploy(folder, { Greet: says('two') });
    expect(await answerOf(cloud, 'Greet:live')).toEqual(['one', '1']);
  });

  it('of changed code moves the alias again, and gives no number twice', async () => {
    const folder = temporaryFolder();
    await (await deploy(folder, { Greet: says('one') })).end();
    const second = await deploy(folder, { Greet: says('two') });
    await second.client.send(toVersion('1'));
    await second.client.send(new DeleteFunctionCommand({ FunctionName: 'Greet', Qualifier: '2' }));
    await second.end();
    const { cloud } = await deploy(folder, { Greet: says('three') });
    expect(await answerOf(cloud, 'Greet:live')).toEqual(['three', '3']);
  });
});

describe('the alias', () => {
  it('moves to any version, and at once', async () => {
    const folder = temporaryFolder();
    await (await deploy(folder, { Greet: says('one') })).end();
    const { cloud, client } = await deploy(folder, { Greet: says('two') });
    expect(await client.send(toVersion('1'))).toMatchObject({ FunctionVersion: '1' });
    expect(await answerOf(cloud, 'Greet:live')).toEqual(['one', '1']);
    const invoked = await client.send(new InvokeCommand({ FunctionName: 'Greet', Qualifier: 'live' }));
    expect(invoked.ExecutedVersion).toBe('1');
  });

  it('does not move to what is no version, or by what would be ignored', async () => {
    const { client } = await deploy(temporaryFolder(), { Greet: says('one') });
    await expect(client.send(toVersion('7'))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(client.send(toVersion('$LATEST'))).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    for (const more of [{ RevisionId: 'old' }, { RoutingConfig: { AdditionalVersionWeights: { 1: 0.5 } } }]) {
      await expect(client.send(toVersion('1', more))).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    }
    await expect(client.send(toVersion('1', { Name: 'next' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('keeps its version from being removed, and the template keeps the function', async () => {
    const { client } = await deploy(temporaryFolder(), { Greet: says('one') });
    const remove = (Qualifier?: string) => client.send(new DeleteFunctionCommand({ FunctionName: 'Greet', Qualifier }));
    await expect(remove('1')).rejects.toMatchObject({ name: 'ResourceConflictException' });
    await expect(remove('9')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(remove()).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });
});

describe('a permission', () => {
  const source = 'arn:aws:events:us-east-1:000000000000:rule/Hourly';
  const service = { kind: 'service', name: 'events.amazonaws.com', sourceArn: source } as const;
  const invoke = (cloud: Cloud, suffix: string) =>
    judgeResources(cloud.template)(
      service,
      'lambda:InvokeFunction',
      `arn:aws:lambda:us-east-1:000000000000:function:Greet${suffix}`,
    );

  it('for the alias is none for the function, nor the other way round', async () => {
    const ofAlias = { ...permission('Greet', 'events', source) };
    const onAlias = { ...ofAlias, Properties: { ...ofAlias.Properties, FunctionName: { Ref: 'GreetLive' } } };
    const start = (May: typeof ofAlias) => {
      const cloud = startFunctions({ Greet: says('one') }, { resources: { ...released('Greet'), May } });
      ends.push(() => cloud.lambda.stop());
      return cloud;
    };
    const aliasOnly = start(onAlias);
    expect(() => invoke(aliasOnly, ':live')).not.toThrow();
    expect(() => invoke(aliasOnly, '')).toThrow('not authorized to perform: lambda:InvokeFunction');
    const functionOnly = start(ofAlias);
    expect(() => invoke(functionOnly, '')).not.toThrow();
    expect(() => invoke(functionOnly, ':live')).toThrow('not authorized to perform: lambda:InvokeFunction');
  });

  it('of a role names the alias exactly', () => {
    const arn = { 'Fn::GetAtt': ['CallerRole', 'Arn'] };
    const cloud = startFunctions(
      { Greet: says('one'), Caller: says('caller') },
      {
        properties: { Caller: { Role: arn }, Greet: { Role: arn } },
        resources: {
          ...released('Greet'),
          CallerRole: { Type: 'AWS::IAM::Role', Properties: {} },
          CallerPolicy: {
            Type: 'AWS::IAM::Policy',
            Properties: {
              Roles: [{ Ref: 'CallerRole' }],
              PolicyDocument: {
                Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: { Ref: 'GreetLive' } }],
              },
            },
          },
        },
      },
    );
    ends.push(() => cloud.lambda.stop());
    const authorize = createAuthorize(cloud.template);
    const call = (suffix: string) =>
      authorize(
        { kind: 'function', logicalId: 'Caller' },
        'lambda:InvokeFunction',
        `arn:aws:lambda:us-east-1:000000000000:function:Greet${suffix}`,
      );
    expect(() => call(':live')).not.toThrow();
    for (const other of ['', ':1', ':$LATEST']) expect(() => call(other)).toThrow('is not authorized to perform');
  });
});

it('a template that splits traffic or keeps instances ready is refused at the start', () => {
  const resources = released('Greet');
  const { Type = '', Properties = {} } = resources.GreetLive ?? {};
  const ready = { ...Properties, ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 } };
  expect(() =>
    startFunctions({ Greet: says('one') }, { resources: { ...resources, GreetLive: { Type, Properties: ready } } }),
  ).toThrow('GreetLive cannot run here');
});
