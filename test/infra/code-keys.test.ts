/** New keys for the codes of commits: what the template gives each function, and that old commits stay right. */
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { expect, test } from 'vitest';
import { createCodeKeys } from '../../infra/constructs/code-keys.ts';
import type { CodeKeySettings } from '../../infra/constructs/settings.ts';

/** The template of two functions, where one is a door. */
function templateOf(codeKeys: CodeKeySettings) {
  const stack = new Stack(new App(), 'Keys');
  const keys = createCodeKeys(stack, codeKeys);
  const create = (id: string) =>
    new LambdaFunction(stack, id, {
      code: Code.fromInline('exports.handler = async () => {};'),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
    });
  const door = create('Door');
  keys.allowMake(door, 'door');
  keys.allowCheck(door);
  keys.allowMake(create('Task'), 'task');
  return Template.fromStack(stack);
}
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const granted = (template: Template, action: string) =>
  Object.values(template.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement.filter((each: { Action: string }) => each.Action === action).map(
      (each: { Resource: unknown }) => [each.Resource].flat(),
    ),
  );
const listed = (template: Template, name: string) =>
  Object.values(template.findResources('AWS::Lambda::Function')).flatMap(
    ({ Properties }) => Properties.Environment.Variables[name] ?? [],
  );

test('a second key is known to every function before it codes a commit', () => {
  const template = templateOf({ count: 2, inUse: 1 });
  template.resourceCountIs('AWS::KMS::Key', 4);
  expect(granted(template, 'kms:GenerateMac')).toEqual([[arn('DoorCodeKey')], [arn('TaskCodeKey')]]);
  expect(granted(template, 'kms:VerifyMac')).toEqual([
    [arn('DoorCodeKey'), arn('DoorCodeKey2'), arn('TaskCodeKey'), arn('TaskCodeKey2')],
  ]);
  const list = { 'Fn::Join': ['', [arn('DoorCodeKey'), ',', arn('DoorCodeKey2')]] };
  expect(listed(template, 'DOOR_CODE_KEYS')).toEqual([list]);
});

test('the key in use stands first, it alone makes codes, and the former one still verifies and is kept', () => {
  const template = templateOf({ count: 2, inUse: 2 });
  expect(granted(template, 'kms:GenerateMac')).toEqual([[arn('DoorCodeKey2')], [arn('TaskCodeKey2')]]);
  expect(granted(template, 'kms:VerifyMac')[0]).toContainEqual(arn('DoorCodeKey'));
  const list = { 'Fn::Join': ['', [arn('TaskCodeKey2'), ',', arn('TaskCodeKey')]] };
  expect(listed(template, 'TASK_CODE_KEYS')).toEqual([list, list]);
  template.allResources('AWS::KMS::Key', Match.objectLike({ DeletionPolicy: 'RetainExceptOnCreate' }));
});

test('no one else makes or checks codes, the root of the account included, and the root still administers the keys', () => {
  const template = templateOf({ count: 1, inUse: 1 });
  const policyOf = (key: string) => template.findResources('AWS::KMS::Key')[key]?.Properties.KeyPolicy.Statement;
  const roleOf = (id: string) =>
    expect.objectContaining({ 'Fn::GetAtt': [expect.stringMatching(`^${id}ServiceRole`), 'Arn'] });
  const denied = (Action: string, ...roles: readonly unknown[]) => ({
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action,
    Resource: '*',
    Condition: { ArnNotEquals: { 'aws:PrincipalArn': roles } },
  });
  expect(policyOf('DoorCodeKey')).toEqual([
    expect.objectContaining({ Effect: 'Allow', Action: 'kms:*', Resource: '*' }),
    denied('kms:VerifyMac', roleOf('Door')),
    denied('kms:GenerateMac', roleOf('Door')),
  ]);
  expect(policyOf('TaskCodeKey')).toContainEqual(denied('kms:GenerateMac', roleOf('Task')));
});
