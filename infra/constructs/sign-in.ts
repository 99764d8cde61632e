import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  ClientAttributes,
  FeaturePlan,
  LambdaVersion,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  StandardThreatProtectionMode,
  UserPool,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { accept } from './accepted-findings.ts';
import { allow } from './careline-function.ts';
import { nameExactly } from './kept-resources.ts';
import { live } from './release.ts';
import type { Settings } from './settings.ts';

export interface SignIn {
  readonly userPoolId: string;
  readonly clientId: string;
  /** Tells a function which tokens to accept, and lets it look accounts up: OIDC_ISSUER, OIDC_CLIENT_ID, USER_POOL_ID. */
  tell(reader: LambdaFunction): void;
  /** Lets a door close accounts. It can open none: an operator does. */
  letClose(door: LambdaFunction): void;
  /** Has the function confirm a person's second factor before each token. */
  confirmWith(trigger: LambdaFunction): void;
}

/**
 * People sign in with Cognito. Only an administrator creates them, and each sign-in needs a one-time code from an authenticator
 * app (no SMS). The console is a public client: authorization code with PKCE, no secret, tokens of one hour. The pages are those of
 * managed login. The classic ones ignore `prompt`, by which the console has a person asked again.
 */
export function createSignIn(scope: Construct, settings: Settings, consoleUrl: string): SignIn {
  const { threatProtection } = settings.switches;
  const pool = new UserPool(scope, 'People', {
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    autoVerify: { email: true },
    mfa: Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: {
      minLength: 14,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    featurePlan: threatProtection ? FeaturePlan.PLUS : FeaturePlan.ESSENTIALS,
    ...(threatProtection && { standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION }),
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  nameExactly(pool, 'People');
  if (!threatProtection) accept(pool, 'AwsSolutions-COG8');
  const domain = pool.addDomain('SignInPage', {
    cognitoDomain: { domainPrefix: settings.signInPrefix },
    managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
  });
  nameExactly(domain, 'SignInPage');
  const client = pool.addClient('Console', {
    generateSecret: false,
    authFlows: {},
    oAuth: {
      flows: { authorizationCodeGrant: true, implicitCodeGrant: false },
      // Without the scope of self-service, so that no token can change an account.
      scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
      callbackUrls: [`${consoleUrl}/signed-in`],
      logoutUrls: [`${consoleUrl}/signed-out`],
    },
    // The directory relies on the other attributes. So this one is all that a person may write.
    writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.hours(1),
    enableTokenRevocation: true,
    preventUserExistenceErrors: true,
  });
  nameExactly(client, 'ConsoleClient');
  // Pages of managed login need a style, even if it is Cognito's own.
  new CfnManagedLoginBranding(scope, 'SignInBranding', {
    userPoolId: pool.userPoolId,
    clientId: client.userPoolClientId,
    useCognitoProvidedValues: true,
  });

  const issuer = `https://cognito-idp.${Stack.of(scope).region}.amazonaws.com/${pool.userPoolId}`;
  return {
    userPoolId: pool.userPoolId,
    clientId: client.userPoolClientId,
    tell(reader) {
      reader.addEnvironment('OIDC_ISSUER', issuer);
      reader.addEnvironment('OIDC_CLIENT_ID', client.userPoolClientId);
      reader.addEnvironment('USER_POOL_ID', pool.userPoolId);
      allow(reader, ['cognito-idp:AdminGetUser'], [pool.userPoolArn]);
    },
    letClose: (door) =>
      allow(door, ['cognito-idp:AdminDisableUser', 'cognito-idp:AdminUserGlobalSignOut'], [pool.userPoolArn]),
    confirmWith(trigger) {
      pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, live(trigger), LambdaVersion.V2_0);
      // A policy of its own: the pool needs the function, so the function cannot wait for what names the pool.
      const actions = ['cognito-idp:AdminGetUser', 'cognito-idp:AdminSetUserMFAPreference'];
      const statements = [new PolicyStatement({ actions, resources: [pool.userPoolArn] })];
      trigger.role?.attachInlinePolicy(new Policy(scope, 'ConfirmFactorInPool', { statements }));
    },
  };
}
