/** Plays the pool's trigger before tokens: the function of the template says what both tokens get. */
import * as z from 'zod';
import { type Authorize, localRegion } from '../endpoint/service.ts';
import type { Lambda } from '../lambda/invocation.ts';
import { requirePermission } from '../lambda/permission.ts';
import { identify } from '../template/resource-kinds.ts';
import type { Template } from '../template/template.ts';
import type { SamplePerson } from './sample-person.ts';

const claims = z.record(z.string(), z.unknown());
/** What a trigger adds to each token. */
export interface AddedClaims {
  readonly id: Readonly<Record<string, unknown>>;
  readonly access: Readonly<Record<string, unknown>>;
}

const generation = z.object({ claimsToAddOrOverride: claims.default({}) }).nullish();
const answered = z.object({
  response: z.object({
    claimsAndScopeOverrideDetails: z
      .object({ idTokenGeneration: generation, accessTokenGeneration: generation })
      .nullish(),
  }),
});

/** Version 2 alone changes access tokens. */
const configured = z.object({
  LambdaConfig: z.strictObject({
    PreTokenGenerationConfig: z.strictObject({ LambdaArn: z.string(), LambdaVersion: z.literal('V2_0') }),
  }),
});

export const nothingAdded: AddedClaims = { id: {}, access: {} };

/** Claims that Cognito lets no trigger change. */
const reserved = new Set(
  'acr amr at_hash auth_time azp c_hash client_id exp iat iss jti nbf nonce origin_jti s_hash sub token_use'.split(' '),
);
const allowed = (added: Readonly<Record<string, unknown>> = {}) =>
  Object.fromEntries(Object.entries(added).filter(([name]) => !reserved.has(name)));

/**
 * Gives what the trigger adds to the tokens of a person; nothing where the template has no trigger. Rejects where the
 * trigger fails: then the pool gives no token. Throws at creation where the pool may not invoke the function.
 */
export function createTokenTrigger(options: {
  readonly template: Template;
  readonly authorize: Authorize;
  readonly lambda: Pick<Lambda, 'invoke'>;
  readonly clientId: string;
}): (person: SamplePerson) => Promise<AddedClaims> {
  const { template, authorize, lambda, clientId } = options;
  const pool = template.ofType('AWS::Cognito::UserPool')[0];
  const read = configured.safeParse(pool?.properties);
  if (!pool || pool.properties.LambdaConfig === undefined) return async () => nothingAdded;
  if (!read.success)
    throw new Error(`The trigger of ${pool.logicalId} is of a kind that the local sign-in does not play.`);
  const { LambdaArn: functionArn } = read.data.LambdaConfig.PreTokenGenerationConfig;
  requirePermission(authorize, functionArn, 'cognito-idp', pool.arn);
  return async ({ sub, email, name }) => {
    const result = await lambda.invoke(functionArn, {
      version: '2',
      triggerSource: 'TokenGeneration_HostedAuth',
      region: localRegion,
      userPoolId: identify(pool),
      userName: sub,
      callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId },
      request: {
        userAttributes: { sub, email, name, email_verified: 'true', 'cognito:user_status': 'CONFIRMED' },
        groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
        scopes: ['openid', 'email', 'profile'],
      },
      response: { claimsAndScopeOverrideDetails: null },
    });
    if (!result.ok) throw new Error(`PreTokenGeneration failed with error ${result.errorType}.`);
    const { idTokenGeneration, accessTokenGeneration } =
      answered.parse(result.payload).response.claimsAndScopeOverrideDetails ?? {};
    return {
      id: allowed(idTokenGeneration?.claimsToAddOrOverride),
      access: allowed(accessTokenGeneration?.claimsToAddOrOverride),
    };
  };
}
