/**
 * What the pool of sign-ins says of an account now. Tokens cannot say it: one stays valid for an hour after its holder was
 * disabled. The pool needs no table for it, and its answers cost nothing.
 */
import {
  AdminGetUserCommand,
  type CognitoIdentityProviderClient,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { SignInServiceBusy } from '../contracts/sign-in-service-busy.ts';

export interface Account {
  readonly enabled: boolean;
  /** The pool lists an authenticator app of this person. `functions/confirm-factor` has it listed at each sign-in. */
  readonly hasFactor: boolean;
}

export type LookUpAccount = (sub: string) => Promise<Account>;

/**
 * Returns a look-up by `sub`, the name of a person in the pool. A disabled or deleted person is not enabled. `keptFor`: an
 * answer that lets a person in may be used again for so many milliseconds. A refusal is never kept. Throws
 * SignInServiceBusy.
 */
export function createAccounts({
  client,
  userPoolId,
  now,
  keptFor = 0,
}: {
  readonly client: CognitoIdentityProviderClient;
  readonly userPoolId: string;
  readonly now: () => number;
  readonly keptFor?: number;
}): LookUpAccount {
  const kept = new Map<string, { readonly account: Account; readonly since: number }>();
  return async (sub) => {
    const at = now();
    for (const [each, { since }] of kept) if (at - since >= keptFor || at < since) kept.delete(each);
    const before = kept.get(sub);
    if (before) return before.account;
    const account = await ask(client, userPoolId, sub);
    if (account.enabled && account.hasFactor && keptFor > 0) kept.set(sub, { account, since: at });
    return account;
  };
}

async function ask(client: CognitoIdentityProviderClient, UserPoolId: string, Username: string): Promise<Account> {
  try {
    const { Enabled = false, UserMFASettingList = [] } = await client.send(
      new AdminGetUserCommand({ UserPoolId, Username }),
    );
    return { enabled: Enabled, hasFactor: UserMFASettingList.includes('SOFTWARE_TOKEN_MFA') };
  } catch (error) {
    if (error instanceof UserNotFoundException) return { enabled: false, hasFactor: false };
    throw new SignInServiceBusy(error);
  }
}
