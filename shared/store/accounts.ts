/**
 * What the pool of sign-ins says of an account now. Tokens cannot say it: one stays valid for an hour after its holder was
 * disabled. The pool needs no table for it, and its answers cost nothing.
 */
import {
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminUserGlobalSignOutCommand,
  type CognitoIdentityProviderClient,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { SignInServiceBusy } from '../contracts/sign-in-service-busy.ts';
import { sdk } from './sdk.ts';

export interface Account {
  readonly enabled: boolean;
  /** The pool lists an authenticator app of this person. `functions/confirm-factor` has it listed with the first token. */
  readonly hasFactor: boolean;
}

export type LookUpAccount = (sub: string) => Promise<Account>;

/** A person waits for the answer, and Cognito waits five seconds for its trigger: both tries end before that. */
export const poolClient = {
  ...sdk,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true },
  maxAttempts: 2,
};

/** For so long after the pool said yes it may be used again, where the pool says nothing. In milliseconds. */
const longestLastYes = 30 * 60_000;
/** The pause between two questions about one person while the pool does not answer. In milliseconds. */
const pauseWhileSilent = 10_000;

interface Said {
  readonly account: Account;
  readonly since: number;
  /** The pool was asked since then, and said nothing. */
  readonly silentAt?: number;
}

/**
 * Returns a look-up by `sub`, the name of a person in the pool. A disabled or deleted person is not enabled. `keptFor`: an
 * answer that lets a person in may be used again for so many milliseconds. A refusal is never kept. Where the pool does not
 * say, its last yes holds for half an hour. Then `onLastYes` is called at each use. Throws SignInServiceBusy without one.
 */
export function createAccounts({
  client,
  userPoolId,
  now,
  keptFor = 0,
  onLastYes,
}: {
  readonly client: CognitoIdentityProviderClient;
  readonly userPoolId: string;
  readonly now: () => number;
  readonly keptFor?: number;
  readonly onLastYes: () => void;
}): LookUpAccount {
  const kept = new Map<string, Said>();
  return async (sub) => {
    const at = now();
    for (const [each, { since }] of kept) if (at - since >= longestLastYes || at < since) kept.delete(each);
    const before = kept.get(sub);
    if (before?.account.hasFactor && at - before.since < keptFor) return before.account;
    const useLast = (said: Said) => {
      onLastYes();
      return said.account;
    };
    if (before?.silentAt !== undefined && at - before.silentAt < pauseWhileSilent) return useLast(before);
    try {
      const account = await ask(client, userPoolId, sub);
      if (account.enabled) kept.set(sub, { account, since: at });
      else kept.delete(sub);
      return account;
    } catch (error) {
      // Another request may have heard a refusal meanwhile.
      const last = kept.get(sub);
      if (!last) throw error;
      kept.set(sub, { ...last, silentAt: at });
      return useLast(last);
    }
  };
}

/**
 * Closes an account by its `sub`: no sign-in, and no token that renews. A token that is out lives for its hour, so the doors
 * ask the ledger. An account that is gone counts as closed.
 */
export const createAccountClosing =
  (client: CognitoIdentityProviderClient, UserPoolId: string) =>
  async (Username: string): Promise<void> => {
    try {
      await client.send(new AdminDisableUserCommand({ UserPoolId, Username }));
      await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username }));
    } catch (error) {
      if (!(error instanceof UserNotFoundException)) throw error;
    }
  };

/** Whether the pool lists an authenticator app, by its answer about a person. */
export const listsApp = ({
  UserMFASettingList = [],
}: {
  readonly UserMFASettingList?: readonly string[] | undefined;
}) => UserMFASettingList.includes('SOFTWARE_TOKEN_MFA');

async function ask(client: CognitoIdentityProviderClient, UserPoolId: string, Username: string): Promise<Account> {
  try {
    const found = await client.send(new AdminGetUserCommand({ UserPoolId, Username }));
    return { enabled: found.Enabled ?? false, hasFactor: listsApp(found) };
  } catch (error) {
    if (error instanceof UserNotFoundException) return { enabled: false, hasFactor: false };
    throw new SignInServiceBusy(error);
  }
}
