import {
  BatchWriteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { functionWith, startCloud } from './cloud.ts';

const arnOf = (table: string) => ({ 'Fn::GetAtt': [table, 'Arn'] });
const useKey = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: arnOf('IdentitiesKey') };

const functions = {
  ...functionWith(
    'ProposeEligibility',
    {
      Effect: 'Allow',
      Action: 'dynamodb:GetItem',
      Resource: arnOf('Identities'),
      Condition: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['birth#*'] },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    },
    { ...useKey, Condition: { StringEquals: { 'kms:ViaService': 'dynamodb.us-east-1.amazonaws.com' } } },
  ),
  ...functionWith('Keyless', { Effect: 'Allow', Action: 'dynamodb:*', Resource: arnOf('Identities') }),
  ...functionWith('KeepVault', useKey, {
    Effect: 'Allow',
    Action: 'dynamodb:UpdateItem',
    Resource: arnOf('Identities'),
    Condition: { StringEqualsIfExists: { 'dynamodb:ReturnValues': ['NONE', 'UPDATED_NEW'] } },
  }),
  ...functionWith('RecordDelivery', useKey, {
    Effect: 'Allow',
    Action: ['dynamodb:UpdateItem', 'dynamodb:PutItem', 'dynamodb:BatchWriteItem', 'dynamodb:GetItem'],
    Resource: arnOf('Identities'),
    Condition: { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'marked'] } },
  }),
  ...functionWith('Sweep', {
    Effect: 'Allow',
    Action: ['dynamodb:Query'],
    Resource: { 'Fn::Join': ['', [arnOf('Ledger'), '/index/ByHour']] },
  }),
};

describe('a function at the embedded DynamoDB', () => {
  let cloud: Awaited<ReturnType<typeof startCloud>>;
  beforeAll(async () => {
    cloud = await startCloud({ resources: functions });
    await cloud.operator.send(new PutItemCommand({ TableName: 'Identities', Item: { pk: { S: 'birth#A' } } }));
  });
  afterAll(() => cloud.stop());
  const get = (who: string, pk: string) =>
    cloud.as(who).send(new GetItemCommand({ TableName: 'Identities', Key: { pk: { S: pk } } }));
  const denied = { name: 'AccessDeniedException' };

  test('reads the part of the vault that it was granted', async () => {
    expect((await get('ProposeEligibility', 'birth#A')).Item).toEqual({ pk: { S: 'birth#A' } });
  });

  test('may be held to what a write gives back', async () => {
    const update = (ReturnValues?: 'NONE' | 'UPDATED_NEW' | 'ALL_OLD' | 'ALL_NEW') =>
      cloud.as('KeepVault').send(
        new UpdateItemCommand({
          TableName: 'Identities',
          Key: { pk: { S: 'child#B' } },
          UpdateExpression: 'SET confirmed = :yes',
          ExpressionAttributeValues: { ':yes': { S: 'yes' } },
          ...(ReturnValues && { ReturnValues }),
        }),
      );
    expect((await update()).Attributes).toBeUndefined();
    expect((await update('UPDATED_NEW')).Attributes).toEqual({ confirmed: { S: 'yes' } });
    for (const everything of ['ALL_OLD', 'ALL_NEW'] as const) {
      await expect(update(everything)).rejects.toMatchObject(denied);
    }
  });

  describe('held to attributes', () => {
    const Key = { pk: { S: 'birth#C' } };
    const values = { ExpressionAttributeValues: { ':v': { S: 'x' } } };
    const to = { TableName: 'Identities', Key };
    const ask = (command: unknown) => cloud.as('RecordDelivery').send(command as UpdateItemCommand);
    test.each<[string, () => unknown]>([
      ['a change', () => new UpdateItemCommand({ ...to, UpdateExpression: 'SET marked = :v', ...values })],
      [
        'a change on a condition',
        () =>
          new UpdateItemCommand({
            ...to,
            UpdateExpression: 'SET #m = :v',
            ConditionExpression: 'attribute_exists(pk) AND NOT (#m > :v)',
            ExpressionAttributeNames: { '#m': 'marked' },
            ...values,
          }),
      ],
      ['a put', () => new PutItemCommand({ TableName: 'Identities', Item: { ...Key, marked: { S: 'x' } } })],
    ])('may name them in %s', async (_, command) => {
      await expect(ask(command())).resolves.toBeDefined();
    });
    const change = (UpdateExpression: string) => () =>
      new UpdateItemCommand({
        ...to,
        UpdateExpression,
        ...(UpdateExpression.includes('#r') && { ExpressionAttributeNames: { '#r': 'roles' } }),
        ...(UpdateExpression.includes(':v') && values),
      });
    test.each<[string, () => unknown]>([
      ['a change', change('SET marked = :v, #r = :v')],
      ['a part of it', change('SET #r.one = :v')],
      ['a copy', change('SET marked = #r')],
      ['a copy with a default', change('SET marked = if_not_exists(#r, :v)')],
      ['a removal', change('REMOVE #r')],
      [
        'an addition',
        () =>
          new UpdateItemCommand({
            ...to,
            UpdateExpression: 'ADD #r :v',
            ExpressionAttributeNames: { '#r': 'roles' },
            ExpressionAttributeValues: { ':v': { N: '1' } },
          }),
      ],
      [
        'the older way to change',
        () => new UpdateItemCommand({ ...to, AttributeUpdates: { roles: { Value: { S: 'x' } } } }),
      ],
      [
        'a condition',
        () =>
          new UpdateItemCommand({
            ...to,
            UpdateExpression: 'SET marked = :v',
            ConditionExpression: 'attribute_exists(pk) AND size(#r) > :v',
            ExpressionAttributeNames: { '#r': 'roles' },
            ...values,
          }),
      ],
      ['a put', () => new PutItemCommand({ TableName: 'Identities', Item: { ...Key, roles: { S: 'x' } } })],
      [
        'a batch',
        () =>
          new BatchWriteItemCommand({
            RequestItems: { Identities: [{ PutRequest: { Item: { ...Key, roles: { S: 'x' } } } }] },
          }),
      ],
      [
        'what to answer',
        () =>
          new GetItemCommand({ ...to, ProjectionExpression: 'pk, #r[0]', ExpressionAttributeNames: { '#r': 'roles' } }),
      ],
    ])('may name no other in %s', async (_, command) => {
      await expect(ask(command())).rejects.toMatchObject(denied);
    });
  });

  test('is denied every other part, in the words of AWS', async () => {
    await expect(get('ProposeEligibility', 'child#A')).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message:
        'User: arn:aws:sts::000000000000:assumed-role/ProposeEligibilityRole/ProposeEligibility is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table/Identities because no identity-based policy allows the dynamodb:GetItem action',
    });
    const wayIn = new UpdateItemCommand({ TableName: 'Identities', Key: { pk: { S: 'birth#A' } } });
    await expect(cloud.as('ProposeEligibility').send(wayIn)).rejects.toMatchObject(denied);
    const scan = new ScanCommand({ TableName: 'Identities' });
    await expect(cloud.as('ProposeEligibility').send(scan)).rejects.toMatchObject(denied);
  });

  test('needs the key of an encrypted table, for writing too', async () => {
    await expect(get('Keyless', 'birth#A')).rejects.toMatchObject({
      message: expect.stringContaining('kms:Decrypt on resource: arn:aws:kms:us-east-1:000000000000:key/IdentitiesKey'),
    });
    const put = new PutItemCommand({ TableName: 'Identities', Item: { pk: { S: 'birth#B' } } });
    await expect(cloud.as('Keyless').send(put)).rejects.toMatchObject(denied);
  });

  test('with a grant on an index may query that index and not its table', async () => {
    const query = (IndexName?: string) =>
      cloud.as('Sweep').send(
        new QueryCommand({
          TableName: 'Ledger',
          IndexName,
          KeyConditionExpression: '#key = :key',
          ExpressionAttributeNames: { '#key': IndexName ? 'hour' : 'pk' },
          ExpressionAttributeValues: { ':key': { S: 'x' } },
        }),
      );
    expect((await query('ByHour')).Count).toBe(0);
    await expect(query()).rejects.toMatchObject(denied);
  });

  test('that the template does not have may do nothing', async () => {
    await expect(get('Stranger', 'birth#A')).rejects.toMatchObject(denied);
    const batch = new BatchWriteItemCommand({
      RequestItems: { Board: [{ DeleteRequest: { Key: { pk: { S: 'x' } } } }] },
    });
    await expect(cloud.as('Stranger').send(batch)).rejects.toMatchObject(denied);
  });
});
