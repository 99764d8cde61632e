/** The routes of the template's REST API: which function answers a method and path, and who guards it. */
import * as z from 'zod';
import { type Authorize, localAccount, localRegion } from '../endpoint/service.ts';
import { requirePermission } from '../lambda/permission.ts';
import { readProperties } from '../template/read-properties.ts';
import type { Resource, Template } from '../template/template.ts';

/** Strict: what is not here would be accepted and ignored. */
const methodProperties = z.strictObject({
  RestApiId: z.string(),
  ResourceId: z.string(),
  HttpMethod: z.string(),
  AuthorizationType: z.enum(['NONE', 'CUSTOM']),
  AuthorizerId: z.string().optional(),
  ApiKeyRequired: z.literal(false).optional(),
  OperationName: z.string().optional(),
  Integration: z.strictObject({
    Type: z.literal('AWS_PROXY'),
    IntegrationHttpMethod: z.literal('POST'),
    Uri: z.string(),
    TimeoutInMillis: z.number().max(29_000).default(29_000),
  }),
});

const apiProperties = z.object({
  Body: z.undefined('only resources and methods are served here, no imported definition').optional(),
  Policy: z.undefined('resource policies are not evaluated here').optional(),
  BinaryMediaTypes: z.undefined('bodies are text here').optional(),
  /** Bytes. */
  MinimumCompressionSize: z.int().min(0).max(10_485_760),
});
const stageProperties = z.object({
  StageName: z.string(),
  Variables: z.undefined('no function sees variables of the stage here').optional(),
  CacheClusterEnabled: z.literal(false, 'responses are not cached here').optional(),
});

const partProperties = z.object({
  ParentId: z.string(),
  PathPart: z.string().regex(/^([^{}]+|\{\w+\+\})$/, 'only fixed parts and the rest of a path are served here'),
});

export interface Api {
  readonly id: string;
  readonly stage: string;
  /** Answers of at least so many bytes are compressed. */
  readonly compressedFrom: number;
  readonly root: Node;
}

export interface Method {
  readonly functionArn: string;
  /** Logical id of its authorizer. */
  readonly authorizer: string | undefined;
  /** Real time. */
  readonly timeoutMs: number;
}

interface Node {
  readonly id: string;
  /** Such as `/api/v1/{proxy+}`. */
  readonly path: string;
  readonly children: Map<string, Node>;
  readonly methods: Map<string, Method>;
}

export interface Match {
  readonly method: Method;
  readonly resourceId: string;
  readonly resourcePath: string;
  /** Decoded. */
  readonly pathParameters: Readonly<Record<string, string>> | null;
}

/** Throws where the template has no or several REST APIs or stages, or uses what the gateway does not do. */
export function readApi(template: Template, authorize: Authorize): Api {
  const api = onlyOne(template, 'AWS::ApiGateway::RestApi');
  const stage = readProperties(onlyOne(template, 'AWS::ApiGateway::Stage'), stageProperties);
  const { MinimumCompressionSize: compressedFrom } = readProperties(api, apiProperties);

  const root: Node = { id: `${api.logicalId}Root`, path: '/', children: new Map(), methods: new Map() };
  const nodes = new Map([[root.id, root]]);
  const waiting = [...template.ofType('AWS::ApiGateway::Resource')];
  const nodeOf = (resource: Resource): Node => {
    const known = nodes.get(resource.logicalId);
    if (known) return known;
    const { ParentId, PathPart } = readProperties(resource, partProperties);
    const above = waiting.find(({ logicalId }) => logicalId === ParentId);
    const parent = nodes.get(ParentId) ?? (above && nodeOf(above));
    if (!parent)
      throw new Error(`${resource.logicalId} hangs under ${ParentId}, which is no resource of the REST API.`);
    const path = `${parent.path === '/' ? '' : parent.path}/${PathPart}`;
    const node: Node = { id: resource.logicalId, path, children: new Map(), methods: new Map() };
    parent.children.set(PathPart, node);
    nodes.set(node.id, node);
    return node;
  };
  for (const resource of waiting) nodeOf(resource);

  for (const resource of template.ofType('AWS::ApiGateway::Method')) {
    const { HttpMethod, ResourceId, Integration, AuthorizationType, AuthorizerId } = readProperties(
      resource,
      methodProperties,
    );
    const node = nodes.get(ResourceId);
    if (!node) throw new Error(`${resource.logicalId} is of ${ResourceId}, which is no resource of the REST API.`);
    const authorizer = AuthorizerId === undefined ? undefined : template.resources.get(AuthorizerId);
    if (AuthorizationType === 'CUSTOM' && authorizer?.type !== 'AWS::ApiGateway::Authorizer') {
      throw new Error(`${resource.logicalId} needs an authorizer of the template and names ${AuthorizerId}.`);
    }
    const functionArn = functionOfUri(Integration.Uri, resource.logicalId);
    const samplePath = node.path.replaceAll(/\{[^}]+\}/g, 'x');
    const sampleMethod = HttpMethod === 'ANY' ? 'GET' : HttpMethod;
    requirePermission(
      authorize,
      functionArn,
      'apigateway',
      methodArn({ id: api.logicalId, stage: stage.StageName }, sampleMethod, samplePath),
    );
    node.methods.set(HttpMethod, { functionArn, authorizer: AuthorizerId, timeoutMs: Integration.TimeoutInMillis });
  }
  return {
    id: api.logicalId,
    stage: stage.StageName,
    compressedFrom,
    root,
  };
}

/**
 * The most specific route: a fixed part before `{proxy+}`. Resources without methods are no routes. `path` is as requested, still encoded; a part that cannot be decoded throws URIError.
 */
export function matchRoute(api: Api, httpMethod: string, path: string): Match | undefined {
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  const found = descend(api.root, parts);
  const method = found?.node.methods.get(httpMethod) ?? found?.node.methods.get('ANY');
  if (!found || !method) return undefined;
  return {
    method,
    resourceId: found.node.id,
    resourcePath: found.node.path,
    pathParameters: found.parameters,
  };
}

type Found = { readonly node: Node; readonly parameters: Match['pathParameters'] };

function descend(node: Node, parts: readonly string[]): Found | undefined {
  const [part, ...rest] = parts;
  if (part === undefined) return node.methods.size > 0 ? { node, parameters: null } : undefined;
  const fixed = node.children.get(part);
  const found = fixed && descend(fixed, rest);
  if (found) return found;
  for (const [name, child] of node.children) {
    const [, greedy] = /^\{([^}]+)\+\}$/.exec(name) ?? [];
    if (greedy && child.methods.size > 0) return { node: child, parameters: { [greedy]: parts.join('/') } };
  }
  return undefined;
}

/** The ARN by which policies name a request: `…/<stage>/<METHOD>/<path>`. */
export function methodArn(api: Pick<Api, 'id' | 'stage'>, httpMethod: string, path: string): string {
  return `arn:aws:execute-api:${localRegion}:${localAccount}:${api.id}/${api.stage}/${httpMethod}/${path.replace(/^\//, '')}`;
}

/** The function that API Gateway's invocation URI names. */
export function functionOfUri(uri: string, owner: string): string {
  const [, arn] = /\/functions\/(.+)\/invocations$/.exec(uri) ?? [];
  if (arn === undefined) throw new Error(`${owner} calls ${uri}, which is no Lambda function.`);
  return arn;
}

function onlyOne(template: Template, type: string): Resource {
  const [first, ...others] = template.ofType(type);
  if (!first || others.length > 0) {
    throw new Error(`The gateway serves one ${type}: the template has ${others.length + (first ? 1 : 0)}.`);
  }
  return first;
}
