import { describe, expect, test } from 'vitest';
import { AccessDenied } from '../../../../infra/local/endpoint/service.ts';
import { createAuthorize } from '../../../../infra/local/iam/iam.ts';
import { functionWith, templateOf } from '../dynamodb/cloud.ts';

const react = { kind: 'function', logicalId: 'React' } as const;
const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/Ledger';

/** May React do this, with these statements? */
function may(
  statements: readonly object[],
  action: string,
  resource = table,
  context?: Readonly<Record<string, readonly string[]>>,
): boolean {
  const authorize = createAuthorize(templateOf(functionWith('React', ...statements)));
  try {
    authorize(react, action, resource, context);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(AccessDenied);
    return false;
  }
}
const allow = (more: object) => ({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: table, ...more });

describe('a statement', () => {
  test('allows its actions on its resources and nothing else', () => {
    expect(may([allow({})], 'dynamodb:GetItem')).toBe(true);
    expect(may([allow({})], 'dynamodb:PutItem')).toBe(false);
    expect(may([allow({})], 'dynamodb:GetItem', `${table}2`)).toBe(false);
    expect(may([], 'dynamodb:GetItem')).toBe(false);
  });

  test('may use wildcards; action names know no case, resources do', () => {
    expect(may([allow({ Action: 'DynamoDB:get*' })], 'dynamodb:GetItem')).toBe(true);
    expect(may([allow({ Resource: `${table}/index/*` })], 'dynamodb:GetItem', `${table}/index/ByHour`)).toBe(true);
    expect(may([allow({ Resource: `${table}/index/*` })], 'dynamodb:GetItem')).toBe(false);
    expect(may([allow({ Resource: table.toLowerCase() })], 'dynamodb:GetItem')).toBe(false);
    expect(may([allow({ Resource: table.replace('Ledger', 'L?dger') })], 'dynamodb:GetItem')).toBe(true);
    expect(may([allow({ Resource: table.replaceAll(':', '.') })], 'dynamodb:GetItem')).toBe(false);
  });

  test('that denies wins over every one that allows', () => {
    const deny = { ...allow({ Action: '*', Resource: '*' }), Effect: 'Deny' };
    expect(may([allow({}), deny], 'dynamodb:GetItem')).toBe(false);
  });
});

describe('a condition', () => {
  const key = 'dynamodb:LeadingKeys';
  const on = (operator: string, value: unknown) => [allow({ Condition: { [operator]: { [key]: value } } })];
  const holds = (operator: string, value: unknown, actual?: readonly string[]) =>
    may(on(operator, value), 'dynamodb:GetItem', table, actual && { [key]: actual });

  test.each([
    ['StringEquals', 'a', ['a'], true],
    ['StringEquals', 'a', ['A'], false],
    ['StringEquals', ['a', 'b'], ['b'], true],
    ['StringEquals', 'a', [], false],
    ['StringEquals', 'a', ['a', 'c'], false],
    ['StringLike', 'birth#*', ['birth#CR-1'], true],
    ['StringLike', 'birth#*', ['child#CR-1'], false],
    ['ForAllValues:StringLike', ['birth#*'], ['birth#1', 'birth#2'], true],
    ['ForAllValues:StringLike', ['birth#*'], ['birth#1', 'child#2'], false],
    ['ForAllValues:StringLike', ['birth#*'], [], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['b', 'a'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['b', 'c'], false],
    ['Null', 'false', ['a'], true],
    ['Null', false, [], false],
    ['Null', 'true', [], true],
    ['Bool', 'true', ['True'], true],
    ['Bool', 'true', ['false'], false],
    ['ArnLike', 'arn:aws:states:*:*:stateMachine:*', ['arn:aws:states:us-east-1:1:stateMachine:A'], true],
    ['ArnLike', 'arn:aws:*:stateMachine:A', ['arn:aws:states:us-east-1:1:stateMachine:A'], false],
    ['ArnEquals', 'arn:aws:sns:us-east-1:1:A', ['arn:aws:sns:us-east-1:1:A'], true],
    ['ArnNotEquals', 'arn:aws:iam::1:role/A', ['arn:aws:iam::1:role/B'], true],
    ['ArnNotEquals', 'arn:aws:iam::1:role/A', ['arn:aws:iam::1:role/A'], false],
    ['ArnNotEquals', 'arn:aws:iam::1:role/A', [], true],
    ['StringEqualsIfExists', 'a', [], true],
    ['StringEqualsIfExists', 'a', ['b'], false],
    ['ForAllValues:StringNotEquals', ['a'], ['b', 'a'], false],
    ['ForAllValues:StringNotEquals', ['a'], ['b'], true],
  ] as const)('%s %j of %j is %s', (operator, value, actual, expected) => {
    expect(holds(operator, value, actual)).toBe(expected);
  });

  test('holds only together with all others of its statement', () => {
    const vault = [allow({ Condition: { 'ForAllValues:StringLike': { [key]: 'birth#*' }, Null: { [key]: 'false' } } })];
    expect(may(vault, 'dynamodb:GetItem', table, { [key]: ['birth#1'] })).toBe(true);
    expect(may(vault, 'dynamodb:GetItem', table, { [key]: [] })).toBe(false);
    expect(may(vault, 'dynamodb:GetItem', table)).toBe(false);
  });
});

describe('a permission', () => {
  test('of an operator covers everything', () => {
    expect(() => createAuthorize(templateOf({}))({ kind: 'operator' }, 'any:Thing', '*')).not.toThrow();
  });

  test('of a role comes from all policies that are attached to it', () => {
    const grant = (Action: string) => ({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
    const authorize = createAuthorize(
      templateOf({
        ...functionWith('React', { Effect: 'Allow', Action: 's:Attached', Resource: '*' }),
        Part: {
          Type: 'AWS::IAM::ManagedPolicy',
          Properties: { Roles: [{ Ref: 'ReactRole' }], PolicyDocument: grant('s:Managed') },
        },
      }),
    );
    for (const action of ['s:Attached', 's:Managed']) expect(() => authorize(react, action, 'r')).not.toThrow();
    expect(() => authorize(react, 's:Other', 'r')).toThrow(
      'User: arn:aws:sts::000000000000:assumed-role/ReactRole/React is not authorized to perform: s:Other on resource: r because no identity-based policy allows the s:Other action',
    );
  });

  test('of a state machine is that of its own role', () => {
    const { ReactRole, ReactPolicy } = functionWith('React', { Effect: 'Allow', Action: 'lambda:*', Resource: '*' });
    const authorize = createAuthorize(
      templateOf({
        ReactRole: ReactRole ?? { Type: '' },
        ReactPolicy: ReactPolicy ?? { Type: '' },
        Referral: {
          Type: 'AWS::StepFunctions::StateMachine',
          Properties: { RoleArn: { 'Fn::GetAtt': ['ReactRole', 'Arn'] } },
        },
      }),
    );
    const machine = { kind: 'function', logicalId: 'Referral' } as const;
    expect(() => authorize(machine, 'lambda:InvokeFunction', 'f')).not.toThrow();
    expect(() => authorize(react, 'lambda:InvokeFunction', 'f')).toThrow(AccessDenied);
  });
});

describe('a start is stopped by', () => {
  test.each([
    [
      { NotAction: 'a:B' },
      'Statement 1 of the policy ReactPolicy has NotAction, which the embedded cloud does not evaluate.',
    ],
    [{ NotResource: '*' }, 'has NotResource'],
    [{ Effect: 'Maybe' }, 'has the unknown effect Maybe'],
    [{ Condition: { DateGreaterThan: { 'aws:CurrentTime': 'x' } } }, 'has the condition operator DateGreaterThan'],
    [{ Condition: { StringEquals: { 'aws:PrincipalTag/team': 'x' } } }, 'has a condition on aws:PrincipalTag/team'],
    [{ Resource: `arn:aws:s3:::x/\${aws:username}` }, 'uses the policy variable'],
  ])('%j', (more, sentence) => {
    expect(() => createAuthorize(templateOf(functionWith('React', allow(more))))).toThrow(sentence);
  });

  test.each(['ManagedPolicyArns', 'PermissionsBoundary', 'Policies'])('a role with %s of its own', (property) => {
    const resources = {
      ...functionWith('React'),
      ReactRole: {
        Type: 'AWS::IAM::Role',
        Properties: { [property]: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
      },
    };
    expect(() => createAuthorize(templateOf(resources))).toThrow(`The role ReactRole has ${property}, which`);
  });
});
