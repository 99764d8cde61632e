import {
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  TooManyRequestsException,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, test } from 'vitest';
import { createAccountClosing, createAccounts, poolClient } from '../../shared/store/accounts.ts';
import { silentService } from '../support/silent-service.ts';

const pool = mockClient(CognitoIdentityProviderClient);
afterEach(() => pool.reset());

const userPoolId = 'us-east-1_People';
const fault = { $metadata: {}, message: 'Rate exceeded' };
function look(keptFor = 0) {
  let at = 0;
  const client = new CognitoIdentityProviderClient({});
  let lastYesUsed = 0;
  const onLastYes = () => {
    lastYesUsed += 1;
  };
  const lookUp = createAccounts({ client, userPoolId, now: () => at, keptFor, onLastYes });
  return {
    lastYesUsed: () => lastYesUsed,
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

  describe('while the pool does not say', () => {
    const silent = Object.assign(new Error('timed out'), { name: 'TimeoutError' });
    const inForce = { Enabled: true, UserMFASettingList: ['SOFTWARE_TOKEN_MFA'] };
    const halfHour = 30 * 60_000;

    test.each([0, 60_000])(
      'stays as the pool last said for half an hour, where a yes is kept for %d ms',
      async (keptFor) => {
        pool.on(AdminGetUserCommand).resolves(inForce);
        const { lookUp, passes, lastYesUsed } = look(keptFor);
        await lookUp('sub-1');
        pool.on(AdminGetUserCommand).rejects(silent);
        passes(halfHour - 1);
        expect(await lookUp('sub-1')).toEqual({ enabled: true, hasFactor: true });
        await lookUp('sub-1');
        expect(lastYesUsed()).toBe(2);
        passes(1);
        await expect(lookUp('sub-1')).rejects.toMatchObject({ name: 'SignInServiceBusy' });
        expect(lastYesUsed()).toBe(2);
      },
    );

    test('lets in no person that it never let in', async () => {
      pool.on(AdminGetUserCommand).resolves(inForce);
      const { lookUp } = look(60_000);
      await lookUp('sub-1');
      pool.on(AdminGetUserCommand).rejects(silent);
      await expect(lookUp('sub-2')).rejects.toMatchObject({ name: 'SignInServiceBusy' });
    });

    test('lets in no person that it refused last', async () => {
      pool.on(AdminGetUserCommand).resolves(inForce);
      const { lookUp, passes, lastYesUsed } = look(60_000);
      await lookUp('sub-1');
      pool.on(AdminGetUserCommand).resolves({ Enabled: false });
      passes(60_000);
      expect(await lookUp('sub-1')).toMatchObject({ enabled: false });
      pool.on(AdminGetUserCommand).rejects(silent);
      await expect(lookUp('sub-1')).rejects.toMatchObject({ name: 'SignInServiceBusy' });
      expect(lastYesUsed()).toBe(0);
    });

    test('is asked about every ten seconds, so that a person does not wait at each page', async () => {
      pool.on(AdminGetUserCommand).resolves(inForce);
      const { lookUp, passes, asked } = look(60_000);
      await lookUp('sub-1');
      pool.on(AdminGetUserCommand).rejects(silent);
      passes(60_000);
      await lookUp('sub-1');
      passes(9_999);
      await lookUp('sub-1');
      expect(asked()).toBe(2);
      pool.on(AdminGetUserCommand).resolves({ Enabled: false });
      passes(1);
      expect(await lookUp('sub-1')).toMatchObject({ enabled: false });
    });
  });
});

test('a pool that takes a request and never answers is given up, and does not hold a door', async () => {
  const silent = await silentService();
  const client = new CognitoIdentityProviderClient({
    ...poolClient,
    region: 'us-east-1',
    endpoint: silent.url,
    credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  pool.restore();
  await expect(
    createAccounts({ client, userPoolId, now: () => 0, onLastYes: () => {} })('sub-1'),
  ).rejects.toMatchObject({ name: 'SignInServiceBusy', cause: { name: 'TimeoutError' } });
  silent.stop();
});

describe('closing an account', () => {
  const close = () => createAccountClosing(new CognitoIdentityProviderClient({}), userPoolId)('sub-1');

  test('disables it, and then ends what its tokens could renew', async () => {
    await close();
    expect(pool.calls().map(({ args: [command] }) => [command.constructor.name, command.input])).toEqual(
      [AdminDisableUserCommand, AdminUserGlobalSignOutCommand].map(({ name }) => [
        name,
        { UserPoolId: userPoolId, Username: 'sub-1' },
      ]),
    );
  });

  test('that is gone is done, and one that the pool does not answer for is not', async () => {
    pool.on(AdminDisableUserCommand).rejects(new UserNotFoundException(fault));
    await close();
    pool.on(AdminDisableUserCommand).rejects(new TooManyRequestsException(fault));
    await expect(close()).rejects.toThrow('Rate exceeded');
  });
});
