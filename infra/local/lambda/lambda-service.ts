/** Lambda over its REST protocol, for SDKs and the AWS CLI: Invoke, and what reads functions and their event sources. */
import type { Activity } from '../clock/clock.ts';
import { signedService } from '../endpoint/refusal.ts';
import {
  AccessDenied,
  type Authorize,
  type AwsRequest,
  type AwsResponse,
  type AwsService,
  localAccount,
  localRegion,
} from '../endpoint/service.ts';
import type { Lambda } from './invocation.ts';
import { createInvokeLater } from './invoke-later.ts';
import type { MappingConfiguration } from './mapping-configurations.ts';

/** What the template says of a function, in the words of Lambda's FunctionConfiguration. */
export interface FunctionConfiguration {
  readonly FunctionName: string;
  readonly FunctionArn: string;
  readonly [field: string]: unknown;
}

export interface LambdaServiceOptions {
  readonly invoke: Lambda['invoke'];
  readonly activity: Activity;
  readonly authorize: Authorize;
  /** A known function, by name or ARN. */
  readonly find: (nameOrArn: string) => FunctionConfiguration | undefined;
  readonly list: () => readonly FunctionConfiguration[];
  readonly mappings: () => readonly MappingConfiguration[];
  readonly onFault: (functionName: string, sentence: string) => void;
}

/** An exception of Lambda's API, with its HTTP status. */
class LambdaRefusal extends Error {
  readonly status: number;
  readonly type: string;
  constructor(status: number, type: string, message: string) {
    super(message);
    this.status = status;
    this.type = type;
  }
}

/** Bytes of an asynchronous event. */
const eventLimit = 1_048_576;
const mostListed = 50;

type Handle = (request: AwsRequest, name: string) => AwsResponse | Promise<AwsResponse>;

export function createLambdaService(options: LambdaServiceOptions): AwsService {
  const { invoke, authorize, find, list } = options;
  const invokeLater = createInvokeLater(options);

  /** The function of this name, once its caller may do the action on it. */
  const allowed = ({ principal }: AwsRequest, action: string, name: string): FunctionConfiguration => {
    const known = find(name);
    const asked = name.startsWith('arn:') ? name : `arn:aws:lambda:${localRegion}:${localAccount}:function:${name}`;
    authorize(principal, action, known?.FunctionArn ?? asked);
    if (known) return known;
    throw new LambdaRefusal(404, 'ResourceNotFoundException', `Function not found: ${asked}`);
  };

  const perform: Handle = async (request, name) => {
    const { headers, body } = request;
    const { FunctionArn: arn } = allowed(request, 'lambda:InvokeFunction', name);
    const payload = parse(body);
    refuseAll([
      [headers['x-amz-log-type'] === 'Tail', 'keeps no logs to give: leave LogType out'],
      [headers['x-amz-client-context'] !== undefined, 'passes no ClientContext on'],
    ]);
    const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
    if (type === 'DryRun') return { status: 204, headers: {}, body: '' };
    if (type === 'Event') {
      if (body.length > eventLimit) {
        const message = `${body.length} byte payload is too large for the Event invocation type (limit ${eventLimit} bytes)`;
        throw new LambdaRefusal(413, 'RequestTooLargeException', message);
      }
      void invokeLater(arn, payload);
      return { status: 202, headers: {}, body: '' };
    }
    const result = await invoke(arn, payload);
    const answered = { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' };
    if (result.ok) return { status: 200, headers: answered, body: JSON.stringify(result.payload) };
    const { ok: _, ...failure } = result;
    const status = serviceErrors[failure.errorType];
    if (status !== undefined)
      throw new LambdaRefusal(status, failure.errorType.replace('Lambda.', ''), failure.errorMessage);
    return {
      status: 200,
      headers: { ...answered, 'x-amz-function-error': 'Unhandled' },
      body: JSON.stringify(failure),
    };
  };

  const describe: Handle = (request, name) => {
    const Configuration = allowed(request, 'lambda:GetFunction', name);
    return json(200, { Configuration: { ...Configuration, State: 'Active', LastUpdateStatus: 'Successful' } });
  };

  const describeConfiguration: Handle = (request, name) => {
    const configuration = allowed(request, 'lambda:GetFunctionConfiguration', name);
    return json(200, { ...configuration, State: 'Active', LastUpdateStatus: 'Successful' });
  };

  const pageOf = <Each>(query: URLSearchParams, all: readonly Each[]) => {
    const start = Number(query.get('Marker') ?? 0);
    const asked = Number(query.get('MaxItems') ?? mostListed);
    if (!(Number.isInteger(start) && start >= 0 && start <= all.length)) throw invalid('Invalid Marker');
    if (!(Number.isInteger(asked) && asked >= 1 && asked <= 10_000)) throw invalid('MaxItems must be 1 to 10000');
    const end = start + Math.min(asked, mostListed);
    return { found: all.slice(start, end), next: end < all.length ? { NextMarker: String(end) } : {} };
  };

  const page: Handle = ({ principal, query }) => {
    authorize(principal, 'lambda:ListFunctions', '*');
    refuseAll([
      [query.get('FunctionVersion') === 'ALL', 'has no versions but $LATEST: leave FunctionVersion out'],
      [query.has('MasterRegion'), 'has one region: leave MasterRegion out'],
    ]);
    const { found, next } = pageOf(query, list());
    return json(200, { Functions: found, ...next });
  };

  const listMappings: Handle = ({ principal, query }) => {
    authorize(principal, 'lambda:ListEventSourceMappings', '*');
    const [source, name] = [query.get('EventSourceArn'), query.get('FunctionName')];
    const functionArn = name === null ? undefined : (find(name)?.FunctionArn ?? name);
    const { found, next } = pageOf(
      query,
      options
        .mappings()
        .filter((each) => each.EventSourceArn === (source ?? each.EventSourceArn))
        .filter((each) => each.FunctionArn === (functionArn ?? each.FunctionArn)),
    );
    return json(200, { EventSourceMappings: found, ...next });
  };

  const describeMapping: Handle = ({ principal }, uuid) => {
    const arn = `arn:aws:lambda:${localRegion}:${localAccount}:event-source-mapping:${uuid}`;
    authorize(principal, 'lambda:GetEventSourceMapping', arn);
    const found = options.mappings().find(({ UUID }) => UUID === uuid);
    if (found) return json(200, found);
    throw new LambdaRefusal(404, 'ResourceNotFoundException', 'The resource you requested does not exist.');
  };

  const routes: readonly (readonly [method: string, path: RegExp, handle: Handle])[] = [
    ['POST', /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/, perform],
    ['GET', /^\/2015-03-31\/functions\/?$/, page],
    ['GET', /^\/2015-03-31\/functions\/([^/]+)\/?$/, describe],
    ['GET', /^\/2015-03-31\/functions\/([^/]+)\/configuration\/?$/, describeConfiguration],
    ['GET', /^\/2015-03-31\/event-source-mappings\/?$/, listMappings],
    ['GET', /^\/2015-03-31\/event-source-mappings\/([^/]+)\/?$/, describeMapping],
  ];

  return {
    // Each of Lambda's actions has a path that begins with the date of its version. So have those of Route 53.
    handles: (request) =>
      /^\/20\d\d-\d\d-\d\d\//.test(request.path) && (signedService(request) ?? 'lambda') === 'lambda',
    stop: async () => undefined,
    async handle(request) {
      const { method, path } = request;
      try {
        for (const [verb, pattern, handle] of routes) {
          const found = method === verb && pattern.exec(path);
          if (found) return await handle(request, found[1] ?? '');
        }
        const known = 'Invoke, ListFunctions, GetFunction, GetFunctionConfiguration';
        const message = `The local Lambda has no ${method} ${path}: it has ${known}, and ListEventSourceMappings and GetEventSourceMapping.`;
        throw new LambdaRefusal(404, 'UnknownOperationException', message);
      } catch (error) {
        if (error instanceof AccessDenied) return refusal(403, 'AccessDeniedException', error.message);
        if (error instanceof LambdaRefusal) return refusal(error.status, error.type, error.message);
        throw error;
      }
    },
  };
}

/** Failures of Lambda itself, not of the function, and their HTTP status. */
const serviceErrors: Readonly<Record<string, number>> = {
  'Lambda.RequestTooLargeException': 413,
  'Lambda.ServiceException': 500,
};

const invalid = (sentence: string) => new LambdaRefusal(400, 'InvalidParameterValueException', sentence);

/** Throws for the first that holds: what would be accepted and ignored. */
function refuseAll(what: readonly (readonly [holds: boolean, sentence: string])[]): void {
  const found = what.find(([holds]) => holds);
  if (found) throw invalid(`The local Lambda ${found[1]}.`);
}

function parse(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
  } catch (error) {
    const message = `Could not parse request body into json: ${(error as Error).message}`;
    throw new LambdaRefusal(400, 'InvalidRequestContentException', message);
  }
}

const json = (status: number, body: unknown, more: Readonly<Record<string, string>> = {}): AwsResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...more },
  body: JSON.stringify(body),
});

const refusal = (status: number, type: string, message: string) =>
  json(status, { Type: status < 500 ? 'User' : 'Service', Message: message, message }, { 'x-amzn-errortype': type });
