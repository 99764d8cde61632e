import { CfnElement, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct, IConstruct } from 'constructs';

/**
 * Gives the construct's CloudFormation resource exactly this logical id, without CDK's hash. The embedded cloud names resources
 * by logical id, so a person can type `--table-name Ledger`. A second use of an id fails synthesis.
 */
export function nameExactly(construct: IConstruct, logicalId: string): void {
  const resource = construct.node.defaultChild;
  if (!CfnElement.isCfnElement(resource)) {
    throw new Error(`${construct.node.path} has no resource of its own to be named ${logicalId}.`);
  }
  resource.overrideLogicalId(logicalId);
}

/**
 * A customer-managed key, rotated yearly. It is kept when the stack is deleted, because the data that it encrypted is kept too.
 */
export function createKey(scope: Construct, id: string, description: string): Key {
  const key = new Key(scope, id, {
    description,
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  nameExactly(key, id);
  return key;
}

/**
 * The part of the stack's id that no other stack has. It ends the fixed name of a resource that is kept, because the next stack
 * could not use the same name.
 */
export const stackMark = (scope: Construct): string => Fn.select(2, Fn.split('/', Stack.of(scope).stackId));

/**
 * A log group whose lines expire after one year. Logs have only ids and codes, and the ledger is the audit trail. The group is
 * kept with the stack's data. It is deleted when a first deployment fails, because the next one may need its name.
 */
export function createLogGroup(scope: Construct, id: string, logGroupName?: string): LogGroup {
  return new LogGroup(scope, id, {
    retention: RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    ...(logGroupName === undefined ? {} : { logGroupName }),
  });
}
