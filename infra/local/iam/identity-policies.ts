/** The policies that the template attaches to its roles. */
import type { Resource, Template } from '../template/template.ts';
import { asList, type Plain } from './statement.ts';

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
  const elsewhere = ['ManagedPolicyArns', 'PermissionsBoundary', 'Policies'].find(
    (property) => role.properties[property] !== undefined,
  );
  if (elsewhere !== undefined) {
    throw new Error(`The role ${role.logicalId} has ${elsewhere}, which the embedded cloud does not evaluate.`);
  }
  return ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
    .flatMap((type) => template.ofType(type))
    .filter(({ properties }) => asList(properties.Roles).includes(role.name))
    .flatMap(({ logicalId, properties }) =>
      asList((properties.PolicyDocument as Plain).Statement).map((statement, index) => ({
        statement: statement as Plain,
        where: `Statement ${index + 1} of the policy ${logicalId}`,
      })),
    );
}
