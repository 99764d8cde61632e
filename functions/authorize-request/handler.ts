import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { env } from '../../shared/lambda/env.ts';
import { faultOf, logger } from '../../shared/lambda/logger.ts';
import { openMetrics } from '../../shared/lambda/metrics.ts';
import { openDirectory } from '../../shared/lambda/open-directory.ts';
import { openTables } from '../../shared/lambda/open-tables.ts';
import { createTokenVerifier } from '../../shared/lambda/token-verifier.ts';
import { createAccounts, poolClient } from '../../shared/store/accounts.ts';
import { authorizeRequest } from './authorize-request.ts';

const { count } = openMetrics(Date.now);
const directory = openDirectory(openTables(Date.now));
const verify = createTokenVerifier(env('OIDC_ISSUER'));
// API Gateway keeps the whole answer for a minute. So this uses a kept yes only where the pool does not say.
const lookUpAccount = createAccounts({
  client: new CognitoIdentityProviderClient(poolClient),
  userPoolId: env('USER_POOL_ID'),
  now: Date.now,
  onLastYes: () => count('AccountNotConfirmed'),
});
const clientId = env('OIDC_CLIENT_ID');

export const handler = async (event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> => {
  const authorization = event.headers?.Authorization ?? event.headers?.authorization;
  const answer = await authorizeRequest(
    { verify, lookUpAccount, directory, clientId },
    { methodArn: event.methodArn, authorization },
  ).catch((error: unknown) => {
    logger.error('A request could not be authorized.', faultOf(error));
    throw error;
  });
  // API Gateway answers 401 for exactly this word.
  if (!answer) throw new Error('Unauthorized');
  return answer;
};
