/** The one AWS endpoint of the embedded cloud: reads a request, finds its caller, and hands it to its service. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Activity } from '../clock/clock.ts';
import { type Asked, answerTo, askedFor, signedService } from './protocol-refusal.ts';
import { listen, readBody, splitUrl } from './server.ts';
import {
  AccessDenied,
  type AwsCall,
  type AwsRequest,
  type AwsResponse,
  type AwsService,
  type Principal,
  Refusal,
} from './service.ts';

export type Endpoint = Awaited<ReturnType<typeof startEndpoint>>;

export interface EndpointOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly services: readonly AwsService[];
  /** Answers `/_local/*`; undefined means not found. */
  readonly localRoutes?: (request: AwsRequest) => Promise<AwsResponse | undefined>;
  readonly activity: Activity;
  /** Told the cause of each 500, which the caller never sees. */
  readonly onFault?: (error: unknown) => void;
}

const largestBody = 8 * 1024 * 1024;
const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Listens on 127.0.0.1. Every AWS request counts as activity until it is answered. A request to `/_local/*` does not,
 * because moving the clock waits for all activity to end. Requests that come through another site's page (another
 * Origin, or a Host that is not this machine) are refused. Rejects with a sentence where the port is taken.
 */
export async function startEndpoint(options: EndpointOptions) {
  const server = createServer((incoming, outgoing) => {
    const end = isLocal(incoming) ? () => undefined : options.activity.begin();
    answer(incoming, options)
      .catch((error: unknown) => {
        // A caller that hung up while it was sending is no fault of ours.
        if (incoming.complete) options.onFault?.(error);
        return fault(incoming);
      })
      .then((response) => send(outgoing, response))
      .catch((error: unknown) => {
        options.onFault?.(error);
        outgoing.destroy();
      })
      .finally(end);
  });
  // The clients keep their connections; one closed here while a request is under way would look like a failed call.
  server.keepAliveTimeout = 600_000;
  return {
    ...(await listen(server, options.port, '--endpoint-port')),
    /**
     * The same answer without the wire, for a caller inside this process. The holder of this function names the
     * principal, and the credentials of the request count for nothing. A request counts as activity until it is answered.
     * `/_local/*` is not there.
     */
    call: (principal: Principal, call: AwsCall): Promise<AwsResponse> =>
      options.activity.track(async () => {
        try {
          return await serve(toRequest(call, principal), options.services);
        } catch (error) {
          options.onFault?.(error);
          return fault(call);
        }
      }),
  };
}

async function answer(incoming: IncomingMessage, options: EndpointOptions): Promise<AwsResponse> {
  if (!comesFromThisMachine(incoming))
    return answerTo(incoming, new AccessDenied('This endpoint only answers requests made on this machine.'));
  const body = await readBody(incoming, largestBody);
  if (body === undefined) {
    const name = signedService(incoming) === 's3' ? 'EntityTooLarge' : 'RequestTooLarge';
    return answerTo(incoming, new Refusal(name, 'A request may hold at most 8 MB.', 413));
  }
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  const call: AwsCall = { method: incoming.method ?? 'GET', path: incoming.url ?? '/', headers, body };
  const request = toRequest(call, principalOf(headers.authorization ?? ''));
  if (!isLocal(incoming)) return serve(request, options.services);
  const response = await options.localRoutes?.(request);
  return response ?? answerTo(incoming, new Refusal('NotFound', `There is no ${request.path} here.`, 404));
}

/** Gives the request to the service it is for. A refusal is an answer. Any other error is a fault. */
export async function serve(request: AwsRequest, services: readonly AwsService[]): Promise<AwsResponse> {
  try {
    const service = services.find((candidate) => candidate.handles(request));
    if (service) return await service.handle(request);
    throw new Refusal('UnknownOperationException', `${askedFor(request)} is not part of the embedded cloud.`);
  } catch (error) {
    if (error instanceof Refusal) return answerTo(request, error);
    throw error;
  }
}

function toRequest({ method, path, headers, body }: AwsCall, principal: Principal): AwsRequest {
  const [pathname, query] = splitUrl(path);
  return { method, path: decoded(pathname), query: new URLSearchParams(query), headers, body, principal };
}

/** An access key id `LOCAL.<logicalId>` is a function of the stack. The signature is not checked. */
function principalOf(authorization: string): Principal {
  const [, logicalId] = /\bCredential=LOCAL\.([A-Za-z0-9]+)\//.exec(authorization) ?? [];
  return logicalId === undefined ? { kind: 'operator' } : { kind: 'function', logicalId };
}

function isLocal(incoming: IncomingMessage): boolean {
  return /^\/_local(\/|\?|$)/.test(incoming.url ?? '');
}

/** A page of another site can make a browser send requests here. Its Origin tells, or its Host after DNS rebinding. */
function comesFromThisMachine({ headers }: IncomingMessage): boolean {
  const { host = '', origin } = headers;
  const name = host.replace(/:\d+$/, '');
  if (!loopbackHosts.includes(name)) return false;
  return origin === undefined || (URL.canParse(origin) && loopbackHosts.includes(new URL(origin).hostname));
}

const fault = (asked: Asked): AwsResponse =>
  answerTo(asked, new Refusal('InternalFailure', 'The embedded cloud failed inside; its own output says why.', 500));

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function send(outgoing: ServerResponse, { status, headers, body }: AwsResponse): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  outgoing.writeHead(status, { 'x-amzn-requestid': randomUUID(), 'content-length': bytes.length, ...headers });
  outgoing.end(bytes);
}
