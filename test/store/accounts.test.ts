import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  TooManyRequestsException,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, test } from 'vitest';
import { createAccounts } from '../../shared/store/accounts.ts';

const pool = mockClient(CognitoIdentityProviderClient);
afterEach(() => pool.reset());

const userPoolId = 'us-east-1_People';
const fault = { $metadata: {}, message: 'Rate exceeded' };
function look(keptFor = 0) {
  let at = 0;
  const client = new CognitoIdentityProviderClient({});
  const lookUp = createAccounts({ client, userPoolId, now: () => at, keptFor });
  return {
    lookUp,
    passes(milliseconds: number) {
      at += milliseconds;
    },
    asked: () => pool.commandCalls(AdminGetUserCommand).length,
  };
}

describe('an account of the pool', () => {
  test('is looked up by the name of its holder', async () => {
    pool.on(AdminGetUserCommand).resolves({ Enabled: true, UserMFASettingList: ['SOFTWARE_TOKEN_MFA'] });
    expect(await look().lookUp('sub-1')).toEqual({ enabled: true, hasFactor: true });
    expect(pool.commandCalls(AdminGetUserCommand)[0]?.args[0].input).toEqual({
      UserPoolId: userPoolId,
      Username: 'sub-1',
    });
  });

  test.each<[string, object, object]>([
    ['disabled', { Enabled: false }, { enabled: false, hasFactor: false }],
    ['without a listed factor', { Enabled: true }, { enabled: true, hasFactor: false }],
    [
      'with text messages alone',
      { Enabled: true, UserMFASettingList: ['SMS_MFA'] },
      { enabled: true, hasFactor: false },
    ],
  ])('that is %s is told so', async (_, answer, account) => {
    pool.on(AdminGetUserCommand).resolves(answer);
    expect(await look().lookUp('sub-1')).toEqual(account);
  });

  test('that was deleted is not enabled', async () => {
    pool.on(AdminGetUserCommand).rejects(new UserNotFoundException(fault));
    expect(await look().lookUp('sub-1')).toEqual({ enabled: false, hasFactor: false });
  });

  test.each([new TooManyRequestsException(fault), new Error('no way')])(
    'of which the pool says nothing is neither let in nor refused: %s',
    async (error) => {
      pool.on(AdminGetUserCommand).rejects(error);
      await expect(look(60_000).lookUp('sub-1')).rejects.toMatchObject({ name: 'SignInServiceBusy' });
    },
  );

  test('is asked for again after a minute at the latest, so that a disabled person is out by then', async () => {
    pool.on(AdminGetUserCommand).resolves({ Enabled: true, UserMFASettingList: ['SOFTWARE_TOKEN_MFA'] });
    const { lookUp, passes, asked } = look(60_000);
    await lookUp('sub-1');
    passes(59_999);
    await lookUp('sub-1');
    expect(asked()).toBe(1);
    pool.on(AdminGetUserCommand).resolves({ Enabled: false });
    passes(1);
    expect(await lookUp('sub-1')).toMatchObject({ enabled: false });
  });

  test('that was refused is asked for each time, so that a person who is let in again need not wait', async () => {
    pool.on(AdminGetUserCommand).resolves({ Enabled: false });
    const { lookUp, asked } = look(60_000);
    await lookUp('sub-1');
    await lookUp('sub-1');
    expect(asked()).toBe(2);
  });
});
