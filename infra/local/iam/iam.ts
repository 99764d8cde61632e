/**
 * Evaluates the synthesized identity policies for every call. So a missing grant fails on this machine as it would in
 * AWS.
 */

import { AccessDenied, type Authorize, localAccount } from '../endpoint/service.ts';
import type { Resource, Template } from '../template/template.ts';
import { type Condition, type Context, readConditions } from './conditions.ts';
import { matchesAny, patternOf } from './pattern.ts';

interface Statement {
  readonly allows: boolean;
  readonly actions: readonly RegExp[];
  readonly resources: readonly RegExp[];
  readonly conditions: readonly Condition[];
}

interface Identity {
  readonly roleName: string;
  readonly statements: readonly Statement[];
}

/** A call that a policy allowed. `context` has its condition keys, such as the partition keys that it names. */
export interface AllowedCall {
  /** The logical id of the function or state machine. */
  readonly owner: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

type Plain = Readonly<Record<string, unknown>>;

const mostRemembered = 5000;

/** AWS's own policies that only touch what the embedded cloud does not have (logs, traces). */
const harmlessAwsPolicies = [/\/AWSLambdaBasicExecutionRole$/, /\/AWSXRayDaemonWriteAccess$/];

/**
 * Collects what each function and each state machine may do. That is the inline policies of its role, and the
 * AWS::IAM::Policy and AWS::IAM::ManagedPolicy resources attached to the role. Resource policies, key policies, trust
 * policies and service control policies are not evaluated. Within one account they only widen what an identity policy
 * allows, except for their Deny statements. So a grant that stands in a key policy alone is missing here.
 *
 * Throws a sentence at creation for an element, operator or condition key that it does not evaluate. An operator of
 * this machine may do everything; a function that is not in the template may do nothing. `onAllowed` hears of each call
 * of a function or state machine that its policies allow.
 */
export function createAuthorize(template: Template, onAllowed?: (call: AllowedCall) => void): Authorize {
  const identities = new Map<string, Identity>(
    [...rolesOf(template)].map(([owner, role]) => [
      owner,
      {
        roleName: role.name,
        statements: policiesOf(role, template).map(({ statement, where }) => readStatement(statement, where)),
      },
    ]),
  );

  // The same few actions on the same few resources: only the conditions depend on more than these.
  const remembered = new Map<string, readonly Statement[]>();
  const statementsFor = (logicalId: string, action: string, resource: string): readonly Statement[] => {
    const key = `${logicalId} ${action} ${resource}`;
    const known = remembered.get(key);
    if (known) return known;
    const found = (identities.get(logicalId)?.statements ?? []).filter(
      ({ actions, resources }) => matchesAny(actions, action) && matchesAny(resources, resource),
    );
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(key, found);
    return found;
  };

  return (principal, action, resource, context = {}) => {
    if (principal.kind === 'operator') return;
    const identity = identities.get(principal.logicalId);
    const applying = statementsFor(principal.logicalId, action, resource).filter(({ conditions }) =>
      conditions.every((condition) => condition(context)),
    );
    const denied = applying.some(({ allows }) => !allows);
    if (!denied && applying.length > 0) {
      onAllowed?.({ owner: principal.logicalId, action, resource, context });
      return;
    }
    const user = `arn:aws:sts::${localAccount}:assumed-role/${identity?.roleName ?? 'unknown'}/${principal.logicalId}`;
    const reason = denied
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
    throw new AccessDenied(`User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${reason}`);
  };
}

/**
 * The role of each function and each state machine, by logical id. Throws a sentence for one whose role is not in the
 * stack.
 */
export function rolesOf(template: Template): ReadonlyMap<string, Resource> {
  const roles = template.ofType('AWS::IAM::Role');
  const owners = (
    [
      ['AWS::Lambda::Function', 'Role'],
      ['AWS::StepFunctions::StateMachine', 'RoleArn'],
    ] as const
  ).flatMap(([type, property]) => template.ofType(type).map((owner) => ({ owner, arn: owner.properties[property] })));
  return new Map(
    owners.map(({ owner, arn }) => {
      const role = roles.find((candidate) => candidate.arn === arn);
      if (!role) throw new Error(`${owner.logicalId} runs as ${arn}, which is no role of the stack.`);
      return [owner.logicalId, role];
    }),
  );
}

/** Every statement that applies to a role, and where it stands. */
export function policiesOf(
  role: Resource,
  template: Template,
): readonly { readonly statement: Plain; readonly where: string }[] {
  if (role.properties.PermissionsBoundary !== undefined) {
    throw new Error(
      `The role ${role.logicalId} has a permissions boundary, which the embedded cloud does not evaluate.`,
    );
  }
  const inline = asList(role.properties.Policies).map((policy) => ({
    owner: role.logicalId,
    document: (policy as Plain).PolicyDocument as Plain,
  }));
  const managedPolicies = template.ofType('AWS::IAM::ManagedPolicy');
  const attachedByRole = asList(role.properties.ManagedPolicyArns).flatMap((arn) => {
    if (harmlessAwsPolicies.some((pattern) => pattern.test(String(arn)))) return [];
    const policy = managedPolicies.find((candidate) => candidate.arn === arn);
    if (policy) return [policy];
    throw new Error(
      `The role ${role.logicalId} has the managed policy ${arn}, whose content the embedded cloud does not know.`,
    );
  });
  const attachedByPolicy = [...template.ofType('AWS::IAM::Policy'), ...managedPolicies].filter(({ properties }) =>
    asList(properties.Roles).includes(role.name),
  );
  const attached = [...new Set([...attachedByRole, ...attachedByPolicy])].map(({ logicalId, properties }) => ({
    owner: logicalId,
    document: properties.PolicyDocument as Plain,
  }));
  return [...inline, ...attached].flatMap(({ owner, document }) =>
    asList(document.Statement).map((statement, index) => ({
      statement: statement as Plain,
      where: `Statement ${index + 1} of the policy ${owner}`,
    })),
  );
}

function readStatement(statement: Plain, where: string): Statement {
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

function asList(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
