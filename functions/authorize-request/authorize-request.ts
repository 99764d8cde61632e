import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import { readClaims } from '../../shared/contracts/claims.ts';
import type { Directory } from '../../shared/store/directory.ts';

export interface AuthorizeParts {
  /** The payload of a token whose signature, issuer and expiry are right; undefined for any other. */
  readonly verify: (token: string) => Promise<unknown>;
  /** Whether the pool knows of a second factor of whom the token is of; asked where the token does not say. */
  readonly hasSecondFactor: (token: string) => Promise<boolean>;
  readonly directory: Pick<Directory, 'personBySub'>;
  readonly clientId: string;
}

/** The whole stage, because API Gateway keeps the answer for the token and asks it for every route. */
const wholeStage = (methodArn: string) => `${methodArn.split('/').slice(0, 2).join('/')}/*`;

const answer = (effect: 'Allow' | 'Deny', methodArn: string, personId: string): APIGatewayAuthorizerResult => ({
  principalId: personId,
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: wholeStage(methodArn) }],
  },
  context: { personId },
});

/** Who may knock at all. Undefined means that nobody signed in, which API Gateway answers with 401. */
export async function authorizeRequest(
  { verify, hasSecondFactor, directory, clientId }: AuthorizeParts,
  request: { readonly methodArn: string; readonly authorization: string | undefined },
): Promise<APIGatewayAuthorizerResult | undefined> {
  const token = /^Bearer ([A-Za-z0-9._~+/=-]+)$/.exec(request.authorization ?? '')?.[1];
  const payload = token === undefined ? undefined : await verify(token);
  if (token === undefined || payload === undefined) return undefined;
  const signedIn = readClaims(payload, clientId);
  if (signedIn.kind === 'refused') return answer('Deny', request.methodArn, 'nobody');
  if (signedIn.kind === 'unproven' && !(await hasSecondFactor(token)))
    return answer('Deny', request.methodArn, 'nobody');
  const person = await directory.personBySub(signedIn.sub);
  return person ? answer('Allow', request.methodArn, person.id) : answer('Deny', request.methodArn, 'nobody');
}
