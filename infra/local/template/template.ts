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
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** Where a value stands, for error sentences. */
interface Place {
  readonly logicalId: string;
  readonly path: string;
}

/**
 * Reads `<stack>.template.json` and `<stack>.assets.json` of a cdk.out folder. Throws a sentence where the folder was
 * not synthesized. Also where a resource that the embedded cloud runs uses something that cannot be resolved.
 */
export function readTemplate(assemblyFolder: string, stack = 'Careline'): Template {
  const source = readJson<Source>(assemblyFolder, `${stack}.template.json`);
  const resources = new Map<string, Resource>();
  const resolve = createResolver(stack, resources);

  for (const [logicalId, { Type: type, Properties: raw = {}, Condition }] of Object.entries(source.Resources ?? {})) {
    if (Condition !== undefined) {
      throw new Error(`The template's ${logicalId} has a condition, which the embedded cloud does not evaluate.`);
    }
    if (!knownTypes.includes(type)) {
      throw new Error(
        `The template's ${logicalId} is of the type ${type}, which the embedded cloud does not know: add it to infra/local/template/resource-kinds.ts, or leave it out of the stage "local".`,
      );
    }
    resources.set(logicalId, createResource(logicalId, type, raw, resolve));
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
  { Value }: { readonly Value: unknown },
  resolve: Resolve,
): (readonly [string, string])[] {
  try {
    return [[name, String(resolve(Value, { logicalId: 'Outputs', path: name }))]];
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

function createResolver(stack: string, resources: ReadonlyMap<string, Resource>): Resolve {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Region': localRegion,
    'AWS::AccountId': localAccount,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackId': `arn:aws:cloudformation:${localRegion}:${localAccount}:stack/${stack}/local`,
  };

  const refuse = (place: Place, what: string): never => {
    throw new Error(
      `The template's ${place.logicalId} uses ${what} at ${place.path}: the embedded cloud cannot resolve it.`,
    );
  };
  const resource = (logicalId: string, place: Place): Resource =>
    resources.get(logicalId) ?? refuse(place, `the unknown resource ${logicalId}`);
  const reference = (name: string, place: Place): string => pseudo[name] ?? identify(resource(name, place));

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
      const [logicalId, name] = operand as [string, string];
      return attributeOf(resource(logicalId, place), name) ?? refuse(place, `the attribute ${logicalId}.${name}`);
    },
    'Fn::Join': (operand, place) => {
      const [separator, parts] = operand as [string, unknown];
      return list(parts, place)
        .map((part) => text(part, place))
        .join(separator);
    },
    'Fn::Sub': (operand, place) =>
      typeof operand === 'string'
        ? operand.replaceAll(/\$\{([^}]+)\}/g, (_all, name: string) => reference(name, place))
        : refuse(place, 'Fn::Sub with values of its own'),
    'Fn::Select': (operand, place) => {
      const [index, from] = operand as [number, unknown];
      return list(from, place)[index] ?? refuse(place, 'Fn::Select outside of its list');
    },
    'Fn::Split': (operand, place) => {
      const [separator, of] = operand as [string, unknown];
      return text(of, place).split(separator);
    },
  };

  const value: Resolve = (of, place) => {
    if (typeof of === 'string' && of.includes('{{resolve:')) return refuse(place, 'a dynamic reference');
    if (typeof of !== 'object' || of === null) return of;
    const within = (key: string | number) => ({ ...place, path: `${place.path}.${key}` });
    if (Array.isArray(of)) return of.map((each, index) => value(each, within(index)));
    const entries = Object.entries(of);
    const [only, operand] = entries[0] ?? [];
    if (entries.length === 1 && only !== undefined) {
      const intrinsic = intrinsics[only];
      if (intrinsic) return intrinsic(operand, within(only));
      if (only.startsWith('Fn::')) return refuse(within(only), only);
    }
    return Object.fromEntries(entries.map(([key, each]) => [key, value(each, within(key))]));
  };

  return value;
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
