import {
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  CognitoIdentityProviderClient,
  InvalidParameterException,
  TooManyRequestsException,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Chosen, confirmFactor } from '../../functions/confirm-factor/confirm-factor.ts';
import { handler } from '../../functions/confirm-factor/handler.ts';
import { silentService } from '../support/silent-service.ts';

const pool = mockClient(CognitoIdentityProviderClient);
beforeEach(() => pool.on(AdminGetUserCommand).resolves({}));
afterEach(() => pool.reset());

const userPoolId = 'us-east-1_People';
const fault = { $metadata: {}, message: 'Rate exceeded' };

describe('the trigger before tokens', () => {
  const event = { userPoolId, userName: 'sub-1', version: '2', request: { scopes: ['openid'] } };

  test.each<[Chosen, string | undefined]>([
    ['listed', 'verified'],
    ['no-factor', undefined],
    ['not-said', 'unknown'],
  ])('%s gives both tokens the evidence %s, and leaves the rest of the event as it is', async (chosen, evidence) => {
    const { response, ...rest } = await confirmFactor(async () => chosen, event);
    const added = { claimsToAddOrOverride: { careline_second_factor: evidence } };
    expect(rest).toEqual(event);
    expect(response.claimsAndScopeOverrideDetails).toEqual(
      evidence === undefined ? {} : { idTokenGeneration: added, accessTokenGeneration: added },
    );
  });

  const evidence = async () =>
    (await handler(event)).response.claimsAndScopeOverrideDetails.accessTokenGeneration?.claimsToAddOrOverride
      .careline_second_factor;

  test('has the pool list the app of this person', async () => {
    pool.on(AdminSetUserMFAPreferenceCommand).resolves({});
    expect(await evidence()).toBe('verified');
    expect(pool.commandCalls(AdminSetUserMFAPreferenceCommand)[0]?.args[0].input).toEqual({
      UserPoolId: userPoolId,
      Username: 'sub-1',
      SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
    });
  });

  test('sets nothing where the app is listed already', async () => {
    pool.on(AdminGetUserCommand).resolves({ UserMFASettingList: ['SOFTWARE_TOKEN_MFA'] });
    expect(await evidence()).toBe('verified');
    expect(pool.commandCalls(AdminSetUserMFAPreferenceCommand)).toEqual([]);
  });

  test('says nothing of a factor that the pool refuses to list', async () => {
    const message = 'User has not verified software token mfa';
    pool.on(AdminSetUserMFAPreferenceCommand).rejects(new InvalidParameterException({ $metadata: {}, message }));
    expect(await evidence()).toBeUndefined();
  });

  test('that is throttled takes it for no refusal', async () => {
    pool.on(AdminSetUserMFAPreferenceCommand).rejects(new TooManyRequestsException(fault));
    expect(await evidence()).toBe('unknown');
  });

  test('gives a silent pool up within the five seconds that Cognito waits', async () => {
    const silent = await silentService();
    vi.stubEnv('AWS_ENDPOINT_URL', silent.url);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'operator');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
    pool.restore();
    expect(await evidence()).toBe('unknown');
    vi.unstubAllEnvs();
    silent.stop();
  }, 4500);
});
