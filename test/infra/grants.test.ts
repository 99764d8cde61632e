/**
 * What no grant of the stack may be. That each grant is used is in test/infra/local/grants; every one is listed in
 * docs/grants.md.
 */
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
    assembly
      .ofType('AWS::Lambda::Function')
      .filter(({ properties }) => statementsOfRole(String(properties.Role)).flatMap(groupsOf).some(matches))
      .map(({ id }) => id);

  test('no function may update or delete a commit of the ledger', () => {
    expect(holders((line) => /^dynamodb:(Update|Delete|Batch).* Ledger$/.test(line))).toEqual([]);
  });

  test('no function may scan a table', () => {
    expect(holders((line) => line.includes('dynamodb:Scan') || line.includes('PartiQL'))).toEqual([]);
  });

  test('only the doors reach every chain of the ledger and every part of the vault; the others name which', () => {
    const whole = (line: string) =>
      /^dynamodb:(Get|BatchGet|Query|Put|Update|Delete)\w* (Ledger|Identities)$/.test(line);
    expect(holders(whole)).toEqual(['Api', 'Console']);
  });

  test('only the API, the console and keep-vault may read a child’s name; eligibility reads the birth date alone', () => {
    const read = (line: string) => /^dynamodb:(GetItem|Query|BatchGetItem) Identities($| )/.test(line);
    expect(holders((line) => read(line) && !line.includes(' when '))).toEqual(['Api', 'Console']);
    expect(holders((line) => read(line) && line.includes(' when '))).toEqual(['ProposeEligibility', 'KeepVault']);
  });

  test('only the doors make codes under the key of the doors, and nothing else makes what they check', () => {
    expect(holders((line) => line === 'kms:GenerateMac DoorCodeKey')).toEqual(['Api', 'Console']);
    expect(holders((line) => line === 'kms:GenerateMac TaskCodeKey')).not.toContain('Api');
    expect(holders((line) => line === 'kms:VerifyMac DoorCodeKey')).toEqual(['React', 'Sweep', 'Api', 'Console']);
  });

  test('only send-alerts may send mail and text messages, only react may start runs', () => {
    expect(holders((line) => /^(ses|sms-voice):/.test(line))).toEqual(['SendAlerts']);
    expect(holders((line) => line.startsWith('states:StartExecution'))).toEqual(['React']);
  });
});
