/** The one AWS endpoint of the embedded cloud: reads a request, finds its caller, and hands it to its service. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Activity } from '../clock/clock.ts';
import { type Asked, askedFor, protocolOf, refusal, signedService } from './protocol-refusal.ts';
import { readBody } from './read-body.ts';
import {
  AccessDenied,
  type AwsCall,
  type AwsRequest,
  type AwsResponse,
  type AwsService,
  type Principal,
} from './service.ts';

export interface Endpoint {
  readonly url: string;
  readonly port: number;
  /**
   * The same answer without the wire, for a caller inside this process. The holder of this function names the
   * principal, and the credentials of the request count for nothing. A request counts as activity until it is answered.
   * `/_local/*` is not there.
   */
  call(principal: Principal, call: AwsCall): Promise<AwsResponse>;
  /** Closes the endpoint and every connection to it. The code that made the services stops them. */
  stop(): Promise<void>;
}

export interface EndpointOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly services: readonly AwsService[];
  /** Answers `/_local/*`; undefined means not found. */
  readonly localRoutes?: (request: AwsRequest) => Promise<AwsResponse | undefined>;
  readonly activity: Activity;
  /** Told the cause of each 500, which the caller never sees. */
  readonly onFault?: (error: unknown) => void;
  /** The command-line option that the error for a taken port names. */
  readonly portFlag?: string;
}

const largestBody = 8 * 1024 * 1024;
const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Listens on 127.0.0.1. Every AWS request counts as activity until it is answered. A request to `/_local/*` does not,
 * because moving the clock waits for all activity to end. Requests that come through another site's page (another
 * Origin, or a Host that is not this machine) are refused. Rejects with a sentence where the port is taken.
 */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
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
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const flag = options.portFlag ?? '--endpoint-port';
      const sentence = `Port ${options.port} is already in use: choose another with ${flag}.`;
      reject(error.code === 'EADDRINUSE' ? new Error(sentence, { cause: error }) : error);
    });
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    call: (principal, call) =>
      options.activity.track(async () => {
        try {
          return await serve(toRequest(call, principal), options.services);
        } catch (error) {
          options.onFault?.(error);
          return fault(call);
        }
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(incoming: IncomingMessage, options: EndpointOptions): Promise<AwsResponse> {
  if (!comesFromThisMachine(incoming)) {
    return refusal(incoming, 403, 'AccessDeniedException', 'This endpoint only answers requests made on this machine.');
  }
  const raw = await readBody(incoming, largestBody);
  if (raw === undefined) {
    const isS3 = signedService(incoming) === 's3';
    if (isS3) return refusal(incoming, 400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
    return refusal(incoming, 413, 'RequestTooLarge', 'A request may hold at most 8 MB.');
  }
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  const call: AwsCall = { method: incoming.method ?? 'GET', path: incoming.url ?? '/', headers, body: raw };
  const request = toRequest(call, principalOf(headers.authorization ?? ''));
  if (!isLocal(incoming)) return serve(request, options.services);
  const response = await options.localRoutes?.(request);
  return response ?? refusal(incoming, 404, 'NotFound', `There is no ${request.path} here.`);
}

/** Gives the request to the service it is for. A denial is an answer. Any other error is a fault. */
async function serve(request: AwsRequest, services: readonly AwsService[]): Promise<AwsResponse> {
  const service = services.find((candidate) => candidate.handles(request));
  if (!service) {
    const sentence = `${askedFor(request)} is not part of the embedded cloud.`;
    return refusal(request, 400, 'UnknownOperationException', sentence);
  }
  try {
    return await service.handle(request);
  } catch (error) {
    if (!(error instanceof AccessDenied)) throw error;
    const isRpc = ['json', 'cbor'].includes(protocolOf(request));
    return refusal(request, isRpc ? 400 : 403, error.name, error.message);
  }
}

function toRequest({ method, path, headers, body }: AwsCall, principal: Principal): AwsRequest {
  const [pathname = '/', query = ''] = splitAt(path, '?');
  return {
    method,
    path: decoded(pathname),
    query: new URLSearchParams(query),
    headers,
    body,
    principal,
  };
}

function splitAt(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
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

function fault(asked: Asked): AwsResponse {
  return refusal(asked, 500, 'InternalFailure', 'The embedded cloud failed inside; its own output says why.');
}

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
