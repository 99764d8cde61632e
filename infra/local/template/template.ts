/**
 * Reads a synthesized CDK assembly the way CloudFormation would deploy it. Resources stand by logical id, with their
 * physical name and ARN and every intrinsic resolved. What it cannot resolve it refuses, so that the embedded cloud
 * never runs something else than the template says.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve as resolvePath } from 'node:path';
import { localAccount, localRegion } from '../endpoint/service.ts';
import { attributeOf, identify, type Kind, kindOf, knownTypes } from './resource-kinds.ts';

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  /** The explicit name property or, without one, the logical id. */
  readonly name: string;
  /** Throws for a type whose ARN the embedded cloud does not know. */
  readonly arn: string;
  /** With intrinsics resolved. A getter: throws, naming logical id and path, where one cannot be resolved. */
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly resources: ReadonlyMap<string, Resource>;
  /** In the template's order. */
  ofType(type: string): readonly Resource[];
  readonly stack: { readonly name: string };
  /** The stack's outputs by name, without those that cannot be resolved here. */
  outputs(): ReadonlyMap<string, string>;
  /** The absolute folder of the zip asset that is uploaded as `s3Key`. */
  assetFolder(s3Key: string): string;
}

type Plain = Readonly<Record<string, unknown>>;

interface Source {
  readonly Resources?: Readonly<Record<string, { Type: string; Properties?: Plain; Condition?: string }>>;
  readonly Parameters?: Readonly<Record<string, { Type: string; Default?: unknown }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Plain>>>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Condition?: string }>>;
}

/** Where a value stands, for error sentences. */
interface Place {
  readonly logicalId: string;
  readonly path: string;
}

const absent = Symbol('AWS::NoValue');

/**
 * Reads `<stack>.template.json` and `<stack>.assets.json` of a cdk.out folder. Throws a sentence where the folder was
 * not synthesized. Also where a resource that the embedded cloud runs uses something that cannot be resolved.
 */
export function readTemplate(assemblyFolder: string, stack = 'Careline'): Template {
  const source = readJson<Source>(assemblyFolder, `${stack}.template.json`);
  const resources = new Map<string, Resource>();
  const resolve = createResolver(source, stack, resources);

  for (const [logicalId, { Type: type, Properties: raw = {}, Condition }] of Object.entries(source.Resources ?? {})) {
    if (Condition !== undefined && !resolve.condition(Condition, { logicalId, path: 'Condition' })) continue;
    if (!knownTypes.includes(type)) {
      throw new Error(
        `The template's ${logicalId} is of the type ${type}, which the embedded cloud does not know: add it to infra/local/template/resource-kinds.ts, or leave it out of the stage "local".`,
      );
    }
    resources.set(logicalId, createResource(logicalId, type, raw, resolve.value));
  }
  for (const { type, logicalId } of resources.values()) {
    if (kindOf(type).embedded) resources.get(logicalId)?.properties;
  }

  return {
    resources,
    ofType: (type) => [...resources.values()].filter((resource) => resource.type === type),
    stack: { name: stack },
    outputs: () =>
      new Map(Object.entries(source.Outputs ?? {}).flatMap(([name, output]) => outputOf(name, output, resolve))),
    assetFolder: (s3Key) => assetFolder(assemblyFolder, stack, s3Key),
  };
}

function outputOf(
  name: string,
  { Value, Condition }: { readonly Value: unknown; readonly Condition?: string },
  resolve: ReturnType<typeof createResolver>,
): (readonly [string, string])[] {
  const place = { logicalId: 'Outputs', path: name };
  if (Condition !== undefined && !resolve.condition(Condition, place)) return [];
  try {
    return [[name, String(resolve.value(Value, place))]];
  } catch {
    return [];
  }
}

type Resolve = (value: unknown, place: Place) => unknown;

function createResource(logicalId: string, type: string, raw: Plain, resolve: Resolve): Resource {
  const kind: Kind = kindOf(type);
  let name: string | undefined;
  let properties: Plain | undefined;
  return {
    logicalId,
    type,
    get name() {
      const given = kind.nameProperty === undefined ? undefined : raw[kind.nameProperty];
      name ??= given === undefined ? logicalId : String(resolve(given, { logicalId, path: kind.nameProperty ?? '' }));
      return name;
    },
    get arn() {
      if (kind.arn === undefined) throw new Error(`No ARN is known for ${logicalId}, which is of type ${type}.`);
      return kind.arn(this);
    },
    get properties() {
      if (properties === undefined) {
        const resolved = resolve(raw, { logicalId, path: 'Properties' }) as Plain;
        properties = kind.complete === undefined ? resolved : kind.complete(resolved);
      }
      return properties;
    },
  };
}

function createResolver(source: Source, stack: string, resources: ReadonlyMap<string, Resource>) {
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::Region': localRegion,
    'AWS::AccountId': localAccount,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack,
    'AWS::StackId': `arn:aws:cloudformation:${localRegion}:${localAccount}:stack/${stack}/local`,
    'AWS::NoValue': absent,
  };

  const refuse = (place: Place, what: string): never => {
    throw new Error(
      `The template's ${place.logicalId} uses ${what} at ${place.path}: the embedded cloud cannot resolve it.`,
    );
  };
  const resource = (logicalId: string, place: Place): Resource =>
    resources.get(logicalId) ?? refuse(place, `the unknown resource ${logicalId}`);

  const reference = (name: string, place: Place): unknown => {
    if (name in pseudo) return pseudo[name];
    const parameter = source.Parameters?.[name];
    if (parameter === undefined) return identify(resource(name, place));
    // The default of an SSM-typed parameter is the name of a stored value, not the value.
    if (parameter.Default === undefined || parameter.Type.startsWith('AWS::SSM::')) {
      return refuse(place, `the parameter ${name}, which has no value here,`);
    }
    return /List/.test(parameter.Type) ? String(parameter.Default).split(',') : parameter.Default;
  };
  const attribute = (logicalId: string, name: string, place: Place): unknown =>
    attributeOf(resource(logicalId, place), name) ?? refuse(place, `the attribute ${logicalId}.${name}`);

  const condition = (expression: unknown, place: Place): boolean => {
    if (typeof expression === 'string') {
      const named = source.Conditions?.[expression];
      return named === undefined ? refuse(place, `the unknown condition ${expression}`) : condition(named, place);
    }
    const [operator, operand] = Object.entries(expression as Plain)[0] ?? [];
    const all = Array.isArray(operand) ? operand : [operand];
    switch (operator) {
      case 'Condition':
        return condition(operand, place);
      case 'Fn::Equals':
        return value(all[0], place) === value(all[1], place);
      case 'Fn::And':
        return all.every((each) => condition(each, place));
      case 'Fn::Or':
        return all.some((each) => condition(each, place));
      case 'Fn::Not':
        return !condition(all[0], place);
      default:
        return refuse(place, `the condition ${operator}`);
    }
  };

  const text = (of: unknown, place: Place): string => {
    const resolved = value(of, place);
    return typeof resolved === 'object' ? refuse(place, 'a structure where text belongs') : String(resolved);
  };
  const list = (of: unknown, place: Place): readonly unknown[] => {
    const resolved = value(of, place);
    return Array.isArray(resolved) ? resolved : refuse(place, 'something else where a list belongs');
  };

  const intrinsics: Readonly<Record<string, (operand: unknown, place: Place) => unknown>> = {
    Ref: (name, place) => reference(String(name), place),
    'Fn::GetAtt': (operand, place) => {
      const [logicalId = '', ...rest] = Array.isArray(operand) ? operand : String(operand).split('.');
      return attribute(logicalId, rest.map((part) => text(part, place)).join('.'), place);
    },
    'Fn::Join': (operand, place) => {
      const [separator, parts] = operand as [string, unknown];
      return list(parts, place)
        .map((part) => text(part, place))
        .join(separator);
    },
    'Fn::Sub': (operand, place) => {
      const [pattern, own = {}] = (Array.isArray(operand) ? operand : [operand]) as [string, Plain?];
      return pattern.replaceAll(/\$\{(!?)([^}]+)\}/g, (_all, literal: string, name: string) => {
        if (literal) return `\${${name}}`;
        if (name in own) return text(own[name], place);
        const [logicalId = '', ...rest] = name.split('.');
        return text(rest.length === 0 ? { Ref: name } : { 'Fn::GetAtt': [logicalId, rest.join('.')] }, place);
      });
    },
    'Fn::Select': (operand, place) => {
      const [index, from] = operand as [unknown, unknown];
      return list(from, place)[Number(value(index, place))] ?? refuse(place, 'Fn::Select outside of its list');
    },
    'Fn::Split': (operand, place) => {
      const [separator, of] = operand as [string, unknown];
      return text(of, place).split(separator);
    },
    'Fn::If': (operand, place) => {
      const [name, yes, no] = operand as [string, unknown, unknown];
      return value(condition(name, place) ? yes : no, place);
    },
    'Fn::FindInMap': (operand, place) => {
      const [map = '', first = '', second = ''] = (operand as unknown[]).map((part) => text(part, place));
      return source.Mappings?.[map]?.[first]?.[second] ?? refuse(place, `the mapping ${map}.${first}.${second}`);
    },
  };

  const value: Resolve = (of, place) => {
    if (typeof of === 'string' && of.includes('{{resolve:')) return refuse(place, 'a dynamic reference');
    if (typeof of !== 'object' || of === null) return of;
    const within = (key: string | number) => ({ ...place, path: `${place.path}.${key}` });
    if (Array.isArray(of)) {
      return of.map((each, index) => value(each, within(index))).filter((each) => each !== absent);
    }
    const entries = Object.entries(of);
    const [only, operand] = entries[0] ?? [];
    if (entries.length === 1 && only !== undefined) {
      const intrinsic = intrinsics[only];
      if (intrinsic) return intrinsic(operand, within(only));
      if (only.startsWith('Fn::')) return refuse(within(only), only);
    }
    return Object.fromEntries(
      entries.map(([key, each]) => [key, value(each, within(key))]).filter(([, each]) => each !== absent),
    );
  };

  return { value, condition };
}

function assetFolder(assemblyFolder: string, stack: string, s3Key: string): string {
  interface Manifest {
    files?: Record<string, { source: { path?: string }; destinations: Record<string, { objectKey: string }> }>;
  }
  const { files = {} } = readJson<Manifest>(assemblyFolder, `${stack}.assets.json`);
  const asset = Object.values(files).find(({ destinations }) =>
    Object.values(destinations).some(({ objectKey }) => objectKey === s3Key),
  );
  if (asset?.source.path === undefined) throw new Error(`No asset of the stack ${stack} is uploaded as ${s3Key}.`);
  return resolvePath(assemblyFolder, asset.source.path);
}

function readJson<Shape>(folder: string, name: string): Shape {
  const file = join(folder, name);
  if (!existsSync(file)) throw new Error(`${file} is missing: synthesize the CDK app first.`);
  return JSON.parse(readFileSync(file, 'utf8')) as Shape;
}
