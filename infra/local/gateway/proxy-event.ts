/** A request as API Gateway hands it to a function: proxy integration of a REST API, payload version 1.0. */
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { localAccount } from '../endpoint/service.ts';
import type { Api, Match } from './routes.ts';

export interface GatewayRequest {
  readonly requestId: string;
  readonly httpMethod: string;
  /** As requested, still encoded, without the stage. */
  readonly path: string;
  /** With the stage where the request came with it. */
  readonly fullPath: string;
  readonly query: URLSearchParams;
  /** In their own spelling, in order. */
  readonly headers: readonly (readonly [string, string])[];
  readonly sourceIp: string;
  /** Epoch milliseconds on the movable clock. */
  readonly at: number;
}

/** About the connection, not the request. */
const hopByHop = /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect)$/i;

/** The headers that a function sees: those of the client and the ones that API Gateway adds. */
export function readHeaders(incoming: IncomingMessage, port: number): GatewayRequest['headers'] {
  const raw = incoming.rawHeaders;
  const headers: [string, string][] = [];
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] ?? '';
    if (!hopByHop.test(name) && !/^x-forwarded-/i.test(name)) headers.push([name, raw[index + 1] ?? '']);
  }
  const forwardedFor = [incoming.headers['x-forwarded-for'], incoming.socket.remoteAddress].flat().filter(Boolean);
  headers.push(['X-Forwarded-For', forwardedFor.join(', ')]);
  headers.push(['X-Forwarded-Port', String(port)], ['X-Forwarded-Proto', 'http']);
  return headers;
}

/** The value of a header, its last where it came several times. */
export function headerOf(request: Pick<GatewayRequest, 'headers'>, name: string): string | undefined {
  return request.headers.findLast(([given]) => given.toLowerCase() === name.toLowerCase())?.[1];
}

type EventBase = Omit<APIGatewayProxyEvent, 'body' | 'isBase64Encoded'>;

/** Everything of the event but the body: what a request authorizer sees, too. */
export function describeRequest(api: Api, match: Match, request: GatewayRequest): EventBase {
  const query = [...request.query];
  const domainName = headerOf(request, 'host') ?? '127.0.0.1';
  return {
    resource: match.resourcePath,
    path: request.path,
    httpMethod: request.httpMethod,
    headers: lastValues(request.headers),
    multiValueHeaders: allValues(request.headers),
    queryStringParameters: query.length > 0 ? lastValues(query) : null,
    multiValueQueryStringParameters: query.length > 0 ? allValues(query) : null,
    pathParameters: match.pathParameters && { ...match.pathParameters },
    stageVariables: null,
    requestContext: {
      accountId: localAccount,
      apiId: api.id,
      authorizer: undefined,
      domainName,
      domainPrefix: domainName.split('.')[0],
      extendedRequestId: request.requestId,
      httpMethod: request.httpMethod,
      // Nothing else of a caller is known here.
      identity: {
        sourceIp: request.sourceIp,
        userAgent: headerOf(request, 'user-agent') ?? null,
      } as EventBase['requestContext']['identity'],
      path: request.fullPath,
      protocol: 'HTTP/1.1',
      requestId: request.requestId,
      requestTime: commonLogTime(request.at),
      requestTimeEpoch: request.at,
      resourceId: match.resourceId,
      resourcePath: match.resourcePath,
      stage: api.stage,
    },
  };
}

export const toProxyEvent = (
  base: EventBase,
  body: Buffer,
  authorizer: Readonly<Record<string, unknown>> | undefined,
): APIGatewayProxyEvent => ({
  ...base,
  requestContext: { ...base.requestContext, ...(authorizer && { authorizer }) },
  body: body.length > 0 ? body.toString('utf8') : null,
  isBase64Encoded: false,
});

type Pairs = Iterable<readonly [string, string]>;

/** A name that comes again in other letters is the same header; its first spelling stays. */
function allValues(pairs: Pairs): Record<string, string[]> {
  const spelling = new Map<string, string>();
  // An object would take a parameter that is called __proto__ for its own.
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const known = spelling.get(name.toLowerCase()) ?? name;
    spelling.set(name.toLowerCase(), known);
    values.set(known, [...(values.get(known) ?? []), value]);
  }
  return Object.fromEntries(values);
}

function lastValues(pairs: Pairs): Record<string, string> {
  return Object.fromEntries(Object.entries(allValues(pairs)).map(([name, values]) => [name, values.at(-1) ?? '']));
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `09/Apr/2027:12:34:56 +0000`. */
function commonLogTime(instant: number): string {
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(new Date(instant).toISOString()) ?? [];
  return `${day}/${months[Number(month) - 1]}/${year}:${time} +0000`;
}
