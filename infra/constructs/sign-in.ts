import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  ClientAttributes,
  FeaturePlan,
  Mfa,
  OAuthScope,
  StandardThreatProtectionMode,
  UserPool,
} from 'aws-cdk-lib/aws-cognito';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { accept } from './accepted-findings.ts';
import { nameExactly } from './kept-resources.ts';
import type { Settings } from './settings.ts';

/** Tells a function which tokens to accept, by OIDC_ISSUER and OIDC_CLIENT_ID. */
export interface SignIn {
  readonly userPoolId: string;
  readonly clientId: string;
  tell(reader: LambdaFunction): void;
}

/**
 * People sign in with Cognito. Only an administrator creates them, and each sign-in needs a one-time code from an authenticator
 * app (no SMS). The console is a public client: authorization code with PKCE, no secret, tokens of one hour.
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
  const domain = pool.addDomain('SignInPage', { cognitoDomain: { domainPrefix: settings.signInPrefix } });
  nameExactly(domain, 'SignInPage');
  const client = pool.addClient('Console', {
    generateSecret: false,
    authFlows: {},
    oAuth: {
      flows: { authorizationCodeGrant: true, implicitCodeGrant: false },
      // With the last scope, the person's own token may ask the pool for their second factor. Cognito's tokens do not name one,
      // and the first sign-in of a person may come without it.
      scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE, OAuthScope.COGNITO_ADMIN],
      callbackUrls: [`${consoleUrl}/signed-in`],
      logoutUrls: [`${consoleUrl}/signed-out`],
    },
    // That scope would let people change attributes that the directory relies on. So this one attribute is all they may write.
    writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.hours(1),
    enableTokenRevocation: true,
    preventUserExistenceErrors: true,
  });
  nameExactly(client, 'ConsoleClient');

  const issuer = `https://cognito-idp.${Stack.of(scope).region}.amazonaws.com/${pool.userPoolId}`;
  return {
    userPoolId: pool.userPoolId,
    clientId: client.userPoolClientId,
    tell(reader) {
      reader.addEnvironment('OIDC_ISSUER', issuer);
      reader.addEnvironment('OIDC_CLIENT_ID', client.userPoolClientId);
    },
  };
}
