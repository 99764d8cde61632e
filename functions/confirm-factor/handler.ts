import {
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  CognitoIdentityProviderClient,
  InvalidParameterException,
} from '@aws-sdk/client-cognito-identity-provider';
import { faultOf, logger } from '../../shared/lambda/logger.ts';
import { listsApp, poolClient } from '../../shared/store/accounts.ts';
import { type Chosen, confirmFactor, type TokenEvent } from './confirm-factor.ts';

// Cognito waits five seconds for this function, with its start.
const requestHandler = { ...poolClient.requestHandler, requestTimeout: 1500 };
const client = new CognitoIdentityProviderClient({ ...poolClient, requestHandler });

/**
 * The app is listed once, with the first token. Cognito refuses to list an app that the person never verified: "User has not
 * verified software token mfa".
 */
async function choose({ userPoolId: UserPoolId, userName: Username }: TokenEvent): Promise<Chosen> {
  const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
  try {
    if (listsApp(await client.send(new AdminGetUserCommand({ UserPoolId, Username })))) return 'listed';
    await client.send(new AdminSetUserMFAPreferenceCommand({ UserPoolId, Username, SoftwareTokenMfaSettings }));
    return 'listed';
  } catch (error) {
    if (error instanceof InvalidParameterException) return 'no-factor';
    logger.warn('The pool did not say whether there is a second factor.', faultOf(error));
    return 'not-said';
  }
}

export const handler = (event: TokenEvent) => confirmFactor(choose, event);
