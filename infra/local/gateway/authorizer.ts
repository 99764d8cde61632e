/** Lambda authorizers of requests: ask, evaluate the policy for the method at hand, remember the policy. */
import * as z from 'zod';
import type { Clock } from '../clock/clock.ts';
import { type Authorize, localAccount, localRegion } from '../endpoint/service.ts';
import { matchesAny, patternOf } from '../iam/pattern.ts';
import type { Lambda } from '../lambda/invocation.ts';
import { requirePermission } from '../lambda/permission.ts';
import { readProperties } from '../template/read-properties.ts';
import type { Resource } from '../template/template.ts';
import type { ResponseType } from './gateway-responses.ts';
import type { describeRequest } from './proxy-event.ts';
import { type Api, functionOfUri } from './routes.ts';

export type Verdict =
  | { readonly allowed: true; readonly context: Readonly<Record<string, string>> }
  | { readonly allowed: false; readonly type: ResponseType; readonly message?: string };

export interface AuthorizerRequest {
  readonly methodArn: string;
  readonly described: ReturnType<typeof describeRequest>;
}

export type Authorizer = (request: AuthorizerRequest) => Promise<Verdict>;

const properties = z.strictObject({
  RestApiId: z.string(),
  Name: z.string().optional(),
  Type: z.literal('REQUEST'),
  AuthorizerUri: z.string(),
  IdentitySource: z.string().regex(/^method\.request\.header\.[^,]+$/, 'the gateway takes a caller from one header'),
  AuthorizerResultTtlInSeconds: z.number().min(1).max(3600),
});

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
/** Strict: a Condition would be ignored here, and would let in callers that AWS keeps out. */
const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts,
  Resource: texts,
});
const authorizerAnswer = z.object({
  principalId: z.string(),
  policyDocument: z.object({
    Statement: z.union([statement, z.array(statement)]).transform((value) => [value].flat()),
  }),
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullish(),
});
type Answer = z.infer<typeof authorizerAnswer>;

interface Remembered {
  readonly answer: Answer;
  readonly until: number;
}

/** Throws on an authorizer with properties or an identity source that is not known here. */
export function createAuthorizer(
  resource: Resource,
  api: Api,
  options: { readonly authorize: Authorize; readonly lambda: Pick<Lambda, 'invoke'>; readonly clock: Clock },
): Authorizer {
  const authorizer = readProperties(resource, properties);
  const functionArn = functionOfUri(authorizer.AuthorizerUri, resource.logicalId);
  const header = authorizer.IdentitySource.replace('method.request.header.', '').toLowerCase();
  const own = `arn:aws:execute-api:${localRegion}:${localAccount}:${api.id}/authorizers/${resource.logicalId}`;
  requirePermission(options.authorize, functionArn, 'apigateway', own);
  const remembered = new Map<string, Remembered>();

  return async ({ methodArn, described }) => {
    const identity = Object.entries(described.headers).find(([name]) => name.toLowerCase() === header)?.[1];
    if (!identity) return { allowed: false, type: 'UNAUTHORIZED' };
    const now = options.clock.now();
    const known = remembered.get(identity);
    if (known && known.until > now) return evaluate(known.answer, methodArn);

    const result = await options.lambda.invoke(functionArn, { type: 'REQUEST', methodArn, ...described });
    if (!result.ok) {
      if (result.errorMessage === 'Unauthorized') return { allowed: false, type: 'UNAUTHORIZED' };
      const notAsked = result.errorType.startsWith('Lambda.');
      return { allowed: false, type: notAsked ? 'AUTHORIZER_FAILURE' : 'AUTHORIZER_CONFIGURATION_ERROR' };
    }
    const parsed = authorizerAnswer.safeParse(result.payload);
    if (!parsed.success) return { allowed: false, type: 'AUTHORIZER_CONFIGURATION_ERROR' };
    for (const [old, { until }] of remembered) if (until <= now) remembered.delete(old);
    remembered.set(identity, { answer: parsed.data, until: now + authorizer.AuthorizerResultTtlInSeconds * 1000 });
    return evaluate(parsed.data, methodArn);
  };
}

function evaluate({ principalId, policyDocument, context }: Answer, methodArn: string): Verdict {
  const where = 'The policy of an authorizer';
  const applying = policyDocument.Statement.filter(
    ({ Action, Resource: resources }) =>
      matchesAny(
        Action.map((each) => patternOf(each, where, 'i')),
        'execute-api:Invoke',
      ) &&
      matchesAny(
        resources.map((each) => patternOf(each, where)),
        methodArn,
      ),
  );
  if (applying.some(({ Effect }) => Effect === 'Deny')) {
    const message = 'User is not authorized to access this resource with an explicit deny';
    return { allowed: false, type: 'ACCESS_DENIED', message };
  }
  if (applying.length === 0) return { allowed: false, type: 'ACCESS_DENIED' };
  // API Gateway hands every value on as text.
  const values = Object.entries(context ?? {}).flatMap(([key, value]) =>
    value === null ? [] : [[key, String(value)]],
  );
  return { allowed: true, context: { ...Object.fromEntries(values), principalId } };
}
