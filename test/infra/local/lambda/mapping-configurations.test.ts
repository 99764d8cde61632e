import { expect, it } from 'vitest';
import { mappingsOf } from '../../../../infra/local/lambda/mapping-configurations.ts';
import { tables, templateOf } from '../dynamodb/cloud.ts';

const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:React';
const Filters = [{ Pattern: '{"eventName":["INSERT"]}' }];
const template = templateOf({
  ...tables,
  ReactStream: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: { 'Fn::GetAtt': ['Ledger', 'StreamArn'] },
      FunctionName: 'React',
      BatchSize: 10,
      MaximumRetryAttempts: 5,
      StartingPosition: 'TRIM_HORIZON',
      FilterCriteria: { Filters },
    },
  },
});

it('an event source mapping is told as the template says it, with an id that stays the same', () => {
  const [mapping, ...more] = mappingsOf(template, () => ({ FunctionArn: functionArn }));
  expect(more).toEqual([]);
  expect(mapping).toMatchObject({
    UUID: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    EventSourceArn: expect.stringContaining(':table/Ledger/stream/'),
    FunctionArn: functionArn,
    BatchSize: 10,
    MaximumRetryAttempts: 5,
    MaximumRecordAgeInSeconds: -1,
    FilterCriteria: { Filters },
    StartingPosition: 'TRIM_HORIZON',
    State: 'Enabled',
  });
  expect(mappingsOf(template, () => undefined)[0]?.UUID).toBe(mapping?.UUID);
});
