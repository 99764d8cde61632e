/** A small REST API, served with functions that the test answers for. */

import type { APIGatewayProxyEvent } from 'aws-lambda';
import { afterEach } from 'vitest';
import { createActivity, createClock, type MovableClock } from '../../../../infra/local/clock/clock.ts';
import { type Gateway, startGateway } from '../../../../infra/local/gateway/gateway.ts';
import type { InvokeResult } from '../../../../infra/local/lambda/invocation.ts';
import { whereKnown } from '../../../../shared/domain/core/where-known.ts';
import {
  functionResource,
  judgeResources,
  noon,
  permission,
  type WrittenResource,
  writeTemplate,
} from '../lambda/hand-written.ts';

export const uri = (name: string) => ({
  'Fn::Join': [
    '',
    ['arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/', { 'Fn::GetAtt': [name, 'Arn'] }, '/invocations'],
  ],
});
export const resource = (ParentId: unknown, PathPart: string): WrittenResource => ({
  Type: 'AWS::ApiGateway::Resource',
  Properties: { RestApiId: { Ref: 'Door' }, ParentId, PathPart },
});
export const root = { 'Fn::GetAtt': ['Door', 'RootResourceId'] };
export const method = (
  ResourceId: unknown,
  name: string,
  more: Readonly<Record<string, unknown>> = {},
): WrittenResource => ({
  Type: 'AWS::ApiGateway::Method',
  Properties: {
    RestApiId: { Ref: 'Door' },
    ResourceId,
    HttpMethod: 'ANY',
    AuthorizationType: 'NONE',
    Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri(name) },
    ...more,
  },
});
export const guarded = { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Guard' } };
export const mayInvoke = (name: string) =>
  permission(name, 'apigateway', {
    'Fn::Join': ['', ['arn:aws:execute-api:us-east-1:000000000000:', { Ref: 'Door' }, '/*']],
  });

export const guard = (more: Readonly<Record<string, unknown>> = {}): WrittenResource => ({
  Type: 'AWS::ApiGateway::Authorizer',
  Properties: {
    RestApiId: { Ref: 'Door' },
    Name: 'Guard',
    Type: 'REQUEST',
    AuthorizerUri: uri('Authorize'),
    IdentitySource: 'method.request.header.Authorization',
    AuthorizerResultTtlInSeconds: 60,
    ...more,
  },
});

/** The console at / and below, the API under /api/v1 behind the guard, and a few routes of their own. */
export const door: Readonly<Record<string, WrittenResource>> = {
  Door: { Type: 'AWS::ApiGateway::RestApi', Properties: { MinimumCompressionSize: 1024 } },
  DoorStage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Door' }, StageName: 'local' } },
  Anything: resource(root, '{proxy+}'),
  Api: resource(root, 'api'),
  V1: resource({ Ref: 'Api' }, 'v1'),
  V1Anything: resource({ Ref: 'V1' }, '{proxy+}'),
  Items: resource(root, 'items'),
  ItemSize: resource({ Ref: 'Items' }, 'size'),
  GetRoot: method(root, 'Console'),
  AnyAnything: method({ Ref: 'Anything' }, 'Console'),
  AnyV1: method({ Ref: 'V1Anything' }, 'Api1', guarded),
  GetSize: method({ Ref: 'ItemSize' }, 'Console', { HttpMethod: 'GET' }),
  Guard: guard(),
  ...Object.fromEntries(['Console', 'Api1', 'Authorize'].map((name) => [name, functionResource(name)])),
  ...Object.fromEntries(['Console', 'Api1', 'Authorize'].map((name) => [`May${name}`, mayInvoke(name)])),
};

const gateways: Gateway[] = [];
afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.stop()));
});

export type Answer = (event: APIGatewayProxyEvent) => unknown;

export interface Started extends Gateway {
  readonly clock: MovableClock;
  readonly events: { name: string; event: APIGatewayProxyEvent & { type?: string; methodArn?: string } }[];
  readonly faults: unknown[];
}

/** Serves the door; `answers` by function name give payloads or throw what the function would. */
export async function start(
  answers: Readonly<Record<string, Answer>> = {},
  more: {
    readonly resources?: Readonly<Record<string, WrittenResource>>;
    readonly underStage?: boolean;
    readonly ready?: Promise<void>;
  } = {},
): Promise<Started> {
  const activity = createActivity();
  const clock = createClock({ activity, frozenAt: noon });
  const events: Started['events'] = [];
  const faults: unknown[] = [];
  const template = writeTemplate({ ...door, ...more.resources });
  const gateway = await startGateway({
    template,
    authorize: judgeResources(template),
    port: 0,
    clock,
    activity,
    onFault: (error) => faults.push(error),
    ...(more.ready && { ready: more.ready }),
    ...whereKnown({ underStage: more.underStage }),
    lambda: {
      invoke: async (arn, event): Promise<InvokeResult> => {
        const name = arn.replace(/.*:/, '');
        events.push({ name, event: event as APIGatewayProxyEvent });
        const answer = answers[name] ?? (() => ({ statusCode: 200, body: name }));
        try {
          return { ok: true, payload: await answer(event as APIGatewayProxyEvent) };
        } catch (error) {
          return { ok: false, errorType: (error as Error).name, errorMessage: (error as Error).message };
        }
      },
    },
  });
  gateways.push(gateway);
  return { ...gateway, clock, events, faults };
}

export const policy = (Effect: string, Resource: string) => ({
  principalId: 'ada',
  policyDocument: { Version: '2012-10-17', Statement: [{ Effect, Action: 'execute-api:Invoke', Resource }] },
  context: { sub: 'ada', level: 2, admin: true },
});
export const wholeStage = 'arn:aws:execute-api:us-east-1:000000000000:Door/local/*';
export const allowAll = { Authorize: () => policy('Allow', wholeStage) };
export const withToken = { headers: { authorization: 'Bearer t' } };
