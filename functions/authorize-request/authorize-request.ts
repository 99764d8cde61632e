import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import { readClaims } from '../../shared/contracts/claims.ts';
import type { Directory } from '../../shared/store/directory.ts';

export interface AuthorizeParts {
  /** The payload of a token with a valid signature, issuer and expiry. Undefined for any other. */
  readonly verify: (token: string) => Promise<unknown>;
  /** Whether the pool knows a second factor of the token's holder. Asked where the token does not say. */
  readonly hasSecondFactor: (token: string) => Promise<boolean>;
  readonly directory: Pick<Directory, 'personBySub'>;
  readonly clientId: string;
}

/** The policy covers the whole stage, because API Gateway caches it for the token and uses it for every route. */
const wholeStage = (methodArn: string) => `${methodArn.split('/').slice(0, 2).join('/')}/*`;

const answer = (effect: 'Allow' | 'Deny', methodArn: string, personId: string): APIGatewayAuthorizerResult => ({
  principalId: personId,
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: wholeStage(methodArn) }],
  },
  context: { personId },
});

/** Lets a person of the directory in. Undefined means that no one is signed in: API Gateway then answers 401. */
export async function authorizeRequest(
  { verify, hasSecondFactor, directory, clientId }: AuthorizeParts,
  request: { readonly methodArn: string; readonly authorization: string | undefined },
): Promise<APIGatewayAuthorizerResult | undefined> {
  const token = /^Bearer ([A-Za-z0-9._~+/=-]+)$/.exec(request.authorization ?? '')?.[1];
  const payload = token === undefined ? undefined : await verify(token);
  if (token === undefined || payload === undefined) return undefined;
  const signedIn = readClaims(payload, clientId);
  if (signedIn.kind === 'refused') return answer('Deny', request.methodArn, 'no-one');
  if (signedIn.kind === 'unproven' && !(await hasSecondFactor(token)))
    return answer('Deny', request.methodArn, 'no-one');
  const person = await directory.personBySub(signedIn.sub);
  return person ? answer('Allow', request.methodArn, person.id) : answer('Deny', request.methodArn, 'no-one');
}
