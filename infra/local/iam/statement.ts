/** One statement of a policy, read and ready to be held against a call. */
import { type Condition, type Context, readConditions } from './conditions.ts';
import { matchesAny, patternOf } from './pattern.ts';
import { type PrincipalPattern, readPrincipal } from './principal-pattern.ts';

export type Plain = Readonly<Record<string, unknown>>;

export interface Statement {
  readonly allows: boolean;
  readonly actions: readonly RegExp[];
  readonly resources: readonly RegExp[];
  readonly conditions: readonly Condition[];
}

/** A statement of a resource's own policy, which names the callers. */
export interface ResourceStatement extends Statement {
  readonly principal: PrincipalPattern;
}

/** Throws a sentence for an element, operator, condition key or effect that is not evaluated here. */
export function readStatement(statement: Plain, where: string): Statement {
  const { Sid: _sid, Effect, Action, Resource: resource, Condition = {}, ...unknown } = statement;
  const [unknownElement] = Object.keys(unknown);
  if (unknownElement !== undefined)
    throw new Error(`${where} has ${unknownElement}, which the embedded cloud does not evaluate.`);
  if (Effect !== 'Allow' && Effect !== 'Deny') throw new Error(`${where} has the unknown effect ${Effect}.`);
  if (Action === undefined || resource === undefined) throw new Error(`${where} needs both an Action and a Resource.`);
  return {
    allows: Effect === 'Allow',
    actions: asList(Action).map((action) => patternOf(action, where, 'i')),
    resources: asList(resource).map((each) => patternOf(each, where)),
    conditions: readConditions(Condition as Plain, where),
  };
}

/** As `readStatement`. Throws also where the statement names no principal, or one of a kind that is not known here. */
export function readResourceStatement(statement: Plain, where: string): ResourceStatement {
  const { Principal, ...rest } = statement;
  return { ...readStatement(rest, where), principal: readPrincipal(Principal, where) };
}

export const speaksOf = ({ actions, resources }: Statement, action: string, resource: string): boolean =>
  matchesAny(actions, action) && matchesAny(resources, resource);

export const holds = ({ conditions }: Statement, context: Context): boolean =>
  conditions.every((condition) => condition(context));

export function asList(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
