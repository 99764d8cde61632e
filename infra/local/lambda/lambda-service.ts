/**
 * Lambda over its REST protocol, for SDKs and the AWS CLI. It invokes and reads functions, and reads event sources. It
 * shows versions and moves aliases.
 */
import * as z from 'zod';
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
import { functionArnOf, readFunctionName } from './function-name.ts';
import type { Lambda } from './invocation.ts';
import { createInvokeLater } from './invoke-later.ts';
import type { MappingConfiguration } from './mapping-configurations.ts';
import type { Alias, Releases } from './releases.ts';

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
  readonly releases: Releases;
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

/** `part`: what the path names within the function, such as an alias. */
type Handle = (request: AwsRequest, name: string, part: string) => AwsResponse | Promise<AwsResponse>;

export function createLambdaService(options: LambdaServiceOptions): AwsService {
  const { invoke, authorize, find, list, releases } = options;
  const invokeLater = createInvokeLater(options);

  /** The function of this name, once its caller may do the action on it. */
  const allowed = ({ principal, query }: AwsRequest, action: string, name: string): FunctionConfiguration => {
    const qualifier = query.get('Qualifier');
    const given = readFunctionName(name).qualifier;
    if (qualifier !== null && given !== undefined && given !== qualifier) {
      throw invalid('The derived qualifier from the function name does not match the specified qualifier.');
    }
    const asked = functionArnOf(qualifier === null || given !== undefined ? name : `${name}:${qualifier}`);
    authorize(principal, action, asked);
    const known = find(asked);
    if (known) return known;
    throw new LambdaRefusal(404, 'ResourceNotFoundException', `Function not found: ${asked}`);
  };
  /** The function itself, once its caller may do the action on it. Its name comes without a version. */
  const ofFunction = (request: AwsRequest, action: string, name: string): FunctionConfiguration =>
    allowed({ ...request, query: new URLSearchParams() }, action, readFunctionName(name).name);

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
    const answered = { 'content-type': 'application/json', 'x-amz-executed-version': result.version ?? '$LATEST' };
    if (result.ok) return { status: 200, headers: answered, body: JSON.stringify(result.payload) };
    const { ok: _, version: _version, ...failure } = result;
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
      [query.get('FunctionVersion') === 'ALL', 'lists versions by ListVersionsByFunction: leave FunctionVersion out'],
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

  const listVersions: Handle = (request, name) => {
    const { FunctionName, ...latest } = ofFunction(request, 'lambda:ListVersionsByFunction', name);
    const numbers = releases.versions(FunctionName).map(({ number }) => `${FunctionName}:${number}`);
    const all = [{ FunctionName, ...latest }, ...numbers.flatMap((each) => find(each) ?? [])];
    const { found, next } = pageOf(request.query, all);
    return json(200, { Versions: found, ...next });
  };

  const aliasNamed = (functionName: string, aliasName: string): Alias => {
    const found = releases.aliases(functionName)[aliasName];
    if (found) return found;
    const arn = functionArnOf(`${functionName}:${aliasName}`);
    throw new LambdaRefusal(404, 'ResourceNotFoundException', `Alias not found: ${arn}`);
  };
  const told = (functionName: string, Name: string, { number, revisionId, description }: Alias) => ({
    AliasArn: functionArnOf(`${functionName}:${Name}`),
    Name,
    FunctionVersion: `${number}`,
    Description: description,
    RevisionId: revisionId,
  });

  const listAliases: Handle = (request, name) => {
    const { FunctionName } = ofFunction(request, 'lambda:ListAliases', name);
    const wanted = request.query.get('FunctionVersion');
    const all = Object.entries(releases.aliases(FunctionName))
      .filter(([, { number }]) => wanted === null || wanted === `${number}`)
      .map(([aliasName, each]) => told(FunctionName, aliasName, each));
    const { found, next } = pageOf(request.query, all);
    return json(200, { Aliases: found, ...next });
  };

  const getAlias: Handle = (request, name, aliasName) => {
    const { FunctionName } = ofFunction(request, 'lambda:GetAlias', name);
    return json(200, told(FunctionName, aliasName, aliasNamed(FunctionName, aliasName)));
  };

  const updateAlias: Handle = (request, name, aliasName) => {
    const { FunctionName } = ofFunction(request, 'lambda:UpdateAlias', name);
    const current = aliasNamed(FunctionName, aliasName);
    const parsed = aliasChange.safeParse(parse(request.body));
    if (!parsed.success) throw invalid(z.prettifyError(parsed.error));
    const { FunctionVersion = `${current.number}`, Description, RevisionId } = parsed.data;
    if (RevisionId !== undefined && RevisionId !== current.revisionId) {
      const message = `The RevisionId provided does not match the latest RevisionId. Call the GetAlias API to retrieve the latest RevisionId for your resource.`;
      throw new LambdaRefusal(412, 'PreconditionFailedException', message);
    }
    const version = releases.versions(FunctionName).find(({ number }) => `${number}` === FunctionVersion);
    if (!version) {
      const arn = functionArnOf(`${FunctionName}:${FunctionVersion}`);
      throw new LambdaRefusal(404, 'ResourceNotFoundException', `Function not found: ${arn}`);
    }
    const moved = releases.move(FunctionName, aliasName, version.number, Description);
    return json(200, told(FunctionName, aliasName, moved));
  };

  const removeVersion: Handle = (request, name) => {
    const { FunctionName } = ofFunction(request, 'lambda:DeleteFunction', name);
    const wanted = request.query.get('Qualifier') ?? readFunctionName(name).qualifier;
    if (wanted === undefined || !/^\d+$/.test(wanted)) {
      throw invalid(`${FunctionName} is part of the deployed template: give the number of a version as Qualifier.`);
    }
    const version = releases.versions(FunctionName).find(({ number }) => `${number}` === wanted);
    const arn = functionArnOf(`${FunctionName}:${wanted}`);
    if (!version) throw new LambdaRefusal(404, 'ResourceNotFoundException', `Function not found: ${arn}`);
    const naming = Object.entries(releases.aliases(FunctionName)).find(([, { number }]) => number === version.number);
    if (naming) {
      const message = `Cannot delete version ${wanted}: the alias ${naming[0]} of ${FunctionName} points to it.`;
      throw new LambdaRefusal(409, 'ResourceConflictException', message);
    }
    releases.remove(FunctionName, version.number);
    return { status: 204, headers: {}, body: '' };
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
    ['DELETE', /^\/2015-03-31\/functions\/([^/]+)\/?$/, removeVersion],
    ['GET', /^\/2015-03-31\/functions\/([^/]+)\/versions\/?$/, listVersions],
    ['GET', /^\/2015-03-31\/functions\/([^/]+)\/aliases\/?$/, listAliases],
    ['GET', /^\/2015-03-31\/functions\/([^/]+)\/aliases\/([^/]+)\/?$/, getAlias],
    ['PUT', /^\/2015-03-31\/functions\/([^/]+)\/aliases\/([^/]+)\/?$/, updateAlias],
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
          if (found) return await handle(request, found[1] ?? '', found[2] ?? '');
        }
        const message = `The local Lambda has no ${method} ${path}: it has ${operations}.`;
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

const operations =
  'Invoke, ListFunctions, GetFunction, GetFunctionConfiguration, ListVersionsByFunction, DeleteFunction of a version, ListAliases, GetAlias, UpdateAlias, ListEventSourceMappings, GetEventSourceMapping';

/** Strict: traffic that is split would be accepted and ignored. */
const aliasChange = z.strictObject({
  FunctionVersion: z.string().regex(/^\d+$/, 'give the number of a published version').optional(),
  Description: z.string().optional(),
  RevisionId: z.string().optional(),
});

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
