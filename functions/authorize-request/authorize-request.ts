import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import { admits, readClaims } from '../../shared/contracts/token-claims.ts';
import type { Directory } from '../../shared/store/directory-reads.ts';

export interface AuthorizeParts {
  /** The payload of a token with a valid signature, issuer and expiry. Undefined for any other. */
  readonly verify: (token: string) => Promise<unknown>;
  /** What the pool says of the account now. Rejects where it does not say. */
  readonly lookUpAccount: (sub: string) => Promise<{ readonly enabled: boolean; readonly hasFactor: boolean }>;
  readonly directory: Pick<Directory, 'personBySub'>;
  readonly clientId: string;
}

/** The policy covers the whole stage, because API Gateway caches it for the token and uses it for every route. */
const wholeStage = (methodArn: string) => `${methodArn.split('/').slice(0, 2).join('/')}/*`;

const answer = (
  effect: 'Allow' | 'Deny',
  methodArn: string,
  personId: string,
  signedInAt = 0,
): APIGatewayAuthorizerResult => ({
  principalId: personId,
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: wholeStage(methodArn) }],
  },
  context: { personId, signedInAt },
});

/**
 * Lets a person of the directory in. Undefined means that no one is signed in: API Gateway then answers 401. API Gateway
 * keeps the answer for a minute. Where the pool does not say, this rejects: that is answered 503, and never kept.
 */
export async function authorizeRequest(
  { verify, lookUpAccount, directory, clientId }: AuthorizeParts,
  request: { readonly methodArn: string; readonly authorization: string | undefined },
): Promise<APIGatewayAuthorizerResult | undefined> {
  const deny = answer('Deny', request.methodArn, 'no-one');
  const token = /^Bearer ([A-Za-z0-9._~+/=-]+)$/.exec(request.authorization ?? '')?.[1];
  const payload = token === undefined ? undefined : await verify(token);
  if (payload === undefined) return undefined;
  const holder = readClaims(payload, clientId);
  if (holder.kind === 'refused') return deny;
  const [account, person] = await Promise.all([lookUpAccount(holder.sub), directory.personBySub(holder.sub)]);
  const admitted = admits(account, holder.factor);
  if (admitted === 'ask-later') throw new Error('The pool has not said yet whether there is a second factor.');
  return admitted === 'yes' && person ? answer('Allow', request.methodArn, person.id, holder.signedInAt) : deny;
}
