/**
 * API Gateway: serves the template's REST API on this machine, at `/` as a custom domain maps it. Where asked for, it
 * serves the API under its stage alone, as the gateway's own address does.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Activity, Clock } from '../clock/clock.ts';
import { listen, readBody, splitUrl } from '../endpoint/server.ts';
import type { Authorize } from '../endpoint/service.ts';
import type { InvokeResult, Lambda } from '../lambda/invocation.ts';
import type { Template } from '../template/template.ts';
import { type Authorizer, createAuthorizer } from './authorizer.ts';
import { compress } from './compress.ts';
import { createRefuse, type GatewayAnswer } from './gateway-responses.ts';
import { describeRequest, type GatewayRequest, headerOf, readHeaders, toProxyEvent } from './proxy-event.ts';
import { toAnswer } from './proxy-response.ts';
import { matchRoute, methodArn, readApi } from './routes.ts';
import { createThrottle } from './throttle.ts';

export type Gateway = Awaited<ReturnType<typeof startGateway>>;

export interface GatewayOptions {
  readonly template: Template;
  readonly lambda: Pick<Lambda, 'invoke'>;
  /** 0 takes a free port. */
  readonly port: number;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly authorize: Authorize;
  /** Serves everything under `/<stage>` and nothing elsewhere. */
  readonly underStage?: boolean;
  /** Requests wait for this: the port must be known before everything that answers is there. */
  readonly ready?: Promise<void>;
  /** Told the cause of an answer 502 that no function gave, such as a header that HTTP does not allow. */
  readonly onFault?: (error: unknown) => void;
}

const largestBody = 10 * 1024 * 1024;

/**
 * Listens on 127.0.0.1 and answers only requests made to 127.0.0.1 or localhost. So a name that an outsider points at
 * this machine does not reach it. Every request counts as activity until it is answered. Throws a sentence where the
 * template uses what the gateway does not do, and where the port is taken.
 */
export async function startGateway(options: GatewayOptions) {
  const { template, clock, lambda } = options;
  const api = readApi(template, options.authorize);
  const base = options.underStage ? `/${api.stage}` : '';
  const refuse = createRefuse(template);
  const mayComeIn = createThrottle(template, () => performance.now());
  const authorizers = new Map<string, Authorizer>(
    template
      .ofType('AWS::ApiGateway::Authorizer')
      .map((resource) => [resource.logicalId, createAuthorizer(resource, api, options)]),
  );

  let port = options.port;
  const answer = async (incoming: IncomingMessage): Promise<GatewayAnswer> => {
    const requestId = randomUUID();
    await options.ready;
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/i.test(incoming.headers.host ?? '')) {
      const message = 'This server only answers requests made on this machine: open it at http://127.0.0.1.';
      return refuse('ACCESS_DENIED', requestId, message);
    }
    if (!mayComeIn()) return refuse('THROTTLED', requestId);
    const [fullPath, search] = splitUrl(incoming.url);
    const path = pathBelow(base, fullPath);
    if (path === undefined) return refuse('MISSING_AUTHENTICATION_TOKEN', requestId);
    const request: GatewayRequest = {
      requestId,
      httpMethod: incoming.method ?? 'GET',
      path,
      fullPath,
      query: new URLSearchParams(search),
      headers: readHeaders(incoming, port),
      sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
      at: clock.now(),
    };
    const body = await readBody(incoming, largestBody);
    if (body === undefined) return refuse('REQUEST_TOO_LARGE', requestId);

    const match = matchOrThrow(request);
    if (match === 'malformed') return refuse('BAD_REQUEST', requestId);
    if (match === undefined) return refuse('MISSING_AUTHENTICATION_TOKEN', requestId);
    const described = describeRequest(api, match, request);

    let context: Readonly<Record<string, string>> | undefined;
    if (match.method.authorizer !== undefined) {
      const arn = methodArn(api, request.httpMethod, request.path);
      const verdict = await authorizers.get(match.method.authorizer)?.({ methodArn: arn, described });
      if (!verdict) return refuse('AUTHORIZER_CONFIGURATION_ERROR', requestId);
      if (!verdict.allowed) return refuse(verdict.type, requestId, verdict.message);
      context = verdict.context;
    }

    const event = toProxyEvent(described, body, context);
    const result = await within(match.method.timeoutMs, lambda.invoke(match.method.functionArn, event));
    if (result === undefined) return refuse('INTEGRATION_TIMEOUT', requestId);
    if (!result.ok && result.errorType === 'Lambda.RequestTooLargeException') {
      return refuse('REQUEST_TOO_LARGE', requestId);
    }
    const answered = result.ok ? toAnswer(result.payload, requestId) : undefined;
    return answered
      ? compress(answered, headerOf(request, 'accept-encoding'), api.compressedFrom)
      : refuse('MALFORMED_PROXY_RESPONSE', requestId);
  };
  const matchOrThrow = ({ httpMethod, path }: GatewayRequest) => {
    try {
      return matchRoute(api, httpMethod, path);
    } catch (error) {
      if (error instanceof URIError) return 'malformed';
      throw error;
    }
  };

  const server = createServer((incoming, outgoing) => {
    const end = options.activity.begin();
    answer(incoming)
      .then((answered) => send(outgoing, answered))
      .catch((error: unknown) => {
        // A caller that hung up while it was sending is no fault of ours.
        if (!incoming.complete) return outgoing.destroy();
        options.onFault?.(error);
        for (const name of outgoing.getHeaderNames()) outgoing.removeHeader(name);
        return send(outgoing, refuse('MALFORMED_PROXY_RESPONSE', randomUUID()));
      })
      .finally(end);
  });
  const listening = await listen(server, options.port, '--web-port');
  port = listening.port;
  /** Without a slash at its end; with the stage where everything is under it. */
  return { ...listening, url: `${listening.url}${base}` };
}

/** Undefined for a path that is not below the base. */
function pathBelow(base: string, path: string): string | undefined {
  if (path === base) return '/';
  return path.startsWith(`${base}/`) ? path.slice(base.length) : undefined;
}

/** Undefined after `milliseconds` of real time; the invocation itself goes on, as on AWS. */
async function within(milliseconds: number, invocation: Promise<InvokeResult>): Promise<InvokeResult | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([invocation, late]);
  } finally {
    clearTimeout(timer);
  }
}

function send(outgoing: ServerResponse, { status, headers, body }: GatewayAnswer): void {
  for (const [name, value] of headers) outgoing.appendHeader(name, value);
  const bodiless = status === 204 || status === 304;
  outgoing.writeHead(status, bodiless ? {} : { 'content-length': body.length });
  outgoing.end(bodiless ? undefined : body);
}
