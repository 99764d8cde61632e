// @ts-nocheck
import { CfnElement, RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct, IConstruct } from 'constructs';

/**
 * Gives the construct's CloudFormation resource exactly this logical id, without CDK's hash. The embedded cloud names
 * a resource by its logical id, so a person types `--table-name Ledger`. A second use of an id fails synthesis.
 */
export function nameExactly(construct: IConstruct, logicalId: string): void {
  const resource = construct.node.defaultChild;
  if (!CfnElement.isCfnElement(resource)) {
    throw new Error(`${construct.node.path} has no resource of its own to be named ${logicalId}.`);
  }
  resource.overrideLogicalId(logicalId);
}

/** A customer-managed key: rotated yearly, kept when the stack is deleted, because what it encrypted is kept too. */
export function createKey(scope: Construct, id: string, description: string): Key {
  const key = new Key(scope, id, { description, enableKeyRotation: true, removalPolicy: RemovalPolicy.RETAIN });
  nameExactly(key, id);
  return key;
}

/**
 * A log group whose lines end after one year: logs carry ids and codes only, the audit trail itself is the ledger. It is
 * kept with the stack's data, but not when a first deployment fails: the next one may need its name.
 */
export function createLogGroup(scope: Construct, id: string, logGroupName?: string): LogGroup {
  return new LogGroup(scope, id, {
    retention: RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    ...(logGroupName === undefined ? {} : { logGroupName }),
  });
}
