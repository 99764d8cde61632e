/** The person who can sign in first, and enter all others. */
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  type AttributeType,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { type DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { isMailbox, isTypedNumber } from '../../shared/domain/directory/directory-entry.ts';
import type { Given } from './given-settings.ts';

export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly phone: string;
}

const words: Readonly<Record<keyof NewPerson, readonly [isRight: (value: string) => boolean, what: string]>> = {
  email: [isMailbox, 'an e-mail address, such as email=pat.example@your-agency.example'],
  name: [(name) => /\S/.test(name), 'a name, such as name="Pat Example"'],
  phone: [isTypedNumber, 'a telephone number, such as phone=203-555-0100'],
};

/** The person of the words, or a sentence for each that is missing, wrong or unknown. */
export function readPerson(given: Given): { readonly person: NewPerson; readonly problems: readonly string[] } {
  const names = Object.keys(words);
  const unknown = Object.keys(given).filter((name) => !names.includes(name) && name !== 'region');
  const wrong = Object.entries(words).filter(([name, [isRight]]) => !isRight(given[name] ?? ''));
  const { email = '', name = '', phone = '' } = given;
  return {
    person: { email: email.trim().toLowerCase(), name: name.trim(), phone },
    problems: [
      ...unknown.map((each) => `"${each}" is not understood: give ${names.join(', ')}.`),
      ...wrong.map(([each, [, what]]) => `"${each}" is missing or wrong: give ${what}.`),
    ],
  };
}

interface Stores {
  readonly cognito: CognitoIdentityProviderClient;
  readonly userPoolId: string;
  readonly dynamodb: DynamoDBClient;
  readonly directoryTable: string;
}

const role = 'administrator';
const scope = 'state';

/**
 * Creates the person in the user pool, which mails them a first password, and their entry in the directory. Safe to run again:
 * a person who is in the pool is taken from there. Gives undefined, and does nothing, where an administrator is in the directory.
 */
export async function createFirstAdministrator(
  { email, name, phone }: NewPerson,
  { cognito, userPoolId, dynamodb, directoryTable }: Stores,
): Promise<{ readonly id: string; readonly isNew: boolean } | undefined> {
  const duties = await dynamodb.send(
    new QueryCommand({
      TableName: directoryTable,
      KeyConditionExpression: 'pk = :role',
      ExpressionAttributeValues: marshall({ ':role': `duty#${role}` }),
      ConsistentRead: true,
      Limit: 1,
    }),
  );
  if ((duties.Items ?? []).length > 0) return undefined;

  const { sub, isNew } = await findOrCreate(email, { cognito, userPoolId });
  // One person of the pool has one id, so a second run writes over the first.
  const id = `P-${sub.toUpperCase()}`;
  const put = (item: Readonly<Record<string, unknown>>) =>
    dynamodb.send(new PutItemCommand({ TableName: directoryTable, Item: marshall(item) }));
  const profile = { id, name, email, phone, sub, title: 'Administrator', roles: [{ role, scope }] };
  await put({ pk: `person#${id}`, sk: 'profile', ...profile });
  // Last, because it is what a second run looks for.
  await put({ pk: `duty#${role}`, sk: `${scope}#1#${id}`, personId: id, role, scope, order: 1 });
  return { id, isNew };
}

async function findOrCreate(
  email: string,
  { cognito, userPoolId }: Pick<Stores, 'cognito' | 'userPoolId'>,
): Promise<{ readonly sub: string; readonly isNew: boolean }> {
  const subIn = (attributes: readonly AttributeType[] | undefined) => {
    const sub = attributes?.find(({ Name }) => Name === 'sub')?.Value;
    if (sub === undefined) throw new Error('The user pool gave no id for this person: look at them in Cognito.');
    return sub;
  };
  try {
    const { User } = await cognito.send(
      new AdminCreateUserCommand({
        UserPoolId: userPoolId,
        Username: email,
        DesiredDeliveryMediums: ['EMAIL'],
        UserAttributes: [
          { Name: 'email', Value: email },
          { Name: 'email_verified', Value: 'true' },
        ],
      }),
    );
    return { sub: subIn(User?.Attributes), isNew: true };
  } catch (error) {
    if ((error as Error).name !== 'UsernameExistsException') throw error;
    const found = await cognito.send(new AdminGetUserCommand({ UserPoolId: userPoolId, Username: email }));
    return { sub: subIn(found.UserAttributes), isNew: false };
  }
}
