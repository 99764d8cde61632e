/** The first person of a deployed stack: in the user pool, and in the directory as the functions read it. */
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { createFirstAdministrator, readPerson } from '../../../infra/deploy/first-administrator.ts';
import { readEntry } from '../../../shared/domain/directory/directory-entry.ts';

const cognito = mockClient(CognitoIdentityProviderClient);
const dynamodb = mockClient(DynamoDBClient);
const stores = {
  cognito: new CognitoIdentityProviderClient({ region: 'us-east-1' }),
  dynamodb: new DynamoDBClient({ region: 'us-east-1' }),
  userPoolId: 'us-east-1_pool',
  directoryTable: 'Directory',
};
const person = { email: 'pat@agency.example', name: 'Pat Example', phone: '203-555-0100' };
const attributes = [{ Name: 'sub', Value: 'a1b2' }];
beforeEach(() => {
  cognito.reset();
  dynamodb.reset();
  dynamodb.on(QueryCommand).resolves({ Items: [] });
  dynamodb.on(PutItemCommand).resolves({});
  cognito.on(AdminCreateUserCommand).resolves({ User: { Attributes: attributes } });
});
const written = () => dynamodb.commandCalls(PutItemCommand).map(({ args }) => unmarshall(args[0].input.Item ?? {}));

test('the person is created, and the directory reads them as an administrator of the state', async () => {
  expect(await createFirstAdministrator(person, stores)).toEqual({ id: 'P-A1B2', isNew: true });
  const [profile, duty] = written();
  expect(readEntry('P-A1B2', profile ?? {})).toMatchObject({
    ...person,
    roles: [{ role: 'administrator', scope: 'state' }],
  });
  expect(profile).toMatchObject({ pk: 'person#P-A1B2', sk: 'profile', sub: 'a1b2' });
  expect(duty).toMatchObject({ pk: 'duty#administrator', sk: 'state#1#P-A1B2', personId: 'P-A1B2', order: 1 });
});

test('a person of an earlier try is taken from the pool', async () => {
  cognito.on(AdminCreateUserCommand).rejects(Object.assign(new Error('exists'), { name: 'UsernameExistsException' }));
  cognito.on(AdminGetUserCommand).resolves({ UserAttributes: attributes });
  expect(await createFirstAdministrator(person, stores)).toEqual({ id: 'P-A1B2', isNew: false });
  expect(written()).toHaveLength(2);
});

test('where an administrator is there, nothing is created', async () => {
  dynamodb.on(QueryCommand).resolves({ Items: [{ pk: { S: 'duty#administrator' } }] });
  expect(await createFirstAdministrator(person, stores)).toBeUndefined();
  expect([...cognito.calls(), ...written()]).toEqual([]);
});

test.each([
  [{ ...person, email: 'pat' }, '"email"'],
  [{ ...person, name: ' ' }, '"name"'],
  [{ ...person, phone: 'the desk' }, '"phone"'],
  [{ ...person, title: 'Boss' }, '"title" is not understood'],
])('%j is refused with one sentence', (given, sentence) => {
  expect(readPerson(given).problems).toEqual([expect.stringContaining(sentence)]);
});
