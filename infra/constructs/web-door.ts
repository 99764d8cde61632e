import { Duration, Size, Stack } from 'aws-cdk-lib';
import {
  AccessLogField,
  AccessLogFormat,
  AuthorizationType,
  EndpointType,
  IdentitySource,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RequestAuthorizer,
  ResponseType,
  RestApi,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { accept } from './accepted-findings.ts';
import { acknowledgeForced } from './forced-wildcards.ts';
import { createLogGroup, nameExactly } from './kept-resources.ts';
import { live } from './release.ts';
import type { Settings } from './settings.ts';
import { createWebAcl } from './web-acl.ts';

/** The one REST API before anything answers in it, and where people find it. */
export interface WebDoor {
  readonly door: RestApi;
  /** The address of the console, without a slash at its end. Without a domain it is the gateway's, with the stage. */
  readonly consoleUrl: string;
}

export interface WebDoorProps {
  readonly api: LambdaFunction;
  readonly console: LambdaFunction;
  /** Answers for `/api/v1` with a policy for the whole stage. */
  readonly authorizer: LambdaFunction;
}

/** Answers of the gateway itself, before a function runs, in the form of the API's own problems (RFC 9457). */
const refusals = [
  {
    type: ResponseType.UNAUTHORIZED,
    status: 401,
    title: 'Not signed in',
    detail: 'Sign in and send the access token in the header Authorization, after the word Bearer.',
    headers: { 'WWW-Authenticate': "'Bearer'" },
  },
  {
    type: ResponseType.ACCESS_DENIED,
    status: 403,
    title: 'Not for this person',
    // Each refusal is kept for a minute, like each yes.
    detail:
      'Your sign-in is switched off, has no second factor, or is not in the directory. Ask an administrator. ' +
      'A change counts after a minute.',
  },
  {
    type: ResponseType.REQUEST_TOO_LARGE,
    status: 413,
    title: 'Too large',
    detail: 'The body is larger than 256 KB.',
  },
  {
    type: ResponseType.THROTTLED,
    status: 429,
    title: 'Too many requests',
    detail: 'Too many requests of all clients at once: send this again in a second.',
    headers: { 'Retry-After': "'1'" },
  },
  // The authorizer could not tell, because the pool of sign-ins did not. It is no refusal, and API Gateway keeps it for no one.
  ...([ResponseType.AUTHORIZER_FAILURE, ResponseType.AUTHORIZER_CONFIGURATION_ERROR] as const).map((type, index) => ({
    type,
    id: `NotSaid${index + 1}`,
    status: 503,
    title: 'Please try again',
    detail: 'The sign-in service did not answer: send this again in five seconds.',
    headers: { 'Retry-After': "'5'" },
  })),
  // All other refusals, such as an address with a wrong percent sign.
  {
    type: ResponseType.DEFAULT_4XX,
    status: 400,
    title: 'The request is not right',
    detail: 'The request or its address cannot be read: check how it is written, each percent sign too.',
  },
];

/**
 * Makes the REST API. Functions and the sign-in page are told its address, so it is there before them. Access logs name the route,
 * never path, query or body, because an address has the reference of a referral.
 */
export function openWebDoor(scope: Construct, settings: Settings): WebDoor {
  const { certificateArn, consoleUrl } = settings;
  const door = new RestApi(scope, 'WebDoor', {
    description: `Careline referrals (${settings.stage})`,
    endpointTypes: [EndpointType.REGIONAL],
    // A page has some 60 KB, and a network card of a phone at night is slow.
    minCompressionSize: Size.kibibytes(1),
    // Access logs need the account's CloudWatch role. One stack is one account and region, so the stack owns it.
    cloudWatchRole: true,
    deployOptions: {
      stageName: settings.stage,
      // The limit of all clients together. The API itself limits one person.
      throttlingRateLimit: 500,
      throttlingBurstLimit: 1000,
      loggingLevel: MethodLoggingLevel.ERROR,
      dataTraceEnabled: false,
      accessLogDestination: new LogGroupLogDestination(createLogGroup(scope, 'WebDoorLogs')),
      accessLogFormat: AccessLogFormat.custom(
        JSON.stringify({
          requestId: AccessLogField.contextRequestId(),
          at: AccessLogField.contextRequestTime(),
          method: AccessLogField.contextHttpMethod(),
          route: AccessLogField.contextResourcePath(),
          status: AccessLogField.contextStatus(),
          milliseconds: AccessLogField.contextResponseLatency(),
        }),
      ),
    },
    ...(certificateArn === undefined || consoleUrl === undefined
      ? {}
      : {
          disableExecuteApiEndpoint: true,
          domainName: {
            domainName: new URL(consoleUrl).hostname,
            certificate: Certificate.fromCertificateArn(scope, 'ConsoleCertificate', certificateArn),
            endpointType: EndpointType.REGIONAL,
            securityPolicy: SecurityPolicy.TLS_1_2,
          },
        }),
  });
  nameExactly(door, 'WebDoor');
  acknowledgeForced(door, 'gateway logging');
  createWebAcl(scope, door.deploymentStage.stageArn);
  accept(door, 'AwsSolutions-APIG2', 'AwsSolutions-COG4', 'Serverless-APIGWXrayEnabled');

  const { region, urlSuffix } = Stack.of(scope);
  const ownAddress = `https://${door.restApiId}.execute-api.${region}.${urlSuffix}/${settings.stage}`;
  return { door, consoleUrl: consoleUrl ?? ownAddress };
}

/**
 * Puts the answers into the door. The console is at `/` and below, and checks its own sessions. The API is at `/api/v1`, behind
 * the authorizer.
 */
export function furnishWebDoor(scope: Construct, door: RestApi, props: WebDoorProps): void {
  const authorizer = new RequestAuthorizer(scope, 'Authorizer', {
    handler: live(props.authorizer),
    identitySources: [IdentitySource.header('Authorization')],
    resultsCacheTtl: Duration.minutes(1),
  });
  for (const { type, headers, id, ...problem } of refusals.map((each) => ({ id: `Refused${each.status}`, ...each }))) {
    door.addGatewayResponse(id, {
      type,
      statusCode: `${problem.status}`,
      responseHeaders: {
        'Content-Type': "'application/problem+json'",
        'x-request-id': 'context.requestId',
        'Cache-Control': "'no-store'",
        'Strict-Transport-Security': "'max-age=63072000; includeSubDomains'",
        ...headers,
      },
      templates: { 'application/json': JSON.stringify({ type: 'about:blank', ...problem }) },
    });
  }
  const console = new LambdaIntegration(live(props.console), { allowTestInvoke: false });
  for (const resource of [door.root, door.root.addResource('{proxy+}')]) {
    const method = resource.addMethod('ANY', console, { authorizationType: AuthorizationType.NONE });
    accept(method, 'AwsSolutions-APIG4');
  }
  const api = new LambdaIntegration(live(props.api), { allowTestInvoke: false });
  const version = door.root.addResource('api').addResource('v1');
  version.addResource('{proxy+}').addMethod('ANY', api, { authorizer, authorizationType: AuthorizationType.CUSTOM });
  // The API's description is public: a client reads it before it has a token.
  const description = version
    .addResource('openapi.json')
    .addMethod('GET', api, { authorizationType: AuthorizationType.NONE });
  accept(description, 'AwsSolutions-APIG4');
}
