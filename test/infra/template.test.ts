import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { folderName } from '../../infra/constructs/careline-function.ts';
import { settingProblems } from '../../infra/constructs/settings.ts';
import { problemAnswer } from '../../shared/contracts/answer-shapes.ts';
import { type Assembly, listOf, readAssembly } from './assembly.ts';
import { stackWith } from './stack-with.ts';

let assembly: Assembly;
beforeAll(async () => {
  assembly = await readAssembly();
});

const environmentOf = (id: string) =>
  (assembly.named(id).properties.Environment as { Variables: Record<string, string> }).Variables;

describe('functions', () => {
  test('every function runs on Node 24 and arm64 with the bundle’s handler, and knows its service', () => {
    const functions = assembly.ofType('AWS::Lambda::Function');
    expect(functions.length).toBe(18);
    for (const { properties } of functions) {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        LoggingConfig: { LogFormat: 'JSON' },
        Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'careline' } },
      });
      expect(properties.Timeout).toBeLessThanOrEqual(300);
      expect(properties.Timeout).toBeGreaterThanOrEqual(30);
    }
  });

  test('every function that is written is deployed', () => {
    const folder = fileURLToPath(new URL('../../functions', import.meta.url));
    const written = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'handler.ts')));
    const deployed = assembly.ofType('AWS::Lambda::Function').map(({ id }) => folderName(id));
    expect(written.sort()).toEqual(deployed.sort());
  });

  const opens = ['VAULTKEYS_TABLE', 'WRAPPING_KEY'];
  const wired: Readonly<Record<string, readonly string[]>> = {
    AskSameChild: ['LEDGER_TABLE', 'CHILDINDEX_TABLE'],
    ProposeEligibility: ['LEDGER_TABLE', 'IDENTITIES_TABLE', ...opens],
    DrawRoster: ['LEDGER_TABLE', 'DIRECTORY_TABLE'],
    AwaitPerson: ['LEDGER_TABLE', 'WAITS_TABLE'],
    React: [
      'LEDGER_TABLE',
      'WAITS_TABLE',
      'BOARD_TABLE',
      'CURSORS_TABLE',
      'FACTS_TABLE',
      'DIRECTORY_TABLE',
      'REFERRAL_MACHINE_ARN',
      'DEADLINE_MACHINE_ARN',
    ],
    SendAlerts: [
      ...['LEDGER_TABLE', 'DIRECTORY_TABLE', 'CURSORS_TABLE', 'CONSOLE_URL'],
      ...['MAIL_FROM', 'CONFIGURATION_SET', 'TEXT_FROM'],
    ],
    Sweep: [
      ...[
        'LEDGER_TABLE',
        'CURSORS_TABLE',
        'FACTS_TABLE',
        'WAITS_TABLE',
        'BOARD_TABLE',
        'IDENTITIES_TABLE',
        'DIRECTORY_TABLE',
      ],
      ...['REFERRAL_MACHINE_ARN', 'DEADLINE_MACHINE_ARN', 'VAULTKEYS_TABLE'],
    ],
    KeepVault: ['LEDGER_TABLE', 'IDENTITIES_TABLE', 'CHILDINDEX_TABLE', 'VAULT_SECRET_ARN', ...opens],
    EraseVault: ['LEDGER_TABLE', 'IDENTITIES_TABLE', 'CHILDINDEX_TABLE', 'VAULTKEYS_TABLE'],
    AnchorHeads: [
      ...['LEDGER_TABLE', 'CURSORS_TABLE', 'MAIL_FROM', 'CONFIGURATION_SET'],
      ...['ANCHORS_BUCKET', 'ANCHOR_KEY_ARN', 'ANCHOR_WITNESSES', 'VERIFY_SCRIPT_DIGEST'],
    ],
    AuthorizeRequest: ['DIRECTORY_TABLE', 'OIDC_ISSUER', 'OIDC_CLIENT_ID', 'USER_POOL_ID'],
    ConfirmFactor: [],
    Api: [
      ...['LEDGER_TABLE', 'IDENTITIES_TABLE', 'BOARD_TABLE', 'WAITS_TABLE', 'DIRECTORY_TABLE'],
      ...[
        'CHILDINDEX_TABLE',
        'FACTS_TABLE',
        'VAULT_SECRET_ARN',
        'CONSOLE_URL',
        'SESSIONS_TABLE',
        'ANCHORS_BUCKET',
        ...opens,
      ],
    ],
    Console: [
      ...[
        'LEDGER_TABLE',
        'FACTS_TABLE',
        'IDENTITIES_TABLE',
        'BOARD_TABLE',
        'WAITS_TABLE',
        'DIRECTORY_TABLE',
        'SESSIONS_TABLE',
      ],
      ...[
        'CHILDINDEX_TABLE',
        'ANCHORS_BUCKET',
        'VAULT_SECRET_ARN',
        'CONSOLE_URL',
        'OIDC_ISSUER',
        'OIDC_CLIENT_ID',
        'USER_POOL_ID',
        'STAGE',
        'REFERRAL_MACHINE_ARN',
        'DEADLINE_MACHINE_ARN',
      ],
      ...opens,
    ],
  };
  test.each(Object.entries(wired))('%s gets exactly the names of what it may use', (id, names) => {
    const own = ['POWERTOOLS_SERVICE_NAME'];
    const reads = names.includes('LEDGER_TABLE');
    const codes = [
      ...(reads && id !== 'EraseVault' ? ['WRITES_AS'] : []),
      ...(reads ? ['DOOR_CODE_KEYS', 'TASK_CODE_KEYS'] : []),
      // React only writes there, and what it writes is no entry.
      ...(names.includes('DIRECTORY_TABLE') && id !== 'React' ? ['DIRECTORY_CODE_KEYS'] : []),
    ];
    expect(Object.keys(environmentOf(id)).sort()).toEqual([...names, ...own, ...codes].sort());
  });

  test('no function holds a secret in its environment, only the name of one', () => {
    expect(environmentOf('Api').VAULT_SECRET_ARN).toBe('VaultSecret');
    expect(environmentOf('Console').OIDC_ISSUER).toBe('https://cognito-idp.AWS::Region.amazonaws.com/People');
  });
});

describe('tables', () => {
  test('every table can be restored to any second, is billed on demand and is kept once it was made', () => {
    const tables = assembly.ofType('AWS::DynamoDB::Table');
    expect(tables.map(({ id }) => id).sort()).toEqual(
      [
        'Board',
        'ChildIndex',
        'Cursors',
        'Directory',
        'Facts',
        'Identities',
        'Ledger',
        'Sessions',
        'VaultKeys',
        'Waits',
      ].sort(),
    );
    for (const { properties, deletionPolicy } of tables) {
      expect(properties.BillingMode).toBe('PAY_PER_REQUEST');
      expect(properties.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
      expect(deletionPolicy).toBe('RetainExceptOnCreate');
    }
  });

  const shapes: Readonly<Record<string, { readonly keys: string; readonly indexes: readonly string[] }>> = {
    Ledger: { keys: 'pk, seq', indexes: ['ByInstant: foundAs, foundAt; INCLUDE at, note'] },
    Identities: {
      keys: 'pk',
      indexes: [
        'ByPending: pending, pendingSince; INCLUDE referralId, commandId, half',
        'ByIndexKey: indexedBy, pk; INCLUDE mark',
        'ByReferral: referralId, pk; INCLUDE commandId',
      ],
    },
    ChildIndex: { keys: 'pk, sk', indexes: [] },
    Board: {
      keys: 'pk, sk',
      indexes: ['ByQueue: queue, order; ALL', 'ByOwner: owner, order; ALL', 'ByTurn: turn, sk; KEYS_ONLY'],
    },
    Waits: { keys: 'pk, sk', indexes: [] },
    Cursors: { keys: 'pk, sk', indexes: [] },
    Facts: { keys: 'pk, sk', indexes: [] },
    Directory: { keys: 'pk, sk', indexes: ['ByEmail: email; ALL', 'BySub: sub; ALL'] },
    Sessions: { keys: 'pk', indexes: [] },
    VaultKeys: { keys: 'pk', indexes: [] },
  };
  test.each(Object.entries(shapes))('%s has its keys and indexes', (id, shape) => {
    const { properties } = assembly.named(id);
    const keys = (schema: unknown) =>
      listOf(schema)
        .map((key) => (key as { AttributeName: string }).AttributeName)
        .join(', ');
    const indexes = listOf(properties.GlobalSecondaryIndexes).map((index) => {
      const { IndexName, KeySchema, Projection } = index as {
        IndexName: string;
        KeySchema: unknown;
        Projection: { ProjectionType: string; NonKeyAttributes?: string[] };
      };
      const projected = [Projection.ProjectionType, (Projection.NonKeyAttributes ?? []).join(', ')].join(' ').trim();
      return `${IndexName}: ${keys(KeySchema)}; ${projected}`;
    });
    expect({ keys: keys(properties.KeySchema), indexes }).toEqual(shape);
  });

  test('the other tables and every log group share one key', () => {
    const own = ['Ledger', 'Identities', 'Directory', 'ChildIndex', 'VaultKeys'];
    for (const { id, properties } of assembly.ofType('AWS::DynamoDB::Table')) {
      if (own.includes(id)) continue;
      expect(properties.SSESpecification, id).toMatchObject({ KMSMasterKeyId: 'OperationsKey' });
    }
    for (const { id, properties } of assembly.ofType('AWS::Logs::LogGroup')) {
      expect(properties.KmsKeyId, id).toBe('OperationsKey');
    }
  });

  test.each([
    ['Ledger', 'LedgerKey'],
    ['Identities', 'IdentitiesKey'],
    ['VaultKeys', 'IdentitiesKey'],
    ['Directory', 'DirectoryKey'],
  ])('%s is encrypted with the key %s', (id, KMSMasterKeyId) => {
    expect(assembly.named(id).properties).toMatchObject({
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId },
    });
  });

  test('no backup holds the keys of the vault’s content for more than 35 days', () => {
    const days = assembly.named('VaultKeys').properties.PointInTimeRecoverySpecification;
    expect((days as { readonly RecoveryPeriodInDays?: number }).RecoveryPeriodInDays ?? 35).toBeLessThanOrEqual(35);
    // Only the vault whose copies end after 35 days may select them.
    const selected = assembly
      .ofType('AWS::Backup::BackupSelection')
      .filter(({ properties }) => /VaultKeys|ListOfTags|"\*"/.test(JSON.stringify(properties)))
      .map(({ id }) => id);
    expect(selected).toEqual(['ShortPlanTables']);
  });

  test('every key is rotated and kept', () => {
    const keys = assembly.ofType('AWS::KMS::Key');
    expect(keys.map(({ id }) => id).sort()).toEqual(
      [
        'AnchorKey',
        'DirectoryCodeKey',
        'DirectoryKey',
        'DoorCodeKey',
        'IdentitiesKey',
        'LedgerKey',
        'OperationsKey',
        'TaskCodeKey',
        'WrappingKey',
      ].sort(),
    );
    for (const { properties, deletionPolicy } of keys) {
      // AWS rotates no key of message authentication codes by itself, and none that signs.
      expect(properties.EnableKeyRotation).toBe(properties.KeySpec === undefined ? true : undefined);
      expect(deletionPolicy).toBe('RetainExceptOnCreate');
    }
  });

  test('the ledger’s stream carries old and new images; a session ends by itself', () => {
    expect(assembly.named('Ledger').properties.StreamSpecification).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
    expect(assembly.named('Sessions').properties.TimeToLiveSpecification).toEqual({
      AttributeName: 'expiresAt',
      Enabled: true,
    });
  });
});

describe('streams and queues', () => {
  // Each without a filter: React looks at each new commit, of chains of every kind.
  test.each(['React', 'SendAlerts'])(
    '%s reads the stream from the start, and no record blocks it for more than 15 minutes',
    (id) => {
      expect(assembly.named(`${id}Stream`).properties).toEqual({
        FunctionName: `${id}Live:live`,
        EventSourceArn: 'Ledger.StreamArn',
        StartingPosition: 'TRIM_HORIZON',
        BatchSize: 10,
        BisectBatchOnFunctionError: true,
        MaximumRecordAgeInSeconds: 900,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        DestinationConfig: { OnFailure: { Destination: `${id}Replays` } },
      });
    },
  );

  test.each(['React', 'SendAlerts'])('what %s gave up comes to it three times more, and then raises an alarm', (id) => {
    expect(assembly.named(`${id}Replay`).properties).toEqual({
      FunctionName: `${id}Live:live`,
      EventSourceArn: `${id}Replays`,
      BatchSize: 1,
      // What is played again leaves places for what comes now.
      ScalingConfig: { MaximumConcurrency: 2 },
    });
    const { RedrivePolicy, VisibilityTimeout } = assembly.named(`${id}Replays`).properties;
    expect(RedrivePolicy).toEqual({ deadLetterTargetArn: `${id}Failures`, maxReceiveCount: 3 });
    // As long as AWS asks: six times the longest run of the function.
    expect(VisibilityTimeout).toBe(6 * Number(assembly.named(id).properties.Timeout));
    expect(assembly.named(`${id}FailuresAlarm`).properties).toMatchObject({ Threshold: 0 });
  });

  test('exactly two functions read the ledger’s stream', () => {
    const sources = assembly
      .ofType('AWS::Lambda::EventSourceMapping')
      .map(({ properties }) => properties.EventSourceArn);
    expect(sources.toSorted()).toEqual(['Ledger.StreamArn', 'Ledger.StreamArn', 'ReactReplays', 'SendAlertsReplays']);
  });

  test('every queue is encrypted, keeps 14 days and refuses plain HTTP', () => {
    const queues = assembly.ofType('AWS::SQS::Queue');
    const ofConsumers = ['React', 'SendAlerts'].flatMap((id) => [`${id}Failures`, `${id}Replays`]);
    expect(queues.map(({ id }) => id).sort()).toEqual(['EventFailures', ...ofConsumers]);
    for (const { id, properties } of queues) {
      expect(properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
      expect(JSON.stringify(assembly.named(`${id}Policy`).properties)).toContain('"aws:SecureTransport":"false"');
    }
  });

  test.each(['RecordDelivery', 'RecordLostRun', 'Sweep', 'KeepVault', 'EraseVault'])(
    'a queue keeps the records that %s gives up',
    (id) => {
      expect(assembly.named(id).properties.DeadLetterConfig).toEqual({ TargetArn: 'EventFailures' });
    },
  );
});

/** Names that hold within their own resource, and those that AWS lets several have. */
const sharedNames = [
  /^AWS::(Lambda::(Alias|EventSourceMapping|Permission|Version)|IAM::Policy|Logs::MetricFilter|CloudWatch::Alarm) /,
  /^AWS::ApiGateway::(Authorizer|RestApi) Name$/,
  /^AWS::SES::ConfigurationSetEventDestination ConfigurationSetName$/,
  /^AWS::CloudTrail::Trail S3BucketName$/,
];

test('each name that two stacks of an account could both want holds the stage, the stack or its mark', () => {
  const names = assembly.resources.flatMap(({ type, properties }) =>
    Object.entries(properties)
      .filter(([key]) => /Name$|^Domain$/.test(key) && !sharedNames.some((shared) => shared.test(`${type} ${key}`)))
      .map(([key, name]) => ({ what: `${type} ${key}`, name: String(name) })),
  );
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter(({ name }) => !/\blocal\b|^Careline-|AWS::StackId/.test(name))).toEqual([]);
});

describe('workflows', () => {
  test.each(['Referral', 'Deadline'])('%s logs every transition and none of the data', (id) => {
    expect(assembly.named(id).properties).toMatchObject({
      StateMachineName: `local-careline-${id.toLowerCase()}`,
      StateMachineType: 'STANDARD',
      LoggingConfiguration: {
        Level: 'ALL',
        IncludeExecutionData: false,
        Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: `${id}Logs` } }],
      },
    });
    expect(assembly.named(`${id}Logs`).properties.LogGroupName).toBe(
      // A log group that is kept must not take the name that the next stack needs.
      `/aws/vendedlogs/states/local-careline-${id.toLowerCase()}-AWS::StackId/2`,
    );
  });

  test.each(['Referral', 'Deadline'])('%s has no placeholder left once the functions’ ARNs are put in', (id) => {
    const { DefinitionString, DefinitionSubstitutions } = assembly.named(id).properties;
    let definition = String(DefinitionString);
    for (const [name, arn] of Object.entries(DefinitionSubstitutions as Record<string, string>)) {
      expect(name).toBe(`${arn.replace(/Live$/, '')}FunctionArn`);
      expect(assembly.named(arn).properties.Name).toBe('live');
      definition = definition.replaceAll(`\${${name}}`, arn);
    }
    expect(definition).not.toContain('${');
    expect(JSON.parse(definition).QueryLanguage).toBe('JSONata');
  });

  test('a run that failed, timed out or was aborted is reported to record-lost-run', () => {
    expect(assembly.named('LostRuns').properties).toMatchObject({
      EventPattern: {
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: {
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
          stateMachineArn: [
            'states:stateMachine:local-careline-referral',
            'states:stateMachine:local-careline-deadline',
          ],
        },
      },
      Targets: [{ Arn: 'RecordLostRunLive' }],
    });
  });

  test.each([
    ['Sweep', 5],
    ['KeepVault', 30],
    ['EraseVault', 30],
  ])('%s runs every %i minutes', (id, minutes) => {
    expect(assembly.named(`${id}Schedule`).properties).toMatchObject({
      ScheduleExpression: `rate(${minutes} minutes)`,
      State: 'ENABLED',
      Targets: [{ Arn: `${id}Live` }],
    });
  });
});

describe('mail', () => {
  test('names a domain of its own in the envelope, and goes out also where its DNS record is missing', () => {
    expect(assembly.named('MailIdentity').properties.MailFromAttributes).toEqual({
      MailFromDomain: 'bounce.careline.example',
      BehaviorOnMxFailure: 'USE_DEFAULT_VALUE',
    });
  });

  test('mail is never delivered without TLS, and no reader is tracked', () => {
    const { properties } = assembly.named('MailConfiguration');
    expect(properties.DeliveryOptions).toEqual({ TlsPolicy: 'REQUIRE' });
    expect(properties.TrackingOptions).toBeUndefined();
    expect(properties.ReputationOptions).toEqual({ ReputationMetricsEnabled: true });
  });

  test('the outcome of a mail goes to record-delivery; opens and clicks are not asked for', () => {
    expect(assembly.named('MailConfigurationEvents').properties).toEqual({
      ConfigurationSetName: 'MailConfiguration',
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: ['send', 'delivery', 'bounce', 'complaint', 'reject', 'deliveryDelay'],
        SnsDestination: { TopicARN: 'MailEvents' },
      },
    });
    const [subscription, ...others] = assembly.ofType('AWS::SNS::Subscription');
    expect(others).toEqual([]);
    expect(subscription?.properties).toMatchObject({
      Protocol: 'lambda',
      TopicArn: 'MailEvents',
      Endpoint: 'RecordDeliveryLive',
    });
  });

  test('the topic of its news is encrypted, refuses plain HTTP, and SES may use its key', () => {
    expect(assembly.named('MailEvents').properties.KmsMasterKeyId).toBe('OperationsKey');
    expect(JSON.stringify(assembly.named('MailEventsPolicy').properties)).toContain('"aws:SecureTransport":"false"');
    expect(JSON.stringify(assembly.named('OperationsKey').properties.KeyPolicy)).toContain('"ses.amazonaws.com"');
  });

  test('the outputs name the record that keeps others from sending in the name of the domain', () => {
    expect(Object.values(assembly.outputs)).toContain('_dmarc.careline.example TXT "v=DMARC1; p=quarantine"');
  });
});

describe('the web door', () => {
  test('the console answers everywhere, the API under /api/v1 behind the authorizer but for its description', () => {
    const methods = assembly.ofType('AWS::ApiGateway::Method').map(({ properties }) => {
      const { Uri } = properties.Integration as { Uri: string };
      return [
        properties.ResourceId,
        properties.HttpMethod,
        properties.AuthorizationType,
        /path\/.*functions\/(\w+)/.exec(Uri)?.[1],
      ];
    });
    expect(methods).toEqual([
      ['WebDoorproxy', 'ANY', 'NONE', 'ConsoleLive'],
      ['WebDoor.RootResourceId', 'ANY', 'NONE', 'ConsoleLive'],
      ['WebDoorapiv1proxy', 'ANY', 'CUSTOM', 'ApiLive'],
      ['WebDoorapiv1openapijson', 'GET', 'NONE', 'ApiLive'],
    ]);
  });

  test('a refusal of the gateway has the form of the API’s own problems, with the id of the request', () => {
    const refused = assembly.ofType('AWS::ApiGateway::GatewayResponse').map(({ properties }) => properties);
    const found = refused.map(({ ResponseType, ResponseParameters, ResponseTemplates, StatusCode }) => {
      expect(ResponseParameters).toMatchObject({
        'gatewayresponse.header.Content-Type': "'application/problem+json'",
        'gatewayresponse.header.x-request-id': 'context.requestId',
      });
      const written = (ResponseTemplates as Record<string, string>)['application/json'] ?? '';
      const { status } = problemAnswer.parse(JSON.parse(written));
      expect(StatusCode).toBe(`${status}`);
      return [ResponseType, status];
    });
    expect(found).toEqual([
      ['UNAUTHORIZED', 401],
      ['ACCESS_DENIED', 403],
      ['REQUEST_TOO_LARGE', 413],
      ['THROTTLED', 429],
      ['AUTHORIZER_FAILURE', 503],
      ['AUTHORIZER_CONFIGURATION_ERROR', 503],
      ['DEFAULT_4XX', 400],
    ]);
    for (const { ResponseParameters } of refused) {
      expect(ResponseParameters).toMatchObject({
        'gatewayresponse.header.Strict-Transport-Security': "'max-age=63072000; includeSubDomains'",
      });
    }
    expect(refused.at(0)?.ResponseParameters).toMatchObject({ 'gatewayresponse.header.WWW-Authenticate': "'Bearer'" });
    // API Gateway keeps no answer of an authorizer that failed, so a throttled pool refuses no person for a minute.
    expect(refused.at(4)?.ResponseParameters).toMatchObject({ 'gatewayresponse.header.Retry-After': "'5'" });
    // Who asked once too often is told when to come back.
    expect(refused.at(3)?.ResponseParameters).toMatchObject({ 'gatewayresponse.header.Retry-After': "'1'" });
  });

  test('access logs name the route, never a path, a query or a body', () => {
    const [stage] = assembly.ofType('AWS::ApiGateway::Stage');
    const { Format } = (stage?.properties.AccessLogSetting ?? {}) as { Format?: string };
    expect(Format?.match(/\$context\.[A-Za-z.]+/g)).toEqual([
      '$context.requestId',
      '$context.requestTime',
      '$context.httpMethod',
      '$context.resourcePath',
      '$context.status',
      '$context.responseLatency',
    ]);
    // AWS charges for metrics of each method, and the dashboard reads those of the stage, which cost nothing.
    expect(stage?.properties.MethodSettings).not.toEqual([expect.objectContaining({ MetricsEnabled: true })]);
    expect(stage?.properties.MethodSettings).toEqual([
      expect.objectContaining({ DataTraceEnabled: false, ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 }),
    ]);
  });

  test('in production it answers only at the console’s address, over TLS 1.2, and is not deleted by accident', async () => {
    const deployed = stackWith({
      stage: 'production',
      consoleUrl: 'https://careline.example',
      certificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/example',
      oncallEmail: 'oncall@careline.example',
      protection: 'on',
    });
    expect(deployed.ofType('AWS::ApiGateway::DomainName')[0]?.properties).toMatchObject({
      DomainName: 'careline.example',
      SecurityPolicy: 'TLS_1_2',
    });
    expect(deployed.named('WebDoor').properties.DisableExecuteApiEndpoint).toBe(true);
    const manifest = JSON.parse(readFileSync(join(deployed.folder, 'manifest.json'), 'utf8'));
    expect(manifest.artifacts.Careline.properties.terminationProtection).toBe(true);
    const subscriptions = deployed.ofType('AWS::SNS::Subscription').map(({ properties }) => properties.Endpoint);
    expect(subscriptions).toContain('oncall@careline.example');
    // Text messages are off until a number for them is given: neither told nor granted.
    const variables = deployed.named('SendAlerts').properties.Environment as { readonly Variables: object };
    expect(Object.keys(variables.Variables)).not.toContain('TEXT_FROM');
    expect(JSON.stringify(deployed.ofType('AWS::IAM::Policy'))).not.toContain('sms-voice');
  });
});

describe('sign-in', () => {
  test('only administrators create people, and everyone uses an authenticator app', () => {
    expect(assembly.named('People').properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    });
    expect(assembly.named('People').deletionPolicy).toBe('RetainExceptOnCreate');
  });

  test('the console is a public client: code flow only, one hour, back to its own pages', () => {
    expect(assembly.named('ConsoleClient').properties).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email', 'profile'],
      WriteAttributes: ['locale'],
      EnableTokenRevocation: true,
      CallbackURLs: ['http://127.0.0.1:3000/signed-in'],
      LogoutURLs: ['http://127.0.0.1:3000/signed-out'],
      AccessTokenValidity: 60,
      IdTokenValidity: 60,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes' },
    });
  });
});

describe('alarms and logs', () => {
  test('the errors and refused calls of all functions are one alarm each, and three functions have their own', () => {
    const dimensionsOf = (id: string) => assembly.named(`${id}Alarm`).properties.Dimensions;
    expect([dimensionsOf('FunctionsErrors'), dimensionsOf('FunctionsRefused')]).toEqual([undefined, undefined]);
    expect(dimensionsOf('ReactErrors')).toEqual([{ Name: 'FunctionName', Value: 'React' }]);
  });

  const ownMetrics = [
    'LedgerTampered',
    'RecordInDoubt',
    'SweepRepaired',
    'AlertUnreachable',
    'MailWithheld',
    'SeatNotReached',
    'NamesNotCompared',
    'AccountNotConfirmed',
    'TablesThrottled',
  ];
  /** Each alarm on the silence of a schedule: the schedule, and how many minutes are between two of its calls. */
  const silences: Readonly<Record<string, readonly [rule: string, minutes: number]>> = {
    SweepSilent: ['SweepSchedule', 5],
    DigestSilent: ['DigestSchedule', 15],
    KeepVaultSilent: ['KeepVaultSchedule', 30],
    EraseVaultSilent: ['EraseVaultSchedule', 30],
    AnchorsMissing: ['AnchorSchedule', 60],
  };
  /** The alarms with a line other than the first occurrence in five minutes. */
  const lines: Readonly<Record<string, object>> = {
    ReactBehind: { MetricName: 'IteratorAge', Statistic: 'Maximum', Threshold: 120_000 },
    SendAlertsBehind: { MetricName: 'IteratorAge', Statistic: 'Maximum', Threshold: 120_000 },
    ...Object.fromEntries(
      ['Console', 'Api', 'AuthorizeRequest'].map((id) => [
        `${id}Slow`,
        { MetricName: 'Duration', ExtendedStatistic: 'p95', Threshold: 5000, EvaluationPeriods: 3 },
      ]),
    ),
    MailBounces: { Namespace: 'AWS/SES', MetricName: 'Reputation.BounceRate', Threshold: 0.05 },
    MailComplaints: { Namespace: 'AWS/SES', MetricName: 'Reputation.ComplaintRate', Threshold: 0.001 },
    DoorKeepsFailing: { MetricName: '5XXError', EvaluationPeriods: 3 },
    SweepKeepsRepairing: { MetricName: 'SweepRepaired', EvaluationPeriods: 3 },
    // The service level has lines of its own: test/infra/operate.test.ts.
    UrgentMailFastBurn: {},
    UrgentMailSlowBurn: {},
  };
  const alarmed = (of: Assembly) => of.ofType('AWS::CloudWatch::Alarm').map(({ id }) => id.replace(/Alarm$/, ''));

  test('there is an alarm for every way that work is lost or stalls, and each tells the topic, its end too', () => {
    const of = (type: string) => assembly.ofType(type).map(({ id }) => id);
    const expected = [
      ...['Referral', 'Deadline'].flatMap((id) => [`${id}Failed`, `${id}TimedOut`, `${id}Aborted`]),
      // A message in the queue of a replay is still tried.
      ...of('AWS::SQS::Queue').filter((id) => !id.endsWith('Replays')),
      ...['React', 'SendAlerts', 'Sweep', 'Functions'].map((id) => `${id}Errors`),
      ...['FunctionsRefused', 'DoorFails'],
      ...ownMetrics,
      ...['TablesTouched', 'StackTouched'],
      ...Object.keys(lines),
      ...Object.keys(silences),
    ];
    expect(alarmed(assembly).toSorted()).toEqual(expected.toSorted());
    for (const { id, properties } of assembly.ofType('AWS::CloudWatch::Alarm')) {
      const name = id.replace(/Alarm$/, '');
      expect(properties).toMatchObject({ AlarmActions: ['Alarms'], OKActions: ['Alarms'] });
      if (name in silences) continue;
      expect(properties).toMatchObject({
        ...(!(name in lines) && { Threshold: 0 }),
        ComparisonOperator: 'GreaterThanThreshold',
        EvaluationPeriods: 1,
        TreatMissingData: 'notBreaching',
        ...lines[name],
      });
    }
  });

  test('who takes away an alarm, the trail or a key is told by a rule, which none of those can silence', () => {
    const patternOf = (id: string) => JSON.stringify(assembly.named(id).properties.EventPattern);
    for (const name of [
      'DeleteAlarms',
      'DeleteTopic',
      'StopLogging',
      'DeleteMetricFilter',
      'DeleteLogGroup',
      'DisableRule',
    ])
      expect(patternOf('WatchTouched')).toContain(`"${name}"`);
    expect(patternOf('WatchTouched')).toContain('{"anything-but":"cloudformation.amazonaws.com"}');
    for (const name of ['DisableKey', 'ScheduleKeyDeletion', 'PutKeyPolicy'])
      expect(patternOf('KeyTouched')).toContain(`"${name}"`);
    // Services lend themselves the use of a key all the time.
    expect(patternOf('KeyTouched')).toContain('"RevokeGrant"],"userIdentity":{"invokedBy":[{"exists":false}]}');
    expect(patternOf('CopyFailed')).toContain('"state":["FAILED","ABORTED","EXPIRED"]');
    for (const id of ['WatchTouched', 'KeyTouched', 'CopyFailed'])
      expect(assembly.named(id).properties.Targets).toMatchObject([{ Arn: 'Alarms' }]);
    expect(assembly.named('Trail').properties.IsMultiRegionTrail).toBe(true);
  });

  test('that SES stopped all mail, and lets it go again, is told by a rule, because it has no metric', () => {
    const { EventPattern, Targets } = assembly.named('MailStopped').properties as {
      readonly EventPattern: object;
      readonly Targets: readonly [
        { readonly Arn: string; readonly InputTransformer: { readonly InputTemplate: string } },
      ];
    };
    expect(EventPattern).toEqual({
      source: ['aws.ses'],
      'detail-type': ['Sending Status Disabled', 'Sending Status Enabled'],
    });
    expect(Targets.map(({ Arn }) => Arn)).toEqual(['Alarms']);
    expect(Targets[0].InputTransformer.InputTemplate).toContain('docs/runbooks/alarms.md#mail-stopped');
    expect(JSON.stringify(assembly.named('AlarmsPolicy').properties)).toContain(
      '{"ArnEquals":{"aws:SourceArn":"MailStopped"}}',
    );
  });

  test.each(Object.entries(silences))('%s tells of three calls of its rule that are missing', (id, [rule, minutes]) => {
    expect(assembly.named(rule).properties.ScheduleExpression).toMatch(
      new RegExp(`^rate\\((${minutes} minutes|${minutes / 60} hour)\\)$`),
    );
    expect(assembly.named(`${id}Alarm`).properties).toMatchObject({
      Namespace: 'AWS/Events',
      MetricName: 'Invocations',
      Dimensions: [{ Name: 'RuleName', Value: rule }],
      Period: minutes * 60,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 3,
      TreatMissingData: 'breaching',
    });
  });

  test('each rule that calls by the clock has an alarm on its silence', () => {
    const scheduled = assembly
      .ofType('AWS::Events::Rule')
      .flatMap(({ id, properties }) => (properties.ScheduleExpression === undefined ? [] : id));
    expect(scheduled.toSorted()).toEqual(
      Object.values(silences)
        .map(([rule]) => rule)
        .toSorted(),
    );
  });

  test('the faults of console, API and the check of who asks are counted at their one door', () => {
    expect(assembly.named('DoorFailsAlarm').properties).toMatchObject({
      Namespace: 'AWS/ApiGateway',
      MetricName: '5XXError',
      Dimensions: [
        { Name: 'ApiName', Value: 'WebDoor' },
        { Name: 'Stage', Value: 'WebDoorDeploymentStagelocal' },
      ],
    });
  });

  test('no key can silence an alarm: their topic has none', () => {
    expect(assembly.named('Alarms').properties.KmsMasterKeyId).toBeUndefined();
    expect(JSON.stringify(assembly.named('AlarmsPolicy').properties)).toContain('"aws:SecureTransport":"false"');
  });

  test.each(ownMetrics)('%s is counted where functions publish it', (name) => {
    expect(assembly.named(`${name}Alarm`).properties).toMatchObject({
      Namespace: 'Careline',
      MetricName: name,
      Dimensions: [{ Name: 'service', Value: 'careline' }],
      Statistic: 'Sum',
      Period: 300,
    });
  });

  test('every log group ends by itself after a year', () => {
    const groups = assembly.ofType('AWS::Logs::LogGroup');
    // Of each function, of both state machines, of the gateway and of the trail.
    expect(groups.length).toBe(assembly.ofType('AWS::Lambda::Function').length + 2 + 1 + 1);
    expect(groups.filter(({ properties }) => properties.RetentionInDays !== 365)).toEqual([]);
  });
});

describe('a first deployment', () => {
  const deployed = (context: Readonly<Record<string, string>>) =>
    stackWith({ stage: 'training', oncallEmail: 'oncall@careline.example', ...context });

  test('can be rolled back: nothing is protected, and what is kept later is removed', async () => {
    const { resources, ofType, outputs } = deployed({});
    expect(resources.filter(({ deletionPolicy }) => deletionPolicy === 'Retain').map(({ id }) => id)).toEqual([
      // It belongs to the account and not to the stack.
      ...['WebDoorCloudWatchRole', 'WebDoorAccount'],
      // Its records are locked. A rollback that must remove them first would fail.
      'TrailRecords',
    ]);
    expect(ofType('AWS::DynamoDB::Table').filter(({ properties }) => properties.DeletionProtectionEnabled)).toEqual([]);
    expect(ofType('AWS::Cognito::UserPool')[0]?.properties.DeletionProtection).toBe('INACTIVE');
    expect(outputs.Protection).toMatch(/^OFF: run "npm run deploy" again/);
  });

  test('the second step protects every table, the people and the stack', async () => {
    const { folder, ofType, outputs } = deployed({ protection: 'on' });
    expect(ofType('AWS::DynamoDB::Table').filter(({ properties }) => !properties.DeletionProtectionEnabled)).toEqual(
      [],
    );
    expect(ofType('AWS::Cognito::UserPool')[0]?.properties.DeletionProtection).toBe('ACTIVE');
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    expect(manifest.artifacts.Careline.properties.terminationProtection).toBe(true);
    expect(outputs.Protection).toBe('on');
  });

  test('without an own domain, console, mail and sign-in are all told the address of the gateway', async () => {
    const { named, outputs } = deployed({});
    const address = 'https://WebDoor.execute-api.AWS::Region.AWS::URLSuffix/training';
    for (const id of ['Api', 'Console', 'SendAlerts']) {
      expect(named(id).properties.Environment).toMatchObject({ Variables: { CONSOLE_URL: address } });
    }
    expect(named('ConsoleClient').properties).toMatchObject({
      CallbackURLs: [`${address}/signed-in`],
      LogoutURLs: [`${address}/signed-out`],
    });
    expect(outputs.SignInAt).toBe(`${address}/`);
  });

  test('the outputs name what to put into DNS', async () => {
    const own = {
      consoleUrl: 'https://careline.example',
      certificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/example',
    };
    const { outputs } = deployed(own);
    expect(outputs.SignInAt).toBe('https://careline.example/');
    expect(outputs.DnsOfConsole).toMatch(/^\S+ CNAME \S+RegionalDomainName$/);
    for (const number of [1, 2, 3]) {
      expect(outputs[`DnsOfMail${number}`]).toBe(
        `MailIdentity.DkimDNSTokenName${number} CNAME MailIdentity.DkimDNSTokenValue${number}`,
      );
    }
    expect(outputs.DnsOfMail4).toBe('bounce.careline.example MX 10 feedback-smtp.AWS::Region.amazonses.com');
    expect(outputs.DnsOfMail5).toBe('bounce.careline.example TXT "v=spf1 include:amazonses.com ~all"');
  });

  test('the outputs hold the settings, so that the next run needs only what changes', async () => {
    const context = {
      mailDomain: 'mail.example',
      codeKeys: '2',
      codeKeyInUse: '1',
      budgetAmount: '100',
      budgetEmail: 'money@mail.example',
    };
    const remembered = JSON.parse(deployed(context).outputs.Settings ?? '');
    expect(remembered).toEqual({
      ...context,
      stage: 'training',
      oncallEmail: 'oncall@careline.example',
      mailFrom: 'careline@mail.example',
      signInPrefix: 'careline-training',
      protection: 'off',
      threatProtection: 'off',
      trailOfFunctions: 'off',
      reservedConcurrency: 'off',
    });
    expect(settingProblems(remembered)).toEqual([]);
  });
});

describe('copies and records', () => {
  const planOf = (id: string) =>
    (assembly.named(id).properties.BackupPlan as { readonly BackupPlanRule: readonly unknown[] }).BackupPlanRule.map(
      (rule) => (rule as { readonly Lifecycle: { readonly DeleteAfterDays: number } }).Lifecycle.DeleteAfterDays,
    );
  const copiedBy = (id: string) =>
    listOf((assembly.named(id).properties.BackupSelection as { readonly Resources: unknown }).Resources);

  test('no copy of an identity, or of a key that opens one, is older than 35 days', () => {
    expect(planOf('ShortPlan')).toEqual([35]);
    expect(assembly.named('ShortVault').properties.LockConfiguration).toEqual({
      MinRetentionDays: 7,
      MaxRetentionDays: 35,
      // Then it is locked for the root of the account too.
      ChangeableForDays: 7,
    });
    const sensitive = assembly
      .ofType('AWS::DynamoDB::Table')
      .filter(({ properties }) => JSON.stringify(properties.SSESpecification).match(/IdentitiesKey/))
      .map(({ id }) => id);
    expect(sensitive).toEqual(expect.arrayContaining(['Identities', 'ChildIndex', 'VaultKeys']));
    expect(copiedBy('ShortPlanTables').slice().sort()).toEqual(expect.arrayContaining(sensitive));
    for (const id of sensitive) expect(copiedBy('KeptPlanTables')).not.toContain(id);
  });

  test('ledger and directory are copied weekly and monthly, into a vault that lets no copy go before its time', () => {
    expect(copiedBy('KeptPlanTables')).toEqual(['Ledger', 'Directory']);
    expect(planOf('KeptPlan')).toEqual([35, 366]);
    expect(assembly.named('KeptVault').properties.LockConfiguration).toEqual({
      MinRetentionDays: 7,
      MaxRetentionDays: 366,
      ChangeableForDays: 7,
    });
    expect(assembly.named('KeptVault').deletionPolicy).toBe('RetainExceptOnCreate');
  });

  test('the trail records each read and write of every table, but for those of the functions', async () => {
    const selectors = (from: Assembly) =>
      (
        from.named('Trail').properties.AdvancedEventSelectors as readonly { readonly FieldSelectors: unknown }[]
      ).flatMap(
        ({ FieldSelectors }) =>
          listOf(FieldSelectors) as { readonly Field: string; readonly [operator: string]: unknown }[],
      );
    const field = (from: Assembly, name: string) => selectors(from).find(({ Field }) => Field === name);
    expect(field(assembly, 'resources.ARN')?.StartsWith).toHaveLength(assembly.ofType('AWS::DynamoDB::Table').length);
    const leftOut = listOf(field(assembly, 'userIdentity.arn')?.NotStartsWith);
    expect(leftOut.length).toBe(assembly.ofType('AWS::Lambda::Function').length);
    expect(leftOut).toContain('arn:AWS::Partition:sts::AWS::AccountId:assumed-role/ApiRole/');

    const all = stackWith({ trailOfFunctions: 'on' });
    expect(field(all, 'userIdentity.arn')).toBeUndefined();
    expect(all.resources.map(({ id }) => id)).not.toContain('TablesTouchedAlarm');
  });

  test('the records of the trail are encrypted, closed to the public, and locked for a year', () => {
    expect(assembly.named('Trail').properties).toMatchObject({
      EnableLogFileValidation: true,
      KMSKeyId: 'OperationsKey',
    });
    expect(assembly.named('TrailRecords').properties).toMatchObject({
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 365 } } },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    });
  });

  test.each([
    ['threatProtection', 'People', { UserPoolTier: 'PLUS' }, { UserPoolTier: 'ESSENTIALS' }],
    ['reservedConcurrency', 'Console', { ReservedConcurrentExecutions: 100 }, {}],
  ])('%s=on changes %s, and is off by default', async (name, id, on, off) => {
    const switched = stackWith({ [name]: 'on' });
    expect(switched.named(id).properties).toMatchObject(on);
    expect(assembly.named(id).properties).toMatchObject(off);
    expect(assembly.named(id).properties).not.toHaveProperty('ReservedConcurrentExecutions');
  });
});
