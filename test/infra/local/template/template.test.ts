import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTemplate } from '../../../../infra/local/template/template.ts';
import { templateOf } from '../dynamodb/cloud.ts';
import { newFolder } from '../dynamodb/new-folder.ts';

/** The value of a property as it is resolved, in a stack with a few other resources. */
function resolved(value: unknown) {
  const template = templateOf({
    Probe: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { value } },
    Ledger: { Type: 'AWS::DynamoDB::Table', Properties: {} },
    Named: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: { 'Fn::Join': ['-', ['my', 'table']] } } },
    React: { Type: 'AWS::Lambda::Function', Properties: {} },
    Referral: { Type: 'AWS::StepFunctions::StateMachine', Properties: {} },
    Role: { Type: 'AWS::IAM::Role', Properties: {} },
    Door: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'door' } },
    Key: { Type: 'AWS::KMS::Key', Properties: {} },
    Secret: { Type: 'AWS::SecretsManager::Secret', Properties: {} },
    Events: { Type: 'AWS::SNS::Topic', Properties: {} },
    People: { Type: 'AWS::Cognito::UserPool', Properties: {} },
    Mail: { Type: 'AWS::SES::EmailIdentity', Properties: { EmailIdentity: 'careline.example' } },
  });
  return template.resources.get('Probe')?.properties.value;
}

describe('a template as CloudFormation would resolve it', () => {
  test.each([
    ['the name of a table', { Ref: 'Ledger' }, 'Ledger'],
    ['an explicit name', { Ref: 'Named' }, 'my-table'],
    [
      'the ARN of a table',
      { 'Fn::GetAtt': ['Named', 'Arn'] },
      'arn:aws:dynamodb:us-east-1:000000000000:table/my-table',
    ],
    [
      'the ARN of a stream',
      { 'Fn::GetAtt': ['Ledger', 'StreamArn'] },
      'arn:aws:dynamodb:us-east-1:000000000000:table/Ledger/stream/2026-01-01T00:00:00.000',
    ],
    ['a state machine', { Ref: 'Referral' }, 'arn:aws:states:us-east-1:000000000000:stateMachine:Referral'],
    ['a role', { 'Fn::GetAtt': ['Role', 'Arn'] }, 'arn:aws:iam::000000000000:role/Role'],
    ['the root of an API', { 'Fn::GetAtt': ['Door', 'RootResourceId'] }, 'DoorRoot'],
    ['an API, which is not its name', { Ref: 'Door' }, 'Door'],
    ['a key', { 'Fn::GetAtt': ['Key', 'Arn'] }, 'arn:aws:kms:us-east-1:000000000000:key/Key'],
    ['a secret', { Ref: 'Secret' }, 'arn:aws:secretsmanager:us-east-1:000000000000:secret:Secret'],
    ['a topic', { Ref: 'Events' }, 'arn:aws:sns:us-east-1:000000000000:Events'],
    ['a user pool', { Ref: 'People' }, 'us-east-1_People'],
    ['a mail identity', { Ref: 'Mail' }, 'careline.example'],
    ['pseudo parameters', { 'Fn::Join': [':', [{ Ref: 'AWS::Partition' }, { Ref: 'AWS::Region' }]] }, 'aws:us-east-1'],
    ['a substitution', { 'Fn::Sub': `\${AWS::AccountId}/\${Ledger}` }, '000000000000/Ledger'],
    ['a selection of a split', { 'Fn::Select': [1, { 'Fn::Split': ['-', { Ref: 'Named' }] }] }, 'table'],
  ])('%s', (_what, value, expected) => {
    expect(resolved(value)).toEqual(expected);
  });

  test('a definition is one string with its substitutions in it', () => {
    const template = templateOf({
      React: { Type: 'AWS::Lambda::Function', Properties: {} },
      Referral: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          DefinitionString: { 'Fn::Join': ['', ['{"Resource":"', `\${ReactFunctionArn}`, '"}']] },
          DefinitionSubstitutions: { ReactFunctionArn: { 'Fn::GetAtt': ['React', 'Arn'] } },
        },
      },
    });
    expect(template.resources.get('Referral')?.properties).toEqual({
      DefinitionString: '{"Resource":"arn:aws:lambda:us-east-1:000000000000:function:React"}',
    });
  });
});

describe('what cannot be resolved', () => {
  test.each([
    [{ 'Fn::GetAtt': ['Ledger', 'Novelty'] }, 'uses the attribute Ledger.Novelty at Properties.value.Fn::GetAtt'],
    [{ 'Fn::ImportValue': 'other' }, 'uses Fn::ImportValue at Properties.value.Fn::ImportValue'],
    [{ deep: [{ Ref: 'Unknown' }] }, 'uses the unknown resource Unknown at Properties.value.deep.0.Ref'],
    [{ 'Fn::Sub': [`\${own}`, { own: 'x' }] }, 'uses Fn::Sub with values of its own at Properties.value.Fn::Sub'],
    ['{{resolve:ssm:name}}', 'uses a dynamic reference at Properties.value'],
  ])('stops the start, naming resource and place: %j', (value, sentence) => {
    expect(() => resolved(value)).toThrow(`The template's Probe ${sentence}: the embedded cloud cannot resolve it.`);
  });

  test('is a type of resource that the embedded cloud does not know, and the sentence says what to do', () => {
    expect(() => templateOf({ Search: { Type: 'AWS::OpenSearchService::Domain' } })).toThrow(
      "The template's Search is of the type AWS::OpenSearchService::Domain, which the embedded cloud does not know: add it to infra/local/template/resource-kinds.ts, or leave it out of the stage",
    );
  });

  test('is a resource under a condition', () => {
    expect(() => templateOf({ Events: { Type: 'AWS::SNS::Topic', Condition: 'IsHere' } })).toThrow(
      "The template's Events has a condition, which the embedded cloud does not evaluate.",
    );
  });

  test('does no harm in a resource that is not run, until it is read', () => {
    const template = templateOf({
      Dashboard: { Type: 'AWS::CloudWatch::Dashboard', Properties: { body: { 'Fn::ImportValue': 'x' } } },
    });
    expect(() => template.resources.get('Dashboard')?.properties).toThrow('Fn::ImportValue');
    expect(() => template.resources.get('Dashboard')?.arn).toThrow('No ARN is known for Dashboard');
  });

  test('is reported for a folder without an assembly', () => {
    expect(() => readTemplate('nowhere')).toThrow('is missing: synthesize the CDK app first.');
  });
});

test('the folder of a zip asset is found by its key', () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'Careline.template.json'), '{}');
  const destinations = { current: { bucketName: 'b', objectKey: 'abc.zip' } };
  const manifest = { files: { abc: { source: { path: 'asset.abc', packaging: 'zip' }, destinations } } };
  writeFileSync(join(folder, 'Careline.assets.json'), JSON.stringify(manifest));
  const template = readTemplate(folder);
  expect(template.assetFolder('abc.zip')).toBe(join(folder, 'asset.abc'));
  expect(() => template.assetFolder('other.zip')).toThrow('No asset of the stack Careline is uploaded as other.zip.');
});
