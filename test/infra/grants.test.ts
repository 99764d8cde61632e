/**
 * What no grant of the stack may be. That each grant is used is in test/infra/local/grants; every one is listed in
 * docs/grants.md.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { forcedWildcards } from '../../infra/constructs/forced-wildcards.ts';
import { anchorRule } from '../../shared/policy/anchor-rules.ts';
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

/** Every statement of a role's own policies. The CDK moves what is too long for one into a managed policy. */
function statementsOfRole(role: string): readonly Statement[] {
  return ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
    .flatMap((type) => assembly.ofType(type))
    .filter(({ properties }) => listOf(properties.Roles).includes(role))
    .flatMap(({ properties }) => statementsOf(properties.PolicyDocument));
}

/** One line for each action on each resource, such as `dynamodb:GetItem Identities of birth#*, answers NONE`. */
function groupsOf(statement: Statement): readonly string[] {
  const condition = statement.Condition === undefined ? '' : wording(statement.Condition);
  const lines: string[] = [];
  for (const action of listOf(statement.Action)) {
    for (const resource of listOf(statement.Resource)) lines.push(`${action} ${resource}${condition}`);
  }
  return lines;
}

const keyed = (patterns: unknown) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns },
  Null: { 'dynamodb:LeadingKeys': 'false' },
});

function wording(condition: unknown): string {
  const { StringEqualsIfExists: ifExists, ...others } = condition as Record<string, Record<string, unknown>>;
  const answers = ifExists?.['dynamodb:ReturnValues'];
  if (ifExists && answers === undefined) others.StringEqualsIfExists = ifExists;
  const { 'ForAllValues:StringEquals': exactly, 'ForAllValues:StringNotEquals': not, ...less } = others;
  const attributes = exactly?.['dynamodb:Attributes'];
  const never = not?.['dynamodb:Attributes'];
  const operators: typeof others = { ...less, ...(exactly && !attributes && { 'ForAllValues:StringEquals': exactly }) };
  const patterns = operators['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
  const isKeyed = JSON.stringify(operators) === JSON.stringify(keyed(patterns));
  const rest = Object.keys(operators).length === 0 ? '' : ` when ${JSON.stringify(operators)}`;
  const returned = answers === undefined ? undefined : listOf(answers).join(' or ');
  const named = [
    ...(attributes === undefined ? [] : [` naming ${listOf(attributes).join(' or ')}`]),
    ...(never === undefined ? [] : [` naming no ${listOf(never).join(' or ')}`]),
  ].join('');
  return `${isKeyed ? ` of ${listOf(patterns).join(' or ')}` : rest}${named}${returned === undefined ? '' : `, answers ${returned}`}`;
}

const unique = (lines: readonly string[]) => [...new Set(lines)].sort();

describe('the roles', () => {
  test('each function has a role of its own, with one policy', () => {
    const roles = [...assembly.ofType('AWS::Lambda::Function')].map(({ properties }) => properties.Role);
    expect(new Set(roles).size).toBe(roles.length);
    const loaded = assembly
      .ofType('AWS::IAM::Role')
      .filter(({ properties }) => properties.ManagedPolicyArns || properties.Policies);
    expect(loaded.map(({ id, properties }) => [id, properties.ManagedPolicyArns])).toEqual([
      ['WebDoorCloudWatchRole', [`arn:AWS::Partition:iam::aws:policy/${forcedWildcards['gateway logging'].resource}`]],
      // AWS Backup copies with a role that AWS describes.
      ...['Kept', 'Short'].map((plan) => [
        `${plan}PlanTablesRole`,
        ['arn:AWS::Partition:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup'],
      ]),
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
    expect(wild.length).toBe(10);
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
  test('one function anchors and signs, and none can take an anchor or its lock away', () => {
    const bucket = lines().filter((line) => line.includes(': s3:'));
    expect(bucket.filter((line) => !/ s3:(GetObject|ListBucket) /.test(line))).toEqual([
      expect.stringMatching(/^AnchorHeads: s3:PutObject \S*Anchors\S*\/anchors\/\*$/),
    ]);
    expect(holders((line) => line.startsWith('kms:Sign '))).toEqual(['AnchorHeads']);
    expect(assembly.named('Anchors').properties.ObjectLockConfiguration).toEqual({
      ObjectLockEnabled: 'Enabled',
      Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: anchorRule.lockedForYears * 365 } },
    });
  });

  const holders = (matches: (line: string) => boolean) =>
    assembly
      .ofType('AWS::Lambda::Function')
      .filter(({ properties }) => statementsOfRole(String(properties.Role)).flatMap(groupsOf).some(matches))
      .map(({ id }) => id);

  const lines = () =>
    assembly.ofType('AWS::Lambda::Function').flatMap(({ id, properties }) =>
      statementsOfRole(String(properties.Role))
        .flatMap(groupsOf)
        .map((line) => `${id}: ${line}`),
    );

  test('no function may update or delete a commit of the ledger', () => {
    expect(holders((line) => /^dynamodb:(Put|Query)\w* Ledger /.test(line)).length).toBeGreaterThan(10);
    expect(holders((line) => /^dynamodb:(Update|Delete|BatchWrite)\w* Ledger\b/.test(line))).toEqual([]);
  });

  test('no function may scan a table, but the watchdog the directory and the console the sessions, which hold no child', () => {
    const scans = lines().filter((line) => line.includes('dynamodb:Scan') || line.includes('PartiQL'));
    expect(scans).toEqual(['Sweep: dynamodb:Scan Directory', 'Console: dynamodb:Scan Sessions']);
  });

  test('no function may make the code of an entry, and each that reads entries may ask about it', () => {
    expect(
      lines().filter((line) => / kms:\w+ DirectoryCodeKey /.test(line) && !line.includes('kms:VerifyMac')),
    ).toEqual([]);
    const readers = holders((line) => /^dynamodb:(GetItem|BatchGetItem|Query|Scan) Directory/.test(line));
    expect(holders((line) => line.startsWith('kms:VerifyMac DirectoryCodeKey '))).toEqual(readers);
    expect(readers).toEqual(['DrawRoster', 'SendAlerts', 'Sweep', 'AuthorizeRequest', 'Api', 'Console']);
  });

  test('no function writes where entries are, but the mark of failing mail, and the code that is taken off', () => {
    const writes = lines().filter((line) => /: dynamodb:(Put|Update|Delete)Item Directory /.test(line));
    expect(writes).toEqual([
      'React: dynamodb:PutItem Directory of provider#* or delegation#* or delegate#* or delegations, answers NONE',
      'RecordDelivery: dynamodb:UpdateItem Directory of person#* naming pk or sk or mailFailsSince, answers NONE',
      'Sweep: dynamodb:UpdateItem Directory of person#* or duty#* or team#* or agency#* or provider#* naming pk or sk or signature, answers NONE',
    ]);
  });

  test('each grant on a table names the kinds of items, except where the keys have no kinds', () => {
    const on = lines().filter((line) => line.includes(': dynamodb:') && !line.includes('Ledger.StreamArn'));
    expect(on.length).toBeGreaterThan(100);
    const whole = on.filter((line) => !line.includes(' of ') || / of \*/.test(line));
    const resources = whole.map((line) => / (\S+?)(,|$)/.exec(line.replace(/^.*dynamodb:\w+/, ''))?.[1]);
    expect([...new Set(resources)].sort()).toEqual([
      ...['Board', 'Board/index/ByOwner', 'Board/index/ByQueue', 'Board/index/ByTurn', 'ChildIndex'],
      ...[
        'Directory',
        'Directory/index/ByEmail',
        'Directory/index/BySub',
        'Identities/index/ByIndexKey',
        'Ledger/stream/*',
      ],
      'Sessions',
    ]);
  });

  test('no write may answer with an item', () => {
    const writes = lines().filter((line) => /: dynamodb:(Put|Update|Delete)Item /.test(line));
    expect(writes.length).toBeGreaterThan(40);
    expect(writes.filter((line) => !line.endsWith(', answers NONE'))).toEqual([]);
  });

  test('only the API, the console and keep-vault may read a child’s name; eligibility reads the birth date alone', () => {
    const readers = (part: string) =>
      holders(
        (line) => /^dynamodb:(GetItem|Query|BatchGetItem) Identities of /.test(line) && line.includes(`${part}#*`),
      );
    expect(readers('child')).toEqual(['KeepVault', 'Api', 'Console']);
    expect(readers('birth')).toEqual(['ProposeEligibility', 'KeepVault', 'Api', 'Console']);
    expect(readers('text')).toEqual(['Api', 'Console']);
  });

  test('a function that opens content can remove none and write none, except the doors', () => {
    const opens = holders((line) => line.startsWith('kms:Decrypt WrappingKey'));
    expect(opens).toEqual(['ProposeEligibility', 'KeepVault', 'Api', 'Console']);
    expect(holders((line) => line.startsWith('kms:GenerateDataKey WrappingKey'))).toEqual(['Api', 'Console']);
    // A write whose condition fails can answer with the item, and no condition of IAM stops that.
    const touches = holders((line) =>
      /^dynamodb:(Put|Update|Delete)Item Identities of .*(child|birth|known|reporter|text|part2|draft)#/.test(line),
    );
    expect(touches).toEqual(['Sweep', 'EraseVault', 'Api', 'Console']);
    expect(holders((line) => /^dynamodb:DeleteItem (Identities|VaultKeys)/.test(line))).toEqual([
      'Sweep',
      'EraseVault',
    ]);
  });

  test('each key is for one service, one owner of content, or one algorithm', () => {
    const uses = lines().filter((line) => line.includes(': kms:'));
    expect(uses.length).toBeGreaterThan(60);
    const through = (service: string) =>
      ` when {"StringEquals":{"kms:ViaService":"${service}.AWS::Region.amazonaws.com"}}`;
    const owned = (owners: string) =>
      ` when {"StringLike":{"kms:EncryptionContext:of":${owners}},"ForAllValues:StringEquals":{"kms:EncryptionContextKeys":["of"]}}`;
    const signing = [
      'kms:GetPublicKey AnchorKey',
      'kms:Sign AnchorKey when {"StringEquals":{"kms:SigningAlgorithm":"ECDSA_SHA_256"}}',
    ];
    const mac = ' when {"StringEquals":{"kms:MacAlgorithm":"HMAC_SHA_256"}}';
    const unlimited = uses.filter(
      (line) =>
        !signing.includes(line.replace('AnchorHeads: ', '')) &&
        !(/ \w+CodeKey /.test(line) && line.endsWith(mac)) &&
        !(
          / WrappingKey /.test(line) &&
          [owned('["CR-*"]'), owned('["CR-*","DR-*","FO-*"]')].some((end) => line.endsWith(end))
        ) &&
        !(
          !/ (\w+CodeKey|WrappingKey) /.test(line) &&
          [through('dynamodb'), through('secretsmanager'), through('s3')].some((end) => line.endsWith(end))
        ),
    );
    expect(unlimited).toEqual([]);
    expect(uses.filter((line) => line.includes('DR-*')).map((line) => line.split(':')[0])).toEqual([
      'Api',
      'Api',
      'Console',
      'Console',
    ]);
  });

  test('only the doors make codes under the key of the doors, and every function that reads the ledger checks them', () => {
    expect(holders((line) => line.startsWith('kms:GenerateMac DoorCodeKey '))).toEqual(['Api', 'Console']);
    expect(holders((line) => line.startsWith('kms:GenerateMac TaskCodeKey '))).not.toContain('Api');
    const readers = holders((line) => line.startsWith('dynamodb:Query Ledger '));
    expect(holders((line) => line.startsWith('kms:VerifyMac DoorCodeKey '))).toEqual(readers);
  });

  test('mail goes out from the one address of the settings', () => {
    const sends = lines().filter((line) => line.includes(': ses:'));
    const only = ' when {"StringEquals":{"ses:FromAddress":"careline@careline.example"}}';
    expect(sends).toEqual(
      // While SES is in its sandbox, each recipient is an identity of the account, and SES asks for it too.
      ['SendAlerts', 'AnchorHeads'].flatMap((sender) =>
        ['ses:configuration-set/MailConfiguration', 'ses:identity/*'].map(
          (resource) => `${sender}: ses:SendRawEmail ${resource}${only}`,
        ),
      ),
    );
  });

  test('only send-alerts may send mail of referrals and text messages, only react may start runs', () => {
    // The witnesses of anchors are no people of the directory, which anchor-heads cannot read.
    expect(holders((line) => line.startsWith('ses:'))).toEqual(['SendAlerts', 'AnchorHeads']);
    expect(holders((line) => line.includes('Directory')).includes('AnchorHeads')).toBe(false);
    expect(holders((line) => line.startsWith('sms-voice:'))).toEqual(['SendAlerts']);
    expect(holders((line) => line.startsWith('states:StartExecution'))).toEqual(['React']);
  });
});
