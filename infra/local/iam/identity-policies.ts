/** The policies of the template's roles: inline, attached and managed. */
import type { Resource, Template } from '../template/template.ts';
import { asList, type Plain } from './statement.ts';

/** AWS's own policies that only touch what the embedded cloud does not have (logs, traces). */
const harmlessAwsPolicies = [/\/AWSLambdaBasicExecutionRole$/, /\/AWSXRayDaemonWriteAccess$/];

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
