/** The one AWS endpoint of the embedded cloud: reads a request, finds who asks, gives it to the service it is for. */
// @ts-nocheck

import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Activity } from './clock.ts';
import { readBody } from './read-body.ts';
import { AccessDenied, type AwsRequest, type AwsResponse, type AwsService, type Principal } from './service.ts';

export interface Endpoint {
  readonly url: string;
  readonly port: number;
  /** Closes the endpoint and every connection to it. The services are stopped by whoever made them. */
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
 * Listens on 127.0.0.1. Every AWS request counts as activity until it is answered; a request to `/_local/*` does not,
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
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(incoming: IncomingMessage, options: EndpointOptions): Promise<AwsResponse> {
  if (!comesFromThisMachine(incoming)) {
    return failure(incoming, 403, 'AccessDeniedException', 'This endpoint only answers requests made on this machine.');
  }
  const raw = await readBody(incoming, largestBody);
  if (raw === undefined) return failure(incoming, 413, 'RequestTooLarge', 'A request may hold at most 8 MB.');
  const request = toRequest(incoming, raw);

  if (isLocal(incoming)) {
    const response = await options.localRoutes?.(request);
    return response ?? failure(incoming, 404, 'NotFound', `There is no ${request.path} here.`);
  }
  const service = options.services.find((candidate) => candidate.handles(request));
  if (!service) {
    const asked = serviceOf(request);
    return failure(incoming, 400, 'UnknownOperationException', `${asked} is not part of the embedded cloud.`);
  }
  try {
    return await service.handle(request);
  } catch (error) {
    if (!(error instanceof AccessDenied)) throw error;
    return failure(incoming, protocolOf(incoming) === 'json' ? 400 : 403, error.name, error.message);
  }
}

function toRequest(incoming: IncomingMessage, raw: Buffer): AwsRequest {
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  const chunked =
    /\baws-chunked\b/.test(headers['content-encoding'] ?? '') ||
    (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
  return {
    method: incoming.method ?? 'GET',
    path: decoded(url.pathname),
    query: url.searchParams,
    headers,
    body: chunked ? decodeChunked(raw) : raw,
    principal: principalOf(headers.authorization ?? ''),
  };
}

/** An access key id `LOCAL.<logicalId>` is a function of the stack. The signature is not checked. */
function principalOf(authorization: string): Principal {
  const [, logicalId] = /\bCredential=LOCAL\.([A-Za-z0-9]+)\//.exec(authorization) ?? [];
  return logicalId === undefined ? { kind: 'operator' } : { kind: 'function', logicalId };
}

/** Each chunk is `<length in hex>[;chunk-signature=…]`, a line end, that many bytes, a line end; the last has length 0. */
function decodeChunked(raw: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < raw.length; ) {
    const lineEnd = raw.indexOf('\r\n', at);
    const length = Number.parseInt(raw.toString('latin1', at, lineEnd), 16);
    if (lineEnd === -1 || !(length > 0)) break;
    chunks.push(raw.subarray(lineEnd + 2, lineEnd + 2 + length));
    at = lineEnd + 2 + length + 2;
  }
  return Buffer.concat(chunks);
}

function isLocal(incoming: IncomingMessage): boolean {
  return /^\/_local(\/|\?|$)/.test(incoming.url ?? '');
}

/** A page of another site can make a browser send requests here: it is known by its Origin, or by its Host after DNS rebinding. */
function comesFromThisMachine({ headers }: IncomingMessage): boolean {
  const { host = '', origin } = headers;
  if (!loopbackHosts.includes(host.replace(/:\d+$/, ''))) return false;
  return origin === undefined || (URL.canParse(origin) && loopbackHosts.includes(new URL(origin).hostname));
}

type Protocol = 'json' | 'query' | 'rest';

function protocolOf({ headers }: IncomingMessage): Protocol {
  if (headers['x-amz-target'] !== undefined) return 'json';
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? 'query' : 'rest';
}

/** The service that a request is for, from its target or its signature's scope. */
function serviceOf({ headers, method, path }: AwsRequest): string {
  const target = headers['x-amz-target'];
  if (target !== undefined) return `The call ${target}`;
  const [, service] = /\bCredential=[^/]+\/[^/]*\/[^/]*\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  return service === undefined ? `${method} ${path}` : `The service ${service}`;
}

function fault(incoming: IncomingMessage): AwsResponse {
  return failure(incoming, 500, 'InternalFailure', 'The embedded cloud failed inside; its own output says why.');
}

function failure(incoming: IncomingMessage, status: number, code: string, message: string): AwsResponse {
  const protocol = protocolOf(incoming);
  if (protocol === 'query') {
    const [type, named] = [
      status < 500 ? 'Sender' : 'Receiver',
      code === 'AccessDeniedException' ? 'AccessDenied' : code,
    ];
    const error = `<Error><Type>${type}</Type><Code>${named}</Code><Message>${escapeXml(message)}</Message></Error>`;
    const body = `<ErrorResponse>${error}<RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
    return { status, headers: { 'content-type': 'text/xml' }, body };
  }
  const type = incoming.headers['content-type']?.startsWith('application/x-amz-json')
    ? incoming.headers['content-type']
    : 'application/json';
  const headers = { 'content-type': type, 'x-amzn-errortype': code };
  return { status, headers, body: JSON.stringify({ __type: code, message }) };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
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
  outgoing.writeHead(status, { 'x-amzn-requestid': randomUUID(), ...headers, 'content-length': bytes.length });
  outgoing.end(bytes);
}
