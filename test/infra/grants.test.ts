import { beforeAll, describe, expect, test } from 'vitest';
import { forcedWildcards } from '../../infra/constructs/forced-wildcards.ts';
import { type Assembly, listOf, readAssembly } from './assembly.ts';

let assembly: Assembly;
beforeAll(async () => {
  assembly = await readAssembly();
});

interface Statement {
  readonly Effect: string;
  readonly Action: unknown;
  readonly Resource: unknown;
  readonly Condition?: unknown;
  readonly Principal?: unknown;
}

function statementsOf(document: unknown): readonly Statement[] {
  return listOf((document as { Statement: unknown }).Statement) as readonly Statement[];
}

/** Every statement of a role's own policies. */
function statementsOfRole(role: string): readonly Statement[] {
  return assembly
    .ofType('AWS::IAM::Policy')
    .filter(({ properties }) => listOf(properties.Roles).includes(role))
    .flatMap(({ properties }) => statementsOf(properties.PolicyDocument));
}

/** One line for each action on each resource, such as `dynamodb:GetItem Identities when the leading key is birth#*`. */
function groupsOf(statement: Statement): readonly string[] {
  const condition = statement.Condition === undefined ? '' : ` when ${wording(statement.Condition)}`;
  const lines: string[] = [];
  for (const action of listOf(statement.Action)) {
    for (const resource of listOf(statement.Resource)) lines.push(`${action} ${resource}${condition}`);
  }
  return lines;
}

function wording(condition: unknown): string {
  const operators = condition as Record<string, Record<string, unknown>>;
  const patterns = listOf(operators['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']);
  const expected = {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  };
  return JSON.stringify(condition) === JSON.stringify(expected)
    ? `the leading key is ${patterns.join(' or ')}`
    : JSON.stringify(condition);
}

const on = (resource: string, ...actions: readonly string[]) => actions.map((action) => `${action} ${resource}`);
const table = (name: string, ...actions: readonly string[]) =>
  on(name, ...actions.map((action) => `dynamodb:${action}`));
const readKey = (key: string) => on(key, 'kms:Decrypt', 'kms:DescribeKey');
const writeKey = (key: string) => [
  ...readKey(key),
  ...on(key, 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'),
];
const onBoth = (action: string) => [
  `states:${action} states:stateMachine:local-careline-referral`,
  `states:${action} states:stateMachine:local-careline-deadline`,
];
const queryAndAppend = [...table('Ledger', 'Query', 'PutItem'), ...writeKey('LedgerKey')];
const readDirectory = [...table('Directory', 'GetItem', 'Query'), ...readKey('DirectoryKey')];
const readStream = (failures: string) => [
  ...table('Ledger.StreamArn', 'DescribeStream', 'GetRecords', 'GetShardIterator'),
  'dynamodb:ListStreams Ledger/stream/*',
  ...readKey('LedgerKey'),
  ...on(failures, 'sqs:SendMessage'),
];
const giveUp = on('EventFailures', 'sqs:SendMessage');
const door = [
  ...queryAndAppend,
  ...table('Identities', 'PutItem', 'GetItem', 'UpdateItem'),
  ...writeKey('IdentitiesKey'),
  ...table('Board', 'Query'),
  ...table('Board/index/ByQueue', 'Query'),
  ...table('Board/index/ByOwner', 'Query'),
  ...table('Waits', 'Query'),
  ...readDirectory,
  ...table('Directory', 'BatchGetItem'),
  ...table('Directory/index/ByEmail', 'Query'),
  ...on('VaultSecret', 'secretsmanager:GetSecretValue'),
];

/** Who may do what, complete, apart from writing to one's own log group. */
const permitted: Readonly<Record<string, readonly string[]>> = {
  AskSameChild: [
    ...queryAndAppend,
    'dynamodb:UpdateItem Identities when the leading key is blind#*',
    ...writeKey('IdentitiesKey'),
  ],
  ProposeEligibility: [
    ...queryAndAppend,
    'dynamodb:GetItem Identities when the leading key is birth#*',
    ...readKey('IdentitiesKey'),
  ],
  DrawRoster: [...queryAndAppend, ...readDirectory],
  TakeStep: queryAndAppend,
  RaiseCheckpoint: queryAndAppend,
  AwaitPerson: [...queryAndAppend, ...table('Waits', 'PutItem', 'GetItem'), ...onBoth('SendTaskSuccess')],
  React: [
    ...table('Ledger', 'Query'),
    ...readStream('ReactFailures'),
    ...table('Waits', 'Query', 'DeleteItem'),
    ...table('Board', 'PutItem'),
    ...table('Cursors', 'GetItem', 'PutItem'),
    'dynamodb:PutItem Directory when the leading key is provider#* or delegation#* or delegate#* or delegations or shift#*',
    ...writeKey('DirectoryKey'),
    ...onBoth('StartExecution'),
    ...onBoth('SendTaskSuccess'),
  ],
  SendAlerts: [
    ...queryAndAppend,
    ...readStream('SendAlertsFailures'),
    ...readDirectory,
    ...table('Cursors', 'GetItem', 'PutItem'),
    'ses:SendRawEmail ses:identity/MailIdentity',
    'ses:SendRawEmail ses:configuration-set/MailConfiguration',
    'sms-voice:SendTextMessage arn:aws:sms-voice:us-east-1:000000000000:phone-number/phone-local',
    ...table('Ledger/index/ByInstant', 'Query'),
    ...giveUp,
  ],
  RecordDelivery: [
    ...queryAndAppend,
    'dynamodb:UpdateItem Directory when the leading key is person#*',
    ...writeKey('DirectoryKey'),
    ...giveUp,
  ],
  RecordLostRun: [...queryAndAppend, ...giveUp],
  Sweep: [
    ...queryAndAppend,
    ...table('Ledger/index/ByInstant', 'Query'),
    ...table('Cursors', 'GetItem'),
    ...table('Waits', 'Query'),
    ...table('Board/index/ByQueue', 'Query'),
    'states:DescribeExecution states:execution:local-careline-referral:*',
    'states:DescribeExecution states:execution:local-careline-deadline:*',
    ...table('Identities/index/ByPending', 'Query'),
    ...table('Identities', 'UpdateItem', 'DeleteItem'),
    ...writeKey('IdentitiesKey'),
    ...table('Directory', 'BatchGetItem', 'Query'),
    ...readKey('DirectoryKey'),
    ...giveUp,
  ],
  KeepVault: [
    ...queryAndAppend,
    ...table('Ledger/index/ByInstant', 'Query'),
    'dynamodb:GetItem Identities when the leading key is child#* or birth#* or known#* or blind#* or index#*',
    'dynamodb:UpdateItem Identities when the leading key is blind#* or index#*',
    ...table('Identities', 'DeleteItem'),
    ...table('Identities/index/ByIndexKey', 'Query'),
    ...table('Identities/index/ByReferral', 'Query'),
    ...writeKey('IdentitiesKey'),
    ...on('VaultSecret', 'secretsmanager:GetSecretValue'),
    ...giveUp,
  ],
  AuthorizeRequest: [
    ...table('Directory', 'Query'),
    ...table('Directory/index/BySub', 'Query'),
    ...readKey('DirectoryKey'),
  ],
  Api: [...door, ...table('Ledger/index/ByInstant', 'Query')],
  Console: [
    ...door,
    ...table('Directory/index/BySub', 'Query'),
    ...table('Sessions', 'GetItem', 'PutItem', 'DeleteItem', 'UpdateItem'),
  ],
};

const invoke = (...functions: readonly string[]) => functions.map((name) => `lambda:InvokeFunction ${name}`);
const logDelivery = forcedWildcards['state machine log delivery'].actions.map((action) => `${action} *`);
const referralTasks = ['AskSameChild', 'ProposeEligibility', 'DrawRoster', 'TakeStep', 'AwaitPerson'];
const permittedToMachines: Readonly<Record<string, readonly string[]>> = {
  Referral: [...invoke(...referralTasks), ...logDelivery],
  Deadline: [...invoke('RaiseCheckpoint', 'AwaitPerson'), ...logDelivery],
};

const unique = (lines: readonly string[]) => [...new Set(lines)].sort();

describe('the grants', () => {
  test.each(Object.entries(permitted))('%s may do exactly what the table says', (name, lines) => {
    const { properties } = assembly.named(name);
    const ownLog = on(`${name}Logs`, 'logs:CreateLogStream', 'logs:PutLogEvents');
    const granted = statementsOfRole(String(properties.Role)).flatMap(groupsOf);
    expect(unique(granted)).toEqual(unique([...lines, ...ownLog]));
  });

  test.each(Object.entries(permittedToMachines))('the machine %s may invoke exactly its tasks', (name, lines) => {
    const { properties } = assembly.named(name);
    expect(unique(statementsOfRole(String(properties.RoleArn)).flatMap(groupsOf))).toEqual(unique(lines));
  });

  test('the table names every function and every machine', () => {
    const ids = (type: string) => assembly.ofType(type).map(({ id }) => id);
    expect(ids('AWS::Lambda::Function').sort()).toEqual(Object.keys(permitted).sort());
    expect(ids('AWS::StepFunctions::StateMachine').sort()).toEqual(Object.keys(permittedToMachines).sort());
  });

  test('each function has a role of its own, with no policy but the one of the table', () => {
    const roles = [...assembly.ofType('AWS::Lambda::Function')].map(({ properties }) => properties.Role);
    expect(new Set(roles).size).toBe(roles.length);
    const loaded = assembly
      .ofType('AWS::IAM::Role')
      .filter(({ properties }) => properties.ManagedPolicyArns || properties.Policies);
    expect(loaded.map(({ id, properties }) => [id, properties.ManagedPolicyArns])).toEqual([
      ['WebDoorCloudWatchRole', [`arn:AWS::Partition:iam::aws:policy/${forcedWildcards['gateway logging'].resource}`]],
    ]);
    const shared = assembly
      .ofType('AWS::IAM::Policy')
      .filter(({ properties }) => listOf(properties.Roles).length !== 1);
    expect(shared).toEqual([]);
  });
});

describe('wildcards', () => {
  test('no permission is for a wildcard of actions', () => {
    const actions = assembly
      .ofType('AWS::IAM::Policy')
      .flatMap(({ properties }) => statementsOf(properties.PolicyDocument))
      .flatMap(({ Action }) => listOf(Action));
    expect(actions.length).toBeGreaterThan(100);
    expect(actions.filter((action) => String(action).includes('*'))).toEqual([]);
  });

  test('a resource is a wildcard only where AWS forces it, for exactly those actions', () => {
    const wild = assembly
      .ofType('AWS::IAM::Policy')
      .flatMap(({ properties }) => statementsOf(properties.PolicyDocument))
      .filter(({ Resource }) => listOf(Resource).some((resource) => String(resource).includes('*')));
    const unforced = wild.filter(
      ({ Action, Resource }) =>
        !Object.values(forcedWildcards).some(
          ({ actions, resource }) =>
            String(Resource).endsWith(resource) && unique(listOf(Action).map(String)).join() === unique(actions).join(),
        ),
    );
    expect(wild.length).toBe(5);
    expect(unforced).toEqual([]);
  });

  test('nothing is granted by way of exception: no NotAction, NotResource or Deny in a role', () => {
    const statements = assembly
      .ofType('AWS::IAM::Policy')
      .flatMap(({ properties }) => statementsOf(properties.PolicyDocument));
    expect(statements.filter((statement) => statement.Effect !== 'Allow')).toEqual([]);
    expect(statements.filter((statement) => 'NotAction' in statement || 'NotResource' in statement)).toEqual([]);
  });
});

describe('the rules that must never bend', () => {
  const holders = (matches: (line: string) => boolean) =>
    Object.keys(permitted).filter((name) =>
      statementsOfRole(String(assembly.named(name).properties.Role))
        .flatMap(groupsOf)
        .some(matches),
    );

  test('no function may update or delete a commit of the ledger', () => {
    expect(holders((line) => /^dynamodb:(Update|Delete|Batch).* Ledger$/.test(line))).toEqual([]);
  });

  test('no function may scan a table', () => {
    expect(holders((line) => line.includes('dynamodb:Scan') || line.includes('PartiQL'))).toEqual([]);
  });

  test('only the API, the console and keep-vault may read a child’s name; eligibility reads the birth date alone', () => {
    const read = (line: string) => /^dynamodb:(GetItem|Query|BatchGetItem) Identities($| )/.test(line);
    expect(holders((line) => read(line) && !line.includes(' when '))).toEqual(['Api', 'Console']);
    expect(holders((line) => read(line) && line.includes(' when '))).toEqual(['ProposeEligibility', 'KeepVault']);
  });

  test('only send-alerts may send mail and text messages, only react may start runs', () => {
    expect(holders((line) => /^(ses|sms-voice):/.test(line))).toEqual(['SendAlerts']);
    expect(holders((line) => line.startsWith('states:StartExecution'))).toEqual(['React']);
  });
});
