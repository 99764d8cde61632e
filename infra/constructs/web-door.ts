import { Duration } from 'aws-cdk-lib';
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
import type { Settings } from './settings.ts';

export interface WebDoorProps {
  readonly settings: Settings;
  readonly api: LambdaFunction;
  readonly console: LambdaFunction;
  /** Answers for `/api/v1` with a policy for the whole stage. */
  readonly authorizer: LambdaFunction;
}

/**
 * The one REST API: the console at `/` and everywhere below, which checks its own sessions, and the API under
 * `/api/v1` behind the authorizer. Access logs name the route, never the path, the query or a body: an address
 * carries the reference of a referral. The address is the stack's output `WebDoorEndpoint…`.
 */
export function createWebDoor(scope: Construct, props: WebDoorProps): void {
  const { settings } = props;
  const door = new RestApi(scope, 'WebDoor', {
    description: `Careline referrals (${settings.stage})`,
    endpointTypes: [EndpointType.REGIONAL],
    // Access logs need the account's CloudWatch role. One stack is one account and region, so the stack owns it.
    cloudWatchRole: true,
    deployOptions: {
      stageName: settings.stage,
      // Of all clients together; how fast one person may ask, the API limits itself.
      throttlingRateLimit: 500,
      throttlingBurstLimit: 1000,
      metricsEnabled: true,
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
    ...(settings.certificateArn === undefined
      ? {}
      : {
          disableExecuteApiEndpoint: true,
          domainName: {
            domainName: new URL(settings.consoleUrl).hostname,
            certificate: Certificate.fromCertificateArn(scope, 'ConsoleCertificate', settings.certificateArn),
            endpointType: EndpointType.REGIONAL,
            securityPolicy: SecurityPolicy.TLS_1_2,
          },
        }),
  });
  nameExactly(door, 'WebDoor');
  acknowledgeForced(door, 'gateway logging');
  accept(door, 'AwsSolutions-APIG2', 'AwsSolutions-APIG3', 'AwsSolutions-COG4', 'Serverless-APIGWXrayEnabled');

  const authorizer = new RequestAuthorizer(scope, 'Authorizer', {
    handler: props.authorizer,
    identitySources: [IdentitySource.header('Authorization')],
    resultsCacheTtl: Duration.minutes(1),
  });
  // The gateway refuses what is too much for all clients together; it says neither when to come back nor why.
  door.addGatewayResponse('Throttled', {
    type: ResponseType.THROTTLED,
    responseHeaders: { 'Retry-After': "'1'" },
    templates: { 'application/json': '{"message":"Too many requests at once: send this again in a second."}' },
  });
  const console = new LambdaIntegration(props.console, { allowTestInvoke: false });
  for (const resource of [door.root, door.root.addResource('{proxy+}')]) {
    const method = resource.addMethod('ANY', console, { authorizationType: AuthorizationType.NONE });
    accept(method, 'AwsSolutions-APIG4');
  }
  const api = new LambdaIntegration(props.api, { allowTestInvoke: false });
  const version = door.root.addResource('api').addResource('v1');
  version.addResource('{proxy+}').addMethod('ANY', api, { authorizer, authorizationType: AuthorizationType.CUSTOM });
  // The API's description, which is read before anybody has a token.
  const description = version
    .addResource('openapi.json')
    .addMethod('GET', api, { authorizationType: AuthorizationType.NONE });
  accept(description, 'AwsSolutions-APIG4');
}
