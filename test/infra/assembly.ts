import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '../../infra/synthesize.ts';

/** A resource as the template has it, with intrinsic functions replaced by readable text (see `readable`). */
export interface TemplateResource {
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly deletionPolicy: string | undefined;
}

export interface Assembly {
  readonly folder: string;
  readonly resources: readonly TemplateResource[];
  /** The outputs of the stack, readable. */
  readonly outputs: Readonly<Record<string, string>>;
  ofType(type: string): readonly TemplateResource[];
  /** The only resource of this id. Throws where there is none. */
  named(id: string): TemplateResource;
}

/** Synthesizes the project (or takes what was synthesized before) and reads its template. */
export async function readAssembly(options: Parameters<typeof synthesize>[0] = {}): Promise<Assembly> {
  return assemblyIn((await synthesize(options)).folder);
}

/** Reads the template of an assembly. */
export function assemblyIn(folder: string): Assembly {
  const template: {
    Resources: Record<string, { Type: string; Properties?: Record<string, unknown>; DeletionPolicy?: string }>;
    Outputs: Record<string, { Value: unknown }>;
  } = JSON.parse(readFileSync(join(folder, 'Careline.template.json'), 'utf8'));
  const resources = Object.entries(template.Resources).map(([id, resource]) => ({
    id: withoutHash(id),
    type: resource.Type,
    properties: readable(resource.Properties ?? {}) as Record<string, unknown>,
    deletionPolicy: resource.DeletionPolicy,
  }));
  return {
    folder,
    resources,
    outputs: Object.fromEntries(
      Object.entries(template.Outputs).map(([name, { Value }]) => [name, String(readable(Value))]),
    ),
    ofType: (type) => resources.filter((resource) => resource.type === type),
    named(id) {
      const [found, ...more] = resources.filter((resource) => resource.id === id);
      if (!found || more.length > 0) throw new Error(`The template has ${found ? 'several' : 'no'} ${id}.`);
      return found;
    },
  };
}

/**
 * `Ref` and `GetAtt Arn` become the logical id, other attributes `Id.Attribute`, a join its text. An ARN of this
 * account and region is shortened to `service:resource`. The name in a function's ARN is that ARN. CDK's hash at the end of a logical id is dropped.
 */
export function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  const [[operator, operand] = ['', undefined], ...others] = Object.entries(value);
  if (others.length === 0) {
    if (operator === 'Ref') return withoutHash(String(operand));
    if (operator === 'Fn::GetAtt' && Array.isArray(operand)) {
      const [id, attribute] = operand.map(String);
      return attribute === 'Arn' ? withoutHash(id ?? '') : `${withoutHash(id ?? '')}.${attribute}`;
    }
    if (operator === 'Fn::Select' && Array.isArray(operand) && operand[0] === 6) return readable(arnIn(operand[1]));
    // A part of what is split is `Text/2`.
    if (operator === 'Fn::Select' && Array.isArray(operand)) {
      const [index, list] = operand as [unknown, { readonly 'Fn::Split'?: readonly [string, unknown] }];
      if (list['Fn::Split']) return `${readable(list['Fn::Split'][1])}${list['Fn::Split'][0]}${index}`;
    }
    if (operator === 'Fn::Join' && Array.isArray(operand)) {
      const parts: unknown = readable(operand[1]);
      const text = (Array.isArray(parts) ? parts : []).join(String(operand[0]));
      return text.replace(/^arn:AWS::Partition:(\w+):AWS::Region:AWS::AccountId:/, '$1:');
    }
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]));
}

/** What `{ "Fn::Split": [":", arn] }` splits. */
const arnIn = (split: unknown): unknown => (split as { readonly 'Fn::Split': readonly unknown[] })['Fn::Split'][1];

function withoutHash(id: string): string {
  return id.replace(/[0-9A-F]{8}$/, '');
}

/** CloudFormation writes one of a thing without its list. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
