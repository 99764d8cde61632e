/** Lambda over its REST protocol: invoking and listing functions, and what a release does with versions and aliases. */
import * as z from 'zod';
import { parseJson } from '../endpoint/json.ts';
import { signedService } from '../endpoint/protocol-refusal.ts';
import { type Authorize, type AwsRequest, type AwsResponse, type AwsService, Refusal } from '../endpoint/service.ts';
import { functionArnOf, readFunctionName } from './function-name.ts';
import type { Lambda } from './invocation.ts';
import type { Releases } from './releases.ts';

/** What the template says of a function, in the words of Lambda's FunctionConfiguration. */
export interface FunctionConfiguration {
  readonly FunctionName: string;
  readonly FunctionArn: string;
  readonly [field: string]: unknown;
}

export interface LambdaServiceOptions {
  readonly invoke: Lambda['invoke'];
  readonly authorize: Authorize;
  /** A known function, by name or ARN. */
  readonly find: (nameOrArn: string) => FunctionConfiguration | undefined;
  readonly list: () => readonly FunctionConfiguration[];
  readonly releases: Releases;
}

/** `part`: what the path names within the function, such as an alias. */
type Handle = (request: AwsRequest, name: string, part: string) => AwsResponse | Promise<AwsResponse>;

export function createLambdaService(options: LambdaServiceOptions): AwsService {
  const { invoke, authorize, find, list, releases } = options;

  /** The function of this name, once its caller may do the action on it. */
  const allowed = ({ principal }: AwsRequest, action: string, name: string): FunctionConfiguration => {
    const asked = functionArnOf(name);
    authorize(principal, `lambda:${action}`, asked);
    return find(asked) ?? notFound('Function', asked);
  };

  const perform: Handle = async (request, name) => {
    const { headers, query, body } = request;
    const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
    if (type !== 'RequestResponse') throw invalid(`The local Lambda invokes and waits: leave InvocationType out.`);
    if (headers['x-amz-log-type'] === 'Tail') throw invalid('The local Lambda gives no logs: leave LogType out.');
    const qualifier = query.get('Qualifier');
    const asked = qualifier === null ? name : `${readFunctionName(name).name}:${qualifier}`;
    const { FunctionArn: arn } = allowed(request, 'InvokeFunction', asked);
    const result = await invoke(arn, parse(body));
    const answered = { 'content-type': 'application/json', 'x-amz-executed-version': result.version ?? '$LATEST' };
    if (result.ok) return { status: 200, headers: answered, body: JSON.stringify(result.payload) };
    const { ok: _, version: _version, ...failure } = result;
    const status = serviceErrors[failure.errorType];
    if (status !== undefined) throw new Refusal(failure.errorType.replace('Lambda.', ''), failure.errorMessage, status);
    return {
      status: 200,
      headers: { ...answered, 'x-amz-function-error': 'Unhandled' },
      body: JSON.stringify(failure),
    };
  };

  /** All lists are one page here. */
  const refusePages = ({ query }: AwsRequest) => {
    if (query.has('Marker') || query.has('MaxItems'))
      throw invalid('The local Lambda lists all at once: leave MaxItems out.');
  };
  const listFunctions: Handle = (request) => {
    authorize(request.principal, 'lambda:ListFunctions', '*');
    refusePages(request);
    return json(200, { Functions: list() });
  };

  const listVersions: Handle = (request, name) => {
    const { FunctionName, ...latest } = allowed(request, 'ListVersionsByFunction', name);
    const numbers = releases.versions(FunctionName).map(({ number }) => `${FunctionName}:${number}`);
    const all = [{ FunctionName, ...latest }, ...numbers.flatMap((each) => find(each) ?? [])];
    refusePages(request);
    return json(200, { Versions: all });
  };

  const aliasOf = (functionName: string, Name: string, number: number) => ({
    AliasArn: functionArnOf(`${functionName}:${Name}`),
    Name,
    FunctionVersion: `${number}`,
  });

  const listAliases: Handle = (request, name) => {
    const { FunctionName } = allowed(request, 'ListAliases', name);
    const all = Object.entries(releases.aliases(FunctionName));
    refusePages(request);
    return json(200, { Aliases: all.map(([alias, number]) => aliasOf(FunctionName, alias, number)) });
  };

  const updateAlias: Handle = (request, name, alias) => {
    const { FunctionName } = allowed(request, 'UpdateAlias', name);
    if (releases.aliases(FunctionName)[alias] === undefined)
      notFound('Alias', functionArnOf(`${FunctionName}:${alias}`));
    const parsed = aliasChange.safeParse(parse(request.body));
    if (!parsed.success) throw invalid(z.prettifyError(parsed.error));
    const { FunctionVersion } = parsed.data;
    const version = releases.versions(FunctionName).find(({ number }) => `${number}` === FunctionVersion);
    if (!version) return notFound('Function', functionArnOf(`${FunctionName}:${FunctionVersion}`));
    releases.move(FunctionName, alias, version.number);
    return json(200, aliasOf(FunctionName, alias, version.number));
  };

  const removeVersion: Handle = (request, name) => {
    const { FunctionName } = allowed(request, 'DeleteFunction', name);
    const wanted = request.query.get('Qualifier') ?? '';
    if (!/^\d+$/.test(wanted)) {
      throw invalid(`${FunctionName} is part of the deployed template: give the number of a version as Qualifier.`);
    }
    const version = releases.versions(FunctionName).find(({ number }) => `${number}` === wanted);
    if (!version) return notFound('Function', functionArnOf(`${FunctionName}:${wanted}`));
    const naming = Object.entries(releases.aliases(FunctionName)).find(([, number]) => number === version.number);
    if (naming) {
      const message = `Cannot delete version ${wanted}: the alias ${naming[0]} of ${FunctionName} points to it.`;
      throw new Refusal('ResourceConflictException', message, 409);
    }
    releases.remove(FunctionName, version.number);
    return { status: 204, headers: {}, body: '' };
  };

  const routes: readonly (readonly [name: string, method: string, path: RegExp, handle: Handle])[] = [
    ['Invoke', 'POST', /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/, perform],
    ['ListFunctions', 'GET', /^\/2015-03-31\/functions\/?$/, listFunctions],
    ['ListVersionsByFunction', 'GET', /^\/2015-03-31\/functions\/([^/]+)\/versions\/?$/, listVersions],
    ['ListAliases', 'GET', /^\/2015-03-31\/functions\/([^/]+)\/aliases\/?$/, listAliases],
    ['UpdateAlias', 'PUT', /^\/2015-03-31\/functions\/([^/]+)\/aliases\/([^/]+)\/?$/, updateAlias],
    ['DeleteFunction', 'DELETE', /^\/2015-03-31\/functions\/([^/]+)\/?$/, removeVersion],
  ];
  const names = routes.map(([name]) => name);

  return {
    operations: names.map((name) => `lambda:${name}`),
    // Each of Lambda's actions has a path that begins with the date of its version. So have those of Route 53.
    handles: (request) =>
      /^\/20\d\d-\d\d-\d\d\//.test(request.path) && (signedService(request) ?? 'lambda') === 'lambda',
    stop: async () => undefined,
    async handle(request) {
      const { method, path } = request;
      for (const [, verb, pattern, handle] of routes) {
        const found = method === verb && pattern.exec(path);
        if (found) return handle(request, found[1] ?? '', found[2] ?? '');
      }
      const message = `The embedded Lambda has no ${method} ${path}: it has ${names.join(', ')}.`;
      throw new Refusal('UnknownOperationException', message, 404);
    },
  };
}

/** Failures of Lambda itself, not of the function, and their HTTP status. */
const serviceErrors: Readonly<Record<string, number>> = {
  'Lambda.RequestTooLargeException': 413,
  'Lambda.ServiceException': 500,
};

/** Strict: traffic that is split would be accepted and ignored. */
const aliasChange = z.strictObject({ FunctionVersion: z.string().regex(/^\d+$/, 'give the number of a version') });

const invalid = (sentence: string) => new Refusal('InvalidParameterValueException', sentence);
const notFound = (what: 'Function' | 'Alias', arn: string): never => {
  throw new Refusal('ResourceNotFoundException', `${what} not found: ${arn}`, 404);
};

const parse = (body: Buffer): unknown => parseJson(body.toString('utf8') || '{}');

const json = (status: number, body: unknown): AwsResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
