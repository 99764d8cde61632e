/** The deployed stack whose directory a command reads and writes. */
import { randomInt } from 'node:crypto';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { createEntryCodes } from '../../shared/store/entries.ts';
import { createKeyService } from '../../shared/store/key-codes.ts';
import { readPlace } from '../deploy/account.ts';
import type { Given } from '../deploy/given-settings.ts';
import { Refused } from '../deploy/refused.ts';
import type { Deployed } from './deployed.ts';

/** `npm start` takes any credentials, and has one region. No credentials of AWS are sent there. */
export function useEndpoint(endpoint: string | undefined): void {
  if (endpoint === undefined) return;
  if (!URL.canParse(endpoint))
    throw new Refused([`"endpoint" needs an address, such as endpoint=http://127.0.0.1:4566, not "${endpoint}".`]);
  // A profile or a session that is set would count before the keys below.
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_DEFAULT_PROFILE']) delete process.env[name];
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'operator',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
}

/** The deployed stack of these credentials and this region, and where people sign in. Throws Refused where there is none. */
export async function connect(given: Given): Promise<Deployed & { readonly signInAt: string }> {
  const { region, stack, account, caller } = await readPlace(given);
  const { UserPoolId, DirectoryTable, DirectoryKeys, SignInAt = '' } = stack?.outputs ?? {};
  if (UserPoolId === undefined || DirectoryTable === undefined || DirectoryKeys === undefined)
    throw new Refused([`There is no deployed stack in ${account}/${region}: run "npm run deploy" first.`]);
  return {
    cognito: new CognitoIdentityProviderClient({ region }),
    userPoolId: UserPoolId,
    dynamodb: new DynamoDBClient({ region }),
    directoryTable: DirectoryTable,
    codes: createEntryCodes(
      createKeyService({ directory: DirectoryKeys.split(',') }, { client: new KMSClient({ region }) }),
    ),
    writtenBy: caller,
    now: Date.now,
    signInAt: SignInAt,
  };
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `P-7F3KD9QXMT`: it encodes nothing. */
export const newPersonId = (): string =>
  `P-${Array.from({ length: 10 }, () => letters.charAt(randomInt(letters.length))).join('')}`;
